"""The tables as files: a Data Package with all that a reader needs of them, by itself and in one archive.

https://specs.frictionlessdata.io/data-package/
"""

import hashlib
from pathlib import Path

from sphinx.application import Sphinx

from brief import project
from brief.ext.citations.csl import cited, item
from brief.ext.citations.licences import address
from brief.ext.citations.metadata import publication
from brief.ext.datasets import croissant
from brief.ext.datasets.published import CROISSANT, ZIP, Published, published
from brief.ext.output import json_file, zipped
from brief.ext.templating import render

FILES = (ZIP, "datapackage.json", "references.bib", CROISSANT)
TEXTS = "licences"  # a folder of data/: texts of licences that ask to go with the values, by SPDX name or source key
# Excel takes a CSV for text of its own alphabet unless these bytes begin it; other programs take them for a part of the
# first column's name. So the files stay as they are, and those that it would show wrongly have a copy.
MARK, MARKED = b"\xef\xbb\xbf", "spreadsheets"


def marked(table: Published) -> dict[str, bytes]:
    """The copy of a table for spreadsheets, by its path; none of one that has no letters beyond ASCII."""
    return {} if table.file.isascii() else {f"{MARKED}/{table.entry['path']}": MARK + table.file}


def files(app: Sphinx) -> dict[str, bytes]:
    """The tables, the recipes that made them, their descriptions, the bibliography, and all of it in one archive."""
    data = project.find_root(Path(app.srcdir)) / "data"
    package, held = descriptor(app), published(app)
    wanted = {"datapackage.json": json_file(package, sort_keys=False)}
    wanted[CROISSANT] = json_file(croissant.described(app), sort_keys=False)
    wanted["references.bib"] = project.table_bytes(data / "references.bib")
    for table in held.values():
        wanted |= {table.entry["path"]: table.file} | marked(table)
        if "recipe" in table.entry:
            recipe = data.parent / table.entry["recipe"]
            wanted[recipe.relative_to(data).as_posix()] = recipe.read_bytes()
    beside = {"LICENSE": (data.parent / "LICENSE-TEXT").read_bytes()}
    if (code := data.parent / "LICENSE").is_file():
        beside["LICENSE-CODE"] = code.read_bytes()
    wanted |= {f"{TEXTS}/{path.name}": path.read_bytes() for path in sorted((data / TEXTS).glob("*.txt"))}
    readme = render(
        "data-readme.md",
        package=package,
        paper=publication(app),
        citation=cited(item(app, "index"), "APA"),
        files=wanted | beside,
        marked=[path for path in wanted if path.startswith(f"{MARKED}/")],
        texts=any(path.startswith(f"{TEXTS}/") for path in wanted),
        tables=held.values(),
        address=address,
    )
    return wanted | {ZIP: zipped(wanted | beside | {"README.md": readme.encode()})}


def descriptor(app: Sphinx) -> dict:
    """data/datapackage.json with what CITATION.cff says of the edition, and the tables of themselves."""
    paper = publication(app)
    who = [(name, "author") for name in paper.names] + [(paper.publisher, "publisher")] * bool(paper.publisher)
    own = project.package(project.find_root(Path(app.srcdir)))
    titles = {licence["name"]: licence.get("title", "") for licence in own.get("licenses", [])}
    terms = [
        {"name": name, "path": path} | ({"title": titles[name]} if titles.get(name) else {})
        for name, path in paper.licences.items()
    ]
    about = {
        "version": paper.version,
        "created": paper.moment,
        "homepage": paper.page("catalogue"),
        "contributors": [{"title": name, "role": role} for name, role in who],
        "keywords": paper.fields.get("keywords", []),
        "licenses": terms,
    }
    head = {key: value for key, value in own.items() if key != "resources"}
    resources = [_resource(table, terms) for table in published(app).values()]
    return head | {key: value for key, value in about.items() if value} | {"resources": resources}


def _resource(table: Published, terms: list[dict]) -> dict:
    """A table's own descriptor with its size, its time and places, its sources and all licences that bear on it.

    terms: the licences of our selection and arrangement, to which those of the values come.
    """
    more = {
        "bytes": len(table.file),
        "hash": f"sha256:{hashlib.sha256(table.file).hexdigest()}",
        "temporal": dict(zip(("start", "end"), table.years, strict=True)) if table.years else {},
        "spatial": table.places,
        "licenses": terms
        + [
            {"name": name, "path": address(name), "title": f"the values of {'; '.join(whose)}"}
            for name, whose in table.licences.items()
        ],
        "sources": [
            {"title": f"{of.source.short}: {of.source.title}"}
            | ({"path": of.source.url} if of.source.url else {})
            | ({"licence": of.terms} if of.terms else {})
            for of in table.origins
        ],
    }
    entry = {key: value for key, value in table.entry.items() if key not in ("schema", "rules")}
    made = entry | {key: value for key, value in more.items() if value}
    return made | {key: table.entry[key] for key in ("schema", "rules") if key in table.entry}
