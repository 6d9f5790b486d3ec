"""Figures: at once, offline, alive on demand, taken away with their papers."""

import csv
import io
import json
import re
import zipfile

import pytest
from bs4 import BeautifulSoup
from frictionless import Package
from playwright.sync_api import expect

from brief.ext.content_security import inline_hashes
from tests.book.reader.first_view import SHIFTS, is_light_and_still
from tests.charts import layers, tooltip
from tests.conftest import CHAPTERS, LAPTOP, PAGES, PHONE, serving


def folders(book):
    return sorted(path for path in (book.site / "figures").iterdir())


@pytest.fixture(scope="module")
def site(built):
    """The built book over HTTP, under a Content-Security-Policy without 'unsafe-eval' and without inline scripts."""
    hashes = set()
    for name in PAGES:
        hashes |= inline_hashes(built.page(name))
    allowed = " ".join(f"'{value}'" for value in sorted(hashes))
    policy = f"default-src 'self'; script-src 'self' {allowed}; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

    with serving(built.site, headers={"Content-Security-Policy": policy}) as address:
        yield address


@pytest.fixture
def visit(open_page, site):
    """Open a page of the site; returns the page and what it complained of or asked of others."""
    return lambda name, *how, **more: open_page(f"{site}/{name}.html", site, *how, **more)


def live(book, label):
    """The specifications of a figure that a reader can act on, by width name."""
    text = (book.site / "figures" / label / "live.js").read_text("utf-8")
    return json.loads(text.partition("] = ")[2].rstrip(";\n"))


def told_by(book, label, form="wide"):
    """What each mark of a figure says when it is pointed at: titles and texts, of every layer."""
    spec, said = live(book, label)[form], []
    for unit in layers(spec):
        columns = tooltip(unit)
        for row in spec["datasets"].get((unit["data"] or {}).get("name"), []) if columns else []:
            said.append({title: row[column] for title, column in columns.items()})
    return said


def boxes(page, label):
    """Where a figure, its drawing and what follows it stand."""
    return page.evaluate(
        """label => [`#${label}`, `#${label} .drawings`, `#${label} .legend`].map(s => {
             const r = document.querySelector(s).getBoundingClientRect();
             return [r.left, r.top + scrollY, r.width, r.height].map(Math.round) })""",
        label,
    )


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_figure_wakes_in_place_and_nothing_moves(visit, chapter, viewport):
    page, trouble = visit(f"chapters/{chapter}", viewport)
    labels = page.eval_on_selector_all(".drawings[data-live]", "found => found.map(d => d.dataset.figure)")
    assert labels
    for label in labels:
        drawings = page.locator(f"#{label} .drawings")
        drawings.scroll_into_view_if_needed()
        before = boxes(page, label)
        drawings.hover()
        page.locator(f"#{label} .drawings.awake").wait_for()
        assert boxes(page, label) == before
        # The live drawing stands where the static one stood.
        still, live = page.evaluate(
            """label => ['.drawing', '.drawing-live'].map(s => {
                 const all = [...document.querySelectorAll(`#${label} ${s}`)].filter(d => d.offsetParent);
                 const r = all[0].querySelector('svg').getBoundingClientRect();
                 return [r.left, r.top, r.width, r.height] })""",
            label,
        )
        assert all(abs(a - b) <= 2 for a, b in zip(still, live, strict=True)), (label, still, live)
    assert not trouble


@pytest.mark.browser
def test_a_figure_wakes_by_keyboard_and_shows_a_tooltip(visit):
    page, trouble = visit("chapters/hardware")
    drawings = page.locator(".drawings[data-live]").first
    drawings.focus()
    page.locator(".drawings.awake").first.wait_for()
    drawings.hover()  # in its middle, once the page has come to rest
    tooltip = page.locator("#vg-tooltip-element.visible")
    expect(tooltip).to_contain_text(re.compile(r"Listed computing\s*[\d,.]+ Pflop/s"))
    assert not trouble


@pytest.mark.browser
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_line_says_in_words_whose_it_is_and_what(visit, built, chapter):
    page, trouble = visit(f"chapters/{chapter}")
    seen = 0
    for label in page.eval_on_selector_all(".drawings[data-live]", "found => found.map(d => d.dataset.figure)"):
        if not any(
            "(datum.datum" in str(unit["encoding"].get("tooltip")) for unit in layers(live(built, label)["wide"])
        ):
            continue  # each of its marks is pointed at by itself
        drawings = page.locator(f"#{label} .drawings")
        drawings.scroll_into_view_if_needed()
        drawings.hover()
        page.locator(f"#{label} .drawings.awake").wait_for()
        box = drawings.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
        page.mouse.move(box["x"] + box["width"] / 3 + 2, box["y"] + box["height"] / 2)
        tooltip = page.locator("#vg-tooltip-element.visible")
        tooltip.wait_for()
        told = dict(row.locator("td").all_text_contents() for row in tooltip.locator("tr").all())
        told = {title.strip(): text for title, text in told.items()}
        assert len(told) == 3 and "undefined" not in str(told) and "NaN" not in str(told), (label, told)
        assert told in told_by(built, label), (label, told)
        seen += 1
    assert seen or chapter == "censorship"  # which draws no lines
    assert not trouble


