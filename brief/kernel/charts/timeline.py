"""Events from the top down, each with its date, its lane in colour and its text."""

import altair as alt
import numpy as np
import pandas as pd

from brief import formats
from brief.kernel.charts.chart import Drawing, chart, columns, listed
from brief.kernel.charts.layout import colors, marked, pixels
from brief.kernel.charts.theme import ink
from brief.kernel.drawable import Rows
from brief.typography import LINE, wrapped

_LEFT = 22  # pixels before the text: the dot and its spine


@chart
def timeline(
    df: pd.DataFrame, date: str, text: str, lane: str, fmt: str | None = None, highlight: list[str] | None = None
) -> Drawing:
    """Events from the top down in order of `date`, each with its date, its lane in colour, and its text.

    date: dates, or ISO text of any precision. fmt: how a date reads ("day", "month", "year", or "date": as precisely
    as it is given). highlight: lanes that stand out; the rest are grey. Spacing is by event, not by time: the dates
    are written out. Raises ValueError when an event has no date, text or lane, or a date is none.
    """
    rows = Rows(df, text)
    rows.texts(date, text, lane)
    when = []
    for position, value in enumerate(df[date]):
        try:
            when.append(formats.render(str(value)[:10], fmt or "date"))
        except ValueError as error:
            raise rows.refused(date, position, str(error)) from error
    data = pd.DataFrame({"date": df[date], "when": when, "lane": df[lane].astype(str), "text": df[text]})
    data = data.sort_values("date", kind="stable").reset_index(drop=True)
    names = list(dict.fromkeys(data["lane"]))
    hues = dict(zip(names, colors(names, None, rest=True).range, strict=True))
    if highlight is not None:
        hues = marked(names, highlight)

    def make(across: int, _live: bool) -> alt.LayerChart:
        heads = [wrapped(head, across - _LEFT, bold=True) for head in data["when"] + " · " + data["lane"]]
        parts = [wrapped(str(told), across - _LEFT) for told in data["text"]]
        heights = np.array([(len(a) + len(b)) * LINE + 16 for a, b in zip(heads, parts, strict=True)])
        tops = np.concatenate([[0], heights.cumsum()])[:-1]
        total = int(heights.sum())
        drawn = pd.DataFrame(
            {
                "head": ["\n".join(lines) for lines in heads],
                "event": ["\n".join(lines) for lines in parts],
                "dot_px": tops + 10,
                "head_px": tops + 3,
                "text_px": tops + 3 + LINE * np.array([len(lines) for lines in heads]),
                "hue": data["lane"].map(hues),
            }
        )
        hue = alt.Color("hue:N", scale=None, legend=None)
        base = alt.Chart(drawn)
        spine = alt.Chart(pd.DataFrame({"a": [10], "b": [int(tops[-1]) + 10]})).mark_rule(strokeWidth=2)
        spine = spine.encode(x=alt.XValue(7), y=pixels("a", total), y2=alt.Y2("b:Q"), color=alt.ColorValue(ink("grid")))
        dot = base.mark_point(filled=True, size=90, opacity=1)
        dot = dot.encode(x=alt.XValue(7), y=pixels("dot_px", total), color=hue)
        head = base.mark_text(align="left", baseline="top", fontWeight="bold", lineBreak="\n", lineHeight=LINE)
        head = head.encode(x=alt.XValue(_LEFT), y=pixels("head_px", total), text=alt.Text("head:N"), color=hue)
        body = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
        body = body.encode(x=alt.XValue(_LEFT), y=pixels("text_px", total), text=alt.Text("event:N"))
        return alt.layer(spine, dot, head, body, height=total)

    lanes = ((name, str(count)) for name, count in data["lane"].value_counts(sort=False).items())
    span = f"A timeline of {len(data)} events from {data['when'].iloc[0]} to {data['when'].iloc[-1]}"
    return Drawing(make, columns(df, date, lane, text), told=listed(span, lanes), still=True)
