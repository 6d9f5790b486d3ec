"""{quoted-figure}: a figure that a chapter recorded, shown once more on any page; number and downloads stay there."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from brief.ext import anchors
from brief.ext.domain import register
from brief.ext.figures.drawings import shown
from brief.ext.nodes import cite

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
        """The figure without its number: what it shows, its sources, and where it stands."""
        here, name = self.env.docname, anchors.figure(home, record["id"])
        uri = f"{self.app.builder.get_relative_uri(here, home)}#{name}"
        way = nodes.reference("", self.env.titles[home].astext(), internal=True, refuri=uri)
        source = [cite(record["sources"], here), nodes.Text(" · Data, downloads and citation: "), way]
        figure = shown(record, name, source, live=False)
        figure["ids"].append(f"quoted-{name}")
        return figure


def setup(app: Sphinx) -> None:
    app.add_node(figure_quote)
    app.add_directive("quoted-figure", QuotedFigure)
