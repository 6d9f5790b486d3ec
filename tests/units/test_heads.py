"""What stands above the columns of a figure's table: numbers have their unit, of their table, format or axis."""

import altair as alt
import pandas as pd

from brief.kernel.charts.bars import bars, dots
from brief.kernel.charts.lines import lines
from brief.kernel.charts.ranking import ranked

ROWS = pd.DataFrame(
    {"label": ["a", "b"], "low": [1.0, 2.0], "mid": [2.0, 3.0], "high": [3.0, 4.0], "plan": [True, False]}
)


def heads(drawn) -> dict[str, str]:
    return dict(zip(drawn.record["data"]["columns"], drawn.record["data"]["titles"], strict=True))


def test_the_ends_of_a_range_have_the_unit_of_its_middle(shown):
    rows = ROWS.rename(columns={"mid": "share_moved"})
    for asked in ({"fmt": "{:.0f}%"}, {"x_title": "share of all, %"}):
        drawn = heads(shown(dots(rows, "label", "share_moved", "low", "high", hollow="plan", **asked)))
        assert drawn == {
            "label": "Label",
            "low": "Low, %",
            "share_moved": "Share moved, %",
            "high": "High, %",
            "plan": "Plan",
        }


def test_a_unit_is_that_of_the_format_and_said_once(shown):
    years = pd.DataFrame({"name": ["a", "a"], "year": [2001, 2002], "lag": [1.0, 2.0]})
    years["years_of_lag"] = years["lag"]
    for column, head in {"lag": "Lag, years", "years_of_lag": "Years of lag"}.items():
        assert heads(shown(lines(years, "year", column, fmt="{:.1f} years")))[column] == head
    assert heads(shown(bars(ROWS, "label", "mid", fmt="${:.0f} m")))["mid"] == "Mid, $ m"
    scores = pd.DataFrame({"Talent": [10, 20]}, index=["a", "b"])
    assert heads(shown(ranked(scores)))["Talent"] == "Talent, of 100"


def test_a_plain_chart_says_what_its_tooltips_and_axes_say(shown):
    base = alt.Chart(ROWS).encode(
        x=alt.X("mid:Q", title="US dollars, log scale"), tooltip=alt.Tooltip("label:N", title="Model")
    )
    drawn = heads(shown(base.mark_point().encode(y=alt.Y("low:Q", title="tasks solved, %"), y2="high:Q")))
    assert drawn == {"label": "Model", "mid": "Mid, US dollars", "low": "Low, %", "high": "High, %"}
