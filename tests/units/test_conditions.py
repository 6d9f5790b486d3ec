"""Conditions as a reader sees them: in words, in the measure's format, each unit once, flips in the right direction."""

import re

import pytest

from brief.ext.facts import conditions
from brief.ext.facts.comparison import default_format
from brief.ext.facts.conditions import flip, shown, stands, threshold, value_of

OPS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "equal to", "!=": "other than"}


@pytest.fixture
def condition():
    """The record of a condition over a fact of a unit and a format, without a book."""

    def made(left, op, right, unit="", fmt=None):
        fmt = default_format(left, right) if fmt is None else fmt
        of = {"value": left, "unit": unit, "period": "", "fmt": fmt, "id": "measure", "full": "a.measure"}
        fact = {**of, "deniable": True, "tables": [], "sources": []}
        side = f'"{right}"' if isinstance(right, str) and not right[:1].isdigit() else right
        noted = {"id": "test", "kind": "finding", "line": 1, "test": f"measure {op} {side}: A measure"}
        return conditions.tested(noted, lambda _name: fact)

    return made


@pytest.mark.parametrize(
    ("call", "text"),
    [
        # No powers of ten, and a distance in the measure's own format.
        ((7984.3, ">", 1772.0), "above 1,772; now 7,984; falls if the measure falls by 6,212 (78% of today's value)"),
        ((0.368, "<", 2.431, "%", ".2f"),
         "below 2.43%; now 0.37%; falls if the measure rises by 2.06 percentage points, to 6.6 times today's value"),
        ((1.9349, ">", 1.5, "times", ".2f"),
         "above 1.50 times; now 1.93; falls if the measure falls by 0.43 (22% of today's value)"),
        ((2450, ">", 1800, "million US dollars"),
         "above 1,800 million US dollars; now 2,450; falls if the measure falls by 650 (27% of today's value)"),
        ((5.6, "<", 6, "million US dollars", "${:.1f} million"),
         "below $6.0 million; now $5.6 million; falls if the measure rises by $0.4 million (7% of today's value)"),
        # What stands at the threshold.
        ((2, ">=", 2), "at least 2; now 2; at the threshold: falls if the measure falls at all"),
        ((2021, "<=", 2021, "", "year"),
         "at most 2021; now 2021; at the threshold: falls if the measure rises at all"),
        ((7.5, ">", 1, "years"), "above 1 year; now 7.5; falls if the measure falls by 6.5 (87% of today's value)"),
        ((5, ">=", 2), "at least 2; now 5; falls if the measure falls by more than 3 (60% of today's value)"),
        # Years and dates.
        ((2017, "<", 2027, "", "year"), "below 2027; now 2017; falls if the measure rises by 10 years"),
        ((2026, "<", 2027, "", "year"), "below 2027; now 2026; falls if the measure rises by 1 year"),
        (("2024-01-02", "<", "2024-02-01"),
         "before 1 February 2024; now 2 January 2024; falls if the measure comes later by 30 days"),
        (("2024-02-02", ">=", "2024-02-01"),
         "not before 1 February 2024; now 2 February 2024; falls if the measure comes earlier by more than 1 day"),
        # What is text.
        (("Chips", "==", "Chips"), "equal to Chips; now Chips; falls if it changes"),
        (("Chips", "!=", "Talent"), "other than Talent; now Chips; falls if it becomes Talent"),
        ((0, "==", 0), "equal to 0; now 0; falls with any change"),
        ((3, "!=", 4), "other than 4; now 3; falls if it becomes 4"),
        # Negative numbers, nought, small and large shares.
        ((-25.4, "<", 0, "%", ".0f"), "below 0%; now −25%; falls if the measure rises by 25 percentage points"),
        ((-3.0, ">", -5.5), "above −5.5; now −3; falls if the measure falls by 2.5 (83% of today's value)"),
        ((0, ">", -1), "above −1; now 0; falls if the measure falls by 1"),
        ((1000, ">", 999), "above 999; now 1,000; falls if the measure falls by 1 (under 1% of today's value)"),
        ((1, "<", 100), "below 100; now 1; falls if the measure rises by 99, to 100 times today's value"),
        # A distance that the format would round to nought.
        ((10.3, ">", 10.0, "%", ".0f"),
         "above 10%; now 10%; falls if the measure falls by 0.3 percentage points (3% of today's value)"),
        ((44.0, ">", 43.0, "%"),
         "above 43%; now 44%; falls if the measure falls by 1 percentage point (2% of today's value)"),
        ((44.0, ">", 40.0, "%", "{:.0f}%"),
         "above 40%; now 44%; falls if the measure falls by 4 percentage points (9% of today's value)"),
        ((2, "<", 3, "", "ordinal"), "below 3; now 2; falls if the measure rises by 1 (50% of today's value)"),
    ],
)  # fmt: skip
def test_a_finding_that_holds(condition, call, text):
    assert shown(condition(*call)) == text


