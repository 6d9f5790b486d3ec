"""Drawings made by vl-convert, with our fonts; what was made once is kept by the digest of all that it follows from.

`kernel` draws charts, the build makes images and the script of the live charts. As a command,
`python -m brief.vegalite ROOT FILE` draws what an open file asks for by its number, a JSON list of [kind, what, ...].
"""

import json
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from brief import parent, project

# The pages load the same letters, so that text is as wide as it was measured when it was drawn.
FONT = "Brief Sans, Arial, Helvetica, sans-serif"
FONTS = Path(__file__).parent / "fonts"
FOLDER = "_build/.drawings"


@cache
def _means() -> bytes:
    """Digest of what every drawing is made with: this code and the fonts, which from here on vl-convert knows."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return project.digest(*(path.read_bytes() for path in [Path(__file__), *sorted(FONTS.glob("*.ttf"))])).encode()


def _place(root: Path, kind: str, *follows_from: bytes) -> Path:
    version = project.library_version("vl-convert-python").encode()
    return root / FOLDER / f"{project.digest(_means(), version, *follows_from)}.{kind}"


def kept(root: Path, kind: str, make: Callable[[], bytes], *follows_from: bytes) -> bytes:
    """What `make` gives, made only when it was not yet made of the same parts by the same code and fonts."""
    file = _place(root, kind, *follows_from)
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed, so that a process that dies leaves no half a drawing.
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        beside.write_bytes(make())
        beside.rename(file)
    return file.read_bytes()


def _png(svg: str, scale: int) -> bytes:
    import vl_convert

    return vl_convert.svg_to_png(svg, scale=scale)


def _script(text: str) -> bytes:
    import vl_convert

    # A block of its own: the bundle's names are not the page's.
    return f"(() => {{\n{vl_convert.javascript_bundle(text)}\n}})();\n".encode()


_MAKERS = {"png": _png, "js": _script}


def _parts(what: tuple) -> list[bytes]:
    return [str(part).encode() for part in what]


def drawn(root: Path, kind: str, *what: str | float) -> bytes:
    """A "png" of an SVG at a scale, or the "js" of Vega with our own text at its end."""
    return kept(root, kind, lambda: _MAKERS[kind](*what), *_parts(what))


def stands(root: Path, kind: str, *what: str | float) -> bool:
    """Whether `drawn` would find it made."""
    return _place(root, kind, *_parts(what)).is_file()


if __name__ == "__main__":
    parent.watch()
    with os.fdopen(int(sys.argv[2])) as file:
        wanted = json.load(file)
    for asked in wanted:
        drawn(Path(sys.argv[1]), *asked)
