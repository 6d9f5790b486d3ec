"""A figure as an image that travels alone, a sheet or a slide: title, subtitle, drawing, note, source, citation."""

import re
import textwrap
from dataclasses import dataclass
from html import escape

from brief import palette
from brief.vegalite import FONT

WIDTH, MARGIN = 680, 20
_INK = {name: light for name, (light, _dark) in palette.INK.items()}


def poster(svg: str, title: str, subtitle: str, footers: list[str]) -> str:
    """The wide drawing `svg` as an SVG sheet with its papers. Light colours: it is made to be printed and pasted."""
    width, height = size_of(svg)
    full = width + 2 * MARGIN
    parts, y = [], MARGIN
    for text, size, weight, ink in ((title, 21, "bold", "ink"), (subtitle, 14, "normal", "muted")):
        lines, y = _text(text, size, weight, _INK[ink], y)
        parts += lines
    y += 8
    parts.append(re.sub(r"<svg ", f'<svg x="{MARGIN}" y="{y}" ', svg, count=1))
    y += height + 10
    for text in footers:
        lines, y = _text(text, 12, "normal", _INK["muted"], y)
        parts += lines
    size = f'width="{full:g}" height="{y + MARGIN:g}"'
    box = f'viewBox="0 0 {full:g} {y + MARGIN:g}"'
    paper = f'<rect width="100%" height="100%" fill="{_INK["paper"]}"/>'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} {box}>'
    return f"{opening}<title>{escape(title)}</title>{paper}{''.join(parts)}</svg>\n"


SLIDE = (1280, 720)
EDGE = 48
_TALL = 0.75  # of its width: a drawing that is higher stands beside its title, not under it


@dataclass(frozen=True)
class Slide:
    """Where the parts of a figure stand on a slide of 1280 by 720 pixels, and the slide as an image.

    svg: the wide drawing. footers: note, source, short citation.
    """

    svg: str
    title: str
    subtitle: str
    footers: list[str]
    alt: str = ""

    @property
    def tall(self) -> bool:
        """Whether the drawing stands left of the words."""
        width, height = size_of(self.svg)
        return height > _TALL * width

    @property
    def words(self) -> tuple[float, float]:
        """The left edge and the width of title, subtitle and footers."""
        return (SLIDE[0] / 2 + EDGE, SLIDE[0] / 2 - 2 * EDGE) if self.tall else (EDGE, SLIDE[0] - 2 * EDGE)

    def _head(self) -> tuple[list[str], float]:
        left, across = self.words
        parts, y = _text(self.title, 34, "bold", _INK["ink"], EDGE - 8, left, across)
        more, y = _text(self.subtitle, 20, "normal", _INK["muted"], y, left, across)
        return parts + more, y

    def _foot(self) -> tuple[list[str], float]:
        """The footers, and where they begin: they end at the slide's lower edge."""
        left, across = self.words

        def lines(y: float) -> tuple[list[str], float]:
            made = []
            for text in self.footers:
                parts, y = _text(text, 14, "normal", _INK["muted"], y, left, across)
                made += parts
            return made, y

        top = SLIDE[1] - EDGE / 2 - lines(0)[1]
        return lines(top)[0], top

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the drawing, as large as it can be."""
        width, height = size_of(self.svg)
        if self.tall:
            place = (EDGE, EDGE, SLIDE[0] / 2 - EDGE, SLIDE[1] - 2 * EDGE)
        else:
            top = self._head()[1] + 8
            place = (EDGE, top, SLIDE[0] - 2 * EDGE, self._foot()[1] - top - 12)
        scale = min(place[2] / width, place[3] / height)
        return place[0], place[1], width * scale, height * scale

    def image(self) -> str:
        """The slide as an SVG, in light colours."""
        left, top, width, _ = self.box
        scale = width / size_of(self.svg)[0]
        drawn = f'<g transform="translate({left:g} {top:g}) scale({scale:.4f})">{self.svg}</g>'
        size = f'width="{SLIDE[0]}" height="{SLIDE[1]}" viewBox="0 0 {SLIDE[0]} {SLIDE[1]}"'
        opening = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>'
        said = f"<title>{escape(self.title)}</title><desc>{escape(self.alt)}</desc>"
        paper = f'<rect width="100%" height="100%" fill="{_INK["paper"]}"/>'
        return f"{opening}{said}{paper}{''.join(self._head()[0])}{drawn}{''.join(self._foot()[0])}</svg>\n"


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of a drawing, in pixels."""
    head = svg[: svg.index(">")]
    return tuple(float(re.search(rf'\b{side}="([\d.]+)"', head).group(1)) for side in ("width", "height"))


def _text(
    text: str, size: int, weight: str, ink: str, y: float, left: float = MARGIN, across: float = WIDTH
) -> tuple[list[str], float]:
    """`text` wrapped to a width, the sheet's if none is given, from `y` down; the y below it."""
    mean = 0.56 if weight == "bold" else 0.5  # a character's mean width over its height
    lines = []
    for line in textwrap.wrap(text, int(across / (size * mean))):
        y += size * 1.3
        style = f'font-family="{FONT}" font-size="{size}" font-weight="{weight}" fill="{ink}"'
        lines.append(f'<text x="{left:g}" y="{y - size * 0.3:g}" {style}>{escape(line)}</text>')
    return lines, y + size * 0.35
