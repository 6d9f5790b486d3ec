"""The brief on paper: PDFs that print whole and an EPUB that opens everywhere, made of the same pages as the site."""

import io
import json
import os
import re
import shutil
import subprocess
import zipfile

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from tests.conftest import CHAPTERS, DAY, EDITION, JAVA
from tests.pdf_text import page_texts

BOOK = "Why Russia is falling behind in AI while DeepSeek rises"


@pytest.fixture(scope="module")
def readers(pdfs) -> dict[str, PdfReader]:
    """The brief and its chapters; test_take_away.py reads the rest."""
    return {name: PdfReader(io.BytesIO(pdfs[f"{name}.pdf"])) for name in ("brief", *CHAPTERS)}


@pytest.fixture(scope="module")
def texts(pdfs, readers) -> dict[str, list[str]]:
    """The text of each page."""
    return {name: page_texts(pdfs[f"{name}.pdf"]) for name in readers}


@pytest.fixture(scope="module")
def titles(built) -> dict[str, str]:
    """Chapters by their title on the site."""
    found = {}
    for name in CHAPTERS:
        heading = built.soup(f"chapters/{name}").h1
        for tag in heading.select(".section-number, .headerlink"):
            tag.decompose()
        found[name] = heading.get_text().strip()
    return found


def links(reader: PdfReader) -> list[str]:
    """The addresses that a PDF links to."""
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return [str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})]


def outline(reader: PdfReader) -> dict[str, int]:
    """Bookmarks of the first level, and the number of the page that each leads to."""
    tops = [entry for entry in reader.outline if not isinstance(entry, list)]
    return {entry.title: reader.get_destination_page_number(entry) + 1 for entry in tops}


def test_the_brief_and_each_chapter_have_a_pdf_of_fitting_length(readers):
    assert 35 <= len(readers["brief"].pages) <= 100
    assert all(5 <= len(readers[name].pages) <= 20 for name in CHAPTERS)


def test_pages_are_a4_and_none_is_blank(readers, texts):
    for name, reader in readers.items():
        assert {tuple(round(side) for side in page.mediabox[2:]) for page in reader.pages} == {(595, 842)}
        assert [number for number, text in enumerate(texts[name], 1) if len(text) < 200 and number > 1] == []


def test_no_sheet_of_a_chapter_is_a_third_empty_and_no_line_is_one_word(pdfs):
    for name in CHAPTERS:
        with PdfDocument(pdfs[f"{name}.pdf"]) as document:
            for number, page in enumerate(list(document)[:-1], 1):
                drawn = page.render(scale=0.25, grayscale=True).to_numpy() < 200
                height = len(drawn) / 297  # pixels of a millimetre
                assert drawn[round(190 * height) : round(270 * height)].any(), (name, number)
                text = page.get_textpage().get_text_range().replace("\r", "")
                assert not re.findall(r"^[a-z]{1,14}\n[a-z][^\n]{60,}$", text, re.MULTILINE), (name, number)


def test_no_heading_stands_alone_at_the_end_of_a_page(built, texts, titles):
    for name in CHAPTERS:
        headings = built.soup(f"chapters/{name}").select("h2, figcaption > p")
        ends = [" ".join(heading.get_text().rstrip("#").split()) for heading in headings]
        for text in texts[name]:
            foot = text.rpartition(" Edition 2026")[0]
            body = foot.removesuffix(f" {titles[name]}").removesuffix(f" {BOOK}")
            assert not body.endswith(tuple(ends)), body[-80:]


def test_the_cover_says_what_and_whose_it_is(texts):
    for words in ("Why Russia is falling behind", *EDITION.split(", ")):
        assert words in texts["brief"][0]


def test_contents_and_bookmarks_lead_to_the_page_where_a_chapter_begins(readers, texts, titles):
    marks = outline(readers["brief"])
    assert list(marks)[:2] == ["Contents", "Summary"] and list(marks)[-1] == "Bibliography"
    for number, title in enumerate(titles.values(), 1):
        page = marks[f"{number} {title}"]
        assert re.search(rf"{re.escape(title)}[ .]+{page}\b", texts["brief"][1]), title
        assert f"Chapter {number} {title}" in texts["brief"][page - 1]
        assert re.search(rf"\b{page}\b", texts["brief"][page - 1][-60:])
        assert title in texts["brief"][page]  # the running head of the page after


def test_only_our_fonts_are_used_and_they_are_embedded(readers):
    for reader in readers.values():
        fonts = {f["/BaseFont"]: f for page in reader.pages for f in map(_object, page["/Resources"]["/Font"].values())}
        assert fonts
        for name, font in fonts.items():
            assert re.fullmatch(r"/[A-Z]{6}\+Brief-(Sans|Serif)(-\w+)?", name)
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert any(key.startswith("/FontFile") for key in descriptor)


def _object(reference):
    return reference.get_object()


