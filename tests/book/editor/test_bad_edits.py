"""Slips an editor makes, each on a real table: one line with file, row, column, value and rule."""

import shutil

import pytest

from brief.ext.checks.table_files import LARGEST, table_errors
from tests.conftest import ROOT

TABLE = "data/talent/departures.csv"
LINES = (ROOT / TABLE).read_text("utf-8").splitlines(keepends=True)
HEAD, FIRST, REST = LINES[0], LINES[1], "".join(LINES[2:])
SOURCE = FIRST.rstrip().rsplit(",", 1)[1]


def cell(old, new):
    """The table with a change in its first row."""
    assert old in FIRST
    return HEAD + FIRST.replace(old, new, 1) + REST


WHOLE = "".join(LINES)
KEY = "has the key of row 2 (primaryKey: estimator, period, kind, unit)"
CUT = "has fewer cells than the header: is it cut, or a quote left open?"
QUOTE = 'has a quote left open, or one that is not doubled ("") within a quoted cell'
SLIPS = {
    "wrong type": (cell(",7000,", ",7OOO,"), ', row 2, column low: "7OOO" is not a number (type: number)'),
    "decimal comma": (cell(",7000,", ',"7,5",'), ', row 2, column low: "7,5" is not a number (type: number)'),
    "out of range": (cell(",7000,", ",-7000,"), ', row 2, column low: "-7000" is below 0 (minimum)'),
    "not a number": (cell(",7000,", ",NaN,"), ', row 2, column low: "NaN" is not a finite number'),
    "infinity": (cell(",7000,", ",inf,"), ', row 2, column low: "inf" is not a finite number'),
    "bad boolean": (
        cell(",true,", ",maybe,"),
        ', row 2, column inferred: "maybe" is not true or false (type: boolean)',
    ),
    "bad word": (
        cell(",people,", ",persons,"),
        ', row 2, column unit: "persons" is not one of people, %, exits (enum)',
    ),
    "unknown source": (cell(SOURCE, "nobody-1900"), ', row 2, column source: "nobody-1900" is not in shared/sources'),
    "empty source": (cell("," + SOURCE, ","), ", row 2, column source: is empty (required)"),
    "duplicate key": (WHOLE + FIRST, f", row {len(LINES) + 1}: {KEY}"),
    "missing column": (WHOLE.replace(",source\n", "\n", 1), ", row 1: column source is missing"),
    "extra column": (WHOLE.replace("source\n", "source,x\n", 1), ', row 1: column "x" is not in the schema'),
    "repeated column": (WHOLE.replace(",stated,", ",estimator,", 1), ", row 1: column stated is missing"),
    "ragged row": (cell(",7000,", ",7000,,"), ", row 2: has more cells than the header: is a comma unquoted?"),
    "truncated file": (WHOLE[:-60], f", row {len(LINES)}: {CUT}"),
    "stray quote": (cell(",7000,", ',"7000,'), f", row 2: {QUOTE}"),
    "empty file": ("", " is empty"),
    "header only": (HEAD, " has a header and no rows"),
    "wrong delimiter": (WHOLE.replace(",", ";"), ", row 1: "),
    "merge marks": (HEAD + "<<<<<<< HEAD\n" + FIRST, ', row 2: "<<<<<<< HEAD" is the mark of an unfinished merge'),
    "NUL byte": (cell(",7000,", ",70\0,"), ", row 2: holds a NUL byte: is it UTF-8?"),
    "UTF-16": (WHOLE.encode("utf-16"), ", row 1: is not UTF-8: save it as UTF-8"),
    "Windows-1251": (WHOLE.encode("cp1251", "replace"), ", row 2: is not UTF-8: save it as UTF-8"),
    "far too large": (WHOLE + " " * LARGEST, f" has {LARGEST + len(WHOLE.encode()):,} bytes, more than {LARGEST:,}"),
}


@pytest.fixture
def root(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copyfile(ROOT / "_config.yml", tmp_path / "_config.yml")
    return tmp_path


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_one_line(root, name):
    content, expected = SLIPS[name]
    (root / TABLE).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    lines = table_errors(root)
    assert lines[0].startswith(TABLE + expected)
    assert len(lines) == 1 or name == "repeated column"


def test_a_slip_stops_the_build_before_anything_runs(book):
    content, expected = SLIPS["truncated file"]
    before = book.files()
    (book.root / TABLE).write_text(content, "utf-8")
    result = book.build()
    (said,) = result.stdout.splitlines()
    assert result.returncode == 1 and said.startswith(TABLE + expected)
    assert book.files() == before


def test_swapped_columns_are_both_named(root):
    (root / TABLE).write_text(WHOLE.replace("estimator,stated", "stated,estimator", 1), "utf-8")
    assert [line.partition(": ")[2] for line in table_errors(root)] == [
        'column 1 is "stated", the schema has "estimator"',
        'column 2 is "estimator", the schema has "stated"',
    ]


def test_a_missing_file_and_a_folder_in_its_place(root):
    (root / TABLE).unlink()
    assert table_errors(root) == [f"{TABLE} is missing"]
    (root / TABLE).mkdir()
    assert table_errors(root) == [f"{TABLE} is a folder, not a file"]


def test_an_unknown_economy(root):
    path = root / "data/talent/ai_articles.csv"
    path.write_text(path.read_text("utf-8").replace("\nRUS,", "\nRUX,", 1), "utf-8")
    (line,) = table_errors(root)
    assert line.startswith("data/talent/ai_articles.csv, row ")
    assert line.endswith(', column economy: "RUX" is not in shared/economies')


def test_a_bad_date(root):
    path = root / "data/hardware/sanctions.csv"
    text = path.read_text("utf-8")
    assert ",2022-02-24," in text
    path.write_text(text.replace(",2022-02-24,", ",24.02.2022,", 1), "utf-8")
    (line,) = table_errors(root)
    assert line.startswith("data/hardware/sanctions.csv, row ") and ', column day: "24.02.2022" is not a date' in line


def test_errors_in_several_tables_are_all_listed(root):
    (root / TABLE).write_text(cell(",7000,", ",7OOO,"), "utf-8")
    other = root / "data/talent/returns.csv"
    other.write_text("", "utf-8")
    assert len(table_errors(root)) == 2


def test_byte_order_mark_and_windows_line_ends_are_accepted(root):
    (root / TABLE).write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode("utf-8"))
    assert table_errors(root) == []
