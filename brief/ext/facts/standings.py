"""{standings}: where economies stand against one another, a row for each measure that the chapters recorded."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from brief import formats
from brief.ext.domain import register
from brief.ext.nodes import plain_table
from brief.names import chapter_of


class standing_table(nodes.General, nodes.Element):
    """Where the comparison goes, once every chapter is read."""


class StandingsDirective(SphinxDirective):
    """{standings}: the table."""

    def run(self):
        register(self.env).note("whole", self.env.docname, {"view": "standings"})
        return [standing_table()]


def bar(value: float | None, most: float, text: str) -> list[nodes.Node]:
    """A cell: its text over a bar of its share of the row's largest value, none for nought and less."""
    share = 100 * max(value or 0, 0) / most if most > 0 else 0
    kind = "cell-bar" if value is not None else "cell-bar absent"
    return [nodes.raw("", f'<span class="{kind}" style="--share: {share:.1f}%">{escape(text)}</span>', format="html")]


def recorded(env) -> list[tuple[str, dict]]:
    """Every standing with its page, in the order of the chapters."""
    order = list(env.toctree_includes.get(env.config.root_doc, []))
    return sorted(register(env).everything("standings"), key=lambda pair: (order.index(pair[0]), pair[1]["line"]))


class ShowStandings(SphinxPostTransform):
    """Fill the table, measures in the order of the chapters."""

    default_priority = 5

    def run(self, **kwargs):
        for node in list(self.document.findall(standing_table)):
            found = recorded(self.env)
            names = [cell["name"] for cell in found[0][1]["cells"]] if found else []
            node.replace_self(plain_table(("Measure", *names), [self.row(*pair) for pair in found], ["standings"]))

    def row(self, docname: str, record: dict) -> tuple:
        """A measure: its name leads to its chapter."""
        uri = self.app.builder.get_relative_uri(self.env.docname, docname)
        link = nodes.reference("", record["label"], internal=True, refuri=uri)
        about = nodes.inline("", f" {', '.join(p for p in (record['unit'], record['period']) if p)}", classes=["about"])
        most = max(cell["value"] for cell in record["cells"] if cell["value"] is not None)
        texts = [
            record["absent"] if c["value"] is None else formats.render(c["value"], record["fmt"])
            for c in record["cells"]
        ]
        bars = [bar(c["value"], most, text) for c, text in zip(record["cells"], texts, strict=True)]
        link["reftitle"] = f"In the chapter on {chapter_of(docname)}"
        return ([link, about], *bars)


def setup(app: Sphinx) -> None:
    app.add_node(standing_table)
    app.add_directive("standings", StandingsDirective)
