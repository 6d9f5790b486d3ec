"""What a reader takes away: the brief on one page, a deck, slides as images; all say what the site says."""

import io
import itertools
import re
import unicodedata

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from brief.ext.citations.metadata import Publication
from brief.print import slides as drawn
from tests.book.reader.conftest import papers
from tests.conftest import CHAPTERS, EDITION
from tests.pdf_text import page_texts


def plain(text: str) -> str:
    """Letters, digits and signs, without spaces and the hyphens of line ends."""
    return re.sub(r"[\s\u00ad-]", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def one_page(pdfs) -> PdfReader:
    return PdfReader(io.BytesIO(pdfs["one-page.pdf"]))


@pytest.fixture(scope="module")
def deck(pdfs) -> PdfReader:
    return PdfReader(io.BytesIO(pdfs["slides.pdf"]))


@pytest.fixture(scope="module")
def images(built, tmp_path_factory) -> dict[str, bytes]:
    """The slides as files; `make slides` puts the deck beside them."""
    made = papers(built, tmp_path_factory, drawn.FOLDER, drawn.made)
    return {name: content for name, content in made.items() if not name.endswith(".pdf")}


@pytest.fixture(scope="module")
def figures(built) -> list:
    """The figures of the chapters, in order, as the site has them."""
    pages = [built.soup(f"chapters/{name}") for name in CHAPTERS]
    return [figure for page in pages for figure in page.select("figure.brief-figure")]


def test_the_brief_on_one_page_is_one_sheet_of_a4_and_is_filled(pdfs, one_page):
    (page,) = one_page.pages
    assert tuple(round(side) for side in page.mediabox[2:]) == (595, 842)
    assert len(page_texts(pdfs["one-page.pdf"])[0]) > 2500


def test_it_says_what_the_summary_and_the_options_say(built, pdfs):
    said = plain(page_texts(pdfs["one-page.pdf"])[0])
    for page in ("index", "reference/options"):
        soup = built.soup(page)
        marked = soup.select(".one-page")
        assert marked
        for small in soup.select(".sketch"):
            small.decompose()
        for tag in marked:
            for part in tag.select("p, td p") if tag.name in ("div", "table") else [tag]:
                if not part.find_parent(class_="legend"):
                    assert plain(part.get_text().rstrip("#")) in said, part.get_text()
    assert len(built.soup("index").select(".one-page .sd-card")) == 5
    assert plain(EDITION) in said and plain("Sources: Bloomberg, 2024, Epoch AI") in said


def test_the_deck_has_each_figure_with_its_title_note_and_source(built, pdfs, deck, figures):
    pages = [plain(text) for text in page_texts(pdfs["slides.pdf"])]
    assert len(pages) == len(figures) + 1 and plain("Why Russia is falling behind") in pages[0]
    for figure, page, said in zip(figures, deck.pages[1:], pages[1:], strict=True):
        number, title = (figure.select_one(f".caption-{part}").get_text().strip() for part in ("number", "text"))
        assert said.startswith(plain(title)), said[:200]
        assert plain(figure.select_one(".figure-subtitle").get_text()) in said
        assert plain(f"{number} of {Publication(built.root).short}") in said
        for line in figure.select(".legend p:not(.cite p)"):
            assert plain(line.get_text().partition(" · Data")[0]) in said
        labels = figure.select(".drawing-wide svg :is(text:not(:has(tspan)), tspan)")
        assert labels and all(plain(label.get_text()) in said for label in labels), title
        assert tuple(page.mediabox[2:]) == (960, 540)  # points, of 1280 by 720 pixels


def test_slides_are_16_to_9_and_each_has_its_figure(images, figures):
    assert sorted(images) == sorted(f"{figure['id']}-slide.{kind}" for figure in figures for kind in ("png", "svg"))
    for figure in figures:
        svg = BeautifulSoup(images[f"{figure['id']}-slide.svg"], "xml")
        assert svg.title.string == figure.select_one(".caption-text").get_text().strip()
        assert svg.desc.string == figure.select_one(".drawings")["aria-label"]
        said = plain(svg.get_text())
        source = figure.select_one(".figure-source").get_text().partition(" · Data")[0]
        assert plain(source) in said
        labels = figure.select(".drawing-wide svg text")
        assert all(plain(label.get_text()) in said for label in labels)
        assert images[f"{figure['id']}-slide.png"][16:24] == (1920).to_bytes(4) + (1080).to_bytes(4)  # PNG's header


def test_every_pdf_names_its_licence_and_no_publisher_that_is_not_known(pdfs):
    for name, content in pdfs.items():
        about = PdfReader(io.BytesIO(content)).xmp_metadata
        assert about.dc_rights == {"x-default": "CC BY 4.0: https://creativecommons.org/licenses/by/4.0/"}, name
        assert about.dc_publisher == [] and about.dc_language == ["en-GB"]
        assert about.dc_title["x-default"]


@pytest.mark.parametrize("name", ["hardware", "one-page", "slides"])
def test_a_pdf_can_be_read_aloud(pdfs, name):
    """What of PDF/UA a program can see: language, title, tags, alternative text, tagged links, order of headings."""
    reader = PdfReader(io.BytesIO(pdfs[f"{name}.pdf"]))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en-GB" and catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"] and reader.metadata.title
    assert b'pdfuaid:part="1"' in catalogue["/Metadata"].get_data()
    tags = list(walk(catalogue["/StructTreeRoot"]))
    assert all(tag.get("/Alt") for tag in tags if tag["/S"] == "/Figure")
    levels = [int(tag["/S"][2:]) for tag in tags if re.fullmatch(r"/H\d", tag["/S"])]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in itertools.pairwise(levels))
    numbers = catalogue["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owner = {numbers[i]: numbers[i + 1] for i in range(0, len(numbers), 2)}
    for page in reader.pages:
        assert page.get("/Tabs", "/S") == "/S"
        for note in page.get("/Annots", []):
            assert owner[note.get_object()["/StructParent"]].get_object()["/S"] == "/Link"


def walk(tag):
    """The tags of a document, in the order of reading."""
    for kid in tag.get("/K", []):
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict) and "/S" in kid:
            yield kid
            yield from walk(kid)
