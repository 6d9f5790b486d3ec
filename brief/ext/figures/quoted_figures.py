"""{quoted-figure}: a figure that a chapter recorded, shown once more on any page; number and downloads stay there."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from brief.ext import anchors
from brief.ext.domain import register
from brief.ext.figures.drawings import drawing, papers
from brief.ext.nodes import cite, separated

logger = logging.getLogger(__name__)


class figure_quote(nodes.General, nodes.Element):
    """Where a figure goes: `target` names it, as a fact is named."""


class QuotedFigure(SphinxDirective):
    """{quoted-figure} chapter.id"""

    required_arguments = 1

    def run(self):
        node = figure_quote(target=self.arguments[0])
        self.set_source_info(node)
        register(self.env).note("sketched", self.env.docname, {"target": node["target"], "kind": "figures"})
        return [node]


class ShowQuotedFigures(SphinxPostTransform):
    """Put each figure in its place, still; one that no chapter recorded is an error."""

    default_priority = 4  # before sphinxcontrib-bibtex resolves the citations under it

    def run(self, **kwargs):
        for node in list(self.document.findall(figure_quote)):
            found = register(self.env).find("figures", node["target"], self.env.docname)
            if found is None:
                message = f"there is no figure {node['target']!r}"
                logger.warning(message, location=node, type="brief", subtype="figure")
                node.parent.remove(node)
                continue
            node.replace_self(self.figure(*found))

    def figure(self, home: str, record: dict) -> nodes.figure:
        """The figure without its number: what it shows, its drawings, its sources, and where it stands."""
        here, name = self.env.docname, anchors.figure(home, record["id"])
        figure = nodes.figure(classes=["brief-figure"], ids=[f"quoted-{name}"])
        figure += nodes.caption("", record["title"])
        figure += drawing(
            svg=record["svg"], alt=record["alt"], subtitle=record["subtitle"], controls=[], label=name, live=False
        )
        legend = papers()
        if record["note"]:
            legend += nodes.paragraph("", f"Note: {record['note']}", classes=["figure-note"])
        uri = f"{self.app.builder.get_relative_uri(here, home)}#{name}"
        title = self.env.titles[home].astext()
        way = nodes.reference("", title, internal=True, refuri=uri)
        source = nodes.paragraph(classes=["figure-source"])
        source += [nodes.Text("Source: "), *separated([cite(record["sources"], here)])]
        source += [nodes.Text(" · Data, downloads and citation: "), way]
        legend += source
        figure += legend
        return figure


def setup(app: Sphinx) -> None:
    app.add_node(figure_quote)
    app.add_directive("quoted-figure", QuotedFigure)
