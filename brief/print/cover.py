"""The cover as an image: shops and shelves of e-readers show it small, so it has the title and little else."""

import textwrap
from html import escape
from pathlib import Path

from brief import vegalite
from brief.ext.citations.metadata import Publication
from brief.print.sheets import colors, kind

WIDTH, HEIGHT, MARGIN = 1200, 1800, 110
FIELD = "#12293d"


def svg(paper: Publication) -> str:
    """The cover of the PDF, in a book's proportions."""
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/><rect width="{WIDTH}" height="1200" fill="{FIELD}"/>',
        f'<rect y="1200" width="{WIDTH}" height="20" fill="{colors(paper.root)["mark"]}"/>',
        _line(kind(paper.root), 250, 42, "normal", "#b9cfe2"),
    ]
    y = 400
    for line in textwrap.wrap(paper.title, 20):
        parts.append(_line(line, y, 108, "bold", "#fff"))
        y += 122
    if paper.names:
        parts.append(_line(", ".join(paper.names), 1560, 54, "bold", "#1b1f24"))
    parts.append(_line(f"Edition {paper.version}, {paper.day}", 1640, 42, "normal", "#57606a"))
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def png(root: Path, paper: Publication) -> bytes:
    """The cover as PNG: not every reader shows an SVG there."""
    sheet = svg(paper)
    return vegalite.drawn("png", sheet, 1)


def _line(text: str, y: int, size: int, weight: str, color: str) -> str:
    font = f'font-family="{vegalite.FONT}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{MARGIN}" y="{y}" {font} fill="{color}">{escape(text)}</text>'
