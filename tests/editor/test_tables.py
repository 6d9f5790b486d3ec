"""Every table is valid, sourced and described; a bad edit gets one clear line and nothing is built."""

import csv
import json

import pytest

from brief import project as package_of
from brief.ext.checks import inputs
from tests.conftest import CHAPTERS, ROOT

RESOURCES = package_of.package(ROOT)["resources"]


def rows_of(entry):
    with (ROOT / "data" / entry["path"]).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_table_validates_and_every_source_resolves_and_is_used():
    assert inputs.all_errors(ROOT) == []


def test_enough_tables_and_observations():
    by_chapter = {c: [r for r in RESOURCES if r["name"].startswith(f"{c}/")] for c in CHAPTERS}
    assert all(len(tables) >= 3 for tables in by_chapter.values())
    tables = [entry for entries in by_chapter.values() for entry in entries]
    assert len(tables) >= 20
    assert sum(len(rows_of(entry)) for entry in tables) >= 1000


def test_every_file_in_data_is_declared():
    declared = {entry["path"] for entry in RESOURCES}
    folders = {path.rpartition("/")[0] for path in declared}
    files = {p.relative_to(ROOT / "data").as_posix() for f in folders for p in (ROOT / "data" / f).glob("*.csv")}
    assert files == declared


@pytest.mark.parametrize("entry", RESOURCES, ids=lambda r: r["name"])
def test_a_table_is_tidy(entry):
    raw = (ROOT / "data" / entry["path"]).read_bytes()
    assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\n")
    rows = rows_of(entry)
    assert rows
    assert not [cell for row in rows for cell in row.values() if cell != cell.strip() or "\n" in cell]


@pytest.mark.parametrize("entry", RESOURCES, ids=lambda r: r["name"])
def test_decimals_are_not_fewer_than_the_file_writes(entry):
    fields = {f["name"]: f["decimals"] for f in entry["schema"]["fields"] if "decimals" in f}
    for row in rows_of(entry):
        for name, decimals in fields.items():
            written = len(row[name].partition(".")[2].rstrip("0"))
            assert "e" in row[name].lower() or written <= decimals, f"{name}: {row[name]}"


def test_statements_quote_their_source():
    for chapter in CHAPTERS:
        (entry,) = [r for r in RESOURCES if r["name"] == f"{chapter}/statements"]
        assert all(row["statement"] and row["confidence"] for row in rows_of(entry))


BAD_EDITS = [
    ("a wrong type", "100000,people", "1OO000,people", 'row 2, column value: "1OO000"'),
    ("a value outside its list", ",high,", ",certain,", "column confidence"),
    ("an unknown source", "{source}", "nobody-nothing-1900", "nobody-nothing-1900"),
]


@pytest.fixture
def statements(book):
    """The talent statements with a known first row, in a built copy of the book."""
    path = book.root / "data" / "talent" / "statements.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    first = rows[0]
    first |= {"value": "100000", "unit": "people", "confidence": "high"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path, first


@pytest.mark.parametrize(("name", "old", "new", "expected"), BAD_EDITS, ids=[b[0] for b in BAD_EDITS])
def test_a_bad_edit_gets_one_line_and_nothing_is_built(book, statements, name, old, new, expected):
    path, first = statements
    before = book.files()
    lines = path.read_text("utf-8").splitlines(keepends=True)
    old = old.format(**first)
    assert old in lines[1]
    path.write_text("".join([lines[0], lines[1].replace(old, new, 1), *lines[2:]]), "utf-8")
    result = book.build()
    assert result.returncode == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith("data/talent/statements.csv, row 2") and expected in line
    assert book.files() == before


def test_a_missing_column_is_named(book):
    path = book.root / "data" / "shared" / "economies.csv"
    path.write_text(path.read_text("utf-8").replace("economy,name", "economy,title", 1), "utf-8")
    result = book.build()
    assert result.returncode == 1 and "name" in result.stdout and "Traceback" not in result.stdout


def test_an_undescribed_table_is_named(book):
    path = book.root / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    del package["resources"][-1]["caveats"]
    path.write_text(json.dumps(package), "utf-8")
    result = book.build()
    assert result.returncode == 1
    assert f"table {package['resources'][-1]['name']}: no caveats" in result.stdout
