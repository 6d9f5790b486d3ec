"""The tables as they are published: each with its rows, its file, the time and places it is about, its sources."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sphinx.application import Sphinx

from brief import cellvalues, coverage, project, tableschema
from brief.ext import anchors
from brief.ext.citations import csl, licences, standing
from brief.ext.citations.sources import Source, source
from brief.ext.compat.of_bibliographies import citation_ids, entries
from brief.ext.domain import chapters
from brief.ext.figures.safe_csv import safe
from brief.names import chapter_of

ZIP, CROISSANT = "brief-data.zip", "croissant.json"  # files beside the tables: all of it, and what croissant writes
SOURCES = "shared/sources"  # the table that says on which terms each source can be had


# A column by whose values rows are chosen has at least two, and few enough for a list.
CHOICES, CHOICE_COLUMNS = 40, 5


@dataclass(frozen=True)
class Origin:
    """A source of a table and of how many rows, its badge and its place in the bibliography.

    Its terms are in words; where these are a known licence, `licence` is its SPDX name.
    """

    source: Source
    rows: int
    standing: str
    badge: str
    id: str
    terms: str

    @property
    def licence(self) -> str:
        return licences.named(self.terms)


@dataclass(frozen=True)
class Published:
    """One table. entry: its descriptor. content: its file in data/. held: its rows."""

    app: Sphinx
    entry: dict
    content: bytes
    held: tableschema.Table

    @property
    def name(self) -> str:
        return self.entry["name"]

    @property
    def page(self) -> str:
        """The path of its own page in the site."""
        return anchors.table_page(self.app.config.brief_catalogue_page, self.name)

    @cached_property
    def file(self) -> bytes:
        """What is downloaded: the very bytes, but for what a spreadsheet would run."""
        return safe(self.content, self.entry["schema"])

    @cached_property
    def years(self) -> tuple[str, str] | None:
        """The first and the last year of its rows."""
        return coverage.years(self.entry["schema"], self.held.texts)

    @property
    def span(self) -> str:
        """These in words: "2012 to 2026"; "" for none."""
        return " to ".join(dict.fromkeys(self.years or ()))

    @cached_property
    def places(self) -> list[str]:
        """The codes of the economies that its rows are about."""
        return coverage.places(self.entry["schema"], self.held.texts)

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
    def sources(self) -> list[Origin]:
        """The sources that its rows name, those of most rows first."""
        known, cited, terms = (
            entries(self.app.env),
            citation_ids(self.app.env),
            said(self.app, SOURCES, "source", "licence"),
        )
        found = [
            Origin(_source(self.app, key), rows, *standing.of(known[key]), cited.get(key, ""), terms.get(key, ""))
            for key, rows in Counter(self.held.texts.get("source", [])).items()
            if key in known
        ]
        return sorted(found, key=lambda one: (-one.rows, one.source.short, one.source.key))

    @cached_property
    def citations(self) -> dict[str, str]:
        """The table as a citation, by style."""
        return csl.styled(csl.table_item(self.app, self.entry))

    @property
    def origins(self) -> list[Origin]:
        """The sources that its values are from; in the table of sources they are the key."""
        leads = [key["fields"] for key in self.entry["schema"].get("foreignKeys", [])]
        return self.sources if ["source"] in leads else []

    @property
    def licences(self) -> dict[str, list[str]]:
        """The known licences of its values, by their SPDX names, each with the sources under it."""
        found: dict[str, list[str]] = {}
        for origin in self.origins:
            if origin.licence:
                found.setdefault(origin.licence, []).append(origin.source.short)
        return found


def published(app: Sphinx) -> dict[str, Published]:
    """Every table of the book by its name, in the order of the descriptor; read once in a build."""
    if not hasattr(app, "brief_published"):
        root = project.find_root(Path(app.srcdir))
        app.brief_published = {entry["name"]: _read(app, root, entry) for entry in project.package(root)["resources"]}
    return app.brief_published


def foresee(app: Sphinx, docname: str, _source) -> None:
    """While the run of a page is waited for, find out what all tables' pages will ask for."""
    if docname in app.brief_runs:
        for table in published(app).values():
            _ = table.ids, table.file, table.years, table.places, table.names, table.choices


def _read(app: Sphinx, root: Path, entry: dict) -> Published:
    content = project.table_bytes(root / "data" / entry["path"])
    held, faults = tableschema.read(content, entry["schema"])
    if held is None:
        raise ValueError(f"data/{entry['path']}{faults[0]}")
    return Published(app, entry, content, held)


def _source(app: Sphinx, key: str) -> Source:
    """A source of many tables; described once in a build."""
    found: dict[str, Source] = app.__dict__.setdefault("brief_described", {})
    if key not in found:
        found[key] = source(entries(app.env)[key])
    return found[key]


def said(app: Sphinx, table: str, key: str, column: str) -> dict[str, str]:
    """A column of a table by its key; nothing where the book has no such table or column."""
    held = published(app)[table].held.texts if table in published(app) else {}
    return dict(zip(held[key], held[column], strict=True)) if column in held else {}


def names_of_places(app: Sphinx) -> dict[str, str]:
    """What the codes of economies stand for."""
    return said(app, coverage.ECONOMIES, "economy", "name")


def parts(app: Sphinx) -> dict[str, str]:
    """The chapters' titles by the folders that their tables lie in, in the order of the contents; others by name."""
    titles = {chapter_of(doc): app.env.titles[doc].astext() for doc in chapters(app.env)}
    order = [chapter_of(doc) for doc in app.env.toctree_includes.get(app.config.root_doc, [])]
    folders = sorted({name.partition("/")[0] for name in published(app)})
    folders.sort(key=lambda folder: order.index(folder) if folder in order else len(order))
    return {folder: titles.get(folder, folder.capitalize()) for folder in folders}
