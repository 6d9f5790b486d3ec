"""The {fact} role: quote a recorded value in prose, on its own page or on any other."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from brief import formats, formulas
from brief.ext import anchors
from brief.ext.citations import reference_files, standing
from brief.ext.citations.metadata import publication
from brief.ext.citations.sources import short_citation
from brief.ext.compat.of_bibliographies import citation_ids, entries
from brief.ext.domain import register
from brief.ext.facts import cells, rows
from brief.ext.figures.downloads import resources
from brief.ext.nodes import table_uri
from brief.ext.reading.source_line import source_line
from brief.ext.templating import json_in_script
from brief.names import chapter_of
from brief.records import CellRead

logger = logging.getLogger(__name__)


class fact_quote(nodes.Inline, nodes.TextElement):
    """A quoted fact, until its value is known: `target`, `fmt`."""


class FactRole(ReferenceRole):
    """{fact}`id`, {fact}`chapter.id`, {fact}`table#row`, {fact}`id <table#key.column>` (a cell, and what it is called).

    Each with |format where it shall read otherwise, of a cell that is named here also wherever else it is quoted.
    """

    def run(self):
        node, name, docname = fact_quote(f"{{fact}}`{self.text}`"), "", self.env.docname
        self.set_source_info(node)
        try:
            name, target, fmt = cells.parsed(self.text)
            if name or "#" in target:
                rows.note_row(self.env, target, node.line, name, fmt if name else "")
        except ValueError as error:
            where = (docname, source_line(self.env.doc2path(docname), node.line, self.text))
            logger.warning(f"{{fact}}`{self.text}`: {error}", location=where, type="brief", subtype="fact")
            register(self.env).note("misquoted", docname, {"id": name})
            return [nodes.literal("", node.rawsource)], []
        node["target"], node["fmt"] = name or target, "" if name else fmt
        register(self.env).note("quotes", docname, {"target": node["target"], "fmt": node["fmt"], "line": node.line})
        return [node], []


def permanent(app: Sphinx, docname: str, record: dict) -> str:
    """The address of a fact's row in the ledger of this edition, which cites the number; "" before it is known."""
    return publication(app).address(app.config.brief_ledger_page, anchors.fact(docname, record["id"]))


def row_uri(app: Sphinx, cell: CellRead, docname: str) -> str:
    """What leads from a page to the row of a cell, on its table's page."""
    name = cell["table"]
    return f"{table_uri(app.config, name, docname)}#{anchors.row(resources(app)[name]['schema'], cell['row'])}"


def described(record: dict) -> str:
    """One line that says what a fact is: value, unit, period, table."""
    said = ", ".join(filter(None, (text_of(record), what_of(record))))
    return f"{said} (from {', '.join(record['tables'])})"


def what_of(record: dict, text: str = "") -> str:
    """What a fact is of, beside its value, which reads as `text`: "tonnes, 2025"."""
    return ", ".join(filter(None, (formats.beside(text or text_of(record), record["unit"]), record["period"])))


def text_of(record: dict, fmt: str = "") -> str:
    """A fact as it reads in a sentence; raises ValueError when the format does not fit."""
    return formats.render(record["value"], fmt or record["fmt"])


def quoted(domain, docname: str, target: str, fmt: str = "") -> str | None:
    """How `target`, named as {fact} names it, reads on a page; None when there is no such fact or the format is none.

    That was said once, with its line, by `report_quotes`.
    """
    found = domain.find("facts", target, docname)
    try:
        return text_of(found[1], fmt) if found else None
    except ValueError:
        return None


