"""Conditions in words: the threshold, where the data stand, what would flip them.

A unit is said once in a line: a per cent sign at each number, a word at the threshold alone. Between two shares lie
percentage points, between two years years, between two dates days.
"""

import datetime as dt
import re
from collections.abc import Callable

from docutils import nodes

from brief import formats
from brief.ext.facts.comparison import COMPARE, DATE, default_format, met
from brief.ext.nodes import plain_table
from brief.records import Condition

_OPS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "equal to", "!=": "other than"}
_OF_DATES = {"<": "before", "<=": "by", ">": "after", ">=": "not before", "==": "on", "!=": "other than"}
_TIMES = r"(?:[\d.]+ \* )?"  # 2 * share-then
_TEST = re.compile(
    rf"(?P<left>{_TIMES}\S+)\s+(?P<op>[<>=!]+)\s+(?P<right>\"[^\"]+\"|{_TIMES}[^\s:]+)(?::\s*(?P<says>.*))?"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parsed(text: str) -> dict:
    """A condition over facts as its parts: "share-now < share-then", with what the left side measures after a colon.

    A side is a fact as {fact} names it, so many times a fact ("2 * share-then"), a number or a date; the right one
    may be a text within quotation marks. Raises ValueError when it is none.
    """
    found = _TEST.fullmatch(text.strip())
    if found is None or found["op"] not in COMPARE:
        several = "; a condition has a line of its own, after |" if " and " in text.partition(":")[0] else ""
        raise ValueError(f"{text.strip()!r} is not a fact, one of {' '.join(COMPARE)} and a fact or a number{several}")
    test = {"left": _side(found["left"]), "op": found["op"], "right": _side(found["right"])}
    if not any(isinstance(test[side], dict) for side in ("left", "right")):
        raise ValueError(f"{text.strip()!r}: no data can deny it, for it names no fact")
    return {**test, "says": found["says"] or ""}


def _side(text: str) -> float | int | str | dict:
    """A number, a date or a text as it is, a fact as {"fact": its name, "times": how many}."""
    if text.startswith('"'):
        return text.strip('"')
    times, _, name = text.rpartition(" * ")
    if DATE.fullmatch(text):
        return text
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return {"fact": name, "times": float(times or 1)}


def tested(noted: dict, known: Callable[[str], dict]) -> Condition:
    """The record of a condition that the register noted.

    known: gives a fact with its full id, or raises ValueError. Words, unit, format, tables and sources are those of the
    facts, the left one's first. Raises ValueError when it is none, when the two can't be compared, or when no data can
    deny it.
    """
    values, facts, test = {}, [], parsed(noted["test"])
    if not test["says"]:
        of = "which words of the title claim that" if noted["kind"] == "figure" else "what is measured"
        raise ValueError(f"{noted['test']!r} does not say, after a colon, {of}")
    if test["left"] == test["right"]:
        raise ValueError(f"{noted['test']!r}: no data can deny it, for both sides are one fact")
    for side in ("left", "right"):
        values[side] = test[side]
        if isinstance(test[side], dict):
            facts.append(known(test[side]["fact"]))
            values[side] = facts[-1]["value"]
            if isinstance(values[side], list):
                raise ValueError(f"{test[side]['fact']!r} is a range: it can't be compared")
            if test[side]["times"] != 1:
                values[side] = test[side]["times"] * _number(values[side], test[side]["fact"])
    if not any(fact["deniable"] for fact in facts):
        raise ValueError("no data can deny it: it only counts rows that are named")
    holds = met(values["left"], test["op"], values["right"])
    measure = facts[0]
    fmt = measure["fmt"] if _fits(measure["fmt"], *values.values()) else default_format(*values.values())
    bare = isinstance(values["left"], str) or "{" in fmt or fmt == "year"  # it says the unit itself, or has none
    return {
        "id": noted["id"],
        "kind": noted["kind"],
        "line": noted["line"],
        "op": test["op"],
        "left": values["left"],
        "right": values["right"],
        "says": test["says"],
        "met": holds,
        "unit": "" if bare else measure["unit"].partition(",")[0],
        "fmt": fmt,
        "tables": sorted({name for fact in facts for name in fact["tables"]}),
        "sources": sorted({key for fact in facts for key in fact["sources"]}),
        "facts": [fact["full"] for fact in facts],
    }


def _number(value: float | int | str, name: str) -> float | int:
    if isinstance(value, str):
        raise ValueError(f"{name!r} is no number that there could be more of")
    return value


def _fits(fmt: str, *values: float | int | str) -> bool:
    """Whether values compared can be written so: words and ordinals say no distance."""
    try:
        return fmt not in ("", "words", "ordinal") and all(formats.render(value, fmt) for value in values)
    except ValueError:
        return False


def said(value, record: dict) -> str:
    """A value of a condition with its unit, where the format does not say that already."""
    text, unit = formats.render(value, record["fmt"]), record["unit"]
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


def expected(record: dict) -> str:
    """What is wrong when it does not hold: "expected > 1.2 times, the data now say 1.1 times"."""
    return f"expected {record['op']} {said(record['right'], record)}, the data now say {value_of(record)}"


def threshold(record: dict, unit: bool = False) -> str:
    """The threshold in words: "above 2,021", with the unit when asked."""
    right, op = record["right"], record["op"]
    words = _OF_DATES if _is_day(right) else _OPS
    return f"{words[op]} {(said if unit else _short)(right, record)}"


def shown(record: dict) -> str:
    """A condition with today's value: "below 30 points; now 20; falls if the measure rises by 10 (50% of
    today's value)"."""
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
    times, share = _times(record), _share(record)
    compared = f" (the threshold is {times})" if times else f" ({share})" if share else ""
    return f"not met, {_distance(record)} away{compared}"


def flip(record: dict) -> str:
    """What change would bring a finding down: "falls if the measure rises by 6.5 (9% of today's value)"."""
    left, right, op = record["left"], record["right"], record["op"]
    if not record["met"]:
        return "does not hold"
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
    times, share = _times(record), _share(record)
    compared = f", to {times}" if times else f" ({share})" if share else ""
    return f"falls if the measure {way} by {over}{_distance(record)}{compared}"


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
    """The distance as a share of today's value: nothing where it says nothing, as of dates, of ranks, of nought and to
    nought, or where the distance is the greater."""
    left, right = record["left"], record["right"]
    if _is_day(left) or record["fmt"] in ("year", "ordinal") or not left or not right or abs(left - right) > abs(left):
        return ""
    share = abs(left - right) / abs(left)
    return f"{f'{share:.0%}' if share >= 0.01 else 'under 1%'} of today's value"


def _times(record: dict) -> str:
    """A threshold beyond twice today's value in words: "6.6 times today's value"."""
    left, right = record["left"], record["right"]
    if _is_day(left) or record["fmt"] in ("year", "ordinal") or not right > 2 * left > 0:
        return ""
    times = right / left
    return f"{formats.render(times, ',.0f' if times >= 9.95 else '.1f').removesuffix('.0')} times today's value"


def indicator_table(records: list[dict]) -> nodes.Element:
    """A docutils table: measure, threshold, value today, where it stands."""
    head = ("Indicator", "Would change our view if", "Now", "Status")
    rows = [(r["says"], threshold(r), value_of(r), stands(r)) for r in records]
    return plain_table(head, rows, classes=["indicators"])
