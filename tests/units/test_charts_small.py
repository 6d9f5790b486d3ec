"""Sketches, a ranking with weights, and plain Altair charts."""

import altair as alt
import pandas as pd
import pytest

from brief.kernel.charts.ranking import ranked, share_of_weightings
from brief.kernel.charts.sparklines import spark, spark_bars, spark_spans
from brief.kernel.figures import figure
from tests.units.conftest import AWKWARD, DRAWN, LONG, UNDRAWN, WORDS

NONE = float("nan")


def pair(**columns):
    base = {
        "year": [2001, 2002, 2001, 2002],
        "value": [1.0, 3.0, 2.0, 4.0],
        "name": ["China", "China", "Russia", "Russia"],
    }
    return pd.DataFrame({**base, **columns})


@pytest.mark.parametrize("name", AWKWARD)
def test_a_sketch_of_columns_of_any_name(shown, name):
    df = pair().set_axis([f"x.{name}", name, f"n[{name}"], axis=1)
    drawn = shown(spark(df, f"x.{name}", name, series=f"n[{name}"), small=True)
    assert len(drawn.marks("mark-line")) == 2 and set(drawn.texts()) == {"China", "Russia"}
    one = shown(spark(df[:2], f"x.{name}", name, series=None), small=True)
    assert len(one.marks("mark-line")) == 1 and len(one.marks("mark-symbol")) == 1
    spans = pd.DataFrame({name: [1, 2], f"b.{name}": [3, 4]})
    assert len(shown(spark_spans(spans, name, f"b.{name}"), small=True).marks("mark-rule")) == 2


@pytest.mark.parametrize("values", [[0, 0, 0, 0], [-1, -2, -3, -4], [-1, 1, 2, 3], [5, 5, 5, 5]])
def test_a_sketch_of_any_values(shown, values):
    drawn = shown(spark(pair(value=values), "year", "value"), small=True)
    assert len(drawn.marks("mark-line")) == 2 and set(drawn.texts()) == {"China", "Russia"}
    spans = pd.DataFrame({"low": sorted(values), "high": [max(values)] * 4})
    assert len(shown(spark_spans(spans, "low", "high"), small=True).marks("mark-rule")) == 4


def test_bars_of_a_sketch(shown, refused):
    drawn = shown(spark_bars(pd.Series({"China": 40, "Russia": 0, "x.y": 0.4}), "{:.0f}%"), small=True)
    assert len(drawn.marks("mark-rect")) == 3
    assert drawn.texts().count("0%") == 2 and {"China", "Russia", "x.y", "40%"} <= set(drawn.texts())
    assert shown(spark_bars(pd.Series({"a": 0, "b": 0})), small=True).texts().count("0") == 2
    refused(
        r"column 'value', row 2 \(b\): -1 is not between 0",
        lambda: spark_bars(pd.Series({"a": 1, "b": -1})),
        small=True,
    )
    refused(r"column 'value', row 2 \(b\): no value", lambda: spark_bars(pd.Series({"a": 1, "b": NONE})), small=True)
    refused(r"column 'label', row 2: nothing", lambda: spark_bars(pd.Series([1, 2], index=["a", None])), small=True)
    refused("'a' is there twice", lambda: spark_bars(pd.Series([1, 2], index=["a", "a"])), small=True)
    refused("too long for a sketch", lambda: spark_bars(pd.Series({LONG: 1})), small=True)
    refused("no rows", lambda: spark_bars(pd.Series([], dtype=float)), small=True)


def test_what_a_sketch_cannot_draw_is_named(refused):
    def sketched(**columns):
        return lambda: spark(pair(**columns), "year", "value")

    refused(
        r"column 'value', row 3 \(Russia\): no value",
        sketched(value=[1, 2, NONE, 4]),
        small=True,
    )
    refused(r"column 'name', row 1: nothing", sketched(name=[None, "a", "b", "b"]), small=True)
    refused(
        r"column 'year', row 2 \(China\): nothing",
        sketched(year=[1, None, 1, 2]),
        small=True,
    )
    refused("too long for a sketch", sketched(name=WORDS), small=True)
    refused("no rows", lambda: spark(pair()[:0], "year", "value"), small=True)
    refused("3 is above 1", lambda: spark_spans(pd.DataFrame({"a": [3], "b": [1]}), "a", "b"), small=True)
    refused("column 'b', row 1", lambda: spark_spans(pd.DataFrame({"a": [3], "b": [None]}), "a", "b"), small=True)
    for text, letter in UNDRAWN.items():
        refused(letter, lambda text=text: spark_bars(pd.Series({text: 1})), small=True)


def scores(**parts):
    return pd.DataFrame(parts or {"a.b": [10.0, 90.0], "say 'no'": [0.0, 100.0]}, index=["Russia", "China"])


