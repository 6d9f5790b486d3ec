"""What changed in the tables is listed cell by cell, and what is unlikely is asked about."""

import shutil
import subprocess
import sys

import pytest

from brief.cli import table_report
from brief.cli.table_changes import compare
from brief.cli.table_versions import Version, in_folder

YEARS = range(2015, 2025)
SCHEMA = {
    "primaryKey": ["economy", "year"],
    "foreignKeys": [{"fields": ["economy"], "reference": {"resource": "shared/economies", "fields": ["economy"]}}],
    "fields": [
        {"name": "economy", "type": "string"},
        {"name": "year", "type": "year"},
        {"name": "seen", "type": "date"},
        {"name": "loaves", "type": "integer", "unit": "loaves"},
        {"name": "wood", "type": "number", "unit": "t"},
        {"name": "source", "type": "string"},
    ],
}


def table(edit=None) -> Version:
    """Loaves and wood of two economies over ten years; RUS has grown by 3% a year to 652, USA is far above."""
    rows = []
    for economy, size, source in (("RUS", 500, "guild"), ("USA", 9000, "mill")):
        for i, year in enumerate(YEARS):
            row = {
                "economy": economy,
                "year": f"{year}",
                "seen": f"{year}-03-04",
                "loaves": f"{size + size * 3 * i // 100}",
            }
            rows.append(row | {"wood": f"{size / 50 + i}", "source": source})
    if edit:
        edit(rows)
    return Version("bread/loaves.csv", SCHEMA, rows)


def told(edit) -> list[str]:
    """The lines about an edit, with a source of another table known to the book."""
    other = Version("bread/other.csv", {"fields": [{"name": "source", "type": "string"}]}, [{"source": "elsewhere"}])
    old, new = ({"bread/loaves.csv": version, "bread/other.csv": other} for version in (table(), table(edit)))
    return [line for changed in compare(old, new) for line in changed.lines()]


def put(row: int, **cells: str):
    """An edit of one row, numbered as in the file."""
    return lambda rows: rows[row - 2].update(cells)


def swap(a: int, b: int, column: str):
    def edit(rows):
        rows[a - 2][column], rows[b - 2][column] = rows[b - 2][column], rows[a - 2][column]

    return edit


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (put(7, loaves="575000"), "1,000 times its old value"),
        (put(7, loaves="57500"), "100 times its old value"),
        (put(7, wood="1.5"), "1/10 of its old value"),
        (put(7, loaves="-575"), "the sign alone changed"),
        (put(7, loaves="1955"), "times its neighbours"),
        (put(7, loaves="0"), "far from its neighbours"),
        (put(7, wood="575"), "the value of loaves"),
        (put(7, loaves="99999"), "now above USA (row 17)"),
        (swap(3, 8, "loaves"), "exchanged with row 8"),
        (swap(7, 17, "loaves"), "exchanged with row 17"),
        (swap(7, 17, "economy"), "exchanged with row 17"),
        (put(7, source="mill"), "another source, the same values"),
        (put(7, source="elsewhere"), "a source that never served this table"),
        (swap(7, 17, "source"), "exchanged with row 17"),
        (put(7, seen="1920-03-04"), "100 years earlier"),
        (put(7, seen="2030-03-04"), "10 years later"),
        (put(7, seen="2020-04-03"), "day and month exchanged"),
        (put(7, seen="2051-03-04"), "all others are of 2015 to 2024"),
        (put(7, year="1920"), "100 years earlier"),
        (lambda rows: rows.append(rows[9] | {"year": "2025", "loaves": "65200"}), "loaves: 103 times its neighbours"),
        (
            lambda rows: rows.append(rows[9] | {"year": "2025", "source": "elsewhere"}),
            "source: a source that serves other tables, never this one",
        ),
    ],
)
def test_a_slip_is_asked_about(edit, reason):
    lines = told(edit)
    assert any(line.startswith("? data/bread/loaves.csv row ") and reason in line for line in lines), lines
    assert all(line.endswith(": is that meant?") for line in lines if line.startswith("?"))


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (put(7, loaves="580"), "data/bread/loaves.csv row 7 (RUS, 2020), loaves: 575 → 580 (+0.9%) [guild]"),
        (put(7, loaves=""), "data/bread/loaves.csv row 7 (RUS, 2020), loaves: 575 → empty [guild]"),
        (put(7, seen="2020-03-11"), "data/bread/loaves.csv row 7 (RUS, 2020), seen: 2020-03-04 → 2020-03-11 [guild]"),
        (put(7, source="fresh"), "data/bread/loaves.csv row 7 (RUS, 2020), source: guild → fresh [fresh]"),
        (
            lambda rows: rows.pop(5),
            "data/bread/loaves.csv row 7 (RUS, 2020) gone: seen 2020-03-04, loaves 575, wood 15.0 [guild]",
        ),
        (
            lambda rows: rows.append(rows[9] | {"year": "2025", "loaves": "655", "seen": "2025-03-04"}),
            "data/bread/loaves.csv row 22 (RUS, 2025) added: seen 2025-03-04, loaves 655, wood 19.0 [guild]",
        ),
    ],
)
def test_what_is_likely_is_listed_and_not_asked_about(edit, line):
    assert told(edit) == [line]


