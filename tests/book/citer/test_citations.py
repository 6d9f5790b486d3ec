"""A chapter cites itself, and its sources can be opened."""

import re

import pytest
from pybtex.database import parse_file

from brief.ext.citations import citation_cff
from brief.ext.citations.citation_cff import schema
from tests.conftest import CFF, CHAPTERS, ROOT

BIBLIOGRAPHY = parse_file(str(ROOT / "data" / "references.bib"))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_says_how_to_cite_it(built, chapter):
    soup = built.soup(f"chapters/{chapter}")
    box = soup.select(".cite")[-1]  # those before are of figures
    title = soup.h1.find(string=re.compile(r"\w{3}")).strip()
    styles = dict(
        zip(
            (dt.get_text() for dt in box.select("dt")),
            (dd.get_text(strip=True) for dd in box.select("dd")),
            strict=True,
        )
    )
    assert list(styles) == ["APA", "Chicago", "MLA", "Harvard"]
    for text in styles.values():
        assert CFF["title"].lower() in text.lower() and title.lower() in text.lower()
        assert (f"{CFF['url']}/{CFF['version']}/chapters/{chapter}.html" if "url" in CFF else "edition") in text.lower()
        assert str(CFF["date-released"].year) in text


@pytest.mark.parametrize("key", sorted(BIBLIOGRAPHY.entries))
def test_an_entry_can_be_opened_and_credited(key):
    entry = BIBLIOGRAPHY.entries[key]
    assert entry.fields["title"].strip()
    assert re.match(r"https?://\S+$", entry.fields["url"])
    assert entry.persons.get("author")
    assert re.match(r"\d{4}-\d\d-\d\d$", entry.fields["urldate"])
    assert "year" not in entry.fields or re.match(r"\d{4}$", entry.fields["year"])


# What BibLaTeX, pandoc and Zotero know a type by, and the field that says who brought such a thing out.
HOLDERS = {"online": "organization", "dataset": "publisher", "report": "institution", "article": "journal"}
HOLDERS["legislation"] = "organization"


def test_entries_have_real_types_so_that_others_can_reuse_them():
    for key, entry in BIBLIOGRAPHY.entries.items():
        assert entry.fields.get(HOLDERS[entry.type]), f"{key}, @{entry.type}"


def test_every_entry_is_in_the_bibliography_with_its_link(built):
    soup = built.soup("reference/bibliography")
    links = {a["href"] for a in soup.select(".citation a.reference.external")}
    assert {entry.fields["url"] for entry in BIBLIOGRAPHY.entries.values()} <= links


def test_tables_are_published_beside_the_pages(built):
    soup = built.soup("reference/data")
    links = [link["href"] for link in soup.select("a[download]")]
    assert "../data/brief-data.zip" in links
    for link in links:
        file = (built.site / "reference" / link).resolve()
        if file.suffix not in (".zip", ".json"):  # what describes the tables says their edition besides
            assert file.read_bytes() == (ROOT / "data" / file.relative_to(built.site / "data")).read_bytes()


def test_the_citation_file_is_valid():
    """By the format's own schema, and by what the book asks besides."""
    assert citation_cff.errors(ROOT) == []
    assert schema()["$id"] == "https://citation-file-format.github.io/1.2.0/schema.json"


@pytest.mark.browser
def test_a_citation_is_copied_by_keyboard_in_the_style_chosen_which_the_visit_remembers(browser, built):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()

    def copied(box) -> str:
        """What its button copies, which is all that is shown."""
        box.get_by_role("button", name="Copy the citation of").press("Enter")
        box.get_by_text("Copied", exact=True).wait_for()
        (shown,) = [dd.inner_text().strip() for dd in box.locator("dd").all() if dd.is_visible()]
        assert page.evaluate("navigator.clipboard.readText()") == shown
        return shown

    page.goto((built.site / "chapters/ideology.html").as_uri())
    box = page.locator("#cite-this-chapter .cite")
    apa = copied(box)
    box.get_by_role("radio", name="APA").press("ArrowLeft")  # round to the last
    assert box.get_by_role("radio", name="Harvard").is_checked()
    assert copied(box) != apa and "‘" in box.inner_text()
    menu = page.locator("figure .figure-menu").first
    menu.locator("summary", has_text="Cite").click()
    assert copied(menu.locator(".cite")).startswith("‘")
    page.goto((built.site / "reference/data/ideology/freedom_of_expression.html").as_uri())
    copied(page.locator(".cite"))
    assert page.get_by_role("radio", name="Harvard").is_checked()
    context.close()


@pytest.mark.browser
def test_chapter_figure_and_number_are_cited_by_keys_alone_from_the_pages_top(browser, built):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()

    def to(what: str, key: str = "Tab") -> None:
        """Press a key until what has the focus is called so."""
        for _ in range(80):
            page.keyboard.press(key)
            called = "(e => `${e.ariaLabel ?? ''} ${e.value ?? ''} ${e.textContent}`)(document.activeElement)"
            if what in page.evaluate(called):
                return
        pytest.fail(f"{key} does not lead to {what}")

    def copied() -> str:
        page.keyboard.press("Enter")
        page.locator(":focus", has_text="Copied").wait_for()
        return page.evaluate("navigator.clipboard.readText()")

    page.goto((built.site / "chapters/hardware.html").as_uri())
    page.keyboard.press("Tab")  # the skip link
    page.keyboard.press("Enter")
    to("cite this chapter")
    page.keyboard.press("Enter")
    to("APA")
    page.keyboard.press("ArrowDown")  # the next style
    to("Copy the citation of this chapter")
    assert copied().startswith("“Hardware: ")

    page.goto((built.site / "chapters/hardware.html").as_uri())
    to("Cite this figure")
    page.keyboard.press("Enter")
    to("Chicago")  # which was chosen
    page.keyboard.press("ArrowUp")
    to("Copy the citation of this figure")
    assert "(2026" in copied()
    page.keyboard.press("Escape")
    assert page.locator("summary:focus", has_text="Cite").count() == 1

    to("102")
    page.keyboard.press("Enter")
    to("Copy the citation of this number")
    assert copied().startswith("102 times")
    to("In the evidence ledger")
    page.keyboard.press("Tab")  # on from the number, and not back to the page's top
    after = "[document.activeElement, [...document.querySelectorAll('a.fact')].find(a => a.textContent === '102')]"
    assert page.evaluate(f"(([here, number]) => !!(number.compareDocumentPosition(here) & 4))({after})")
    page.keyboard.press("Shift+Tab")
    assert page.locator(":focus").inner_text() == "102"
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")  # from the card's first link
    assert page.locator(":focus").inner_text() == "102"
    context.close()


@pytest.mark.browser
def test_without_script_a_style_is_chosen_too(open_page, built):
    page, _ = open_page((built.site / "reference/cite.html").as_uri(), "file:", javascript=False)
    page.get_by_role("radio", name="MLA").check()
    (shown,) = [dd.inner_text().strip() for dd in page.locator(".cite dd").all() if dd.is_visible()]
    assert shown == built.soup("reference/cite").select(".cite dd")[2].get_text(strip=True)
