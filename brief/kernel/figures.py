"""Show a figure: one record that holds the chart in every form, with its papers."""

import altair as alt

from brief.door import FIGURE
from brief.kernel.drawings import svg
from brief.kernel.drawn import Drawing, of_chart
from brief.kernel.drawn import record as recorded
from brief.kernel.record import emit, provenance

# Drawn once for a laptop's column and once for a phone's, in CSS pixels: text is never scaled down.
WIDTHS = {"wide": 680, "narrow": 350}
TITLE_WORDS = 12


def figure(id: str, chart, title: str, subtitle: str, alt: str, rows, note: str = "") -> None:
    """Record a figure, to be referred to as {numref}`<chapter>-<id>`.

    chart: a house chart (`lines`, `bars`, ...) or an Altair chart without a width.
    title: the point, in at most twelve words. subtitle: measure, unit, period, base. alt: what the chart
    shows, with its main numbers. rows: the rows drawn; tables and sources are taken from them.
    note: a break of method, a base, a caution. Raises ValueError when one of the first four is missing.
    """
    for name, text in {"title": title, "subtitle": subtitle, "alt": alt}.items():
        if not text.strip():
            raise ValueError(f"figure {id}: no {name}")
    if len(title.split()) > TITLE_WORDS:
        raise ValueError(f"figure {id}: its title has {len(title.split())} words, more than {TITLE_WORDS}")
    drawing = chart if isinstance(chart, Drawing) else of_chart(chart, _spec(chart, WIDTHS["wide"]))
    specs = {form: _spec(drawing.make(width, False), width) for form, width in WIDTHS.items()}
    live = {} if drawing.still else specs
    if drawing.acts:
        live = {form: _spec(drawing.make(width, True), width) for form, width in WIDTHS.items()}
    record = {
        "id": id,
        "title": title,
        "subtitle": subtitle,
        "alt": alt,
        "note": note,
        "svg": {form: svg(spec, f"{id}-{form}") for form, spec in specs.items()},
        "live": live,
        "controls": drawing.controls,
        "data": recorded(drawing.data),
    }
    emit(FIGURE, record | provenance(rows), f"Figure {id}: {title}\n{alt}")


def _spec(chart, width: int) -> dict:
    if isinstance(chart, alt.Chart | alt.LayerChart):
        fit = alt.AutoSizeParams(type="fit-x", contains="padding")
        # Room on top for the title of a vertical axis, which stands above it.
        chart = chart.properties(width=width, autosize=fit, padding={"left": 5, "top": 20, "right": 10, "bottom": 5})
    with alt.data_transformers.enable("default", max_rows=None):
        return chart.to_dict()
