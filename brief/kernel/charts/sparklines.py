"""Record a sketch: a small chart without axes for the summary, beside the number that it belongs to."""

from functools import partial

import altair as alt
import pandas as pd

from brief import formats
from brief.kernel.charts.chart import chart, course, listed, rows_in
from brief.kernel.charts.svg import of, svg
from brief.kernel.charts.theme import economy_colors, ink, mark_color
from brief.kernel.drawable import Rows
from brief.kernel.hover import moments, said
from brief.kernel.provenance import Behind, behind, emit, provenance
from brief.kernel.values import Value, plain
from brief.records import SKETCH, Sketch
from brief.typography import CHAR

WIDTH, ROW = 220, 20  # pixels


def sketch(id: str, chart: partial, alt: str = "", rows: Behind | None = None) -> None:
    """Record a small chart, to be shown on any page by {sketch}`<chapter>.<id>`.

    chart: from `spark`, `spark_bars` or `spark_spans`. alt: what it shows, where it shall not say that itself.
    rows: the rows drawn, as for `figure`. Raises ValueError, naming sketch, column, row and rule, when something
    of it could not be drawn or read.
    """
    with of(f"sketch {id}"):
        drawn, told = chart()
        drawing = svg(drawn.to_dict(), f"sketch-{id}")
    papers = provenance(rows_in(chart) if rows is None else behind(rows))
    record: Sketch = {"id": id, "svg": drawing, "alt": alt.strip() or told, "own_words": bool(alt.strip()), **papers}
    emit(SKETCH, record, f"Sketch {id}: {record['alt']}")


def _color(names: list[str]) -> alt.Scale:
    known = economy_colors()
    return alt.Scale(domain=names, range=[known.get(name, ink()) for name in names])


def _room(names: list[str]) -> float:
    """Pixels that the longest name takes; a sketch is half for its marks."""
    longest = max(names, key=len)
    if CHAR * len(longest) > WIDTH / 2:
        raise ValueError(f"{longest!r} is too long for a sketch")
    return CHAR * len(longest)


@chart
def spark(
    df: pd.DataFrame, x: str, y: str, series: str | None = "name", height: int = 64, fmt: str = ","
) -> tuple[alt.LayerChart, str]:
    """A line over `x`, from nought; with `series` one for each, with its name at its end.

    Raises ValueError when a value or a name is missing: there is no room to say so.
    """
    rows = Rows(df, series or x)
    rows.texts(x, series)
    rows.numbers(y)
    data, (x_, y_, series_) = rows.renamed(x, y, series, own=("at",))
    kind = "T" if pd.api.types.is_datetime64_any_dtype(df[x]) else "Q"
    across = alt.X(f"{x_}:{kind}", axis=None, scale=alt.Scale(zero=False, nice=False))
    up = alt.Y(f"{y_}:Q", axis=None, scale=alt.Scale(zero=True))
    data = data.sort_values(x_)
    runs = [("", data)] if series is None else data.groupby(series_, observed=True)
    courses = [(name, course(run[y_].tolist(), said(run[y_], fmt), moments(run[x_]))) for name, run in runs]
    told = "; ".join(f"{name}: {text}" if name else text for name, text in courses)
    told = f"{'Line' if len(courses) == 1 else 'Lines'}. {told}."
    if series is None:
        line = alt.Chart(data).mark_line(strokeWidth=2, color=mark_color())
        end = alt.Chart(data.tail(1)).mark_point(filled=True, size=36, color=mark_color())
        both = line.encode(x=across, y=up), end.encode(x=across, y=up)
        return alt.layer(*both, width=WIDTH - 12, height=height), told
    data[series_] = data[series_].astype(str)
    ends = data.groupby(series_, observed=True).tail(1).sort_values(y_)
    low = min(df[y].min(), 0)
    step = (max(df[y].max(), 0) - low) / height * 15  # a line of text, in the measure's unit
    ends = ends.assign(at=[max(value, low + n * step) for n, value in enumerate(ends[y_])])
    names = ends[series_].tolist()
    color = alt.Color(f"{series_}:N", scale=_color(names), legend=None)
    line = alt.Chart(data).mark_line(strokeWidth=2).encode(x=across, y=up, color=color)
    name = alt.Chart(ends).mark_text(align="left", dx=5, fontSize=12, fontWeight="bold")
    name = name.encode(x=across, y=alt.Y("at:Q", axis=None), text=alt.Text(f"{series_}:N"), color=color)
    return alt.layer(line, name, width=WIDTH - 12 - _room(names), height=height), told


