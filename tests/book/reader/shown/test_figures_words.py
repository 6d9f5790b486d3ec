"""What is said of a figure is said alike wherever it goes, and is what its chapter's cell says."""

import json
import re
import zipfile

import pytest

from tests.book.reader.shown.drawn import DRAWN
from tests.book.reader.shown.reading import STRAIGHT, plain, soup_of, words
from tests.book.reader.shown.test_facts import names, source_at, table_at
from tests.book.reader.shown.test_figures_data import FIGURES, csv_of, folder
from tests.book.reader.shown.written import call_of


def record_of(site, name) -> dict:
    return next(f for f in site.record["figures"] if f["id"].replace(".", "-", 1) == name)


def title_of(site, name) -> str:
    return words(site.figures[name].select_one(".caption-text"))


def own_page(site, name):
    return soup_of(folder(site, name) / "index.html")


def items(page) -> list[dict]:
    """All things that a page's linked data describes."""
    found, todo = [], [json.loads(page.select_one("script[type='application/ld+json']").string)]
    while todo:
        thing = todo.pop()
        if isinstance(thing, dict):
            found.append(thing)
            todo += thing.values()
        elif isinstance(thing, list):
            todo += thing
    return found


@pytest.mark.parametrize("name", FIGURES)
def test_title_subtitle_note_and_alt_are_said_alike(site, name):
    figure, page, record = site.figures[name], own_page(site, name), record_of(site, name)
    call = call_of(site.root, record["id"], "figure")
    title, subtitle = title_of(site, name), words(figure.select_one(".figure-subtitle"))
    alt = figure.select_one(".drawings")["aria-label"]
    note = figure.select_one(".figure-note")
    assert title == record["title"] == words(page.h1) and call.says("title", title)
    assert subtitle == words(page.select_one(".figure-subtitle")) and call.says("subtitle", subtitle)
    assert alt == page.select_one(".drawings")["aria-label"] and call.says("alt", alt)
    assert (words(note) if note else None) == (words(page.select_one(".figure-note")) if note else None)
    assert call.says("note", words(note).removeprefix("Note: ") if note else "")
    chapter = site.page(f"chapters/{record['chapter']}")
    (image,) = (item for item in items(chapter) if item.get("@id", "").endswith(f"#{name}"))
    assert (image["name"], image["caption"], image["description"]) == (title, subtitle, alt)
    assert image["contentUrl"].endswith(f"/figures/{name}/{name}.png")
    links = [a for a in site.page("reference/evidence").select("#figures li a") if words(a) == title]
    assert [a["href"] for a in links] == [f"../chapters/{record['chapter']}.html#{name}"]
    with zipfile.ZipFile(folder(site, name) / f"{name}.zip") as packed:
        readme = packed.read("README.md").decode()
        (resource,) = json.loads(packed.read("datapackage.json"))["resources"]
    assert (resource["title"], resource["description"]) == (title, subtitle)
    assert title in readme and subtitle in readme


@pytest.mark.parametrize("name", FIGURES)
def test_tables_and_sources_are_those_of_its_rows(site, name):
    figure, page, record = site.figures[name], own_page(site, name), record_of(site, name)
    line = figure.select_one(".figure-source")
    up = "../"
    tables = [a for a in line.find_all("a") if "reference/data" in a["href"]]
    assert [words(a) for a in tables] == record["tables"]
    assert [table_at(site, a["href"].removeprefix(up)) for a in tables] == record["tables"]
    cited = [a for a in line.find_all("a") if "bibliography" in a["href"]]
    keys = [source_at(site, a["href"].removeprefix(up)) for a in cited]
    assert sorted(keys) == record["sources"]
    assert all(names(site.sources[key], words(a)) for a, key in zip(cited, keys, strict=True))
    rows = csv_of(site, name)
    if "source" in rows[0]:
        assert record["sources"] == sorted({row["source"] for row in rows})
    else:
        known = {row["source"] for table in record["tables"] for row in site.table(table)}
        assert record["sources"] and set(record["sources"]) <= known
    alone = page.select_one(".figure-source")
    there = [(words(a), a["href"]) for a in alone.find_all("a") if a["href"].startswith("http")]
    expected = [(site.sources[key]["url"]) for key in record["sources"]]
    assert [address for _, address in there] == expected
    assert all(names(site.sources[key], text) for (text, _), key in zip(there, record["sources"], strict=True))


