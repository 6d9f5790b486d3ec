"""A table, and all of them, as schema.org's Dataset, by which search engines find data.

What Google's Dataset Search asks for and recommends stands here as far as it is known:
https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from pathlib import Path

from sphinx.application import Sphinx

from brief import project
from brief.ext.citations import csl, licences
from brief.ext.citations.linked_data import CONTEXT, address, authors, base, known, part_of, work
from brief.ext.citations.linked_data import table as table_address
from brief.ext.citations.metadata import publication
from brief.ext.datasets.published import CROISSANT, ZIP, Published, names_of_places, published

LONGEST = 5_000  # characters of a description: search engines read no more
DATA = "data/"  # the folder of the site that the tables lie in


def interval(years: tuple[str, str] | None) -> str:
    """The first and the last year as ISO 8601 has it: "2012/2026"; "" for none."""
    return "/".join(dict.fromkeys(years)) if years else ""


def _data(app: Sphinx, at: str, name: str, id: str) -> dict:
    """What every data set of ours has. id: its key in citations."""
    paper = publication(app)
    return work(app, "Dataset", at, name) | {
        "creator": authors(app),
        "identifier": at if paper.base else id,
        "keywords": paper.fields.get("keywords", []),
        "datePublished": paper.date.isoformat(),
    }


def _catalogue(app: Sphinx) -> str:
    return address(app, app.config.brief_catalogue_page)


def _download(app: Sphinx, path: str, kind: str) -> dict:
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{base(app)}{DATA}{path}"}


def _places(app: Sphinx, codes: list[str]) -> list[str]:
    names = names_of_places(app)
    return [names.get(code, code) for code in codes]


def _part(table: Published) -> dict:
    """A table as the whole has it among its parts."""
    app, entry = table.app, table.entry
    made = work(app, "Dataset", table_address(app, entry["name"]), entry["title"])
    kept = ("@type", "@id", "url", "name", "license", "isAccessibleForFree")
    return {key: made[key] for key in kept} | {
        "description": f"{entry['description']} {entry['caveats']}"[:LONGEST],
        "usageInfo": entry["licence_note"],
        "temporalCoverage": interval(table.years),
        "distribution": [_download(app, entry["path"], "text/csv")],
    }


def of_table(table: Published) -> dict:
    """A table: with its columns that measure something, and the sources of its rows."""
    app, entry = table.app, table.entry
    id = csl.table_item(app, entry)["id"]
    made = _data(app, table_address(app, entry["name"]), entry["title"], id)
    measures = [
        {"@type": "PropertyValue", "name": f["title"], "description": f["description"], "unitText": str(f["unit"])}
        for f in entry["schema"]["fields"]
        if "unit" in f
    ]
    sources = [
        {
            "@type": "CreativeWork",
            "name": of.source.title,
            "alternateName": of.source.short,
            "url": of.source.url,
            "license": licences.address(of.licence) if of.licence else "",
        }
        for of in table.origins
    ]
    whole = {"@type": "Dataset", "@id": _catalogue(app), "name": project.title(_root(app))}
    return (
        made
        | _part(table)
        | {
            "alternateName": entry["name"],
            "measurementTechnique": entry["processing"],
            "spatialCoverage": _places(app, table.places),
            "variableMeasured": measures,
            "citation": sources,
            "isPartOf": [part_of(app), whole],
            "includedInDataCatalog": {"@type": "DataCatalog", "name": publication(app).title, "url": _catalogue(app)},
        }
    )


def whole(app: Sphinx) -> dict:
    """All tables together, as they are packed."""
    tables, own = published(app).values(), project.package(_root(app))
    years = sorted(year for table in tables for year in table.years or ())
    made = _data(app, _catalogue(app), own["title"], f"{publication(app).key}-{own['name']}")
    return made | {
        "alternateName": own["name"],
        "description": f"{own['description']} {publication(app).fields['abstract']}"[:LONGEST],
        "temporalCoverage": interval((years[0], years[-1])) if years else "",
        "spatialCoverage": _places(app, sorted({code for table in tables for code in table.places})),
        "isPartOf": part_of(app),
        "distribution": [
            _download(app, ZIP, "application/zip"),
            _download(app, "datapackage.json", "application/vnd.datapackage+json"),
        ],
        "subjectOf": {
            "@type": "CreativeWork",
            "encodingFormat": "application/ld+json",
            "url": f"{base(app)}{DATA}{CROISSANT}",
        },
    }


def of_all(app: Sphinx) -> dict:
    """The whole with its parts."""
    return whole(app) | {"hasPart": [_part(table) for _, table in sorted(published(app).items())]}


def document(table: Published, up: str) -> dict:
    """A table's JSON-LD document, for its page. up: leads from the page to the site's top."""
    return {"@context": CONTEXT, **known(of_table(table), up)}


def _root(app: Sphinx) -> Path:
    return project.find_root(Path(app.srcdir))
