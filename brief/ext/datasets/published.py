"""The tables as they are published: each with its rows, its file, the time and places it is about, its sources."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sphinx.application import Sphinx

from brief import coverage, project, tableschema
from brief.ext.citations import licences
from brief.ext.citations.sources import Source, source
from brief.ext.compat.of_bibliographies import entries
from brief.ext.figures.safe_csv import safe

ZIP, CROISSANT = "brief-data.zip", "croissant.json"  # files beside the tables: all of it, and what croissant writes
SOURCES = "shared/sources"  # the table that says on which terms each source can be had


@dataclass(frozen=True)
class Origin:
    """A source of a table: what it is, its terms in words and, where these are a known licence, its SPDX name."""

    source: Source
    terms: str
    licence: str


@dataclass(frozen=True)
class Published:
    """One table. entry: its descriptor. content: its file in data/. held: its rows."""

    app: Sphinx
    entry: dict
    content: bytes
    held: tableschema.Table

    @cached_property
    def file(self) -> bytes:
        """What is downloaded: the very bytes, but for what a spreadsheet would run."""
        return safe(self.content, self.entry["schema"])

    @cached_property
    def years(self) -> tuple[str, str] | None:
        """The first and the last year of its rows."""
        return coverage.years(self.entry["schema"], self.held.texts)

    @cached_property
    def places(self) -> list[str]:
        """The codes of the economies that its rows are about."""
        return coverage.places(self.entry["schema"], self.held.texts)

    @cached_property
    def origins(self) -> list[Origin]:
        """Its sources, those of most rows first."""
        leads = [key["fields"] for key in self.entry["schema"].get("foreignKeys", [])]
        rows = Counter(self.held.texts["source"] if ["source"] in leads else [])  # that of sources has it for its key
        known = entries(self.app.env)
        keys = sorted((key for key in rows if key in known), key=lambda key: (-rows[key], key))
        terms = said(self.app, SOURCES, "source", "licence")
        return [Origin(source(known[key]), terms.get(key, ""), licences.named(terms.get(key, ""))) for key in keys]

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


def _read(app: Sphinx, root: Path, entry: dict) -> Published:
    content = project.table_bytes(root / "data" / entry["path"])
    held, faults = tableschema.read(content, entry["schema"])
    if held is None:
        raise ValueError(f"data/{entry['path']}{faults[0]}")
    return Published(app, entry, content, held)


def said(app: Sphinx, table: str, key: str, column: str) -> dict[str, str]:
    """A column of a table by its key; nothing where the book has no such table or column."""
    held = published(app)[table].held.texts if table in published(app) else {}
    return dict(zip(held[key], held[column], strict=True)) if column in held else {}


def names_of_places(app: Sphinx) -> dict[str, str]:
    """What the codes of economies stand for."""
    return said(app, coverage.ECONOMIES, "economy", "name")
