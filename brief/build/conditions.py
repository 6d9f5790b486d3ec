"""Conditions in words: the threshold, where the data stand, what would flip them."""

import math

from docutils import nodes

from brief import formats
from brief.build.parts import plain_table

_OPS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "equal to", "!=": "other than"}


def number(value, fmt) -> str:
    return formats.render(value, fmt)


def value_of(record: dict) -> str:
    """What the data say now, with its unit."""
    return " ".join(part for part in (number(record["left"], record["fmt"]), record["unit"]) if part)


def shown(record: dict) -> str:
    """A condition with today's value: "at most 2,021; now 1,990"."""
    return f"{threshold(record)}; now {number(record['left'], record['fmt'])}; {flip(record)}"


def stands(record: dict) -> str:
    """Where an indicator stands: met, or how far from it the data are."""
    if record["met"]:
        return "met"
    left, right = record["left"], record["right"]
    if isinstance(left, str) or isinstance(right, str):
        return "not met"
    away = abs(right - left)
    size = f"{away:,.3g}" if not float(away).is_integer() else f"{int(away):,}"
    if away == 0:
        return "not met, at the threshold"
    share = f" ({away / abs(left):.0%} of today's value)" if left and math.isfinite(away / left) else ""
    return f"not met, {size} away{share}"


def flip(record: dict) -> str:
    """Which change of the measure would bring a finding down: "falls if it rises by 0.63 (170%)"."""
    left, right, op = record["left"], record["right"], record["op"]
    if not record["met"]:
        return "does not hold"
    if isinstance(left, str) or isinstance(right, str) or op == "!=":
        return "falls if it changes" if op != "!=" else "falls if the two become equal"
    if op == "==":
        return "falls with any change"
    away = abs(left - right)
    direction = "rises" if op in ("<", "<=") else "falls"
    size = f"{int(away):,}" if float(away).is_integer() else f"{away:,.3g}"
    share = f" ({away / abs(left):.0%})" if left else ""
    return f"falls if the measure {direction} by {size}{share}"


def threshold(record: dict) -> str:
    """The threshold in words: "above 2,021"."""
    return f"{_OPS[record['op']]} {number(record['right'], record['fmt'])}"


def indicator_table(records: list[dict]) -> nodes.Element:
    """A docutils table: measure, threshold, value today, where it stands."""
    head = ("Indicator", "Would change our view if", "Now", "Status")
    rows = [(r["says"], threshold(r), number(r["left"], r["fmt"]), stands(r)) for r in records]
    return plain_table(head, rows, classes=["indicators"])
