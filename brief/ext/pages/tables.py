"""What pages say of a table: its size, years, release, rows and their addresses, sources, who uses it.

Made of data/datapackage.json, the table and the register, once in a build, for the tables' own pages, for the data
catalogue and for the page of source quality.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sphinx.application import Sphinx

from brief import cellvalues, project, tableschema
from brief.ext import anchors
from brief.ext.citations import csl, standing
from brief.ext.citations.sources import short_citation
from brief.ext.compat.of_bibliographies import citation_ids, entries
from brief.ext.datasets.published import published, said
from brief.ext.domain import chapters
from brief.ext.pages.used_by import Uses, by_table
from brief.ext.pages.verification import records
from brief.names import chapter_of

# A column by whose values rows are chosen has at least two, and few enough for a list.
CHOICES, CHOICE_COLUMNS = 40, 5


@dataclass(frozen=True)
class SourceUse:
    """A source of a table: its key, how it is cited, its place in the bibliography, its badge, how many rows."""

    key: str
    short: str
    id: str
    standing: str
    badge: str
    rows: int


@dataclass(frozen=True)
class Described:
    """One table. entry: its descriptor. held: its rows. uses: what rests on it."""

    app: Sphinx
    entry: dict
    held: tableschema.Table
    uses: Uses
    compared: str  # the day when it was last compared with its sources; "" for never

    @property
    def name(self) -> str:
        return self.entry["name"]

    @property
    def page(self) -> str:
        """The path of its own page in the site."""
        return anchors.table_page(self.app.config.brief_catalogue_page, self.name)

    @cached_property
    def ids(self) -> list[str]:
        """The id of each row on the table's page."""
        schema = self.entry["schema"]
        names = schema.get("primaryKey", [])
        keys = zip(*(self.held.columns[name] for name in names), strict=True)
        shown = ({n: cellvalues.plain(v) for n, v in zip(names, key, strict=True) if v is not None} for key in keys)
        return [anchors.row(schema, key) for key in shown]

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """What the codes of a column stand for, where they are keys into a table that has a column `name`."""
        keys = [key for key in self.entry["schema"].get("foreignKeys", []) if len(key["fields"]) == 1]
        leads = {key["fields"][0]: (key["reference"]["resource"], *key["reference"]["fields"]) for key in keys}
        return {column: said(self.app, *lead, "name") for column, lead in leads.items()}

    @cached_property
    def years(self) -> str:
        """The first and the last year of its rows: "2012 to 2026"; "" where they have none."""
        found = published(self.app)[self.name].years
        return " to ".join(dict.fromkeys(found)) if found else ""

    @cached_property
    def choices(self) -> list[tuple[dict, list[tuple[str, str, int]]]]:
        """The columns by whose values a reader may choose rows, each with its values: (value, words, how many rows)."""
        found = []
        for field in self.entry["schema"]["fields"]:
            values = Counter(filter(None, self.held.texts[field["name"]]))
            few = 1 < len(values) <= min(CHOICES, max(2, len(self.held) // 2))
            if few and field["type"] in ("string", "boolean", "year") and field["name"] != "source":
                names = self.names.get(field["name"], {})
                choice = [(value, names.get(value, value), values[value]) for value in values]
                found.append((field, sorted(choice, key=lambda each: each[1].casefold())))
        return sorted(found, key=lambda each: len(each[1]))[:CHOICE_COLUMNS]

    @cached_property
    def sources(self) -> list[SourceUse]:
        """Its sources, those of most rows first."""
        known, cited = entries(self.app.env), citation_ids(self.app.env)
        rows = Counter(self.held.texts.get("source", []))
        found = [
            SourceUse(key, short_citation(known[key]), cited.get(key, ""), *standing.of(known[key]), number)
            for key, number in rows.items()
            if key in known
        ]
        return sorted(found, key=lambda use: (-use.rows, use.short, use.key))

    @cached_property
    def citations(self) -> dict[str, str]:
        """The table as a citation, by style."""
        return csl.styled(csl.table_item(self.app, self.entry))


def described(app: Sphinx) -> dict[str, Described]:
    """Every table of the book by its name, in the order of the descriptor; made when all pages are read."""
    if not hasattr(app, "brief_described"):
        root = project.find_root(Path(app.srcdir))
        tables = published(app)
        uses = by_table(app, {name: table.entry["schema"] for name, table in tables.items()})
        compared: dict[str, str] = {}
        for record in records(root):
            compared[record["table"]] = max(record["date"], compared.get(record["table"], ""))
        app.brief_described = {
            name: Described(app, table.entry, table.held, uses[name], compared.get(name, ""))
            for name, table in tables.items()
        }
    return app.brief_described


def parts(app: Sphinx) -> dict[str, str]:
    """The chapters' titles by the folders that their tables lie in, in the order of the contents; others by name."""
    titles = {chapter_of(doc): app.env.titles[doc].astext() for doc in chapters(app.env)}
    order = [chapter_of(doc) for doc in app.env.toctree_includes.get(app.config.root_doc, [])]
    folders = sorted({name.partition("/")[0] for name in described(app)})
    folders.sort(key=lambda folder: order.index(folder) if folder in order else len(order))
    return {folder: titles.get(folder, folder.capitalize()) for folder in folders}
