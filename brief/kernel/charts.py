"""House charts: lines with direct labels, labelled bars, estimates side by side, a timeline.

Each returns what `figure` takes: an Altair chart, or a function of the width that returns one. Labels
stand on the marks, so that there is no legend to look up and nothing is lost on a phone.
"""

import textwrap
from collections.abc import Callable

import altair as alt
import numpy as np
import pandas as pd

from brief import formats, palette
from brief.kernel.theme import economy_colors, ink

CHAR = 6.9  # mean width in pixels of a 13 px character, for wrapping
LINE = 17  # height in pixels of a line of 13 px text


def _spread(values: np.ndarray, gap: float) -> np.ndarray:
    """Move `values` apart until neighbours are at least `gap` apart, each as near its place as that allows."""
    order = np.argsort(values)
    placed = values[order].astype(float)
    for _ in range(200):
        near = np.diff(placed) < gap - 1e-9
        if not near.any():
            break
        for i in np.flatnonzero(near):
            push = (gap - (placed[i + 1] - placed[i])) / 2
            placed[i] -= push
            placed[i + 1] += push
    result = np.empty_like(placed)
    result[order] = placed
    return result


def _colors(names: list[str], highlight: list[str] | None, rest: bool = False) -> alt.Scale:
    """House colours for `names`; what is no economy is grey with `rest`, else takes a category's colour."""
    known, categories = economy_colors(), iter(light for light, _dark in palette.CATEGORIES * 3)
    if highlight is not None:
        hues = [known.get(n, ink()) if n in highlight else ink("rest") for n in names]
    elif rest and any(n in known for n in names):
        hues = [known.get(n, ink("rest")) for n in names]
    else:
        hues = [known[n] if n in known else next(categories) for n in names]
    return alt.Scale(domain=names, range=hues)


def lines(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str = "name",
    y_title: str = "",
    log: bool = False,
    zero: bool = False,
    highlight: list[str] | None = None,
    height: int = 340,
    y_format: str = "~s",
    points: bool = False,
) -> alt.LayerChart:
    """A line for each `series` over `x` (date or year), labelled at its end in its colour.

    Economies have their house colour; with `highlight` (names) the other series are grey. `zero` starts
    the axis at nought; `log` makes it logarithmic.
    """
    data = df[[x, y, series]].dropna().sort_values([series, x])
    names = sorted(data[series].unique())
    temporal = pd.api.types.is_datetime64_any_dtype(data[x])
    to_px, from_px = (np.log10, lambda v: 10.0**v) if log else (np.asarray, np.asarray)
    low, high = to_px(data[y].min()), to_px(data[y].max())
    low = min(low, 0) if zero and not log else low
    ends = data.groupby(series, observed=True).tail(1).copy()
    ends["label_y"] = from_px(_spread(to_px(ends[y].to_numpy(float)), (high - low) * 16 / height))
    color = alt.Color(f"{series}:N", scale=_colors(names, highlight, rest=True), legend=None)
    kind = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=zero)
    short = temporal and (data[x].max() - data[x].min()).days < 366 * 10
    x_axis = alt.X(f"{x}:T", title=None, axis=alt.Axis(format="%Y", tickCount="year" if short else 6))
    if not temporal:
        years = alt.Axis(format="d", tickMinStep=1, tickCount=6)
        x_axis = alt.X(f"{x}:Q", title=None, axis=years, scale=alt.Scale(zero=False, nice=False))
    base = alt.Chart(data).encode(x=x_axis, color=color)
    line = base.mark_line(point={"size": 36} if points else False).encode(
        y=alt.Y(f"{y}:Q", title=y_title or None, scale=kind, axis=alt.Axis(format=y_format, tickCount=5)),
        tooltip=[series, x, y],
    )
    label = alt.Chart(ends).mark_text(align="left", dx=7, fontWeight="bold")
    label = label.encode(x=x_axis, y=alt.Y("label_y:Q", scale=kind), text=f"{series}:N", color=color)
    return alt.layer(line, label).properties(height=height)


