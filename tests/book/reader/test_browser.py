"""The built pages in a real browser: from disk, with no network, on a laptop and a phone, light and dark."""

import json
import re
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import bibtexparser
import pytest
import rispy
from axe_playwright_python.sync_playwright import Axe

from brief.ext.compat.of_theme import without_icon_font
from brief.ext.html.style_sheet import NAME
from tests.book.reader.first_view import SHIFTS, is_light_and_still
from tests.conftest import LAPTOP, PAGES, PHONE, theme_file

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(open_page, built):
    """Open a page of the built book from disk; returns the page and what it asked of others or complained of."""

    def go(name, *how, at="", **more):
        return open_page((built.site / f"{name}.html").as_uri() + at, "file:", *how, **more)

    return go


SELECTORS = """([whole, cut]) => {
    const parts = text => {
        const sheet = new CSSStyleSheet(), found = new Set();
        sheet.replaceSync(text);
        const walk = rules => [...rules].forEach(rule => rule.selectorText
            ? rule.selectorText.split(/,(?![^(]*\\))/).forEach(one => found.add(one.trim()))
            : rule.cssRules && walk(rule.cssRules));
        walk(sheet.cssRules);
        return found;
    };
    const left = parts(cut), plain = one => one.replace(/::?(before|after|placeholder|marker|-[\\w-]+)/g, '') || '*';
    const matches = one => { try { return document.querySelector(plain(one)) } catch { return false } };
    return [[...parts(whole)].filter(one => !left.has(one) && matches(one)), left.size];
}"""


@pytest.mark.parametrize("name", ["chapters/talent", "reference/evidence"])
def test_the_theme_has_a_style_for_all_that_it_had(visit, built, name):
    """Its sheet is cut to what pages ask for (`brief.ext.html.style_sheet`): icons aside, nothing misses a rule."""
    whole = theme_file("static/styles/pydata-sphinx-theme.css")
    page, _ = visit(name)
    cut = (built.site / "_static" / NAME).read_text("utf-8")
    missing, left = page.evaluate(SELECTORS, [without_icon_font(whole), cut])
    assert not missing and left > 500
    assert len(cut) < len(whole) / 2


def test_figures_and_facts_are_there_without_javascript(visit):
    page, _ = visit("chapters/hardware", javascript=False)
    assert page.locator("figure.brief-figure .drawing:visible").count() >= 3
    fact = page.locator("a.fact").first
    assert fact.inner_text() and "evidence.html#fact-" in fact.get_attribute("href")


def test_dark_mode_redraws_ink_and_paper(visit):
    colors = []
    for scheme in ("light", "dark"):
        page, _ = visit("chapters/hardware", scheme=scheme)
        ink = "getComputedStyle(document.querySelector('.drawing-wide svg text')).fill"
        paper = "getComputedStyle(document.body).backgroundColor"
        colors.append((page.evaluate(ink), page.evaluate(paper)))
    assert colors[0][0] != colors[1][0] and colors[0][1] != colors[1][1]


# Marks that are drawn as backgrounds, and those of them that nothing is seen of.
VANISHED = """() => {
    const paper = getComputedStyle(document.body).backgroundColor, bare = ['rgba(0, 0, 0, 0)', paper];
    const marks = [...document.querySelectorAll('.fa-solid, .tool-icon, .cell-bar, .verdict, .chronology > li')];
    const vanished = marks.filter(mark => {
        const style = getComputedStyle(mark, mark.matches('.verdict, .chronology > li') ? '::before' : null);
        return style.backgroundImage === 'none' && bare.includes(style.backgroundColor);
    });
    return [marks.length, vanished.map(mark => mark.className)];
}"""
MOVES = """() => [...document.querySelectorAll('*')].filter(each => {
    const style = getComputedStyle(each);
    return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0);
}).map(each => each.className)"""


