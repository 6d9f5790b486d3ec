"""Old addresses lead to where their thing is now: what `brief_redirects` names, and what follows from it.

A page that moved leaves a page that leads on. On a page that stays, an old anchor stands where the new one does, or,
when the thing is on another page now, opens a line that leads there. All of it works from disk and without script.
"""

import re
from functools import cache
from html import escape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from brief import project, settings
from brief.ext import anchors
from brief.ext.compat.of_sphinx import finish_pages
from brief.ext.content_security import policed
from brief.ext.domain import register
from brief.ext.reading import yaml_lines
from brief.ext.templating import render

logger = logging.getLogger(__name__)
_MOVED = '<p class="moved" id="{}">What this address led to is now <a href="{}">on another page</a>.</p>\n'
_ARTICLE = '<article class="bd-article"[^<>]*>'


def followed(app: Sphinx) -> dict[str, str]:
    """New addresses by old ones, as "page" or "page#anchor": those named, and what has the name of one in its own.

    A renamed chapter takes along its facts' rows and its figures, a table its card, a figure its own page.
    """
    config, domain = app.config, register(app.env)
    ledger, catalogue = config.brief_ledger_page, config.brief_catalogue_page
    figures = {anchors.figure(doc, record["id"]) for doc, record in domain.everything("figures")}
    found = {}
    for old, new in config.brief_redirects.items():
        was, now = old.partition("#")[2], new.partition("#")[2]
        if was:
            found |= {anchors.figure_page(was): anchors.figure_page(now)} if now in figures else {}
        elif new.startswith(f"{catalogue}/"):
            cards = (f"{catalogue}#{anchors.table(page.removeprefix(f'{catalogue}/'))}" for page in (old, new))
            found |= [tuple(cards)]
        else:
            ids = [record["id"] for record in domain.of("facts", new)]
            found |= {f"{ledger}#{anchors.fact(old, id)}": f"{ledger}#{anchors.fact(new, id)}" for id in ids}
            for id in (record["id"] for record in domain.of("figures", new)):
                was, now = anchors.figure(old, id), anchors.figure(new, id)
                found |= {f"{new}#{was}": f"{new}#{now}", anchors.figure_page(was): anchors.figure_page(now)}
    return {old: new for old, new in (found | config.brief_redirects).items() if old != new}


def address(page: str, new: str) -> str:
    """What leads from a page to an address."""
    to, _, anchor = new.partition("#")
    return f"{'../' * page.count('/')}{to}.html" + (f"#{anchor}" if anchor else "")


def with_old_anchors(page: str, html: str, moved: dict[str, str]) -> str:
    """A finished page on which what `moved` from it, or within it, is found by its old anchors."""
    for old, new in moved.items():
        at, _, anchor = old.partition("#")
        if anchor and moved.get(at, at).partition("#")[0] == page:
            to, _, now = new.partition("#")
            if to == page:  # in a row of a table only its cells can hold it
                named = rf'<\w+\b[^<>]*\sid="{re.escape(now)}"[^<>]*>(?:\s*<t[dh]\b[^<>]*>)?'
                html = re.sub(named if now else _ARTICLE, rf'\g<0><span id="{anchor}"></span>', html, count=1)
            else:
                line = _MOVED.format(anchor, escape(address(page, new)))
                html = re.sub(_ARTICLE, rf"{line}\g<0>", html, count=1)
    return html


def wrap_templates(app: Sphinx) -> None:
    """Put old anchors on each page as it leaves its template."""
    if app.config.brief_redirects:
        moved = cache(lambda: followed(app))  # once all pages are read
        finish_pages(app, lambda context, html: with_old_anchors(context["pagename"], html, moved()))


def pages(app: Sphinx) -> dict[str, bytes]:
    """The pages that lead on, by their paths in the site; warns of a redirect that does not lead where it says."""
    out, made = Path(app.outdir), {}
    for old, new in followed(app).items() if app.config.brief_redirects else ():
        to, _, anchor = new.partition("#")
        file = out / f"{to}.html"
        if not file.is_file():
            _warn(app, old, f"{new}: the book has no page {to}")
        elif anchor and f' id="{anchor}"' not in file.read_text("utf-8"):
            _warn(app, old, f"{new}: there is no #{anchor} on page {to}")
        if "#" not in old:
            if (out / f"{old}.html").exists():
                _warn(app, old, f"is a page of the book, and cannot lead to {new}")
            made[f"{old}.html"] = leading("This page has moved", address(old, new)).encode()
    return made


def _warn(app: Sphinx, old: str, message: str) -> None:
    where = yaml_lines.read(project.find_root(Path(app.srcdir)), settings.NAME)
    at = where.at("sphinx", "config", "brief_redirects", old)
    logger.warning(f"brief_redirects.{old}: {message}", location=at, type="brief", subtype="redirect")


def leading(title: str, to: str) -> str:
    """A page that leads to another: at once and to the same place on it with script, in a second without."""
    return policed(render("go.html", title=title, to=to))
