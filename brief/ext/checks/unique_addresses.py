"""Each page, table, figure and fact has an address of its own, or the build stops and names both that share one."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from brief import project
from brief.ext import anchors
from brief.ext.checks.page_names import page_errors
from brief.ext.compat.of_sphinx import finish_pages
from brief.ext.domain import register
from brief.names import chapter_of

logger = logging.getLogger(__name__)
_KIND = {"type": "brief", "subtype": "id"}


def check_pages(app: Sphinx, env, added, changed, removed) -> list[str]:
    """Stop before anything is read or written when a page's name can't be an address, or is another's."""
    if errors := page_errors(project.find_root(Path(app.srcdir)), env.found_docs):
        raise ExtensionError("\n".join(errors))
    return []


_NUMBERED = re.compile(r"id\d+")


def check_sections(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of headings whose address would be a number, and so another's after an edit; leave out numbers that no
    address is."""
    for section in doctree.findall(nodes.section):
        named = [id for id in section["ids"] if not _NUMBERED.fullmatch(id)]
        if not named:
            message = "the address of this heading would be a number: put (a-name)= on a line before it"
            logger.warning(message, location=(app.env.docname, section.line or section[0].line), **_KIND)
        section["ids"] = named or section["ids"]


_PUBLIC = {"fact": anchors.fact, "figure": anchors.figure}


def _records(domain) -> Iterator[tuple[str, str, dict]]:
    """(kind, page, record) of all that has an id of its own."""
    for kind in ("facts", "findings", "figures", "standings"):
        yield from ((kind[:-1], *found) for found in domain.everything(kind))
    yield from (("sketch", *found) for found in domain.everything("sketches"))
    yield from (("indicator", *found) for found in domain.everything("conditions") if found[1]["kind"] == "indicator")


def report_records(app: Sphinx, env) -> None:
    """Warn, with file and line, of what is recorded twice, and of two things whose address would be the same."""
    first: dict[str, int] = {}
    taken = {chapter_of(doc): f"page {doc}" for doc in env.found_docs}
    tables = [entry["name"] for entry in project.package(project.find_root(app.srcdir))["resources"]]
    taken |= {anchors.table(name): f"table {name}" for name in tables}
    app.brief_clashes = set()
    for kind, doc, record in _records(register(env)):
        what = f"{kind} {chapter_of(doc)}.{record['id']}"
        address = _PUBLIC[kind](doc, record["id"]) if kind in _PUBLIC else what
        if what in first:
            wrong = f"is recorded twice, first at line {first[what]}"
        elif address in taken:
            wrong = f"and {taken[address]} would both be at {address}"
        else:
            first[what], taken[address] = record["line"], what
            continue
        app.brief_clashes.add(address)
        logger.warning(f"{what} {wrong}", location=(doc, record["line"]), **_KIND)


def repeated(html: str) -> list[str]:
    """Ids that stand more than once on a page: a link to one leads to the first only."""
    return sorted(id for id, times in Counter(re.findall(r'<[^<>]*?\sid="([^"]*)"', html)).items() if times > 1)


def report_repeated(app: Sphinx, context: dict, html: str) -> str:
    """Warn, with file and line, of ids that stand twice on a finished page."""
    for id in sorted(set(repeated(html)) - app.brief_clashes):  # which were named where they are recorded
        lines = [_line(node) for node in context["brief_doctree"].findall(nodes.Element) if id in node.get("ids", ())]
        where = (context["pagename"], max(lines, default=0) or None)
        logger.warning(f"two things on this page would both be at #{id}: rename one", location=where, **_KIND)
    return html


def _line(node: nodes.Element) -> int:
    """The line of a node, or of the first thing in it that has one."""
    return next((found.line for found in node.findall(nodes.Element) if found.line), 0)


def keep_doctree(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Leave to `report_repeated` what knows the lines."""
    context["brief_doctree"] = doctree


def wrap_templates(app: Sphinx) -> None:
    """Look at each page as it leaves its template."""
    finish_pages(app, partial(report_repeated, app))
