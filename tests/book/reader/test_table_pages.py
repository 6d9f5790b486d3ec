"""A table's page in a browser, from disk: by mouse, keyboard and touch, without script; a small and a large table."""

import csv
import gzip
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import LAPTOP, PHONE

SMALL, LARGE = "talent/returns", "ideology/freedom_of_expression"


@pytest.fixture
def visit(open_page, built):
    """Open a table's page from disk, at an address of it."""

    def go(name, at="", *how, **more):
        page, trouble = open_page((built.site / f"reference/data/{name}.html").as_uri() + at, "file:", *how, **more)
        return page, page.locator("#data-table tbody tr"), trouble

    return go


@pytest.mark.browser
def test_a_reader_filters_by_words_and_by_choice_and_the_address_keeps_it(visit, site):
    page, rows, trouble = visit(LARGE)
    assert rows.count() == 25 and "of 503" in page.locator(".dt-info").inner_text()
    page.get_by_label("Rows with the words").fill("russia 2012")
    count = page.locator(".filter-count")
    count.filter(has_text="1 of 503 rows").wait_for()
    assert rows.count() == 1 and rows.first.inner_text().split()[1:4] == ["RUS", "Russia", "2012"]
    page.get_by_label("Rows with the words").fill("russ")  # the beginning of a word, while no row has it whole
    count.filter(has_text=" of 503 rows").wait_for()
    assert rows.count() > 1 and all("Russia" in text for text in rows.all_inner_texts())
    page.get_by_label("Rows with the words").fill("")
    page.locator("select[name=economy]").select_option("CHN")
    page.locator("#data-table thead").get_by_role("button", name="Year").click()
    page.locator("#data-table thead").get_by_role("button", name="Year").click()
    page.locator("th.dt-ordering-desc").wait_for()
    assert "economy=CHN" in page.url and "sort=-year" in page.url
    shown = rows.all_inner_texts()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download these rows").click()
    held = list(csv.DictReader(Path(taken.value.path()).read_text("utf-8").splitlines()))
    own = [row for row in site.table(LARGE) if row["economy"] == "CHN"]
    own.sort(key=lambda row: row["year"], reverse=True)
    assert taken.value.suggested_filename == "ideology-freedom_of_expression.csv"
    assert [[row["year"], row["index"]] for row in held] == [[row["year"], row["index"]] for row in own]
    assert list(held[0]) == list(own[0]) and {row["economy"] for row in held} == {"CHN"}
    again, rows, _ = visit(LARGE, "#" + page.url.partition("#")[2])
    again.locator("th.dt-ordering-desc").wait_for()
    assert rows.all_inner_texts() == shown and all("CHN" in text for text in shown)
    again.get_by_role("button", name="Show all rows").click()
    again.locator(".filter-count", has_text=re.compile("^503 rows$")).wait_for()
    assert "#" not in again.url and not trouble


@pytest.mark.browser
def test_a_table_is_sorted_and_paged_by_keyboard(visit):
    page, rows, _ = visit(LARGE)
    first = rows.first.inner_text()
    page.locator("#data-table thead").get_by_role("button", name="Year").focus()
    page.keyboard.press("Enter")
    page.locator("th[aria-sort=ascending]").wait_for()
    assert page.locator("th[aria-sort=ascending]").get_attribute("data-name") == "year"
    page.get_by_role("link", name="Next").or_(page.get_by_role("button", name="Next")).focus()
    page.keyboard.press("Enter")
    page.locator(".dt-info", has_text="Rows 26 to 50").wait_for()
    assert rows.first.inner_text() != first


@pytest.mark.browser
def test_an_address_of_a_row_leads_to_it_on_whatever_page_it_is_and_marks_it(visit):
    page, _, _ = visit(LARGE, "#row-RUS_2012")
    row = page.locator("tr.here")
    row.wait_for()
    assert row.inner_text().split()[1:4] == ["RUS", "Russia", "2012"] and row.get_attribute("id") == "row-RUS_2012"
    assert row.evaluate("row => row === document.activeElement")
    box = row.bounding_box()
    assert 0 <= box["y"] <= LAPTOP["height"] - box["height"]
    page.locator("select[name=economy]").select_option("CHN")  # what is chosen does not hide a row that is asked for
    page.locator(".filter-count", has_text=" of 503").wait_for()
    page.evaluate("location.hash = '#row-RUS_2013'")
    page.locator("tr.here#row-RUS_2013").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("name", [SMALL, LARGE])
def test_without_script_a_page_is_a_plain_table_with_every_row(visit, site, name):
    page, _, _ = visit(name, javascript=False)
    rows = page.locator(".data-table tbody tr")
    assert rows.count() == len(site.table(name)) and rows.last.is_visible()
    assert not page.locator("form.filter").is_visible()


@pytest.mark.browser
def test_on_a_phone_a_row_is_a_card_and_nothing_is_sideways(visit):
    label = "cell => getComputedStyle(cell, '::before').content"
    for name in (SMALL, LARGE, "hardware/statements"):
        page, rows, trouble = visit(name, "", PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] and not trouble
        for box in (cell.bounding_box() for cell in rows.first.locator("td").all() if cell.is_visible()):
            assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        said = rows.first.locator("td").evaluate_all(f"cells => cells.map({label})")
        assert name != SMALL or '"High, %"' in said
    assert "Id" in rows.first.locator("td").first.evaluate(label)
    page.get_by_label("Sorted by").select_option("-value")
    page.locator("#data-table tbody tr").first.wait_for()
    assert "sort=-value" in unquote(page.url)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(LAPTOP, "light"), (LAPTOP, "dark"), (PHONE, "light"), (PHONE, "dark")],
    ids=["laptop", "laptop-dark", "phone", "phone-dark"],
)
def test_no_accessibility_violation(visit, viewport, scheme):
    page, _, _ = visit(SMALL, "#words=poll&size=100" if scheme == "dark" else "", viewport, scheme)
    result = Axe().run(page, context={"exclude": [[".drawing svg"]]})
    assert not result.response["violations"], result.generate_report()


def test_the_first_view_of_each_page_is_light(built):
    """At most 350 kB, compressed, of page, style, script and letters."""
    static = built.site / "_static"
    for page in (built.site / "reference" / "data").rglob("*.html"):
        html = page.read_text("utf-8")
        names = re.findall(r'(?:href|src)="(?:\.\./)+_static/([^"?]+\.(?:css|js))', html)
        assert "datatables/dataTables.min.js" in names
        files = [static / name for name in names] + [*static.glob("fonts/*.woff2")]
        assert sum(len(gzip.compress(f.read_bytes())) for f in [page, *files]) < 350_000, page


def test_the_licence_of_the_library_lies_beside_it(built):
    folder = built.site / "_static" / "datatables"
    assert (folder / "dataTables.min.js").read_text("utf-8").startswith("/*! DataTables ")
    assert "SpryMedia" in (folder / "LICENSE.txt").read_text("utf-8")
