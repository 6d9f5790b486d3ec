"""A line for each series, labelled at its end: no legend to look up, nothing lost on a phone."""

import altair as alt
import numpy as np
import pandas as pd

from brief.kernel.charts.chart import Drawing, chart, course, listed
from brief.kernel.charts.layout import colors
from brief.kernel.charts.theme import economy_colors, ink
from brief.kernel.drawable import Rows
from brief.kernel.end_labels import places, scaled
from brief.kernel.hover import axis, measured, moments, nearest_tips, said, tips, words
from brief.records import Control
from brief.typography import width

_LANE = 27  # pixels of an empty lane
_LABEL = 170  # pixels a label at the end of a line may take
_FREE = 0.1  # of the height, that stays free above and below the words at an event
_YEAR = 100  # pixels that a year takes on an axis, for Vega may make half as many again as it is asked for


def _read(df: pd.DataFrame, x: str, y: str, series: str, log: bool) -> Rows:
    """Rows that lines can be drawn of: each has a name and a place, each name a value, and no place two."""
    rows = Rows(df, series)
    rows.texts(series, x)
    rows.numbers(y, gaps=True, log=log)
    if not pd.api.types.is_datetime64_any_dtype(df[x]):
        rows.numbers(x)
    for name, run in df.groupby(series, observed=True, sort=False):
        if run[y].isna().all():
            raise ValueError(f"column {y!r}: no value at all for {name}; leave it out, and say so")
    for position in np.flatnonzero(df.duplicated([series, x])):
        raise rows.refused(x, int(position), "this series has another value here")
    return rows


