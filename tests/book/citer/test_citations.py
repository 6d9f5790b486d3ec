"""A chapter cites itself, and its sources can be opened."""

import re

import pytest
import yaml
from pybtex.database import parse_file

from brief.ext.citations import citation_cff
from brief.ext.citations.citation_cff import schema
from tests.conftest import CHAPTERS, ROOT

CFF = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
BIBLIOGRAPHY = parse_file(str(ROOT / "data" / "references.bib"))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_says_how_to_cite_it(built, chapter):
    soup = built.soup(f"chapters/{chapter}")
    title = soup.h1.find(string=re.compile(r"\w{3}")).strip()
    styles = dict(
        zip(
            (dt.get_text() for dt in soup.select(".citations dt")),
            (dd.p.find(string=True).strip() for dd in soup.select(".citations dd")),
            strict=True,
        )
    )
    assert list(styles) == ["APA", "Chicago", "MLA", "Harvard"]
    for text in styles.values():
        assert CFF["title"].lower() in text.lower() and title.lower() in text.lower()
        assert (f"{CFF['url']}/{CFF['version']}/chapters/{chapter}.html" if "url" in CFF else "edition") in text.lower()
        assert str(CFF["date-released"].year) in text


@pytest.mark.parametrize("key", sorted(BIBLIOGRAPHY.entries))
def test_an_entry_can_be_opened_and_credited(key):
    entry = BIBLIOGRAPHY.entries[key]
    assert entry.fields["title"].strip()
    assert re.match(r"https?://\S+$", entry.fields["url"])
    assert entry.persons.get("author")
    assert re.match(r"\d{4}-\d\d-\d\d$", entry.fields["urldate"])
    assert "year" not in entry.fields or re.match(r"\d{4}$", entry.fields["year"])


# What BibLaTeX, pandoc and Zotero know a type by, and the field that says who brought such a thing out.
HOLDERS = {"online": "organization", "dataset": "publisher", "report": "institution", "article": "journal"}
HOLDERS["legislation"] = "organization"


def test_entries_have_real_types_so_that_others_can_reuse_them():
    for key, entry in BIBLIOGRAPHY.entries.items():
        assert entry.fields.get(HOLDERS[entry.type]), f"{key}, @{entry.type}"


def test_every_entry_is_in_the_bibliography_with_its_link(built):
    soup = built.soup("reference/bibliography")
    links = {a["href"] for a in soup.select(".citation a.reference.external")}
    assert {entry.fields["url"] for entry in BIBLIOGRAPHY.entries.values()} <= links


def test_tables_are_published_beside_the_pages(built):
    soup = built.soup("reference/data")
    links = [link["href"] for link in soup.select("a[download]")]
    assert "../data/brief-data.zip" in links
    for link in links:
        file = (built.site / "reference" / link).resolve()
        if file.suffix not in (".zip", ".json"):  # what describes the tables says their edition besides
            assert file.read_bytes() == (ROOT / "data" / file.relative_to(built.site / "data")).read_bytes()


def test_the_citation_file_is_valid():
    """By the format's own schema, and by what the book asks besides."""
    assert citation_cff.errors(ROOT) == []
    assert schema()["$id"] == "https://citation-file-format.github.io/1.2.0/schema.json"


@pytest.mark.browser
def test_a_citation_is_copied_by_keyboard(browser, built):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((built.site / "chapters/ideology.html").as_uri())
    button = page.get_by_role("button", name="Copy the citation in APA style")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Copied", exact=True).wait_for()
    shown = page.locator(".citations dd").first.inner_text()
    assert page.evaluate("navigator.clipboard.readText()") in shown
    context.close()
