"""A number without a known value, a table or a source is not recorded."""

import math

import altair as alt
import pandas as pd
import pytest

from brief.kernel import comparison, facts, figures, provenance
from brief.kernel.charts import sparklines
from brief.kernel.charts.lines import lines
from brief.kernel.selection import Table
from tests.conftest import ROOT


@pytest.fixture
def passed(monkeypatch):
    """What is displayed."""
    through = []
    monkeypatch.setattr(provenance, "display", lambda data, **_: through.append(data))
    return through


@pytest.fixture
def rows():
    frame = pd.DataFrame({"value": [1.0, 2.0], "source": ["b", "a"], "economy": ["RUS", "CHN"]})
    frame.attrs["table"] = "talent/departures"
    return frame


def test_tables_and_sources_are_taken_from_the_rows(passed, rows):
    facts.fact("total", rows["value"].sum(), rows=rows[rows["value"] > 1], unit="people")
    (bundle,) = passed
    (fact,) = [value for mime, value in bundle.items() if mime != "text/plain"]
    assert fact["tables"] == ["talent/departures"] and fact["sources"] == ["a"]
    assert fact["value"] == 3 and isinstance(fact["value"], int)


@pytest.mark.parametrize("value", [None, math.nan, math.inf, pd.NA, pd.NaT, pd.Series([1, 2])])
def test_what_is_not_one_known_value_is_refused(passed, rows, value):
    with pytest.raises(ValueError):
        facts.fact("total", value, rows=rows)
    assert not passed


def test_rows_without_table_source_or_content_are_refused(passed, rows):
    for bad in (pd.DataFrame({"source": ["a"]}), rows.drop(columns="source"), rows[rows["value"] > 9]):
        with pytest.raises(ValueError):
            facts.fact("total", 1, rows=bad)
    assert not passed


def test_one_row_is_rows_too(passed, rows):
    facts.fact("first", 1, rows=rows.iloc[0])
    assert next(iter(passed[0].values()))["sources"] == ["b"]


def test_a_chart_knows_the_tables_of_all_rows_that_it_was_given(passed, rows, monkeypatch):
    monkeypatch.setenv("BRIEF_ROOT", str(ROOT))
    other = rows.assign(name=["Atlantis", "Utopia"], year=2024, source="c")
    other.attrs["table"] = "talent/returns"
    whole = pd.concat([other, other.assign(year=2025)])
    layers = alt.layer(*(alt.Chart(part).mark_point().encode(x="value:Q") for part in (rows, other)))
    fields = [{"name": "value", "type": "number"}, {"name": "source", "type": "string"}]
    few = Table("talent/departures", rows.iloc[[0]], {"fields": fields}).sum("value")
    one = (["talent/departures"], ["b"])
    pointed = alt.Chart(pd.DataFrame({"n": [1]})).mark_point().encode(x="n:Q", tooltip=["n:Q"])  # of no table
    both = (["talent/departures", "talent/returns"], ["a", "b", "c"])
    words = ["What it shows"]
    for drawn, known in (
        (lambda: figures.figure("x", lines(whole, "year", "value"), *words, rows=[rows, other]), both),
        (lambda: figures.figure("x", layers, *words), both),
        (lambda: figures.figure("x", pointed, *words, rows=[few, rows.iloc[[0]]]), one),
        (lambda: sparklines.sketch("x", sparklines.spark_bars({"one": few}), "One"), one),
        (lambda: comparison.standing("x", {"RUS": few}, label="It", unit="t", period="2024"), one),
    ):
        drawn()
        record = next(value for mime, value in passed.pop().items() if mime != "text/plain")
        assert (record["tables"], record["sources"]) == known
    with pytest.raises(ValueError, match="lost their name"):
        figures.figure("x", lines(pd.DataFrame(whole.to_dict("list")), "year", "value"), *words)
    with pytest.raises(ValueError, match="rows= must name"):
        figures.figure("x", alt.Chart(alt.UrlData("x.csv")).mark_point().encode(x="value:Q"), *words)


def test_an_estimate_of_words_is_no_number(rows):
    said = rows.assign(who=["A", "B"], what="loaves", value=["many", "few"])
    with pytest.raises(ValueError, match="the estimate of A is no number: 'many'"):
        facts.disputed("loaves", said, who="who", what="what", low="value", high="value")
