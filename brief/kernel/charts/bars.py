"""Bars and dots, a row each, with the label above the mark and the value at it: the same on any width.

Each is drawn anew for a width in pixels, since labels wrap.
"""

import altair as alt
import numpy as np
import pandas as pd

from brief import formats
from brief.kernel.charts.chart import Drawing, chart, columns, listed
from brief.kernel.charts.layout import PLACES, hue_of, key_of, pixels, text_rows, with_key
from brief.kernel.charts.theme import ink
from brief.kernel.drawable import Rows
from brief.kernel.hover import axis, measured, tips, words
from brief.typography import CHAR, LINE, width

_MOST = 0.6  # of the width, that the text at a mark may take


@chart
def bars(
    df: pd.DataFrame,
    label: str,
    value: str,
    fmt: str = ",",
    color: str | None = None,
    log: bool = False,
    highlight: list[str] | None = None,
) -> Drawing:
    """Horizontal bars in the order of the rows: the label above each, its value (`fmt`) at the end.

    color: a column whose categories colour the bars and are named on top; without it an economy in
    `label` has its house colour. highlight: categories (labels, without `color`) that stand out; the rest are grey.
    `log` draws from the power of ten below the smallest value. Bars of negative values
    run to the left of nought; a bar of nought is its "0".
    Raises ValueError when a label, a value or a colour is missing, or a value has no place on a log scale.
    """
    rows = Rows(df, label)
    rows.texts(label, color)
    rows.numbers(value, log=log)
    titles = {"label_said": words(df, label), "value_text": measured(df, value, fmt)}
    titles |= {"color_said": words(df, color)} if color else {}
    data, (label_, value_, color_) = rows.renamed(label, value, color, own=(*PLACES, *titles, "hue", "start", "end"))
    data = data.assign(
        value_text=[formats.render(v, fmt) for v in df[value].tolist()],
        label_said=df[label].astype(str),
        color_said=df[color].astype(str) if color else "",
    )

    def make(across: int, _live: bool) -> alt.LayerChart:
        drawn = text_rows(data, label_, across)
        drawn["hue"], hue = hue_of(drawn, color_, label_, highlight)
        start, domain = _domain(df[value], _room(drawn["value_text"], 12, across), log, below=True)
        x = alt.X(f"{value_}:Q", scale=domain, axis=None, title=None)
        total = drawn["total_px"].iloc[0]
        drawn["start"], drawn["end"] = start, drawn[value_].clip(lower=start)
        base, y = alt.Chart(drawn), pixels("mark_px", total)
        bar = base.mark_bar(size=16).encode(x=x, x2=alt.X2("start:Q"), y=y, color=hue, tooltip=tips(titles))
        end_text = base.mark_text(align="left", dx=6, fontWeight="bold")
        end_text = end_text.encode(x=alt.X("end:Q", scale=domain), y=y, text=alt.Text("value_text:N"))
        name = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
        name = name.encode(x=alt.XValue(0), y=pixels("label_px", total), text=alt.Text("label_text:N"))
        layers = alt.layer(bar, end_text, name, height=int(total))
        return with_key(layers, key_of(drawn, color_, highlight), across)

    told = listed(f"Bars: {titles['value_text']}", zip(data["label_said"], data["value_text"], strict=True))
    return Drawing(make, columns(df, label, color, value), told=told)


def _room(texts: pd.Series, gap: int, across: int) -> float:
    """The share of the width that is left to marks beside the longest of `texts`."""
    longest, wide = CHAR * texts.str.len().max(), max(width(text, bold=True) for text in texts)
    longest = wide if wide > longest + gap / 2 else longest
    if longest > _MOST * across:
        text = max(texts, key=len)
        raise ValueError(f"the value {text!r} leaves no room for its mark: choose a shorter format")
    return 1 - (longest + gap) / across


def _domain(values: pd.Series, room: float, log: bool, below: bool = False) -> tuple[float, alt.Scale]:
    """Where marks start, and a scale from there (or from the lowest value) that leaves `room` at its end for text.

    below: on a log scale marks start below the lowest value, so that this has a length.
    """
    low, high = float(values.min()), float(values.max())
    if log:
        start = 10 ** np.floor(np.log10(low))
        start = start / 10 if below and start == low else start
        first, last = start, start * (max(high, 2 * start) / start) ** (1 / room)
    else:
        start, first = 0.0, min(low, 0.0)
        top = max(high, 0.0)
        last = first + ((top - first) or 1.0) / room
    return float(start), alt.Scale(type="log" if log else "linear", domain=[float(first), float(last)], nice=False)


