"""A chapter cites itself, and its sources can be opened."""

import re

import pytest
import yaml
from bs4 import BeautifulSoup
from pybtex.database import parse_file

from tests.conftest import CHAPTERS, ROOT

CFF = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
BIBLIOGRAPHY = parse_file(str(ROOT / "data" / "references.bib"))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_says_how_to_cite_it(built, chapter):
    soup = BeautifulSoup(built.page(f"chapters/{chapter}"), "html.parser")
    title = soup.h1.find(string=re.compile(r"\w{3}")).strip()
    styles = dict(
        zip(
            (dt.get_text() for dt in soup.select(".citations dt")),
            (dd.get_text() for dd in soup.select(".citations dd")),
            strict=True,
        )
    )
    assert list(styles) == ["APA", "Chicago", "MLA", "Harvard"]
    for text in styles.values():
        assert CFF["title"].lower() in text.lower() and title.lower() in text.lower()
        assert f"{CFF['url']}/chapters/{chapter}.html" in text
        assert str(CFF["date-released"].year) in text


@pytest.mark.parametrize("key", sorted(BIBLIOGRAPHY.entries))
def test_an_entry_can_be_opened_and_credited(key):
    entry = BIBLIOGRAPHY.entries[key]
    assert entry.fields["title"].strip()
    assert re.match(r"https?://\S+$", entry.fields["url"])
    assert entry.persons.get("author")
    assert "year" not in entry.fields or re.match(r"\d{4}$", entry.fields["year"])


def test_every_entry_is_in_the_bibliography_with_its_link(built):
    soup = BeautifulSoup(built.page("reference/bibliography"), "html.parser")
    links = {a["href"] for a in soup.select(".citation a.reference.external")}
    assert {entry.fields["url"] for entry in BIBLIOGRAPHY.entries.values()} <= links


def test_tables_are_published_beside_the_pages(built):
    soup = BeautifulSoup(built.page("reference/data"), "html.parser")
    for link in soup.select("a[download]"):
        file = (built.site / "reference" / link["href"]).resolve()
        assert file.read_bytes() == (ROOT / "data" / file.relative_to(built.site / "data")).read_bytes()
