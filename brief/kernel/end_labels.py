"""Where the labels at the ends of lines stand: beside their ends, clear of each other and of lines that run on."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def places(ends: pd.DataFrame, runs: list[pd.DataFrame], x: str, y: str, log: bool, gap: float) -> np.ndarray:
    """A place on the axis for the label of each of `ends`, at least `gap` apart (of its logarithm, where it is one)."""
    wanted = np.array([_clear(end, runs, x, y, log, gap) for _, end in ends.iterrows()], float)
    placed = _spread(wanted, gap)
    return 10.0**placed if log else placed


def scaled(values: ArrayLike, log: bool) -> np.ndarray:
    """Values as they stand on the axis."""
    return np.log10(values) if log else np.asarray(values)


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
    own, away = scaled(end[y], log), []
    for run in runs:
        if run[x].min() < end[x] < run[x].max():
            days = run[x].map(pd.Timestamp.toordinal) if isinstance(end[x], pd.Timestamp) else run[x]
            at = end[x].toordinal() if isinstance(end[x], pd.Timestamp) else end[x]
            away.append(own - np.interp(at, days, scaled(run[y], log)))
    nearest = min(away, key=abs, default=np.inf)
    return float(own + np.sign(nearest) * gap if abs(nearest) < 2 * gap else own)
