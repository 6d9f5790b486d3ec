"""The evidence ledger and each chapter's list of tables and sources: made from the register."""

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief import coverage, formulas
from brief.ext import anchors, filters
from brief.ext.citations import standing
from brief.ext.citations.metadata import publication
from brief.ext.compat.of_bibliographies import entries
from brief.ext.domain import register
from brief.ext.facts import conditions, judgements, quotes
from brief.ext.nodes import cite, fold, plain_table, separated, table_link
from brief.ext.pages import used_by
from brief.ext.pages.table_titles import title_of
from brief.ext.places import places
from brief.names import chapter_of

# What a number is: sources give several, it is computed of several, or it stands in a row as it is.
SORTS = {"stated": "Stated", "computed": "Computed", "disputed": "Disputed"}
# Orders besides that by chapter; one by a choice is in the order of its words, with "-" from the last.
_DATES = [("until", "period, latest first"), ("-until", "period, earliest first")]
OF_FACTS = [*_DATES, ("-made", "disputed, computed, stated"), ("-kind", "kind of source, weakest first")]
OF_FINDINGS = [("confidence", "confidence, highest first"), ("-confidence", "confidence, lowest first"), *_DATES]


class ShowRegister(SphinxPostTransform):
    """Fill each view. Before cross-references are resolved, so that links and citations are found."""

    def run(self, **kwargs):
        views = {
            "fact-ledger": self.facts,
            "finding-ledger": self.findings,
            "indicator-ledger": self.indicators,
            "figure-list": self.figures,
            "chapter-sources": self.sources,
        }
        for node in places(self.document, *views):
            node.replace_self(views[node["name"]]())

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
        result, classes = [], ["ledger", f"ledger-{kind}"]
        for doc, records in self.chapters(kind):
            kept = sorted(filter(keep, records), key=lambda r: r["line"])
            if kept:
                title = self.env.titles[doc].astext() if doc in self.env.titles else doc
                result.append(nodes.paragraph("", "", nodes.strong("", title), classes=["ledger-chapter"]))
                rows = [ids(doc, r["id"]) for r in kept] if ids else None
                result.append(plain_table(head, [row(doc, r) for r in kept], classes=classes, ids=rows))
        return result

    def filtered(self, kind: str, what: str, tables: list[nodes.Node], choices: list[tuple], **more):
        """Tables with a form over them: by chapter and by what `choices` has, (name, title, values, words).

        more: `orders` and `step`, as `filters.form` has them.
        """
        records = [(doc, r) for doc, known in self.chapters(kind) for r in known]
        if not records:
            return tables
        titles = {chapter_of(doc): self.env.titles[doc].astext() for doc, _ in records if doc in self.env.titles}
        offered = [("chapter", "Chapter", filters.counted((chapter_of(doc) for doc, _ in records), titles))]
        offered += [(name, title, filters.counted(values, words)) for name, title, values, words in choices]
        form = filters.form(f"#{kind}-list", f"{len(records)} {what}", offered, items="tbody > tr", **more)
        return [form, nodes.container("", *tables, classes=["filtered"], ids=[f"{kind}-list"])]

    def badged(self, keys: list[str]) -> list[nodes.Node]:
        """Sources, each with the badge that says what it is."""
        known, made = entries(self.env), []
        for key in keys:
            badge = standing.shown(known[key]) if key in known else []
            made.append(nodes.inline("", "", cite([key], self.env.docname), *badge, classes=["source"]))
        return separated(made, " ")

    def kinds(self, keys: list[str]) -> list[str]:
        """What the sources are, by the names of their badges."""
        known = entries(self.env)
        return sorted({standing.of(known[key])[0] for key in keys if key in known} - {""})

    def facts(self):
        """Every fact: value, what it is, tables, sources, who uses it; its name leads to where it is quoted first."""
        domain, here = register(self.env), self.env.docname
        quoting = used_by.quoting(domain)
        compared: dict[str, list[tuple[str, str, str]]] = {}
        anchor_of = {"finding": lambda _page, id: anchors.finding(id), "figure": anchors.figure}
        for page, test in domain.everything("conditions"):
            for name in test["facts"] if test["kind"] in anchor_of else ():
                anchor = anchor_of[test["kind"]](page, test["id"])
                compared.setdefault(name, []).append((page, test["id"], anchor))
        for page, figure in domain.everything("figures"):
            for id in figure["quotes"]:
                name = f"{chapter_of(page)}.{id}"
                compared.setdefault(name, []).append((page, figure["id"], anchors.figure(page, figure["id"])))

        def sort_of(r) -> str:
            computed = r["calculation"] and (r["calculation"]["of"] or len(r["cells"]) > 1)
            return "disputed" if r["estimates"] else "computed" if computed else "stated"

        def row(doc, r):
            tables = separated([table_link(self.config, t, here) for t in r["tables"]])
            full, pages = f"{chapter_of(doc)}.{r['id']}", quoting.get((doc, r["id"]), [])
            name = [self.link(pages[0] if pages else doc, full, anchors.quote(doc, r["id"]) if pages else "")]
            chosen = {"chapter": chapter_of(doc), "kind": self.kinds(r["sources"]), "made": sort_of(r)}
            name.append(filters.facets(**chosen, sort_until=coverage.until(r["period"])))
            place = quotes.permanent(self.app, doc, r) or f"#{anchors.fact(doc, r['id'])}"
            cited = nodes.reference("", "cite", refuri=place, classes=["cite-number"])
            cited["reftitle"] = f"Copy this number of edition {publication(self.app).version} with its citation"
            value = [nodes.paragraph("", "", nodes.Text(f"{quotes.text_of(r)} "), cited)]
            value += [nodes.paragraph("", line, classes=["estimate"]) for line in formulas.estimates(r)]
            value += self.calculated(r)
            uses = [self.link(page, used_by.called(self.env, page), anchors.quote(doc, r["id"])) for page in pages]
            uses += [self.link(*place) for place in dict.fromkeys(compared.get(full, []))]
            return name, value, quotes.what_of(r), tables, self.badged(r["sources"]), separated(uses)

        head = ("Fact", "Value", "Unit, period", "Data", "Sources", "Used in")
        facts = [r for _, r in domain.everything("facts")]
        choices = [
            ("kind", "Kind of source", [kind for r in facts for kind in self.kinds(r["sources"])], standing.KINDS),
            ("made", "Number", [sort_of(r) for r in facts], SORTS),
        ]
        return self.filtered(
            "facts", "numbers", self.grouped("facts", head, row, anchors.fact), choices, orders=OF_FACTS, step=25
        )

    def calculated(self, record: dict) -> list[nodes.Node]:
        """How a fact was computed, each number of that with its row, and what its row says of it: a line each."""
        shown, here = quotes.text_of(record), self.env.docname
        made = formulas.formula(record, shown)
        lines = [[nodes.Text(made)]] if made else []
        for number, words, cell in formulas.operands(record):
            if made or words:
                uri = quotes.row_uri(self.app, cell, here)
                lines.append([nodes.Text(f"{number}: "), nodes.reference("", words, internal=True, refuri=uri)])
        lines += [[nodes.Text(f"{name}: {text}")] for name, text in formulas.said(record)]
        return [nodes.paragraph("", "", *line, classes=["calculation"]) for line in lines]

    def findings(self):
        """Every finding with its confidence, its conditions and how near it is to falling."""
        domain, here = register(self.env), self.env.docname
        known = {f"{chapter_of(doc)}.{r['id']}": r["period"] for doc, r in domain.everything("facts")}

        def periods(tests) -> list[str]:
            return [known[name] for test in tests for name in test.get("facts", ())]

        def row(doc, r):
            tests = domain.tests_of(doc, r["id"])
            lines = [nodes.paragraph("", f"{c['says']}: {conditions.shown(c)}") for c in tests]
            sentence = self.link(doc, r["id"], anchors.finding(r["id"]))
            confidence = [nodes.paragraph("", f"{r['confidence'].capitalize()} confidence: {r['because']}")]
            if r["likelihood"]:
                confidence.append(nodes.paragraph("", f"Likelihood: {r['likelihood']}"))
            tables = sorted({table for c in tests for table in c["tables"]})
            keys = sorted({key for c in tests for key in c["sources"]})
            links = separated([table_link(self.config, table, here) for table in tables])
            text = judgements.sentence_of(domain, doc, r)
            when = coverage.until(" ".join([text, *(c["says"] for c in tests), *periods(tests)]))
            chosen = filters.facets(
                chapter=chapter_of(doc), confidence=r["confidence"], kind=self.kinds(keys), sort_until=when
            )
            finding = [nodes.paragraph("", "", sentence, chosen), nodes.paragraph("", text)]
            return finding, confidence, lines or "", links, self.badged(keys)

        head = ("Finding", "Confidence", "Holds while", "Data", "Sources")
        levels = [r["confidence"] for _, r in domain.everything("findings")]
        words = {level: level.capitalize() for level in judgements.CONFIDENCE}
        choices = [("confidence", "Confidence", levels, words)]
        return self.filtered("findings", "findings", self.grouped("findings", head, row), choices, orders=OF_FINDINGS)

    def indicators(self):
        """Every indicator to watch and where it stands."""

        def row(doc, r):
            now = conditions.stands(r)
            return r["says"], conditions.threshold(r), conditions.value_of(r), now

        head = ("Indicator", "Would change our view if", "Now", "Status")
        tables = self.grouped("conditions", head, row, keep=lambda r: r["kind"] == "indicator")
        return [nodes.container("", *tables, classes=["filtered"])]

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
                "",
                "",
                nodes.strong("", "Tables: "),
                *separated([table_link(self.config, t, here, title_of(self.app, t)) for t in tables], "; "),
                classes=["used-tables"],
            )
        ]
        if keys:
            listed = nodes.paragraph("", "", nodes.strong("", "Sources: "), cite(sorted(keys), here))
            lines.append(fold("", listed, summary=f"The {len(keys)} sources of this page", classes=["to-print"]))
        return lines
