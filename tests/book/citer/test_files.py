"""For every chapter, the files and tags that machines read name the same authors, title, date and address."""

import datetime as dt
import json
import re

import bibtexparser
import jsonschema
import pytest
import rdflib
import rispy
import yaml
from bs4 import BeautifulSoup
from rdflib.namespace import Namespace

from tests.conftest import CHAPTERS, ROOT

CFF = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
AUTHORS = [a.get("name") or f"{a['given-names']} {a['family-names']}" for a in CFF["authors"]]
BASE = f"{CFF['url']}/{CFF['version']}/"
SCHEMA = Namespace("https://schema.org/")
# What Google Scholar's inclusion guidelines and Zotero's Embedded Metadata translator take of a chapter.
HIGHWIRE = ["title", "author", "publication_date", "inbook_title", "publisher", "language", "public_url"]
# The names and kinds of the CSL-JSON specification's variables that an item of ours may have.
TEXTS = ["id", "type", "title", "container-title", "publisher", "URL", "DOI", "version", "language", "note"]
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "author", "issued", "URL"],
        "additionalProperties": False,
        "properties": {name: {"type": "string", "minLength": 1} for name in TEXTS}
        | {
            "type": {"enum": ["report", "chapter", "figure", "dataset"]},
            "author": {"type": "array", "minItems": 1, "items": {"type": "object"}},
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "additionalProperties": False,
                "properties": {"date-parts": {"items": {"type": "array", "minItems": 3, "maxItems": 3}}},
            },
        },
    },
}


def said(authors, title, date, address):
    """What a citation comes down to."""
    return {"authors": list(authors), "title": title, "date": date, "address": address}


def of_bibtex(text):
    (entry,) = bibtexparser.loads(text).entries
    authors = [name.strip("{}") for name in entry["author"].split(" and ")]
    return said(authors, entry["title"].strip("{}"), dt.date.fromisoformat(entry["date"]), entry["url"])


def of_ris(text):
    (entry,) = rispy.loads(text)
    day = dt.datetime.strptime(entry["date"], "%Y/%m/%d/").date()
    return said(entry["authors"], entry["title"], day, entry["urls"][0])


def of_csl(text):
    document = json.loads(text)
    jsonschema.validate(document, CSL)
    (item,) = document
    authors = [a.get("literal") or f"{a['given']} {a['family']}" for a in item["author"]]
    return said(authors, item["title"], dt.date(*item["issued"]["date-parts"][0]), item["URL"])


def of_tags(soup, prefix="citation_"):
    names = {"": []}
    for tag in soup.select(f"meta[name^='{prefix}']"):
        names.setdefault(tag["name"].removeprefix(prefix), []).append(tag["content"])
    return names


def graph(soup):
    """The page's linked data, read without the network: schema.org's own context maps each name to its own."""
    data = json.loads(soup.select_one("script[type='application/ld+json']").string)
    assert data.pop("@context") == "https://schema.org"
    data["@context"] = {"@vocab": str(SCHEMA)}
    return rdflib.Graph().parse(data=json.dumps(data), format="json-ld")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_form_of_a_chapters_citation_says_the_same(built, chapter):
    soup = BeautifulSoup(built.page(f"chapters/{chapter}"), "html.parser")
    title = re.sub(r"^\d+\. |#$", "", soup.h1.get_text().strip())
    folder, address = built.site / "citations", f"{BASE}chapters/{chapter}.html"
    expected = said(AUTHORS, title, CFF["date-released"], address)
    assert of_bibtex((folder / f"{chapter}.bib").read_text("utf-8")) == expected
    assert of_ris((folder / f"{chapter}.ris").read_text("utf-8")) == expected
    assert of_csl((folder / f"{chapter}.json").read_text("utf-8")) == expected

    tags = of_tags(soup)
    assert all(tags[name] for name in HIGHWIRE)
    day = dt.datetime.strptime(tags["publication_date"][0], "%Y/%m/%d").date()
    assert said(tags["author"], tags["title"][0], day, tags["public_url"][0]) == expected
    assert tags["inbook_title"] == [CFF["title"]]
    core = of_tags(soup, "DC.")
    day = dt.date.fromisoformat(core["date"][0])
    assert said(core["creator"], core["title"][0], day, core["identifier"][0]) == expected
    assert soup.select_one("link[rel=canonical]")["href"] == address
    assert soup.select_one("meta[property='og:url']")["content"] == address
    assert soup.select_one("meta[property='og:title']")["content"] == title
    card = soup.select_one("meta[property='og:image']")["content"]
    assert (built.site / card.removeprefix(BASE)).read_bytes().startswith(b"\x89PNG")

    linked = graph(soup)
    (node,) = linked.subjects(rdflib.RDF.type, SCHEMA.Chapter)
    one = {name: str(linked.value(node, SCHEMA[name])) for name in ("name", "datePublished", "url")}
    authors = [str(linked.value(a, SCHEMA.name)) for a in linked.objects(node, SCHEMA.author)]
    assert said(authors, one["name"], dt.date.fromisoformat(one["datePublished"]), one["url"]) == expected
    assert str(linked.value(node, SCHEMA.isPartOf)) == BASE


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_names_its_sources_figures_and_tables(built, chapter):
    soup = BeautifulSoup(built.page(f"chapters/{chapter}"), "html.parser")
    references = of_tags(soup)["reference"]
    assert len(references) >= 10 and all("citation_title=" in r and "citation_author=" in r for r in references)
    linked = graph(soup)
    figures = {figure["id"] for figure in soup.select("figure.brief-figure")}
    images = list(linked.subjects(rdflib.RDF.type, SCHEMA.ImageObject))
    assert {str(image).partition("#")[2] for image in images} == figures
    for image in images:
        file = built.site / str(linked.value(image, SCHEMA.contentUrl)).removeprefix(BASE)
        assert file.read_bytes().startswith(b"\x89PNG")
    (node,) = linked.subjects(rdflib.RDF.type, SCHEMA.Chapter)
    for table in linked.objects(node, SCHEMA.isBasedOn):
        assert (built.site / str(table).removeprefix(BASE)).is_file()


