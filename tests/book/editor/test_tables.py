"""Every table is valid, sourced and described; a bad edit gets one clear line and nothing is built."""

import csv
import json
import shutil

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


@pytest.fixture
def root(tmp_path):
    """A copy of what the tables are checked by."""
    for name in ("data", "chapters", "reference"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("_config.yml", "_toc.yml", "CITATION.cff", "index.md"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def test_a_missing_column_is_named(root):
    path = root / "data" / "shared" / "economies.csv"
    path.write_text(path.read_text("utf-8").replace("economy,name", "economy,title", 1), "utf-8")
    (line, *_) = inputs.all_errors(root)
    assert line.startswith("data/shared/economies.csv, row 1: ") and "name" in line


def test_an_undescribed_table_is_named(root):
    path = root / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    del package["resources"][-1]["caveats"]
    path.write_text(json.dumps(package), "utf-8")
    (line,) = inputs.all_errors(root)
    assert f"table {package['resources'][-1]['name']}" in line and "caveats" in line
