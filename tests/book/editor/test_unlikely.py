"""Slips that every schema passes, in tables of the book drawn at random, are asked about; small revisions are not."""

import copy
import random
from collections import defaultdict

import pytest

from brief.cli.table_changes import compare
from brief.cli.table_versions import TIMES, Version, in_folder
from brief.cli.unlikely import NUMBERS
from tests.conftest import ROOT

TABLES = in_folder(ROOT / "data")
SOURCES = sorted({row["source"] for version in TABLES.values() for row in version.rows})


def cells(table: Version, kinds: tuple[str, ...]) -> list[tuple[int, str]]:
    """Where values of some types stand, apart from the key."""
    names = [n for n, field in table.fields.items() if field["type"] in kinds and n not in table.schema["primaryKey"]]
    return [(i, name) for i, row in enumerate(table.rows) for name in names if row[name]]


def times(factor: float):
    def slip(table: Version, draw: random.Random) -> None:
        values = [(i, n, float(table.rows[i][n]) * factor) for i, n in cells(table, NUMBERS)]
        whole = [(i, n, v) for i, n, v in values if v and (table.fields[n]["type"] == "number" or v == int(v))]
        i, name, value = draw.choice(whole)
        table.rows[i][name] = f"{value:.10g}"

    return slip


def exchange(table: Version, draw: random.Random, pairs: list[tuple[int, int]], columns: list[str]) -> None:
    name = draw.choice(columns)
    i, j = draw.choice([(i, j) for i, j in pairs if table.rows[i][name] != table.rows[j][name]])
    table.rows[i][name], table.rows[j][name] = table.rows[j][name], table.rows[i][name]


def pairs(table: Version) -> list[tuple[int, int]]:
    return [(i, j) for i in range(len(table.rows)) for j in range(i)]


def two_values(table: Version, draw: random.Random) -> None:
    exchange(table, draw, pairs(table), sorted({name for _i, name in cells(table, NUMBERS)}))


def two_sources(table: Version, draw: random.Random) -> None:
    exchange(table, draw, pairs(table), ["source"])


def two_economies(table: Version, draw: random.Random) -> None:
    beside = defaultdict(list)
    for i, row in enumerate(table.rows):
        beside[tuple(row[name] for name in table.schema["primaryKey"] if name != "economy")].append(i)
    same = [(i, j) for rows in beside.values() for i in rows for j in rows if j < i]
    exchange(table, draw, same, ["economy"] if "economy" in table.schema["primaryKey"] else [])


def a_source_of(wanted):
    def slip(table: Version, draw: random.Random) -> None:
        row, served = draw.choice(table.rows), {row["source"] for row in table.rows}
        row["source"] = draw.choice([s for s in SOURCES if (s in served) == wanted and s != row["source"]])

    return slip


def years(shift: int):
    def slip(table: Version, draw: random.Random) -> None:
        name = draw.choice([name for name, field in table.fields.items() if field["type"] in TIMES])
        row = draw.choice([row for row in table.rows if row[name]])
        row[name] = f"{int(row[name][:4]) + shift}{row[name][4:]}"

    return slip


def sign(table: Version, draw: random.Random) -> None:
    i, name = draw.choice([(i, n) for i, n in cells(table, NUMBERS) if float(table.rows[i][n]) > 0])
    table.rows[i][name] = f"-{table.rows[i][name]}"


def revised(table: Version, draw: random.Random) -> None:
    for i, name in cells(table, NUMBERS):
        value = float(table.rows[i][name]) * draw.uniform(0.92, 1.08)
        table.rows[i][name] = f"{value:.6g}" if table.fields[name]["type"] == "number" else str(round(value))


SLIPS = {
    "a value times 1,000": times(1000),
    "a value times 100": times(100),
    "a value a tenth": times(0.1),
    "two values swapped": two_values,
    "another row's source": a_source_of(True),
    "a source that never served the table": a_source_of(False),
    "the sources of two rows swapped": two_sources,
    "two economies swapped in a year": two_economies,
    "a day a century off": years(-100),
    "a day a decade off": years(10),
    "a minus too many": sign,
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_asked_about_in_any_table(name):
    draw, tried = random.Random(name), 0
    for path in draw.sample(sorted(TABLES), len(TABLES)):
        table = copy.deepcopy(TABLES[path])
        try:
            SLIPS[name](table, draw)
        except IndexError:  # this table has nothing of the kind
            continue
        keys = {tuple(row[column] for column in table.schema["primaryKey"]) for row in table.rows}
        if path.startswith("shared/") or len(keys) < len(table.rows):  # two rows of one key are refused
            continue
        lines = [line for changed in compare(TABLES, TABLES | {path: table}) for line in changed.lines()]
        assert any(line.startswith("? ") for line in lines), lines
        tried += 1
        if tried == 5:
            return
    raise AssertionError(f"only {tried} tables to try")


def test_a_revision_of_all_values_asks_little():
    """By up to 8%, each by itself: one question in a hundred changes at most."""
    draw, tables = random.Random(1), copy.deepcopy(TABLES)
    for table in tables.values():
        revised(table, draw)
    changes = [change for changed in compare(TABLES, tables) for change in changed.cells]
    assert len(changes) > 5000
    assert sum(bool(change.reasons) for change in changes) < len(changes) / 100