def test_each_table_is_described_for_machines_and_cited(built):
    soup = BeautifulSoup(built.page("reference/data"), "html.parser")
    linked = graph(soup)
    tables = list(linked.subjects(rdflib.RDF.type, SCHEMA.Dataset))
    package = json.loads((ROOT / "data/datapackage.json").read_text("utf-8"))
    assert len(tables) == len(package["resources"])
    for table in tables:
        page = (built.site / str(table).removeprefix(BASE)).read_text("utf-8")
        assert str(table) in BeautifulSoup(page, "html.parser").select_one("#cite + p").get_text()
        assert 50 <= len(str(linked.value(table, SCHEMA.description))) <= 5000
        assert linked.value(table, SCHEMA.license) and linked.value(table, SCHEMA.usageInfo)
        download = linked.value(table, SCHEMA.distribution)
        file = str(linked.value(download, SCHEMA.contentUrl)).removeprefix(BASE)
        assert (built.site / file).is_file()


def test_the_whole_book_has_its_own_citation(built):
    soup = BeautifulSoup(built.page("index"), "html.parser")
    expected = said(AUTHORS, CFF["title"], CFF["date-released"], BASE)
    for kind, read in (("bib", of_bibtex), ("ris", of_ris), ("json", of_csl)):
        assert read((built.site / f"citations/book.{kind}").read_text("utf-8")) == expected
    linked = graph(soup)
    (node,) = linked.subjects(rdflib.RDF.type, SCHEMA.Report)
    parts = {str(part) for part in linked.objects(node, SCHEMA.hasPart)}
    assert parts == {f"{BASE}chapters/{chapter}.html" for chapter in CHAPTERS}


def test_each_figure_has_its_own_citation_in_its_chapter(built):
    for folder in (built.site / "figures").iterdir():
        chapter = folder.name.partition("-")[0]
        for kind, read in (("bib", of_bibtex), ("ris", of_ris), ("json", of_csl)):
            found = read((folder / f"{folder.name}.{kind}").read_text("utf-8"))
            assert found["address"] == f"{BASE}chapters/{chapter}.html#{folder.name}"
            assert found["authors"] == AUTHORS


def test_a_number_is_cited_with_its_edition(built):
    soup = BeautifulSoup(built.page("reference/evidence"), "html.parser")
    rows = soup.select("tr[id^=fact-]")
    assert rows
    for row in rows:
        assert row.select_one("a.cite-number")["href"] == f"{BASE}reference/evidence.html#{row['id']}"
    facts = json.loads(BeautifulSoup(built.page("chapters/hardware"), "html.parser").select_one("#brief-facts").string)
    assert str(CFF["version"]) in facts["by"] and AUTHORS[0] in facts["by"]
    assert all(fact["link"].startswith(f"{BASE}reference/evidence.html#fact-") for fact in facts["facts"].values())


def test_title_and_authors_stand_in_one_place(built):
    for path in [ROOT / "_config.yml", ROOT / "_toc.yml", *ROOT.glob("*.md"), *ROOT.glob("brief/**/*.html")]:
        if path.name not in ("README.md",):
            text = path.read_text("utf-8")
            assert CFF["title"] not in text and "example.org" not in text, path
    assert BeautifulSoup(built.page("index"), "html.parser").h1.get_text().startswith(CFF["title"])
