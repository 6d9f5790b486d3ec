"""`left op right`: what can be compared, and how both sides read."""

import operator
import re
from collections.abc import Callable
from typing import Any

Side = float | int | str
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def met(left: Side, op: str, right: Side) -> bool:
    """Whether it is so. Raises ValueError when it says nothing: numbers and text, or an order of words."""
    if op not in COMPARE:
        raise ValueError(f"{op!r} is not one of {' '.join(COMPARE)}")
    if isinstance(left, str) != isinstance(right, str):
        raise ValueError(f"{left!r} {op} {right!r} compares a number with text (or with True or False)")
    if op not in ("==", "!=") and isinstance(left, str) and isinstance(right, str) and not _dates(left, right):
        raise ValueError(f"{left!r} {op} {right!r} orders text; only numbers and dates have an order")
    return bool(COMPARE[op](left, right))


def default_format(left: Side, right: Side) -> str:
    """How the two read: dates as dates, numbers with four digits that count."""
    if isinstance(left, str) and isinstance(right, str):
        return "date" if DATE.fullmatch(left) and DATE.fullmatch(right) else ""
    return "number" if float in (type(left), type(right)) else ","


def _dates(left: str, right: str) -> bool:
    """Whether both are days, or both months."""
    return bool(DATE.fullmatch(left) and DATE.fullmatch(right)) and len(left) == len(right)