@pytest.mark.parametrize("name", ["index", "chapters/hardware", "reference/article", "reference/story"])
def test_marks_stay_in_the_systems_colours_and_nothing_moves_for_who_asked(visit, name):
    page, _ = visit(name)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    count, vanished = page.evaluate(VANISHED)
    assert count > 3 and [each for each in vanished if "verdict-unverifiable" not in each] == []
    assert page.evaluate(MOVES) == []
    page.keyboard.press("Control+k")
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    assert dialog.evaluate("each => getComputedStyle(each).borderTopStyle") == "solid"
    assert dialog.locator("input").evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


CUT = """() => [...document.querySelectorAll('.drawing-narrow svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).flatMap(t => {
        const box = t.getBoundingClientRect(), size = parseFloat(getComputedStyle(t).fontSize)
            * frame.width / svg.viewBox.baseVal.width, found = [];
        if (size < 10.5) found.push(`${size.toFixed(1)} px: ${t.textContent}`);
        if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(`cut: ${t.textContent}`);
        return found;
    });
})"""


# Texts of a drawing that lie over one another: their lines' air may.
OVER = """() => [...document.querySelectorAll('.drawing svg')].flatMap(svg => {
    const seen = [...svg.querySelectorAll('text')].filter(t => getComputedStyle(t).opacity !== '0');
    const boxes = seen.map(t => [t.getBoundingClientRect(), t.textContent.trim()])
        .filter(([box, text]) => box.width && text);
    const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 6 && b.top < a.bottom - 6;
    return boxes.flatMap(([a, one], i) => boxes.slice(i + 1)
        .filter(([b, other]) => one !== other && over(a, b)).map(([, other]) => `${one} / ${other}`));
})"""


SIDEWAYS = """() => [...document.querySelectorAll('.pst-scrollable-table-container')]
    .filter(frame => frame.scrollWidth > frame.clientWidth).map(frame => frame.innerText.slice(0, 60))"""


def one_drawing_of_each_figure_fits(page, viewport, form):
    figures = page.locator("figure.brief-figure")
    for i in range(figures.count()):
        shown = figures.nth(i).locator(".drawing:visible")
        assert shown.count() == 1 and form in shown.get_attribute("class")
        assert figures.nth(i).get_by_role("img").get_attribute("aria-label")
        box = shown.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= viewport["width"] + 0.5


# A page is opened once on each screen and looked at in every way: opening it takes the longest. Each width and each
# scheme once, since no rule of accessibility looks at both.
@pytest.mark.parametrize(
    ("viewport", "scheme", "form"), [(LAPTOP, "light", "wide"), (PHONE, "dark", "narrow")], ids=["laptop", "phone"]
)
@pytest.mark.parametrize("name", [*PAGES, "search", "genindex"])
def test_a_page_asks_for_nothing_fits_and_is_accessible(visit, name, viewport, scheme, form):
    page, trouble = visit(name, viewport, scheme, script=SHIFTS, asked=(asked := []))
    is_light_and_still(page, [Path(unquote(urlsplit(url).path)) for url in asked if url.startswith("file:")])
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert not page.evaluate(SIDEWAYS)
    if name.startswith("chapters/"):
        one_drawing_of_each_figure_fits(page, viewport, form)
        assert viewport is LAPTOP or not page.evaluate(CUT)
        assert page.evaluate(OVER) == []
    assert not trouble  # before axe, which asks for style sheets
    # A drawing is one image with its alternative text: its thousands of shapes are nobody's to read.
    page.evaluate("document.querySelectorAll('.drawing svg').forEach(each => each.replaceChildren())")
    result = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not result.response["violations"], result.generate_report()


@pytest.fixture
def fact(visit):
    """The first fact of a chapter, and the card that says where it comes from."""
    page, _ = visit("chapters/hardware")
    return page, page.locator("a.fact").first, page.locator("#fact-card")


def test_pointing_at_a_fact_shows_its_table_and_sources(fact):
    page, link, card = fact
    link.hover()
    card.wait_for()
    text = card.inner_text()
    assert link.inner_text() in text and "H100-equivalents, April 2026" in text
    table = "reference/data/hardware/gpu_clusters_by_economy.html"
    assert card.locator(f"a[href$='{table}']").count() == 1 == card.locator(f"a[href$='{table}#row-RUS']").count()
    assert card.locator("a[href*='reference/bibliography.html#source-']").count() >= 1
    page.mouse.move(5, 800)
    card.wait_for(state="hidden")


