"""What a cell says, by the type of its column: one strict grammar for each type, nothing guessed or mended.

The checks and the chapters both read here, so that no cell is accepted by the one and misread by the other.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

EXACT = 2**53  # from here on not every whole number has a float of its own, in pandas, JSON and JavaScript alike
YEARS = (1800, 2100)  # of years and dates, where the column's own minimum or maximum does not say otherwise

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


def _in_range(value: Any, its_year: int, constraints: dict) -> Any:
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


def value_of(text: str, kind: str, constraints: dict) -> Any:
    """What a cell that is not empty says, by the type of its column. Raises ValueError with the rule that it breaks."""
    try:
        return PARSERS[kind](text, constraints)
    except ValueError as error:
        # Own rules say what they are; a failed match, or a day that no month has, is not what the type asks for.
        own = str(error) if str(error).startswith(("is ", "has ")) else ""
        raise ValueError(own or f"is not {NOUNS[kind]} (type: {kind})") from None


def plain(value: float | int | str | bool | date) -> float | int | str:
    """A value as a record holds it: dates in ISO form, true and false as text, whole numbers as such."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()[:10]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def shown(text: str) -> str:
    """A cell in a message: one line, in quotes, cut where it is long, its invisible characters by their numbers."""
    visible = "".join(c if c == " " or c.isprintable() else f"\\u{ord(c):04x}" for c in text[:80])
    return f'"{visible}{"…" if len(text) > 80 else ""}"'
