"""Drawings made by vl-convert, with our fonts; what was made once is kept by the digest of all that it follows from.

Used by both floors: the kernel draws charts, the build makes images and the script of the live charts.
"""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from brief import book

# The pages load the same letters, so that text is as wide as it was measured when it was drawn.
FONT = "Brief Sans, Arial, Helvetica, sans-serif"
FONTS = Path(__file__).parent / "fonts"
FOLDER = "_build/.drawings"


@cache
def _fonts() -> bytes:
    """Digest of the fonts, which from here on vl-convert knows."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return book.digest(*(path.read_bytes() for path in sorted(FONTS.glob("*.ttf")))).encode()


def kept(root: Path, kind: str, make: Callable[[], bytes], *follows_from: bytes) -> bytes:
    """What `make` gives, made only when it was not yet made of the same parts, fonts and version of vl-convert."""
    version = book.library_version("vl-convert-python").encode()
    file = root / FOLDER / f"{book.digest(_fonts(), version, *follows_from)}.{kind}"
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed, so that a process that dies leaves no half a drawing.
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        beside.write_bytes(make())
        beside.rename(file)
    return file.read_bytes()
