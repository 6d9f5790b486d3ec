"""A table's rows, chosen by what their cells hold, and the values that are taken from them with their cells."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from brief.kernel.values import Cell, Raw, Value, plain
from brief.records import SAID

_DATES, _NUMBERS = ("date", "yearmonth"), ("integer", "number")


@dataclass(frozen=True)
class Table:
    """Rows of the table `name`. `frame` has them for pandas and for charts; `table["column"]` is one of its columns.

    schema: its entry in data/datapackage.json. chosen: the conditions that chose the rows, in words. fixed: the columns
    that these conditions give values for. among: all rows of the table, that they were chosen from. Methods raise
    ValueError, naming table, column and conditions.
    """

    name: str
    frame: pd.DataFrame
    schema: dict[str, Any] = field(repr=False)
    chosen: tuple[str, ...] = ()
    fixed: frozenset[str] = frozenset()
    among: pd.DataFrame | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.frame)

    def __getitem__(self, column: str) -> "pd.Series[Any]":
        self._field(column)
        found: pd.Series[Any] = self.frame[column]
        return found

    def where(
        self,
        condition: "pd.Series[Any] | Callable[[pd.DataFrame], Any] | None" = None,
        says: str = "a condition of the code holds",
        /,
        **equal: Any,
    ) -> "Table":
        """The rows in which each named column holds the value given, or one of a list of values; dates as "2024-05".

        condition: a column of true and false, or a function that makes one of the frame, for what is not equality.
        says: the condition in words, for a number's card: "[rows where] the year is after 2021".
        Values that rows are chosen by are no operands: their cells do not count among those of what is taken.
        """
        frame, chosen, fixed = self.frame, self.chosen, self.fixed
        if condition is not None:
            mask = condition(frame) if callable(condition) else condition
            frame = frame[mask.reindex(frame.index).fillna(False).astype(bool)]
            chosen = (*chosen, says)
        for column, wanted in equal.items():
            several = isinstance(wanted, list | tuple | set | frozenset)
            values = [self._typed(column, each) for each in (wanted if several else [wanted])]
            frame = frame[frame[column].isin(values)]
            month = self._field(column)["type"] == "yearmonth"
            texts = [str(plain(value))[: 7 if month else None] for value in values]
            words = f"one of {', '.join(sorted(texts))}" if several else texts[0]
            chosen, fixed = (*chosen, f"{column} is {words}"), fixed | {column}
        return Table(self.name, frame, self.schema, chosen, fixed, self.frame if self.among is None else self.among)

    def one(self, column: str) -> Value:
        """The value of `column` in the only row."""
        self._field(column)
        if len(self.frame) != 1:
            raise self._error(f"{len(self.frame)} rows, not one," if len(self.frame) else "no row")
        (cell,) = self._cells(column, self.frame)
        return self._value("cell", cell.value, (cell,))

    def sum(self, column: str) -> Value:
        """The sum of a column of numbers; what is missing adds nothing."""
        known = self._known(column, _NUMBERS)
        return self._value("sum", known[column].sum(), self._cells(column, known))

    def max(self, column: str) -> Value:
        """The highest of a column of numbers or years, the latest of dates."""
        return self._extreme("max", column)

    def min(self, column: str) -> Value:
        """The lowest of a column of numbers or years, the earliest of dates."""
        return self._extreme("min", column)

    def latest(self, column: str, by: str = "") -> Value:
        """The value of `column` where the dates or years of `by` are latest: by itself, the latest of its dates."""
        return self._at_end("latest", "max", column, by)

    def first(self, column: str, by: str = "") -> Value:
        """The value of `column` where the dates or years of `by` are earliest: by itself, the earliest of its dates."""
        return self._at_end("first", "min", column, by)

    def count(self, column: str = "") -> Value:
        """How many rows there are, where there are none with the cells of those looked at; with a column, how many
        different values it has.
        """
        known = self._known(column, ()) if column else self.frame
        number = int(known[column].nunique()) if column else len(known)
        looked = known if number or self.among is None else self.among
        if looked.empty:
            raise self._error("no row")
        cells = self._cells(column or [*self._key(), "source"][0], looked)
        named = number > 0 and not column and self.fixed >= {*self._key()}
        op = "different" if column else "count" if number else "none"
        return Value(number, op, own=cells, words=self._words(), certain=named)

    def _extreme(self, op: str, column: str) -> Value:
        known = self._known(column, (*_NUMBERS, *_DATES, "year"))
        return self._value(op, getattr(known[column], op)(), self._cells(column, known))

    def _at_end(self, op: str, end: str, column: str, by: str) -> Value:
        known = self._known(by or column, (*_DATES, "year"))
        rows = known[known[by or column] == getattr(known[by or column], end)()]
        cells = self._cells(column, rows)
        if len({cell.value for cell in cells}) > 1:
            raise self._error(f"{len(rows)} rows whose {by} is {op}, with different values of {column},")
        return self._value("cell" if by else op, cells[0].value, cells)

    def _value(self, op: str, raw: Any, cells: tuple[Cell, ...]) -> Value:
        kind = self._field(cells[0].column)["type"]
        value: Raw = pd.Timestamp(raw) if kind in _DATES else plain(raw)
        return Value(value, op, own=cells, words=self._words())

    def _words(self) -> str:
        return " and ".join(self.chosen)

    def _known(self, column: str, kinds: tuple[str, ...]) -> pd.DataFrame:
        """The rows in which `column`, of one of these types, is known: at least one."""
        kind = self._field(column)["type"]
        if kinds and kind not in kinds:
            raise ValueError(f"{self.name}, column {column}: {kind}, not {' or '.join(kinds)}")
        known = self.frame[self.frame[column].notna()]
        if known.empty:
            raise self._error(f"no row with a known {column}" if len(self.frame) else "no row")
        return known

    def _cells(self, column: str, rows: pd.DataFrame) -> tuple[Cell, ...]:
        """The cells of `column` in `rows`."""
        key, also = self._key(), [name for name in SAID if name in rows.columns and name != column]
        fields = {entry["name"]: entry for entry in self.schema["fields"]}
        held = {name: rows[name].tolist() for name in {*key, *also, column, "source"} & {*rows.columns}}
        cells = []
        for number, position in enumerate(rows.index):
            row = {name: values[number] for name, values in held.items() if not pd.isna(values[number])}
            at = tuple((part, plain(row[part])) for part in key if part in row) or (("row", position + 2),)
            if column not in row:
                raise ValueError(f"{self.name} ({', '.join(f'{k} {v}' for k, v in at)}), column {column}: is empty")
            if "source" not in row:
                raise ValueError(f"rows of {self.name} lost their source column")
            said = tuple((name, str(row[name])) for name in also if name in row)
            cells.append(Cell(self.name, at, column, plain(row[column]), row["source"], said, fields))
        return tuple(cells)

    def _key(self) -> list[str]:
        key = self.schema.get("primaryKey") or []
        return [key] if isinstance(key, str) else [*key]

    def _field(self, column: str) -> dict[str, Any]:
        fields = {entry["name"]: entry for entry in self.schema["fields"]}
        if column not in fields or column not in self.frame.columns:
            near = get_close_matches(column, fields, cutoff=0.4) or [*fields][:3]
            raise ValueError(f"{self.name} has no column {column!r}; it has {', '.join(near)}")
        found: dict[str, Any] = fields[column]
        return found

    def _typed(self, column: str, wanted: Any) -> Any:
        """A value that rows are chosen by, as pandas holds the column; ValueError when it can't be in there."""
        kind = self._field(column)["type"]
        raw: Any = wanted.raw if isinstance(wanted, Value) else wanted
        raw = raw.item() if isinstance(raw, np.generic) else raw
        fits = {"string": str, "boolean": bool, "date": str | dt.date, "yearmonth": str | dt.date}.get(
            kind, int | float
        )
        if not isinstance(raw, fits) or (isinstance(raw, bool) and kind != "boolean"):
            raise ValueError(f"{self.name}, column {column}: {raw!r} is no {kind}")
        if kind in _DATES:
            try:
                return pd.Timestamp(raw)
            except ValueError:
                raise ValueError(f"{self.name}, column {column}: {raw!r} is no {kind}") from None
        return raw

    def _error(self, text: str) -> ValueError:
        words = f"{text} where {self._words()}" if self.chosen else text.removesuffix(",")
        return ValueError(f"{self.name}: {words}")
