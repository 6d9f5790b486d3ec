"""Terms and names: a {term}, and the first mention of a name that the glossary explains, lead to their entry there.

Who points at them, focuses or taps them has the entry on a card (`brief.js`); where a screen has room it stands in the
margin.
"""

import re
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief import project
from brief.ext.dependencies import note_input
from brief.ext.templating import json_in_script

_APART = (nodes.reference, nodes.literal, nodes.raw, nodes.inline)  # where a name is not made a link


def definitions(env) -> dict[str, tuple[str, str]]:
    """Each term and what the glossary says of it, by the anchor of its entry."""
    page = env.config.brief_glossary_page
    if page not in env.found_docs:
        return {}
    return {
        id: (item.next_node(nodes.term).astext(), item.next_node(nodes.definition).astext().replace("\n", " "))
        for glossary in env.get_doctree(page).findall(addnodes.glossary)
        for item in glossary.findall(nodes.definition_list_item)
        for id in item.next_node(nodes.term)["ids"]
    }


def note_terms(app: Sphinx, doctree) -> None:
    """A page that uses a term, or names whom the glossary introduces, shows what the glossary says."""
    glossary = project.find_root(Path(app.srcdir)) / f"{app.config.brief_glossary_page}.md"
    used = any(ref.get("reftype") == "term" for ref in doctree.findall(addnodes.pending_xref))
    if glossary.is_file() and (used or any(name in doctree.astext() for name in app.config.brief_actors)):
        note_input(app.env, glossary)


class ExplainTerms(SphinxPostTransform):
    """Give links to terms their cards and notes. After links are resolved (10)."""

    def run(self, **kwargs):
        docname, page = self.env.docname, self.config.brief_glossary_page
        if docname == page:
            return
        links = [ref for ref in self.document.findall(nodes.reference) if ref.next_node(_is_term)]
        prose = [p for p in self.document.findall(nodes.paragraph) if isinstance(p.parent, nodes.section)]
        mentioned = {name: p for p in reversed(prose) for name in self.config.brief_actors if name in p.astext()}
        known = definitions(self.env) if links or mentioned else {}
        anchors, shown = {name: anchor for anchor, (name, _) in known.items()}, {_anchor(link) for link in links}
        for name in sorted(mentioned):
            if name in anchors and anchors[name] not in shown:
                uri = f"{self.app.builder.get_relative_uri(docname, page)}#{anchors[name]}"
                links += _linked(prose, name, uri)
        cards, noted = {}, set()
        for link in links:
            if (anchor := _anchor(link)) not in known:
                continue
            name, said = known[anchor]
            link["classes"].append("term")
            link.attributes.pop("reftitle", None)
            cards[link["refuri"]] = [name, said]
            if anchor not in noted and link.parent in prose:
                noted.add(anchor)
                text = f"<strong>{escape(name)}</strong> {escape(said)}"
                aside = f'<aside class="margin-note screen-only" aria-hidden="true">{text}</aside>'
                link.parent.parent.insert(link.parent.parent.index(link.parent), nodes.raw("", aside, format="html"))
        if cards:
            script = f'<script type="application/json" id="brief-terms">{json_in_script(cards)}</script>'
            self.document += nodes.raw("", script, format="html")


def _linked(prose: list[nodes.paragraph], name: str, uri: str) -> list[nodes.reference]:
    """Make the first mention of a name in running text a link; returns it, or nothing."""
    for text in (text for paragraph in prose for text in paragraph.findall(nodes.Text)):
        found = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
        if found and not _apart(text):
            link = nodes.reference("", name, internal=True, refuri=uri)
            before, after = nodes.Text(text[: found.start()]), nodes.Text(text[found.end() :])
            text.parent.replace(text, [before, link, after])
            return [link]
    return []


def _apart(node: nodes.Node) -> bool:
    return node.parent is not None and (isinstance(node.parent, _APART) or _apart(node.parent))


def _anchor(link: nodes.reference) -> str:
    return link.get("refid") or link.get("refuri", "").partition("#")[2]


def _is_term(node) -> bool:
    return isinstance(node, nodes.inline) and "std-term" in node.get("classes", [])
