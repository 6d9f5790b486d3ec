"""Reading in a browser: wide figures, cards of terms, the line under a figure, links and texts to copy."""

import pytest

from tests.conftest import CHAPTERS, PHONE, serving

pytestmark = pytest.mark.browser
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="module")
def chapter(browser, built):
    """A chapter on a wide screen, under a sub-path."""
    context = browser.new_context(viewport={"width": 1600, "height": 900}, permissions=CLIPBOARD)
    page = context.new_page()
    with serving(built.site.parent) as address:
        page.goto(f"{address}/html/chapters/hardware.html")
        yield page
    context.close()


def width(page, selector: str) -> float:
    return page.locator(selector).first.bounding_box()["width"]


def copied(page) -> str:
    page.locator(".brief-toast", has_text="copied").wait_for()
    return page.evaluate("() => navigator.clipboard.readText()")


def test_figures_are_wider_than_the_text_where_there_is_room(chapter):
    assert 560 <= width(chapter, "#bottom-line > p") <= 640
    assert 800 <= width(chapter, "figure.brief-figure .drawing-wide svg") <= 860


def test_a_figures_image_is_copied(chapter, built):
    menu = chapter.locator("figure .figure-menu").first
    menu.locator("summary", has_text="Image").click()
    menu.get_by_role("button", name="Copy image").click()
    menu.get_by_role("button", name="Copied", exact=True).wait_for()
    size = (
        "async () => (await createImageBitmap(await (await navigator.clipboard.read())[0].getType('image/png'))).width"
    )
    name = menu.locator("a[href$='.png']").get_attribute("href").removeprefix("../")
    assert chapter.evaluate(size) == int.from_bytes((built.site / name).read_bytes()[16:20])
    chapter.keyboard.press("Escape")


def test_headings_have_the_figures_letters_on_the_first_page_from_disk(browser, built):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "e => { window.shift += e.value })).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto((built.site / "index.html").as_uri())
    family = "document.querySelector('h1') && getComputedStyle(document.querySelector('h1')).fontFamily"
    assert page.evaluate(family).startswith('"Brief Sans"')
    assert page.evaluate("() => [...document.fonts].filter((face) => face.status === 'loaded').length") == 2
    assert page.evaluate("window.shift") < 0.001
    context.close()


def test_a_term_opens_a_card_by_pointer_and_keyboard(chapter):
    term, card = chapter.locator("a.term", has_text="Epoch AI").first, chapter.locator("#fact-card")
    assert term.get_attribute("title") is None
    term.hover()
    card.wait_for()
    assert "collects public data" in card.inner_text()
    chapter.mouse.move(5, 5)
    card.wait_for(state="hidden")
    term.focus()
    chapter.keyboard.press("Enter")
    card.wait_for()
    assert card.get_attribute("aria-label") == "What Epoch AI is"
    assert (
        card.get_by_role("link", name="In the glossary").get_attribute("href").endswith("glossary.html#term-Epoch-AI")
    )
    chapter.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert term.evaluate("term => term === document.activeElement")


def test_a_tap_on_a_term_keeps_the_page(browser, built):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((built.site / "chapters" / "hardware.html").as_uri())
    page.locator("a.term").first.tap()
    page.locator("#fact-card").wait_for()
    assert page.url.endswith("chapters/hardware.html")
    assert page.locator(".margin-note:visible").count() == 0
    line = page.locator(".figure-menu").first
    boxes = [summary.bounding_box() for summary in line.locator("summary").all()]
    assert len({box["y"] for box in boxes}) == 1 and len(boxes) == 5
    page.locator("button.secondary-toggle:visible").tap()
    page.locator("dialog[open] a[href='#key-findings']").tap()
    page.locator("dialog[open]").wait_for(state="detached")
    page.wait_for_function("() => Math.abs(document.querySelector('#key-findings').getBoundingClientRect().top) < 150")
    context.close()


