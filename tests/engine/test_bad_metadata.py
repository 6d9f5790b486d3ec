"""Whatever is wrong with the files that describe a book is named in a line each, and nothing runs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brief.cli import editions
from brief.ext.checks import bibliography_file, book_files, contents, front_matter, inputs, site_config
from brief.ext.citations import citation_cff
from tests.engine.conftest import BOOKS, SmallBook

MINIMAL = BOOKS / "minimal"
SLIPS = yaml.safe_load((Path(__file__).parent / "bad_metadata.yml").read_text("utf-8"))
FLAT = [(file, number, slip) for file, slips in SLIPS.items() for number, slip in enumerate(slips)]


@pytest.fixture(scope="module")
def described(tmp_path_factory) -> Path:
    """A copy of the files that describe books/minimal."""
    root = tmp_path_factory.mktemp("metadata") / "book"
    shutil.copytree(MINIMAL, root)
    return root


def spoilt(root: Path, file: str, content: bytes) -> list[str]:
    """What the check says of the book with other content in one file."""
    try:
        (root / file).write_bytes(content)
        return book_files.errors(root)
    finally:
        shutil.copyfile(MINIMAL / file, root / file)


def test_there_are_slips_of_each_kind_and_many():
    assert len(FLAT) >= 300
    assert {file for file, _, _ in FLAT} >= {"CITATION.cff", "data/references.bib", "_toc.yml", "_config.yml"}


def test_the_minimal_book_is_described_rightly(described):
    assert book_files.errors(described) == []


@pytest.mark.parametrize(("file", "number", "slip"), FLAT, ids=[f"{file}-{number}" for file, number, _ in FLAT])
def test_a_slip_is_named_where_it_stands(described, file, number, slip):
    text = (MINIMAL / file).read_text("utf-8")
    assert "whole" in slip or text.count(slip["old"]) == 1
    content = slip["whole"] if "whole" in slip else text.replace(slip["old"], slip["new"])
    lines = spoilt(described, file, content.encode())
    assert lines == (slip["says"] if isinstance(slip["says"], list) else [slip["says"]])
    assert all(line.startswith(file) and "\n" not in line and "Traceback" not in line for line in lines)


FILES = ["CITATION.cff", "data/references.bib", "_toc.yml", "_config.yml", "chapters/flour.md"]
BYTES = {
    "UTF-16": (lambda text: text.encode("utf-16"), ":1: is UTF-16: save it as UTF-8"),
    "Windows-1251": (lambda text: text.replace("a", "ю", 1).encode("cp1251"), ": is not UTF-8: save it as UTF-8"),
    "NUL": (lambda text: text.encode() + b"\0", None),
    "nothing": (lambda text: b"", ": is empty"),
    "spaces": (lambda text: b" \n\n ", ": is empty"),
    "an unfinished merge": (
        lambda text: f"{text}\n<<<<<<< HEAD\n".encode(),
        ': "<<<<<<< HEAD" is the mark of an unfinished merge',
    ),
    "far too large": (lambda text: text.encode() + b"\n" * 6_000_000, "bytes, more than 5,000,000"),
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kind", BYTES)
def test_a_file_that_is_no_text_is_named(described, file, kind):
    spoil, rule = BYTES[kind]
    lines = spoilt(described, file, spoil((MINIMAL / file).read_text("utf-8")))
    if rule is None and file.endswith(".md"):  # what a page's text may hold, another check says
        return
    assert len(lines) == 1 and lines[0].startswith(file) and (rule or "holds a NUL byte") in lines[0]


@pytest.mark.parametrize("file", [*FILES, "index.md"])
def test_a_missing_file_and_a_folder_in_its_place_are_named(described, file):
    (described / file).unlink()
    try:
        assert len(book_files.errors(described)) == 1 and file.removesuffix(".md") in book_files.errors(described)[0]
        (described / file).mkdir()
        lines = book_files.errors(described)
        assert len(lines) == 1 and file.removesuffix(".md") in lines[0]
    finally:
        (described / file).rmdir()
        shutil.copyfile(MINIMAL / file, described / file)


def test_line_ends_of_windows_and_a_byte_order_mark_are_read(described):
    for file in ["CITATION.cff", "data/references.bib", "_toc.yml", "_config.yml"]:
        text = (MINIMAL / file).read_text("utf-8")
        assert spoilt(described, file, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == []
    lines = spoilt(described, "index.md", b"\xef\xbb\xbf" + (MINIMAL / "index.md").read_bytes())
    assert lines == ["index.md:1: begins with a byte order mark: save it as UTF-8 without one"]


CHECKS = {
    "CITATION.cff": citation_cff.errors,
    "data/references.bib": bibliography_file.errors,
    "_toc.yml": contents.errors,
    "_config.yml": site_config.errors,
    "chapters/flour.md": lambda root: front_matter.errors(root, "chapters/flour"),
}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(FILES), data=st.data())
def test_no_damage_ends_in_a_traceback(described, file, data):
    """A piece cut out, doubled, moved or replaced by what means something in YAML or BibTeX."""
    text = (MINIMAL / file).read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    signs = st.text(alphabet="{}[]\"'#&*!|>%@`:,-=\\$ \t\n~?<019aя", max_size=6)
    piece = data.draw(st.one_of(st.just(""), st.just(text[start:end] * 2), signs))
    try:
        (described / file).write_text(text[:start] + piece + text[end:], "utf-8")
        lines = CHECKS[file](described)
    finally:
        shutil.copyfile(MINIMAL / file, described / file)
    assert all(line.startswith(file) and "\n" not in line for line in lines)


RECORD = '{"edition": "2025.10", "date": "2025-10-01", "fingerprint": "", "facts": [], "findings": [], '
RECORD += '"indicators": [], "figures": [], "claims": []}'
NOTES = {
    '"2025.10":\n  flour.ratio: "Correction: a slip."\nunpublished: {}\n"2026.1": {flour.grain: Weighed anew}\n': None,
    "": "notes.yml: is empty",
    "2025.10:\n  flour.ratio: A slip.\n": 'notes.yml:1: 2025.10 is not text to YAML: put it in quotes, "2025.10"',
    '"2025.1":\n  flour.ratio: A slip.\n': "notes.yml:1: 2025.1: is not known: 2025.10?",
    '"2025.10": A slip.\n': 'notes.yml:1: 2025.10: "A slip." is not a mapping of ids to reasons',
    '"2025.10":\n  flour.ratio: 7\n': 'notes.yml:2: 2025.10.flour.ratio: "7" is not text',
    '"2025.10":\n  flour.ratio: A slip: once\n': "notes.yml:2: is not YAML: mapping values are not allowed here",
    "- a\n": "notes.yml:1: is a list, not a mapping of keys to values",
}


@pytest.mark.parametrize("notes", NOTES)
def test_a_note_on_no_edition_is_named(unbuilt, notes):
    unbuilt.write("editions/2025.10.json", RECORD)
    unbuilt.write("editions/notes.yml", notes)
    lines = book_files.errors(unbuilt.root)
    assert [line.startswith(f"editions/{NOTES[notes]}") for line in lines] == [True] * bool(NOTES[notes])


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (RECORD[:40], ":1: is not JSON: "),
        (RECORD.replace("2025.10", "2025.11"), ': edition: "2025.11" is not 2025.10, the name of the file'),
        ("[]", ": edition: is missing"),
        (RECORD.replace('"claims"', '"claim"'), ": claims: is missing"),
        ("[" * 5000, ": is not JSON: too deep"),
    ],
)
def test_a_broken_record_of_an_edition_is_named(unbuilt, record, said):
    unbuilt.write("editions/2025.10.json", record)
    (line,) = book_files.errors(unbuilt.root)
    assert line.startswith(f"editions/2025.10.json{said}")


STOPS = {
    "_config.yml": ("html:", "htlm:", "_config.yml:12: htlm: is not known: html?"),
    "_toc.yml": ("chapters/flour", "chapters/flower", '"chapters/flower" is not there: no chapters/flower.md'),
    "CITATION.cff": ('"2026.1"', "2026.10", "version: 2026.10 is read as the number 2026.1: put it in quotes"),
    "data/references.bib": (
        "https://mill.example/book",
        "javascript:alert(1)",
        'mill-book, url: "javascript:alert(1)"',
    ),
    "chapters/flour.md": (
        "description: Grain and its price.",
        "description: [Grain",
        "chapters/flour.md:4: is not YAML",
    ),
}


@pytest.mark.parametrize("file", STOPS)
def test_a_build_stops_at_the_line_before_anything_runs_and_the_site_stays(minimal, file):
    before, (old, new, said) = minimal.files(), STOPS[file]
    minimal.edit(file, old, new)
    status, text = minimal.quick()
    assert status == 1 and len(text.splitlines()) == 1 and said in text
    assert minimal.files() == before
    assert inputs.all_errors(minimal.root) == text.splitlines()


@pytest.mark.slow
def test_commands_end_with_status_1_and_the_line(unbuilt):
    unbuilt.edit("CITATION.cff", '"2026.1"', "2026.10")
    line = 'CITATION.cff:9: version: 2026.10 is read as the number 2026.1: put it in quotes, "2026.10"'
    for command in ("check", "build"):
        with unbuilt.start("-m", "brief", command) as child:
            said = child.communicate()[0]
        assert child.returncode == 1 and said == f"{line}\n", command
    with pytest.raises(editions.Refused, match=r"^CITATION\.cff:9: version: 2026\.10 is read"):
        editions.make(unbuilt.root, unbuilt.root / "site")
    assert not (unbuilt.root / "_build").exists()


@pytest.mark.slow
def test_jupyter_book_by_itself_stops_without_a_traceback(unbuilt):
    unbuilt.edit("data/references.bib", "https://mill.example/book", "javascript:alert(1)")
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "."]
    result = subprocess.run(command, cwd=unbuilt.root, env=unbuilt.environment, capture_output=True, text=True)
    assert result.returncode == 1 and "Traceback" not in result.stdout + result.stderr
    assert result.stderr.strip().splitlines()[-1].startswith("data/references.bib:6: mill-book, url:")
    assert not (unbuilt.root / "_build" / "html").exists()


def test_a_value_that_sphinx_refuses_stops_the_build_before_anything_runs(minimal):
    before = minimal.files()
    minimal.edit("_config.yml", "numfig: true", "numfig: [yes]\n    numfg: true")
    status, text = minimal.quick()
    assert status == 1 and "numfg" in text and "numfig" in text and "execut" not in text and "Traceback" not in text
    assert minimal.files() == before


def test_a_broken_table_of_sources_beside_a_broken_bibliography_has_a_line_each(unbuilt: SmallBook):
    unbuilt.edit("data/references.bib", "{Miller, Ben},", "{Miller, Ben,")
    unbuilt.write("data/shared/sources.csv", "source\n")
    lines = inputs.all_errors(unbuilt.root)
    assert any(line.startswith("data/references.bib:") for line in lines)
    assert any(line.startswith("data/shared/sources.csv") for line in lines)