@pytest.mark.browser
def test_a_reader_adds_an_economy_to_the_lines(visit):
    page, trouble = visit("chapters/talent")
    figure = page.locator("figure#talent-pushes")
    choice = figure.get_by_label("Add an economy")
    choice.focus()
    figure.locator(".drawings.awake").wait_for()
    options = choice.locator("option").all_text_contents()
    assert options[0] == "none" and "Russia" not in options and len(options) > 4
    choice.select_option(label="Germany" if "Germany" in options else options[1])
    chosen = "Germany" if "Germany" in options else options[1]
    figure.locator(".drawing-live svg text", has_text=chosen).wait_for()
    assert not trouble


@pytest.mark.browser
def test_a_reader_sets_the_weights_and_the_order_follows(visit):
    page, trouble = visit("chapters/competitiveness")
    figure = page.locator("figure#competitiveness-weights")
    before = boxes(page, "competitiveness-weights")
    figure.locator("input[type=range]").first.focus()
    figure.locator(".drawings.awake").wait_for()
    assert boxes(page, "competitiveness-weights") == before
    assert figure.locator("input[type=range]").count() == 7
    russia = figure.locator(".drawing-live svg text", has_text="Russia")
    first = russia.text_content()
    strategy = figure.get_by_role("slider", name="Government Strategy")
    for slider in figure.locator("input[type=range]").all():
        if slider.get_attribute("name") != strategy.get_attribute("name"):
            slider.fill("0")
    page.wait_for_function(
        """old => [...document.querySelectorAll('#competitiveness-weights .drawing-live svg text')]
             .some(t => t.textContent.includes('Russia') && t.textContent !== old)""",
        arg=first,
    )
    assert int(russia.text_content().split(".")[0]) < int(first.split(".")[0])
    assert russia.text_content() in figure.locator("p[role=status]").text_content()
    assert not trouble


@pytest.mark.browser
def test_live_figures_follow_the_dark_theme(visit):
    page, _ = visit("chapters/hardware", scheme="dark")
    page.locator(".drawings[data-live]").first.hover()
    page.locator(".drawings.awake").first.wait_for()
    paper = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brief-paper').trim()")
    inks = page.eval_on_selector_all(".drawing-live text", "found => found.map(t => t.getAttribute('fill'))")
    assert paper and inks and "#1b1b1b" not in inks
    muted = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brief-muted').trim()")
    assert muted in inks


@pytest.mark.browser
def test_without_javascript_every_figure_is_there_and_nothing_promises_more(visit):
    page, _ = visit("chapters/competitiveness", javascript=False)
    for drawings in page.locator(".drawings").all():
        assert drawings.locator("svg:visible").count() == 1
    assert page.locator(".figure-controls:visible").count() == 0
    line = page.locator(".figure-menu").first
    for summary, files in (("Data", 2), ("Image", 2), ("Cite", 3)):
        line.locator("summary", has_text=summary).click()
        assert line.locator("details", has_text=summary).locator("a[download]:visible").count() == files
        line.locator("summary", has_text=summary).click()
    assert page.locator(".figure-menu button:visible").count() == 0


FITS = """fold => {
    fold.open = true;
    const frame = fold.querySelector(".scroll"), fits = frame.scrollWidth <= frame.clientWidth;
    fold.open = false;
    return fits;
}"""


@pytest.mark.browser
def test_a_figures_own_page_works_alone(visit, site, built):
    from axe_playwright_python.sync_playwright import Axe

    drawn, (first, *rest) = {"context": {"exclude": [[".drawing svg"]]}}, folders(built)
    page, trouble = visit(f"figures/{first.name}/index", PHONE, "dark")
    result = Axe().run(page, **drawn, options={"runOnly": ["color-contrast"]})  # one sheet colours all of them
    assert not result.response["violations"]
    page.emulate_media(color_scheme="light")
    for folder in (first, *rest):
        if folder is not first:
            page.goto(f"{site}/figures/{folder.name}/index.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator("#table").evaluate(FITS), folder.name
        result = Axe().run(page, **drawn, options={"resultTypes": ["violations"]})
        assert not result.response["violations"], folder.name
        assert not trouble


@pytest.mark.browser
def test_a_figures_own_page_works_in_a_frame(visit, site):
    page, _ = visit("index")
    page.evaluate(
        "src => document.body.prepend(Object.assign(document.createElement('iframe'), "
        "{src, title: 'framed', width: 720, height: 700}))",
        f"{site}/figures/hardware-known-computing/index.html",
    )
    frame = page.frame_locator("iframe[title=framed]")
    frame.locator(".drawings").hover()
    frame.locator(".drawings.awake .drawing-live svg").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["index", "chapters/competitiveness", "reference/data/hardware/statements"])
