"""A drawing that carries its letters: an image in an EPUB sees no fonts but those inside it.

Labels were measured in Brief Sans when they were placed, so another font would run them into each other.
"""

import base64
import io
from html import unescape
from re import DOTALL, findall

from fontTools import subset
from fontTools.ttLib import TTFont

from brief.vegalite import FONTS

_WEIGHTS = {"Regular": 400, "Bold": 700}


def carried(drawings: dict[str, str]) -> dict[str, str]:
    """Drawings by name, each with the part of our letters that its text needs, as a style of its own."""
    letters = {name: set(unescape("".join(findall(r">([^<]+)<", svg, DOTALL)))) for name, svg in drawings.items()}
    # Cut down once to what any of them needs, since to read a whole font takes twenty times as long.
    whole = {
        face: _cut((FONTS / f"BriefSans-{face}.ttf").read_bytes(), set().union(*letters.values())) for face in _WEIGHTS
    }
    return {name: _styled(svg, letters[name], whole) for name, svg in drawings.items()}


def _styled(svg: str, letters: set[str], fonts: dict[str, bytes]) -> str:
    """A drawing with the faces that it uses, cut down to `letters`."""
    faces = ""
    for face, weight in _WEIGHTS.items():
        if weight == 400 or "bold" in svg:
            data = base64.b64encode(_cut(fonts[face], letters, "woff2")).decode()
            address = f"data:font/woff2;base64,{data}"
            faces += f'@font-face{{font-family:"Brief Sans";font-weight:{weight};src:url("{address}")}}'
    head, rest = svg.split(">", 1)
    return f"{head}><style>{faces}</style>{rest}"


def _cut(font: bytes, letters: set[str], flavor: str | None = None) -> bytes:
    """A font cut down to `letters`, as TrueType or in another format of fontTools."""
    options = subset.Options(flavor=flavor, layout_features=["kern", "lnum", "tnum"], notdef_outline=True)
    opened = TTFont(io.BytesIO(font), recalcTimestamp=False)  # no clock in the output
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(letters)))
    cutter.subset(opened)
    opened.flavor = flavor
    opened.save(out := io.BytesIO())
    return out.getvalue()
