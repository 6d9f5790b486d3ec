"""Linked data of a page, in schema.org's terms: the report, its chapters, the figures, the tables.

No ClaimReview for others' claims: that asks for a rating on a scale from false to true, and "unverifiable" has
no place on one, nor has a claim that somebody only reports.
"""

from pathlib import Path

from sphinx.application import Sphinx

from brief import project, settings
from brief.ext import anchors
from brief.ext.citations import people as names
from brief.ext.citations.metadata import LANGUAGE, publication
from brief.ext.domain import register

CONTEXT = "https://schema.org"
_HERE = "here:"  # begins the addresses of a book that has none yet, until they are written as from the page


def people(app: Sphinx) -> list[dict]:
    """The authors."""
    return [names.linked(author) for author in publication(app).credited]


def _base(app: Sphinx) -> str:
    """Where this edition is; `_HERE` before that is known."""
    return publication(app).base or _HERE


def _address(app: Sphinx, docname: str, anchor: str = "") -> str:
    page = "" if docname == app.config.root_doc else f"{docname}.html"
    return _base(app) + page + (f"#{anchor}" if anchor else "")


def _table(app: Sphinx, name: str) -> str:
    return _base(app) + anchors.table_page(app.config.brief_catalogue_page, name)


def _work(app: Sphinx, kind: str, address: str, name: str) -> dict:
    """What every thing of ours has."""
    paper = publication(app)
    licences = list(paper.licences.values())
    publisher = {"publisher": {"@type": "Organization", "name": paper.publisher}} if paper.publisher else {}
    return publisher | {
        "@type": kind,
        "@id": address,
        "url": address,
        "name": name,
        "author": people(app),
        "license": licences[0] if len(licences) == 1 else licences,
        "version": paper.version,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
    }


def report(app: Sphinx, description: str) -> dict:
    """The whole book."""
    paper = publication(app)
    made = _work(app, "Report", _base(app), paper.title)
    listed = app.env.toctree_includes.get(app.config.root_doc, [])
    parts = [
        {"@type": "Chapter", "@id": _address(app, doc), "name": app.env.titles[doc].astext(), "position": n}
        for n, doc in enumerate((doc for doc in listed if settings.is_chapter(doc, app.config)), 1)
    ]
    made |= {"description": description, "datePublished": paper.date.isoformat(), "hasPart": parts}
    made |= {"keywords": paper.fields.get("keywords", [])}
    return made | ({"identifier": f"https://doi.org/{paper.doi}"} if paper.doi else {})


def image(app: Sphinx, docname: str, record: dict) -> dict:
    """A figure: its picture, which carries its title and source."""
    paper, name = publication(app), anchors.figure(docname, record["id"])
    made = _work(app, "ImageObject", _address(app, docname, name), record["title"])
    return made | {
        "contentUrl": _base(app) + f"figures/{name}/{name}.png",
        "encodingFormat": "image/png",
        "description": record["alt"],
        "caption": record["subtitle"],
        "creditText": paper.short,
        "copyrightNotice": ", ".join([*paper.names, str(paper.date.year)]) if paper.names else "",
        "creator": people(app),
        "acquireLicensePage": _address(app, app.config.brief_citing_page),
    }


def dataset(app: Sphinx, entry: dict) -> dict:
    """A table with its columns that measure something."""
    paper = publication(app)
    made = _work(app, "Dataset", _table(app, entry["name"]), entry["title"])
    measures = [
        {"@type": "PropertyValue", "name": f["title"], "description": f["description"], "unitText": str(f["unit"])}
        for f in entry["schema"]["fields"]
        if "unit" in f
    ]
    download = {
        "@type": "DataDownload",
        "encodingFormat": "text/csv",
        "contentUrl": _base(app) + f"data/{entry['path']}",
    }
    return made | {
        "description": f"{entry['description']} {entry['caveats']}",
        "usageInfo": entry["licence_note"],
        "datePublished": paper.date.isoformat(),
        "distribution": [download],
        "variableMeasured": measures,
        "isPartOf": {"@type": "Report", "@id": _base(app), "name": paper.title},
    }


def chapter(app: Sphinx, docname: str, title: str, description: str, sources: list) -> dict:
    """A chapter: part of the report, with its figures, the tables it rests on and the sources."""
    paper, domain = publication(app), register(app.env)
    tables = sorted({record["name"] for record in domain.of("tables", docname)})
    return _work(app, "Chapter", _address(app, docname), title) | {
        "description": description,
        "datePublished": paper.date.isoformat(),
        "position": app.env.toc_secnumbers.get(docname, {}).get("", (0,))[0],
        "isPartOf": {"@type": "Report", "@id": _base(app), "name": paper.title},
        "image": [image(app, docname, record) for record in domain.of("figures", docname)],
        "isBasedOn": [_table(app, name) for name in tables],
        "citation": [
            {"@type": "CreativeWork", "name": source.title, "alternateName": source.short}
            | ({"url": source.url} if source.url else {})
            for source in sources
        ],
    }


def of_page(app: Sphinx, docname: str, title: str, description: str, sources: list) -> dict:
    """The linked data of a page, a JSON-LD document."""
    if settings.is_chapter(docname, app.config):
        found = [chapter(app, docname, title, description, sources)]
    elif docname == app.config.brief_catalogue_page:
        entries = project.package(project.find_root(Path(app.srcdir)))["resources"]
        found = [dataset(app, entry) for entry in sorted(entries, key=lambda e: e["name"])]
    elif docname == app.config.root_doc:
        found = [report(app, description)]
    else:
        found = [_work(app, "WebPage", _address(app, docname), title) | {"description": description}]
    return {"@context": CONTEXT, "@graph": _known(found, "../" * docname.count("/"))}


def _known(value: object, up: str) -> object:
    """A value without what is empty (there are no authors before a publisher has set them), addresses as from a page.

    up: leads from the page to the site's top.
    """
    if isinstance(value, dict):
        return {key: _known(item, up) for key, item in value.items() if item not in ("", [], None)}
    if isinstance(value, list):
        return [_known(item, up) for item in value]
    if isinstance(value, str) and value.startswith(_HERE):
        return up + (value.removeprefix(_HERE) or "index.html")
    return value
