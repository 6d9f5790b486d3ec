"""Places that directives leave on pages, to be filled by transforms when all pages are read."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from brief.ext.domain import register


class place(nodes.General, nodes.Element):
    """Where something goes; `name` is that of the directive."""


class Place(SphinxDirective):
    """A directive that leaves its place."""

    def run(self):
        return [place(name=self.name)]


class RegisterPlace(Place):
    """One for what is made of the whole register: its page is written again when any of that changes."""

    def run(self):
        register(self.env).note("whole", self.env.docname, {"view": self.name})
        return super().run()


def places(document: nodes.document, *names: str) -> Iterator[place]:
    """The places that directives of these names left on a page."""
    return (node for node in list(document.findall(place)) if node["name"] in names)


def setup(app: Sphinx) -> None:
    app.add_node(place)
