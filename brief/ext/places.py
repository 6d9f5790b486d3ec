"""Places that directives leave on pages, to be filled by transforms when all pages are read."""

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

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


def refuse_repeated_options(directive: SphinxDirective) -> None:
    """Raise the error of a directive in which an option stands twice: MyST would take the last.

    Read in the page's file, since MyST gives a directive its options and not their text.
    """
    lines = Path(directive.env.doc2path(directive.env.docname)).read_text("utf-8").splitlines()[directive.lineno :]
    head = takewhile(lambda line: line.startswith(":") and not line.startswith(":::"), lines)
    names = [found[1] for line in head if (found := re.match(r":([a-z]+):", line))]
    for name in names:
        if names.count(name) > 1:
            what = f"{directive.name} {directive.arguments[0]}: the option {name} stands twice"
            raise directive.error(f"{what}: what has several lines stands behind |, indented")


class RegisterPlace(Place):
    """One for what is made of the whole register: its page is written again when any of that changes."""

    def run(self):
        register(self.env).note("whole", self.env.docname, {"view": self.name})
        return super().run()


def places(document: nodes.document, *names: str) -> Iterator[place]:
    """The places that directives of these names left on a page; looked for once, before the first is filled."""
    if not hasattr(document, "brief_places"):
        document.brief_places = [*document.findall(place)]
    return (node for node in document.brief_places if node["name"] in names)


def setup(app: Sphinx) -> None:
    app.add_node(place)
