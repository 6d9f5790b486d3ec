"""A value that knows its cells: a number, a text or a date, where it came from and the steps that made it."""

import datetime as dt
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from brief import cellvalues

Plain = float | int | str  # what a record holds of a value
Raw = float | int | str | pd.Timestamp
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
GIVEN = "given"  # the operation of a number that the chapter gives and no table holds


def plain(value: Any) -> Plain:
    """`value` as JSON can hold it: int, float, str; dates in ISO form. Missing or infinite is an error."""
    if isinstance(value, Value):
        value = value.raw
    if isinstance(value, str):
        return value
    if isinstance(value, pd.Series) or value is None or pd.isna(value):
        raise ValueError(f"not a single known value: {value!r}")
    known = value.item() if hasattr(value, "item") else value
    if isinstance(known, float) and not math.isfinite(known):
        raise ValueError(f"not a finite number: {known}")
    return cellvalues.plain(known)


def month(period: Any) -> str:
    """A period as it reads: text as it is, a date as its month."""
    raw = period.raw if isinstance(period, Value) else period
    return f"{raw:%B %Y}" if isinstance(raw, dt.date) else str(raw)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: `row` is its row's key, column and value each.

    said: what else the row says of it. fields: the entries of the table's columns in the schema, by name.
    """

    table: str
    row: tuple[tuple[str, Plain], ...]
    column: str
    value: Plain
    source: str
    said: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    fields: dict[str, dict[str, Any]] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class Value:
    """What a table's methods give, and what arithmetic makes of it with + - * /, round, abs and comparison.

    raw: the number, text or moment. op: the step that gave it: one of the methods of `selection.Table`, an arithmetic
    sign, "round", "abs", an end of an interval, or GIVEN. parts: what that step was applied to. own: the cells that a
    table's method took. words: which rows those are. certain: no cell can change it, as when rows named by their key
    are counted. Numbers written in a chapter may be mixed in; one that pandas computed may not, since its cells would
    be lost. Two dates differ by days. Raises ValueError where there is no number to compute with.
    """

    raw: Raw
    op: str
    parts: tuple["Value", ...] = ()
    own: tuple[Cell, ...] = ()
    words: str = ""
    certain: bool = False

    __array_ufunc__ = None  # NumPy leaves arithmetic with it to the methods below

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells it came from, each once, in the order in which they came in."""
        found = dict.fromkeys(self.own)
        for part in self.parts:
            found.update(dict.fromkeys(part.cells))
        return tuple(found)

    @property
    def deniable(self) -> bool:
        """Whether other data could give another value."""
        return not self.certain if self.own else any(part.deniable for part in self.parts)

    @property
    def plain(self) -> Plain:
        """The value as a record holds it."""
        return plain(self.raw)

    def __add__(self, other: object) -> "Value":
        return _computed("+", self, other)

    def __radd__(self, other: object) -> "Value":
        return self if type(other) is int and other == 0 else _computed("+", other, self)  # Python's sum begins with 0

    def __sub__(self, other: object) -> "Value":
        return _computed("-", self, other)

    def __rsub__(self, other: object) -> "Value":
        return _computed("-", other, self)

    def __mul__(self, other: object) -> "Value":
        return _computed("*", self, other)

    def __rmul__(self, other: object) -> "Value":
        return _computed("*", other, self)

    def __truediv__(self, other: object) -> "Value":
        return _computed("/", self, other)

    def __rtruediv__(self, other: object) -> "Value":
        return _computed("/", other, self)

    def __round__(self, digits: int = 0) -> "Value":
        return Value(round(_number(self), digits), "round", (self, given(digits)))

    def __abs__(self) -> "Value":
        return Value(abs(_number(self)), "abs", (self,))

    def __lt__(self, other: object) -> bool:
        return _compared(operator.lt, self, other)

    def __le__(self, other: object) -> bool:
        return _compared(operator.le, self, other)

    def __gt__(self, other: object) -> bool:
        return _compared(operator.gt, self, other)

    def __ge__(self, other: object) -> bool:
        return _compared(operator.ge, self, other)

    def __eq__(self, other: object) -> bool:
        return _compared(operator.eq, self, other)

    def __ne__(self, other: object) -> bool:
        return _compared(operator.ne, self, other)

    def __hash__(self) -> int:
        return hash(self.raw)

    def __float__(self) -> float:
        return float(_number(self))

    def __str__(self) -> str:
        return str(self.plain)

    def __format__(self, spec: str) -> str:
        return format(self.raw, spec)


def given(value: object) -> Value:
    """A value as an operand: one with cells as it is; a literal of the chapter with none.

    Raises ValueError for what pandas or NumPy computed: where it came from would be lost.
    """
    if isinstance(value, Value):
        return value
    if isinstance(value, np.generic | np.ndarray | pd.Series | pd.DataFrame | pd.Index):
        what = str(value) if isinstance(value, np.generic) else f"a {type(value).__name__}"
        raise ValueError(
            f"{what} was computed without its cells: take it with a table's own methods, or record what both give "
            "as float(...) with rows="
        )
    if isinstance(value, dt.date):
        return Value(pd.Timestamp(value), GIVEN)
    if isinstance(value, bool | int | float | str):
        return Value(value, GIVEN)
    raise ValueError(f"{value!r} is no number, text or date")


def _compared(op: Callable[[Any, Any], Any], left: Value, right: object) -> bool:
    one, two = left.plain, given(right).plain
    if isinstance(one, str) != isinstance(two, str):
        raise ValueError(f"{named(left)}: {one!r} is compared with {two!r}: a number with text (or with True or False)")
    return bool(op(one, two))


def _computed(op: str, left: object, right: object) -> Value:
    one, two = given(left), given(right)
    if op == "-" and isinstance(one.raw, pd.Timestamp) and isinstance(two.raw, pd.Timestamp):
        return Value((one.raw - two.raw).days, op, (one, two))
    first, second = _number(one), _number(two)
    if op == "/" and second == 0:
        raise ValueError(f"{named(one)} / {named(two)}: nothing is divided by 0")
    try:
        return Value(_ARITHMETIC[op](first, second), op, (one, two))
    except OverflowError as error:
        raise ValueError(f"{named(one)} {op} {named(two)}: {error}") from error


def _number(value: Value) -> float | int:
    if isinstance(value.raw, str | bool | pd.Timestamp):
        raise ValueError(f"{named(value)} is no number: {value.plain!r}")
    return value.raw


def named(value: Value) -> str:
    """Which value an error speaks of: its cell, the rows it was taken from, or the number itself."""
    if len(value.own) == 1 and value.op == "cell":
        cell = value.own[0]
        key = ", ".join(f"{column} {part}" for column, part in cell.row)
        return f"{cell.table} ({key}), column {cell.column}"
    if value.own:
        return (
            f"{value.op} of {value.own[0].table}, column {value.own[0].column}{value.words and f' where {value.words}'}"
        )
    return str(value.plain)
