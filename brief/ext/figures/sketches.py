"""{sketch}: a small chart that a chapter recorded, on any page."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from brief.ext.domain import register
from brief.ext.figures.drawings import themed

logger = logging.getLogger(__name__)


class sketch_quote(nodes.Inline, nodes.TextElement):
    """Where a sketch goes: `target` names it, as a fact is named."""


class SketchRole(SphinxRole):
    """{sketch}`chapter.id`."""

    def run(self):
        node = sketch_quote(f"{{sketch}}`{self.text}`", target=self.text.strip())
        self.set_source_info(node)
        register(self.env).note("sketched", self.env.docname, {"target": node["target"], "kind": "sketches"})
        return [node], []


class ShowSketches(SphinxPostTransform):
    """Put each sketch in its place; one that no chapter recorded is an error."""

    default_priority = 5

    def run(self, **kwargs):
        for node in list(self.document.findall(sketch_quote)):
            found = register(self.env).find("sketches", node["target"], self.env.docname)
            if found is None:
                logger.warning(f"there is no sketch {node['target']!r}", location=node, type="brief", subtype="sketch")
                node.replace_self(nodes.literal("", node.rawsource))
                continue
            record = found[1]
            art, alt = themed(record["svg"], self.config), escape(record["alt"], quote=True)
            html = f'<span class="sketch" role="img" aria-label="{alt}"><span aria-hidden="true">{art}</span></span>'
            node.replace_self(nodes.raw("", html, format="html"))


def setup(app: Sphinx) -> None:
    app.add_node(sketch_quote)
    app.add_role("sketch", SketchRole())
