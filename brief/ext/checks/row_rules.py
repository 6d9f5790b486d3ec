"""Rules within a row, see `rules`: what its cells must be to one another."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from brief import formats
from brief.cellvalues import shown
from brief.tableschema import Fault, Table


def ordered(table: Table, rows: list[int], columns: list[str]) -> Iterator[Fault]:
    """Each column is at most the next: low <= central <= high, part <= whole. A year meets a date in its year."""
    for i in rows:
        filled = [(name, table.columns[name][i]) for name in columns if table.columns[name][i] is not None]
        for (low, small), (high, large) in pairwise(filled):
            if isinstance(small, date) != isinstance(large, date):
                small, large = getattr(small, "year", small), getattr(large, "year", large)
            if small > large:
                said = f"{cell(table, i, low)} is above {high} {cell(table, i, high)}"
                yield Fault(f"{said} (ordered: {', '.join(columns)})", i + 2, low)


def range_(table: Table, rows: list[int], columns: list[str], minimum=None, maximum=None) -> Iterator[Fault]:
    """Values lie between bounds; with `where`, those of rows of one unit or kind."""
    for i in rows:
        for name in columns:
            value = table.columns[name][i]
            if value is not None and minimum is not None and value < minimum:
                yield Fault(f"{cell(table, i, name)} is below {minimum} (range)", i + 2, name)
            elif value is not None and maximum is not None and value > maximum:
                yield Fault(f"{cell(table, i, name)} is above {maximum} (range)", i + 2, name)


def pattern(table: Table, rows: list[int], column: str, matches: str) -> Iterator[Fault]:
    """Cells of any type are written so: months of a half-yearly list, first days of quarters."""
    form = re.compile(matches)
    for i in rows:
        text = table.texts[column][i]
        if text and not form.fullmatch(text):
            yield Fault(f"{shown(text)} does not match {matches} (pattern)", i + 2, column)


def within(table: Table, rows: list[int], column: str, period: str) -> Iterator[Fault]:
    """A day lies in the month or year of another column, or a year is that of an edition: one text begins the other."""
    for i in rows:
        text, whole = table.texts[column][i], table.texts[period][i]
        if text and whole and not (text.startswith(whole) or whole.startswith(text)):
            yield Fault(f"{shown(text)} is not in {period} {shown(whole)} (within)", i + 2, column)


def together(table: Table, rows: list[int], columns: list[str]) -> Iterator[Fault]:
    """The columns of a row are all filled or all empty."""
    for i in rows:
        empty = [name for name in columns if not table.texts[name][i]]
        if 0 < len(empty) < len(columns):
            full = next(name for name in columns if name not in empty)
            said = f"is empty where {full} is {cell(table, i, full)}"
            yield Fault(f"{said} (together: {', '.join(columns)})", i + 2, empty[0])


def reads(table: Table, rows: list[int], column: str, format: str = "", spec: str = "") -> Iterator[Fault]:
    """A value can be written as `spec` or the column `format` says, see `brief.formats`."""
    for i in rows:
        value, fmt = table.columns[column][i], spec or table.texts[format][i]
        if value is not None and fmt:
            try:
                formats.render(str(value) if isinstance(value, date) else value, fmt)
            except ValueError as error:
                yield Fault(f"{error} (reads)", i + 2, format or column)


def cell(table: Table, i: int, name: str) -> str:
    """A cell in a message."""
    return shown(table.texts[name][i])
