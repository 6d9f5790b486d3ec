"""Linked data of a page, in schema.org's terms: the report, its chapters, the figures, the tables.

No ClaimReview for others' claims: that asks for a rating on a scale from false to true, and "unverifiable" has
no place on one, nor has a claim that somebody only reports.
"""

from sphinx.application import Sphinx

from brief import settings
from brief.ext import anchors
from brief.ext.citations.linked_data import CONTEXT, address, authors, base, known, part_of, table, work
from brief.ext.citations.metadata import publication
from brief.ext.datasets import dataset
from brief.ext.domain import register


def report(app: Sphinx, description: str) -> dict:
    """The whole book."""
    paper = publication(app)
    made = work(app, "Report", base(app), paper.title)
    listed = app.env.toctree_includes.get(app.config.root_doc, [])
    parts = [
        {"@type": "Chapter", "@id": address(app, doc), "name": app.env.titles[doc].astext(), "position": n}
        for n, doc in enumerate((doc for doc in listed if settings.is_chapter(doc, app.config)), 1)
    ]
    made |= {"description": description, "datePublished": paper.date.isoformat(), "hasPart": parts}
    made |= {"keywords": paper.fields.get("keywords", [])}
    return made | ({"identifier": f"https://doi.org/{paper.doi}"} if paper.doi else {})


def image(app: Sphinx, docname: str, record: dict) -> dict:
    """A figure: its picture, which carries its title and source."""
    paper, name = publication(app), anchors.figure(docname, record["id"])
    made = work(app, "ImageObject", address(app, docname, name), record["title"])
    return made | {
        "contentUrl": base(app) + f"figures/{name}/{name}.png",
        "encodingFormat": "image/png",
        "description": record["alt"],
        "caption": record["subtitle"],
        "creditText": paper.short,
        "copyrightNotice": ", ".join([*paper.names, str(paper.date.year)]) if paper.names else "",
        "creator": authors(app),
        "acquireLicensePage": address(app, app.config.brief_citing_page),
    }


def chapter(app: Sphinx, docname: str, title: str, description: str, sources: list) -> dict:
    """A chapter: part of the report, with its figures, the tables it rests on and the sources."""
    paper, domain = publication(app), register(app.env)
    tables = sorted({record["name"] for record in domain.of("tables", docname)})
    return work(app, "Chapter", address(app, docname), title) | {
        "description": description,
        "datePublished": paper.date.isoformat(),
        "position": app.env.toc_secnumbers.get(docname, {}).get("", (0,))[0],
        "isPartOf": part_of(app),
        "image": [image(app, docname, record) for record in domain.of("figures", docname)],
        "isBasedOn": [table(app, name) for name in tables],
        "citation": [
            {"@type": "CreativeWork", "name": source.title, "alternateName": source.short}
            | ({"url": source.url} if source.url else {})
            for source in sources
        ],
    }


def of_page(app: Sphinx, docname: str, title: str, description: str, sources: list) -> dict:
    """The linked data of a page, a JSON-LD document."""
    if settings.is_chapter(docname, app.config):
        found = chapter(app, docname, title, description, sources)
    elif docname == app.config.brief_catalogue_page:
        found = dataset.of_all(app)
    elif docname == app.config.root_doc:
        found = report(app, description)
    else:
        found = work(app, "WebPage", address(app, docname), title) | {"description": description}
    return {"@context": CONTEXT, "@graph": [known(found, "../" * docname.count("/"))]}
