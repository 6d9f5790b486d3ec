"""What an archive such as Zenodo or OSF takes of an edition: one file with its data, its PDF and what they are."""

import io
import json
import zipfile
from pathlib import Path

from brief.cli import ro_crate
from brief.ext.citations import people
from brief.ext.citations.metadata import Publication
from brief.ext.datasets.published import ZIP
from brief.ext.output import json_file, zipped
from brief.project import CITATION, FACTS

NAME, REPORT, ZENODO = "deposit.zip", "frictionless-report.json", ".zenodo.json"
DATA, PDF = "data", "downloads/brief.pdf"


class NotValid(Exception):
    """Published tables that the Data Package standard's own tool finds wrong, with what it says."""


def report(data: Path) -> dict:
    """What Frictionless finds in a folder of published tables, without how long it took. Raises NotValid."""
    from frictionless import Package  # slow to load, as its work is: three seconds for some sixty tables

    found = Package(str(data / "datapackage.json")).validate()
    if not found.valid:
        raise NotValid("; ".join(str(error[0]) for error in found.flatten(["message"])[:3]))
    return json.loads(found.to_json(), object_hook=lambda each: {k: v for k, v in each.items() if k != "seconds"})


def zenodo(paper: Publication) -> dict:
    """CITATION.cff in the terms of Zenodo's deposit form; {} for a work without authors, which it does not take.

    Without the DOI, which is an earlier deposit's: Zenodo gives each its own. https://developers.zenodo.org/#representation
    """
    if not paper.names:
        return {}
    creators = [
        {"name": people.ris(people.csl(author))}
        | ({"affiliation": author["affiliation"]} if "affiliation" in author else {})
        | ({"orcid": author["orcid"].rpartition("/")[2]} if "orcid" in author else {})
        for author in paper.credited
    ]
    related = [(paper.base, "isVariantFormOf"), (paper.repository, "isDerivedFrom")]
    made = {
        "title": paper.title,
        "upload_type": paper.fields.get("type", "software"),  # by the format, what says nothing is software
        "description": paper.fields["abstract"],
        "creators": creators,
        "publication_date": paper.date.isoformat(),
        "version": paper.version,
        "language": "eng",
        "access_right": "open",
        "license": next(iter(paper.licences)),
        "keywords": paper.fields.get("keywords", []),
        "related_identifiers": [{"identifier": at, "relation": relation} for at, relation in related if at],
        "notes": f"Values stay under their sources' terms: {DATA}/README.md names them for each table.",
    }
    return {key: value for key, value in made.items() if value}


def add(root: Path, paper: Publication, site: Path) -> str:
    """Write the report and the deposit of the edition in `site`; returns what the deposit lacks, "" for nothing."""
    (site / DATA / REPORT).write_bytes(json_file(report(site / DATA), sort_keys=False))
    with zipfile.ZipFile(io.BytesIO((site / DATA / ZIP).read_bytes())) as packed:
        files = {f"{DATA}/{name}": packed.read(name) for name in packed.namelist()}
    files[f"{DATA}/{REPORT}"] = (site / DATA / REPORT).read_bytes()
    files |= {Path(path).name: (site / path).read_bytes() for path in (PDF, FACTS)}
    files |= {CITATION: (root / CITATION).read_bytes(), "LICENSE": files[f"{DATA}/LICENSE"]}
    package = json.loads(files[f"{DATA}/datapackage.json"])
    about = {f"{DATA}/{each['path']}": (each["title"], each["description"]) for each in package["resources"]}
    about[Path(PDF).name] = (paper.title, "The brief, typeset")
    form = zenodo(paper)
    files |= {ZENODO: json_file(form, sort_keys=False)} if form else {}
    files[ro_crate.NAME] = json_file(ro_crate.described(paper, files, about), sort_keys=False)
    (site / NAME).write_bytes(zipped(files))
    return "" if form else f"{NAME} has no {ZENODO}: Zenodo takes no work without creators, and {CITATION} names none"
