"""A file saved while the book is built: nothing of two states is published, and the new one is built at once."""

import subprocess

import pytest

from brief import project
from brief.cli import build
from brief.ext.incremental import snapshot

LOAD = "from brief import disputed, fact, load"


def saves(book, path: str, old: str, new: str) -> None:
    """Let a chapter itself save a file after it has read its table: the surest way to be between the two."""
    text = f"import pathlib\nfile = pathlib.Path('../{path}')\n"
    text += f"_ = file.write_text(file.read_text().replace({old!r}, {new!r}))\n"
    book.edit("chapters/ovens.md", "disputed(", text + "disputed(")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/bread/grain.csv", "2025,150", "2025,160"),
        ("data/references.bib", "{2025}", "{2024}"),
        ("chapters/flour.md", "Mills ground", "Stones ground"),
        ("CITATION.cff", "2026.1", "2026.2"),
        ("_static/bread.css", "The", "crumb"),
    ],
    ids=lambda value: value if "/" in value or value.isupper() else "",
)
def test_nothing_is_published_of_two_states(minimal, path, old, new):
    before = minimal.files()
    saves(minimal, path, old, new)
    status, said = minimal.quick()
    assert status == 1 and f"{path} was saved while the book was built: not published" in said.splitlines(), said
    assert "Traceback" not in said and minimal.files() == before


def test_what_was_saved_meanwhile_is_built_at_once(minimal):
    saves(minimal, "data/bread/ovens.csv", "Birch,800", "Birch,900")
    result = minimal.build()
    assert result.returncode == 0, result.stdout
    assert "data/bread/ovens.csv was saved while the book was built: not published" in result.stdout.splitlines()
    assert "building again" in result.stdout.splitlines()
    assert "2,100</a> loaves" in minimal.page("index")


def test_a_book_that_never_rests_is_not_built_for_ever(unbuilt, monkeypatch, capsys):
    class Restless(build.Build):
        is_stale, status = True, 1

        def __init__(self, root, draft):
            self.child = subprocess.Popen(["true"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def go(self):
            pass

        def lines(self):
            yield "data/bread/ovens.csv was saved while the book was built: not published"

    monkeypatch.setattr(build, "Build", Restless)
    assert build.ended(unbuilt.root).status == 1
    said = capsys.readouterr().out.splitlines()
    assert said.count("building again") == 2 and said[-1].startswith("data/bread/ovens.csv was saved")


def test_a_table_that_is_another_only_while_it_is_read_is_noticed(minimal):
    """Saved, read and put back: what was read is not what is there, though that is what was there at the start."""
    swap = "import pathlib\nfile = pathlib.Path('../data/bread/ovens.csv')\nwas = file.read_text()\n"
    swap += "_ = file.write_text(was.replace('Birch,800', 'Birch,900'))\n"
    minimal.edit("chapters/ovens.md", LOAD, swap + LOAD)
    minimal.edit("chapters/ovens.md", "disputed(", "_ = file.write_text(was)\ndisputed(")
    before = minimal.files()
    status, said = minimal.quick()
    assert status == 1 and "data/bread/ovens.csv was saved while the book was built: not published" in said
    assert minimal.files() == before


def test_what_is_watched_are_the_book_and_the_engine(unbuilt):
    others = ("build.log", "chapters/.ovens.md.swp", "chapters/ovens.md~", "_build/html/index.html", "notes.txt")
    for name in others:
        unbuilt.write(name, "other")
    names = snapshot.snapshot(unbuilt.root)
    assert {"_config.yml", "_toc.yml", "CITATION.cff", "index.md", "chapters/ovens.md"} <= names.keys()
    assert {"data/datapackage.json", "data/references.bib", "data/bread/ovens.csv", "_static/bread.css"} <= names.keys()
    assert {"brief/formats.py", "brief/cli/serve.js", "brief/print/templates/print.css"} <= names.keys()
    assert not [name for name in names if "_build" in name or "__pycache__" in name]
    assert not names.keys() & set(others)
    folders = {path.relative_to(unbuilt.root).as_posix() for path in snapshot.folders(unbuilt.root)}
    assert folders == {".", "_static", "chapters", "data", "data/bread", "data/shared", "reference"}


def test_a_file_that_goes_while_it_is_looked_at_is_absent(tmp_path):
    assert project.file_digest(tmp_path / "gone") == project.file_digest(tmp_path) == "absent"
