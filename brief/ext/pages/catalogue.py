"""The data catalogue: a section for each table, made from data/datapackage.json and the tables themselves."""

import csv
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from brief import project
from brief.ext import anchors
from brief.ext.citations.directive import table_citation
from brief.ext.citations.metadata import NAME as CITATION
from brief.ext.citations.metadata import publication
from brief.ext.dependencies import VIEWS, note_input
from brief.ext.figures.safe_csv import safe
from brief.ext.nodes import cite, fold, plain_table
from brief.ext.output import zipped
from brief.ext.pages.verification import FOLDER as CHECKS
from brief.ext.pages.verification import records
from brief.releases import in_words, overdue

PREVIEW = 5
PACKAGE = "brief-data.zip"  # the whole Data Package


def glance(path: Path) -> tuple[int, list[dict], list[str]]:
    """What the catalogue shows of a table: the number of rows, the first few, the keys of the sources."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return len(rows), rows[:PREVIEW], sorted({row["source"] for row in rows})


def glance_digest(path: Path) -> str:
    """Digest of `glance`, so that an edit further down does not touch the catalogue."""
    return project.digest(repr(glance(path)).encode()) if path.is_file() else "absent"


class CatalogueDirective(SphinxDirective):
    """{catalogue}: every table with what it is, what a reader must know, its columns and its first rows."""

    def run(self):
        root = project.find_root(Path(self.env.srcdir))
        note_input(self.env, root / "data" / "datapackage.json")
        names = ("datapackage.json", "references.bib")
        link = ", ".join(f'<a href="../data/{name}" download>{name}</a>' for name in (PACKAGE, *names))
        sections = [nodes.raw("", f"<p>All tables with their schemas: {link}</p>", format="html")]
        note_input(self.env, root / CHECKS, view="folder")
        note_input(self.env, root / CITATION, view="edition day")
        for entry in sorted(project.package(root)["resources"], key=lambda r: r["name"]):
            note_input(self.env, root / "data" / entry["path"], view="catalogue")
            sections.append(self.section(root, entry))
        return sections

    def section(self, root: Path, entry: dict) -> nodes.section:
        """One table's section, with a label to link to."""
        count, first, keys = glance(root / "data" / entry["path"])
        label = anchors.table(entry["name"])
        section = nodes.section(names=[label])
        section += nodes.title("", entry["title"])
        self.state.document.note_explicit_target(section, section)
        section += nodes.paragraph("", entry["description"])
        path = f"../data/{entry['path']}"
        download = nodes.raw("", f'<a href="{path}" download>{entry["name"]}.csv</a>', format="html")
        columns = len(entry["schema"]["fields"])
        size = nodes.Text(f" ({count:,} rows, {columns} columns)")
        facts = [
            ("File", [download, size]),
            ("What to know", [nodes.Text(entry["caveats"])]),
            ("How it was made", [nodes.Text(entry["processing"])]),
            ("Release", self.release(root, entry)),
            ("Licence", [nodes.Text(entry["licence_note"])]),
            ("Cite", [table_citation(entry=entry, label=label), nodes.Text(" For a value, cite its source as well.")]),
        ]
        if len(keys) <= 6:
            facts.append(("Sources", [cite(keys, self.env.docname)]))
        items = nodes.definition_list(classes=["table-facts"])
        for term, content in facts:
            definition = nodes.definition("", nodes.paragraph("", "", *content))
            items += nodes.definition_list_item("", nodes.term("", term), definition)
        section += items
        if len(keys) > 6:
            section += fold("", nodes.paragraph("", "", cite(keys, self.env.docname)), summary=f"{len(keys)} sources")
        section += fold("", self.columns(entry), summary="Columns: type, unit, meaning")
        section += fold("", self.preview(first), summary="First rows")
        return section

    def release(self, root: Path, entry: dict) -> list[nodes.Node]:
        """Which release of its publisher a table holds, by which recipe, compared when, and when the next is due."""
        compared = max((r["date"] for r in records(root) if r["table"] == entry["name"]), default="")
        checked = f" Last compared on {in_words(compared)}." if compared else ""
        if "recipe" not in entry:
            return [nodes.Text(f"Kept by hand, without a recipe.{checked}")]
        due, taken = entry.get("next_expected"), in_words(entry["retrieved"])
        if overdue(due or "", publication(self.env.app).date):
            then = f" The next was due in {in_words(due)}."
        else:
            then = f" The next is due in {in_words(due)}." if due else ""
        rest = f", from a file read on {taken}, where its source says.{checked}{then}"
        held = in_words(entry["release"])
        recipe = f'<a href="../{entry["recipe"]}" download>{entry["recipe"]}</a>'
        return [
            nodes.Text(f"{held[0].upper()}{held[1:]}, by the recipe "),
            nodes.raw("", recipe, format="html"),
            nodes.Text(rest),
        ]

    def columns(self, entry: dict) -> nodes.table:
        """The schema as a table."""
        head = ("Column", "Type", "Unit", "Meaning")
        rows = [
            (
                f["name"],
                f["type"],
                {"1": "count"}.get(str(f.get("unit", "")), str(f.get("unit", ""))),
                f["description"],
            )
            for f in entry["schema"]["fields"]
        ]
        return plain_table(head, rows)

    def preview(self, rows: list[dict]) -> nodes.table:
        """The first rows as they stand in the file."""
        return plain_table(list(rows[0]), [list(row.values()) for row in rows])


def tables(app: Sphinx) -> dict[str, bytes]:
    """The tables, the recipes that made them, their schema, the bibliography, and all of it in one archive."""
    data = project.find_root(Path(app.srcdir)) / "data"
    wanted = {name: project.table_bytes(data / name) for name in ("datapackage.json", "references.bib")}
    for entry in project.package(data.parent)["resources"]:
        wanted[entry["path"]] = safe(project.table_bytes(data / entry["path"]), entry["schema"])
        if "recipe" in entry:
            recipe = data.parent / entry["recipe"]
            wanted[recipe.relative_to(data).as_posix()] = recipe.read_bytes()
    licence = {"LICENSE": (data.parent / "LICENSE-TEXT").read_bytes()}
    return wanted | {PACKAGE: zipped(wanted | licence)}


def setup(app: Sphinx) -> None:
    VIEWS["catalogue"] = glance_digest
    app.add_directive("catalogue", CatalogueDirective)
