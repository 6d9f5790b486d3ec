"""Under a figure and in a chapter's list a table is called by its title; its name is a tooltip there."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief.ext.figures.downloads import resources
from brief.ext.nodes import table_link


def title_of(app: Sphinx, table: str) -> str:
    """What its descriptor calls a table."""
    return str(resources(app)[table]["title"])


class TitleTables(SphinxPostTransform):
    """Titles in place of the names under figures; titles have commas, so semicolons between them."""

    def run(self, **kwargs):
        for figure in self.document.findall(nodes.figure):
            for link in [link for link in figure.findall(nodes.reference) if "table" in link]:
                around, at = link.parent, link.parent.index(link)
                if at > 1 and isinstance(around[at - 2], nodes.reference) and "table" in around[at - 2]:
                    around[at - 1] = nodes.Text("; ")
                title = title_of(self.app, link["table"])
                around[at] = table_link(self.config, link["table"], self.env.docname, title)
