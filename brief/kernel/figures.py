"""Record a figure: the chart in every form, with its papers. What it says in words stands in the chapter's text."""

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
from brief.kernel.values import Value
from brief.kernel.viewers import forms
from brief.records import FIGURE, Figure

# Drawn once for a laptop's column and once for a phone's, in CSS pixels: text is never scaled down.
WIDTHS = {"wide": 680, "narrow": 350}


def figure(id: str, chart: Any, alt: str = "", rows: Behind | None = None) -> None:
    """Record a figure, which {chart} shows with its title, and {numref}`<chapter>-<id>` refers to.

    chart: a house chart (`lines`, `bars`, ...) or an Altair chart without a width. alt: what it shows, with its main
    numbers, for who can't see it: a house chart says that itself, an Altair chart can't. rows: the rows drawn, whose
    tables and sources these are: known where the chart was given them as their tables have them, and needed where
    pandas joined tables or lost their names. Raises ValueError, naming figure, column, row and rule, when it has no
    words, or when something of it could not be drawn or read.
    """
    behind_it: Behind = [*rows_in(chart)] if rows is None else rows
    papers = provenance(behind(behind_it))
    with of(f"figure {id}"):
        drawing = (
            chart() if isinstance(chart, partial) else of_chart(chart, _spec(chart, WIDTHS["wide"], validate=True))
        )
        if not (said := alt.strip() or drawing.told):
            raise ValueError("no alt: what an Altair chart shows is said in words, with its main numbers")
        specs = {form: _spec(drawing.make(width, False), width) for form, width in WIDTHS.items()}
        drawn = {form: svg(spec, f"{id}-{form}") for form, spec in specs.items()}
        record: Figure = {
            "id": id,
            "alt": said,
            "own_words": bool(alt.strip()),
            "svg": drawn,
            "live": _live(drawing, specs, behind_it),
            "controls": drawing.controls,
            "data": recorded(drawing.data, heads(drawing.data, chart, specs["wide"])),
            **papers,
        }
    chart_forms = forms(record, record["live"].get("wide", specs["wide"]))
    emit(FIGURE, record, f"Figure {id}: {said}", chart_forms)


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
    with alt.data_transformers.enable("default", max_rows=None):
        spec: dict = chart.to_dict(validate=validate)
    if isinstance(chart, alt.Chart | alt.LayerChart):  # set here: Altair would copy the whole chart
        fit = {"type": "fit-x", "contains": "padding"}
        # Room on top for the title of a vertical axis, which stands above it.
        room = {"left": 5, "top": 20, "right": 10, "bottom": 5}
        spec |= {"width": width, "autosize": fit, "padding": room}
    return spec
