"""The {chart} directive: where a figure that a cell above recorded stands, and what it says in words."""

import re
from collections.abc import Iterator

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
from brief.ext.places import refuse_repeated_options

logger = logging.getLogger(__name__)
TITLE_WORDS = 12
FACT = re.compile(r"\{fact\}`([^`|]+)\|?([^`]*)`")


class ChartDirective(SphinxDirective):
    """:::{chart} id, with the figure's words as options.

    title: the point, in at most twelve words. subtitle: measure, unit, period, base. note: a break of method, a base,
    a caution. Numbers in them are {fact}s of cells above. holds: what words of the title claim, a condition over facts
    a line: "lag-now > lag-then: has grown since".
    """

    required_arguments = 1
    option_spec = {  # noqa: RUF012 (docutils' contract)
        "title": directives.unchanged_required,
        "subtitle": directives.unchanged_required,
        "note": directives.unchanged_required,
        "holds": directives.unchanged_required,
    }

    def run(self):
        id, words = self.arguments[0], {"note": "", **self.options}
        refuse_repeated_options(self)
        holds = words.pop("holds", "")
        record = register(self.env).own("figures", self.env.docname, id)
        if record is None:
            raise self.error(f"chart {id}: no cell above it records it: figure({id!r}, ...)")
        if record["placed"]:
            raise self.error(f"chart {id}: it is on this page already")
        record["placed"] = True
        for line in holds.splitlines():
            register(self.env).note_test(self.env.docname, "figure", id, line, self.lineno)
        quotes = [quote[1].strip() for text in words.values() for quote in FACT.finditer(text)]
        spelled = " ".join(FACT.sub("", text) for text in words.values())
        words = {name: FACT.sub(self.value, text) for name, text in words.items()}
        # It is shown with what is wrong: else each reference to it would be an error too.
        record.update({"title": id, "subtitle": "", **words}, spelled=spelled, quotes=quotes, line=self.lineno)
        for wrong in self.wrong(words):
            self.warn(wrong)
        return [self.figure(record)]

    def wrong(self, words: dict[str, str]) -> Iterator[str]:
        """What is wrong with a figure's words, a line each."""
        if missing := [name for name in ("title", "subtitle") if name not in words]:
            yield f"it has no {' and no '.join(missing)}"
        for name, text in words.items():
            if letter := typography.absent(text):  # these stand on the image that a figure is taken away as
                yield f"the letters of the drawings have no {letter}, in its {name}"
        if (count := len(words.get("title", "").split())) > TITLE_WORDS:
            yield f"its title has {count} words, more than {TITLE_WORDS}"

    def warn(self, wrong: str) -> None:
        where = (self.env.docname, self.lineno)
        logger.warning(f"chart {self.arguments[0]}: {wrong}", location=where, type="brief", subtype="figure")

    def value(self, quote: re.Match) -> str:
        """A fact as it reads: words of images and data packages are plain text, and can't wait for it."""
        id, fmt = quote[1].strip(), quote[2].strip()
        fact = register(self.env).own("facts", self.env.docname, id)
        try:
            if "<" in id:
                raise ValueError("a cell gets its name in a sentence above, and is quoted by that here")
            if fact is None:
                raise ValueError("no cell or sentence above it records it")
            return formats.render(fact["value"], fmt or fact["fmt"])
        except ValueError as error:
            self.warn(f"fact {id!r}: {error}")
            return quote[0]

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
    """Warn, with file and line, of figures that no {chart} on their page shows, and let nothing be made of them."""
    figures = register(env).data["figures"]
    for doc in sorted(figures):
        for record in figures[doc]:
            if not record["placed"]:
                message = f"figure {record['id']} is shown nowhere: {{chart}} {record['id']} says where, with its title"
                logger.warning(message, location=(doc, record["line"]), type="brief", subtype="figure")
        register(env).keep("figures", doc, [record for record in figures[doc] if record["placed"]])


def setup(app: Sphinx) -> None:
    app.add_directive("chart", ChartDirective)
