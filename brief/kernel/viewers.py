"""A chart in the forms that notebook viewers draw without the build: Vega-Lite and SVG, with what it shows in words."""

import copy
from collections.abc import Sequence
from html import escape
from typing import Any

from brief.kernel.charts.theme import ink
from brief.poster import MARGIN, size_of
from brief.records import Control, Figure

# Jupyter draws Vega-Lite under this name alone, and ours is the same in its version 5 and in Altair's.
VEGA_LITE, SVG = "application/vnd.vegalite.v5+json", "image/svg+xml"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_SPARE = 60  # pixels: the letters that Linux has for want of ours run a third wider


def forms(figure: Figure, spec: dict[str, Any]) -> dict[str, Any]:
    """The figure by MIME type: `spec`, to be acted on, and the same drawn, for viewers without Vega."""
    return {
        VEGA_LITE: _described(spec, figure),
        SVG: _on_paper(figure["svg"]["wide"], figure["alt"]),
    }


def _on_paper(svg: str, alt: str) -> str:
    """A drawing with what it shows in words, on paper of its own, and room for letters that run wider than ours."""
    width, height = (side + 2 * MARGIN for side in size_of(svg))
    drawn = svg.replace("<svg ", f'<svg x="{MARGIN}" y="{MARGIN}" style="overflow:visible" ', 1)
    paper = f'<rect width="100%" height="100%" fill="{ink("paper")}"/>'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + _SPARE:g}" height="{height:g}">'
    return f"{opening}<desc>{escape(alt)}</desc>{paper}{drawn}</svg>\n"


def _described(spec: dict[str, Any], figure: Figure) -> dict[str, Any]:
    """A specification that says in words what it shows, on paper of its own: a viewer may be dark."""
    spec = copy.deepcopy(spec) | {"$schema": _SCHEMA, "description": figure["alt"], "background": ink("paper")}
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
