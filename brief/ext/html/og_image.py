"""The picture that a shared link to a page shows: the page's title, the book's, the edition. 1200 by 630 pixels."""

import textwrap
from html import escape

from sphinx.application import Sphinx

from brief import palette, vegalite
from brief.ext.citations.metadata import publication
from brief.ext.citations.reference_files import stem
from brief.ext.domain import chapters
from brief.ext.figures import prerender

FOLDER = "cards"
WIDTH, HEIGHT, MARGIN = 1200, 630, 80
_INK, _PAPER = palette.INK["ink"][0], palette.INK["paper"][0]


def card_address(app: Sphinx, docname: str) -> str:
    """The address of a page's picture, "" before it is known: pages that are no chapters share the book's."""
    return publication(app).file(f"{FOLDER}/{stem(app, docname)}.png")


def card(app: Sphinx, title: str, number: str) -> str:
    """The picture as SVG. `number` is a chapter's, or empty."""
    paper = publication(app)
    lines = textwrap.wrap(title, 34)[:4]
    size = 68 if len(lines) < 4 else 58
    top = 210 if number else 190
    text = [
        f'<text x="{MARGIN}" y="{top + n * size * 1.2:g}" font-size="{size}" font-weight="bold">{escape(line)}</text>'
        for n, line in enumerate(lines)
    ]
    head = f"Chapter {number}" if number else app.config.brief_kind
    small = 'font-size="28"'
    foot = [paper.title] if number else [", ".join(paper.names)] * bool(paper.names)
    foot.append(f"Edition {paper.version}")
    text.append(f'<text x="{MARGIN}" y="{MARGIN + 28}" {small}>{escape(head)}</text>')
    text += [
        f'<text x="{MARGIN}" y="{HEIGHT - MARGIN - 36 * n}" {small}>{escape(line)}</text>'
        for n, line in enumerate(reversed(foot))
    ]
    bars = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>'
    economies = app.config.brief_colors
    roles, known = palette.roles(economies, app.config.brief_accents, []), palette.variables(economies)
    for y, wide, role in ((0, WIDTH, "accent"), (14, WIDTH // 4, "mark")):  # the emblem: a long bar, a short one
        bars += f'<rect y="{y}" width="{wide}" height="10" fill="{known[roles[role]][0]}"/>'
    style = f'font-family="{vegalite.FONT}" fill="{_INK}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
    return f"{opening}{bars}<g {style}>{''.join(text)}</g></svg>"


def cards(app: Sphinx) -> dict[str, str]:
    """The book's picture and each chapter's, as SVG by page."""
    env, found = app.env, {}
    for docname in [app.config.root_doc, *chapters(env)]:
        number = ".".join(map(str, env.toc_secnumbers.get(docname, {}).get("", ())))
        found[docname] = card(app, env.titles[docname].astext(), number)
    return found


def foresee(app: Sphinx, _builder) -> None:
    """Have them drawn."""
    prerender.wanted.extend(("png", svg, 1) for svg in cards(app).values())


def images(app: Sphinx) -> dict[str, bytes]:
    """Each page's, by file name."""
    return {f"{stem(app, page)}.png": vegalite.drawn("png", svg, 1) for page, svg in cards(app).items()}