def test_a_number_is_taken_away_for_reference_managers(visit, tmp_path):
    page, trouble = visit("chapters/ideology")
    link, card = page.locator("a.fact", has_text="%").first, page.locator("#fact-card")
    link.focus()
    page.keyboard.press("Enter")
    held = []
    for name in ("BibTeX", "RIS", "CSL-JSON"):
        with page.expect_download() as taken:
            card.get_by_role("link", name=name).click()
        held.append(Path(taken.value.path()).read_text("utf-8"))
    (entry,) = bibtexparser.loads(held[0]).entries
    (record,), (item,) = rispy.loads(held[1]), json.loads(held[2])
    title = record["title"]
    assert title == item["title"] and title.startswith(link.inner_text())
    assert entry["title"] == "{" + title.replace("%", r"\%") + "}"
    assert item["id"] == entry["ID"] == record["id"] and f"{item['note']}".startswith("Source: ")
    assert "number-" not in "".join(held) and not trouble
    buttons = page.locator("button[data-image]")  # an image is not read from disk, so it is not copied there
    assert buttons.count() > 0 and all(button.is_hidden() for button in buttons.all())


def test_a_computed_number_leads_to_the_cells_that_it_is_computed_of(visit):
    page, _ = visit("chapters/hardware")
    link, card = page.locator("a.fact[href$='#fact-hardware-mumbai-ratio']").first, page.locator("#fact-card")
    link.focus()
    page.keyboard.press("Enter")
    card.wait_for()
    formula = re.fullmatch(r"([\d.]+) = ([\d,]+) / ([\d,.]+)", card.locator(".fact-card-formula").inner_text())
    whole, part = (float(text.replace(",", "")) for text in formula.groups()[1:])
    assert abs(whole / part - float(formula[1])) <= 0.05 and link.inner_text() == formula[1]
    operand = card.get_by_role("link", name="Servers shipped through Mumbai: H100-equivalents")
    operand.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/data/hardware/clusters.html#row-*")
    row = page.locator("tr.here")
    row.wait_for()
    said = row.inner_text().replace(",", "")
    assert any(number.replace(",", "") in said for number in formula.groups()[1:])


def test_a_fact_opens_and_closes_by_keyboard(fact):
    page, link, card = fact
    link.focus()
    page.keyboard.press("Enter")
    card.wait_for()
    assert link.get_attribute("aria-expanded") == "true"
    assert card.evaluate("card => card.contains(document.activeElement)")
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert link.evaluate("link => link === document.activeElement")


def test_a_fact_leads_to_its_row_in_the_ledger(fact):
    page, link, card = fact
    target = link.get_attribute("href").partition("#")[2]
    link.click()
    card.get_by_text("In the evidence ledger").click()
    row = page.locator(f"#{target}")
    row.wait_for()
    assert row.locator("td").count() == 6


def test_a_fact_opens_by_touch(browser, built):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((built.site / "chapters/talent.html").as_uri())
    page.locator("a.fact").first.tap()
    card = page.locator("#fact-card")
    card.wait_for()
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    page.locator("#key-findings h2").tap()
    card.wait_for(state="hidden")
    context.close()


def test_a_disputed_fact_lists_every_estimate(visit):
    page, _ = visit("chapters/talent")
    fact = page.locator("a.fact[href$='#fact-talent-departures-range']").first
    fact.click()
    card = page.locator("#fact-card")
    card.wait_for()
    assert "Russoft" in card.inner_text() and "Shadayev" in card.inner_text()
    assert card.locator("p").count() > 8
    page.keyboard.press("Escape")
    section = fact.evaluate("link => (link.closest('section').scrollIntoView(), link.closest('section').id)")
    page.locator(f"#pst-page-toc-nav a.active[href='#{section}']").wait_for()  # the contents mark where one is


