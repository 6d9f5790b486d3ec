"""How near a finding is to falling, and what counts as a change."""

import pytest

from brief.ext.facts.changed_facts import Changes, compare
from brief.ext.facts.conditions import flip, stands, threshold


def condition(left, op, right, met=True):
    return {"left": left, "op": op, "right": right, "met": met, "fmt": ",", "unit": "", "says": "share"}


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (condition(0.5, "<", 2), "falls if the measure rises by 1.5, to 4 times today's value"),
        (condition(10, ">", 4), "falls if the measure falls by 6 (60% of today's value)"),
        (condition(0, "==", 0), "falls with any change"),
        (condition("a", "==", "a"), "falls if it changes"),
        (condition(5, ">", 9, met=False), "does not hold"),
    ],
)
def test_flip(record, text):
    assert flip(record) == text


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (condition(0.4, ">", 1, met=False), "not met, 0.6 away (the threshold is 2.5 times today's value)"),
        (condition(2021, ">", 2021, met=False), "not met, at the threshold"),
        (condition(3, ">", 2), "met"),
    ],
)
def test_stands(record, text):
    assert stands(record) == text


def test_thresholds_read_as_words():
    assert threshold(condition(1, ">=", 2000)) == "at least 2,000"


def document(**kinds):
    return {kind: kinds.get(kind, []) for kind in ("facts", "findings", "indicators", "figures", "claims")}


def test_compare_lists_changed_added_and_gone():
    old = document(facts=[{"id": "a", "value": 4, "text": "4"}, {"id": "b", "value": 1, "text": "1"}])
    new = document(facts=[{"id": "a", "value": 5, "text": "5"}, {"id": "c", "value": 1, "text": "1"}])
    found = compare(old, new)
    assert found.facts == ["a: 4 → 5 (+25.0%)"]
    assert found.added == ["fact c"] and found.gone == ["fact b"]
    assert found.summary() == "1 fact changed, 1 added, 1 gone"


def test_text_and_ranges_have_no_relative_change():
    old = document(facts=[{"id": "a", "value": "x", "text": "x"}, {"id": "b", "value": [1, 2], "text": "1 to 2"}])
    new = document(facts=[{"id": "a", "value": "y", "text": "y"}, {"id": "b", "value": [1, 3], "text": "1 to 3"}])
    assert compare(old, new).facts == ["a: x → y", "b: 1 to 2 → 1 to 3"]


def test_nothing_changed_is_said():
    assert compare(document(), document()).summary() == "no fact, finding or figure changed"


def test_after_a_build_the_first_changes_are_listed():
    found = Changes(facts=[f"bread.f{n}: 1 → 2" for n in range(3)], gone=["fact bread.g"])
    lines = found.listed(most=3).split("\n")
    assert lines == ["3 facts changed, 1 gone", *(f"  fact bread.f{n}: 1 → 2" for n in range(3)), "  and 1 more"]
    assert found.listed().endswith("\n  gone: fact bread.g") and "more" not in found.listed()
