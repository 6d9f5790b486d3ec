"""How a value reads in a sentence. Used by `kernel` and `ext`, so prose and popover agree.

A format is a Python format spec (",.1f"), a template around one ("{:.2f}%", "${:,.0f} million"), or one
of the named specs: number (four digits that count, never in powers of ten), words, ordinal, intword, fraction (a
percentage that is about halves to fifths, as "two thirds"), day, month, year, date (as precisely as it is given).
"""

import datetime as dt
import math
import re
import string
from fractions import Fraction
from typing import Any

import humanize

Value = float | int | str | list

MINUS = "\N{MINUS SIGN}"
_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
# A minus stands before the sign of a currency and the letters of its country: −US$5, not US$−5.
_CURRENCY = re.compile(rf"([A-Z]*[$€£¥₽₹₩]){MINUS}(?=[0-9])")


def _date(value: Value, parts: int) -> dt.date:
    """The date of ISO text that gives at least year, month and day (`parts` of these)."""
    text = str(value)
    if not _ISO.fullmatch(text) or len(text.split("-")) < parts:
        raise ValueError(f"not {('a year', 'a month', 'a day')[parts - 1]} in ISO form")
    return dt.date.fromisoformat("-".join([*text.split("-"), "01", "01"][:3]))


def _whole(value: Value) -> int:
    number = float(value)
    if isinstance(value, str) or not number.is_integer():
        raise ValueError("not a whole number")
    return int(value)


def number(value: Value) -> str:
    """Four digits that count, with thousands separated; a whole number has all its digits. Never in powers of ten."""
    if isinstance(value, str):
        raise ValueError("not a number")
    if float(value).is_integer():
        return f"{int(value):,}"
    digits = max(0, 3 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits else text


def _words(value: Value) -> str:
    whole = _whole(value)
    if abs(whole) >= 10:
        return f"{whole:,}"
    return f"minus {humanize.apnumber(-whole)}" if whole < 0 else humanize.apnumber(whole)


def _ordinal(value: Value) -> str:
    whole = _whole(value)
    if whole < 1:
        raise ValueError("what is counted off begins with the first")
    return f"{whole:,}{humanize.ordinal(whole)[-2:]}"


def _intword(value: Value) -> str:
    if isinstance(value, str):
        raise ValueError("not a number")
    return humanize.intword(value, "%.3g") if abs(value) >= 1000 else number(value)


_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth"}


def _fraction(value: Value) -> str:
    """A percentage as its source says it when it gives no digits: "two thirds" for 66.7, "half" for 50."""
    if isinstance(value, str):
        raise ValueError("not a number")
    part = Fraction(value / 100).limit_denominator(max(_PARTS))
    if not 0 < part < 1 or abs(float(part) - value / 100) > 0.005:
        raise ValueError("no percentage within half a point of halves, thirds, quarters or fifths")
    name = _PARTS[part.denominator]
    if part.numerator == 1:
        return name if name == "half" else f"a {name}"
    return f"{humanize.apnumber(part.numerator)} {name}s"


def _partial(value: Value) -> str:
    """A date as precisely as it is given: "2019", "March 2024", "1 September 2017"."""
    return NAMED[("year", "month", "day")[str(value).count("-") % 3]](str(value))


def _year(value: Value) -> str:
    year = _date(value, 1).year if isinstance(value, str) else _whole(value)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise ValueError("not a year of the calendar")
    return f"{year}"


NAMED = {
    "number": number,
    "words": _words,
    "ordinal": _ordinal,
    "intword": _intword,
    "fraction": _fraction,
    "day": lambda v: f"{_date(v, 3).day} {_date(v, 3):%B %Y}",
    "month": lambda v: f"{_date(v, 2):%B %Y}",
    "date": _partial,
    "year": _year,
}


# How a value of a column reads, by the column's type.
OF_TYPE = {"year": "year", "yearmonth": "month", "date": "day"}


class _Formatter(string.Formatter):
    def format_field(self, value: Any, spec: str) -> str:
        text = NAMED[spec](value) if spec in NAMED else format(value, spec)
        if isinstance(value, str):
            return text
        if re.search(r"[0-9]e[+-]?[0-9]", text, re.IGNORECASE):
            raise ValueError(f"it would read {text}; 'number' or 'intword' write it out")
        if text.startswith("-"):
            # What is rounded to nought has no sign. A typographic minus, so that a screen reader says "minus" and a
            # line never breaks after it.
            return MINUS + text[1:] if re.search("[1-9]", text) else text[1:]
        return text


def default_format(value: Value) -> str:
    """The format of a value recorded without one: thousands separated, text as it is."""
    return "" if isinstance(value, str) else ","


def render(value: Value, fmt: str) -> str:
    """Format `value`; a [low, high] range reads "low to high". Raises ValueError, naming both, when they do not fit."""
    if isinstance(value, list):
        return _range(value, fmt)
    template = fmt if "{" in fmt else "{:" + fmt + "}"
    try:
        if not isinstance(value, str) and (isinstance(value, bool) or not math.isfinite(value)):
            raise ValueError("neither text nor a finite number")
        return _CURRENCY.sub(rf"{MINUS}\1", _Formatter().format(template, value))
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        unknown = str(error).startswith(("Invalid format specifier", "Unknown format code"))
        why = f"no such format of a {type(value).__name__}; named ones are {', '.join(NAMED)}" if unknown else error
        raise ValueError(f"{value!r} cannot be written as {fmt!r}: {why}") from error


def _range(ends: list, fmt: str) -> str:
    if len(ends) != 2 or any(isinstance(end, list) for end in ends):
        raise ValueError(f"{ends!r} is no range: it needs a low and a high end")
    low, high = (render(end, fmt) for end in ends)
    try:
        backwards = ends[0] > ends[1]
    except TypeError as error:
        raise ValueError(f"{ends!r} is no range: {error}") from error
    if backwards:
        raise ValueError(f"{ends!r} is no range: its low end is above its high end")
    return low if low == high else f"{low} to {high}"


def in_table(value: Value, kind: str) -> str:
    """A value beside others, by the type of its column: all digits of a table's number, four that count of others."""
    if isinstance(value, str):
        return render(value, OF_TYPE.get(kind, ""))
    if kind in ("number", "integer") and (not value or 1e-4 <= abs(value) < 1e15):  # else Python writes powers of ten
        return render(value, ",")
    return render(value, OF_TYPE.get(kind, "number"))


def unit_of(field: dict) -> str:
    """The unit of a column, by its field in the schema: "" of a pure number, or of one that has its unit beside it."""
    said = str(field.get("unit", "1"))
    return "" if said in ("1", "see column unit") else said


def with_unit(text: str, unit: str) -> str:
    """`text` and after it the unit, where it does not say that itself."""
    return text if unit.lower() in text.lower() else f"{text}, {unit}"


def beside(text: str, unit: str) -> str:
    """What of `unit` is still to be said beside `text`: "19 billion" and "billion parameters" leave "parameters"."""
    if unit == "%" and not re.search("[0-9]", text):  # a fraction in words
        return ""
    words = unit.split()
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count])
        if text.endswith(said) and (said == "%" or text.removesuffix(said).endswith((" ", "$"))):
            unit = " ".join(words[count:])
            break
    return "" if unit == "US dollars" and "$" in text else unit
