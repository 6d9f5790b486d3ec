"""The register: everything the kernels recorded and the pages quote, by page. A Sphinx domain.

Four beats, as in Sphinx's own domains: pages are collected while they are read, the whole is checked once
when all are read (`checks`, `incremental`), resolved in post-transforms, and forgotten in `clear_doc`.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from sphinx.domains import Domain, ObjType

from brief import project, settings
from brief.ext import anchors
from brief.names import chapter_of, row_name
from brief.records import FACT, FIGURE, READS, SKETCH, STANDING, TABLE

_BY_PAGE = (
    "tables",
    "reads",
    "facts",
    "rows",
    "conditions",
    "tests",
    "figures",
    "findings",
    "quotes",
    "misquoted",
    "inputs",
    "whole",
    "metadata",
    "sketches",
    "sketched",
    "standings",
)


def chapters(env) -> list[str]:
    """The chapters' pages, by name."""
    return sorted(doc for doc in env.found_docs if settings.is_chapter(doc, env.config))


class Register(Domain):
    """Records by page: `self.data[kind][docname]` is a list of dicts, each with its `line`."""

    name = "brief"
    label = "Facts, findings and figures"
    data_version = 12
    initial_data = {kind: {} for kind in _BY_PAGE}  # noqa: RUF012 (Sphinx's contract)

    object_types = {kind: ObjType(kind, kind) for kind in ("fact", "finding", "figure", "table")}  # noqa: RUF012

    _KINDS = {  # noqa: RUF012
        FACT: "facts",
        FIGURE: "figures",
        TABLE: "tables",
        READS: "reads",
        SKETCH: "sketches",
        STANDING: "standings",
    }

    def __init__(self, env) -> None:
        super().__init__(env)
        self._named: dict[str, dict[tuple[str, str], tuple[str, dict]]] = {}  # by kind; see `find`

    def note(self, kind: str, docname: str, record: dict) -> None:
        """Keep a record of `kind` for a page."""
        self.data[kind].setdefault(docname, []).append(record)
        self._named.pop(kind, None)

    def keep(self, kind: str, docname: str, records: Sequence[Mapping]) -> None:
        """Have these records of `kind` for a page, and no others."""
        self.data[kind][docname] = [*records]
        self._named.pop(kind, None)

    def note_record(self, mime: str, docname: str, record: dict, line: int) -> None:
        """Keep a record of a notebook's outputs, under its page and the line of its cell."""
        self.note(self._KINDS[mime], docname, {**record, "line": line})

    def note_test(self, docname: str, kind: str, id: str, test: str, line: int) -> None:
        """Keep a condition over facts, to be tested when all facts are known; see `facts.conditions`."""
        self.note("tests", docname, {"id": id, "kind": kind, "test": test.strip(), "line": line})

    def of(self, kind: str, docname: str) -> list[dict]:
        """The records of one page."""
        return self.data[kind].get(docname, [])

    def own(self, kind: str, docname: str, id: str) -> dict | None:
        """The record of a page that is called so, among those noted by now."""
        return next((record for record in self.of(kind, docname) if record["id"] == id), None)

    def everything(self, kind: str) -> list[tuple[str, dict]]:
        """All (docname, record) pairs, in a stable order."""
        return [(doc, record) for doc in sorted(self.data[kind]) for record in self.data[kind][doc]]

    def tests_of(self, docname: str, finding: str) -> list[dict]:
        """The conditions that a finding of a page holds under."""
        return [c for c in self.of("conditions", docname) if c["kind"] == "finding" and c["id"] == finding]

    def homes(self) -> dict[str, str]:
        """The chapters' pages by the names that their tables' folders have."""
        return {chapter_of(doc): doc for doc in chapters(self.env)}

    def settle_rows(self) -> None:
        """Put the rows of tables that pages quote by their ids among the facts, once each, when all pages are read.

        A row belongs to the chapter whose tables it is among, whoever quotes it, so that a number has one address;
        where no chapter is called so, to the first page that quotes it.
        """
        for doc, facts in self.data["facts"].items():
            self.data["facts"][doc] = [fact for fact in facts if "row" not in fact or "named" in fact]
        self._named.clear()
        homes = self.homes()
        first: dict[str, tuple[str, dict]] = {}
        for page, noted in self.everything("rows"):
            if not noted["name"]:
                first.setdefault(noted["row"], (page, noted))
        for row, (page, noted) in first.items():
            home = homes.get(row.partition("/")[0], page)
            self.note("facts", home, {**noted["fact"], "row": row, "line": noted["line"]})

    def find(self, kind: str, target: str, docname: str) -> tuple[str, dict] | None:
        """The record `target` names from `docname`: "id" on the same page, "chapter.id", or "table#row"."""
        if kind not in self._named:
            self._named[kind] = named = {}
            for doc, record in self.everything(kind):
                keys = [(doc, record["id"]), (f"{chapter_of(doc)}.", record["id"]), ("#", record.get("row"))]
                for key in keys:
                    named.setdefault(key, (doc, record))
        if "#" in target:
            return self._named[kind].get(("#", row_name(target, docname)))
        chapter, dot, short = target.rpartition(".")
        return self._named[kind].get((chapter + dot or docname, short))

    def nearest(self, kind: str, target: str, docname: str) -> str:
        """ "; the nearest is 'gold'" for a name that no record of `kind` has; "" where none is near."""
        names = [f"{chapter_of(doc)}.{record['id']}" for doc, record in self.everything(kind)]
        names += [record["id"] for record in self.of(kind, docname)]
        elsewhere = [name for name in names if name.endswith(f".{target}")]
        near = elsewhere or get_close_matches(target, names, n=1)
        return f"; the nearest is {near[0]!r}" if near else ""

    def get_objects(self):
        """(name, shown name, type, page, anchor, priority) of what other books can refer to, in objects.inv."""
        for kind, page, anchor in (
            ("fact", self.env.config.brief_ledger_page, anchors.fact),
            ("figure", "", anchors.figure),
        ):
            for doc, r in self.everything(f"{kind}s"):
                name = f"{chapter_of(doc)}.{r['id']}"
                yield name, name, kind, page or doc, anchor(doc, r["id"]), 1
        for doc, r in self.everything("findings"):
            name = f"{chapter_of(doc)}.{r['id']}"
            yield name, name, "finding", doc, anchors.finding(r["id"]), 1
        for entry in project.package(project.find_root(self.env.srcdir))["resources"]:
            name = entry["name"]
            yield name, entry["title"], "table", self.env.config.brief_catalogue_page, anchors.table(name), 1

    def get_type_name(self, type, primary=False) -> str:
        return type.lname.capitalize()

    def clear_doc(self, docname: str) -> None:
        for kind in _BY_PAGE:
            self.data[kind].pop(docname, None)
        self._named.clear()

    def merge_domaindata(self, docnames, otherdata) -> None:
        for kind in _BY_PAGE:
            for docname in docnames:
                if docname in otherdata[kind]:
                    self.data[kind][docname] = otherdata[kind][docname]
        self._named.clear()


def register(env) -> Register:
    """The register of a build environment."""
    return env.get_domain("brief")