def _rows(df: pd.DataFrame, label: str, width: int) -> pd.DataFrame:
    """`df` with wrapped labels and the pixel rows where label (`label_px`) and mark (`mark_px`) stand."""
    wrapped = [textwrap.wrap(str(text), int(width / CHAR)) or [""] for text in df[label]]
    heights = np.array([len(part) * LINE + 32 for part in wrapped])
    tops = np.concatenate([[0], heights.cumsum()])[:-1]
    return df.assign(
        label_text=["\n".join(part) for part in wrapped],
        label_px=tops + 4,
        mark_px=tops + heights - 18,
        total_px=heights.sum(),
    )


def _px(field: str, total: float) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, float(total)], reverse=True, nice=False), axis=None)


def _hue(df: pd.DataFrame, color: str | None, label: str) -> tuple[pd.Series, alt.Color]:
    """Colour values for each row, and the encoding that takes them as they are."""
    by = df[color] if color else df[label]
    names = list(dict.fromkeys(by.astype(str)))
    scale = _colors(names, None if color else [])
    if not color and any(n in economy_colors() for n in names):
        scale = _colors(names, None, rest=True)
    elif not color:
        scale = alt.Scale(domain=names, range=[palette.CATEGORIES[0][0]] * len(names))
    hues = dict(zip(names, scale.range, strict=True))
    return by.astype(str).map(hues), alt.Color("hue:N", scale=None, legend=None)


def _key(df: pd.DataFrame, color: str | None) -> list[tuple[str, str]]:
    """Category and colour pairs to explain above the marks, none when the colour is the label's own."""
    if not color:
        return []
    names = list(dict.fromkeys(df[color].astype(str)))
    return list(zip(names, _colors(names, None).range, strict=True))


def _with_key(chart: alt.LayerChart, key: list[tuple[str, str]]):
    """`chart` with a legend row for `key` on top."""
    if not key:
        return chart
    names, hues = [n for n, _ in key], [h for _, h in key]
    legend = alt.Legend(orient="top", columns=2, symbolType="circle", symbolOpacity=1, offset=8)
    swatch = alt.Chart(pd.DataFrame({"key": names})).mark_point(opacity=0, filled=True)
    swatch = swatch.encode(color=alt.Color("key:N", scale=alt.Scale(domain=names, range=hues), legend=legend))
    return alt.layer(chart, swatch).resolve_scale(color="independent")


