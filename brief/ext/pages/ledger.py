"""The evidence ledger and each chapter's list of tables and sources: made from the register."""

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from brief import formats, formulas
from brief.ext import anchors
from brief.ext.citations.metadata import publication
from brief.ext.domain import register
from brief.ext.facts import conditions, judgements, quotes
from brief.ext.nodes import cite, fold, plain_table, separated, table_link
from brief.names import chapter_of


class register_view(nodes.General, nodes.Element):
    """Where a view of the register goes, until all pages are read: `view` names it."""


class RegisterDirective(SphinxDirective):
    """{fact-ledger}, {finding-ledger}, {indicator-ledger}, {figure-list}, {chapter-sources}."""

    def run(self):
        if self.name != "chapter-sources":
            register(self.env).note("whole", self.env.docname, {"view": self.name})
        return [register_view(view=self.name)]


class ShowRegister(SphinxPostTransform):
    """Fill each view. Before cross-references are resolved, so that links and citations are found."""

    default_priority = 5

    def run(self, **kwargs):
        views = {
            "fact-ledger": self.facts,
            "finding-ledger": self.findings,
            "indicator-ledger": self.indicators,
            "figure-list": self.figures,
            "chapter-sources": self.sources,
        }
        for node in list(self.document.findall(register_view)):
            node.replace_self(views[node["view"]]())

    def chapters(self, kind: str) -> list[tuple[str, list[dict]]]:
        """Records of `kind` by chapter, in the order of the contents."""
        domain = register(self.env)
        order = list(self.env.toctree_includes.get(self.config.root_doc, []))
        pages = {doc for doc, _ in domain.everything(kind)}
        known = sorted(pages, key=lambda doc: (order.index(doc) if doc in order else len(order), doc))
        return [(doc, domain.of(kind, doc)) for doc in known]

    def link(self, doc: str, text: str, id: str) -> nodes.reference:
        """A link to an element of another page."""
        uri = self.app.builder.get_relative_uri(self.env.docname, doc) + (f"#{id}" if id else "")
        return nodes.reference("", text, internal=True, refuri=uri)

    def grouped(self, kind: str, head, row, ids=None, keep=lambda r: True) -> list[nodes.Node]:
        """A heading and a table for each chapter that has records."""
        result = []
        for doc, records in self.chapters(kind):
            kept = sorted(filter(keep, records), key=lambda r: r["line"])
            if kept:
                title = self.env.titles[doc].astext() if doc in self.env.titles else doc
                result.append(nodes.paragraph("", "", nodes.strong("", title), classes=["ledger-chapter"]))
                rows = [ids(doc, r["id"]) for r in kept] if ids else None
                result.append(plain_table(head, [row(doc, r) for r in kept], classes=["ledger"], ids=rows))
        return result

    def first_quotes(self) -> dict[tuple[str, str], str]:
        """The page that quotes each (page, fact id): its own chapter before all others."""
        domain, first = register(self.env), {}
        for page, quote in domain.everything("quotes"):
            if found := domain.find("facts", quote["target"], page):
                key = found[0], found[1]["id"]
                first[key] = page if page == key[0] else first.get(key, page)
        return first

    def facts(self):
        """Every fact: value, what it is, its tables and sources; its name leads to where it is quoted first."""
        here, quoted = self.env.docname, self.first_quotes()

        def row(doc, r):
            unit = ", ".join(part for part in (formats.beside(quotes.text_of(r), r["unit"]), r["period"]) if part)
            tables = separated([table_link(self.config, t, here) for t in r["tables"]])
            page = quoted.get((doc, r["id"]))
            name = [self.link(page or doc, f"{chapter_of(doc)}.{r['id']}", anchors.quote(doc, r["id"]) if page else "")]
            place = quotes.permanent(self.app, doc, r) or f"#{anchors.fact(doc, r['id'])}"
            cited = nodes.reference("", "cite", refuri=place, classes=["cite-number"])
            cited["reftitle"] = f"This number in edition {publication(self.app).version}"
            value = [nodes.paragraph("", "", nodes.Text(f"{quotes.text_of(r)} "), cited)]
            value += [nodes.paragraph("", line, classes=["estimate"]) for line in formulas.estimates(r)]
            value += calculated(r)
            return name, value, unit, tables, [cite(r["sources"], here)]

        return self.grouped("facts", ("Fact", "Value", "Unit, period", "Data", "Sources"), row, anchors.fact)

    def findings(self):
        """Every finding with its confidence, its conditions and how near it is to falling."""
        domain, here = register(self.env), self.env.docname

        def row(doc, r):
            tests = [c for c in domain.of("conditions", doc) if c["kind"] == "finding" and c["id"] == r["id"]]
            lines = [nodes.paragraph("", f"{c['says']}: {conditions.shown(c)}") for c in tests]
            sentence = self.link(doc, r["id"], anchors.finding(r["id"]))
            confidence = [nodes.paragraph("", f"{r['confidence'].capitalize()}: {r['because']}")]
            if r["likelihood"]:
                confidence.append(nodes.paragraph("", f"Likelihood: {r['likelihood']}"))
            tables = sorted({table for c in tests for table in c["tables"]})
            keys = sorted({key for c in tests for key in c["sources"]})
            links = separated([table_link(self.config, table, here) for table in tables])
            text = nodes.paragraph("", judgements.sentence_of(domain, doc, r))
            finding = [nodes.paragraph("", "", sentence), text]
            return finding, confidence, lines or "", links, [cite(keys, here)] if keys else ""

        head = ("Finding", "Confidence", "Holds while", "Data", "Sources")
        return self.grouped("findings", head, row)

    def indicators(self):
        """Every indicator to watch and where it stands."""

        def row(doc, r):
            now = conditions.stands(r)
            return r["says"], conditions.threshold(r), conditions.value_of(r), now

        head = ("Indicator", "Would change our view if", "Now", "Status")
        return self.grouped("conditions", head, row, keep=lambda r: r["kind"] == "indicator")

    def figures(self):
        """Every figure by its point, linked."""
        items = nodes.bullet_list()
        for doc, records in self.chapters("figures"):
            for r in records:
                label = f"{chapter_of(doc)}-{r['id']}"
                reference = addnodes.pending_xref(
                    "", nodes.inline(text=r["title"]), refdomain="std", reftype="ref", reftarget=label,
                    refdoc=self.env.docname, refexplicit=True, refwarn=True,
                )  # fmt: skip
                items += nodes.list_item("", nodes.paragraph("", "", reference))
        return [items]

    def sources(self):
        """The tables a chapter read, and the sources behind its facts and figures."""
        domain, here = register(self.env), self.env.docname
        tables = sorted({r["name"] for r in domain.of("tables", here)} - {"shared/economies"})
        keys = {
            key for kind in ("facts", "figures", "conditions") for r in domain.of(kind, here) for key in r["sources"]
        }
        lines = [
            nodes.paragraph(
                "", "", nodes.strong("", "Tables: "), *separated([table_link(self.config, t, here) for t in tables])
            )
        ]
        if keys:
            listed = nodes.paragraph("", "", nodes.strong("", "Sources: "), cite(sorted(keys), here))
            lines.append(fold("", listed, summary=f"The {len(keys)} sources of this page", classes=["to-print"]))
        return lines


def calculated(record: dict) -> list[nodes.Node]:
    """How a fact was computed, what each number of that is, and what its row says of it: a line each."""
    lines = formulas.explained(record, quotes.text_of(record))
    return [nodes.paragraph("", line, classes=["calculation"]) for line in lines]


def setup(app: Sphinx) -> None:
    app.add_node(register_view)
    for name in ("fact-ledger", "finding-ledger", "indicator-ledger", "figure-list", "chapter-sources"):
        app.add_directive(name, RegisterDirective)
