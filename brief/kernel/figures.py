"""Show a figure: one record that holds the chart in every form, with its papers."""

import copy
from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from brief.kernel.charts.chart import Drawing, rows_in
from brief.kernel.charts.chart import record as recorded
from brief.kernel.charts.svg import of, svg
from brief.kernel.heads import heads
from brief.kernel.hover import titled
from brief.kernel.plain import of_chart
from brief.kernel.provenance import Behind, behind, emit, provenance
from brief.kernel.selection import Table
from brief.kernel.typography import absent
from brief.kernel.values import Value
from brief.kernel.viewers import forms
from brief.records import FIGURE, Figure

# Drawn once for a laptop's column and once for a phone's, in CSS pixels: text is never scaled down.
WIDTHS = {"wide": 680, "narrow": 350}
TITLE_WORDS = 12


def figure(
    id: str, chart: Any, title: str, subtitle: str, alt: str, rows: Behind | None = None, note: str = ""
) -> None:
    """Record a figure, to be referred to as {numref}`<chapter>-<id>`.

    chart: a house chart (`lines`, `bars`, ...) or an Altair chart without a width.
    title: the point, in at most twelve words. subtitle: measure, unit, period, base. alt: what the chart
    shows, with its main numbers. rows: the rows drawn, whose tables and sources these are: known where the chart was
    given them as their tables have them, and needed where pandas joined tables or lost their names.
    note: a break of method, a base, a caution. Raises ValueError, naming figure, column, row and rule, when one of the
    first four is missing, or when something of the chart could not be drawn or read.
    """
    for name, text in {"title": title, "subtitle": subtitle, "alt": alt}.items():
        if not text.strip():
            raise ValueError(f"figure {id}: no {name}")
    for name, text in {"title": title, "subtitle": subtitle, "note": note}.items():
        if letter := absent(text):  # these stand on the image that a figure is taken away as
            raise ValueError(f"figure {id}: the letters of the drawings have no {letter}, in its {name}")
    if len(title.split()) > TITLE_WORDS:
        raise ValueError(f"figure {id}: its title has {len(title.split())} words, more than {TITLE_WORDS}")
    behind_it: Behind = [*rows_in(chart)] if rows is None else rows
    papers = provenance(behind(behind_it))
    with of(f"figure {id}"):
        drawing = (
            chart() if isinstance(chart, partial) else of_chart(chart, _spec(chart, WIDTHS["wide"], validate=True))
        )
        specs = {form: _spec(drawing.make(width, False), width) for form, width in WIDTHS.items()}
        drawn = {form: svg(spec, f"{id}-{form}") for form, spec in specs.items()}
        record: Figure = {
            "id": id,
            "title": title,
            "subtitle": subtitle,
            "alt": alt,
            "note": note,
            "svg": drawn,
            "live": _live(drawing, specs, behind_it),
            "controls": drawing.controls,
            "data": recorded(drawing.data, heads(drawing.data, chart, specs["wide"])),
            **papers,
        }
    chart_forms = forms(record, record["live"].get("wide", specs["wide"]))
    emit(FIGURE, record, f"{title}\n{alt}" + (f"\nNote: {note}" if note else ""), chart_forms)


def _live(drawing: Drawing, specs: dict[str, dict], rows: Behind) -> dict[str, dict]:
    """The specifications that a reader can act on, whose tooltips have words; none when there is nothing to act on."""
    if drawing.still:
        return {}
    if drawing.acts:
        specs = {form: _spec(drawing.make(width, True), width) for form, width in WIDTHS.items()}
    first = rows[0] if isinstance(rows, list | tuple) else rows
    first = first.frame if isinstance(first, Table) else pd.DataFrame() if isinstance(first, Value) else first
    return {form: titled(copy.deepcopy(spec), first) for form, spec in specs.items()}


def _spec(chart: Any, width: int, validate: bool = False) -> dict:
    """A chart at a width. Altair validates for longer than it is drawn: only a chart that is not ours."""
    if isinstance(chart, alt.Chart | alt.LayerChart):
        fit = alt.AutoSizeParams(type="fit-x", contains="padding")
        # Room on top for the title of a vertical axis, which stands above it.
        chart = chart.properties(width=width, autosize=fit, padding={"left": 5, "top": 20, "right": 10, "bottom": 5})
    with alt.data_transformers.enable("default", max_rows=None):
        return chart.to_dict(validate=validate)
