"""What a chart says of itself in words, and the titles of its axes."""

import pandas as pd

from brief.kernel.charts.bars import bars, dots
from brief.kernel.charts.lines import lines
from brief.kernel.charts.ranking import ranked
from brief.kernel.charts.sparklines import spark, spark_bars, spark_spans
from brief.kernel.charts.timeline import timeline


def told(chart) -> str:
    return chart().told


def run(*values, name="Mill", first=2001):
    years = [first + n for n in range(len(values))]
    return pd.DataFrame({"name": name, "year": years, "loaves": values})


def test_a_line_says_its_ends_and_where_it_turns():
    rows = pd.concat([run(1.0, 2.0, 3.0), run(5.0, 9.0, 4.0, name="Oven"), run(7.0, 7.0, 7.0, name="Shop")])
    said = told(lines(rows, "year", "loaves", fmt="{:.0f} t"))
    mill, oven, shop = said.partition(". ")[2].removesuffix(".").split("; ")
    assert said.startswith("Lines: Loaves. ")
    assert mill == "Mill: 1 t in 2001 to 3 t in 2003"
    assert oven == "Oven: 5 t in 2001, 9 t in 2002 and 4 t in 2003"
    assert shop == "Shop: 7 t in 2001 to 2003"


def test_gaps_and_single_values_of_a_line():
    rows = pd.concat([run(None, 2.0, 3.0), run(5.0, name="Oven")])
    assert (
        told(lines(rows, "year", "loaves", fmt=".0f"))
        == "Lines: Loaves. Mill: 2 in 2002 to 3 in 2003; Oven: 5 in 2001."
    )


def test_a_long_list_is_counted():
    rows = pd.DataFrame({"mill": [f"Mill {n}" for n in range(20)], "loaves": range(20)})
    said = told(bars(rows, "mill", "loaves", fmt="d"))
    assert "Mill 15: 15; and 4 more." in said and "Mill 16" not in said


def test_a_dot_says_its_middle_and_its_range():
    rows = pd.DataFrame(
        {"mill": ["a", "b", "c"], "share": [2.0, 3.0, None], "low": [1.0, 3.0, 4], "high": [4.0, 3.0, 5]}
    )
    drawing = dots(rows, "mill", "share", "low", "high", fmt="{:.0f}%")
    assert told(drawing) == "Dots with ranges: Share. a: 2% (1% to 4%); b: 3%; c: 4% to 5%."
    twice = pd.DataFrame({"mill": ["a", "a"], "share": [2.0, 3.0], "of": ["rye", "wheat"]})
    assert told(dots(twice, "mill", "share", color="of", fmt=".0f")).endswith("a, rye: 2; a, wheat: 3.")


def test_events_and_rankings():
    events = pd.DataFrame(
        {"date": ["2020-05", "2021-01", "2019"], "what": list("abc"), "who": ["Mill", "Oven", "Mill"]}
    )
    said = told(timeline(events, "date", "what", "who"))
    assert said == "A timeline of 3 events from 2019 to January 2021. Mill: 2; Oven: 1."
    scores = pd.DataFrame({"a": [10.0, 90.0], "b": [0.0, 100.0]}, index=["Mill", "Oven"])
    assert told(ranked(scores)) == "Bars of the mean with equal weights. Oven: 95; Mill: 5."


def test_a_small_chart_says_its_numbers():
    assert spark(run(1.0, 2.0), "year", "loaves", fmt=".0f")()[1] == "Line. Mill: 1 in 2001 to 2 in 2002."
    assert spark(run(1.0, 2.0), "year", "loaves", series=None, fmt=".0f")()[1] == "Line. 1 in 2001 to 2 in 2002."
    assert spark_bars(pd.Series({"Mill": 40, "Oven": 0}), "{:.0f}%")()[1] == "Bars. Mill: 40%; Oven: 0%."
    spans = pd.DataFrame({"low": [1000, 2], "high": [1500, 3]})
    assert spark_spans(spans, "low", "high")()[1] == "2 estimates from 2 to 1,500."


def test_an_axis_says_what_is_drawn_along_it_with_the_unit_of_its_format(shown):
    rows = run(1.0, 2.0)
    for fmt, title in (("{:.0f} t", "Loaves, t"), (".0f", "Loaves"), ("${:.0f}", "Loaves")):
        assert title in shown(lines(rows, "year", "loaves", fmt=fmt)).texts()
    assert "Loaves, t, log scale" in shown(lines(rows, "year", "loaves", log=True, fmt="{:.0f} t")).texts()
    assert "by hand" in shown(lines(rows, "year", "loaves", y_title="by hand")).texts()
    assert "Loaves" not in shown(lines(rows, "year", "loaves", y_title="")).texts()
    assert "Loaves, %" in shown(dots(rows, "name", "loaves", fmt="{:.0f}%")).texts()
