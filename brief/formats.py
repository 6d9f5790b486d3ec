"""How a value reads in a sentence. Used by both floors, so prose and popover agree.

A format is a Python format spec (",.1f"), a template around one ("{:.2f}%", "${:,.0f} million"), or one
of the named specs: words, ordinal, intword, day, month, year, date (as precisely as it is given).
"""

import datetime as dt
import string

import humanize

Value = float | int | str | list


def _date(value: Value) -> dt.date:
    return dt.date.fromisoformat(str(value)[:10])


def _words(value: Value) -> str:
    if float(value) != int(value):
        raise ValueError(f"only whole numbers are spelled out, not {value}")
    return humanize.apnumber(int(value)) if abs(int(value)) < 10 else f"{int(value):,}"


def _partial(value: Value) -> str:
    """A date as precisely as it is given: "2019", "March 2024", "1 September 2017"."""
    parts = str(value).split("-")
    return NAMED[("year", "month", "day")[len(parts) - 1]]("-".join([*parts, "01", "01"][:3]))


NAMED = {
    "words": _words,
    "ordinal": lambda v: humanize.ordinal(int(v)),
    "intword": lambda v: humanize.intword(v, "%.3g"),
    "day": lambda v: f"{_date(v).day} {_date(v):%B %Y}",
    "month": lambda v: f"{_date(v):%B %Y}",
    "date": _partial,
    "year": lambda v: f"{_date(v).year}" if isinstance(v, str) else f"{int(v)}",
}


class _Formatter(string.Formatter):
    def format_field(self, value, spec):
        if spec in NAMED:
            return NAMED[spec](value)
        text = format(value, spec)
        # A typographic minus, so that a screen reader says "minus" and a line never breaks after it.
        return "\N{MINUS SIGN}" + text[1:] if not isinstance(value, str) and text.startswith("-") else text


def default_format(value: Value) -> str:
    """The format of a value recorded without one: thousands separated, text as it is."""
    return "" if isinstance(value, str) else ","


def render(value: Value, fmt: str) -> str:
    """Format `value`; a [low, high] range reads "low to high". Raises ValueError, naming both, when they do not fit."""
    if isinstance(value, list):
        low, high = (render(end, fmt) for end in value)
        return low if low == high else f"{low} to {high}"
    template = fmt if "{" in fmt else "{:" + fmt + "}"
    try:
        return _Formatter().format(template, value)
    except (ValueError, TypeError, IndexError, KeyError) as error:
        raise ValueError(f"{value!r} cannot be written as {fmt!r}: {error}") from error