def bars(
    df: pd.DataFrame,
    label: str,
    value: str,
    fmt: str = ",",
    color: str | None = None,
    log: bool = False,
    unit_title: str = "",
) -> Callable[[int], alt.LayerChart]:
    """Horizontal bars in the order of the rows: the label above each, its value (`fmt`) at the end.

    color: a column whose categories colour the bars and are named on top; without it an economy in
    `label` has its house colour. `log` draws from the power of ten below the smallest value.
    """

    def draw(width: int) -> alt.LayerChart:
        data = _rows(df, label, width)
        data["value_text"] = [formats.render(v, fmt) for v in df[value].tolist()]
        data["hue"], hue = _hue(df, color, label)
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
            x=x, x2="start:Q", y=_px("mark_px", total), color=hue, tooltip=[label, value]
        )
        end_text = base.mark_text(align="left", dx=6, fontWeight="bold").encode(
            x=x, y=_px("mark_px", total), text="value_text:N"
        )
        name = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
        name = name.encode(x=alt.value(0), y=_px("label_px", total), text="label_text:N")
        chart = alt.layer(bar, end_text, name).properties(height=int(total))
        return _with_key(chart, _key(df, color))

    return draw


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
) -> Callable[[int], alt.LayerChart]:
    """Estimates side by side on one axis, a row each: a dot at `central`, a bar from `low` to `high`.

    Where `central` is missing the range alone is drawn. `hollow` names a boolean column: true rows (a
    forecast, a plan) are drawn hollow. The value or range is written at the mark, unless rows with the same
    label share a line.
    """

    shared = df[label].duplicated().any()

    def draw(width: int) -> alt.LayerChart:
        rows = _rows(df.drop_duplicates(label), label, width)
        places = ["label_text", "label_px", "mark_px", "total_px"]
        data = df.merge(rows[[label, *places]], on=label).set_axis(df.index)
        if shared and color:  # equal values of two categories stand one above the other
            order = pd.Series(pd.factorize(df[color])[0], index=df.index)
            data["mark_px"] = data["mark_px"] + (order - order.max() / 2) * 6
        lows = (df[low] if low else df[central]).fillna(df[central]).astype(float)
        highs = (df[high] if high else df[central]).fillna(df[central]).astype(float)
        data["from_"], data["to_"] = lows, highs
        data["value_text"] = [
            formats.render(a, fmt) if a == b else f"{formats.render(a, fmt)} – {formats.render(b, fmt)}"
            for a, b in zip(lows.map(_tidy), highs.map(_tidy), strict=True)
        ]
        data["hue"], hue = _hue(df, color, label)
        room = 1 - (CHAR * data["value_text"].str.len().max() + 18) / width
        start = 10 ** np.floor(np.log10(lows.min())) if log else 0.0
        end = start * (highs.max() / start) ** (1 / room) if log else highs.max() / room
        scale = alt.Scale(type="log" if log else "linear", domain=[float(start), float(end)], nice=False)
        axis = alt.Axis(orient="top", grid=True, ticks=False, domain=False, title=x_title or None)
        axis.tickCount, axis.format = 4, ",~r" if log else "~s"
        total = data["total_px"].iloc[0]
        y = _px("mark_px", total)
        base = alt.Chart(data)
        span = base.mark_rule(strokeWidth=5, opacity=0.55).encode(
            x=alt.X("from_:Q", scale=scale, axis=axis), x2="to_:Q", y=y, color=hue
        )
        solid = data[~data[hollow].astype(bool)] if hollow else data
        layers = [span, _dots(solid, central, scale, y, hue, label, filled=True)]
        if hollow:
            layers.append(_dots(data[data[hollow].astype(bool)], central, scale, y, hue, label, filled=False))
        if not shared:
            text = base.mark_text(align="left", dx=10, fontWeight="bold")
            layers.append(text.encode(x=alt.X("to_:Q", scale=scale), y=y, text="value_text:N"))
        name = alt.Chart(rows).mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
        layers.append(name.encode(x=alt.value(0), y=_px("label_px", total), text="label_text:N"))
        return _with_key(alt.layer(*layers).properties(height=int(total)), _key(df, color))

    return draw


def _tidy(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def _dots(data, central, scale, y, hue, label, filled):
    mark = alt.Chart(data.dropna(subset=[central])).mark_point(
        filled=filled, size=110, opacity=1, strokeWidth=2.5, fill=alt.Undefined if filled else ink("paper")
    )
    channel = {"color": hue} if filled else {"stroke": hue}
    return mark.encode(x=alt.X(f"{central}:Q", scale=scale), y=y, tooltip=[label, central], **channel)


def timeline(
    df: pd.DataFrame, date: str, text: str, lane: str, fmt: str | None = None
) -> Callable[[int], alt.LayerChart]:
    """Events from the top down in order of `date`, each with its date, its lane in colour, and its text.

    fmt: how a date reads ("day", "month", "year", or "date" for ISO text of any precision). Spacing is by event,
    not by time: the dates are written out.
    """

    def draw(width: int) -> alt.LayerChart:
        data = df.sort_values(date, kind="stable").reset_index(drop=True)
        left = 22
        wrapped = [textwrap.wrap(str(t), int((width - left) / CHAR)) for t in data[text]]
        heights = np.array([(1 + len(part)) * LINE + 16 for part in wrapped])
        tops = np.concatenate([[0], heights.cumsum()])[:-1]
        when = data[date].map(lambda d: formats.render(str(d)[:10], fmt) if fmt else str(d))
        names = list(dict.fromkeys(data[lane].astype(str)))
        hues = dict(zip(names, _colors(names, None).range, strict=True))
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
        spine = spine.encode(x=alt.value(7), y=_px("a", total), y2="b:Q", color=alt.value(ink("grid")))
        dot = base.mark_point(filled=True, size=90, opacity=1).encode(x=alt.value(7), y=_px("dot_px", total), color=hue)
        head = base.mark_text(align="left", baseline="top", fontWeight="bold")
        head = head.encode(x=alt.value(left), y=_px("head_px", total), text="head:N", color=hue)
        body = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE)
        body = body.encode(x=alt.value(left), y=_px("text_px", total), text="event:N")
        return alt.layer(spine, dot, head, body).properties(height=total)

    return draw
