"""Put derived rows into a table: what the recipe does not own stays as it is, and the order that there was."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from brief.tableschema import cells_of, lines_of, rows_of


def cell(value: Any) -> str:
    """A value as our tables write it: 530 for 530.0, digits in full, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def read(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of one of our tables."""
    return cells_of(lines_of(content)[0]), rows_of(content)


def written(columns: list[str], rows: Iterable[dict]) -> bytes:
    """A table as we keep it: columns in the schema's order, a line feed after each row, quotes where needed."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row[name]) for name in columns] for row in rows)
    return lines.getvalue().encode()


def covered(derived: Iterable[dict], by: Sequence[str]) -> set[tuple[str, ...]]:
    """The values of the columns `by` that derived rows cover; one value, of none, without any."""
    return {tuple(cell(row[name]) for name in by) for row in derived}


def own(row: dict, family: str, by: Sequence[str], values: set[tuple[str, ...]]) -> bool:
    """Is a row of a table one that the derived rows, which cover these values, stand for?"""
    return row["source"].startswith(family) and tuple(row[name] for name in by) in values


def merged(rows: list[dict], derived: list[dict], key: list[str], family: str, by: Sequence[str] = ()) -> list[dict]:
    """The table's rows with the derived ones in place of those that they stand for; all values as text.

    A row whose key is there keeps its place, a new one follows the derived row before it, one no longer derived is
    gone. Raises ValueError where a derived row has the key of one that is not the recipe's.
    """

    def at(row: dict) -> tuple[str, ...]:
        return tuple(row[name] for name in key)

    fresh = {at(row): row for row in as_text(derived)}
    if len(fresh) < len(derived):
        raise ValueError(f"{len(derived) - len(fresh)} derived rows have the key of another")
    values = covered(derived, by)
    standing = {at(row) for row in rows if own(row, family, by, values) and at(row) in fresh}
    strangers = [at(row) for row in rows if not own(row, family, by, values) and at(row) in fresh]
    if strangers:
        raise ValueError(f"the row {', '.join(strangers[0])} is another source's")
    first = next((k for k in fresh if k in standing), None)
    followers, before = {}, None
    for k in fresh:
        if k in standing:
            before = k
        else:
            followers.setdefault(before, []).append(fresh[k])
    result = []
    for row in rows:
        if not own(row, family, by, values):
            result.append(row)
        elif at(row) in fresh:
            result += followers.pop(None, []) if at(row) == first else []
            result += [fresh[at(row)], *followers.get(at(row), [])]
    return result + followers.get(None, [])


def as_text(rows: Iterable[dict]) -> list[dict[str, str]]:
    """Rows with every value as our tables write it."""
    return [{name: cell(value) for name, value in row.items()} for row in rows]
