"""Read a table's bytes by its Table Schema: strict CSV, and one grammar for each type of value.

The checks and the chapters both read here, so that no cell is accepted by the one and misread by the other. What does
not match the grammar of its type is an error with row, column, value and rule; nothing is guessed or mended.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

EXACT = 2**53  # from here on not every whole number has a float of its own, in pandas, JSON and JavaScript alike
YEARS = (1800, 2100)  # of years and dates, where the column's own minimum or maximum does not say otherwise
CELL = 5_000  # characters

NOUNS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "year": "a year",
    "yearmonth": "a month (2022-02)",
    "date": "a date (2022-02-24)",
}
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_YEAR = re.compile(r"[0-9]{4}")
_YEARMONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Cells parted by commas; a quoted one has its own quotes doubled.
_LINE = re.compile(r'(?:[^",]*|"(?:[^"]|"")*")(?:,(?:[^",]*|"(?:[^"]|"")*"))*')


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file: in a row (the first is 1, the header), in a column of it, or in the whole."""

    text: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """ "row 2, column low: "7OOO" is not a number (type: number)", to stand behind the file's name."""
        place = [f"row {self.row}"] if self.row else []
        place += [f"column {self.column}"] if self.column else []
        return f", {', '.join(place)}: {self.text}" if place else f" {self.text}"


@dataclass
class Table:
    """A table as read: `columns` by name, a value or None (an empty cell) a row; `texts` are the cells as written.

    Row `i` of a column stands in row `i + 2` of the file. Strings are str, integers and years int, numbers float,
    booleans bool, dates and months `datetime.date` (a month is its first day).
    """

    columns: dict[str, list]
    texts: dict[str, list[str]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), []))


def integer(text: str, _constraints: dict) -> int:
    """A whole number that a float holds exactly."""
    if not _INTEGER.fullmatch(text):
        raise ValueError
    if len(text) > 17 or abs(int(text)) >= EXACT:
        raise ValueError("is too large: whole numbers are below 2**53")
    return int(text)


def number(text: str, _constraints: dict) -> float:
    """A finite decimal number, also with an exponent (2.2e+23); one that would be read as another is refused."""
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        raise ValueError("is not a finite number")
    if not _NUMBER.fullmatch(text):
        raise ValueError
    value = float(text)
    if value in (float("inf"), -float("inf")):
        raise ValueError("is too large: it would be infinite")
    if value == 0 and text.startswith("-"):
        raise ValueError("is a zero with a sign")
    if (len(text) > 15 and Decimal(repr(value)) != Decimal(text)) or (value == 0 and Decimal(text) != 0):
        raise ValueError(f"has more digits than a number keeps: it would be read as {value!r}")
    return value


def boolean(text: str, _constraints: dict) -> bool:
    """true or false, in small letters."""
    if text not in ("true", "false"):
        raise ValueError
    return text == "true"


def year(text: str, constraints: dict) -> int:
    """Four digits."""
    if not _YEAR.fullmatch(text):
        raise ValueError
    return _in_range(int(text), int(text), constraints)


def yearmonth(text: str, constraints: dict) -> date:
    """A month of the calendar, as its first day."""
    found = _YEARMONTH.fullmatch(text)
    if not found:
        raise ValueError
    return _in_range(date(int(found[1]) or 1, int(found[2]), 1), int(found[1]), constraints)


def day(text: str, constraints: dict) -> date:
    """A day of the calendar."""
    if not _DATE.fullmatch(text):
        raise ValueError
    value = date.fromisoformat(text)
    return _in_range(value, value.year, constraints)


def _in_range(value, its_year: int, constraints: dict):
    first, last = YEARS
    if (its_year < first and "minimum" not in constraints) or (its_year > last and "maximum" not in constraints):
        raise ValueError(f"is not between {first} and {last} (a minimum or maximum of the column can widen that)")
    return value


def string(text: str, _constraints: dict) -> str:
    """Any text."""
    return text


PARSERS: dict[str, Callable] = {
    "string": string,
    "integer": integer,
    "number": number,
    "boolean": boolean,
    "year": year,
    "yearmonth": yearmonth,
    "date": day,
}


