"""What every thing of ours is in schema.org's terms, and how its addresses are written where the book has none yet."""

from sphinx.application import Sphinx

from brief.ext import anchors
from brief.ext.citations import people
from brief.ext.citations.metadata import LANGUAGE, publication

CONTEXT = "https://schema.org"
_HERE = "here:"  # begins the addresses of a book that has none yet, until they are written as from the page


def authors(app: Sphinx) -> list[dict]:
    """The authors."""
    return [people.linked(author) for author in publication(app).credited]


def base(app: Sphinx) -> str:
    """Where this edition is; a mark for `known` before that is known."""
    return publication(app).base or _HERE


def address(app: Sphinx, docname: str, anchor: str = "") -> str:
    """That of a page, or of a place on it."""
    page = "" if docname == app.config.root_doc else f"{docname}.html"
    return base(app) + page + (f"#{anchor}" if anchor else "")


def table(app: Sphinx, name: str) -> str:
    """The address of a table's page."""
    return base(app) + anchors.table_page(app.config.brief_catalogue_page, name)


def part_of(app: Sphinx) -> dict:
    """The whole book, as its parts name it."""
    return {"@type": "Report", "@id": base(app), "name": publication(app).title}


def work(app: Sphinx, kind: str, at: str, name: str) -> dict:
    """What every thing of ours has."""
    paper = publication(app)
    licences = list(paper.licences.values())
    publisher = {"publisher": {"@type": "Organization", "name": paper.publisher}} if paper.publisher else {}
    return publisher | {
        "@type": kind,
        "@id": at,
        "url": at,
        "name": name,
        "author": authors(app),
        "license": licences[0] if len(licences) == 1 else licences,
        "version": paper.version,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
    }


def known(value: object, up: str) -> object:
    """A value without what is empty (there are no authors before a publisher has set them), addresses as from the page.

    up: leads from the page to the site's top.
    """
    if isinstance(value, dict):
        return {key: known(item, up) for key, item in value.items() if item not in ("", [], None)}
    if isinstance(value, list):
        return [known(item, up) for item in value]
    if isinstance(value, str) and value.startswith(_HERE):
        return up + (value.removeprefix(_HERE) or "index.html")
    return value