def test_the_ledger_is_filtered_by_words_and_choices_and_the_address_keeps_it(visit):
    page, _ = visit("reference/evidence")
    findings, numbers = (page.locator(f"form[data-list='#{kind}-list']") for kind in ("findings", "facts"))
    rows = page.locator(".ledger-findings tbody tr:visible")
    findings.get_by_label("With the words").fill("Low confidence")
    findings.locator(".filter-count", has_text=" of ").wait_for()
    assert 0 < rows.count() < 10 and all("Low confidence" in text for text in rows.all_inner_texts())
    numbers.locator("select[name=kind]").select_option("second-hand")
    numbers.locator("select[name=chapter]").select_option("talent")
    shown = page.locator(".ledger-facts tbody tr:visible")
    assert shown.count() and all("talent." in text and "At second hand" in text for text in shown.all_inner_texts())
    count = numbers.locator(".filter-count").inner_text()
    assert "words=Low+confidence" in page.url and "facts-list.kind=second-hand" in page.url
    again, _ = visit("reference/evidence", at="#" + page.url.partition("#")[2])
    assert again.locator("form[data-list='#facts-list'] .filter-count").inner_text() == count
    again.locator("form[data-list='#facts-list']").get_by_role("button", name="Show all").click()
    assert "facts-list" not in again.url and "words=Low+confidence" in again.url


def test_findings_and_numbers_are_sorted_over_all_chapters_and_the_address_keeps_the_order(visit):
    page, _ = visit("reference/evidence", at="#sort=-confidence&facts-list.sort=until")
    findings, numbers = (page.locator(f"form[data-list='#{kind}-list']") for kind in ("findings", "facts"))
    rows = page.locator(".ledger-findings tbody tr:visible")
    levels = [re.search(r"(High|Moderate|Low) confidence", text)[1] for text in rows.all_inner_texts()]
    assert len(set(levels)) == 3 and levels == sorted(levels, key=["Low", "Moderate", "High"].index)
    assert page.locator("#findings-list .ledger-chapter:visible").count() == 0
    told = page.locator(".ledger-facts tbody tr:visible [data-facets]")
    until = [each.get_attribute("data-sort-until") for each in told.all()]
    assert until == sorted(until, reverse=True) and until[0] > until[-1]
    assert len({each.get_attribute("data-chapter") for each in told.all()}) > 1
    numbers.get_by_label("Sorted by").select_option("-made")
    assert "facts-list.sort=-made" in page.url and "sort=-confidence" in page.url
    assert told.first.get_attribute("data-made") == "disputed"
    numbers.locator("select[name=made]").select_option("stated")
    assert re.fullmatch(r"\d+ of \d+ numbers", numbers.locator(".filter-count").inner_text())
    findings.get_by_label("Sorted by").select_option("")
    numbers.get_by_role("button", name="Show all").click()
    assert "sort" not in page.url
    for kind in ("findings", "facts"):  # and all is where it was
        order = (
            f"[...document.querySelectorAll('#{kind}-list tbody tr [data-facets]')].map((part) => part.dataset.chapter)"
        )
        chapters = page.evaluate(order)
        assert chapters == sorted(chapters, key=chapters.index)
        assert page.locator(f"#{kind}-list .ledger-chapter").first.is_visible()


def test_a_number_alone_is_a_word_and_not_part_of_another(visit):
    page, _ = visit("reference/evidence", at="#facts-list.words=27")
    shown = page.locator(".ledger-facts tbody tr:visible").all_inner_texts()
    assert shown and all(re.search(r"(?<![\d.,])27(?![\d.,]*\d)", text) for text in shown)


def test_what_an_address_leads_to_is_shown_though_the_list_begins_with_others(visit):
    page, _ = visit("reference/evidence", at="#fact-talent-departures-range", viewport=PHONE)
    row = page.locator("#fact-talent-departures-range.here")
    row.wait_for()
    assert 0 <= row.bounding_box()["y"] < PHONE["height"] or row.bounding_box()["height"] > PHONE["height"]
    more = page.locator("#facts-list + button.more")
    shown = page.locator(".ledger-facts tbody tr:visible").count()
    more.focus()
    page.keyboard.press("Enter")
    assert page.locator(".ledger-facts tbody tr:visible").count() > shown
    assert page.evaluate("document.activeElement.closest('tr') !== null")