@chart
def spark_bars(values: pd.Series | dict[str, Value], fmt: str = ",") -> tuple[alt.LayerChart, str]:
    """A bar for each value by its label, in order, label before and text after it. An economy has its colour.

    Raises ValueError when a label or a value is missing, a label is there twice, or a value is below nought.
    """
    if isinstance(values, dict):
        values = pd.Series({label: value.raw for label, value in values.items()})
    frame = pd.DataFrame({"label": values.index, "value": values.to_numpy()})
    rows = Rows(frame, "label")
    rows.texts("label")
    rows.numbers("value", most=(0, float("inf")))
    labels = [str(label) for label in values.index]
    if twice := [label for label in labels if labels.count(label) > 1]:
        raise ValueError(f"label {twice[0]!r} is there twice")
    texts = [formats.render(value, fmt) for value in values.tolist()]
    data = pd.DataFrame({"label": labels, "value": values.astype(float).tolist(), "said": texts})
    base = alt.Chart(data).encode(y=alt.Y("label:N", sort=labels, axis=None))
    room, before = values.max() or 1.0, (_room(labels) + 6) / WIDTH
    scale = alt.Scale(domain=[-1.2 * room * before / (1 - before), 1.2 * room], nice=False)
    bar = base.mark_bar(size=11).encode(
        x=alt.X("value:Q", axis=None, scale=scale),
        x2=alt.datum(0),
        color=alt.Color("label:N", scale=_color(labels), legend=None),
    )
    text = base.mark_text(align="left", dx=4, fontSize=12, fontWeight="bold").encode(
        x="value:Q", text=alt.Text("said:N")
    )
    name = base.mark_text(align="left", fontSize=12).encode(x=alt.XValue(0), text=alt.Text("label:N"))
    told = listed("Bars", zip(labels, texts, strict=True))
    return alt.layer(bar, text, name, width=WIDTH, height=ROW * len(labels)), told


@chart
def spark_spans(df: pd.DataFrame, low: str, high: str, height: int = 64, fmt: str = ",") -> tuple[alt.LayerChart, str]:
    """A stroke from `low` to `high` for each row, the lowest on top: how far estimates lie apart.

    Raises ValueError when an end is missing or the two stand in the wrong order.
    """
    rows = Rows(df, low)
    rows.numbers(low, high)
    for position, (first, last) in enumerate(zip(df[low], df[high], strict=True)):
        if first > last:
            raise rows.refused(low, position, f"{first:g} is above {last:g}")
    data = pd.DataFrame({"from_": df[low].astype(float), "to_": df[high].astype(float)})
    data = data.sort_values(["from_", "to_"]).reset_index(drop=True).rename_axis("at").reset_index()
    base = alt.Chart(data).encode(y=alt.Y("at:O", axis=None))
    ends = [min(data["from_"].min(), 0.0), max(data["to_"].max(), 0.0)]
    scale = alt.Scale(domain=ends if ends[0] < ends[1] else [0.0, 1.0], nice=False)
    x = alt.X("from_:Q", axis=None, scale=scale)
    color = alt.ColorValue(mark_color())
    span = base.mark_rule(strokeWidth=4).encode(x=x, x2=alt.X2("to_:Q"), color=color)
    dot = base.mark_point(filled=True, size=36, opacity=1).encode(x=x, color=color)
    first, last = (formats.render(plain(end), fmt) for end in (df[low].min(), df[high].max()))
    told = f"{len(df)} estimates from {first} to {last}."
    return alt.layer(span, dot, width=WIDTH - 12, height=height), told
