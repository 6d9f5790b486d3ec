"""The explorer: two to six economies in any series or standing, by mouse and keyboard, from disk, without script."""

import csv
import json
import math
import re
from collections import defaultdict

import pytest

from tests.conftest import PHONE

ADDRESS = "#series=hardware%2Ftop500_by_economy.rmax&of=CHN.RUS.USA&as=line&index=1"


@pytest.fixture(scope="module")
def page(browser, built):
    """The page from disk; it asks for files alone and has nothing to complain of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page, trouble = context.new_page(), []
    page.on("console", lambda m: trouble.append(m.text) if m.type in ("error", "warning") else None)
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else trouble.append(r.url))
    page.goto((built.site / "reference" / "explorer.html").as_uri())
    yield page
    assert not trouble
    context.close()


def table(page) -> list[list[str]]:
    rows = page.locator(".explorer-table tbody tr").all()
    return [row.locator("td").all_text_contents() for row in rows]


@pytest.fixture(scope="module")
def document(built) -> dict:
    text = (built.site / "explorer-series.js").read_text("utf-8")
    return json.loads(text.removeprefix("window.briefSeries = ").rstrip().rstrip(";"))


def test_each_series_has_the_rows_of_its_table(built, document):
    package = json.loads((built.root / "data" / "datapackage.json").read_text("utf-8"))
    declared = {
        f"{entry['name']}.{name}": entry["explore"]["period"]
        for entry in package["resources"] if "explore" in entry for name in entry["explore"]["values"]
    }  # fmt: skip
    series = [one for one in document["series"] if "period" not in one]
    assert {one["id"] for one in series} == set(declared)
    for one in series:
        name, _, column = one["id"].rpartition(".")
        with (built.root / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            rows = [row for row in csv.DictReader(lines) if row[column]]
        told = [(code, period, value) for code, period, value, _source in one["rows"]]
        assert sorted(told) == sorted((r["economy"], r[declared[one["id"]]], float(r[column])) for r in rows)
        assert len({row[:2] for row in told}) == len(told), f"{name}: two values of an economy in one period"
        assert all((built.site / address).is_file() for _name, address in one["tables"])


def test_each_standing_reads_as_in_the_summary_and_has_the_other_economies_too(built, document):
    names, stood = document["economies"], [one for one in document["series"] if "period" in one]
    head, *rows = built.soup("index").select("table.standings tr")
    peers = [cell.get_text(strip=True) for cell in head.select("th")[1:]]
    assert len(rows) == len(stood) > 3
    for row, one in zip(rows, stood, strict=True):
        measure, *cells = (cell.get_text(" ", strip=True) for cell in row.select("td, th"))
        assert measure.startswith(one["title"]) and one["sources"] and (built.site / one["chapter"][1]).is_file()
        told = {names[code]: text for code, _period, _value, text in one["rows"]}
        assert [told[name] for name in peers] == cells and len(told) > len(peers)


@pytest.mark.browser
def test_a_chart_of_the_peers_stands_there_with_sources_and_table(page):
    page.locator(".explorer-shown.ready").wait_for()
    assert page.locator("script[src*='vega']").count() == 0  # large: it waits for a reader who moves
    page.mouse.move(300, 300)
    page.locator(".explorer-chart svg").wait_for()
    assert "Notable models" in page.locator(".explorer-title").inner_text()
    assert "Epoch AI" in page.locator(".explorer-sources").inner_text()
    assert page.locator(".explorer-sources a[href*='bibliography.html#']").count() >= 1
    assert {row[0] for row in table(page)} == {"Russia", "China", "United States", "Germany"}
    assert "Russia: " in page.locator(".explorer-chart").get_attribute("aria-label")


@pytest.mark.browser
def test_economies_are_chosen_by_mouse_and_keyboard_and_the_address_keeps_them(page):
    page.get_by_role("checkbox", name="France", exact=True).check()
    box = page.get_by_role("checkbox", name="India", exact=True)
    box.focus()
    page.keyboard.press("Space")
    assert {"France", "India"} <= {row[0] for row in table(page)}
    assert page.get_by_role("checkbox", name="Japan", exact=True).is_disabled()  # six are enough
    page.get_by_label("bars of the last value").check()
    assert len(table(page)) == 6 and page.get_by_label("first common period").is_disabled()
    page.reload()
    page.locator(".explorer-chart svg").wait_for()
    assert (
        page.get_by_role("checkbox", name="India", exact=True).is_checked()
        and page.get_by_label("bars of the last value").is_checked()
    )
    assert len(table(page)) == 6


@pytest.mark.browser
def test_an_index_is_a_hundred_where_all_begin(page, built):
    page.goto((built.site / "reference" / "explorer.html").as_uri() + ADDRESS)
    page.reload()
    page.locator(".explorer-chart svg").wait_for()
    of = defaultdict(list)
    for economy, period, value, index, _source in table(page):
        of[economy].append((period, float(value.replace(",", "")), float(index)))
    assert set(of) == {"China", "Russia", "United States"}
    for rows in of.values():
        assert rows[0][2] == 100 and rows[0][0] == of["Russia"][0][0]
        assert rows[-1][2] == pytest.approx(100 * rows[-1][1] / rows[0][1], rel=1e-3, abs=0.06)


@pytest.mark.browser
def test_the_view_is_taken_away_as_data_image_and_citation(page):
    def taken(name: str) -> bytes:
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        return download.value.path().read_bytes()

    rows = list(csv.DictReader(taken("CSV").decode().splitlines()))
    assert len(rows) == len(table(page)) and {row["economy"] for row in rows} == {"CHN", "RUS", "USA"}
    drawn = taken("SVG")
    assert taken("PNG").startswith(b"\x89PNG") and drawn.startswith(b"<svg")
    assert all(words in drawn for words in (b"TOP500", b"Source: "))


@pytest.mark.browser
def test_a_standing_is_drawn_as_bars_and_the_address_keeps_it(page, document):
    page.get_by_label("What to compare").select_option("hardware.listed-computing")
    page.locator(".explorer-chart svg", has_text="7,031").wait_for()
    assert page.get_by_label("lines over time").is_disabled() and page.get_by_label("bars of").is_checked()
    assert page.locator(".explorer-why").is_visible()
    told = {row[0]: row[2] for row in table(page)}
    one = next(one for one in document["series"] if one["id"] == "hardware.listed-computing")
    said = {document["economies"][code]: text for code, _period, _value, text in one["rows"]}
    assert told == {name: said[name] for name in ("Russia", "China", "United States")}
    page.get_by_role("checkbox", name="Japan", exact=True).check()
    page.reload()
    page.locator(".explorer-chart svg", has_text="7,031").wait_for()
    assert {row[0] for row in table(page)} == {*told, "Japan"}
    assert page.locator(".explorer-sources a[href*='chapters/hardware.html']").count() == 1
    page.get_by_label("What to compare").select_option("hardware/top500_by_economy.systems")
    assert page.get_by_label("lines over time").is_checked() and not page.locator(".explorer-why").is_visible()


TICKS = """() => [...document.querySelectorAll('.explorer-chart .role-axis-label text')].map(text => [
    parseFloat(text.textContent.replaceAll(',', '')) || 0, text.getBoundingClientRect().y,
    text.textContent])"""


@pytest.mark.browser
def test_a_log_scale_has_equal_steps_for_equal_multiples_and_no_place_for_nought(page, built):
    explorer = (built.site / "reference" / "explorer.html").as_uri()
    page.goto(f"{explorer}#series=hardware%2Ftop500_by_economy.rmax&of=CHN.RUS.USA&as=line")
    page.reload()
    page.get_by_label("log scale").check()
    page.locator(".explorer-about", has_text="log scale").wait_for()
    assert "log=1" in page.url
    page.wait_for_function("document.querySelectorAll('.explorer-chart .role-axis-label text').length > 3")
    ticks = [
        (number, y) for number, y, text in page.evaluate(TICKS) if number and not re.fullmatch(r"(19|20)\d\d", text)
    ]
    ticks.sort()
    (low, bottom), (high, top) = ticks[0], ticks[-1]
    step = (bottom - top) / math.log(high / low)
    assert high / low > 100 and all(abs(bottom - y - step * math.log(number / low)) < 3 for number, y in ticks)
    page.goto(f"{explorer}#series=competitiveness%2Fnotable_models.models&of=RUS.USA&as=line&log=1")
    page.reload()
    page.locator(".explorer-status", has_text="no place for nought").wait_for()
    assert "log scale" not in page.locator(".explorer-about").inner_text()


@pytest.mark.browser
def test_the_explorer_has_no_accessibility_violation_and_fits_a_phone(open_page, built):
    from axe_playwright_python.sync_playwright import Axe

    page, _ = open_page((built.site / "reference" / "explorer.html").as_uri() + ADDRESS, "file:", PHONE, "dark")
    page.locator(".explorer-chart svg").wait_for()
    page.locator(".explorer-table summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    result = Axe().run(page, context={"exclude": [[".explorer-chart svg"]]})
    assert not result.response["violations"], result.generate_report()


@pytest.mark.browser
def test_without_script_the_newest_values_stand_in_a_table(open_page, built):
    page, _ = open_page((built.site / "reference" / "explorer.html").as_uri(), "file:", javascript=False)
    assert page.locator("form.explorer:visible, .explorer-shown:visible").count() == 0
    assert page.get_by_role("row").filter(has_text="Freedom of expression: index, zero to one").count() == 1
    row = page.get_by_role("row").filter(has_text="Notable models").first
    assert "Russia" in row.inner_text() and row.get_by_role("link").first.get_attribute("href").endswith(".html")