def test_a_revision_of_every_value_by_a_little_asks_nothing():
    def edit(rows):
        for i, row in enumerate(rows):
            row["loaves"] = str(int(row["loaves"]) * (100 + (-1) ** i * 6) // 100)

    lines = told(edit)
    assert len(lines) == 20 and not [line for line in lines if line.startswith("?")], lines


def test_nothing_changed_is_nothing_said():
    assert told(None) == []


def test_questions_come_first_and_are_never_left_out():
    def edit(rows):
        for row in rows:
            row["wood"] = f"{float(row['wood']) * 1.01:.3f}"
        rows[19]["loaves"] = "11430000"

    (changed,) = compare({"t": table()}, {"t": table(edit)})
    lines = changed.lines(5)
    assert lines[0].startswith("? data/bread/loaves.csv row 21 (USA, 2024), loaves: 11,430 → 11,430,000")
    assert len(lines) == 6 and lines[-1] == "data/bread/loaves.csv: 16 more, which `make changes` lists"
    assert len(changed.lines()) == 21


def test_tables_and_columns_that_come_and_go():
    wider = {**SCHEMA, "fields": [*SCHEMA["fields"], {"name": "note", "type": "string"}]}
    wider["fields"][4] = SCHEMA["fields"][4] | {"unit": "kg"}
    new = Version("bread/loaves.csv", wider, [row | {"note": ""} for row in table().rows])
    (changed,) = compare({"t": table()}, {"t": new})
    assert changed.lines() == [
        "data/bread/loaves.csv, column note is new",
        "data/bread/loaves.csv, column wood: unit t → kg",
    ]
    (changed,) = compare({"t": new}, {"t": table()})
    assert changed.lines()[0] == "data/bread/loaves.csv, column note is gone"
    assert [t.lines() for t in compare({"a": table()}, {"b": table()})] == [
        ["data/a is gone (20 rows)"],
        ["data/b is new (20 rows)"],
    ]
    (changed,) = compare({"t": table()}, {"t": table(lambda rows: rows.__delitem__(slice(0, 12)))})
    assert changed.notes == [": 12 of 20 rows are gone: is that meant?"]


def test_a_download_is_compared_as_it_stands_in_data(minimal_built, tmp_path):
    """The site's copy of a cell that a spreadsheet would run has an apostrophe before it."""
    root = tmp_path / "book"
    shutil.copytree(minimal_built.root / "data", root / "data")
    published = tmp_path / "site" / "data"
    shutil.copytree(root / "data", published)
    for data, cell in ((root / "data", "=1+1"), (published, "'=1+1")):
        path = data / "bread" / "ovens.csv"
        path.write_text(path.read_text("utf-8").replace("logs of oak", cell), "utf-8")
    assert compare(in_folder(published), in_folder(root / "data")) == []


@pytest.mark.parametrize("harm", ["{", "[]", '{"resources": [{"path": "../x.csv"}]}', '{"resources": 3}'])
def test_a_descriptor_that_is_none_has_no_tables(tmp_path, harm):
    (tmp_path / "datapackage.json").write_text(harm, "utf-8")
    assert in_folder(tmp_path) == {}


def git(book, *command):
    names = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    subprocess.run(["git", *names, *command], cwd=book.root, check=True, capture_output=True)


def of_build(book) -> list[str]:
    """What a build says of a book's tables."""
    return table_report.of_build(book.root, table_report.built(book.root))


def test_a_build_lists_what_changed_and_asks_until_it_is_committed(minimal):
    for command in (["init", "-q"], ["add", "data"], ["commit", "-qm", "Tables"]):
        git(minimal, *command)
    minimal.edit("data/bread/grain.csv", "2024,125.5,", "2024,125500,")
    minimal.edit("data/bread/ovens.csv", "Birch,800,", "Birch,840,")
    question = (
        "? data/bread/grain.csv row 3 (2024), tonnes: 125.5 → 125,500 (+99900.0%) [mill-book]: 1,000 times its old"
    )
    first = minimal.build("--draft").stdout
    assert "In the tables since the last build: 2 cells changed in 2 tables; 1 to look at" in first, first
    assert question in first
    assert "data/bread/ovens.csv row 3 (Birch), loaves: 800 → 840 (+5.0%) [bakers-guild]" in first
    title, line = of_build(minimal)
    assert title == "\nIn the tables since the last commit, to look at:" and line.startswith(question)
    git(minimal, "commit", "-qam", "Meant")
    assert of_build(minimal) == []
    shutil.rmtree(minimal.root / ".git")
    assert of_build(minimal) == [], "without a repository there is no commit to wait for"


def test_a_comparison_of_sites_lists_every_cell(minimal_built, tmp_path):
    new = tmp_path / "new"
    shutil.copytree(minimal_built.site, new)
    path = new / "data" / "bread" / "grain.csv"
    path.write_text(
        path.read_text("utf-8").replace("2024,125.5,", "2024,126,").replace("2025,150,", "2025,15,"), "utf-8"
    )

    def changes(*arguments):
        command = [sys.executable, "-P", "-m", "brief", "changes", *map(str, arguments)]
        return subprocess.run(command, cwd=minimal_built.root, capture_output=True, text=True).stdout.splitlines()

    lines = changes(minimal_built.site, new)
    assert lines[:2] == [
        "To look at in the tables:",
        "  ? data/bread/grain.csv row 4 (2025), tonnes: 150 → 15 (-90.0%) [mill-book]: 1/10 of its old value; "
        "0.12 times its neighbours: is that meant?",
    ]
    assert lines[-2:] == [
        "In the tables: 2 cells changed in 1 table; 1 to look at:",
        "  data/bread/grain.csv row 3 (2024), tonnes: 125.5 → 126 (+0.4%) [mill-book]",
    ]
    marked = changes(minimal_built.site, new, "--markdown")
    assert marked[0] == "### To look at in the tables" and marked[2].startswith("- `? data/bread/grain.csv row 4")
    assert "In the tables: no table changed" in changes(new, new)
    alone = tmp_path / "alone.json"
    shutil.copy(new / "facts.json", alone)
    assert changes(alone, new)[-1] == "In the tables: not compared, since no tables lie beside a facts.json"


def test_an_edition_is_compared_with_the_one_before(minimal_built, tmp_path):
    before = tmp_path / "2026.10"
    shutil.copytree(minimal_built.site / "data", before / "data")
    path = before / "data" / "bread" / "grain.csv"
    path.write_text(path.read_text("utf-8").replace("2025,150,", "2025,0.15,"), "utf-8")
    title, line, end = table_report.of_edition(minimal_built.root, before).split("\n")
    assert title == "In the tables since edition 2026.10: 1 cell changed in 1 table; 1 to look at" and end == ""
    assert line.startswith("? data/bread/grain.csv row 4 (2025), tonnes: 0.15 → 150") and "1,000 times its old" in line