def test_each_mention_of_a_source_in_the_ledger_has_its_reference_for_a_tooltip(visit, built):
    mentions = ".ledger .bibtex-citation a"
    page, _ = visit("reference/evidence")
    told = page.locator(mentions).evaluate_all("links => links.map(link => [link.hash, link.title])")
    assert len(told) > len({*map(tuple, told)}) == len({place for place, _ in told}) and all(title for _, title in told)
    assert len(built.soup("reference/evidence").select(f"{mentions}[title]")) == len({place for place, _ in told})


def test_sources_are_filtered_by_kind_and_say_who_uses_them(visit):
    page, _ = visit("reference/bibliography", at="#kind=party")
    shown = page.locator(".citation:visible")
    assert shown.count() > 5 and all("own word" in text for text in shown.all_inner_texts())
    page, _ = visit("reference/source-quality", at="#kind=second-hand&chapter=talent")
    shown = page.locator("#source-list > li:visible")
    assert shown.count() > 3 and all("At second hand" in text for text in shown.all_inner_texts())
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("link", name="a blog, a forum").click()
    page.locator(".filter-count", has_text=" of ").wait_for()
    assert shown.count() and {each.get_attribute("data-published") for each in shown.all()} == {"commentary"}
    assert 0 <= page.locator("form.filter").bounding_box()["y"] < 300


def test_on_a_phone_a_row_of_options_is_a_card_under_its_letter_and_name(visit):
    page, _ = visit("reference/options", PHONE)
    card = page.locator("table.numbered tbody tr").first
    letter, name, who, *_ = card.locator("td").all()
    a, b, c = (cell.bounding_box() for cell in (letter, name, who))
    assert abs(a["y"] - b["y"]) < 2 and a["y"] + a["height"] <= c["y"] + 1
    assert b["x"] >= a["x"] + letter.locator("a").bounding_box()["width"]
    assert b["height"] < 30, "the name has a line"
    assert page.locator("table.numbered").bounding_box()["height"] < 1000  # 1,267 when the number had a line of its own
    letter.locator("a").click()
    assert page.url.endswith("#option-a")


def test_on_a_phone_kinds_of_sources_are_a_table_on_one_screen(visit):
    page, _ = visit("reference/source-quality", PHONE)
    kinds = page.locator("#source-kinds")
    assert kinds.locator("thead").is_visible() and kinds.bounding_box()["height"] < 400
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_who_is_led_far_down_a_list_arrives_where_its_entries_are_not_laid_out_before(visit):
    page, _ = visit("reference/bibliography", viewport=PHONE)
    entries = page.locator(".citation")
    laid_out = "each => each.lastElementChild.checkVisibility({ contentVisibilityAuto: true })"
    assert not page.locator(".citation:not([hidden])").last.evaluate(laid_out), "all is laid out at once"
    for place in (0.9, 0.4, 0.7):
        entry = entries.nth(int(entries.count() * place))
        lead = partial(page.evaluate, "id => location.hash = id", entry.get_attribute("id"))
        for come in (lead, page.reload):
            come()
            page.wait_for_function("() => document.querySelector('.citation.here')?.matches(':target')")
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            assert 0 <= entry.bounding_box()["y"] < PHONE["height"]


def test_lists_are_whole_without_script(visit, site):
    page, _ = visit("reference/evidence", javascript=False)
    assert page.locator(".ledger-facts tbody tr:visible").count() == len(site.facts)
    assert page.locator("form.filter:visible").count() == 0


def test_print_shows_the_wide_drawing_without_folds(visit):
    page, _ = visit("chapters/talent")
    page.emulate_media(media="print")
    assert page.locator("details.fold:not(.to-print):visible").count() == 0
    assert page.locator("figure.brief-figure .drawing:visible").count() >= 3
