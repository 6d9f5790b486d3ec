"""A drawing that carries its letters: an image in an EPUB sees no fonts but those inside it.

Labels were measured in Brief Sans when they were placed, so another font would run them into each other.
"""

import base64
import io
from functools import cache
from html import unescape
from re import DOTALL, findall

from fontTools import subset
from fontTools.ttLib import TTFont

from brief.vegalite import FONTS

_WEIGHTS = {"Regular": 400, "Bold": 700}


def carried(svg: str) -> str:
    """`svg` with the part of our letters that its text needs, as a style of its own."""
    text = "".join(sorted(set(unescape("".join(findall(r">([^<]+)<", svg, DOTALL))))))
    weights = {name: weight for name, weight in _WEIGHTS.items() if weight == 400 or "bold" in svg}
    faces = "".join(
        f'@font-face{{font-family:"Brief Sans";font-weight:{weight};src:url("{_subset(name, text)}")}}'
        for name, weight in weights.items()
    )
    head, rest = svg.split(">", 1)
    return f"{head}><style>{faces}</style>{rest}"


@cache
def _subset(name: str, text: str) -> str:
    """A weight of Brief Sans cut down to the characters of `text`, as the address of a WOFF2 that holds itself."""
    options = subset.Options(flavor="woff2", layout_features=["kern", "lnum", "tnum"], notdef_outline=True)
    font = TTFont(FONTS / f"BriefSans-{name}.ttf", recalcTimestamp=False)  # no clock in the output
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(out := io.BytesIO())
    return f"data:font/woff2;base64,{base64.b64encode(out.getvalue()).decode()}"
