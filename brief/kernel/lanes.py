"""Events in lanes over time: what kind of thing came when, and how often; the table has the words."""

import altair as alt
import pandas as pd

from brief import formats
from brief.kernel.drawn import Drawing, columns
from brief.kernel.layout import colors, pixels
from brief.kernel.theme import ink

_ROW = 62  # pixels a lane: its name, its dots


def lanes(df: pd.DataFrame, date: str, lane: str, text: str, hollow: str | None = None) -> Drawing:
    """A lane for each `lane`, in the order of their first events: a dot for each event at its `date`.

    date: dates. text: what happened, shown when a reader points at the dot. hollow: a boolean column, true of what is
    only planned. A lane's name says how many events it holds and when the first was.
    """
    data = df.sort_values(date, kind="stable")
    names = list(dict.fromkeys(data[lane].astype(str)))
    firsts = data.groupby(data[lane].astype(str))[date].min()
    counts = data[lane].astype(str).value_counts()
    said = [f"{name}: {counts[name]} from {formats.render(str(firsts[name])[:10], 'month')}" for name in names]
    height = _ROW * len(names)
    hues = dict(zip(names, colors(names, None).range, strict=True))
    place = {name: n * _ROW for n, name in enumerate(names)}
    hue = data[lane].astype(str).map(hues)

    def make(width: int, _live: bool) -> alt.LayerChart:
        rows = data.assign(
            px=data[lane].astype(str).map(place) + 40,
            hue=hue,
            fill=hue.mask(data[hollow].astype(bool), ink("paper")) if hollow else hue,
        )
        y = pixels("px", height)
        x = alt.X(
            f"{date}:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=True, labelOverlap="greedy")
        )
        rule = alt.Chart(pd.DataFrame({"px": [place[name] + 40 for name in names]})).mark_rule(color=ink("grid"))
        dot = (
            alt.Chart(rows)
            .mark_point(size=120, opacity=0.85, strokeWidth=2, filled=False)
            .encode(
                x=x,
                y=y,
                stroke=alt.Color("hue:N", scale=None),
                fill=alt.Color("fill:N", scale=None, legend=None),
                tooltip=[alt.Tooltip(f"{date}:T", format="%B %Y"), text],
            )
        )
        heads = pd.DataFrame(
            {"said": said, "px": [place[name] + 16 for name in names], "hue": [hues[n] for n in names]}
        )
        head = (
            alt.Chart(heads)
            .mark_text(align="left", fontWeight="bold")
            .encode(
                x=alt.value(0),
                y=y,
                text="said:N",
                color=alt.Color("hue:N", scale=None, legend=None),
            )
        )
        return alt.layer(rule.encode(y=y), dot, head).properties(height=height)

    return Drawing(make, columns(df, date, lane, text, hollow))
