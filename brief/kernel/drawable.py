"""Rows as a chart can draw them: nothing missing where a mark needs it, and columns that Vega-Lite reads by name.

What cannot be drawn raises ValueError, which names column, row and rule; no row is left out without a word.
"""

import math
import numbers
import re
from collections.abc import Iterable
from itertools import count
from typing import Any

import pandas as pd

# Vega-Lite and Altair read some signs in the name of a field as a path, a type or a function: . [ ] ' " : ( )
_PATH = re.compile(r"[^\w ]")


class Rows:
    """The rows of `df`, to be checked column by column; `label` is the column that names a row in an error."""

    def __init__(self, df: pd.DataFrame, label: str) -> None:
        self.df, self.label = df, label
        if df.empty:
            raise ValueError("no rows to draw")
        self.has(label)

    def has(self, *columns: str | None) -> None:
        """The columns are there, once each."""
        for column in filter(None, columns):
            count = list(self.df.columns).count(column)
            if count != 1:
                found = ", ".join(map(str, self.df.columns))
                raise ValueError(f"{count or 'no'} columns {column!r}; the rows have {found}")

    def refused(self, column: str, position: int, rule: str) -> ValueError:
        """The error of one cell."""
        label = self.df[self.label].iloc[position]
        named = f" ({label})" if column != self.label and not _missing(label) else ""
        return ValueError(f"column {column!r}, row {position + 1}{named}: {rule}")

    def texts(self, *columns: str | None) -> None:
        """The columns name something in every row."""
        self.has(*columns)
        for column in filter(None, columns):
            for position, value in enumerate(self.df[column]):
                if _missing(value) or not str(value).strip():
                    raise self.refused(column, position, "nothing stands here; leave the row out, and say so")

    def numbers(self, *columns: str | None, gaps: bool = False, log: bool = False, most: tuple | None = None) -> None:
        """The columns hold finite numbers; with `gaps` some may be missing, with `log` all are above nought."""
        self.has(*columns)
        for column in filter(None, columns):
            for position, value in enumerate(self.df[column]):
                if _missing(value):
                    if not gaps:
                        raise self.refused(column, position, "no value; leave the row out, and say so")
                elif isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
                    raise self.refused(column, position, f"{value!r} is not a finite number")
                elif log and value <= 0:
                    raise self.refused(column, position, f"{value} has no place on a log scale")
                elif most and not most[0] <= value <= most[1]:
                    raise self.refused(column, position, f"{value} is not between {most[0]} and {most[1]}")

    def dates(self, column: str) -> None:
        """The column holds dates."""
        self.has(column)
        if not pd.api.types.is_datetime64_any_dtype(self.df[column]):
            raise ValueError(f"column {column!r} holds no dates, but {self.df[column].dtype}")
        self.texts(column)

    def flags(self, column: str | None) -> None:
        """The column is true or false in every row."""
        self.texts(column)
        if column is None:
            return
        for position, value in enumerate(self.df[column]):
            if value not in (True, False):
                raise self.refused(column, position, f"{value!r} is neither true nor false")

    def renamed(self, *columns: str | None, own: Iterable[str] = ()) -> tuple[pd.DataFrame, list[str | None]]:
        """The columns alone, and the names they have there: their own where Vega-Lite reads these as they are.

        own: names that the chart gives to columns which it makes.
        """
        names: dict[str, str] = {}
        taken = {*own, *self.df.columns}
        for column in filter(None, dict.fromkeys(columns)):
            free = (f"column {n}" for n in count(len(names)) if f"column {n}" not in taken)
            read = isinstance(column, str) and not _PATH.search(column) and column not in own
            names[column] = column if read else next(free)
        return self.df[list(names)].rename(columns=names), [names.get(column) if column else None for column in columns]


def _missing(value: Any) -> bool:
    return pd.api.types.is_scalar(value) and pd.isna(value)


def unread(field: str) -> bool:
    """Whether Vega-Lite would read a field's name as a path."""
    return bool(re.search(r"(?<!\\)[.\[\]'\"]", field))