@pytest.mark.parametrize(
    ("call", "limit", "now", "status"),
    [
        ((0.368, ">", 1, "%", ".2f"),
         "above 1.00%", "0.37%", "not met, 0.63 percentage points away (the threshold is 2.7 times today's value)"),
        ((469, ">", 1000, "services"),
         "above 1,000", "469 services", "not met, 531 away (the threshold is 2.1 times today's value)"),
        ((2021, ">", 2021, "", "year"), "above 2021", "2021", "not met, at the threshold"),
        ((2020, ">", 2021, "", "year"), "above 2021", "2020", "not met, 1 year away"),
        ((0, ">", 0), "above 0", "0", "not met, at the threshold"),
        ((0, ">", 3), "above 3", "0", "not met, 3 away"),
        (("none", "!=", "none"), "other than none", "none", "not met"),
        (("2024-01-02", ">", "2024-02-01"), "after 1 February 2024", "2 January 2024", "not met, 30 days away"),
        ((6212.4, "<", 1e-4), "below 0.0001", "6,212", "not met, 6,212 away (100% of today's value)"),
        ((2, ">", 3, "", "words"), "above 3", "2", "not met, 1 away (50% of today's value)"),
        ((2.0, "<", -4.0), "below −4", "2", "not met, 6 away"),
        ((3, ">", 2), "above 2", "3", "met"),
    ],
)  # fmt: skip
def test_an_indicator(condition, call, limit, now, status):
    record = condition(*call)
    assert (threshold(record), value_of(record), stands(record)) == (limit, now, status)


@pytest.mark.parametrize("unit", ["", "%", "points"])
@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("right", [-1, 0, 2.5, 1e9])
@pytest.mark.parametrize("left", [-7984.25, -1, 0, 0.004, 3, 1e6])
def test_any_numbers(condition, left, op, right, unit):
    record = condition(left, op, right, unit)
    texts = [shown(record), stands(record), threshold(record, unit=True), value_of(record)]
    for text in texts:
        assert (
            not re.search(r"[0-9]e[+-]?[0-9]", text)
            and "(0% of today's value)" not in text
            and "by 0 " not in f"{text} "
        )
        assert "-" not in text and text.count("points") <= 2 and "points points" not in text
    assert shown(record).startswith(OPS[op])
    if record["met"] and op in ("<", "<="):
        assert "measure rises" in flip(record)
    elif record["met"] and op in (">", ">="):
        assert "measure falls" in flip(record)
    elif not record["met"]:
        assert flip(record) == "does not hold"


@pytest.mark.parametrize(
    ("left", "op", "right"),
    [("Chips", "==", 3), (3, "<", "2024-01-01"), ("a", "<", "b"), ("2024", "<", "2025"),
     ("2024-01", "<", "2024-01-02")],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(condition, left, op, right):
    with pytest.raises(ValueError) as error:
        condition(left, op, right)
    assert "\n" not in str(error.value)
