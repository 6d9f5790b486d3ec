"""What a page says when a browser prints it: running heads, and where its links lead, as numbered notes.

Styled by static/brief-print.css. Paper has no tooltips: a note is the reference that a citation's link carries, or the
address of another.
"""

import posixpath
import re
from html import unescape

from sphinx.application import Sphinx

from brief.ext.citations.metadata import publication
from brief.ext.templating import css_string

_LINK = re.compile(r'<a class="reference (?:internal|external)" href="([^"#][^"]*)"( title="([^"]*)")?')
_LISTS = ("brief_ledger_page", "brief_catalogue_page", "brief_bibliography_page")  # hundreds of links, which are rows


def noted(body: str, docname: str) -> tuple[str, list[str]]:
    """A page's `body` with a number on each link that leads off it, and what the notes of these numbers say, as HTML.

    A citation's note is the reference that its link has for a title; another's the address, within the site or whole.
    """
    numbers: dict[str, int] = {}

    def numbered(link: re.Match) -> str:
        href, _, title = link.groups()
        address = href if ":" in href else posixpath.normpath(posixpath.join(posixpath.dirname(docname), href))
        number = numbers.setdefault(title if title and "bibliography" in href else address, len(numbers) + 1)
        return f'<a data-note="{number}"{link.group(0)[2:]}'

    return _LINK.sub(numbered, body), list(numbers)


def add(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Give the template what it has for paper; no notes to lists of hundreds of links, such as the ledger."""
    paper = publication(app)
    title = "Summary" if pagename == app.config.root_doc else unescape(re.sub("<[^>]*>", "", context.get("title", "")))
    foot = f"{paper.title}. Edition {paper.version}, {paper.day}"
    context["running"] = {"head": css_string(title), "foot": css_string(foot)}
    context["notes"] = []
    if doctree is not None and pagename not in [getattr(app.config, name) for name in _LISTS]:
        context["body"], context["notes"] = noted(context["body"], pagename)
