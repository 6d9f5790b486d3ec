"""What is said of a figure is said alike wherever it goes, and is what its chapter's cell says."""

import json
import re
import zipfile

import pytest

from tests.book.reader.shown.reading import STRAIGHT, plain, soup_of, words
from tests.book.reader.shown.test_drawings import BARS, DOTS, LINES, RINGS
from tests.book.reader.shown.test_facts import names, source_at, table_at
from tests.book.reader.shown.test_figures_data import FIGURES, csv_of, folder
from tests.book.reader.shown.written import as_written, call_of, chart_words


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
    written = chart_words(site.root, record["id"], lambda full: site.facts[full]["text"])
    title, subtitle = title_of(site, name), words(figure.select_one(".figure-subtitle"))
    alt = figure.select_one(".drawings")["aria-label"]
    note = figure.select_one(".figure-note")
    assert title == record["title"] == words(page.h1) == written["title"]
    assert subtitle == words(page.select_one(".figure-subtitle")) == written["subtitle"]
    assert alt == page.select_one(".drawings")["aria-label"]
    assert call_of(site.root, record["id"], "figure").says("alt", alt, alt)
    assert (words(note) if note else None) == (words(page.select_one(".figure-note")) if note else None)
    assert (words(note).removeprefix("Note: ") if note else "") == written["note"]
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
    assert [a["title"] for a in tables] == record["tables"]
    assert [words(a) for a in tables] == [site.package[name]["title"].translate(STRAIGHT) for name in record["tables"]]
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


NAMES = re.compile(r"\b(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b|\b[A-Z]\d+\b")


def number_of(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def numbers(text: str, values: list[float]) -> bool:
    """Whether the numbers of a text, without months and years, are these, as far as their digits go."""
    told = re.findall(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?", NAMES.sub("", text))
    near = [0.5000001 * 10 ** -len(each.partition(".")[2]) if "." in each else 0.5000001 for each in told]
    ends = zip(told, values, near, strict=False)
    return len(told) == len(values) and all(abs(number_of(text) - value) <= by for text, value, by in ends)


NO_LINE = {"competitiveness-arena-gap": [("Russia", [], ["no model in any snapshot"])]}
CHOSEN = {"talent-pushes": {"Russia", "China", "World"}}  # the others a reader can add


# What a house chart says of itself: each of its marks by name, with the numbers that it stands at.
def of_bars(rows, name):
    label, measure = BARS[name]
    return [(row[label], [float(row[measure])], []) for row in rows]


def of_dots(rows, name):
    (label_, middle), found = DOTS.get(name, ("estimate", "people")), []
    for row in rows:
        low, central, high = (float(row[column]) for column in ("low", middle, "high"))
        several = sum(other[label_] == row[label_] for other in rows) > 1
        label = f"{row['model']}, {row['criticism_of']}" if several else row[label_]
        found.append((label, [central] if low == high else [central, low, high], []))
    return found


def of_lines(rows, name):
    apart = [row for row in rows if row[LINES[name][1]] >= RINGS.get(name, "9")]
    rings = [(f"{who}, apart from its line", *told) for who, *told in of_runs(apart, name)]
    return [*of_runs([row for row in rows if row not in apart], name), *rings, *NO_LINE.get(name, [])]


def of_runs(rows, name):
    series, time, measure = LINES[name]
    found = []
    for who in sorted({row[series] for row in rows} & CHOSEN.get(name, {row[series] for row in rows})):
        run = sorted((row[time], float(row[measure])) for row in rows if row[series] == who and row[measure])
        low, high = sorted((run[0][1], run[-1][1]))
        away = [max(value - high, low - value) for _when, value in run]
        turn = [run[away.index(max(away))]] if max(away) > (high - low) / 4 else []
        points = [run[0], *turn, run[-1]]
        months = "-" in run[0][0]
        whens = [as_written(f"{when}-01"[:10], "month") if months else when.removesuffix(".0") for when, _ in points]
        alike = len({f"{value:.4g}" for _when, value in points}) == 1
        found.append((who, [value for _when, value in points[: 1 if alike else None]], whens))
    return found


def of_matrix(rows, name):
    parts = [
        [f"{row[of]} ({row['country_of_' + of.removesuffix('_of')]})" for of in ("weights_of", "design_of")]
        for row in rows
    ]
    return [(row["release"], [], said) for row, said in zip(rows[:16], parts, strict=False)] + [("and", [2], [])]


def of_lanes(rows, name):
    column = "actor" if "actor" in rows[0] else "kind_of_event"
    return [(lane, [sum(row[column] == lane for row in rows)], []) for lane in {row[column] for row in rows}]


def of_ranking(rows, name):
    means = {row["name"]: sum(float(v) for k, v in row.items() if k != "name") / (len(row) - 1) for row in rows}
    best = sorted(means, key=means.__getitem__, reverse=True)[:16]
    return [(who, [means[who]], []) for who in best] + [("and", [len(means) - 16], [])]


def told_by(name):
    """What says anew the marks of a house chart."""
    for known, told in ((BARS, of_bars), (LINES, of_lines)):
        if name in known:
            return told
    lanes = {"hardware-sanctions": of_lanes, "ideology-doctrine": of_lanes}
    return (lanes | {"competitiveness-weights": of_ranking, "competitiveness-family": of_matrix}).get(name, of_dots)


@pytest.mark.parametrize("name", FIGURES)
def test_a_chart_says_each_of_its_marks(site, name):
    alt, rows = site.figures[name].select_one(".drawings")["aria-label"], csv_of(site, name)
    items = re.split(r"; (?=[^;]*:|and \d)", alt.removesuffix(".").partition(". ")[2])
    wanted = {label: (values, whens) for label, values, whens in told_by(name)(rows, name)}
    assert len(items) == len(wanted)
    for item in items:
        label = next(label for label in sorted(wanted, key=len, reverse=True) if item.startswith(f"{label}"))
        values, whens = wanted.pop(label)
        said = item.removeprefix(label)
        assert numbers(said, values), (item, values)
        assert re.search(".*".join(map(re.escape, whens)), said), (item, whens)
