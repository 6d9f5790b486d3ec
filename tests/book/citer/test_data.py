"""The data travel whole: what a catalogue, a search engine, a spreadsheet or a program is told of the tables is so."""

import csv
import hashlib
import io
import json
import re
import zipfile

import pytest
from bs4 import BeautifulSoup

from tests.conftest import ROOT

PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
SOURCES = {row["source"]: row for row in csv.DictReader((ROOT / "data/shared/sources.csv").open(encoding="utf-8"))}
# What Google's page "Dataset (Dataset, DataCatalog, DataDownload) structured data" requires and recommends: each
# property with its types. https://developers.google.com/search/docs/appearance/structured-data/dataset
REQUIRED = {"name": str, "description": str}
RECOMMENDED = {
    "alternateName": str,
    "citation": list,
    "creator": list,
    "distribution": list,
    "identifier": str,
    "includedInDataCatalog": dict,
    "isAccessibleForFree": bool,
    "isPartOf": (dict, list),
    "keywords": list,
    "license": (str, list),
    "measurementTechnique": str,
    "spatialCoverage": list,
    "temporalCoverage": str,
    "url": str,
    "variableMeasured": list,
    "version": str,
}
# Without a dimension of time or place, or a column that measures, there is nothing to say; nobody is the author yet.
IF_ANY = {"creator", "spatialCoverage", "temporalCoverage", "variableMeasured", "citation"}


def rows(entry):
    return list(csv.DictReader(io.StringIO((ROOT / "data" / entry["path"]).read_text("utf-8"), newline="")))


def linked(site, path):
    page = BeautifulSoup((site / path).read_text("utf-8").partition("</head>")[0], "lxml")
    return json.loads(page.select_one("script[type='application/ld+json']").string)


def check_as_google_does(found):
    """The rules of Google's page on one data set."""
    assert found["@type"] == "Dataset" and REQUIRED.keys() <= found.keys()
    for name, kind in (REQUIRED | RECOMMENDED).items():
        assert name not in found or (isinstance(found[name], kind) and found[name] not in ("", [])), name
    assert 50 <= len(found["description"]) <= 5000
    assert all(each["@type"] == "DataDownload" and each["contentUrl"] for each in found["distribution"])
    assert re.fullmatch(r"\d{4}(/\d{4})?", found.get("temporalCoverage", "2026"))
    assert found["isAccessibleForFree"] is True


@pytest.fixture(scope="module")
def published(built):
    """The published descriptors of the tables by their names."""
    package = json.loads((built.site / "data" / "datapackage.json").read_text("utf-8"))
    return {entry["name"]: entry for entry in package["resources"]}


@pytest.mark.parametrize("entry", PACKAGE["resources"], ids=lambda entry: entry["name"])
def test_a_tables_page_says_to_search_engines_what_google_asks_of_a_data_set(built, entry):
    path = f"reference/data/{entry['name']}.html"
    found = linked(built.site, path)
    check_as_google_does(found)
    assert RECOMMENDED.keys() - found.keys() <= IF_ANY
    assert found["alternateName"] == entry["name"] and found["usageInfo"] == entry["licence_note"]
    measured = [field["title"] for field in entry["schema"]["fields"] if "unit" in field]
    assert [each["name"] for each in found.get("variableMeasured", [])] == measured
    file = (built.site / path).parent / found["distribution"][0]["contentUrl"]
    assert file.resolve() == built.site / "data" / entry["path"] and file.is_file()


def test_the_catalogue_is_a_data_set_of_all_tables(built):
    (found,) = linked(built.site, "reference/data.html")["@graph"]
    check_as_google_does(found)
    assert RECOMMENDED.keys() - found.keys() <= IF_ANY | {"includedInDataCatalog", "measurementTechnique"}
    for part in found["hasPart"]:
        check_as_google_does(part)
    assert {part["name"] for part in found["hasPart"]} == {entry["title"] for entry in PACKAGE["resources"]}
    files = [each["contentUrl"] for each in found["distribution"]] + [found["subjectOf"]["url"]]
    assert all((built.site / "reference" / file).is_file() for file in files) and "../data/brief-data.zip" in files


