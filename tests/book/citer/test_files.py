"""For every chapter, the files and tags that machines read name the same authors, title, date and address."""

import datetime as dt
import json
import re

import bibtexparser
import jsonschema
import pytest
import rdflib
import rispy
from bs4 import BeautifulSoup
from rdflib.namespace import Namespace

from tests.conftest import CFF, CHAPTERS, ROOT

NAMED = [a for a in CFF["authors"] if a != {"name": "anonymous"}]  # by which the format names none
AUTHORS = [a.get("name") or f"{a['given-names']} {a['family-names']}" for a in NAMED]
BASE = f"{CFF['url']}/{CFF['version']}/" if "url" in CFF else ""  # "": files and tags leave addresses out
SCHEMA = Namespace("https://schema.org/")
# What Google Scholar's inclusion guidelines and Zotero's Embedded Metadata translator take of a chapter.
HIGHWIRE = ["title", "publication_date", "inbook_title", "language"]
HIGHWIRE += ["author"] * bool(AUTHORS) + ["public_url"] * bool(BASE)
# The names and kinds of the CSL-JSON specification's variables that an item of ours may have.
TEXTS = ["id", "type", "title", "container-title", "publisher", "URL", "DOI", "version", "language", "note", "edition"]
TEXTS += ["genre", "number"]
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "issued"],
        "additionalProperties": False,
        "properties": {name: {"type": "string", "minLength": 1} for name in TEXTS}
        | {
            "type": {"enum": ["report", "chapter", "dataset"]},
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


def at(path):
    """The address of a page; None before it is known."""
    return f"{BASE}{path}" if BASE else None


def said(authors, title, date, address, edition=None):
    """What a citation comes down to."""
    found = {"authors": list(authors), "title": title, "date": date, "address": address}
    return found | ({"edition": edition} if edition else {})


def of_bibtex(text):
    (entry,) = bibtexparser.loads(text).entries
    authors = [name.strip("{}") for name in entry["author"].split(" and ")] if "author" in entry else []
    title, day = re.sub(r"[{}]", "", entry["title"]), dt.date.fromisoformat(entry["date"])
    assert not entry["title"].startswith("{")  # a style may set what is no name as it sets titles
    return said(authors, title, day, entry.get("url"), entry.get("edition") or entry["number"])


def of_ris(text):
    (entry,) = rispy.loads(text)
    day = dt.datetime.strptime(entry["date"], "%Y/%m/%d/").date()
    edition = entry.get("edition") or entry["issn"]  # the tag of a report's number is a serial's ISSN
    return said(entry.get("authors", []), entry["title"], day, entry.get("urls", [None])[0], edition)


def of_csl(text):
    document = json.loads(text)
    jsonschema.validate(document, CSL)
    (item,) = document
    authors = [a.get("literal") or f"{a['given']} {a['family']}" for a in item.get("author", [])]
    edition = item.get("edition") or item["number"]
    return said(authors, item["title"], dt.date(*item["issued"]["date-parts"][0]), item.get("URL"), edition)


def of_tags(soup, prefix="citation_"):
    names = {"": []}
    for tag in soup.select(f"meta[name^='{prefix}']"):
        names.setdefault(tag["name"].removeprefix(prefix), []).append(tag["content"])
    return names


SITE = BASE or "https://nowhere.example/"  # from where a page's relative addresses are read


def graph(soup, page):
    """The page's linked data, read without the network: schema.org's own context maps each name to its own."""
    data = json.loads(soup.select_one("script[type='application/ld+json']").string)
    assert data.pop("@context") == "https://schema.org"
    types = {name: {"@type": "@id"} for name in ("url", "contentUrl", "isBasedOn")}
    data["@context"] = {"@vocab": str(SCHEMA), "@base": f"{SITE}{page}"} | types
    return rdflib.Graph().parse(data=json.dumps(data), format="json-ld")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_form_of_a_chapters_citation_says_the_same(built, chapter):
    soup = built.soup(f"chapters/{chapter}")
    title = re.sub(r"^\d+\. |#$", "", soup.h1.get_text().strip())
    folder, address = built.site / "citations", at(f"chapters/{chapter}.html")
    expected = said(AUTHORS, title, CFF["date-released"], address)
    of_edition = expected | {"edition": CFF["version"]}
    assert of_bibtex((folder / f"{chapter}.bib").read_text("utf-8")) == of_edition
    assert of_ris((folder / f"{chapter}.ris").read_text("utf-8")) == of_edition
    assert of_csl((folder / f"{chapter}.json").read_text("utf-8")) == of_edition

    tags = of_tags(soup)
    assert all(tags[name] for name in HIGHWIRE)
    day = dt.datetime.strptime(tags["publication_date"][0], "%Y/%m/%d").date()
    assert (tags["title"][0], day, tags.get("public_url", [None])[0]) == (title, expected["date"], address)
    assert tags["inbook_title"] == [CFF["title"]]
    core = of_tags(soup, "DC.")
    day = dt.date.fromisoformat(core["date"][0])
    assert said(core.get("creator", []), core["title"][0], day, core.get("identifier", [None])[0]) == expected
    for place, name in (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")):
        assert (soup.select_one(place) or {}).get(name) == address
    assert soup.select_one("meta[property='og:title']")["content"] == title
    card = soup.select_one("meta[property='og:image']")
    card = card["content"].removeprefix(BASE) if BASE else f"cards/{chapter}.png"
    assert (built.site / card).read_bytes().startswith(b"\x89PNG")

    linked = graph(soup, f"chapters/{chapter}.html")
    (node,) = linked.subjects(rdflib.RDF.type, SCHEMA.Chapter)
    one = {name: linked.value(node, SCHEMA[name]) for name in ("name", "datePublished", "url")}
    authors = [str(linked.value(a, SCHEMA.name)) for a in linked.objects(node, SCHEMA.author)]
    day = dt.date.fromisoformat(one["datePublished"])
    assert said(authors, str(one["name"]), day, address) == expected
    assert str(one["url"]) == f"{SITE}chapters/{chapter}.html"
    assert str(linked.value(node, SCHEMA.isPartOf)) == (BASE or f"{SITE}index.html")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_names_its_sources_figures_and_tables(built, chapter):
    soup = built.soup(f"chapters/{chapter}")
    references = of_tags(soup)["reference"]
    assert len(references) >= 10 and all("citation_title=" in r and "citation_author=" in r for r in references)
    linked = graph(soup, f"chapters/{chapter}.html")
    figures = {figure["id"] for figure in soup.select("figure.brief-figure")}
    images = list(linked.subjects(rdflib.RDF.type, SCHEMA.ImageObject))
    assert {str(image).partition("#")[2] for image in images} == figures
    for image in images:
        file = built.site / str(linked.value(image, SCHEMA.contentUrl)).removeprefix(SITE)
        assert file.read_bytes().startswith(b"\x89PNG")
    (node,) = linked.subjects(rdflib.RDF.type, SCHEMA.Chapter)
    for table in linked.objects(node, SCHEMA.isBasedOn):
        assert (built.site / str(table).removeprefix(SITE)).is_file()


def test_each_table_is_described_for_machines_and_cited(built):
    linked = graph(built.soup("reference/data"), "reference/data.html")
    tables = list(linked.objects(rdflib.URIRef(f"{SITE}reference/data.html"), SCHEMA.hasPart))
    package = json.loads((ROOT / "data/datapackage.json").read_text("utf-8"))
    assert len(tables) == len(package["resources"])
    for table in tables:
        html = (built.site / str(table).removeprefix(SITE)).read_text("utf-8")
        assert not BASE or str(table) in html.partition('id="cite"')[2]
        page = BeautifulSoup(html.partition("</head>")[0], "lxml")  # the rows would take most of the time
        tags = of_tags(page)
        assert tags["title"] and page.find("meta", {"name": "DC.type"})["content"] == "Dataset"
        assert page.find("meta", {"name": "prism.edition"})["content"] == CFF["version"]
        assert linked.value(table, SCHEMA.license) and linked.value(table, SCHEMA.usageInfo)


def test_the_whole_book_has_its_own_citation(built):
    soup = built.soup("index")
    expected = said(AUTHORS, CFF["title"], CFF["date-released"], at(""), CFF["version"])
    for kind, read in (("bib", of_bibtex), ("ris", of_ris), ("json", of_csl)):
        assert read((built.site / f"citations/book.{kind}").read_text("utf-8")) == expected
    linked = graph(soup, "index.html")
    (node,) = linked.subjects(rdflib.RDF.type, SCHEMA.Report)
    parts = {str(part) for part in linked.objects(node, SCHEMA.hasPart)}
    assert parts == {f"{SITE}chapters/{chapter}.html" for chapter in CHAPTERS}


def test_each_figure_has_its_own_citation_in_its_chapter(built):
    for folder in (built.site / "figures").iterdir():
        chapter = folder.name.partition("-")[0]
        for kind, read in (("bib", of_bibtex), ("ris", of_ris), ("json", of_csl)):
            found = read((folder / f"{folder.name}.{kind}").read_text("utf-8"))
            assert found["address"] == at(f"chapters/{chapter}.html#{folder.name}")
            assert (found["authors"], found["edition"]) == (AUTHORS, CFF["version"])
        page = BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser")
        tags = of_tags(page)
        assert (
            tags["inbook_title"] == [CFF["title"]]
            and tags["publication_date"]
            and page.find("meta", {"name": "DC.rights"})
        )
        address = at(f"figures/{folder.name}/index.html")
        assert [tags.get("public_url", [None])[0], (page.select_one("link[rel=canonical]") or {}).get("href")] == [
            address
        ] * 2


def test_a_number_is_cited_with_its_edition(built):
    soup = built.soup("reference/evidence")
    rows = soup.select("tr[id^=fact-]")
    assert rows
    for row in rows:
        place = f"{BASE}reference/evidence.html" if BASE else ""
        assert row.select_one("a.cite-number")["href"] == f"{place}#{row['id']}"
    facts = json.loads(built.soup("chapters/hardware").select_one("#brief-facts").string)
    assert str(CFF["version"]) in facts["by"] and all(name in facts["by"] for name in AUTHORS)
    place = f"{BASE or '../'}reference/evidence.html#fact-"
    assert all(fact["link"].startswith(place) for fact in facts["facts"].values())


def test_title_and_authors_stand_in_one_place(built):
    for path in [ROOT / "_config.yml", ROOT / "_toc.yml", *ROOT.glob("*.md"), *ROOT.glob("brief/**/*.html")]:
        if path.name not in ("README.md",):
            text = path.read_text("utf-8")
            assert CFF["title"] not in text and "example.org" not in text, path
    assert built.soup("index").h1.get_text().startswith(CFF["title"])