@chart
def lines(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str = "name",
    y_title: str | None = None,
    log: bool = False,
    zero: bool = False,
    highlight: list[str] | None = None,
    height: int = 340,
    y_format: str = "~s",
    points: bool = False,
    later: pd.DataFrame | None = None,
    absent: dict[str, str] | None = None,
    events: dict[str, str] | None = None,
    others: pd.DataFrame | None = None,
    fmt: str = "number",
) -> Drawing:
    """A line for each `series` over `x` (date or year), labelled at its end in its colour.

    Economies have their house colour; with `highlight` (names) the other series are grey. `zero` starts
    the axis at nought; `log` makes it logarithmic. later: rows of the same series by another method or source, drawn as
    rings that no line joins. absent: names that have no line, and why, each in an empty lane at the bottom.
    events: days ("2022-02-24") or years and what happened then, each a dashed rule with its words on top.
    y_title: of the vertical axis, by itself what `y` is, with its unit; "" for none.
    others: rows of more series, one of which a reader can choose to see among these. Where `y` is missing a line is
    broken. fmt: how a value reads for who points at a line. Raises ValueError when a row
    has no name or no place on `x`, two rows of a series have the same place, or a series has no value at all.
    """
    titles = {"series_said": words(df, series), "x_said": words(df, x)}
    titles["y_said"] = measured(df, y, fmt)
    if y_title is None:
        y_title = axis(df, y, fmt) + (", log scale" if log else "")
    parts = {"": df} | {name: part for name, part in (("others", others), ("later", later)) if part is not None}
    own, read = (*titles, "label_y", "back", "absent_said"), {}
    for name, part in parts.items():
        frame, (x_, y_, series_) = _read(part, x, y, series, log).renamed(x, y, series, own=own)
        read[name] = _told(frame, x_, y_, series_, fmt)
    data = read[""]
    temporal = pd.api.types.is_datetime64_any_dtype(df[x])
    names = sorted(data[series_].unique())
    if strangers := sorted(set(highlight or []) - set(names)):
        raise ValueError(f"highlight: no series {strangers[0]!r}; there are {', '.join(names)}")
    if later is not None and (strangers := sorted({*later[series]} - set(names))):
        raise ValueError(f"later: no line of {strangers[0]!r}; there are {', '.join(names)}")
    if later is not None and len(both := df[[series, x]].merge(later[[series, x]])):
        raise ValueError(f"later: the line of {both[series][0]!r} has the place {both[x][0]} as well")
    absent = dict(absent or {})
    for name, why in absent.items():
        if name in names or not str(why).strip():
            raise ValueError(f"absent: {name!r} has {'a line' if name in names else 'no reason'}")
    if len(names) * 16 > height:
        raise ValueError(f"column {series!r}: {len(names)} series, and room for the labels of {height // 16}")
    for name in names:
        if width(name, bold=True) > _LABEL:
            raise ValueError(f"column {series!r}: {name!r} is too long to stand at the end of a line")
    known = data.dropna(subset=[y_])
    low, high = scaled(known[y_].min(), log), scaled(known[y_].max(), log)
    low = min(low, 0) if zero and not log else low
    ends = known.groupby(series_, observed=True).tail(1).copy()
    gap, runs = ((high - low) or 1) * 16 / height, [run for _, run in known.groupby(series_, observed=True)]
    ends["label_y"] = places(ends, runs, x_, y_, log, gap)
    color = alt.Color(f"{series_}:N", scale=colors(names, highlight, rest=True), legend=None)
    kind = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=zero)
    if absent:  # their lanes are below all lines
        kind.domainMin = low / 10 if log else float(low - ((high - low) or 1) * len(absent) * 1.5 * _LANE / height)
    if low == high:  # all values alike: without a range of its own the axis would be a point
        kind.domain = [10.0 ** (low - 0.5), 10.0 ** (low + 0.5)] if log else [float(low - 0.5), float(low + 0.5)]
    days = (data[x_].max() - data[x_].min()).days if temporal else 0
    dates = alt.Axis(format="%Y", tickCount="year" if days < 366 * 10 else 6)
    if days < 366 * 2:
        dates = alt.Axis(format="%b %Y", tickCount=5)
    y_axis = alt.Y(f"{y_}:Q", title=y_title or None, scale=kind, axis=alt.Axis(format=y_format, tickCount=5))
    alone = _alone(data, y_, series_)
    least = scaled(kind.domainMin, log) if absent else low
    part = (scaled(known[y_], log) - least) / ((high - least) or 1)
    heights = pd.DataFrame({x_: known[x_], "height": part})

    def make(across: int, live: bool) -> alt.LayerChart:
        x_axis = alt.X(f"{x_}:T", title=None, axis=dates)
        if not temporal:  # no more years than have room: Vega would leave out those in the way, here one and there two
            years = alt.Axis(format="d", tickMinStep=1, tickCount=min(6, across // _YEAR))
            x_axis = alt.X(f"{x_}:Q", title=None, axis=years, scale=alt.Scale(zero=False, nice=False))
        base = alt.Chart(data).encode(x=x_axis, color=color)
        line = base.mark_line(point={"size": 36} if points else False).encode(y=y_axis)
        label = alt.Chart(ends).mark_text(align="left", dx=7, fontWeight="bold")
        label = label.encode(x=x_axis, y=alt.Y("label_y:Q", scale=kind), text=alt.Text(f"{series_}:N"), color=color)
        layers = [line, label]
        if not points and not alone.empty:
            dot = alt.Chart(alone).mark_point(filled=True, size=36).encode(x=x_axis, y=y_axis, color=color)
            layers.insert(1, dot)
        if live:
            near = alt.selection_point(
                fields=[series_], on="pointerover", clear="pointerout", nearest=True, name="near"
            )
            faded = alt.condition(near, alt.value(1), alt.value(0.25))
            point = alt.Chart(known).mark_point(filled=True, size=60).encode(x=x_axis, y=y_axis, color=color)
            point = point.encode(tooltip=nearest_tips(titles), opacity=alt.OpacityValue(0))
            layers = [*(layer.encode(opacity=faded) for layer in layers), point.add_params(near)]
            if "others" in read:
                layers += _chosen(read["others"], x_, y_, series_, x_axis, y_axis, kind, tips(titles))
        layers += _events(events, heights, x_, x_axis, across - _LABEL, height, _LANE * len(absent))
        if "later" in read:
            ring = alt.Chart(read["later"]).mark_point(filled=False, size=60).encode(x=x_axis, y=y_axis, color=color)
            layers.append(ring.encode(tooltip=tips(titles)))
        layers += _lanes(absent, height)
        return alt.layer(*layers, height=height)

    shown = pd.concat([part[[series, x, y]].sort_values([series, x]) for part in parts.values()])
    controls = [_choice(sorted(read["others"][series_].unique()))] if "others" in read else []
    runs = [
        (name, course(run[y_].tolist(), run["y_said"].tolist(), run["x_said"].tolist()))
        for name, run in known.groupby(series_, observed=True)
    ]
    if "later" in read:
        apart = read["later"].groupby(series_, observed=True)
        runs += [
            (f"{name}, apart from its line", course(*(run[c].tolist() for c in (y_, "y_said", "x_said"))))
            for name, run in apart
        ]
    runs += absent.items()
    return Drawing(make, shown, told=listed(f"Lines: {titles['y_said']}", runs), acts=True, controls=controls)


def _events(
    events: dict[str, str] | None, heights: pd.DataFrame, x: str, x_axis: alt.X, across: int, height: int, lanes: int
) -> list[alt.Chart]:
    """A dashed rule for each event, its words left of it: on top, or at the bottom, where no line runs near; else where
    lines leave most room. heights: how high lines stand where, from nought at the bottom to one. across, lanes: pixels,
    to the side of the lines and below them."""
    if not events:
        return []
    temporal, span = pd.api.types.is_datetime64_any_dtype(heights[x]), heights[x].max() - heights[x].min()
    layers, top, bottom = [], 1 - 10 / height, (10 + lanes) / height
    rungs, step = (top, bottom, *np.linspace(top, bottom, 12)), span / max(1, heights[x].nunique() - 1)
    for when, told in events.items():
        day = pd.Timestamp(when) if temporal else float(when)
        near = heights.loc[heights[x].between(day - span * (width(told) / across) - step, day), "height"]
        room = {at: (near - at).abs().min() if len(near) else 1.0 for at in rungs}
        at = next((at for at in (top, bottom) if room[at] > _FREE), max(room, key=room.__getitem__))
        base = alt.Chart(pd.DataFrame({x: [day], "event_said": [told]})).encode(x=x_axis)
        layers.append(base.mark_rule(strokeDash=[4, 3], strokeWidth=1.5, color=ink("muted")))
        text = base.mark_text(align="right", baseline="middle", dx=-5)
        text = text.encode(
            y=alt.YValue((1 - at) * height), text=alt.Text("event_said:N"), color=alt.ColorValue(ink("muted"))
        )
        if room[at] < _FREE:  # a line runs through them
            layers.append(text.encode(stroke=alt.StrokeValue(ink("paper")), strokeWidth=alt.StrokeWidthValue(5)))
        layers.append(text)
    return layers


def _lanes(absent: dict[str, str], height: int) -> list[alt.Chart]:
    """An empty lane for each name that has no line, with the reason, from the bottom up."""
    layers: list[alt.Chart] = []
    for number, (name, why) in enumerate(absent.items(), 1):
        hue, top = economy_colors().get(name, ink()), height - number * _LANE
        base = alt.Chart(pd.DataFrame({"absent_said": [f"{name}: {why}"]})).encode(x=alt.XValue(0))
        lane = base.mark_rect(filled=False, strokeDash=[4, 4], strokeWidth=1.5, color=hue)
        layers.append(lane.encode(x2=alt.X2Value("width"), y=alt.YValue(top), y2=alt.Y2Value(top + _LANE - 2)))
        text = base.mark_text(align="left", dx=8, fontWeight="bold", color=hue)
        layers.append(text.encode(y=alt.YValue(top + _LANE / 2 - 1), text=alt.Text("absent_said:N")))
    return layers


def _told(data: pd.DataFrame, x: str, y: str, series: str, fmt: str) -> pd.DataFrame:
    """Rows in the order of their lines, with what a reader is told of each."""
    data = data.assign(**{series: data[series].astype(str)}).sort_values([series, x])
    return data.assign(series_said=data[series], x_said=moments(data[x]), y_said=said(data[y], fmt))


def _alone(data: pd.DataFrame, y: str, series: str) -> pd.DataFrame:
    """Values with none before and none after them in their series: a line alone would not show them."""
    there = data[y].notna()
    before = there.groupby(data[series]).shift(1, fill_value=False)
    after = there.groupby(data[series]).shift(-1, fill_value=False)
    return data[there & ~before & ~after]


def _choice(names: list[str]) -> Control:
    return Control(name="choice", kind="select", label="Add an economy", value=None, low=0, high=0, options=names)


def _chosen(
    more: pd.DataFrame, x: str, y: str, series: str, x_axis: alt.X, y_axis: alt.Y, kind: alt.Scale, tooltip: list
) -> list[alt.Chart]:
    """Layers of the one series that a reader chose, in ink."""
    choice = alt.param(name="choice", value=None)
    base = alt.Chart(more).transform_filter(f"datum['{series}'] === choice")
    line = base.mark_line(strokeDash=[6, 3]).encode(x=x_axis, y=y_axis, color=alt.ColorValue(ink()), tooltip=tooltip)
    last = base.transform_window(back="row_number()", sort=[alt.SortField(x, order="descending")])
    label = last.transform_filter("datum.back === 1").mark_text(align="left", dx=7, fontWeight="bold")
    label = label.encode(
        x=x_axis, y=alt.Y(f"{y}:Q", scale=kind), text=alt.Text(f"{series}:N"), color=alt.ColorValue(ink())
    )
    return [line.add_params(choice), label]
