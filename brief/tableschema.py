"""Read a table's bytes by its Table Schema: strict CSV, each cell by the type of its column.

What cannot be read is an error with row, column, value and rule. Constraints, keys and rules are for `brief.ext`.
"""

import csv
import io
import re
from dataclasses import dataclass

from brief.cellvalues import shown, value_of

CELL = 5_000  # characters
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


def lines_of(content: bytes) -> list[str]:
    """The lines of a file, without their ends. Raises UnicodeDecodeError. Only LF and CR LF end a line."""
    lines = content.decode("utf-8-sig").split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a file by its header, each cell as text, whether or not they are valid."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


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
    if "\r" in lines[0]:
        return [], [Fault("ends its lines with CR alone: save it with LF", 1)]
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