def value_of(text: str, kind: str, constraints: dict):
    """What a cell that is not empty says, by the type of its column. Raises ValueError with the rule that it breaks."""
    try:
        return PARSERS[kind](text, constraints)
    except ValueError as error:
        # Own rules say what they are; a failed match, or a day that no month has, is not what the type asks for.
        own = str(error) if str(error).startswith(("is ", "has ")) else ""
        raise ValueError(own or f"is not {NOUNS[kind]} (type: {kind})") from None


def lines_of(content: bytes) -> list[str]:
    """The lines of a file, without their ends. Raises UnicodeDecodeError. Only LF and CR LF end a line."""
    lines = content.decode("utf-8-sig").split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def cells_of(line: str) -> list[str]:
    """The cells of a line. Raises ValueError when its quotes are not in pairs or a cell is far too long."""
    if '"' not in line:
        return line.split(",")
    if not _LINE.fullmatch(line):
        raise ValueError('has a quote left open, or one that is not doubled ("") within a quoted cell')
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        raise ValueError(f"has a cell of more than {CELL:,} characters") from None


def read(content: bytes, schema: dict) -> tuple[Table | None, list[Fault]]:
    """A table and what is wrong with it; no table when its header or its rows do not fit the schema's columns.

    A cell with a fault has the value None. Constraints, keys and rules are not looked at.
    """
    lines = lines_of(content)
    fields = {field["name"]: field for field in schema["fields"]}
    rows, faults = _rows(lines, list(fields))
    if faults:
        return None, faults
    texts = dict(zip(fields, map(list, zip(*rows, strict=True)), strict=True))
    columns = {}
    for name, field in fields.items():
        columns[name], found = _column(texts[name], name, field)
        faults += found
    return Table(columns, texts), sorted(faults, key=lambda fault: fault.row)


def _rows(lines: list[str], names: list[str]) -> tuple[list[list[str]], list[Fault]]:
    """The rows under the header, each as wide as it."""
    if not lines:
        return [], [Fault("is empty")]
    try:
        header = cells_of(lines[0])
    except ValueError as error:
        return [], [Fault(str(error), 1)]
    if header != names:
        return [], [Fault(text, 1) for text in _header(header, names)]
    if len(lines) == 1:
        return [], [Fault("has a header and no rows")]
    rows, faults = [], []
    for number, line in enumerate(lines[1:], 2):
        try:
            cells = cells_of(line)
        except ValueError as error:
            faults.append(Fault(str(error), number))
            continue
        if not any(cells):
            faults.append(Fault("is blank", number))
        elif len(cells) > len(names):
            faults.append(Fault("has more cells than the header: is a comma unquoted?", number))
        elif len(cells) < len(names):
            faults.append(Fault("has fewer cells than the header: is it cut, or a quote left open?", number))
        rows.append(cells)
    return rows, faults


def _header(have: list[str], wanted: list[str]) -> list[str]:
    """What is wrong with the columns: those that lack, do not belong or stand twice, else their order."""
    if len(have) == 1 < len(wanted):
        return [f"{shown(have[0])} is one column: separate columns by commas"]
    lines = [f"column {name} is missing" for name in wanted if name not in have]
    lines += [f"column {shown(name)} is not in the schema" for name in dict.fromkeys(have) if name not in wanted]
    lines += [f"column {shown(name)} stands twice" for name in dict.fromkeys(have) if have.count(name) > 1]
    pairs = enumerate(zip(have, wanted, strict=False), 1)
    return lines or [f'column {n} is {shown(a)}, the schema has "{b}"' for n, (a, b) in pairs if a != b]


def _column(texts: list[str], name: str, field: dict) -> tuple[list, list[Fault]]:
    """The values of a column and the cells that have none."""
    kind, constraints = field["type"], field.get("constraints", {})
    if kind == "string":
        return [text or None for text in texts], []
    values, faults = [], []
    for row, text in enumerate(texts, 2):
        try:
            values.append(value_of(text, kind, constraints) if text else None)
        except ValueError as error:
            values.append(None)
            faults.append(Fault(f"{shown(text)} {error}", row, name))
    return values, faults


def shown(text: str) -> str:
    """A cell in a message: one line, in quotes, cut where it is long, its invisible characters by their numbers."""
    visible = "".join(c if c == " " or c.isprintable() else f"\\u{ord(c):04x}" for c in text[:80])
    return f'"{visible}{"…" if len(text) > 80 else ""}"'