@pytest.mark.parametrize("name", AWKWARD)
def test_a_ranking_by_parts_of_any_name(shown, name):
    drawn = shown(ranked(scores(**{name: [10.0, 90.0], f"other.{name}": [0.0, 100.0]})))
    for form in ("wide", "narrow"):
        assert {"1. China", "2. Russia", "95", "5"} == set(drawn.texts(form)) and len(
            drawn.marks("mark-rect", form)
        ) == 2
    assert drawn.record["data"]["columns"] == ["name", name, f"other.{name}"]
    assert [control["label"] for control in drawn.record["controls"]] == [name, f"other.{name}"]
    assert list(drawn.live()[0]) == ["Economy", f"{name}, of 100", f"other.{name}, of 100"]


def test_what_cannot_be_ranked_is_named(refused):
    refused(r"column 'a', row 1 \(Russia\): no value", lambda: ranked(scores(a=[NONE, 1.0])))
    refused("'a', row 2 .China.: 101.0 is not between 0 and 100", lambda: ranked(scores(a=[1.0, 101.0])))
    refused("'a', row 1 .Russia.: -1.0 is not between", lambda: ranked(scores(a=[-1.0, 1.0])))
    refused("Russia is there twice", lambda: ranked(pd.concat([scores(), scores()]).iloc[:3]))
    refused("too long to stand before a bar", lambda: ranked(pd.DataFrame({"a": [1.0]}, index=[LONG])))
    refused("labels: no part 'z'", lambda: ranked(scores(), labels={"z": "Z"}))
    refused("no rows", lambda: ranked(scores()[:0]))


def test_the_share_of_weightings():
    assert share_of_weightings(scores(), "Russia", 1) == 1 and share_of_weightings(scores(), "China", 1) == 0
    even = pd.DataFrame({"a": [0.0, 100.0], "b": [100.0, 0.0]}, index=["x", "y"])
    assert share_of_weightings(even, "x", 1) == pytest.approx(0.5, abs=0.01)


def points(df=None, mark="point", **encoding):
    df = pair() if df is None else df
    made = getattr(alt.Chart(df), f"mark_{mark}")()
    return made.encode(**{"x": "year:Q", "y": "value:Q", **encoding})


def test_a_plain_chart_and_its_data(shown):
    drawn = shown(points(tooltip=["name", "value"]))
    assert len(drawn.marks("mark-symbol")) == 4 and set(drawn.record["data"]["columns"]) == {"year", "value", "name"}
    assert drawn.live()[0] == {"Economy": "China", "Value": 1.0}
    both = points() + points(mark="line", color="name:N")
    assert len(shown(both).marks("mark-line")) == 2
    escaped = pair().rename(columns={"value": "a.b"})
    assert len(shown(points(escaped, y=r"a\.b:Q")).marks("mark-symbol")) == 4
    made = points().transform_calculate(double="datum.value * 2").encode(y="double:Q")
    assert len(shown(made).marks("mark-symbol")) == 4
    counted = points(mark="bar", x="name:N", y="mean(value):Q")
    assert len(shown(counted).marks("mark-rect")) == 2
    gaps = points(pair(value=[1, None, 2, 4]), mark="line", detail="name:N")
    assert len(shown(gaps).marks("mark-line")) == 2


def test_what_a_plain_chart_would_not_draw_is_refused(refused):
    renamed = pair().rename(columns={"value": "a.b"})
    refused("Vega-Lite reads 'a.b' as a path", lambda: points(renamed, y="a.b:Q"))
    refused("no columns 'height'", lambda: points(y="height:Q"))
    refused(r"column 'value', row 2 .*: no value", lambda: points(pair(value=[1, None, 2, 4])))
    refused(r"column 'name', row 1", lambda: points(pair(name=[None, "a", "b", "c"]), mark="bar", x="name:N"))
    refused("no rows", lambda: points(pair()[:0]))
    refused(
        "0.0 has no place on a log", lambda: points(pair(value=[0.0, 1, 2, 3]), y=alt.Y("value:Q").scale(type="log"))
    )
    refused("a text is cut", lambda: points(pair(name=[LONG] * 4), mark="bar", y="name:N"))
    refused("runs out of the frame", lambda: points(mark="text", text=alt.value(LONG)))
    for text, letter in UNDRAWN.items():
        refused(letter, lambda text=text: points(mark="text", text=alt.value(text)))


@pytest.mark.parametrize("text", DRAWN)
def test_texts_of_a_plain_chart(shown, text):
    drawn = shown(points(pair(name=[text, text, "b", "b"]), mark="bar", y="name:N", x="sum(value):Q"))
    assert text.replace("\n", " ") in [t.replace("\n", " ") for t in drawn.texts()]


def test_a_plain_chart_without_words_is_refused():
    rows = pair(source="a")
    rows.attrs["table"] = "talent/departures"
    with pytest.raises(ValueError, match="figure test: no alt"):
        figure("test", points(rows))
