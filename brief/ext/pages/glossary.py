"""Terms: a {term} leads to its entry in the glossary, and says on hover what that says."""

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief import project
from brief.ext.dependencies import note_input


def definitions(env) -> dict[str, str]:
    """What the glossary says of each term, by the anchor of its entry."""
    page = env.config.brief_glossary_page
    if page not in env.found_docs:
        return {}
    return {
        id: item.next_node(nodes.definition).astext().replace("\n", " ")
        for glossary in env.get_doctree(page).findall(addnodes.glossary)
        for item in glossary.findall(nodes.definition_list_item)
        for id in item.next_node(nodes.term)["ids"]
    }


def note_terms(app: Sphinx, doctree) -> None:
    """A page that uses a term shows what the glossary says."""
    if any(ref.get("reftype") == "term" for ref in doctree.findall(addnodes.pending_xref)):
        note_input(app.env, project.find_root(Path(app.srcdir)) / f"{app.config.brief_glossary_page}.md")


class ExplainTerms(SphinxPostTransform):
    """Give each link to a term the term's definition as its title. After links are resolved (10)."""

    default_priority = 15

    def run(self, **kwargs):
        links = [ref for ref in self.document.findall(nodes.reference) if ref.next_node(_is_term)]
        known = definitions(self.env) if links else {}
        for link in links:
            anchor = link.get("refid") or link.get("refuri", "").partition("#")[2]
            link["reftitle"] = known.get(anchor, "")
            link["classes"].append("term")


def _is_term(node) -> bool:
    return isinstance(node, nodes.inline) and "std-term" in node.get("classes", [])
