"""Bars and dots, a row each, with the label above the mark and the value at it: the same on any width.

Each is drawn anew for a width in pixels, since labels wrap.
"""

import altair as alt
import numpy as np
import pandas as pd

from brief import formats
from brief.kernel.drawn import Drawing, columns
from brief.kernel.layout import CHAR, LINE, hue_of, key_of, pixels, text_rows, with_key
from brief.kernel.theme import ink


def bars(
    df: pd.DataFrame,
    label: str,
    value: str,
    fmt: str = ",",
    color: str | None = None,
    log: bool = False,
    unit_title: str = "",
) -> Drawing:
    """Horizontal bars in the order of the rows: the label above each, its value (`fmt`) at the end.

    color: a column whose categories colour the bars and are named on top; without it an economy in
    `label` has its house colour. `log` draws from the power of ten below the smallest value.
    """

    def make(width: int, _live: bool) -> alt.LayerChart:
        data = text_rows(df, label, width)
        data["value_text"] = [formats.render(v, fmt) for v in df[value].tolist()]
        data["hue"], hue = hue_of(df, color, label)
        room = 1 - (CHAR * data["value_text"].str.len().max() + 12) / width
        top = float(df[value].max())
        start = 10 ** np.floor(np.log10(df[value].min())) if log else 0.0
        end = start * (top / start) ** (1 / room) if log else top / room
        scale = alt.Scale(type="log" if log else "linear", domain=[float(start), float(end)], nice=False)
        x = alt.X(f"{value}:Q", scale=scale, axis=None, title=None)
        total = data["total_px"].iloc[0]
        data["start"] = float(start)
        base = alt.Chart(data)
        bar = base.mark_bar(size=16).encode(
            x=x, x2="start:Q", y=pixels("mark_px", total), color=hue, tooltip=[label, value]
        )
        end_text = base.mark_text(align="left", dx=6, fontWeight="bold").encode(
            x=x, y=pixels("mark_px", total), text="value_text:N"
        )
        name = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
        name = name.encode(x=alt.value(0), y=pixels("label_px", total), text="label_text:N")
        chart = alt.layer(bar, end_text, name).properties(height=int(total))
        return with_key(chart, key_of(df, color))

    return Drawing(make, columns(df, label, color, value))


def dots(
    df: pd.DataFrame,
    label: str,
    central: str,
    low: str | None = None,
    high: str | None = None,
    fmt: str = ",",
    color: str | None = None,
    hollow: str | None = None,
    log: bool = False,
    x_title: str = "",
) -> Drawing:
    """Estimates side by side on one axis, a row each: a dot at `central`, a bar from `low` to `high`.

    Where `central` is missing the range alone is drawn. `hollow` names a boolean column: true rows (a
    forecast, a plan) are drawn hollow. The value or range is written at the mark, unless rows with the same
    label share a line.
    """

    shared = df[label].duplicated().any()

    def make(width: int, _live: bool) -> alt.LayerChart:
        rows = text_rows(df.drop_duplicates(label), label, width)
        places = ["label_text", "label_px", "mark_px", "total_px"]
        data = df.merge(rows[[label, *places]], on=label).set_axis(df.index)
        if shared and color:  # equal values of two categories stand one above the other
            order = pd.Series(pd.factorize(df[color])[0], index=df.index)
            data["mark_px"] = data["mark_px"] + (order - order.max() / 2) * 5 + 4
        lows = (df[low] if low else df[central]).fillna(df[central]).astype(float)
        highs = (df[high] if high else df[central]).fillna(df[central]).astype(float)
        data["from_"], data["to_"] = lows, highs
        data["value_text"] = [
            formats.render(a, fmt) if a == b else f"{formats.render(a, fmt)} – {formats.render(b, fmt)}"
            for a, b in zip(lows.map(_tidy), highs.map(_tidy), strict=True)
        ]
        data["hue"], hue = hue_of(df, color, label)
        room = 1 - (CHAR * data["value_text"].str.len().max() + 18) / width
        start = 10 ** np.floor(np.log10(lows.min())) if log else 0.0
        end = start * (highs.max() / start) ** (1 / room) if log else highs.max() / room
        scale = alt.Scale(type="log" if log else "linear", domain=[float(start), float(end)], nice=False)
        axis = alt.Axis(orient="top", grid=True, ticks=False, domain=False, title=x_title or None)
        axis.tickCount, axis.format = 4, ",~r" if log else "~s"
        total = data["total_px"].iloc[0]
        y = pixels("mark_px", total)
        base = alt.Chart(data)
        span = base.mark_rule(strokeWidth=5, opacity=0.55).encode(
            x=alt.X("from_:Q", scale=scale, axis=axis), x2="to_:Q", y=y, color=hue
        )
        if shared and color:  # what belongs together is joined
            joined = data.groupby(label, sort=False).agg(a=(central, "min"), b=(central, "max"), at=("mark_px", "mean"))
            between = alt.Chart(joined.reset_index()).mark_rule(strokeWidth=2, color=ink("grid"))
            span = between.encode(x=alt.X("a:Q", scale=scale, axis=axis), x2="b:Q", y=pixels("at", total)) + span
        solid = data[~data[hollow].astype(bool)] if hollow else data
        layers = [span, _dots(solid, central, scale, y, hue, label, filled=True)]
        if hollow:
            layers.append(_dots(data[data[hollow].astype(bool)], central, scale, y, hue, label, filled=False))
        if not shared:
            text = base.mark_text(align="left", dx=10, fontWeight="bold")
            layers.append(text.encode(x=alt.X("to_:Q", scale=scale), y=y, text="value_text:N"))
        name = alt.Chart(rows).mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
        layers.append(name.encode(x=alt.value(0), y=pixels("label_px", total), text="label_text:N"))
        return with_key(alt.layer(*layers).properties(height=int(total)), key_of(df, color))

    return Drawing(make, columns(df, label, color, low, central, high, hollow))


def _tidy(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def _dots(data, central, scale, y, hue, label, filled):
    mark = alt.Chart(data.dropna(subset=[central])).mark_point(
        filled=filled, size=110, opacity=1, strokeWidth=2.5, fill=alt.Undefined if filled else ink("paper")
    )
    channel = {"color": hue} if filled else {"stroke": hue}
    return mark.encode(x=alt.X(f"{central}:Q", scale=scale), y=y, tooltip=[label, central], **channel)
