"""Conditions in words: the threshold, where the data stand, what would flip them.

A unit is said once in a line: a per cent sign at each number, a word at the threshold alone. Between two shares lie
percentage points, between two years years, between two dates days.
"""

import datetime as dt
import re

from docutils import nodes

from brief import formats
from brief.ext.nodes import plain_table

_OPS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "equal to", "!=": "other than"}
_OF_DATES = {"<": "before", "<=": "by", ">": "after", ">=": "not before", "==": "on", "!=": "other than"}
_YES_NO = {"true": "yes", "false": "no"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def number(value, fmt: str) -> str:
    """A value as it reads: what is true or false says yes or no."""
    return _YES_NO[value] if value in _YES_NO else formats.render(value, fmt)


def said(value, record: dict) -> str:
    """A value of a condition with its unit, where the format does not say that already."""
    text, unit = number(value, record["fmt"]), record["unit"]
    if unit == "%" and "%" not in text:
        return f"{text}%"
    if text == "1" and unit.isalpha():
        unit = unit.removesuffix("s")
    return " ".join(part for part in (text, formats.beside(text, unit)) if part)


def _short(value, record: dict) -> str:
    """The same beside a number that has said the unit: the sign of per cent stays, words go."""
    return said(value, record | {"unit": "%" if record["unit"] == "%" else ""})


def value_of(record: dict) -> str:
    """What the data say now, with its unit."""
    return said(record["left"], record)


def threshold(record: dict, unit: bool = False) -> str:
    """The threshold in words: "above 2,021", with the unit when asked."""
    right, op = record["right"], record["op"]
    if right in _YES_NO:
        return _YES_NO[right if op == "==" else {"true": "false", "false": "true"}[right]]
    words = _OF_DATES if _is_day(right) else _OPS
    return f"{words[op]} {(said if unit else _short)(right, record)}"


def shown(record: dict) -> str:
    """A condition with today's value: "below 30 points; now 20; falls if the measure rises by 10 (50%)"."""
    return f"{threshold(record, unit=True)}; now {_short(record['left'], record)}; {flip(record)}"


def stands(record: dict) -> str:
    """Where an indicator stands: met, or how far from it the data are."""
    if record["met"]:
        return "met"
    left, right = record["left"], record["right"]
    if _is_text(left) or record["op"] in ("==", "!="):
        return "not met"
    if left == right:
        return "not met, at the threshold"
    share = f" ({_share(record)} of today's value)" if _share(record) else ""
    return f"not met, {_distance(record)} away{share}"


def flip(record: dict) -> str:
    """Which change of the measure would bring a finding down: "falls if it rises by 0.63 percentage points (170%)"."""
    left, right, op = record["left"], record["right"], record["op"]
    if not record["met"]:
        return "does not hold"
    if left in _YES_NO:
        return f"falls if it becomes {_YES_NO['false' if left == 'true' else 'true']}"
    if op == "!=":
        return f"falls if it becomes {_short(right, record)}"
    if op == "==":
        return "falls if it changes" if _is_text(left) else "falls with any change"
    if _is_text(left) and not _is_day(left):
        return "falls if it changes"
    if _is_day(left):
        way = "comes later" if op in ("<", "<=") else "comes earlier"
    else:
        way = "rises" if op in ("<", "<=") else "falls"
    if left == right:
        return f"at the threshold: falls if the measure {way} at all"
    over = "more than " if op in ("<=", ">=") else ""
    share = f" ({_share(record)})" if _share(record) else ""
    return f"falls if the measure {way} by {over}{_distance(record)}{share}"


def _is_day(value) -> bool:
    return isinstance(value, str) and bool(_DAY.fullmatch(value))


def _is_text(value) -> bool:
    return isinstance(value, str) and not _is_day(value)


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _distance(record: dict) -> str:
    """How far the measure is from the threshold, in the measure's format and unit."""
    left, right, fmt = record["left"], record["right"], record["fmt"]
    if _is_day(left):
        return _counted(abs((dt.date.fromisoformat(left) - dt.date.fromisoformat(right)).days), "day")
    away = abs(left - right)
    if fmt == "year":
        return _counted(round(away), "year")
    text = formats.render(away, "number" if fmt in ("ordinal", "words") else fmt)
    if not re.search("[1-9]", text):  # too small for the format: "0" would say that there is no distance
        text = formats.render(away, "number")
    if record["unit"] == "%" or text.endswith("%"):
        bare = text.removesuffix("%")
        return f"{bare} percentage point{'' if bare == '1' else 's'}"
    return text


def _share(record: dict) -> str:
    """The distance as a share of today's value: nothing where it says nothing, as of dates, of nought and to nought."""
    left, right = record["left"], record["right"]
    if _is_day(left) or record["fmt"] == "year" or not left or not right:
        return ""
    share = abs(left - right) / abs(left)
    return f"{share:,.0%}" if share >= 0.01 else "under 1%"


def indicator_table(records: list[dict]) -> nodes.Element:
    """A docutils table: measure, threshold, value today, where it stands."""
    head = ("Indicator", "Would change our view if", "Now", "Status")
    rows = [(r["says"], threshold(r), value_of(r), stands(r)) for r in records]
    return plain_table(head, rows, classes=["indicators"])
