"""The {chart} directive: where a figure that a cell above recorded stands, and what it says in words."""

import re

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from brief import formats, typography
from brief.ext import anchors
from brief.ext.domain import register
from brief.ext.figures.drawings import menu, shown
from brief.ext.nodes import separated, table_link

logger = logging.getLogger(__name__)
TITLE_WORDS = 12
FACT = re.compile(r"\{fact\}`([^`|]+)\|?([^`]*)`")


class ChartDirective(SphinxDirective):
    """:::{chart} id, with the figure's words as options.

    title: the point, in at most twelve words. subtitle: measure, unit, period, base. note: a break of method, a base,
    a caution. Numbers in them are {fact}s of cells above.
    """

    required_arguments = 1
    option_spec = {  # noqa: RUF012 (docutils' contract)
        "title": directives.unchanged_required,
        "subtitle": directives.unchanged_required,
        "note": directives.unchanged_required,
    }

    def run(self):
        id, words = self.arguments[0], {"note": "", **self.options}
        record = next((each for each in register(self.env).of("figures", self.env.docname) if each["id"] == id), None)
        if record is None:
            raise self.error(f"chart {id}: no cell above it records it: figure({id!r}, ...)")
        if record["placed"]:
            raise self.error(f"chart {id}: it is on this page already")
        record["placed"] = True
        if missing := [name for name in ("title", "subtitle") if name not in words]:
            raise self.error(f"chart {id} has no {' and no '.join(missing)}")
        spelled = " ".join(FACT.sub("", text) for text in words.values())
        words = {name: FACT.sub(self.value, text) for name, text in words.items()}
        for name, text in words.items():
            if letter := typography.absent(text):  # these stand on the image that a figure is taken away as
                raise self.error(f"chart {id}: the letters of the drawings have no {letter}, in its {name}")
        if (count := len(words["title"].split())) > TITLE_WORDS:
            raise self.error(f"chart {id}: its title has {count} words, more than {TITLE_WORDS}")
        record.update(words, spelled=spelled, line=self.lineno)
        return [self.figure(record)]

    def value(self, quote: re.Match) -> str:
        """A fact as it reads: words of images and data packages are plain text, and can't wait for it."""
        id, fmt = quote[1].strip(), quote[2].strip()
        fact = next((each for each in register(self.env).of("facts", self.env.docname) if each["id"] == id), None)
        if fact is None:
            raise self.error(f"chart {self.arguments[0]}: no cell above it records the fact {id!r}")
        try:
            return formats.render(fact["value"], fmt or fact["fmt"])
        except ValueError as error:
            raise self.error(f"chart {self.arguments[0]}: fact {id}: {error}") from error

    def figure(self, record: dict) -> nodes.figure:
        """A docutils figure: caption first (the point), then the drawing, then the papers; numbered by Sphinx."""
        name = anchors.figure(self.env.docname, record["id"])
        links = [table_link(self.config, table, self.env.docname) for table in record["tables"]]
        # Citations through the role, so that the bibliography knows that this page cites them.
        cited, _messages = self.parse_inline(f"{{cite:alp}}`{','.join(record['sources'])}`", lineno=self.lineno)
        source = [*cited, nodes.Text(" · Data: "), *separated(links)]
        figure = shown(record, name, source, live=bool(record["live"]))
        figure["names"].append(name)
        figure[-1] += menu(figure=record["id"])
        for node in figure.findall():
            self.set_source_info(node)
        self.state.document.note_explicit_target(figure, figure)
        return figure


def report_wordless(app: Sphinx, env) -> None:
    """Warn, with file and line, of figures that no {chart} on their page shows."""
    for doc, record in register(env).everything("figures"):
        if not record["placed"]:
            message = f"figure {record['id']} is shown nowhere: {{chart}} {record['id']} says where, with its title"
            logger.warning(message, location=(doc, record["line"]), type="brief", subtype="figure")


def setup(app: Sphinx) -> None:
    app.add_directive("chart", ChartDirective)
