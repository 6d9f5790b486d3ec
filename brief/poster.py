"""A figure as an image that travels alone: title, subtitle, drawing, note, source and short citation on one sheet."""

import re
import textwrap
from html import escape

from brief import palette
from brief.vegalite import FONT

WIDTH, MARGIN = 680, 20
_INK = {name: light for name, (light, _dark) in palette.INK.items()}


def poster(svg: str, title: str, subtitle: str, footers: list[str], alt: str = "", spare: int = 0) -> str:
    """The wide drawing `svg` as an SVG sheet with its papers. Light colours: it is made to be printed and pasted.

    spare: pixels right of it, where it will be shown with other letters than ours, which may run wider.
    """
    width, height = _size(svg)
    full = width + 2 * MARGIN + spare
    parts, y = [], MARGIN
    for text, size, weight, ink in ((title, 21, "bold", "ink"), (subtitle, 14, "normal", "muted")):
        lines, y = _text(text, size, weight, _INK[ink], y)
        parts += lines
    y += 8
    shown = 'style="overflow:visible" ' if spare else ""
    parts.append(re.sub(r"<svg ", f'<svg x="{MARGIN}" y="{y}" {shown}', svg, count=1))
    y += height + 10
    for text in footers:
        lines, y = _text(text, 12, "normal", _INK["muted"], y)
        parts += lines
    size = f'width="{full:g}" height="{y + MARGIN:g}"'
    box = f'viewBox="0 0 {full:g} {y + MARGIN:g}"'
    paper = f'<rect width="100%" height="100%" fill="{_INK["paper"]}"/>'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} {box}>'
    said = f"<desc>{escape(alt)}</desc>" if alt else ""
    return f"{opening}<title>{escape(title)}</title>{said}{paper}{''.join(parts)}</svg>\n"


def _size(svg: str) -> tuple[float, float]:
    head = svg[: svg.index(">")]
    return tuple(float(re.search(rf'\b{side}="([\d.]+)"', head).group(1)) for side in ("width", "height"))


def _text(text: str, size: int, weight: str, ink: str, y: float) -> tuple[list[str], float]:
    """`text` wrapped to the sheet's width from `y` down; the y below it."""
    mean = 0.56 if weight == "bold" else 0.5  # a character's mean width over its height
    lines = []
    for line in textwrap.wrap(text, int(WIDTH / (size * mean))):
        y += size * 1.3
        style = f'font-family="{FONT}" font-size="{size}" font-weight="{weight}" fill="{ink}"'
        lines.append(f'<text x="{MARGIN}" y="{y - size * 0.3:g}" {style}>{escape(line)}</text>')
    return lines, y + size * 0.35