def test_what_a_term_means_stands_in_the_margin_beside_it(chapter):
    note = chapter.locator(".margin-note", has_text="Epoch AI").first
    beside, text = note.bounding_box(), chapter.locator("#bottom-line > p").bounding_box()
    assert beside["x"] >= text["x"] + text["width"] and abs(beside["y"] - text["y"]) < 30
    notes = [box for note in chapter.locator(".margin-note").all() if (box := note.bounding_box())]
    others = [
        figure.bounding_box()
        for figure in chapter.locator("figure.brief-figure, .pst-scrollable-table-container").all()
    ]
    over = [
        (n, o)
        for n in notes
        for o in others
        if o and n["y"] + n["height"] > o["y"] + 1 and o["y"] + o["height"] > n["y"] + 1
    ]
    assert [pair for pair in over if pair[1]["x"] + pair[1]["width"] > pair[0]["x"] + 1] == []


def test_one_disclosure_of_a_figures_line_is_open_at_a_time(chapter):
    line = chapter.locator(".figure-menu").first
    names = [summary.inner_text().split("\n")[0] for summary in line.locator("summary").all()]
    assert [name.split()[0] for name in names] == ["Data", "Image", "Cite", "Embed", "Code"]
    for name in ("Data", "Code"):
        line.locator("summary", has_text=name).click()
    chapter.wait_for_function("() => document.querySelectorAll('.figure-menu details[open]').length === 1")
    assert "figure(" in line.locator("details[open]").inner_text()
    chapter.keyboard.press("Escape")
    assert line.locator("details[open]").count() == 0


PLACES = {
    "#finding-lag-older": "finding-lag-older",
    "figure#hardware-lag": "hardware-lag",
    "#bottom-line > h2": "bottom-line",
}


@pytest.mark.parametrize(("within", "anchor"), PLACES.items())
def test_a_link_to_its_place_is_copied(chapter, within, anchor):
    link = chapter.locator(f"{within} a.headerlink").first
    assert "Copy the link" in link.get_attribute("aria-label")
    link.focus()
    chapter.keyboard.press("Enter")
    assert copied(chapter).endswith(f"/chapters/hardware.html#{anchor}")


def test_a_text_is_copied_with_its_citation(chapter):
    chapter.locator("#bottom-line > p").scroll_into_view_if_needed()
    chapter.evaluate("() => getSelection().selectAllChildren(document.querySelector('#bottom-line > p'))")
    button = chapter.get_by_role("button", name="Copy with citation")
    button.click()
    chapter.locator(".brief-toast", has_text="citation").wait_for()
    text = copied(chapter)
    assert (
        text.startswith("\u201cRussia\u2019s public record")
        and "(2026)" in text
        and text.endswith("hardware.html#bottom-line)")
    )


def test_dots_stand_under_numbers_whose_card_says_more(chapter):
    lines = chapter.evaluate(
        """() => [...document.querySelectorAll('a.fact')].map(a => [getComputedStyle(a).textDecorationLine,
            JSON.parse(document.getElementById('brief-facts').textContent).facts[a.getAttribute('href')]])"""
    )
    for line, fact in lines:
        more = bool(fact["estimates"] or fact["formula"] or fact["said"])
        assert (line == "underline") == more, fact
    assert {line for line, _ in lines} == {"underline", "none"}


@pytest.mark.parametrize("name", CHAPTERS)
def test_sources_are_folded_and_on_paper(open_page, built, name):
    page, _ = open_page((built.site / "chapters" / f"{name}.html").as_uri(), "file:")
    fold = page.locator("#data-and-sources details.to-print")
    assert fold.get_attribute("open") is None
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert fold.get_attribute("open") is not None


def test_a_number_of_the_ledger_is_copied_with_its_citation(chapter):
    with chapter.context.expect_page() as opened:
        chapter.evaluate("open('../reference/evidence.html#fact-ideology-order-china')")
    page = opened.value
    page.locator(":target .cite-number").click()
    text = copied(page)
    assert text.startswith("31st rank of 83, January 2025 (Reuters, 2025). ")
    assert text.endswith("reference/evidence.html#fact-ideology-order-china")
    page.close()
