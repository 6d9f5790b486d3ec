"""Record a sketch: a small chart without axes for the summary, beside the number that it belongs to."""

import altair as alt
import pandas as pd

from brief import formats
from brief.door import SKETCH
from brief.kernel.drawings import svg
from brief.kernel.layout import CHAR
from brief.kernel.record import emit, provenance
from brief.kernel.theme import economy_colors, ink

WIDTH, ROW = 220, 20  # pixels


def sketch(id: str, chart: alt.TopLevelMixin, alt: str, rows) -> None:
    """Record a small chart, to be shown on any page by {sketch}`<chapter>.<id>`.

    chart: from `spark`, `spark_bars` or `spark_spans`. alt: what it shows, with its numbers. rows: the rows drawn.
    """
    if not alt.strip():
        raise ValueError(f"sketch {id}: no alt")
    record = {"id": id, "svg": svg(chart.to_dict(), f"sketch-{id}"), "alt": alt}
    emit(SKETCH, record | provenance(rows), f"Sketch {id}: {alt}")


def _color(names: list[str]) -> alt.Scale:
    known = economy_colors()
    return alt.Scale(domain=names, range=[known.get(name, ink()) for name in names])


def spark(df: pd.DataFrame, x: str, y: str, series: str | None = "name", height: int = 64) -> alt.LayerChart:
    """A line over `x`, from nought; with `series` one for each, with its name at its end."""
    kind = "T" if pd.api.types.is_datetime64_any_dtype(df[x]) else "Q"
    across = alt.X(f"{x}:{kind}", axis=None, scale=alt.Scale(zero=False, nice=False))
    up = alt.Y(f"{y}:Q", axis=None, scale=alt.Scale(zero=True))
    if series is None:
        line = alt.Chart(df[[x, y]].dropna()).mark_line(strokeWidth=2, color=economy_colors()["Russia"])
        end = alt.Chart(df.sort_values(x).tail(1)).mark_point(filled=True, size=36, color=economy_colors()["Russia"])
        both = alt.layer(line.encode(x=across, y=up), end.encode(x=across, y=up))
        return both.properties(width=WIDTH - 12, height=height)
    ends = df.sort_values(x).groupby(series, observed=True).tail(1).sort_values(y)
    step = df[y].max() / height * 15  # a line of text, in the measure's unit
    ends = ends.assign(at=[max(value, n * step) for n, value in enumerate(ends[y])])
    names = ends[series].tolist()
    color = alt.Color(f"{series}:N", scale=_color(names), legend=None)
    line = alt.Chart(df[[x, y, series]].dropna()).mark_line(strokeWidth=2).encode(x=across, y=up, color=color)
    name = alt.Chart(ends).mark_text(align="left", dx=5, fontSize=12, fontWeight="bold")
    name = name.encode(x=across, y=alt.Y("at:Q", axis=None), text=f"{series}:N", color=color)
    return alt.layer(line, name).properties(width=WIDTH - 12 - CHAR * max(map(len, names)), height=height)


def spark_bars(values: pd.Series, fmt: str = ",") -> alt.LayerChart:
    """A bar for each value, in order, with its label before and its text after it. An economy has its colour."""
    labels = [str(label) for label in values.index]
    data = pd.DataFrame(
        {"label": labels, "value": values.astype(float), "said": [formats.render(v, fmt) for v in values]}
    )
    base = alt.Chart(data).encode(y=alt.Y("label:N", sort=labels, axis=None))
    room, before = max(values.max(), 1e-9), (CHAR * max(map(len, labels)) + 6) / WIDTH
    scale = alt.Scale(domain=[-1.2 * room * before / (1 - before), 1.2 * room], nice=False)
    bar = base.mark_bar(size=11).encode(
        x=alt.X("value:Q", axis=None, scale=scale),
        x2=alt.datum(0),
        color=alt.Color("label:N", scale=_color(labels), legend=None),
    )
    said = base.mark_text(align="left", dx=4, fontSize=12, fontWeight="bold").encode(x="value:Q", text="said:N")
    name = base.mark_text(align="left", fontSize=12).encode(x=alt.value(0), text="label:N")
    return alt.layer(bar, said, name).properties(width=WIDTH, height=ROW * len(labels))


def spark_spans(df: pd.DataFrame, low: str, high: str, height: int = 64) -> alt.LayerChart:
    """A stroke from `low` to `high` for each row, the lowest on top: how far estimates lie apart."""
    data = df[[low, high]].astype(float).sort_values([low, high]).reset_index(drop=True).rename_axis("at").reset_index()
    data = data.rename(columns={low: "from_", high: "to_"})
    base = alt.Chart(data).encode(y=alt.Y("at:O", axis=None))
    x = alt.X("from_:Q", axis=None, scale=alt.Scale(domain=[0, data["to_"].max()], nice=False))
    color = alt.value(economy_colors()["Russia"])
    span = base.mark_rule(strokeWidth=4).encode(x=x, x2="to_:Q", color=color)
    dot = base.mark_point(filled=True, size=36, opacity=1).encode(x=x, color=color)
    return alt.layer(span, dot).properties(width=WIDTH - 12, height=height)
