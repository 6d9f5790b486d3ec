"""A plain Altair chart: what it draws of its data, and whether it can."""

import re
from collections.abc import Iterator

import altair as alt
import pandas as pd

from brief.kernel.charts.chart import Drawing, columns
from brief.kernel.drawable import Rows, unread

_PLACES = ("x", "y", "x2", "y2", "theta", "radius", "latitude", "longitude")
# What a field can come from besides the data.
_MADE = ("transform", "aggregate", "bin", "timeUnit", "stack", "impute", "params")


def of_chart(chart: alt.TopLevelMixin, spec: dict) -> Drawing:
    """A plain Altair chart, which draws what its encodings name of the data of its first layer.

    Raises ValueError when a layer has no rows, names a column that is not there or that Vega-Lite would read as a path
    (it then draws nothing), or has a mark without a place.
    """
    shown: tuple[pd.DataFrame, list[str]] | None = None
    for unit, data, made in parts(spec, None, False):
        frame = pd.DataFrame(spec.get("datasets", {}).get((data or {}).get("name"), []))
        if frame.empty and data and "name" in data:
            raise ValueError("no rows to draw")
        fields = list(encoded(unit.get("encoding", {})))
        if not frame.empty:
            _checked(unit, frame, [] if made else fields)
        shown = (frame, []) if shown is None else shown
        shown[1].extend(field for _channel, field, _definition in fields)
    if shown is None:
        raise ValueError("nothing to draw")
    frame, named = shown
    return Drawing(lambda _width, _live: chart, columns(frame, *(name for name in named if name in frame.columns)))


def parts(spec: dict, data: dict | None, made: bool) -> Iterator[tuple[dict, dict | None, bool]]:
    """Each part of `spec` that has marks or encodings, with its data and whether fields of it are computed."""
    data, made = spec.get("data", data), made or "transform" in spec
    if "encoding" in spec or "mark" in spec:
        yield spec, data, made
    for kind in ("layer", "hconcat", "vconcat", "concat"):
        for part in spec.get(kind, []):
            yield from parts(part, data, made)
    if "spec" in spec:
        yield from parts(spec["spec"], data, True)


def encoded(encoding: dict) -> Iterator[tuple[str, str, dict]]:
    """Channel, column and definition of each field that is encoded as it stands."""
    for channel, given in encoding.items():
        for definition in given if isinstance(given, list) else [given]:
            if isinstance(definition.get("field"), str):
                yield channel, re.sub(r"\\(.)", r"\1", definition["field"]), definition


def _checked(unit: dict, frame: pd.DataFrame, fields: list[tuple[str, str, dict]]) -> None:
    """Raise ValueError when a mark of `unit` would silently not be drawn."""
    for channel, column, definition in fields:
        if unread(definition["field"]):
            raise ValueError(f"{channel}: Vega-Lite reads {column!r} as a path; give the column a name of letters")
        rows = Rows(frame, frame.columns[0])
        rows.has(column)
        if channel in _PLACES and not any(key in definition for key in _MADE):
            if definition.get("type") == "quantitative":
                scale = definition.get("scale") or {}
                rows.numbers(column, gaps=_is_line(unit), log=scale.get("type") == "log")
            elif not (_is_line(unit) and channel in ("y", "y2")):
                rows.texts(column)


def _is_line(unit: dict) -> bool:
    """Whether the mark is one that a missing value breaks, visibly."""
    mark = unit.get("mark")
    return (mark.get("type") if isinstance(mark, dict) else mark) in ("line", "area", "trail")
