"""Headings say at once what they say: the contents, tags, citations and links take their text before facts are known.

What fills in its text later (a fact, a citation, the number of a figure) is refused there, and in what else is taken
over as text: a term of the glossary, a finding's sentence, a page's description.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.util import logging

from brief.ext.facts.quotes import fact_quote
from brief.ext.figures.sketches import sketch_quote

logger = logging.getLogger(__name__)
_KIND: dict[str, Any] = {"type": "brief", "subtype": "heading"}
_ROLE = re.compile(r"\{([a-z:-]+)\}`")


def filled_later(node: nodes.Element) -> Iterator[str]:
    """The roles within `node` whose text is not known while pages are read: "fact", "cite:p", "numref"."""
    for found in node.findall(nodes.Element):
        if isinstance(found, fact_quote):
            yield "fact"
        elif isinstance(found, sketch_quote):
            yield "sketch"
        elif isinstance(found, addnodes.pending_xref):
            if found["refdomain"] == "cite":
                yield f"cite:{found['reftype']}"
            elif found["reftype"] in ("numref", "eq") or not (found.get("refexplicit") or found["reftype"] == "term"):
                yield found["reftype"]
        elif isinstance(found, nodes.footnote_reference):
            yield "footnote"


def check_headings(app: Sphinx, doctree: nodes.document) -> None:
    """Warn, with file and line, of what a heading, a term of the glossary or a description can't hold."""
    for title in doctree.findall(lambda node: isinstance(node, nodes.title | nodes.term)):
        if what := _taken(title):
            for role in sorted(set(filled_later(title))):
                message = f"{{{role}}} in {what}: contents and links take its text before that is filled in"
                # A term's own line is not known to Sphinx: that of its glossary is, or one before it.
                at = _first(app, role) if isinstance(title, nodes.term) else _line(title)
                logger.warning(message, location=(app.env.docname, at), **_KIND)
    for role in _ROLE.findall(app.env.metadata[app.env.docname].get("description", "")):
        at = _first(app, role)
        message = f"{{{role}}} in the page's description: it is shown as it stands"
        logger.warning(message, location=(app.env.docname, at), **_KIND)


def _first(app: Sphinx, role: str) -> int | None:
    """The first line of the page's file with a role."""
    lines = Path(app.env.doc2path(app.env.docname)).read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if f"{{{role}}}`" in line), None)


def _line(node: nodes.Element) -> int | None:
    """The line of a node, or of the next thing around it that has one."""
    while node.line is None and node.parent is not None:
        node = node.parent
    return node.line


def _taken(title: nodes.Element) -> str:
    """What is taken over as text elsewhere, in words; "" of other titles and terms."""
    if isinstance(title.parent, nodes.section | nodes.document):
        return "a heading"
    return "a term of the glossary" if isinstance(title.parent.parent.parent, addnodes.glossary) else ""


def forget_captions(app: Sphinx, doctree: nodes.document) -> None:
    """Let no {ref} show a caption without the fact in it: it then wants a text of its own, and says so."""
    labels = cast(StandardDomain, app.env.get_domain("std")).labels
    for caption in doctree.findall(lambda node: isinstance(node, nodes.caption | nodes.title)):
        holder = caption.parent
        if isinstance(holder, nodes.figure | nodes.table | nodes.container) and any(filled_later(caption)):
            for name in holder["names"]:
                labels.pop(name, None)
