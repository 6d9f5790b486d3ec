"""Nothing stale: code that a page's text passes through is in the key of each page, drawing and citation."""

import sys
from pathlib import Path

from brief import project, store, vegalite
from brief.ext import code
from brief.ext.citations import csl

HOME = Path(project.__file__).parent


def test_a_word_of_a_format_reaches_every_page_that_shows_it(own):
    pages = ("chapters/ovens", "reference/evidence")
    assert all("25 to 40" in own.page(name) for name in pages)
    own.edit("brief/formats.py", '"{low} to {high}"', '"{low} until {high}"')
    result = own.build()
    assert result.returncode == 0, result.stdout
    assert [name for name in pages if "25 until 40" not in own.page(name) or "25 to 40" in own.page(name)] == []


def test_what_was_checked_is_checked_anew_when_the_code_that_checks_changes(own, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def checked():
        with own.start("-m", "brief", "check") as child:
            return child.communicate()[0], child.returncode

    before = checked()
    assert before == checked() and before[1] == 0
    own.edit("brief/ext/checks/prose.py", "WORDS_IN_A_SENTENCE = 46", "WORDS_IN_A_SENTENCE = 4")
    assert "words: at most 4" in checked()[0] and "words: at most" not in before[0]
    own.edit("brief/ext/checks/table_files.py", "LARGEST = 20_000_000", "LARGEST = 20")
    said, status = checked()
    assert status == 1 and "data/bread/ovens.csv has " in said and "more than 20\n" in said


def test_every_module_that_a_build_loads_is_in_the_key_of_a_page(minimal):
    assert minimal.quick()[0] == 0
    files = {module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "brief"}
    loaded = {Path(file) for file in files if file}
    beside = {path for folder in ("kernel", "print") for path in (HOME / folder).rglob("*")}
    assert len(loaded) > 40 and sorted(loaded - beside - set(code())) == []


def test_a_drawing_is_made_anew_when_the_code_that_makes_it_changes(tmp_path, monkeypatch):
    made = iter([b"old", b"new"])
    monkeypatch.setattr(store, "_folder", lambda: tmp_path / "store")
    monkeypatch.setitem(vegalite._MAKERS, "svg", lambda _spec: next(made))
    assert [vegalite.drawn("svg", "spec") for _ in range(2)] == [b"old"] * 2
    changed = tmp_path / "drawing.py"
    changed.write_text("# edited")
    monkeypatch.setattr(vegalite, "__file__", str(changed))
    vegalite._means.cache_clear()
    assert vegalite.drawn("svg", "spec") == b"new"
    vegalite._means.cache_clear()


def test_a_citation_is_written_anew_when_the_code_that_writes_it_changes(tmp_path, monkeypatch):
    before = csl._version()
    (tmp_path / "citing.py").write_text("# edited")
    monkeypatch.setattr(csl, "__file__", str(tmp_path / "citing.py"))
    csl._version.cache_clear()
    assert csl._version() != before
    csl._version.cache_clear()