@pytest.mark.parametrize("name", FIGURES)
def test_menu_leads_to_the_figure_and_its_files(site, name):
    figure, record = site.figures[name], record_of(site, name)
    menu = figure.select_one(".figure-menu")
    files = [a["href"] for a in menu.find_all("a") if a["href"].startswith("../figures/")]
    assert all(re.match(rf"\.\./figures/{name}/({name}\.\w+|index\.html)", file) for file in files)
    assert all((site.html / file.partition("#")[0].removeprefix("../")).is_file() for file in files)
    citation, *others = (said.get_text() for said in menu.select(".cite dd"))
    assert len(others) == 3
    assert all(plain(title_of(site, name)) in plain(other) and site.record["date"][:4] in other for other in others)
    assert (
        title_of(site, name).lower() in citation.translate(STRAIGHT).lower()
        and f"[{words(figure.select_one('.caption-number')).rstrip('.: ')}]" in citation
    )
    assert f"({site.record['date'][:4]})" in citation and f"(edition {site.record['edition']})" in citation
    assert own_page(site, name).select_one("#cite dd").get_text() == citation
    copies = [button["data-copy"] for button in menu.select("button[data-copy]")]
    if not (canonical := own_page(site, name).select_one("link[rel=canonical]")):  # the book has no address yet
        assert not copies and not menu.code
        return
    base = canonical["href"].removesuffix(f"figures/{name}/index.html")
    address = f"{base}chapters/{record['chapter']}.html#{name}"
    code = menu.code.get_text()
    assert copies == [address, code] and citation.endswith(address)
    frame = re.fullmatch(
        r'<iframe src="([^"]+)" title="([^"]+)" width="100%" height="(\d+)" loading="lazy"></iframe>', code
    )
    assert frame[1] == f"{base}figures/{name}/index.html"
    assert frame[2].translate(STRAIGHT) == title_of(site, name)
    drawn = float(own_page(site, name).select_one(".drawing-wide svg")["height"])
    # Room for the title, the note and the source line, and not a screenful more.
    assert drawn + 200 <= int(frame[3]) <= drawn + 620


# Numbers in the alt text, in order, each from the rows that the figure draws (which other tests tie to the tables).
def at(rows, measure, **wanted):
    (row,) = [row for row in rows if all(row[k] == v for k, v in wanted.items())]
    return float(row[measure])


def last(rows, time, measure, *who):
    end = max(row[time] for row in rows)
    return [at(rows, measure, name=name, **{time: end}) for name in who]


def ends(rows, low="low", high="high"):
    return [min(float(row[low]) for row in rows), max(float(row[high]) for row in rows)]


def mean(rows, who):
    (row,) = [row for row in rows if row["name"] == who]
    return sum(float(v) for k, v in row.items() if k != "name") / (len(row) - 1)


def of_claimant(rows, official):
    return ends([row for row in rows if (row["claimant"] == "officials") == official])


def at_label(rows, label, column):
    """The number of the one row whose label begins so."""
    (row,) = [row for row in rows if row["label"].startswith(label)]
    return float(row[column])


def most_and_last(rows):
    """The most articles of a year, and those of the last."""
    return [max(float(row["articles"]) for row in rows), float(max(rows, key=lambda row: row["year"])["articles"])]


def of_2026(rows):
    """The rows from the first that has the year before its name."""
    first = next(n for n, row in enumerate(rows) if row["release"].startswith("2026"))
    return rows[first:]