@pytest.mark.parametrize("entry", PACKAGE["resources"], ids=lambda entry: entry["name"])
def test_the_package_says_of_a_table_its_time_places_sources_and_terms(published, entry):
    made, cells = published[entry["name"]], rows(entry)
    keys = [key for key in entry["schema"].get("foreignKeys", []) if key["reference"]["resource"] == "shared/economies"]
    codes = {row[name] for row in cells for key in keys for name in key["fields"]} - {""}
    assert made.get("spatial", []) == sorted(codes)
    if entry["name"] != "shared/sources":
        keys = {row["source"] for row in cells}
        assert len(made["sources"]) == len(keys)
        assert sorted(each["licence"] for each in made["sources"]) == sorted(SOURCES[key]["licence"] for key in keys)
        assert all(each["path"].startswith("http") for each in made["sources"])
    whole = " ".join(text for row in cells for text in row.values())
    assert all(year in whole for year in made.get("temporal", {}).values())
    content = (ROOT / "data" / entry["path"]).read_bytes()
    assert (made["bytes"], made["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
    assert made["licenses"][0]["name"] == "CC-BY-4.0" and made["schema"] == entry["schema"]


def test_years_and_licences_of_tables_that_were_looked_at(published):
    freedom = published["ideology/freedom_of_expression"]
    assert freedom["temporal"] == {"start": "1990", "end": "2025"} and {"RUS", "CHN"} <= set(freedom["spatial"])
    assert freedom["licenses"][1]["path"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert published["shared/timeline"]["temporal"]["start"] == "2017"
    assert "temporal" not in published["competitiveness/tortoise"]  # an edition of an index, without a column of time
    assert [each["name"] for each in published["hardware/statements"]["licenses"]] == ["CC-BY-4.0"] * 2


def test_spreadsheets_have_a_copy_of_each_table_that_they_would_misread(built):
    """Excel takes a CSV for its own alphabet unless a mark begins it; the files for programs have none."""
    with zipfile.ZipFile(built.site / "data" / "brief-data.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    for entry in PACKAGE["resources"]:
        content, copy = packed[entry["path"]], packed.get(f"spreadsheets/{entry['path']}")
        assert content == (built.site / "data" / entry["path"]).read_bytes() and not content.startswith(b"\xef\xbb\xbf")
        assert copy == (None if content.isascii() else b"\xef\xbb\xbf" + content)
        page = (built.site / f"reference/data/{entry['name']}.html").read_text("utf-8")
        assert (f"data/spreadsheets/{entry['path']}" in page) == (copy is not None)


def test_the_archive_says_the_terms_of_each_table_and_brings_the_texts_that_ask_for_it(built):
    with zipfile.ZipFile(built.site / "data" / "brief-data.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}
    texts = {f"licences/{path.name}": path.read_bytes() for path in (ROOT / "data/licences").iterdir()}
    assert texts and texts.items() <= packed.items()
    assert {name[9:-4] for name in texts} <= {"Apache-2.0", *SOURCES}
    readme = packed["README.md"].decode()
    assert all(entry["path"] in readme and entry["licence_note"] in readme for entry in PACKAGE["resources"])
    assert "  - CC-BY-SA-4.0, https://creativecommons.org/licenses/by-sa/4.0/: V-Dem Institute" in readme


def test_croissant_names_each_file_and_column(built):
    made = json.loads((built.site / "data" / "croissant.json").read_text("utf-8"))
    assert "../" not in json.dumps(made)  # it lies in archives too, from where such an address leads nowhere
    files = {each["@id"]: each for each in made["distribution"]}
    assert files.keys() == {entry["path"] for entry in PACKAGE["resources"]}
    for path, each in files.items():
        assert each["sha256"] == hashlib.sha256((built.site / "data" / each["contentUrl"]).read_bytes()).hexdigest()
        assert each["contentUrl"] == path
    for entry, records in zip(PACKAGE["resources"], made["recordSet"], strict=True):
        columns = [(f["source"]["fileObject"]["@id"], f["source"]["extract"]["column"]) for f in records["field"]]
        assert columns == [(entry["path"], field["name"]) for field in entry["schema"]["fields"]]
        assert {"sc:Text", "sc:Integer", "sc:Float", "sc:Boolean", "sc:Date"} >= {
            f["dataType"] for f in records["field"]
        }


def test_croissants_own_library_reads_every_row(built):
    """Where it is installed: it brings more than all else that the tests need, so it is no requirement."""
    mlcroissant = pytest.importorskip("mlcroissant")
    dataset = mlcroissant.Dataset(built.site / "data" / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    for entry in PACKAGE["resources"]:
        assert len(list(dataset.records(entry["name"]))) == len(rows(entry)), entry["name"]
