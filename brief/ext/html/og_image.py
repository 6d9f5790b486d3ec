"""The picture that a shared link to a page shows: its title, first number and first figure. 1200 by 630 pixels."""

import re
import textwrap
from html import escape

from sphinx.application import Sphinx

from brief import palette, vegalite
from brief.ext.citations.metadata import publication
from brief.ext.citations.reference_files import stem
from brief.ext.domain import chapters, register
from brief.ext.facts import quotes
from brief.ext.figures import prerender

FOLDER = "cards"
WIDTH, HEIGHT, MARGIN = 1200, 630, 80
CHART = 660  # the widest that a figure stands there
_INK, _PAPER = palette.INK["ink"][0], palette.INK["paper"][0]


def card_address(app: Sphinx, docname: str) -> str:
    """The address of a page's picture, "" before it is known: pages that are no chapters share the book's."""
    return publication(app).file(f"{FOLDER}/{stem(app, docname)}.png")


def card(app: Sphinx, docname: str) -> str:
    """The picture as SVG: the page's title and, where it has them, its first number and its first figure."""
    paper, env = publication(app), app.env
    title, number = env.titles[docname].astext(), ".".join(map(str, env.toc_secnumbers.get(docname, {}).get("", ())))
    value, drawn = first_number(env, docname), first_figure(env, docname)
    size, wide = (46, 44) if value or drawn else (68, 34)
    lines = textwrap.wrap(title, wide)[: 3 if size < 60 else 4]
    parts = _lines(lines, MARGIN, 176 if size < 60 else 210, size, "bold")
    head = f"Chapter {number}" if number else app.config.brief_kind
    parts += _lines([head], MARGIN, MARGIN + 28, 28)
    below = 176 + len(lines) * size * 1.2
    if value:
        text, about = value
        parts += _lines([text], MARGIN, below + 84, 84 if len(text) < 11 else 52, "bold")
        parts += _lines(textwrap.wrap(about, 36)[:3], MARGIN, below + 130, 26)
    if drawn:
        tall, across = (float(re.search(rf'\b{side}="([\d.]+)"', drawn).group(1)) for side in ("height", "width"))
        room = HEIGHT - MARGIN - below + 30
        scale = min(CHART / across, room / tall)
        width, height = across * scale, tall * scale
        at = f'x="{WIDTH - MARGIN - width:g}" y="{below - 36:g}" width="{width:g}" height="{height:g}"'
        parts.append(f'<svg {at} viewBox="0 0 {across:g} {tall:g}">{drawn[drawn.index(">") + 1 :]}')
    foot = [paper.title if number else ", ".join(paper.names), f"Edition {paper.version}"]
    parts += _lines([" · ".join(filter(None, foot))], MARGIN, HEIGHT - 36, 24)
    bars = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>'
    economies = app.config.brief_colors
    roles, known = palette.roles(economies, app.config.brief_accents, []), palette.variables(economies)
    for y, wide, role in ((0, WIDTH, "accent"), (14, WIDTH // 4, "mark")):  # the emblem: a long bar, a short one
        bars += f'<rect y="{y}" width="{wide}" height="10" fill="{known[roles[role]][0]}"/>'
    style = f'font-family="{vegalite.FONT}" fill="{_INK}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
    return f"{opening}{bars}<g {style}>{''.join(parts)}</g></svg>"


def _lines(lines: list[str], x: float, y: float, size: int, weight: str = "normal") -> list[str]:
    return [
        f'<text x="{x}" y="{y + n * size * 1.2:g}" font-size="{size}" font-weight="{weight}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    ]


def first_number(env, docname: str) -> tuple[str, str] | None:
    """The first number that a page quotes, and what it is of: its unit and period."""
    domain = register(env)
    for quote in sorted(domain.of("quotes", docname), key=lambda quote: quote["line"]):
        if found := domain.find("facts", quote["target"], docname):
            text = quotes.text_of(found[1], quote["fmt"])
            return text, quotes.what_of(found[1], text)
    return None


def first_figure(env, docname: str) -> str | None:
    """The drawing of the first figure that a page shows, its own or another page's."""
    domain = register(env)
    if own := sorted(domain.of("figures", docname), key=lambda record: record["line"]):
        return own[0]["svg"]["wide"]
    for shown in domain.of("sketched", docname):
        if shown["kind"] == "figures" and (found := domain.find("figures", shown["target"], docname)):
            return found[1]["svg"]["wide"]
    return None


def cards(app: Sphinx) -> dict[str, str]:
    """The book's picture and each chapter's, as SVG by page."""
    return {docname: card(app, docname) for docname in [app.config.root_doc, *chapters(app.env)]}


def foresee(app: Sphinx, _builder) -> None:
    """Have them drawn."""
    prerender.wanted.extend(("png", svg, 1) for svg in cards(app).values())


def images(app: Sphinx) -> dict[str, bytes]:
    """Each page's, by file name."""
    return {f"{stem(app, page)}.png": vegalite.drawn("png", svg, 1) for page, svg in cards(app).items()}
