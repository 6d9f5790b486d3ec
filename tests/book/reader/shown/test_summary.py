"""The summary's comparison, its small charts and its last change are what the tables and the record say."""

import re

import pytest

from tests.book.reader.shown.reading import words
from tests.book.reader.shown.test_drawings import affine, groups, placed, points
from tests.book.reader.shown.values.computed import where
from tests.book.reader.shown.values.talent import QUARTERS, year_of_pushes
from tests.book.reader.shown.written import as_written, calls
from tests.conftest import CHAPTERS


def newest(rows, column):
    last = max(row[column] for row in rows)
    return [row for row in rows if row[column] == last]


def of(rows, column, scale=1.0):
    return {row["economy"]: float(row[column]) * scale for row in rows}


def pushes(t):
    world = year_of_pushes(t, "WLD", QUARTERS["now"])[0]
    codes = {row["economy"] for row in newest(t("talent/github_activity"), "quarter")}
    return {code: 100 * year_of_pushes(t, code, QUARTERS["now"])[0] / world for code in codes}


# What each row compares: values by economy, computed anew from the tables.
STANDINGS = {
    "listed-computing": lambda t: of(newest(t("hardware/top500_by_economy"), "list"), "rmax", 1 / 1000),
    "gpu-clusters": lambda t: of(t("hardware/gpu_clusters_by_economy"), "h100_equivalents", 1 / 1000),
    "pushes": pushes,
    "expression": lambda t: of(newest(t("ideology/freedom_of_expression"), "year"), "index"),
    "notable": lambda t: of(where(t("competitiveness/notable_models"), year="2025"), "models"),
    "papers": lambda t: of(newest(t("competitiveness/publications"), "year"), "articles", 1 / 1000),
}


def test_each_economy_stands_where_its_table_puts_it(site):
    recorded = [call for chapter in CHAPTERS for call in calls(site.root / f"chapters/{chapter}.md")]
    calls_of = {call.id.replace("\\", ""): call for call in recorded if call.name == "standing"}
    table = site.page("index").select_one("table.standings")
    codes = {row["name"]: row["economy"] for row in site.table("shared/economies")}
    head = [codes[name] for name in [words(cell) for cell in table.select("thead th")][1:]]
    assert head[0] == "RUS" and len(head) == 5
    rows = table.select("tbody tr")
    assert list(STANDINGS) == list(calls_of)  # in the order of the chapters
    for row, (id, make) in zip(rows, STANDINGS.items(), strict=True):
        call, values = calls_of[id], make(site.table)
        link, about = row.td.a, words(row.select_one(".about"))
        assert link["href"] == f"chapters/{call.chapter}.html" and call.says("label", words(link))
        unit = call.arguments["unit"].replace("\\", "")
        assert about.startswith(f"{unit}, ") and call.says("period", about.removeprefix(f"{unit}, "))
        fmt = call.arguments.get("fmt", ",").replace("\\", "")
        most = max(values[code] for code in head if code in values)
        for cell, code in zip(row.select(".cell-bar"), head, strict=True):
            share = float(re.search(r"--share: ([\d.]+)%", cell["style"])[1])
            if code in values:
                value = int(values[code]) if values[code].is_integer() else values[code]
                assert words(cell) == as_written(value, fmt), (id, code)
                assert abs(share - 100 * values[code] / most) <= 0.0501, (id, code)
            else:
                assert call.says("absent", words(cell), "no figure") and share == 0


def sketches(site):
    """The small charts of the summary in their order: the words for who cannot see them, and the drawing."""
    order = re.findall(r"\{sketch\}`([^`]+)`", (site.root / "index.md").read_text("utf-8"))
    found = site.page("index").select(".sketch")
    return {id: (tag["aria-label"], tag.svg) for id, tag in zip(order, found, strict=True)}


def numbers(text: str) -> list[float]:
    """The quantities in a text: no years, no dates."""
    plain = re.sub(r"\b(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b", "", text)
    return [float(n.replace(",", "")) for n in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", plain)]


def test_small_charts_draw_and_say_their_tables(site):
    drawn = sketches(site)
    alt, svg = drawn["hardware.listed"]
    known = site.table("hardware/gpu_clusters_by_economy")
    listed = [float(where(known, economy=code)[0]["h100_equivalents"]) for code in ("USA", "CHN", "RUS")]
    bars = [re.search(r"h(-?[\d.e-]+)v", bar["d"]) for bar in groups(svg, "rect")[0]]
    assert affine([0, *listed], [0, *(float(bar[1]) for bar in bars)]) and numbers(alt) == [*map(round, listed)]
    assert [words(text) for text in groups(svg, "text")[-1]] == ["United States", "China", "Russia"]

    alt, svg = drawn["ideology.expression"]
    rows = [r for r in site.table("ideology/freedom_of_expression") if r["economy"] in ("CHN", "RUS")]
    rows.sort(key=lambda row: (row["economy"], row["year"]))
    heights = [-y for group in groups(svg, "line") for path in group for _, y in points(path)]
    assert affine([float(row["index"]) for row in rows], heights)
    assert set(numbers(alt)) <= {round(float(row["index"]), 3) for row in rows}

    alt, svg = drawn["censorship.sides"]
    shares = [site.facts[f"censorship.sber-{side}-russian"]["value"] for side in ("us", "ussr")]
    widths = [float(re.search(r"h(-?[\d.e-]+)v", bar["d"])[1]) for bar in groups(svg, "rect")[0]]
    assert affine([0, *shares], [0, *widths]) and numbers(alt) == [round(share) for share in shares]

    alt, svg = drawn["competitiveness.arena-models"]
    board = where(site.table("competitiveness/arena"), board="overall", date="2025-01-29")
    counts = [int(where(board, economy=code)[0]["models"]) for code in ("USA", "CHN", "FRA", "RUS")]
    bars = [re.search(r"h(-?[\d.e-]+)v", bar["d"]) for bar in groups(svg, "rect")[0]]
    assert affine([0, *counts], [0, *(float(bar[1]) if bar else 0 for bar in bars)]) and numbers(alt) == counts
    labels = [words(text) for text in groups(svg, "text")[-1]]
    assert labels == ["United States", "China", "France", "Russia"]

    alt, svg = drawn["talent.departures"]
    fact = site.facts["talent.departures-range"]
    spans = sorted((e["low"], e["high"]) for e in fact["estimates"])
    lines = [(placed(line)[0], placed(line)[0] + float(line["x2"])) for line in groups(svg, "rule")[0]]
    ends, places = [end for span in spans for end in span], [at for line in lines for at in line]
    assert affine(ends, places) and numbers(alt) == [len(spans), *fact["value"]]


def test_the_last_change_and_the_masthead_name_the_edition(site):
    record, page = site.record, site.page("index")
    said = words(page.select_one(".masthead"))
    day = as_written(record["date"], "day")
    assert f"Edition {record['edition']}, {day}." in said
    assert f"({record['edition']}" in words(page.select_one("#what-changed")) or "unpublished" in words(
        page.select_one("#what-changed")
    )


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_cards_of_the_summary_lead_to_the_chapters_of_their_numbers(site, chapter):
    for card in site.page("index").select(".sd-card"):
        facts = {a["href"].partition("#fact-")[2].partition("-")[0] for a in card.select(".sd-card-title a.fact")}
        footer = card.select_one(".sd-card-footer a")["href"]
        if facts == {chapter}:
            assert footer == f"chapters/{chapter}.html"