class QuoteFacts(SphinxPostTransform):
    """Replace quotes by the value, linked to its row in the ledger."""

    default_priority = 5

    def run(self, **kwargs):
        docname, shown = self.env.docname, {}
        self.cited = citation_ids(self.env)
        for node in list(self.document.findall(fact_quote)):
            text = quoted(register(self.env), docname, node["target"], node["fmt"])
            if text is None:  # in a draft, what was written stays
                node.replace_self(nodes.literal("", node.rawsource))
                continue
            home, record = register(self.env).find("facts", node["target"], docname)
            uri = self.app.builder.get_relative_uri(docname, self.config.brief_ledger_page)
            uri += "#" + anchors.fact(home, record["id"])
            link = nodes.reference("", text, internal=True, refuri=uri, classes=["fact"])
            link["reftitle"] = described(record)
            if uri not in shown:  # the ledger leads back to the first place that quotes a fact
                link["ids"].append(anchors.quote(home, record["id"]))
            if record["estimates"] or formulas.formula(record, text) or formulas.said(record):
                link["classes"].append("says-more")
            node.replace_self(link)
            shown[uri] = self.papers(home, record)
        if shown:
            shared = {"by": publication(self.app).short, "files": reference_files.of_numbers(self.app), "facts": shown}
            script = f'<script type="application/json" id="brief-facts">{json_in_script(shared)}</script>'
            self.document += nodes.raw("", script, format="html")

    def papers(self, home: str, record: dict) -> dict:
        """What the card of a fact shows: value, unit, period, how it was computed, who says it, tables and sources."""
        link, here = self.app.builder.get_relative_uri, self.env.docname
        bibliography = link(here, self.config.brief_bibliography_page)
        known = entries(self.env)
        sources = [
            [short_citation(known[key]), f"{bibliography}#{self.cited[key]}", standing.of(known[key])[1]]
            for key in record["sources"]
        ]
        return {
            "value": text_of(record),
            "unit": formats.beside(text_of(record), record["unit"]),
            "period": record["period"],
            "estimates": [[formulas.estimate(e, record["fmt"]), e["who"], e["what"]] for e in record["estimates"]],
            "formula": formulas.formula(record, text_of(record)),
            "operands": [
                [text, words, row_uri(self.app, cell, here)] for text, words, cell in formulas.operands(record)
            ],
            "said": formulas.said(record),
            "id": f"{chapter_of(home)}.{record['id']}",
            "link": permanent(self.app, home, record)
            or link(here, self.config.brief_ledger_page) + "#" + anchors.fact(home, record["id"]),
            "tables": [[table, table_uri(self.config, table, here)] for table in record["tables"]],
            "sources": sorted(sources),
        }


def report_unread(app: Sphinx, doctree: nodes.document) -> None:
    """Warn, with file and line, of a {fact} that stands on the page as it was typed."""
    for text in doctree.findall(nodes.Text):
        if "{fact}`" in text and not isinstance(text.parent, nodes.literal | nodes.literal_block):
            message = f"{{fact}} is not read in {text.astext()[:60]!r}: in a table | is written \\|; options have none"
            logger.warning(message, location=text.parent, type="brief", subtype="fact")


def report_quotes(app: Sphinx, env) -> None:
    """Warn, with file and line, of facts quoted but unknown, or in a format that does not fit.

    Not of those that are the name of a cell which could not be read: that was said.
    """
    domain, told = register(env), set()
    for doc, unread in domain.everything("misquoted"):
        told |= {(doc, unread["id"]), f"{chapter_of(doc)}.{unread['id']}"}
    for doc, quote in domain.everything("quotes"):
        found, message = domain.find("facts", quote["target"], doc), ""
        if found is None and {(doc, quote["target"]), quote["target"]} & told:
            continue
        if found is None:
            message = f"there is no fact {quote['target']!r}{domain.nearest('facts', quote['target'], doc)}"
        else:
            try:
                text_of(found[1], quote["fmt"])
            except ValueError as error:
                message = f"fact {quote['target']}: {error}"
        if message:
            where = (doc, source_line(env.doc2path(doc), quote["line"], quote["target"]))
            logger.warning(message, location=where, type="brief", subtype="fact")


def _visit(self, node):
    self.body.append("<span>")


def _depart(self, node):
    self.body.append("</span>")


def setup(app: Sphinx) -> None:
    app.add_node(fact_quote, html=(_visit, _depart))
    app.add_role("fact", FactRole())