def test_the_first_view_is_light_and_nothing_shifts_as_it_comes_from_a_host(visit, site, built, name):
    page, _ = visit(name, script=SHIFTS, asked=(asked := []))
    is_light_and_still(page, [built.site / url.removeprefix(f"{site}/") for url in asked if url.startswith(site)])


def test_scripts_are_deferred_and_icons_drawn(built):
    sheet = (built.site / "_static" / "brief-icons.css").read_text("utf-8")
    for name in [*PAGES, "search", "genindex"]:
        soup = built.soup(name)
        for script in soup.select("script"):
            letters = "brief-letters.js" in script.get("src", "")
            kind = script.get("type", "")
            assert script.has_attr("defer") or "json" in kind or "dataset.mode" in script.text or letters, script
        sources = [script["src"].split("?")[0] for script in soup.select("script[src]")]
        assert len(sources) == len(set(sources))
        for icon in soup.select("i.fa-solid"):
            drawn = [
                c.removeprefix("fa-") for c in icon["class"] if c.startswith("fa-") and c not in ("fa-solid", "fa-lg")
            ]
            assert drawn and all(f".fa-{c} {{ --icon: url(" in sheet for c in drawn)


def test_the_data_of_each_figure_are_the_rows_that_it_draws(built):
    document = json.loads((built.site / "facts.json").read_text("utf-8"))
    assert {f.name for f in folders(built)} == {f"{r['chapter']}-{r['id'].split('.')[1]}" for r in document["figures"]}
    for folder in folders(built):
        rows = list(csv.DictReader(io.StringIO((folder / f"{folder.name}.csv").read_text("utf-8"))))
        assert rows, folder.name
        if (folder / "live.js").exists():
            text = (folder / "live.js").read_text("utf-8").partition("] = ")[2].rstrip(";\n")
            live = json.loads(text)["wide"]
            drawn = {str(v) for data in live["datasets"].values() for r in data for v in r.values()}
            words = {v for row in rows for n, v in row.items() if n != "source" and not re.fullmatch(r"[\d.\-:T ]*", v)}
            assert words and words <= drawn | {"True", "False"}, (folder.name, words - drawn)


def test_every_mark_says_in_words_what_it_is(built):
    """No name of a column, nothing undefined; every number has its unit or its count in words, and its thousands."""
    for folder in folders(built):
        if not (folder / "live.js").exists():
            continue
        columns = next(csv.reader(io.StringIO((folder / f"{folder.name}.csv").read_text("utf-8"))))
        for form in ("wide", "narrow"):
            said = told_by(built, folder.name, form)
            assert len(said) >= len(columns) - 1, folder.name
            for told in said:
                assert len(told) >= 2
                for title, text in told.items():
                    assert re.fullmatch(r"[A-Z][\w ,.'-]*%?", title) and "_" not in title, (folder.name, title)
                    assert title not in columns, (folder.name, title)
                    if isinstance(text, str):
                        assert text.strip() and not re.search(r"undefined|NaN|null|\d{4}-\d\d-\d\dT|\d{5}", text), (
                            folder.name,
                            told,
                        )
            formats = {
                entry["title"]: entry.get("format")
                for unit in layers(live(built, folder.name)[form])
                for entry in (unit["encoding"].get("tooltip") or [])
                if isinstance(entry, dict) and entry["type"] != "nominal"
            }
            assert all(formats.values()), (folder.name, formats)


def test_the_zip_holds_a_valid_data_package_and_the_sheet_carries_its_papers(built, tmp_path):
    for folder in folders(built):
        with zipfile.ZipFile(folder / f"{folder.name}.zip") as archive:
            archive.extractall(tmp_path / folder.name)
        place = tmp_path / folder.name
        assert Package(str(place / "datapackage.json")).validate().valid, folder.name
        readme = (place / "README.md").read_text("utf-8")
        assert "## Cite the figure" in readme and "## Cite its data" in readme and "http" in readme
        assert (place / "LICENSE").read_text("utf-8")
        for kind in ("csv", "svg", "png"):
            name = f"{folder.name}.{kind}"
            assert (place / name).read_bytes() == (folder / name).read_bytes()
        sheet = BeautifulSoup((place / f"{folder.name}.svg").read_text("utf-8"), "html.parser").svg
        page = BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser")
        text = " ".join(line.text for line in sheet.find_all("text", recursive=False))
        for part in (page.select_one("h1").text, page.select_one(".figure-subtitle").text, "Source", "edition"):
            assert part in text, (folder.name, part)
        assert (place / f"{folder.name}.png").read_bytes().startswith(b"\x89PNG")
