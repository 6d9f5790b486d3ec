"""What can be wrong with the book's inputs, a line each, known before anything runs: `make check` and every build."""

import re
from functools import partial
from pathlib import Path

from brief import project, settings
from brief.ext.checks import book_files, contents, page_names, verdicts
from brief.ext.checks.book_files import BIBLIOGRAPHY
from brief.ext.checks.page_names import PACKAGE
from brief.ext.facts.claim_rows import claim_errors
from brief.ext.reading import yaml_lines
from brief.ext.reading.input_file import quoted
from brief.ext.reading.text_files import text_errors
from brief.tableschema import rows_of

# What a table and its columns must say beyond the Data Package standard.
RESOURCE_TEXTS = ("title", "description", "processing", "caveats", "licence_note")
FIELD_TEXTS = ("title", "description")


def package_errors(root: Path) -> list[str]:
    """One line for each table or column that lacks a text, a unit, a key or a source column."""
    lines = []
    for entry in project.package(root)["resources"]:
        where, schema = f"data/datapackage.json, table {entry['name']}", entry["schema"]
        lacking = [text for text in RESOURCE_TEXTS if not str(entry.get(text, "")).strip()]
        lines += [f"{where}: no {text}" for text in [*lacking, *([] if schema.get("primaryKey") else ["primaryKey"])]]
        for field in schema["fields"]:
            lacking = [text for text in FIELD_TEXTS if not field.get(text)]
            if field["type"] in ("number", "integer"):
                lacking += [text for text in ("unit", "decimals") if text not in field]
            lines += [f"{where}, column {field['name']}: no {text}" for text in lacking]
        keys = {tuple(k["fields"]): k["reference"]["resource"] for k in schema.get("foreignKeys", [])}
        names = [field["name"] for field in schema["fields"]]
        lines += [] if "source" in names else [f"{where}: no source column"]
        for column, table in (("source", "shared/sources"), ("economy", "shared/economies")):
            if column in names and entry["name"] != table and keys.get((column,)) != table:
                lines.append(f"{where}, column {column}: no foreign key to {table}")
    return lines


def source_errors(root: Path) -> list[str]:
    """One line for each key that references.bib and shared/sources.csv do not both have, or that nothing uses."""
    bib = set(verdicts.said("checks.bibliography_file:keys", root, [BIBLIOGRAPHY]))
    listed = _column(root / "data" / "shared" / "sources.csv", "source")
    used = used_sources(root)
    lines = [f"data/references.bib: {key} is not in data/shared/sources.csv" for key in sorted(bib - listed)]
    lines += [f"data/shared/sources.csv: {key} is not in data/references.bib" for key in sorted(listed - bib)]
    lines += [f"data/references.bib: no row and no page uses {key}" for key in sorted(bib - used)]
    return lines


def used_sources(root: Path) -> set[str]:
    """The keys that a row of a table or a page names."""
    used = set()
    for entry in project.package(root)["resources"]:
        if entry["name"] != "shared/sources":
            used |= _column(root / "data" / entry["path"], "source")
    for page in contents.files(root):
        for keys in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", page.read_text("utf-8")):
            used |= {key.strip() for key in keys.split(",")}
    return used


def settings_errors(root: Path) -> list[str]:
    """One line for each setting that names an economy, a table or a page which the book does not have."""
    said = settings.read(root)
    told, listed = partial(yaml_lines.read(root, settings.NAME).told, "sphinx", "config"), contents.pages(root)
    named = [("brief_colors", code, code) for code in said["brief_colors"]]
    named += [("brief_peers", number, code) for number, code in enumerate(said["brief_peers"])]
    economies = _column(root / "data" / "shared" / "economies.csv", "economy") if named else set()
    lines = [
        told(name, key, what=f"{quoted(code)} is not in data/shared/economies.csv")
        for name, key, code in named
        if code not in economies
    ]
    tables = [entry["name"] for entry in project.package(root)["resources"]]
    table, default = said["brief_claims_table"], settings.SETTINGS["brief_claims_table"].default
    if table != default and table not in tables:
        lines.append(told("brief_claims_table", what=f"no table {quoted(table)} in data/datapackage.json"))
    lines += [
        told(name, what=f"no page {quoted(said[name])} in _toc.yml")
        for name, setting in settings.PAGES.items()
        if said[name] != setting.default and said[name] not in listed
    ]
    # Redirects from a page that is there, or to one that is not. Anchors, and figures' own pages, the build knows.
    there = {*listed, *(f"{said['brief_catalogue_page']}/{table}" for table in tables)}
    for old, new in said["brief_redirects"].items():
        (was, _, anchor), now = old.partition("#"), new.partition("#")[0]
        if now not in there and not now.startswith("figures/"):
            lines.append(told("brief_redirects", old, what=f"{quoted(new)} leads to no page of the book"))
        if was in there and not anchor:
            lines.append(
                told("brief_redirects", old, what=f"{quoted(was)} is a page of the book, and leads nowhere else")
            )
        elif anchor and was not in listed and was not in said["brief_redirects"]:
            lines.append(
                told("brief_redirects", old, what=f"{quoted(was)} is no page of _toc.yml, nor a redirect itself")
            )
    return lines


def _column(path: Path, name: str) -> set[str]:
    return {row[name] for row in rows_of(path.read_bytes()) if row.get(name)}


def _tables(root: Path) -> list[str]:
    return [f"data/{entry['path']}" for entry in project.package(root)["resources"]]


def _pages(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in contents.files(root)]


def all_errors(root: Path) -> list[str]:
    """Everything wrong with the book's inputs, a line each; later checks run only when what they read is sound."""
    if errors := text_errors(root):
        return errors
    recipes = sorted(path.relative_to(root).as_posix() for path in (root / "data" / "recipes").glob("*.py"))
    errors = verdicts.said("checks.descriptor:descriptor_errors", root, [PACKAGE, *recipes])
    if not errors:
        errors = verdicts.said("checks.table_files:table_errors", root, [PACKAGE, *_tables(root)])
    if errors := book_files.errors(root) + errors:
        return errors
    return (
        settings_errors(root)
        + package_errors(root)
        + source_errors(root)
        + page_names.table_errors(root)
        + page_names.page_errors(root, contents.pages(root))
        + claim_errors(root)
    )


def quotation_errors(root: Path) -> list[str]:
    """Cells of tables that pages quote and that can't be quoted; a build says so when it reads the pages."""
    return verdicts.said("checks.quotations:errors", root, [PACKAGE, *_tables(root), *_pages(root)])


def all_warnings(root: Path) -> list[str]:
    """What reads badly in the pages, a line each; see `prose`."""
    facts = f"_build/html/{project.FACTS}"
    return verdicts.said("checks.prose:warnings", root, [settings.NAME, facts, *_pages(root)])
