"""A book with authors and an address names them to catalogues of data, in whole addresses."""

import json

BASE = "https://bread.example/brief/2026.1/"


def test_a_data_set_names_its_creators_publisher_and_address(minimal_built):
    page = minimal_built.soup("reference/data/bread/grain")
    found = json.loads(page.select_one("script[type='application/ld+json']").string)
    assert [each["name"] for each in found["creator"]] == ["Ann Baker"] and found["publisher"]["name"] == "The Mill"
    assert found["@id"] == found["identifier"] == found["url"] == f"{BASE}reference/data/bread/grain.html"
    assert found["distribution"][0]["contentUrl"] == f"{BASE}data/bread/grain.csv"
    assert found["keywords"] == ["bread"] and found["includedInDataCatalog"]["url"] == f"{BASE}reference/data.html"


def test_the_package_names_its_contributors_and_the_licence_of_citation_cff(minimal_built):
    package = json.loads((minimal_built.site / "data" / "datapackage.json").read_text("utf-8"))
    assert package["contributors"] == [
        {"title": "Ann Baker", "role": "author"},
        {"title": "The Mill", "role": "publisher"},
    ]
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert package["homepage"] == f"{BASE}reference/data.html"


def test_croissant_names_creators_and_how_to_cite(minimal_built):
    made = json.loads((minimal_built.site / "data" / "croissant.json").read_text("utf-8"))
    assert [each["name"] for each in made["creator"]] == ["Ann Baker"] and made["url"] == f"{BASE}reference/data.html"
    assert made["citeAs"].lstrip().startswith("@techreport") and "Why loaves rise" in made["citeAs"]
