"""What machines read of the site: units, addresses, dates, editions and fingerprints are those of the book's files."""

import hashlib
import json
import re
from datetime import date

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.book.reader.shown.reading import plain, words
from tests.book.reader.shown.test_figures_words import items
from tests.book.reader.shown.written import as_written, tables_read
from tests.conftest import CHAPTERS, PAGES

PRECISION = {4: "year", 7: "month", 10: "day"}  # of an ISO date, by its length
STYLES = ["APA", "Chicago", "MLA", "Harvard"]


@pytest.fixture(scope="module")
def imprint(site) -> dict:
    """CITATION.cff, its day as text. (The copy that is built has no history, so each chapter is of that day.)"""
    read = yaml.safe_load((site.root / "CITATION.cff").read_text("utf-8"))
    return read | {"date-released": str(read["date-released"])}


def digest(*parts: bytes) -> str:
    """The book's way to name data by their bytes: SHA-256 of each part after its length, 24 digits."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()[:24]


def test_the_record_names_edition_date_and_fingerprint(site, imprint):
    data = site.root / "data"
    files = sorted(data / entry["path"] for entry in site.package.values())
    expected = digest(*(path.read_bytes() for path in [data / "datapackage.json", data / "references.bib", *files]))
    assert site.record["fingerprint"] == expected
    assert (site.record["edition"], site.record["date"]) == (imprint["version"], imprint["date-released"])


def test_every_page_says_the_same_edition_and_day_on_screen_and_on_paper(site, imprint):
    day = date.fromisoformat(imprint["date-released"])
    said = {"Edition {}, {} {:%B %Y}".format(imprint["version"], day.day, day)}
    for page in PAGES:
        found = re.findall(r"Edition [^,<]+, \d{1,2} \w+ \d{4}", (site.html / f"{page}.html").read_text("utf-8"))
        assert set(found) == said and len(found) >= 2, page


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_names_the_fingerprint_of_the_tables_that_it_reads(site, chapter):
    source = (site.root / f"chapters/{chapter}.md").read_text("utf-8")
    names = tables_read(site.root, chapter)
    names |= {"shared/economies"} if re.search(r"named\(|economy_color|standing\(", source) else set()
    read = []
    for name in names:
        entry = site.package[name]
        content = (site.root / "data" / entry["path"]).read_bytes()
        read.append((name, digest(content, json.dumps(entry["schema"], sort_keys=True).encode())))
    expected = digest(repr(sorted(read)).encode())[:12]
    assert f"Fingerprint of its data: {expected}" in words(
        site.page(f"chapters/{chapter}").select_one(".citation-papers")
    )
    (item,) = json.loads((site.html / "citations" / f"{chapter}.json").read_text("utf-8"))
    assert item["note"].endswith(expected)


@pytest.mark.parametrize("page", ["index", "reference/cite", *(f"chapters/{name}" for name in CHAPTERS)])
def test_citations_in_every_style_name_title_year_edition_and_address(site, imprint, page):
    if page == "index":
        assert f"Edition {imprint['version']}" in words(site.page(page).select_one(".masthead"))
        return
    block = site.page(page).select(".cite")[-1]  # those before are of figures
    assert [words(term) for term in block.select("dt")] == STYLES
    address = f"{imprint['url']}/{imprint['version']}/" if "url" in imprint else ""
    title = imprint["title"]
    if page.startswith("chapters/"):
        address += f"{page}.html" if address else ""
        heading = words(site.page(page).h1).rstrip("#")
        title = re.sub(r"^\d+\.? ", "", heading)
    for said in block.select("dd"):
        text = said.get_text(strip=True)
        assert plain(title) in plain(text) and imprint["date-released"][:4] in text and address in text
        assert imprint["version"] in text
    papers = words(site.page(page).select_one(".citation-papers"))
    assert f"Edition {imprint['version']}, {as_written(imprint['date-released'], 'day')}" in papers
    stem = page.rpartition("/")[2] if page.startswith("chapters/") else "book"
    links = [a["href"] for a in site.page(page).select(".citation-papers a")]
    assert links == [f"../citations/{stem}.{kind}" for kind in ("bib", "json", "ris")]


@pytest.mark.parametrize("name", ["book", *CHAPTERS])
def test_citation_files_have_the_edition_and_its_day(site, imprint, name):
    folder, day = site.html / "citations", date.fromisoformat(imprint["date-released"])
    (item,) = json.loads((folder / f"{name}.json").read_text("utf-8"))
    assert item["issued"]["date-parts"] == [[day.year, day.month, day.day]] and imprint["version"] in (
        item.get("edition"),
        item.get("number"),
    )
    assert day.isoformat() in (folder / f"{name}.bib").read_text("utf-8")
    assert f"{day:%Y/%m/%d}" in (folder / f"{name}.ris").read_text("utf-8")


def test_tables_are_described_to_machines_with_their_units_and_files(site):
    for name, entry in site.package.items():
        html = (site.html / f"reference/data/{name}.html").read_text("utf-8")
        item = items(BeautifulSoup(html.partition("</head>")[0], "html.parser"))[0]
        assert (item["@type"], item["@id"].partition("/reference/data/")[2]) == ("Dataset", f"{name}.html")
        assert item["name"] == entry["title"] and entry["description"] in item["description"]
        (download,) = item["distribution"]
        assert download["contentUrl"].endswith(f"/data/{entry['path']}")
        told = [(v["name"], v["unitText"], v["description"]) for v in item.get("variableMeasured", [])]
        fields = [f for f in entry["schema"]["fields"] if "unit" in f]
        assert told == [(f["title"], str(f["unit"]), f["description"]) for f in fields]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_linked_data_of_a_chapter_name_its_tables_sources_and_days(site, imprint, chapter):
    page = site.page(f"chapters/{chapter}")
    (item,) = [i for i in items(page) if i.get("@type") == "Chapter"]
    assert item["datePublished"] == imprint["date-released"] and item["version"] == imprint["version"]
    based = {address.partition("/reference/")[2] for address in item["isBasedOn"]}
    listed = {a["href"].removeprefix("../reference/") for a in page.select("#data-and-sources > p")[0].find_all("a")}
    assert based - {"data/shared/economies.html"} == listed
    known = {(plain(e["title"]), e["url"]): e for e in site.sources.values()}
    cited = [(plain(c["name"]), c["url"]) for c in item["citation"]]
    assert set(cited) <= set(known)
    assert all(
        c["alternateName"].endswith(known[pair].get("year", ""))
        for c, pair in zip(item["citation"], cited, strict=True)
    )
    keys = {
        key
        for kind in ("facts", "figures", "indicators")
        for r in site.record[kind]
        if r["chapter"] == chapter
        for key in r["sources"]
    }
    assert {(plain(site.sources[key]["title"]), site.sources[key]["url"]) for key in keys} <= set(cited)
    assert (
        page.select_one("meta[property='article:published_time'], meta[name=citation_publication_date]")["content"]
        .replace("/", "-")
        .startswith(imprint["date-released"])
    )


def test_the_bibliography_holds_every_source_once_with_its_year_and_address(site):
    entries = site.page("reference/bibliography").select(".citation")
    assert len(entries) == len(site.sources)
    assert sorted(site.entries.values()) == sorted(site.sources)
    for entry in entries:
        fields, text = site.sources[site.entries[entry["id"]]], words(entry.p)
        assert f"{fields['year']}." in text if "year" in fields else "No date." in text
        assert [a["href"] for a in entry.select("a:not(.used-in a)")][-1:] == [fields.get("archiveurl", fields["url"])]


@pytest.mark.parametrize("page", ["index", *(f"chapters/{name}" for name in CHAPTERS), "reference/evidence"])
def test_a_citation_on_a_page_leads_to_the_source_that_it_names(site, page):
    up = "../" * page.count("/")
    links = [a for span in site.page(page).select(".bibtex-citation") for a in span.find_all("a")]
    prefix = "bibliography.html" if page.startswith("reference/") else f"{up}reference/bibliography.html"
    told: dict[str, str] = {}  # the ledger says a reference once, and its script at each mention
    for link in links:
        title = link.get("title") or told[link["href"]]
        assert told.setdefault(link["href"], title) == title and (
            link.has_attr("title") or page == "reference/evidence"
        )
        assert link["href"].startswith(f"{prefix}#")
        fields = site.sources[site.entries[link["href"].partition("#")[2]]]
        assert fields.get("year", "no date").lower() in words(link).lower() or "year" not in fields
        assert plain(fields["title"]) in plain(title) and fields["url"] in title


def test_each_source_says_what_it_is(site):
    """The word behind each entry follows from its row of data/shared/sources.csv."""
    kinds = {"company": "A company's own word", "news": "Press report", "commentary": "Commentary"}
    expected = set()
    for row in site.table("shared/sources"):
        if row["standing"] == "original":
            said = kinds.get(row["kind"], "Original")
        elif row["standing"] == "secondary":
            said = f"At second hand, from {row['original']}" if row["original"] else "At second hand"
        else:
            assert row["standing"] == "copy", row
            of = "a company's own word" if row["kind"] == "company" else row["original"]
            said = f"Copy of {of}" if of else "Copy"
        expected.add((row["source"], said))
    listed = site.page("reference/bibliography").select("div.citation")
    assert {(site.entries[entry["id"]], words(entry.select_one(".standing"))) for entry in listed} == expected


def test_the_story_lists_the_events_of_its_table_in_order(site):
    rows = sorted(site.table("shared/timeline"), key=lambda row: row["date"])
    items = site.page("reference/story").select("ul.chronology > li")
    assert len(items) == len(rows) > 20
    for item, row in zip(items, rows, strict=True):
        assert words(item.strong) == f"{as_written(row['date'], PRECISION[len(row['date'])])} · {row['strand']}"
        assert plain(words(item.select_one(".event"))) == plain(row["event"])
        (link,) = item.select("a")
        assert site.entries[link["href"].partition("#")[2]] == row["source"]
    choice = site.page("reference/story").select(".chronology-choice label")
    number = {words(label): label.input["value"] for label in choice}
    assert all(item["class"] == [f"strand-{number[row['strand']]}"] for item, row in zip(items, rows, strict=True))
