"""A ranking whose weights a reader can set, and how often a rank holds whatever the weights."""

import altair as alt
import numpy as np
import pandas as pd

from brief.kernel.charts.chart import Drawing, chart, listed
from brief.kernel.charts.layout import colors, pixels
from brief.kernel.drawable import Rows
from brief.kernel.hover import words
from brief.records import Control
from brief.typography import CHAR

_ROW, _END = 26, 110  # pixels a row; the highest score, with room for its text
_EQUAL, _MOST = 5, 10  # a weight at first; the largest
_DRAWS = 100_000


@chart
def ranked(scores: pd.DataFrame, labels: dict[str, str] | None = None) -> Drawing:
    """Bars of the weighted mean of the columns of `scores` (0 to 100) for each of its rows, the highest first.

    scores: economies by name in the index, a part of the measure in each column. Weights are equal until a reader
    sets them, each from nought to ten. labels: what to call a part at its slider. Raises ValueError when a score is
    missing or not between 0 and 100, or a name or a part is there twice.
    """
    parts, called = list(scores.columns), labels or {}
    frame = scores.rename_axis("name").reset_index()
    rows = Rows(frame, "name")
    rows.texts("name")
    rows.numbers(*parts, most=(0, 100))
    for position in np.flatnonzero(frame["name"].duplicated()):
        raise rows.refused("name", int(position), f"{frame['name'].iloc[position]} is there twice")
    if strangers := sorted(set(called) - set(parts)):
        raise ValueError(f"labels: no part {strangers[0]!r}; there are {', '.join(map(str, parts))}")
    own = ("mean", "rank", "at", "said", "head")
    data, (name_, *parts_) = rows.renamed("name", *parts, own=own)
    height = _ROW * len(data)
    weights = {f"w{n}": part for n, part in enumerate(parts_)}
    longest = max(data[name_], key=len)
    label_width = CHAR * (len(longest) + 5)  # with the rank before the name
    total = " + ".join(weights)
    mean = " + ".join(f"{w} * datum['{part}']" for w, part in weights.items())
    hues = colors(sorted(scores.index), None, rest=True)
    titles = {name_: words(frame, "name")}
    titles |= {field: f"{called.get(part, part)}, of 100" for part, field in zip(parts, parts_, strict=True)}
    tooltip = [
        alt.Tooltip(field=field, type="nominal", title=title)
        if field == name_
        else alt.Tooltip(field=field, type="quantitative", title=title, format=".1f")
        for field, title in titles.items()
    ]

    def make(across: int, _live: bool) -> alt.LayerChart:
        if label_width > across / 2:
            raise ValueError(f"{longest!r} is too long to stand before a bar")
        low = -label_width / (across - label_width) * _END
        params = [alt.param(name=w, value=_EQUAL) for w in weights]
        base = (
            alt.Chart(data)
            .transform_calculate(mean=f"({total}) > 0 ? ({mean}) / ({total}) : 0")
            .transform_window(rank="row_number()", sort=[alt.SortField("mean", order="descending")])
            .transform_calculate(
                at=f"(datum.rank - 0.5) * {_ROW}",
                said="format(datum.mean, '.0f')",
                head=f"datum.rank + '. ' + datum.{name_}",
            )
        )
        y = pixels("at", height)
        x = alt.X("mean:Q", scale=alt.Scale(domain=[low, _END], nice=False), axis=None)
        hue = alt.Color(f"{name_}:N", scale=hues, legend=None)
        bar = base.mark_bar(size=14).encode(x=x, x2=alt.datum(0), y=y, color=hue, tooltip=tooltip)
        value = base.mark_text(align="left", dx=5, fontWeight="bold").encode(x=x, y=y, text=alt.Text("said:N"))
        name = base.mark_text(align="right", dx=-8).encode(x=alt.datum(0), y=y, text=alt.Text("head:N"))
        return alt.layer(bar, value, name, height=height).add_params(*params)

    controls = [
        Control(name=w, kind="range", label=called.get(p, p), value=_EQUAL, low=0, high=_MOST, options=[])
        for w, p in zip(weights, parts, strict=True)
    ]
    means = scores.mean(axis="columns").sort_values(ascending=False, kind="stable")
    told = listed("Bars of the mean with equal weights", ((name, f"{mean:.0f}") for name, mean in means.items()))
    return Drawing(make, frame, told=told, controls=controls)


def share_of_weightings(scores: pd.DataFrame, row: str, worst: int) -> float:
    """The share of all weightings under which `row` is among the `worst` lowest weighted means, from 0 to 1.

    All weightings: every set of weights of the columns that sums to one is equally likely (a flat Dirichlet
    distribution), tried by 100,000 draws of a fixed seed, which is right to about 0.3 percentage points.
    """
    weights = np.random.default_rng(0).dirichlet(np.ones(scores.shape[1]), _DRAWS)
    means = weights @ scores.to_numpy(float).T
    ours = means[:, [scores.index.get_loc(row)]]
    return float(((means < ours).sum(axis=1) < worst).mean())
