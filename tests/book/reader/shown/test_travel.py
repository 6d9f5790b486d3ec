"""Numbers that leave the pages stay what they are: in the PDFs, the EPUB and the search."""

import io
import json
import re
import zipfile
from functools import cache
from html import unescape

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from tests.book.reader.shown.reading import STRAIGHT, words
from tests.book.reader.shown.test_facts import joined
from tests.book.reader.shown.written import as_written
from tests.conftest import CHAPTERS

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
    """The text of a PDF by name, of the whole one its first pages, without the foot of each page, letters alone."""

    @cache
    def read(name: str) -> str:
        pages = PdfReader(io.BytesIO(pdfs[f"{name}.pdf"])).pages[: 8 if name == "brief" else None]
        pages = [page.extract_text() for page in pages]
        return tight("".join("\n".join(body(page.split("\n"))) for page in pages))

    return read


def body(lines: list[str]) -> list[str]:
    """A page's lines without its running foot."""
    foot = [n for n, line in enumerate(lines) if re.search(r"Edition \S+, .* \d+$", line)]
    return lines[: foot[-1] - 1] if foot else lines


def missing(text: str, wanted: list[str]) -> list[str]:
    return [piece for piece in wanted if piece not in text]


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
    cover = printed("brief")
    assert tight(f"Edition {site.record['edition']}, {as_written(site.record['date'], 'day')}") in cover
    reader = PdfReader(io.BytesIO(pdfs["brief.pdf"]))
    tags = (reader.get_object(n) for n in range(1, reader.trailer["/Size"]))
    alts = {str(tag["/Alt"]) for tag in tags if isinstance(tag, dict) and "/Alt" in tag}
    for name, figure in site.figures.items():
        assert figure.select_one(".drawings")["aria-label"] in alts
        assert tight(figure.select_one(".caption-text").get_text()) in printed(name.partition("-")[0])


@pytest.mark.parametrize("page", QUOTING)
def test_every_number_of_a_page_is_in_the_epub(site, epub, page):
    book = zipfile.ZipFile(io.BytesIO(epub))
    text = tight(BeautifulSoup(book.read(f"OEBPS/{page.rpartition('/')[2]}.xhtml"), "lxml-xml").get_text())
    assert missing(text, around(site.page(page))) == []


@pytest.fixture(scope="module")
def index(site) -> dict:
    """The search's index."""
    text = (site.html / "searchindex.js").read_text("utf-8")
    return json.loads(text.removeprefix("Search.setIndex(").rstrip().removesuffix(")"))


def test_the_search_finds_each_fact_finding_figure_and_table_where_it_is(site, index):
    kinds = {n: kind.removeprefix("brief:") for n, kind in index["objtypes"].items()}
    found = {kind: {} for kind in kinds.values()}
    for page, kind, _priority, anchor, shown in index["objects"][""]:
        found[kinds[str(kind)]][unescape(shown).translate(STRAIGHT)] = (index["docnames"][page], anchor)
    for fact in site.facts.values():
        name = fact["id"].replace(".", " ").replace("-", " ")
        (place,) = [at for said, at in found["fact"].items() if said == name or said.startswith(f"{name}, ")]
        assert words(site.at(*place).td) == fact["id"]
        (said,) = [said for said, at in found["fact"].items() if at == place]
        assert said.endswith(fact["period"]) and said.startswith(joined(name, fact["unit"][:3]).rstrip(", %$"))
    for finding in site.record["findings"]:
        page, anchor = found["finding"][finding["id"].replace(".", " ").replace("-", " ")]
        assert page == f"chapters/{finding['chapter']}" and "finding" in site.at(page, anchor)["class"]
    for name, figure in site.figures.items():
        assert found["figure"][words(figure.select_one(".caption-text"))][1] == name
    for name, entry in site.package.items():
        page, anchor = found["table"][f"{entry['title']} ({name})".translate(STRAIGHT)]
        assert name in words(site.at(page, anchor))
    counts = [len(found[kind]) for kind in ("fact", "finding", "figure", "table")]
    assert counts == [len(site.facts), len(site.record["findings"]), len(site.figures), len(site.package)]


def test_the_search_finds_the_numbers_on_the_pages(site, index):
    """Each whole number that a page quotes is among the words by which the search finds the page."""
    for page in QUOTING:
        if page not in index["docnames"]:
            continue
        here = index["docnames"].index(page)
        known = [pair for kind in ("terms", "titleterms") for pair in index[kind].items()]
        terms = {term for term, pages in known if here in (pages if isinstance(pages, list) else [pages])}
        told = {words(link) for link in site.page(page).select("a.fact")}
        lost = [text for text in told if re.fullmatch(r"\d{3,}", text) and text not in terms]
        assert lost == []
