"""A line for each series, labelled at its end: no legend to look up, nothing lost on a phone."""

import altair as alt
import numpy as np
import pandas as pd

from brief.door import Control
from brief.kernel.drawn import Drawing, columns
from brief.kernel.layout import colors
from brief.kernel.theme import ink


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


def _clear(end: pd.Series, runs: list[pd.DataFrame], x: str, y: str, log: bool, gap: float) -> float:
    """Where the label at `end` stands: `gap` further from the nearest line that runs on less than two gaps away."""
    own, away = _to_px(end[y], log), []
    for run in runs:
        if run[x].min() < end[x] < run[x].max():
            days = run[x].map(pd.Timestamp.toordinal) if isinstance(end[x], pd.Timestamp) else run[x]
            at = end[x].toordinal() if isinstance(end[x], pd.Timestamp) else end[x]
            away.append(own - np.interp(at, days, _to_px(run[y], log)))
    nearest = min(away, key=abs, default=np.inf)
    return own + np.sign(nearest) * gap if abs(nearest) < 2 * gap else own


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
    over: alt.Chart | None = None,
    others: pd.DataFrame | None = None,
) -> Drawing:
    """A line for each `series` over `x` (date or year), labelled at its end in its colour.

    Economies have their house colour; with `highlight` (names) the other series are grey. `zero` starts
    the axis at nought; `log` makes it logarithmic. over: a layer drawn on top, of colours of its own.
    others: rows of more series, one of which a reader can choose to see among these.
    """
    data = df[[x, y, series]].dropna().sort_values([series, x])
    more = None if others is None else others[[x, y, series]].dropna().sort_values([series, x])
    names = sorted(data[series].unique())
    temporal = pd.api.types.is_datetime64_any_dtype(data[x])
    low, high = _to_px(data[y].min(), log), _to_px(data[y].max(), log)
    low = min(low, 0) if zero and not log else low
    ends = data.groupby(series, observed=True).tail(1).copy()
    gap, runs = (high - low) * 16 / height, [run for _, run in data.groupby(series, observed=True)]
    placed = _spread(np.array([_clear(end, runs, x, y, log, gap) for _, end in ends.iterrows()], float), gap)
    ends["label_y"] = 10.0**placed if log else placed
    color = alt.Color(f"{series}:N", scale=colors(names, highlight, rest=True), legend=None)
    kind = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=zero)
    days = (data[x].max() - data[x].min()).days if temporal else 0
    dates = alt.Axis(format="%Y", tickCount="year" if days < 366 * 10 else 6)
    if days < 366 * 2:
        dates = alt.Axis(format="%b %Y", tickCount=5)
    x_axis = alt.X(f"{x}:T", title=None, axis=dates)
    if not temporal:
        years = alt.Axis(format="d", tickMinStep=1, tickCount=6)
        x_axis = alt.X(f"{x}:Q", title=None, axis=years, scale=alt.Scale(zero=False, nice=False))
    y_axis = alt.Y(f"{y}:Q", title=y_title or None, scale=kind, axis=alt.Axis(format=y_format, tickCount=5))
    tooltip = [series, alt.Tooltip(f"{x}:T", format="%B %Y") if temporal else x, alt.Tooltip(f"{y}:Q", format=",.4~r")]

    def make(_width: int, live: bool) -> alt.LayerChart:
        base = alt.Chart(data).encode(x=x_axis, color=color)
        line = base.mark_line(point={"size": 36} if points else False).encode(y=y_axis)
        label = alt.Chart(ends).mark_text(align="left", dx=7, fontWeight="bold")
        label = label.encode(x=x_axis, y=alt.Y("label_y:Q", scale=kind), text=f"{series}:N", color=color)
        layers = [line, label]
        if live:
            near = alt.selection_point(fields=[series], on="pointerover", clear="pointerout", nearest=True, name="near")
            faded = alt.condition(near, alt.value(1), alt.value(0.25))
            point = base.mark_point(filled=True, size=60).encode(y=y_axis, tooltip=tooltip, opacity=alt.value(0))
            layers = [line.encode(opacity=faded), label.encode(opacity=faded), point.add_params(near)]
            layers += [] if more is None else _chosen(more, x, y, series, x_axis, y_axis, kind, tooltip)
        chart = alt.layer(*layers).properties(height=height)
        return (chart + over).resolve_scale(color="independent") if over is not None else chart

    drawn = data if more is None else pd.concat([data, more])
    controls = [] if more is None else [_choice(sorted(more[series].unique()))]
    return Drawing(make, columns(drawn, series, x, y), acts=True, controls=controls)


def _choice(names: list[str]) -> Control:
    return Control(name="choice", kind="select", label="Add an economy", value=None, low=0, high=0, options=names)


def _to_px(values, log: bool):
    return np.log10(values) if log else np.asarray(values)


def _chosen(more: pd.DataFrame, x, y, series, x_axis, y_axis, kind, tooltip) -> list[alt.Chart]:
    """Layers of the one series that a reader chose, in ink."""
    choice = alt.param(name="choice", value=None)
    base = alt.Chart(more).transform_filter(f"datum['{series}'] === choice")
    line = base.mark_line(strokeDash=[6, 3]).encode(x=x_axis, y=y_axis, color=alt.value(ink()), tooltip=tooltip)
    last = base.transform_window(back="row_number()", sort=[alt.SortField(x, order="descending")])
    label = last.transform_filter("datum.back === 1").mark_text(align="left", dx=7, fontWeight="bold")
    label = label.encode(x=x_axis, y=alt.Y(f"{y}:Q", scale=kind), text=f"{series}:N", color=alt.value(ink()))
    return [line.add_params(choice), label]
