"""Which letters the drawings have, and how wide text runs in them."""

import textwrap
import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from brief.vegalite import FONTS

CHAR = 6.9  # mean width in pixels of a 14 px character, for wrapping
LINE = 18  # height in pixels of a line of 14 px text
_EDGE = 12  # pixels of a figure's width that its padding takes
_SPACES = str.maketrans("\n\t", "  ")  # as a drawing shows them


@cache
def _advances(bold: bool) -> dict[int, float]:
    """Width of each character that there is, as a share of the size of the text."""
    font = TTFont(FONTS / f"BriefSans-{'Bold' if bold else 'Regular'}.ttf", lazy=True)
    widths, unit = font["hmtx"], font["head"].unitsPerEm
    return {code: widths[glyph][0] / unit for code, glyph in font.getBestCmap().items()}


def width(text: str, size: float = 14, bold: bool = False) -> float:
    """How many pixels a line of text takes; what there is no letter for counts as a full square."""
    advances = _advances(bold)
    return size * sum(advances.get(ord(character), 1) for character in text.translate(_SPACES))


def absent(text: str) -> str:
    """The first character of `text` that the drawings have no letter for, with its name; "" when there are all."""
    for character in text.translate(_SPACES):
        if ord(character) not in _advances(False):
            name = unicodedata.name(character, "a character without a name")
            shown = f"{character} " if character.isprintable() else ""
            return f"{shown}(U+{ord(character):04X}, {name})"
    return ""


def wrapped(text: str, pixels: float, bold: bool = False) -> list[str]:
    """`text` in lines that fit into so many pixels of a figure, at least one line; a word that is wider is cut."""
    count = max(1, int(pixels / CHAR))
    lines = textwrap.wrap(text, count)
    while count > 1 and any(width(line, bold=bold) > pixels - _EDGE for line in lines):
        count -= 1
        lines = textwrap.wrap(text, count)
    return lines or [""]
