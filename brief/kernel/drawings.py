"""Draw a Vega-Lite specification as SVG."""

import json
import re
from pathlib import Path

import vl_convert

from brief import book, drawing


def svg(spec: dict, prefix: str) -> str:
    """`spec` as SVG text. Ids in it begin with `prefix`, since a page holds many drawings."""
    drawn = [Path(__file__).read_bytes(), json.dumps(spec, sort_keys=True, default=str).encode()]
    text = drawing.kept(book.find_root(), "svg", lambda: vl_convert.vegalite_to_svg(spec).encode(), *drawn).decode()
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{prefix}-", text)
