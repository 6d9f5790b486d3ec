"""A chart in the forms that notebook viewers draw without the build: Vega-Lite and SVG, with title and words."""

import copy
import textwrap
from collections.abc import Sequence
from typing import Any

from brief.kernel.charts.theme import ink
from brief.poster import poster
from brief.records import Control, Figure

# Jupyter draws Vega-Lite under this name alone, and ours is the same in its version 5 and in Altair's.
VEGA_LITE, SVG = "application/vnd.vegalite.v5+json", "image/svg+xml"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_TITLE, _SUBTITLE = 62, 88  # characters in a line of either
_SPARE = 60  # pixels: the letters that Linux has for want of ours run a third wider


def forms(figure: Figure, spec: dict[str, Any]) -> dict[str, Any]:
    """The figure by MIME type: `spec` with its papers, to be acted on, and the same drawn, for viewers without Vega."""
    return {
        VEGA_LITE: _titled(spec, figure),
        SVG: poster(figure["svg"]["wide"], figure["title"], figure["subtitle"], [], figure["alt"], _SPARE),
    }


def _titled(spec: dict[str, Any], figure: Figure) -> dict[str, Any]:
    """A specification that says what its figure says, on paper of its own: a viewer may be dark."""
    spec = copy.deepcopy(spec) | {"$schema": _SCHEMA, "description": figure["alt"], "background": ink("paper")}
    spec["title"] = {
        "text": textwrap.wrap(figure["title"], _TITLE),
        "subtitle": textwrap.wrap(figure["subtitle"], _SUBTITLE),
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 18,
        "subtitleFontSize": 13,
        "subtitleColor": ink("muted"),
        "color": ink(),
        "offset": 24,
    }
    spec["config"] = spec["config"] | {"aria": True}
    for param in spec.get("params", []):
        param.update(_input(param["name"], figure["controls"]))
    return spec


def _input(name: str, controls: Sequence[Control]) -> dict[str, Any]:
    """What sets the parameter `name`: on the page an input beside the figure does."""
    for control in controls:
        if control["name"] == name and control["kind"] == "range":
            shape = {"input": "range", "min": control["low"], "max": control["high"], "step": 1}
            return {"bind": shape | {"name": f"{control['label']} "}}
        if control["name"] == name:
            options = {"options": [None, *control["options"]], "labels": ["none", *control["options"]]}
            return {"bind": {"input": "select", **options, "name": f"{control['label']} "}}
    return {}
