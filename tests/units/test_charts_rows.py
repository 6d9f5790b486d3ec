"""Bars and dots: each row has its label, its mark and its value, or the line that says why not."""

import pandas as pd
import pytest

from brief.kernel.charts.bars import bars, dots
from brief.kernel.charts.theme import ink
from tests.units.conftest import AWKWARD, DRAWN, LONG, UNDRAWN, WORDS

FORMS = ("wide", "narrow")


def table(**columns):
    return pd.DataFrame(columns)


def places(drawn, kind="mark-rect", form="wide"):
    """Left and right end of each bar."""
    return [
        (float(d.split("M")[1].split(",")[0]), float(d.split("h")[1].split("v")[0]))
        for d in (mark.get("d") for mark in drawn.marks(kind, form))
    ]


@pytest.mark.parametrize("name", AWKWARD)
@pytest.mark.slow
def test_a_column_of_any_name(shown, name):
    df = table(**{name: ["one", "two"], "other." + name: [3, 4], "kind[" + name: ["x", "y"]})
    for chart in (
        bars(df, name, "other." + name, color="kind[" + name),
        dots(df, name, "other." + name, color="kind[" + name),
    ):
        drawn = shown(chart)
        kind = "mark-rect" if "mark-rect" in drawn.svg["wide"] else "mark-symbol"
        for form in FORMS:
            assert len([m for m in drawn.marks(kind, form) if m.get("opacity") != "0"]) >= 2
            assert {"one", "two", "3", "4", "x", "y"} <= set(drawn.texts(form))
        assert drawn.record["data"]["columns"] == [name, "kind[" + name, "other." + name]
        assert [list(said.values()) for said in drawn.live()][:2] == [["one", "3", "x"], ["two", "4", "y"]]


@pytest.mark.parametrize("chart", [bars, dots])
def test_what_is_highlighted_stands_out_and_the_rest_is_grey(shown, refused, chart):
    df = table(label=["one", "two", "three"], value=[3, 4, 5], kind=["x", "y", "y"])
    for arguments in ({"highlight": ["two"]}, {"highlight": ["y"], "color": "kind"}):
        drawn = shown(chart(df, "label", "value", **arguments))
        kind = "mark-rect" if chart is bars else "mark-symbol"
        colours = [m.get("fill") for m in drawn.marks(kind) if m.get("opacity") != "0"][:3]
        grey = [ink("rest") == colour or "rest" in colour for colour in colours]
        assert grey == [True, False, "color" not in arguments] and len(set(colours)) == 2
    refused("highlight: no 'four'", lambda: chart(df, "label", "value", highlight=["four"]))


@pytest.mark.parametrize("name", ["hue", "start", "from_", "label_px"])
@pytest.mark.slow
def test_a_column_named_as_one_that_the_chart_makes(shown, name):
    for chart in (bars, dots):
        numbers = shown(chart(table(**{name: [3, 4], "label": ["one", "two"]}), "label", name))
        labels = shown(chart(table(**{name: ["one", "two"], "value": [3, 4]}), name, "value"))
        assert {"one", "two", "3", "4"} <= set(numbers.texts()) & set(labels.texts())


@pytest.mark.parametrize("chart", [bars, dots])
@pytest.mark.parametrize("label", [LONG, WORDS, *DRAWN])
@pytest.mark.slow
def test_a_label_of_any_kind_wraps_and_none_of_it_is_lost(shown, chart, label):
    drawn = shown(chart(table(label=[label, "two"], value=[3, 4]), "label", "value"))
    for form in FORMS:
        whole = "".join(drawn.texts(form)).replace(" ", "")
        assert "".join(label.split()) in whole and "two" in whole


@pytest.mark.parametrize("chart", [bars, dots])
@pytest.mark.parametrize(("label", "letter"), UNDRAWN.items())
@pytest.mark.slow
def test_a_label_without_letters_is_refused(refused, chart, label, letter):
    refused(f"have no .*{letter}", lambda: chart(table(label=["one", label], value=[3, 4]), "label", "value"))


def test_bars_of_negative_values_run_left_of_nought(shown):
    drawn = shown(bars(table(label=["a", "b", "c"], value=[-30, 0, 60]), "label", "value", fmt="{:.0f}%"))
    for form in FORMS:
        (a, wide_a), (b, wide_b), (c, wide_c) = places(drawn, form=form)
        assert (
            a == 0
            and wide_b == 0
            and b == pytest.approx(c) == pytest.approx(wide_a)
            and wide_c == pytest.approx(2 * wide_a)
        )
        assert {"−30%", "0%", "60%"} <= set(drawn.texts(form))


