"""Events in lanes over time: what kind of thing came when, and how often; the table has the words."""

import altair as alt
import pandas as pd

from brief import formats
from brief.kernel.charts.chart import Drawing, chart, columns
from brief.kernel.charts.layout import colors, pixels
from brief.kernel.charts.theme import ink
from brief.kernel.drawable import Rows
from brief.kernel.hover import tips, words
from brief.kernel.typography import LINE, wrapped

_ROW = 62  # pixels a lane whose name takes a line: its name, its dots


@chart
def lanes(
    df: pd.DataFrame, date: str, lane: str, text: str, hollow: str | None = None, says: dict[str, str] | None = None
) -> Drawing:
    """A lane for each `lane`, in the order of their first events: a dot for each event at its `date`.

    date: dates. text: what happened, shown when a reader points at the dot. hollow: a boolean column, true of what is
    only planned. A lane's name says how many events it holds and when the first was. says: columns in words, for who
    points at a dot. Raises ValueError when an event has no date, lane or text.
    """
    rows = Rows(df, text)
    rows.texts(text, lane)
    rows.dates(date)
    rows.flags(hollow)
    titles = {"date_said": words(df, date, says), "text_said": words(df, text, says)}
    data, (date_, lane_, hollow_) = rows.renamed(date, lane, hollow, own=(*titles, "px", "hue", "fill", "said"))
    data = data.assign(**{lane_: df[lane].astype(str)}, text_said=df[text].astype(str))
    data = data.sort_values(date_, kind="stable")
    data["date_said"] = [formats.render(value, "month") for value in data[date_].dt.strftime("%Y-%m")]
    names = list(dict.fromkeys(data[lane_]))
    firsts = data.groupby(lane_)["date_said"].first()
    counts = data[lane_].value_counts()
    said = [f"{name}: {counts[name]} from {firsts[name]}" for name in names]
    hues = dict(zip(names, colors(names, None).range, strict=True))
    hue = data[lane_].map(hues)

    def make(across: int, _live: bool) -> alt.LayerChart:
        heads = [wrapped(name, across, bold=True) for name in said]
        tops, height = {}, 0
        for name, lines in zip(names, heads, strict=True):
            tops[name] = height
            height += _ROW + (len(lines) - 1) * LINE
        at = {name: tops[name] + 40 + (len(lines) - 1) * LINE for name, lines in zip(names, heads, strict=True)}
        drawn = data.assign(
            px=data[lane_].map(at), hue=hue, fill=hue.mask(data[hollow_].astype(bool), ink("paper")) if hollow else hue
        )
        y = pixels("px", height)
        years = alt.Axis(format="%Y", tickCount="year", grid=True, labelOverlap="greedy")
        rule = alt.Chart(pd.DataFrame({"px": [at[name] for name in names]})).mark_rule(color=ink("grid"))
        dot = alt.Chart(drawn).mark_point(size=120, opacity=0.85, strokeWidth=2, filled=False)
        dot = dot.encode(
            x=alt.X(f"{date_}:T", title=None, axis=years),
            y=y,
            stroke=alt.Color("hue:N", scale=None),
            fill=alt.Color("fill:N", scale=None, legend=None),
            tooltip=tips(titles),
        )
        named = pd.DataFrame(
            {
                "said": ["\n".join(lines) for lines in heads],
                "px": [tops[name] + 16 for name in names],
                "hue": [hues[name] for name in names],
            }
        )
        head = alt.Chart(named).mark_text(align="left", fontWeight="bold", lineBreak="\n", lineHeight=LINE)
        color = alt.Color("hue:N", scale=None, legend=None)
        head = head.encode(x=alt.value(0), y=y, text="said:N", color=color)
        return alt.layer(rule.encode(y=y), dot, head).properties(height=height)

    return Drawing(make, columns(df.sort_values(date, kind="stable"), date, lane, text, hollow))
