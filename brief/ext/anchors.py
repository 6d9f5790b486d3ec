"""Ids and labels that are made from names: public addresses, which must not change between editions.

Only what they are called; that each thing has its own is checked by `checks/page_names.py` and
`checks/unique_addresses.py`.
"""

import re

from docutils.nodes import make_id

from brief import project
from brief.names import chapter_of

# Folders and pages of the site that the build itself makes: they would overwrite a page of that name.
TAKEN_FOLDERS = ("cards", "citations", "data", "downloads", "figures", "notebooks")
TAKEN_PAGES = ("genindex", "search")
# The id of a source among those that a page lists, and of each such list: sphinxcontrib-bibtex fills them in.
SOURCE, SOURCES = "source-{key}", "sources-{bibliography_count}"
# What the whole book's citation and PDFs and the EPUB's own pages are called.
TAKEN_NAMES = ("book", "brief", "cover", "nav", "one-page", "slides")


def fact(docname: str, id: str) -> str:
    """The id of a fact's row in the ledger."""
    return f"fact-{chapter_of(docname)}-{id}"


def quote(docname: str, id: str) -> str:
    """The id of the first quote of a fact on a page."""
    return f"quote-{chapter_of(docname)}-{id}"


def finding(id: str) -> str:
    """The id of a finding on its page."""
    return f"finding-{id}"


def claim(id: str) -> str:
    """The id of a claim's row."""
    return f"claim-{id}"


def figure(docname: str, id: str) -> str:
    """The label of a figure, its id on its page and its folder: "flour-grain-by-year"."""
    return f"{chapter_of(docname)}-{id}"


def figure_page(label: str) -> str:
    """The name of a figure's own page, by its label."""
    return f"figures/{label}/index"


def table(name: str) -> str:
    """The label of a table's section in the data catalogue: "table-bread-oven-types"."""
    return make_id(f"table-{name}")


def table_page(catalogue: str, name: str) -> str:
    """The path of a table's own page in the site; `catalogue` is the page that describes every table."""
    return f"{catalogue}/{name}.html"


_LONGEST = 60  # of what a row's address says of its key


def row(schema: dict, key: dict) -> str:
    """The id of a row on its table's page, of its primary key alone: "row-RUS_2023".

    key: values by column as a record has them, those that are empty left out. What is cut ends with a digest.
    """
    names = schema.get("primaryKey") or [*key]
    months = {field["name"] for field in schema["fields"] if field["type"] == "yearmonth"}
    parts = [str(key.get(name, ""))[: 7 if name in months else None] for name in names]
    said = re.sub(r"\W+", "-", "_".join(parts)).strip("-")
    whole = len(said) <= _LONGEST
    return f"row-{said}" if whole else f"row-{said[:_LONGEST]}-{project.digest(*map(str.encode, parts))[:6]}"


def edition(version: str) -> str:
    """The id of an edition's section among the updates."""
    return make_id(f"edition-{version}")
