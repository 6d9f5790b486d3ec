"""Pages as a reader prints them from the browser: Debian's Chromium, A4, with what its dialogue has from the start."""

import re

import pytest
from pypdfium2 import PdfDocument

from tests.conftest import EDITION
from tests.pdf_text import page_texts

pytestmark = pytest.mark.browser
BOOK = "Why Russia is falling behind in AI while DeepSeek rises"
PRINTED = ["index", "chapters/hardware"]


@pytest.fixture(scope="module")
def printed(browser, built) -> dict[str, bytes]:
    """The PDF of each page that is printed."""
    context, found = browser.new_context(), {}
    for name in PRINTED:
        page = context.new_page()
        page.goto((built.site / f"{name}.html").as_uri())
        found[name] = page.pdf(format="A4", prefer_css_page_size=True)
    context.close()
    return found


@pytest.fixture(scope="module")
def sheets(printed) -> dict[str, list[str]]:
    """The text of each sheet of what is printed, spaces made alike: what stands in its margins comes first."""
    return {name: page_texts(pdf) for name, pdf in printed.items()}


def test_a_page_begins_with_what_it_is_a_part_of_and_not_with_its_contents(sheets):
    first = sheets["chapters/hardware"][0]
    said = rf"{BOOK} {EDITION} \(a working copy\)\. "
    assert re.search(rf"{said}1\. Hardware: .{{20,200}}\? Bottom line", first), first[:400]
    assert sheets["index"][0].count(BOOK) == 2  # the foot, and its title


def test_each_sheet_has_its_number_and_says_what_it_is_of(sheets):
    for name, texts in sheets.items():
        head = "Summary" if name == "index" else "1. Hardware: short before the war, barred from the market since"
        for number, text in enumerate(texts, 1):
            margins = f"{BOOK}. {EDITION} {number} of {len(texts)}"
            before = f"{head} " if number > 1 else ""
            assert text.startswith((before + margins, f"{margins} {before}")), text[:300]


def test_no_sheet_is_nearly_empty_and_nothing_of_the_screen_is_printed(sheets):
    for texts in sheets.values():
        assert min(map(len, texts)) > 500
        for words in ("Download, cite, embed", "Copy", "Code of this figure", "dotted line", "Contents"):
            assert not any(re.search(rf"\b{words}\b", text) for text in texts), words


def test_no_sheet_but_the_last_has_a_hole_before_a_figure(printed):
    for name, pdf in printed.items():
        with PdfDocument(pdf) as document:
            for number, sheet in enumerate(list(document)[:-1], 1):
                grey = sheet.render(scale=0.5, grayscale=True).to_numpy()
                foot = len(grey) * 22 // 297  # the margin of brief-print.css
                rows = (grey[:-foot] < 235).any(axis=1).nonzero()[0]
                assert rows[-1] > 0.8 * len(grey[:-foot]), f"{name}, sheet {number}"


def test_a_figure_is_not_torn_from_its_title(built, sheets):
    page = built.soup("chapters/hardware")
    for figure in page.select("figure.brief-figure"):
        number, title = (figure.select_one(f".caption-{part}").get_text().strip() for part in ("number", "text"))
        last = " ".join(figure.select_one(".figure-source").get_text().split())[:20]
        (on,) = [text for text in sheets["chapters/hardware"] if f"{number} {title}" in text]
        assert last in on


def test_each_link_has_a_note_that_says_where_it_leads(built, sheets):
    page = built.soup("chapters/hardware")
    notes = [" ".join(note.get_text().split()) for note in page.select(".print-notes li")]
    whole = "".join(sheets["chapters/hardware"]).replace(" ", "")
    links = page.select("article a[data-note]")
    assert len(links) > len(notes) > 40
    for link in links:
        note = notes[int(link["data-note"]) - 1]
        assert note == " ".join(link.get("title", "").split()) or link["href"].removeprefix("../") in note
    for number, note in enumerate(notes, 1):
        assert f"{number}.{note[:30]}".replace(" ", "") in whole, note
    unnoted = page.select("article a.reference:not([data-note]):not(.fact, .term):not([href^='#'])")
    assert not unnoted, unnoted[:3]


def test_bars_are_printed_though_browsers_leave_out_backgrounds(browser, built):
    page = browser.new_page()
    page.goto((built.site / "index.html").as_uri())
    page.emulate_media(media="print")
    adjust = "e => getComputedStyle(e).printColorAdjust"
    assert page.locator(".cell-bar").first.evaluate(adjust) == "exact"
    page.close()


def test_a_table_is_printed_whole_and_without_controls(browser, built):
    page = browser.new_page()
    page.goto((built.site / "reference/data/talent/statements.html").as_uri())
    page.locator("#table-paging .dt-info").wait_for()
    total = int(page.locator("#data-table").get_attribute("data-total"))
    texts = page_texts(page.pdf(format="A4", prefer_css_page_size=True))
    shown = page.locator("#data-table tbody tr").count()
    page.close()
    whole = " ".join(texts)
    lines = (built.root / "data/talent/statements.csv").read_text("utf-8").splitlines()[1:]
    ids = [line.partition(",")[0] for line in lines]
    assert len(ids) == total and shown <= 25  # the screen has what it had
    cut = [id for id in ids if id.replace("-", "") not in whole.replace("-", "").replace(" ", "")]
    assert not cut
    assert [words for words in ("Copy link", "Download", "Rows with the words", "↕") if words in whole] == []
