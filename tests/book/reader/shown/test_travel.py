"""Numbers that leave the pages stay what they are: in the PDFs, the EPUB and the search."""

import io
import re
import zipfile
from functools import cache
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from brief.ext.html import search_file
from tests.book.reader.shown.reading import STRAIGHT, plain, words
from tests.book.reader.shown.written import as_written, unsaid
from tests.conftest import CHAPTERS
from tests.pdf_text import page_texts

# The dots of a page's lists, then its head and its foot, as they are drawn.
FOOT = re.compile(r"(?:• )*(?:Why Russia is falling behind in AI while DeepSeek rises .{5,80}?)?Edition \S+, [\w ]+$")
QUOTING = ["index", *(f"chapters/{name}" for name in CHAPTERS)]


def tight(text: str) -> str:
    """A text without spaces, soft hyphens and kinds of quotation marks: as lines are broken anywhere, so it is read."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text.translate(STRAIGHT)).replace("\ufb01", "fi").replace("\ufb02", "fl")


def around(soup) -> list[str]:
    """Each fact of a page with the letters before and after it in its paragraph."""
    found = []
    for link in soup.select("a.fact"):
        block = link.find_parent(["p", "li"]) or link.parent
        before = "".join(tight(str(text)) for text in link.find_all_previous(string=True, limit=12)[::-1])
        inside = tight(block.get_text())
        value = tight(link.get_text())
        tail = before[-12:] if inside.find(before[-12:]) >= 0 else ""
        start = inside.find(tail + value)
        assert start >= 0, (inside, tail, value)
        found.append(inside[start : start + len(tail + value) + 8])
    return found


@pytest.fixture(scope="module")
def printed(pdfs):
    """The pages of a PDF by name, without head and foot, letters alone."""

    @cache
    def read(name: str) -> list[str]:
        return [tight(FOOT.sub("", text)) for text in page_texts(pdfs[f"{name}.pdf"])]

    return read


def missing(pages: list[str], wanted: list[str]) -> list[str]:
    """What stands on no page, nor begins on one and goes on at the top of the next: words of drawings come last."""
    text = "".join(pages)

    def is_broken(piece: str) -> bool:
        parts = [(piece[:at], piece[at:]) for at in range(1, len(piece))]
        return any(start in a and b.startswith(end) for a, b in pairwise(pages) for start, end in parts)

    return [piece for piece in wanted if piece not in text and not is_broken(piece)]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_number_of_a_chapter_is_in_its_pdf(site, printed, chapter):
    wanted = around(site.page(f"chapters/{chapter}"))
    assert len(wanted) > 20
    assert missing(printed(chapter), wanted) == []


def test_every_number_of_the_summary_is_in_the_whole_pdf(site, printed):
    assert missing(printed("brief"), around(site.page("index"))) == []
    rows = [tight(row.get_text()) for row in site.page("index").select("table.standings tbody tr")]
    assert missing(printed("brief"), rows) == []


def test_the_pdf_says_alt_texts_titles_and_edition(site, pdfs, printed):
    cover = "".join(printed("brief"))
    assert tight(f"Edition {site.record['edition']}, {as_written(site.record['date'], 'day')}") in cover
    reader = PdfReader(io.BytesIO(pdfs["brief.pdf"]))
    tags = (reader.get_object(n) for n in range(1, reader.trailer["/Size"]))
    alts = {str(tag["/Alt"]) for tag in tags if isinstance(tag, dict) and "/Alt" in tag}
    for name, figure in site.figures.items():
        assert figure.select_one(".drawings")["aria-label"] in alts
        assert tight(figure.select_one(".caption-text").get_text()) in "".join(printed(name.partition("-")[0]))


@pytest.mark.parametrize("page", QUOTING)
def test_every_number_of_a_page_is_in_the_epub(site, epub, page):
    book = zipfile.ZipFile(io.BytesIO(epub))
    text = tight(BeautifulSoup(book.read(f"OEBPS/{page.rpartition('/')[2]}.xhtml"), "lxml-xml").get_text())
    assert missing([text], around(site.page(page))) == []


@pytest.fixture(scope="module")
def passages(site) -> dict[str, list[tuple[str, str, str]]]:
    """What the search finds, by kind: title, address, text."""
    found = {kind: [] for kind in search_file.KINDS}
    for each in search_file.read(site.html):
        at = f"{each['page']}.html#{each['anchor']}".removesuffix("#")
        found[each["kind"]].append((each["title"].translate(STRAIGHT), at, each["text"].translate(STRAIGHT)))
    return found


def test_the_search_finds_each_fact_finding_figure_and_table_where_it_is(site, passages):
    for _title, at, _text in [each for found in passages.values() for each in found]:
        page, _, anchor = at.partition("#")
        assert (site.html / page).is_file() and (not anchor or site.at(page.removesuffix(".html"), anchor)), at
    facts = {at.partition("#")[2]: title for title, at, _ in passages["fact"]}
    for fact in site.facts.values():
        title = facts[f"fact-{fact['id'].replace('.', '-', 1)}"]
        assert title.startswith(fact["text"].translate(STRAIGHT)) and unsaid(fact["text"], fact["unit"])[-9:] in title
        assert title.endswith(fact["period"])
    findings = {at: title for title, at, _ in passages["finding"]}
    for finding in site.record["findings"]:
        chapter, _, id = finding["id"].partition(".")
        assert plain(findings[f"chapters/{chapter}.html#finding-{id}"]) == plain(finding["text"])
    figures = {at.partition("#")[2]: title for title, at, _ in passages["figure"]}
    for name, figure in site.figures.items():
        assert figures[name].endswith(words(figure.select_one(".caption-text")))
    assert {title for title, _, _ in passages["table"]} == {
        e["title"].translate(STRAIGHT) for e in site.package.values()
    }
    assert len(passages["source"]) == len(site.page("reference/bibliography").select(".citation[id]"))
    assert len(passages["term"]) == len(site.page("reference/glossary").select("dt[id]"))
    assert {at.partition("#")[2].removeprefix("claim-") for _, at, _ in passages["claim"]} == {
        claim["id"] for claim in site.record["claims"]
    }


def test_a_number_is_found_with_the_sentence_that_quotes_it(site, passages):
    text = {at.partition("#")[2]: plain(said) for _, at, said in passages["fact"]}
    for page in QUOTING:
        for link in site.page(page).select("article p a.fact[id]"):
            own = link["id"].startswith(f"quote-{page.rpartition('/')[2]}-")
            if own and not link.find_parent(class_=["fold", "sd-card"]):
                assert plain(words(link)) in text[link["href"].partition("#")[2]], link


def test_the_search_finds_the_numbers_on_the_pages(site, passages):
    """Each number that a page quotes in a sentence is in a passage of that page."""
    for page in QUOTING:
        here = " ".join(
            f"{title} {text}" for found in passages.values() for title, at, text in found if at.startswith(page)
        )
        told = {
            words(link) for link in site.page(page).select("article p a.fact") if not link.find_parent(class_="fold")
        }
        assert [text for text in told if text not in here] == []
