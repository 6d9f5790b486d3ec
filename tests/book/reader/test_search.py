"""The search, in a browser: from disk, under a sub-path, by mouse, keyboard and touch, and without script."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import PHONE, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context, built):
    """The page of the search, from disk; it may ask for nothing but files and has nothing to complain of."""
    page, trouble = context.new_page(), []
    page.on("console", lambda m: trouble.append(m.text) if m.type in ("error", "warning") else None)
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else trouble.append(r.url))
    page.goto((built.site / "search.html").as_uri())
    yield page
    assert not trouble
    page.close()


def ask(page, text: str):
    """Type `text`; the article, when it says what was found."""
    article = page.locator("article.bd-article")
    article.get_by_role("searchbox").fill(text)
    page.wait_for_function(
        "typed => document.querySelector('article .found')?.dataset.typed === typed && "
        "document.querySelector('article .found-status').textContent",
        arg=text,
    )
    return article


def groups(article) -> list[str]:
    return [text.rpartition(" ")[0] for text in article.locator(".found-group > h2").all_inner_texts()]


def addresses(article, kind: str) -> list[str]:
    """Where the results of a kind lead."""
    group = article.locator(".found-group", has=article.page.get_by_role("heading", name=kind))
    return [link.get_attribute("href") for link in group.locator("a").all()]


def test_results_stand_by_kind_and_the_best_page_comes_first(page):
    article = ask(page, "DeepSeek")
    assert groups(article) == ["Pages", "Findings", "Figures", "Numbers", "Terms", "Claims", "Tables", "Sources"]
    pages = article.locator(".found-group").first.locator("> ul > li > strong a")
    first = [link.get_attribute("href").rpartition("/")[2] for link in pages.all()][:3]
    assert {"story.html", "competitiveness.html"} <= set(first)
    assert addresses(article, "Terms")[0].endswith("reference/glossary.html#term-DeepSeek")


def test_a_number_is_found_as_a_number_and_leads_to_its_row(page, built):
    article = ask(page, "102")
    assert groups(article)[0] == "Numbers"
    (link,) = [link for link in article.locator(".found-group").first.locator("a").all() if "102" in link.inner_text()]
    assert "times" in link.inner_text()
    excerpt = link.locator("xpath=following-sibling::p").inner_text().partition("102")[2]
    assert len(excerpt) > 20 and excerpt.partition(".")[0] in " ".join(built.soup("chapters/hardware").text.split())
    link.click()
    page.wait_for_url("**/reference/evidence.html#fact-hardware-*")
    row = page.locator(":target")
    assert "102" in row.inner_text()
    page.wait_for_function("() => document.querySelector(':target').getBoundingClientRect().top < innerHeight")


def test_what_a_search_loads_is_light(built):
    """Script, library and all that can be found, compressed: 172 kB when sentences and titles stood there twice."""
    files = ["search-passages.js", "_static/minisearch.js", "_static/brief-search.js"]
    assert sum(len(gzip.compress((built.site / name).read_bytes())) for name in files) < 150_000


def test_nothing_of_a_search_is_left_on_the_next_page(page):
    ask(page, "DeepSeek").locator(".found-group").first.locator("a").first.click()
    page.wait_for_url(lambda address: "search.html" not in address)
    assert page.locator("mark, .highlighted, .highlight-link").count() == 0
    assert page.get_by_text("Hide Search Matches").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('highlight'))") == []


def test_hyphens_thousands_and_accents_do_not_matter(page):
    def first(text: str) -> list[str]:
        article = ask(page, text)
        return [link.get_attribute("href") for link in article.locator(".found-group a").all()][:3]

    assert first("open-weight") == first("open weight")
    assert first("1,772") == first("1772") != []
    assert set(first("High-Flyer")) == set(first("highflyer")) != set()


QUESTIONS = {
    "how many notable models had India in 2023": ("Tables", "/notable_models.html#words=india+2023"),
    "which findings are of low confidence": ("Findings", "chapters/censorship.html#finding-not-orthodox"),
    "which numbers rest on a blog or a forum": ("Pages", "reference/source-quality.html"),
    "what would change the assessment": ("Pages", "reference/evidence.html#indicators-to-watch"),
    "compare Russia and India": ("Pages", "reference/explorer.html"),
    "Russia against Iran in press freedom": ("Pages", "#series=censorship%2Fpress_freedom.score&of=IRN.RUS"),
    "Russia's Tortoise rank 2025": ("Numbers", "reference/evidence.html#fact-ideology-order-china"),
    "what changed since the last edition": ("Pages", "reference/updates.html"),
    "which figures use Paper Copilot": ("Figures", "chapters/talent.html#talent-authors"),
    "figure 2.3": ("Figures", "chapters/talent.html#talent-returns"),
    "qwxyz DeepSeek": ("Terms", "reference/glossary.html#term-DeepSeek"),
}


def test_a_question_is_answered_as_it_is_asked(page):
    for question, (kind, address) in QUESTIONS.items():
        article = ask(page, question)
        assert [at for at in addresses(article, kind) if address in at], question
    assert "of these words" in article.locator(".found-status").inner_text()
    article = ask(page, "which findings are of low confidence")
    assert groups(article)[0] == "Findings"
    said = article.locator(".found-group").first.locator("li p").all_inner_texts()
    assert said and all(text.startswith("Low confidence") for text in said)


def test_a_row_that_was_asked_for_is_shown_alone(page):
    article = ask(page, "notable models India 2023")
    article.get_by_role("link", name="rows with India, 2023").click()
    page.wait_for_url("**/notable_models.html#words=india+2023")
    page.locator("#table-filter .filter-count", has_text="1 of").wait_for()
    assert page.locator("#data-table tbody tr:visible").count() == 1


def test_a_number_of_a_table_is_found_in_its_row_and_no_row_is_promised_that_is_not_there(page):
    article = ask(page, "which source says 7,984")
    assert groups(article)[0] == "Numbers"
    assert [at for at in addresses(article, "Tables") if at.endswith("/clusters.html#words=7984")]
    article = ask(page, "Russia Tortoise rank 2025")  # the index has rows, and 2025 has rows, of others
    assert [at.rpartition("/")[2] for at in addresses(article, "Tables")] == ["readiness.html"]
    assert "with Tortoise, 2025" in article.locator(".found-group", has_text="Tables").inner_text()


def test_a_group_screens_below_is_an_action_away(page):
    article = ask(page, "DeepSeek")
    article.get_by_role("button", name="Sources").click()
    assert page.evaluate("() => document.activeElement.href").split("#")[0].endswith("bibliography.html")
    assert 0 < article.get_by_role("heading", name="Sources").bounding_box()["y"] < 900


def test_typing_stands_clear_of_the_icon(page):
    icon = page.locator("article .bd-search .fa-magnifying-glass").bounding_box()
    field = page.locator("article .bd-search input")
    inside = field.bounding_box()["x"] + float(
        field.evaluate("field => parseFloat(getComputedStyle(field).paddingLeft)")
    )
    assert icon["x"] + icon["width"] <= inside


def test_what_was_not_found_is_said(page):
    assert "Nothing found" in ask(page, "qwxyz").locator(".found-status").inner_text()


def test_the_dialog_finds_by_keyboard_and_leads_to_all_results(context, built):
    page = context.new_page()
    page.goto((built.site / "chapters" / "hardware.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("Nebius")
    dialog = page.locator("#pst-search-dialog")
    dialog.locator(".found-group a").first.wait_for()
    field, found = dialog.locator("form").bounding_box(), dialog.locator(".found").bounding_box()
    assert found["y"] >= field["y"] + field["height"] and found["width"] > field["width"] * 0.9
    assert dialog.evaluate("dialog => getComputedStyle(dialog).backgroundColor").startswith("rgb(")
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()
    page.keyboard.press("Tab")
    assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    dialog.get_by_role("searchbox").focus()
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        assert dialog.locator(".found a").nth(place).evaluate("link => link === document.activeElement")
    page.keyboard.press("ArrowUp")
    assert dialog.get_by_role("searchbox").evaluate("field => field === document.activeElement")
    dialog.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search.html?q=Nebius")
    page.locator("article .found-group a").first.wait_for()
    page.close()


def test_the_search_works_on_a_phone_under_a_sub_path(browser, built):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    with serving(built.site.parent) as address:
        page.goto(f"{address}/html/search.html?q=GitHub")
        more = page.locator("article .found-group summary").first
        more.tap()
        assert more.locator("xpath=following-sibling::ul/li").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.locator("article .found-group a").first.tap()
        page.wait_for_url(lambda url: url.startswith(f"{address}/html/") and "search.html" not in url)
        assert page.locator("article h1").count() == 1
        page.goto(f"{address}/html/search.html?q=notable+models+India+2023")
        page.locator("article").get_by_role("link", name="rows with India, 2023").tap()
        row = page.locator("#data-table tbody tr", has_text="India")
        row.wait_for()
        page.wait_for_function("row => row.getBoundingClientRect().bottom < innerHeight", arg=row.element_handle())
    context.close()


def test_without_script_the_page_says_where_else_to_look(open_page, built):
    page, _ = open_page((built.site / "search.html").as_uri(), "file:", javascript=False)
    page.locator("article").get_by_role("link", name="every number").click()
    page.wait_for_url("**/reference/evidence.html")
