"""A line for each series, labelled at its end: no legend to look up, nothing lost on a phone."""

import altair as alt
import numpy as np
import pandas as pd

from brief.kernel.layout import colors


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
    color = alt.Color(f"{series}:N", scale=colors(names, highlight, rest=True), legend=None)
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
