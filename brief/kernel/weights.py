"""A ranking whose weights a reader can set, and how often a rank holds whatever the weights."""

import altair as alt
import numpy as np
import pandas as pd

from brief.door import Control
from brief.kernel.drawn import Drawing
from brief.kernel.layout import CHAR, colors, pixels

_ROW, _END = 26, 110  # pixels a row; the highest score, with room for its text
_EQUAL, _MOST = 5, 10  # a weight at first; the largest
_DRAWS = 100_000


def ranked(scores: pd.DataFrame, labels: dict[str, str] | None = None) -> Drawing:
    """Bars of the weighted mean of the columns of `scores` (0 to 100) for each of its rows, the highest first.

    scores: economies by name in the index, a part of the measure in each column. Weights are equal until a reader
    sets them, each from nought to ten. labels: what to call a part at its slider.
    """
    parts = list(scores.columns)
    data = scores.rename_axis("name").reset_index()
    height = _ROW * len(data)
    weights = {f"w{n}": part for n, part in enumerate(parts)}
    label_width = CHAR * (max(map(len, scores.index)) + 5)  # with the rank before the name
    total = " + ".join(weights)
    mean = " + ".join(f"{w} * datum['{part}']" for w, part in weights.items())
    hues = colors(sorted(scores.index), None, rest=True)

    def make(width: int, _live: bool) -> alt.LayerChart:
        low = -label_width / (width - label_width) * _END
        params = [alt.param(name=w, value=_EQUAL) for w in weights]
        base = (
            alt.Chart(data)
            .transform_calculate(mean=f"({total}) > 0 ? ({mean}) / ({total}) : 0")
            .transform_window(rank="row_number()", sort=[alt.SortField("mean", order="descending")])
            .transform_calculate(
                at=f"(datum.rank - 0.5) * {_ROW}",
                said="format(datum.mean, '.0f')",
                head="datum.rank + '. ' + datum.name",
            )
        )
        y = pixels("at", height)
        x = alt.X("mean:Q", scale=alt.Scale(domain=[low, _END], nice=False), axis=None)
        hue = alt.Color("name:N", scale=hues, legend=None)
        bar = base.mark_bar(size=14).encode(x=x, x2=alt.datum(0), y=y, color=hue, tooltip=["name", *parts])
        value = base.mark_text(align="left", dx=5, fontWeight="bold").encode(x=x, y=y, text="said:N")
        name = base.mark_text(align="right", dx=-8).encode(x=alt.datum(0), y=y, text="head:N")
        return alt.layer(bar, value, name).add_params(*params).properties(height=height)

    controls = [
        Control(name=w, kind="range", label=(labels or {}).get(p, p), value=_EQUAL, low=0, high=_MOST, options=[])
        for w, p in weights.items()
    ]
    return Drawing(make, data, controls=controls)


def share_of_weightings(scores: pd.DataFrame, row: str, worst: int) -> float:
    """The share of all weightings under which `row` is among the `worst` lowest weighted means, from 0 to 1.

    All weightings: every set of weights of the columns that sums to one is equally likely (a flat Dirichlet
    distribution), tried by 100,000 draws of a fixed seed, which is right to about 0.3 percentage points.
    """
    weights = np.random.default_rng(0).dirichlet(np.ones(scores.shape[1]), _DRAWS)
    means = weights @ scores.to_numpy(float).T
    ours = means[:, [scores.index.get_loc(row)]]
    return float(((means < ours).sum(axis=1) < worst).mean())