ALT = {
    "hardware-listed-computing": lambda r: last(
        r, "list", "pflops", "Russia", "Kazakhstan", "Germany", "China", "United States"
    ),
    "hardware-lag": lambda r: [
        at(r, "lag", name=name, list=when)
        for name in ("United States", "China")
        for when in ("2021-11", max(row["list"] for row in r))
    ],
    "hardware-known-computing": lambda r: [float(row["h100_equivalents"]) for row in r],
    "hardware-chip-imports": lambda r: [float(row["value"]) for row in r],
    "hardware-sanctions": lambda r: [len(r)],
    "talent-departures": lambda r: [len(r), *ends(r), *ends([row for row in r if row["covers"] == "the first weeks"])],
    "talent-authors": lambda r: [
        len(r),
        *(at_label(r, "Russia, 2018", column) for column in ("share", "low", "high")),
        *(at_label(r, label, "share") for label in ("India", "Israel", "Russia, 2014")),
    ],
    "talent-returns": lambda r: [len(r), *of_claimant(r, True), *of_claimant(r, False)],
    "talent-pushes": lambda r: last(r, "quarter", "index", "World", "Russia", "China"),
    "talent-ai-papers": lambda r: [
        number for who in ("CSET", "NCSES") for number in most_and_last([row for row in r if row["counted_by"] == who])
    ],
    "ideology-expression": lambda r: [
        at(r, "index", name="Russia", year="1993"),
        at(r, "index", name="Russia", year="2021"),
        *last(r, "year", "index", "Russia", "China", "United States", "Germany"),
    ],
    "ideology-unfree": lambda r: [int(row["systems"]) for row in r],
    "ideology-budgets": lambda r: [float(row["amount"]) for row in r],
    "ideology-doctrine": lambda r: [len(r)],
    "censorship-refusals": lambda r: [
        len({row["model"] for row in r}),
        at(r, "share", model="DeepSeek-R1-0528", about="Russia"),
        at(r, "share", model="DeepSeek-R1-0528", about="China"),
        at(r, "share", model="Claude 3.5 Sonnet", about="Russia"),
    ],
    "censorship-blocks": lambda r: [float(row["share"]) for row in r],
    "censorship-history": lambda r: [
        len({row["label"].partition(",")[0] for row in r}),
        at(r, "lead", label="GigaChat-Max, asked in English"),
        *(at(r, column, label="GigaChat-Max, asked in Russian") for column in ("lead", "low", "high")),
    ],
    "competitiveness-arena-gap": lambda r: [
        -min((row["date"], float(row["gap"])) for row in r if row["name"] == "China")[1],
        -at(r, "gap", name="China", date="2025-01-29"),
        *(-gap for gap in last(r, "date", "gap", "France")),
    ],
    "competitiveness-family": lambda r: [
        len(r),
        sum(row["country_of_weights"] == "Russia" for row in of_2026(r)),
        sum(row["country_of_design"] == "China" for row in of_2026(r)),
        sum(row["country_of_weights"] == "China" for row in r),
    ],
    "competitiveness-money": lambda r: [float(row["value"]) for row in r],
    "competitiveness-price-score": lambda r: [
        len(r),
        *(
            at(r, column, model=model)
            for model in ("DeepSeek-V3", "GigaChat 2 Max", "YandexGPT 5 Pro")
            for column in ("score", "price")
        ),
    ],
    "competitiveness-deepseek-cost": lambda r: [
        min(float(row["low"]) for row in r),
        next(float(row["low"]) for row in r if ": Last training run" in row["label"]),
        max(float(row["high"]) for row in r),
    ],
    "competitiveness-weights": lambda r: [mean(r, n) for n in ("United States", "China", "Russia", "Brazil", "Turkey")],
}
NAMES = re.compile(
    r"\b(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b|DeepSeek-R1-0528|R1-1776|Claude 3\.5 Sonnet|GigaChat 2 Max|YandexGPT 5 Pro"
    r"|\b[A-Z]\d+\b"
)


@pytest.mark.parametrize("name", ALT)
def test_numbers_in_the_alt_text_are_those_drawn(site, name):
    alt = NAMES.sub("", site.figures[name].select_one(".drawings")["aria-label"])
    told = re.findall(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?", alt)
    expected = ALT[name](csv_of(site, name))
    assert len(told) == len(expected), told
    for text, value in zip(told, expected, strict=True):
        digits = len(text.partition(".")[2])
        assert abs(float(text.replace(",", "").replace("−", "-")) - value) <= 0.5000001 * 10**-digits, (text, value)


def test_the_alt_text_of_every_figure_is_recomputed():
    assert set(ALT) == set(DRAWN)
