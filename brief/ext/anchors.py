"""Ids and labels that are made from names: public addresses, which must not change between editions.

Only what they are called; that each thing has its own is checked by `checks/unique_addresses.py`.
"""

from docutils.nodes import make_id

from brief.names import chapter_of

# Folders and pages of the site that the build itself makes: they would overwrite a page of that name.
TAKEN_FOLDERS = ("cards", "citations", "data", "downloads", "figures", "notebooks")
TAKEN_PAGES = ("genindex", "search")
# What the whole book's citation, its PDF and the EPUB's own pages are called.
TAKEN_NAMES = ("book", "brief", "cover", "nav")


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


def table(name: str) -> str:
    """The label of a table's section in the data catalogue: "table-bread-oven-types"."""
    return make_id(f"table-{name}")


def edition(version: str) -> str:
    """The id of an edition's section among the updates."""
    return make_id(f"edition-{version}")