@chart
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
    highlight: list[str] | None = None,
    x_title: str | None = None,
) -> Drawing:
    """Estimates side by side on one axis, a row each: a dot at `central`, a bar from `low` to `high`.

    Where `central` is missing the range alone is drawn. `hollow` names a boolean column: true rows (a
    forecast, a plan) are drawn hollow. The value or range is written at the mark, unless rows with the same
    label share a line. highlight: categories (labels, without `color`) that stand out; the rest are grey.
    x_title: of the axis, by itself what `central` is, with its unit; "" for none.
    Raises ValueError when a row has no label, neither a central value nor both ends, ends in the wrong order, or a
    value with no place on a log scale.
    """
    rows = Rows(df, label)
    rows.texts(label, color)
    rows.flags(hollow)
    rows.numbers(central, low, high, gaps=True, log=log)
    lows, highs = _ends(rows, central, low, high)
    titles = {"label_said": words(df, label), "value_text": measured(df, central, fmt)}
    x_title = axis(df, central, fmt) if x_title is None else x_title
    titles |= {"color_said": words(df, color)} if color else {}
    own = (*PLACES, *titles, "from_", "to_", "hue", "a", "b", "at")
    data, (label_, central_, color_, hollow_) = rows.renamed(label, central, color, hollow, own=own)
    data = data.assign(
        from_=lows,
        to_=highs,
        value_text=[
            formats.render(a, fmt) if a == b else f"{formats.render(a, fmt)} – {formats.render(b, fmt)}"
            for a, b in zip(lows.map(_tidy), highs.map(_tidy), strict=True)
        ],
        label_said=df[label].astype(str),
        color_said=df[color].astype(str) if color else "",
    )
    middle = pd.to_numeric(df[central]).astype(float)
    data[central_] = middle.where(middle.notna(), lows.where(lows == highs))
    shared = df[label].duplicated().any()

    def make(across: int, _live: bool) -> alt.LayerChart:
        places = text_rows(data.drop_duplicates(label_), label_, across)
        drawn = data.merge(places[[label_, *PLACES]], on=label_).set_axis(df.index)
        if shared and color:  # equal values of two categories stand one above the other
            order = pd.Series(pd.factorize(df[color])[0], index=df.index)
            drawn["mark_px"] = drawn["mark_px"] + (order - order.max() / 2) * 5 + 4
        drawn["hue"], hue = hue_of(drawn, color_, label_, highlight)
        both = pd.concat([lows, highs])
        _start, scale = _domain(both, _room(drawn["value_text"], 18, across), log)
        top = alt.Axis(orient="top", grid=True, ticks=False, domain=False, title=x_title or None)
        top.tickCount, top.format = 4, ",~r" if log else "~s" if both.abs().max() >= 10_000 else ",~f"
        top.labelExpr = "datum.value ? datum.label : '0'"  # and not "0k"
        total = drawn["total_px"].iloc[0]
        y = pixels("mark_px", total)
        base = alt.Chart(drawn)
        span = base.mark_rule(strokeWidth=5, opacity=0.55).encode(
            x=alt.X("from_:Q", scale=scale, axis=top), x2=alt.X2("to_:Q"), y=y, color=hue, tooltip=tips(titles)
        )
        if shared and color:  # what belongs together is joined
            joined = drawn.groupby(label_, sort=False).agg(a=("from_", "min"), b=("to_", "max"), at=("mark_px", "mean"))
            between = alt.Chart(joined.reset_index()).mark_rule(strokeWidth=2, color=ink("grid"))
            span = between.encode(x=alt.X("a:Q", scale=scale, axis=top), x2=alt.X2("b:Q"), y=pixels("at", total)) + span
        solid = drawn[~drawn[hollow_].astype(bool)] if hollow else drawn
        layers = [span, _dots(solid, central_, scale, y, hue, titles, filled=True)]
        if hollow:
            layers.append(_dots(drawn[drawn[hollow_].astype(bool)], central_, scale, y, hue, titles, filled=False))
        if not shared:
            text = base.mark_text(align="left", dx=10, fontWeight="bold")
            layers.append(text.encode(x=alt.X("to_:Q", scale=scale), y=y, text=alt.Text("value_text:N")))
        name = alt.Chart(places).mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
        layers.append(name.encode(x=alt.XValue(0), y=pixels("label_px", total), text=alt.Text("label_text:N")))
        return with_key(alt.layer(*layers, height=int(total)), key_of(drawn, color_, highlight), across)

    lead = f"{'Dots with ranges' if low or high else 'Dots'}: {titles['value_text']}"
    middles = data[central_].map(lambda number: "" if pd.isna(number) else formats.render(_tidy(number), fmt))
    spans = data["value_text"].str.replace(" – ", " to ")
    said = spans.where((middles == "") | (middles == spans), middles + " (" + spans + ")")
    told = listed(lead, zip(_named(data), said, strict=True))
    return Drawing(make, columns(df, label, color, low, central, high, hollow), told=told)


def _named(data: pd.DataFrame) -> pd.Series:
    """What a dot is called: by its label, and by its colour where another has that label too."""
    several = data["label_said"].duplicated(keep=False) & data["color_said"].ne("")
    return data["label_said"].where(~several, data["label_said"] + ", " + data["color_said"])


def _ends(rows: Rows, central: str, low: str | None, high: str | None) -> tuple[pd.Series, pd.Series]:
    """The ends of each row's range, both its central value where it has no other."""
    middle = pd.to_numeric(rows.df[central]).astype(float)
    lows = pd.to_numeric(rows.df[low]).astype(float).fillna(middle) if low else middle
    highs = pd.to_numeric(rows.df[high]).astype(float).fillna(middle) if high else middle
    for position, (a, m, b) in enumerate(zip(lows, middle, highs, strict=True)):
        if pd.isna(a) or pd.isna(b):
            raise rows.refused(central, position, "no value, and not both ends of a range")
        if a > b or not (pd.isna(m) or a <= m <= b):
            raise rows.refused(central, position, f"{a:g}, {m:g}, {b:g} do not stand in the order low, central, high")
    return lows, highs


def _tidy(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def _dots(
    data: pd.DataFrame, central: str, scale: alt.Scale, y: alt.Y, hue: alt.Color, titles: dict[str, str], filled: bool
) -> alt.Chart:
    mark = alt.Chart(data.dropna(subset=[central])).mark_point(
        filled=filled, size=110, opacity=1, strokeWidth=2.5, fill=alt.Undefined if filled else ink("paper")
    )
    channel = {"color": hue} if filled else {"stroke": hue}
    return mark.encode(x=alt.X(f"{central}:Q", scale=scale), y=y, tooltip=tips(titles), **channel)
