"""A chapter has its shape, its figures and its length; its cells are short."""

import csv
import datetime as dt
import re

import pytest

from tests.conftest import CHAPTERS, ROOT

SECTIONS = [
    "Bottom line",
    "Key findings",
    "What cuts the other way",
    "What would change this assessment",
    "Implications for policy",
    "Data and sources",
    "Cite this chapter",
]


def article(built, chapter):
    return built.soup(f"chapters/{chapter}").select_one("article.bd-article")


def cells(chapter):
    text = (ROOT / "chapters" / f"{chapter}.md").read_text("utf-8")
    return re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_sections_in_order(built, chapter):
    headings = [h.find(string=True, recursive=False).strip() for h in article(built, chapter).select("h2")]
    fixed = [h for h in headings if h in SECTIONS]
    assert fixed == SECTIONS
    # Between the key findings and the counter-evidence stand sections whose headings state findings.
    assert headings.index("What cuts the other way") - headings.index("Key findings") > 3


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_three_to_five_findings_with_confidence(built, chapter):
    findings = article(built, chapter).select("div.finding")
    assert 3 <= len(findings) <= 5
    assert all("confidence:" in f.select_one(".finding-confidence").get_text() for f in findings)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_figures_have_number_title_alt_and_sources(built, chapter):
    figures = article(built, chapter).select("figure.brief-figure")
    assert len(figures) >= 3
    for figure in figures:
        assert re.match(r"Figure \d+\.\d+", figure.select_one(".caption-number").get_text())
        title = figure.select_one(".caption-text").get_text()
        assert 0 < len(title.split()) <= 12 and not title.endswith(".")
        (drawings,) = figure.select(".drawings[role=img]")
        assert len(drawings["aria-label"]) > 60
        assert len(drawings.select(".drawing > svg")) == 2
        assert figure.select_one(".figure-source").select("a[href*='bibliography']")
        assert figure.select_one(".figure-source").select("a[href*='reference/data'], a[href*='../reference/data']")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_length(built, chapter):
    body = article(built, chapter)
    for part in body.select("figure, details, table, .screen-only, .citations, .headerlink, h1, style"):
        part.decompose()
    for section in body.select("#data-and-sources, #cite-this-chapter"):
        section.decompose()
    words = len(body.get_text(" ").split())
    assert 900 <= words <= 2000, f"{words} words"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_code_stands_in_few_blocks_of_short_lines(chapter):
    text = (ROOT / "chapters" / f"{chapter}.md").read_text("utf-8")
    assert len(cells(chapter)) <= 2 + 2 * len(re.findall("^figure\\(", text, re.MULTILINE))
    assert max(len(line) for cell in cells(chapter) for line in cell.splitlines()) <= 100
    before = text.partition("\n## ")[0]
    assert before.count("{code-cell}") <= 1  # the imports and the tables


def test_no_chapter_asks_which_format_is_built():
    asking = [cell for chapter in CHAPTERS for cell in cells(chapter) if re.search(r"environ|builder|tags\.has", cell)]
    assert not asking


def test_summary_has_five_numbers_that_lead_to_their_chapters(built):
    page = built.soup("index")
    cards = page.select(".five-numbers .sd-card")
    linked = [card.select_one("a.sd-stretched-link, .sd-card-footer a")["href"].split("#")[0] for card in cards]
    assert linked == [f"chapters/{chapter}.html" for chapter in CHAPTERS]
    assert all(card.select_one("a.fact") for card in cards)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_says_how_long_it_takes_and_when_it_was_checked(built, chapter):
    page = article(built, chapter)
    said = page.select_one("h1 + .reading-line").get_text()
    words = sum(len(p.get_text().split()) for p in page.select("section > p, .finding > p"))
    assert abs(int(said.split()[0]) - words / 230) <= 1
    files = [path.read_text("utf-8").splitlines() for path in (built.root / "checks").glob("*.csv")]
    checked = max(row["date"] for lines in files for row in csv.DictReader(lines) if row["chapter"] == chapter)
    assert f"{dt.date.fromisoformat(checked):%-d %B %Y}" in said
    assert re.search(r"(?:its next|newer) data (?:are|were) due in \w+ 20\d\d · cite this chapter$", said)
