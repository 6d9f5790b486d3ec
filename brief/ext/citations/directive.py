"""How to cite the page, in a style of the reader's choice, to copy and to download."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief.ext.citations import csl
from brief.ext.citations.metadata import publication
from brief.ext.citations.reference_files import FOLDER, KINDS, day_of, stem
from brief.ext.nodes import way_up
from brief.ext.places import places
from brief.ext.templating import render

# What is said on the page that cites the whole, until CITATION.cff is filled in.
_TO_COME = "Not named yet, and so not in these citations: {}. Each edition has what its publisher has set by then."


class styled_citation(nodes.General, nodes.Element):
    """A page's citation in each style: a list for a writer of text, `html` on the page."""


class ShowCitation(SphinxPostTransform):
    """{cite-this}: a chapter's citation in each style and as files; on a page that is no chapter, the whole book's.

    `citation.html` writes it, here and for figures and tables: a style sheet shows that of the style chosen.
    {masthead} is the line under the book's title: what kind of thing this is, whose and of when.
    """

    def run(self, **kwargs):
        for node in places(self.document, "cite-this"):
            made = csl.item(self.app, self.env.docname)
            what = "this chapter" if made["type"] == "chapter" else "the whole"
            texts = csl.styled(made)
            items = [
                nodes.definition_list_item("", nodes.term("", name), nodes.definition("", nodes.paragraph("", text)))
                for name, text in texts.items()
            ]
            html = render("citation.html", texts=texts, what=what, group="cite")
            shown = styled_citation("", nodes.definition_list("", *items), html=html)
            unset = publication(self.app).unset()
            told = [nodes.paragraph("", _TO_COME.format(", ".join(unset)), classes=["to-come"])] if unset else []
            papers = nodes.paragraph("", "", *self.papers(made), classes=["citation-papers"])
            node.replace_self([shown, *(told if made["type"] == "report" else []), papers])

        for node in places(self.document, "masthead"):
            paper = publication(self.app)
            by = f" by {', '.join(paper.names)}" if paper.names else ""
            said = f"{self.config.brief_kind}{by}. Edition {paper.version}, {paper.day}."
            node.replace_self(nodes.paragraph("", said, classes=["masthead"]))

    def papers(self, made: dict) -> list[nodes.Node]:
        """The files, the date and the fingerprint."""
        here = self.env.docname
        up = way_up(self.app.builder, here)
        links = [
            f'<a href="{up}{FOLDER}/{stem(self.app, here)}.{kind}" download>{name}</a>'
            for kind, name in sorted(KINDS.items())
        ]
        said = f" Edition {publication(self.app).version}, {day_of(made):%-d %B %Y}"
        chapter = made["type"] == "chapter"
        said += ", the day of the last change of this chapter's text or tables" if chapter else ""
        if print_ := csl.data_print(self.app, here):
            said += f". Fingerprint of its data: {print_}"
        return [nodes.raw("", f"For reference managers: {', '.join(links)}.", format="html"), nodes.Text(f"{said}.")]


def _visit_styled(self, node: styled_citation) -> None:
    self.body.append(node["html"])
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(styled_citation, html=(_visit_styled, None))
