"""What the book rests on: how many numbers and findings on originals, copies, the press, second hand, a party's word.

{source-quality} shows it with the list of sources; each entry of the bibliography says who uses it.
"""

from html import escape

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief.ext import anchors, filters
from brief.ext.citations import standing
from brief.ext.citations.sources import short_citation
from brief.ext.compat.of_bibliographies import citation_ids, entries
from brief.ext.datasets.published import SOURCES, published, said
from brief.ext.domain import register
from brief.ext.facts import quotes
from brief.ext.nodes import table_uri
from brief.ext.pages.used_by import called
from brief.ext.places import places
from brief.ext.templating import render
from brief.names import chapter_of

# What a source was published as, by a column of its table; a badge says no more how it reached us.
FORM = (SOURCES, "source", "kind")
FORMS = {
    "dataset": "Data set",
    "paper": "Paper",
    "report": "Report",
    "official": "Official text",
    "company": "A company's page",
    "news": "Press",
    "commentary": "Blog, forum or opinion",
}


class ShowSourceQuality(SphinxPostTransform):
    """{source-quality}: how many numbers and findings rest on what kind of source, and the list of sources."""

    def run(self, **kwargs):
        for node in places(self.document, "source-quality"):
            node.replace_self(self.made())

    def made(self) -> list[nodes.Node]:
        domain, known = register(self.env), entries(self.env)
        facts, rows = domain.everything("facts"), []
        judged = [  # each finding with the sources of what it compares
            (doc, record, {key for test in domain.tests_of(doc, record["id"]) for key in test["sources"]})
            for doc, record in domain.everything("findings")
        ]
        kinds, form = {key: standing.of(entry)[0] for key, entry in known.items()}, said(self.app, *FORM)
        for name, words in standing.KINDS.items():
            own = {key for key, kind in kinds.items() if kind == name}
            counts = []
            for rests in ([{*fact["sources"]} for _, fact in facts], [keys for *_, keys in judged]):
                counts += [sum(bool(own & on) for on in rests), sum(bool(on) and on <= own for on in rests)]
            rows.append((name, words, len(own), counts))
        items = [self.item(key, kinds[key], facts, judged) | {"form": form.get(key, "")} for key in known]
        items = sorted(
            (item for item in items if item["facts"] or item["findings"]), key=lambda i: (-len(i["facts"]), i["short"])
        )
        chapters = {chapter_of(doc): self.env.titles[doc].astext() for doc, _ in facts}
        choices = [
            ("kind", "Kind of source", filters.counted((i["kind"] for i in items), standing.KINDS)),
            ("published", "Published as", filters.counted((i["form"] for i in items), FORMS)),
            ("chapter", "Chapter", filters.counted((c for i in items for c in i["chapters"]), chapters)),
        ]
        html = render(
            "source-quality.html", rows=rows, items=items, facts=len(facts), findings=len(judged), list="#source-list",
            all=f"{len(items)} sources", choices=choices, orders=[("name", "name")], first="numbers", step=40,
        )  # fmt: skip
        return [nodes.raw("", html, format="html")]

    def item(self, key: str, kind: str, facts: list, judged: list) -> dict:
        """What the list says of a source: its badge, and the numbers and findings that rest on it."""
        entry, link = entries(self.env)[key], self.app.builder.get_relative_uri
        here, cited = self.env.docname, citation_ids(self.env)
        ledger = link(here, self.config.brief_ledger_page)
        own = [(doc, fact) for doc, fact in facts if key in fact["sources"]]
        mine = [(doc, record) for doc, record, keys in judged if key in keys]
        place = f"{link(here, self.config.brief_bibliography_page)}#{cited[key]}" if key in cited else ""
        return {
            "short": short_citation(entry),
            "kind": kind,
            "badge": standing.of(entry)[1],
            "to": place,
            "facts": [
                (quotes.text_of(f), f"{chapter_of(doc)}.{f['id']}", f"{ledger}#{anchors.fact(doc, f['id'])}")
                for doc, f in own
            ],
            "findings": [(r["id"], f"{link(here, doc)}#{anchors.finding(r['id'])}") for doc, r in mine],
            "chapters": sorted({chapter_of(doc) for doc, _ in [*own, *mine]}),
        }


class ShowUses(SphinxPostTransform):
    """Under each entry of a bibliography, who uses it; before them, the form that filters them."""

    def run(self, **kwargs):
        found = standing.listed(self.env, self.document)
        if not found:
            return
        known, titles, kinds, chapters = entries(self.env), {}, [], []
        pages_by, tables_by = self.using()
        form, published_as = said(self.app, *FORM), []
        for citation, key in found:
            pages, tables = pages_by.get(key, []), tables_by.get(key, [])
            names = [chapter_of(page) for page in pages]
            titles |= {chapter_of(page): called(self.env, page) for page in pages}
            kind = standing.of(known[key])[0] if key in known else ""
            kinds.append(kind)
            published_as.append(form.get(key, ""))
            chapters += names
            links = [(self.app.builder.get_relative_uri(self.env.docname, p), called(self.env, p)) for p in pages]
            links += [(table_uri(self.config, name, self.env.docname), name) for name in tables]
            uses = ", ".join(f'<a href="{to}">{escape(words)}</a>' for to, words in links)
            data = f'data-facets data-kind="{kind}" data-published="{published_as[-1]}" '
            data += f'data-chapter="{"|".join(names)}" data-sort-uses="{len(links)}"'
            html = f' <span class="used-in" {data}>{"Used in " if uses else "Not used"}{uses}</span>'
            citation.children[-1].append(nodes.raw("", html, format="html"))
        first = found[0][0]
        choices = [
            ("kind", "Kind of source", filters.counted(kinds, standing.KINDS)),
            ("published", "Published as", filters.counted(published_as, FORMS)),
            ("chapter", "Used in", filters.counted(chapters, dict(sorted(titles.items(), key=lambda t: t[1])))),
        ]
        orders = [("uses", "uses, most first")]
        form = filters.form(".citation-list", f"{len(found)} sources", choices, orders=orders, first="name", step=60)
        first.parent.insert(first.parent.index(first), form)

    def using(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """The pages whose text, numbers or findings rest on a source, and the tables that do, by its key."""
        pages, tables = {}, {}
        for doc in self.env.toctree_includes.get(self.config.root_doc, []):
            for key in standing.behind(self.env, doc):
                pages.setdefault(key, []).append(doc)
        for name, table in published(self.app).items():
            for use in table.sources if name != SOURCES else ():
                tables.setdefault(use.source.key, []).append(name)
        return pages, tables
