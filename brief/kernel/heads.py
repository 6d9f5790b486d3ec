"""What stands above the columns of a figure's table: what each is, in words, with its unit."""

import inspect
import re
from functools import partial
from typing import Any

import pandas as pd

from brief.formats import with_unit
from brief.kernel.hover import unit, words
from brief.kernel.plain import encoded, parts

# What house charts call the columns that are drawn along the axis of values, and that axis' title.
_MEASURES, _TITLE = ("value", "low", "central", "high", "y"), "x_title"
_FORMATTED = re.compile(r"\{[^}]*\}")


def heads(frame: pd.DataFrame, chart: Any, spec: dict) -> dict[str, str]:
    """A head for the columns of `frame`, which `chart` draws as `spec`, a plain Altair chart only for some of them.

    What is drawn along one axis has one unit: that of such a column in its table, else the words of the chart's format
    ("{:.1f} years"), else the last words of the axis' title ("share returned, %").
    """
    if not isinstance(chart, partial):
        return _of_plain(frame, spec)
    asked = inspect.signature(chart.func).bind(*chart.args, **chart.keywords).arguments
    if "scores" in asked:  # of a ranking: each part runs to 100
        given = asked.get("labels") or {}
        return {
            name: words(frame, name) if name == "name" else f"{given.get(name, name)}, of 100"
            for name in map(str, frame)
        }
    df, fmt = asked["df"], asked.get("fmt", "")
    along = [asked[part] for part in _MEASURES if asked.get(part)]
    own = [unit(df, name) for name in along]
    formatted = " ".join(_FORMATTED.sub(" ", fmt).split()) if "{" in fmt else ""
    said = next(filter(None, [*own, formatted, _last(asked.get(_TITLE, ""))]), "")
    return {name: with_unit(words(df, name), said if name in along else "") for name in map(str, frame)}


def _of_plain(frame: pd.DataFrame, spec: dict) -> dict[str, str]:
    """What a plain chart calls its columns: in its tooltips, else by the last words of their axis."""
    told: dict[str, str] = {}
    along: dict[str, str] = {}
    axes: dict[str, str] = {}
    for part, _data, _made in parts(spec, None, False):
        for channel, column, definition in encoded(part.get("encoding", {})):
            title = definition.get("title") or (definition.get("axis") or {}).get("title") or ""
            if channel == "tooltip" and title:
                told.setdefault(column, title)
            elif channel in ("x2", "y2") or (channel in ("x", "y") and definition.get("type") == "quantitative"):
                along.setdefault(column, channel[0])
                axes[channel[0]] = axes.get(channel[0]) or _last(title)
    return {name: with_unit(words(frame, name), axes[axis]) for name, axis in along.items()} | told


def _last(title: str) -> str:
    """The last words of an axis' title, where its unit stands."""
    return title.removesuffix(", log scale").rpartition(", ")[2]