@pytest.mark.parametrize("values", [[0, 0], [0.0, -0.0], [-3, -1], [5, 5], [1e-12, 1], [1e15, 1]])
@pytest.mark.parametrize("chart", [bars, dots])
@pytest.mark.slow
def test_whatever_the_values_each_is_there_and_inside(shown, chart, values):
    drawn = shown(chart(table(label=["a", "b"], value=values), "label", "value", fmt="{:.0f}"))
    for form in FORMS:
        assert len(drawn.texts(form)) >= 4
        if chart is bars:
            assert all(x >= 0 and x + w <= {"wide": 680, "narrow": 350}[form] for x, w in places(drawn, form=form))


def test_all_bars_of_nought_have_no_length_and_say_0(shown):
    drawn = shown(bars(table(label=["a", "b"], value=[0, 0]), "label", "value"))
    assert [width for _x, width in places(drawn)] == [0, 0]
    assert drawn.texts().count("0") == 2


def test_on_a_log_scale_the_smallest_bar_has_a_length(shown):
    for values in ([1, 10], [100, 100], [0.001, 5]):
        lengths = [
            width
            for _x, width in places(shown(bars(table(label=["a", "b"], value=values), "label", "value", log=True)))
        ]
        assert min(lengths) > 20


MISSING = [None, float("nan"), pd.NA]


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("chart", [bars, dots])
def test_what_is_missing_is_named(refused, chart, missing):
    full = {"label": ["one", "two"], "value": [3, 4], "kind": ["x", "y"]}
    said = {
        "label": r"column 'label', row 2: nothing stands here",
        "value": r"column 'value', row 2 \(two\): no value",
        "kind": r"column 'kind', row 2 \(two\): nothing stands here",
    }
    for column, pattern in said.items():
        df = table(**{**full, column: [full[column][0], missing]})
        refused(pattern, lambda df=df: chart(df, "label", "value", color="kind"))


@pytest.mark.parametrize("chart", [bars, dots])
def test_what_is_no_number_is_refused(refused, chart):
    for value in ("4", True, float("inf"), -float("inf")):
        df = table(label=["one", "two"], value=pd.Series([3, value], dtype=object))
        refused(r"column 'value', row 2 \(two\): .* is not a finite number", lambda df=df: chart(df, "label", "value"))
    refused("no rows to draw", lambda: chart(table(label=[], value=[]), "label", "value"))
    refused(
        "no columns 'height'; the rows have label, value",
        lambda: chart(table(label=["a"], value=[1]), "label", "height"),
    )
    refused("categories, more than the 6 colours", lambda: chart(
        table(label=list("abcdefg"), value=range(7)), "label", "value", color="label"))  # fmt: skip
    wide = "{} " + "million roubles of the year 2021, " * 2
    refused("leaves no room", lambda: chart(table(label=["a"], value=[1]), "label", "value", fmt=wide))
    for value in (0, -1):
        df = table(label=["one", "two"], value=[3, value])
        pattern = rf"column 'value', row 2 \(two\): {value} has no place on a log scale"
        refused(pattern, lambda df=df: chart(df, "label", "value", log=True))


def test_dots_of_ranges(shown):
    df = table(label=["a", "b", "c", "d"], low=[-3, 2, 5, None], mid=[1, None, None, 8], high=[4, 7, 5, None],
               plan=[True, False, False, False])  # fmt: skip
    drawn = shown(dots(df, "label", "mid", "low", "high", hollow="plan"))
    for form in FORMS:
        assert len(drawn.marks("mark-symbol", form)) == 3  # b is a range alone; c, whose ends are one, has a dot
        assert {"−3 – 4", "2 – 7", "5", "8"} <= set(drawn.texts(form))
    assert {said["Mid"] for said in drawn.live()} == {"−3 – 4", "2 – 7", "5", "8"}


def test_dots_whose_ends_do_not_fit_are_refused(refused):
    def chart(low, mid, high, plan=False):
        df = table(
            label=["a", "b"], low=[1, low], mid=[2, mid], high=[3, high], plan=pd.Series([False, plan], dtype=object)
        )
        return lambda: dots(df, "label", "mid", "low", "high", hollow="plan")

    refused(r"column 'mid', row 2 \(b\): no value, and not both ends", chart(None, None, None))
    refused(r"column 'mid', row 2 \(b\): no value, and not both ends", chart(1, None, None))
    refused(r"row 2 \(b\): 9, 2, 3 do not stand in the order", chart(9, 2, 3))
    refused(r"row 2 \(b\): 1, 5, 3 do not stand in the order", chart(1, 5, 3))
    refused(r"column 'plan', row 2 \(b\): nothing stands here", chart(1, 2, 3, None))
    refused(r"column 'plan', row 2 \(b\): 'maybe' is neither true nor false", chart(1, 2, 3, "maybe"))


def test_names_of_a_key_wrap_too(shown):
    df = table(label=["a", "b"], value=[1, 2], kind=[LONG, "short"])
    for chart in (bars, dots):
        drawn = shown(chart(df, "label", "value", color="kind"))
        for form in FORMS:
            assert "".join(LONG.split()) in "".join(drawn.texts(form)).replace(" ", "")
