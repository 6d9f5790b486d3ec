"""What an archive takes of an edition is whole, valid, and names nobody whom CITATION.cff does not name."""

import json
import shutil
import zipfile

import pytest

from brief.cli import deposit, ro_crate
from brief.ext.citations.metadata import Publication
from tests.conftest import ROOT

MINIMAL = Publication(ROOT / "tests" / "engine" / "books" / "minimal")  # has an author, an address and a publisher


@pytest.fixture(scope="module")
def made(built, tmp_path_factory):
    """The book's deposit as an edition has it, but for the PDF; and what the edition says of it."""
    site = tmp_path_factory.mktemp("edition")
    shutil.copytree(built.site / "data", site / "data")
    shutil.copyfile(built.site / "facts.json", site / "facts.json")
    (site / "downloads").mkdir()
    (site / "downloads" / "brief.pdf").write_bytes(b"%PDF-")
    said = deposit.add(ROOT, Publication(ROOT), site)
    with zipfile.ZipFile(site / deposit.NAME) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, said


def test_frictionless_finds_the_published_tables_valid_and_says_so_beside_them(built, made):
    files, _said = made
    found = json.loads(files["data/frictionless-report.json"])
    package = json.loads((built.site / "data" / "datapackage.json").read_text("utf-8"))
    assert found["valid"] is True and found["stats"] == {"tasks": len(package["resources"]), "errors": 0, "warnings": 0}
    assert [task["name"] for task in found["tasks"]] == [entry["name"] for entry in package["resources"]]


def test_the_crate_describes_every_file_of_the_deposit(made):
    files, _said = made
    document = json.loads(files[ro_crate.NAME])
    entities = {entity["@id"]: entity for entity in document["@graph"]}
    assert entities[ro_crate.NAME]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root, paper = entities["./"], Publication(ROOT)
    assert {part["@id"] for part in root["hasPart"]} == files.keys() - {ro_crate.NAME}
    assert all(entities[part["@id"]]["contentSize"] == str(len(files[part["@id"]])) for part in root["hasPart"])
    assert (root["name"], root["datePublished"], root["version"]) == (
        paper.title,
        paper.date.isoformat(),
        paper.version,
    )
    several = [value if isinstance(value, list) else [value] for value in root.values()]
    refs = [each["@id"] for value in several for each in value if isinstance(each, dict)]
    assert set(refs) <= entities.keys()  # nothing is named that the document does not describe
    assert ("author" in root) == bool(paper.names) and ("publisher" in root) == bool(paper.publisher)


def test_zenodos_form_is_citation_cff_and_is_left_out_where_nobody_is_the_author(made):
    files, said = made
    paper = Publication(ROOT)
    assert (deposit.ZENODO in files) == bool(paper.names) != bool(said)
    assert bool(paper.names) or "names none" in said
    found = deposit.zenodo(MINIMAL)
    assert found["creators"] == [{"name": "Baker, Ann"}]
    assert (found["title"], found["version"], found["publication_date"]) == ("Why loaves rise", "2026.1", "2026-01-15")
    assert (found["upload_type"], found["license"], found["access_right"]) == ("dataset", "CC-BY-4.0", "open")
    assert found["related_identifiers"] == [
        {"identifier": "https://bread.example/brief/2026.1/", "relation": "isVariantFormOf"}
    ]


def test_authors_have_their_identifiers_in_both(tmp_path):
    text = (MINIMAL.root / "CITATION.cff").read_text("utf-8")
    person = "family-names: Baker\n    given-names: Ann\n    orcid: https://orcid.org/0000-0002-1825-0097\n"
    text = text.replace("family-names: Baker\n    given-names: Ann\n", f"{person}    affiliation: The Mill\n", 1)
    (tmp_path / "CITATION.cff").write_text(text, "utf-8")
    paper = Publication(tmp_path)
    creator = {"name": "Baker, Ann", "affiliation": "The Mill", "orcid": "0000-0002-1825-0097"}
    assert deposit.zenodo(paper)["creators"] == [creator]
    entities = {entity["@id"]: entity for entity in ro_crate.described(paper, {}, {})["@graph"]}
    assert entities["./"]["author"] == {"@id": "https://orcid.org/0000-0002-1825-0097"}
    home = entities["https://orcid.org/0000-0002-1825-0097"]["affiliation"]["@id"]
    assert (entities[home]["@type"], entities[home]["name"]) == ("Organization", "The Mill")


def test_tables_that_are_not_valid_stop_the_deposit(built, tmp_path):
    package = json.loads((built.site / "data" / "datapackage.json").read_text("utf-8"))
    package["resources"] = package["resources"][:1]
    package["resources"][0]["schema"]["foreignKeys"] = []
    path = package["resources"][0]["path"]
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes((built.site / "data" / path).read_bytes() + b"x\n")
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    with pytest.raises(deposit.NotValid):
        deposit.report(tmp_path)
