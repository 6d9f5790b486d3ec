"""Can each page and table have the name that it has? It becomes an address, which is one thing's alone."""

from collections.abc import Iterable
from pathlib import Path

from brief import names, project
from brief.ext import anchors
from brief.ext.checks import contents
from brief.names import chapter_of

PACKAGE = "data/datapackage.json"


def page_errors(root: Path, docnames: Iterable[str]) -> list[str]:
    """One line for each page whose name can't be an address, or shares its files with another's."""
    lines, seen, places = [], {}, contents.places(root)
    for doc in sorted(docnames):
        where = f"{places.get(doc, contents.NAME)}: page {doc}"
        name, folder = chapter_of(doc), doc.partition("/")[0]
        if not names.is_page(doc):
            lines.append(f"{where}: in names of pages and folders stand {names.RECORD_RULE}")
        elif folder in anchors.TAKEN_FOLDERS or doc in anchors.TAKEN_PAGES:
            lines.append(f"{where}: the site has something else at {folder}, choose another name")
        elif name in anchors.TAKEN_NAMES:
            lines.append(f"{where}: files of the whole book are called {name}, choose another name")
        elif name in seen:
            lines.append(f"{where}: its files would be those of page {seen[name]}, which has the same name")
        seen.setdefault(name, doc)
    return lines


def table_errors(root: Path) -> list[str]:
    """One line for each table whose name or path can't be an address, or shares it with another's."""
    lines, seen = [], {}
    for entry in project.package(root)["resources"]:
        name = entry["name"]
        where, address = f"{PACKAGE}, table {name}", anchors.table(name)
        if not names.is_table(name):
            lines.append(f"{where}: in the name stands {names.TABLE_RULE}")
        elif entry["path"] != f"{name}.csv":
            lines.append(f"{where}: its path is {entry['path']!r}, not '{name}.csv'")
        elif address in seen:
            lines.append(f"{where}: its address #{address} would be that of table {seen[address]}")
        seen.setdefault(address, name)
    return lines