def test_links_lead_to_sources_within_the_file_and_to_the_site(readers):
    for name, reader in readers.items():
        outward = links(reader)
        assert all(link.startswith(("https://", "http://", "mailto:")) for link in outward)
        assert len(set(outward)) > 20 and not any("/reference/data" in link for link in outward), name
        inward = [n.get_object() for page in reader.pages for n in page.get("/Annots", []) if "/Dest" in n.get_object()]
        assert len(inward) > 20
        assert {str(note["/Dest"]) for note in inward} <= set(reader.named_destinations)


def test_a_fact_reads_as_on_the_site(built, texts):
    facts = {fact["id"]: fact for fact in json.loads((built.site / "facts.json").read_text("utf-8"))["facts"]}
    then, now = facts["hardware.ratio-then"]["text"], facts["hardware.ratio-now"]["text"]
    said = f"{then} times as fast as Russia’s largest that November and is {now} times as fast now"
    assert said in " ".join(texts["brief"]) and said in " ".join(texts["hardware"])


def test_figures_are_vectors_with_their_words_and_alt_text(built, readers, texts):
    assert not any(page.images for page in readers["hardware"].pages)
    page = next(text for text in texts["hardware"] if "Figure 1.1 Russia’s listed computing" in text)
    assert "Pflop/s, log scale" in page and "Germany" in page  # stand in the drawing alone
    alt = built.soup("chapters/hardware").select_one(".drawings")["aria-label"]
    tags = map(readers["hardware"].get_object, range(1, readers["hardware"].trailer["/Size"]))
    assert alt in [str(tag["/Alt"]) for tag in tags if isinstance(tag, dict) and "/Alt" in tag]


def test_nothing_of_the_screen_is_printed(texts):
    everything = " ".join(page for pages in texts.values() for page in pages)
    for words in ("All of it", "Copy link", "Code of this figure", "import pandas", "dotted line"):
        assert words not in everything


def test_the_bars_of_the_comparison_are_shares_of_the_largest_in_their_row(built, readers, texts):
    summary = built.soup("index")
    rows = [[float(cell["style"].partition(":")[2].strip(" %")) for cell in row.select(".cell-bar")]
            for row in summary.select("table.standings tbody tr")]  # fmt: skip
    page = next(number for number, text in enumerate(texts["brief"]) if "A bar is a share of the largest" in text)
    drawn = bars(readers["brief"].pages[page])
    assert len(drawn) == sum(map(len, rows)) >= 30
    for column, shares in enumerate(zip(*rows, strict=True)):  # a column is as wide in each row
        widths = drawn[column :: len(rows[0])]
        whole = max(widths) / max(shares)
        assert all(abs(width - whole * share) < 0.2 for width, share in zip(widths, shares, strict=True)), column


def bars(page) -> list[float]:
    """The widths of the filled boxes of a page that are a millimetre high, in order."""
    found = []
    for operands, operator in page.get_contents().operations:
        if operator == b"re":
            box = [float(each) for each in operands]
        if operator in (b"f", b"f*") and 3.5 < abs(box[3]) < 4:  # pixels, 96 to the inch
            found.append(box[2])
    return found


def test_dates_are_the_edition_s(readers):
    for reader in readers.values():
        assert reader.metadata.creation_date.isoformat() == f"{DAY}T00:00:00+00:00"
        assert reader.metadata.modification_date == reader.metadata.creation_date


def test_the_epub_is_valid(epub, tmp_path):
    checker = shutil.which("epubcheck")  # a Java archive, which not every shell starts by its name
    if checker is None:
        reason = "no epubcheck on this machine: apt-get install epubcheck"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    (tmp_path / "brief.epub").write_bytes(epub)
    command = ["java", *JAVA, "-jar", checker, "--failonwarnings", tmp_path / "brief.epub"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_epub_holds_the_pages_and_figures_of_the_site(built, epub, titles):
    book = zipfile.ZipFile(io.BytesIO(epub))
    assert book.namelist()[0] == "mimetype"
    contents = BeautifulSoup(book.read("OEBPS/nav.xhtml"), "html.parser").get_text()
    for name, title in titles.items():
        assert title in contents
        page = BeautifulSoup(book.read(f"OEBPS/{name}.xhtml"), "html.parser")
        drawings = built.soup(f"chapters/{name}").select(".drawings")
        assert [image["alt"] for image in page.select("figure img")] == [tag["aria-label"] for tag in drawings]
        for image in page.select("figure img"):
            assert "<text" in book.read(f"OEBPS/{image['src']}").decode()


def test_the_epub_says_whose_it_is(epub):
    package = zipfile.ZipFile(io.BytesIO(epub)).read("OEBPS/package.opf").decode()
    for words in (str(DAY), "CC BY 4.0", "Why Russia is falling behind"):
        assert words in package.replace("&#39;", "'")
