"""Events from the top down, each with its date, its lane in colour and its text."""

import textwrap

import altair as alt
import numpy as np
import pandas as pd

from brief import formats
from brief.kernel.drawn import Drawing, columns
from brief.kernel.layout import CHAR, LINE, colors, pixels
from brief.kernel.theme import ink


def timeline(df: pd.DataFrame, date: str, text: str, lane: str, fmt: str | None = None) -> Drawing:
    """Events from the top down in order of `date`, each with its date, its lane in colour, and its text.

    fmt: how a date reads ("day", "month", "year", or "date" for ISO text of any precision). Spacing is by event,
    not by time: the dates are written out.
    """

    def make(width: int, _live: bool) -> alt.LayerChart:
        data = df.sort_values(date, kind="stable").reset_index(drop=True)
        left = 22
        wrapped = [textwrap.wrap(str(t), int((width - left) / CHAR)) for t in data[text]]
        heights = np.array([(1 + len(part)) * LINE + 16 for part in wrapped])
        tops = np.concatenate([[0], heights.cumsum()])[:-1]
        when = data[date].map(lambda d: formats.render(str(d)[:10], fmt) if fmt else str(d))
        names = list(dict.fromkeys(data[lane].astype(str)))
        hues = dict(zip(names, colors(names, None).range, strict=True))
        total = int(heights.sum())
        data = pd.DataFrame(
            {
                "when": when,
                "lane": data[lane].astype(str),
                "event": ["\n".join(part) for part in wrapped],
                "dot_px": tops + 10,
                "head_px": tops + 3,
                "text_px": tops + 3 + LINE,
                "hue": data[lane].astype(str).map(hues),
            }
        )
        data["head"] = data["when"] + " · " + data["lane"]
        hue = alt.Color("hue:N", scale=None, legend=None)
        base = alt.Chart(data)
        spine = alt.Chart(pd.DataFrame({"a": [10], "b": [int(tops[-1]) + 10]})).mark_rule(strokeWidth=2)
        spine = spine.encode(x=alt.value(7), y=pixels("a", total), y2="b:Q", color=alt.value(ink("grid")))
        dot = base.mark_point(filled=True, size=90, opacity=1).encode(
            x=alt.value(7), y=pixels("dot_px", total), color=hue
        )
        head = base.mark_text(align="left", baseline="top", fontWeight="bold")
        head = head.encode(x=alt.value(left), y=pixels("head_px", total), text="head:N", color=hue)
        body = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
        body = body.encode(x=alt.value(left), y=pixels("text_px", total), text="event:N")
        return alt.layer(spine, dot, head, body).properties(height=total)

    return Drawing(make, columns(df, date, lane, text), still=True)
