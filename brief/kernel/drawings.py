"""Draw a Vega-Lite specification as SVG; what was drawn once is kept by the digest of all that it follows from."""

import json
import os
import re
from pathlib import Path

import vl_convert

from brief import book

FOLDER = "_build/.drawings"


def svg(spec: dict, prefix: str) -> str:
    """`spec` as SVG text. Ids in it begin with `prefix`, since a page holds many drawings."""
    drawn = json.dumps(spec, sort_keys=True, default=str)
    version = book.library_version("vl-convert-python")
    kept = book.find_root() / FOLDER / f"{book.digest(drawn.encode(), version.encode())}.svg"
    if not kept.is_file():
        _keep(kept, vl_convert.vegalite_to_svg(spec))
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{prefix}-", kept.read_text("utf-8"))


def _keep(path: Path, text: str) -> None:
    """Written beside and renamed, so that a kernel that dies leaves no half a drawing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(text, "utf-8")
    beside.rename(path)
