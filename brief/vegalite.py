"""Drawings made by vl-convert, with our fonts; what was made once is kept (`store`).

`kernel` draws charts, the build makes images and the script of the live charts. As a command,
`python -m brief.vegalite FILE` draws what an open file asks for by its number, a JSON list of [kind, what, ...].
"""

import json
import os
import sys
import zlib
from functools import cache
from pathlib import Path
from types import ModuleType

from brief import parent, project, store

# The pages load the same letters, so that text is as wide as it was measured when it was drawn.
FONT = "Brief Sans, Arial, Helvetica, sans-serif"
FONTS = Path(__file__).parent / "fonts"


@cache
def _means() -> bytes:
    """Digest of what every drawing is made with: this code and the fonts."""
    return project.digest(*(path.read_bytes() for path in [Path(__file__), *sorted(FONTS.glob("*.ttf"))])).encode()


@cache
def _vl_convert() -> ModuleType:
    """vl-convert, which knows our fonts."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def packed(png: bytes) -> bytes:
    """The same image in a third of the bytes: what vl-convert draws is packed for speed. Takes 0.05 s, once."""
    parts, place = [], 8  # behind the signature: length, type, content and checksum of each part
    while place < len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        parts.append((png[place + 4 : place + 8], png[place + 8 : place + 8 + length]))
        place += 12 + length
    pixels = zlib.compress(zlib.decompress(b"".join(content for kind, content in parts if kind == b"IDAT")))
    first = next(number for number, (kind, _) in enumerate(parts) if kind == b"IDAT")
    parts = [part for part in parts if part[0] != b"IDAT"]
    parts.insert(first, (b"IDAT", pixels))
    written = (
        len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
        for kind, content in parts
    )
    return png[:8] + b"".join(written)


_MAKERS = {
    "svg": lambda spec: _vl_convert().vegalite_to_svg(spec).encode(),
    "png": lambda svg, scale: packed(_vl_convert().svg_to_png(svg, scale=scale)),
    # A block of its own: the bundle's names are not the page's.
    "js": lambda text: f"(() => {{\n{_vl_convert().javascript_bundle(text)}\n}})();\n".encode(),
}


def _follows_from(what: tuple) -> list[bytes]:
    return [_means(), project.library_version("vl-convert-python").encode(), *(str(part).encode() for part in what)]


def drawn(kind: str, *what: str | float) -> bytes:
    """An "svg" of a Vega-Lite specification, a "png" of an SVG at a scale, Vega's "js" with our own text at its end."""
    return store.kept(kind, lambda: _MAKERS[kind](*what), *_follows_from(what))


def stands(kind: str, *what: str | float) -> bool:
    """Whether `drawn` would find it made."""
    return store.stands(kind, *_follows_from(what))


if __name__ == "__main__":
    parent.watch()
    with os.fdopen(int(sys.argv[1])) as file:
        wanted = json.load(file)
    for asked in wanted:
        drawn(*asked)
