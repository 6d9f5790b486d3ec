"""The marks of a drawing stand where its data say, in both widths, on the chapter's page and the figure's own."""

import datetime as dt
import math
import re
from itertools import groupby

import pytest

from tests.book.reader.shown.reading import agrees, rows_of, soup_of, words

BARS = {
    "hardware-known-computing": ("name", "h100_equivalents"),
    "hardware-chip-imports": ("what_was_counted", "value"),
    "ideology-budgets": ("item", "amount"),
    "ideology-unfree": ("state", "systems"),
    "competitiveness-money": ("year", "value"),
}
DOTS = {
    "talent-returns": ("estimate", "share_returned"),
    "talent-authors": ("authors", "moved_abroad"),
    "censorship-refusals": ("model", "not_met_in_full"),
    "censorship-blocks": ("version", "requests_met_in_full"),
    "censorship-history": ("model_and_language", "lead"),
    "competitiveness-deepseek-cost": ("what_was_counted", "cost"),
    "competitiveness-price-score": ("model_and_price", "score"),
}
LINES = {
    "hardware-listed-computing": ("name", "list", "listed_computing"),
    "hardware-lag": ("name", "list", "lag"),
    "talent-pushes": ("name", "quarter", "percent_of_2021"),
    "talent-ai-papers": ("counted_by", "year", "articles"),
    "ideology-expression": ("name", "year", "index"),
    "competitiveness-arena-gap": ("name", "date", "behind_the_leader"),
}
# Rows that are rings beside the lines, by their time: of another method.
RINGS = {"competitiveness-arena-gap": "2026"}
FORMS = ("wide", "narrow")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def data_of(site, name):
    return rows_of(site.html / "figures" / name / f"{name}.csv")


def drawings(site, name):
    """The figure's drawings: two widths on the chapter's page, two on its own."""
    places = (site.figures[name], soup_of(site.html / "figures" / name / "index.html"))
    return [place.select_one(f".drawing-{form} svg") for place in places for form in FORMS]


def groups(svg, kind):
    """Groups of marks of a kind, without swatches of a key, which nobody sees."""
    found = [list(group.find_all(recursive=False)) for group in svg.select(f"g.mark-{kind}.role-mark")]
    return [marks for marks in found if marks and marks[0].get("opacity") != "0"]


def placed(mark) -> tuple[float, float]:
    x, y = NUMBER.findall(mark["transform"])[:2]
    return float(x), float(y)


def affine(values, places) -> bool:
    """Whether places follow from values by one linear scale, to half a pixel, and grow with them."""
    low, high = min(zip(values, places, strict=True)), max(zip(values, places, strict=True))
    if high[0] == low[0]:
        return max(places) - min(places) < 0.5
    slope = (high[1] - low[1]) / (high[0] - low[0])
    return slope > 0 and all(abs(low[1] + slope * (v - low[0]) - p) < 0.5 for v, p in zip(values, places, strict=True))


def follows(values, places) -> bool:
    """The same, by a linear or a logarithmic scale."""
    logs = [math.log10(v) for v in values] if min(values) > 0 else None
    return affine(values, places) or (logs is not None and affine(logs, places))


def moment(text) -> float:
    return float(text) if len(text) == 4 else dt.date.fromisoformat(f"{text}-01"[:10]).toordinal()


@pytest.mark.parametrize("name", BARS)
def test_bars_are_as_long_as_their_values_and_say_them(site, name):
    rows, (label_, measure) = data_of(site, name), BARS[name]
    values = [float(row[measure]) for row in rows]
    for svg in drawings(site, name):
        (bars,) = groups(svg, "rect")
        widths = [float(re.search(r"h(-?[\d.e-]+)v", bar["d"])[1]) for bar in bars]
        assert affine([0.0, *values], [0.0, *widths])
        texts, labels = groups(svg, "text")
        assert all(agrees(words(text), value) for text, value in zip(texts, values, strict=True))
        for label, row in zip(labels, rows, strict=True):
            assert "".join(words(label).split()) == "".join(row[label_].split())
        for bar, text in zip(bars, texts, strict=True):
            top = float(re.match(r"M[\d.e-]+,([\d.e-]+)", bar["d"])[1])
            assert top <= placed(text)[1] <= top + 20


@pytest.mark.parametrize("name", DOTS)
def test_dots_stand_at_their_values(site, name):
    rows, (label_, measure) = data_of(site, name), DOTS[name]
    values = [float(row[measure]) for row in rows]
    for svg in drawings(site, name):
        dots = [placed(dot) for group in groups(svg, "symbol") for dot in group]
        assert follows(values, [x for x, _ in dots])
        labels = list(dict.fromkeys(row[label_] for row in rows))
        told = groups(svg, "text")
        assert ["".join(words(t).split()) for t in told[-1]] == ["".join(label.split()) for label in labels]
        if len(told) > 1:
            for text, row in zip(told[0], rows, strict=True):
                ends = {float(row.get(end) or row[measure]) for end in ("low", "high")}
                parts = [part for part in re.split("–", words(text)) if part.strip()]
                assert len(parts) == len(ends)
                assert all(agrees(part, end) for part, end in zip(parts, sorted(ends), strict=True))


def test_counts_of_leavers_are_drawn_from_low_to_high_and_the_forecast_hollow(site):
    rows = data_of(site, "talent-departures")
    for svg in drawings(site, "talent-departures"):
        spans = [(placed(line)[0], float(line["x2"])) for line in groups(svg, "rule")[0]]
        assert affine([float(row["low"]) for row in rows], [x for x, _ in spans])
        ends = [float(row["high"]) for row in rows] + [float(row["low"]) for row in rows]
        assert affine(ends, [x + width for x, width in spans] + [x for x, _ in spans])
        assert words(svg.select_one("g.role-axis-label text")) == "0"  # and not "0k"
        solid, hollow = groups(svg, "symbol")
        assert len(solid) == sum(row["forecast"] == "False" for row in rows)
        assert len(hollow) == sum(row["forecast"] == "True" for row in rows)


def points(path) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.e-]+),(-?[\d.e-]+)", path["d"])]


def lines_of(site, name):
    """The rows that lines run through, and those that are rings."""
    rows, time = data_of(site, name), LINES[name][1]
    apart = [row for row in rows if row[time] >= RINGS.get(name, "9")]
    return [row for row in rows if row not in apart], apart


@pytest.mark.parametrize("name", LINES)
def test_lines_run_through_their_values_in_the_colour_of_their_label(site, name):
    series, time, measure = LINES[name]
    for svg in drawings(site, name):
        labels = {words(text): text["fill"] for text in groups(svg, "text")[0]}
        own, apart = lines_of(site, name)
        rows = sorted((row for row in own if row[series] in labels), key=lambda r: (r[series], r[time]))
        paths = [path for group in groups(svg, "line") for path in group]
        lines = [(who, list(own)) for who, own in groupby(rows, key=lambda row: row[series])]
        assert [who for who, _ in lines] == sorted(labels)
        drawn = []
        for path, (who, own) in zip(paths, lines, strict=True):
            assert path["stroke"] == labels[who]
            assert len(points(path)) == len(own)
            drawn += points(path)
        if apart:
            drawn += [placed(ring) for ring in groups(svg, "symbol")[-1]]
            rows += apart
        assert follows([float(row[measure]) for row in rows], [-y for _, y in drawn])
        assert affine([moment(row[time]) for row in rows], [x for x, _ in drawn])
        assert series != "name" or name_colours(site, labels)


def name_colours(site, labels) -> bool:
    """Whether each economy is drawn in its own colour, or in that of the rest."""
    codes = {row["name"]: row["economy"].lower() for row in site.table("shared/economies")}
    return all(re.match(rf"var\(--brief-({codes[who]}|rest),", colour) for who, colour in labels.items())


def test_the_last_values_of_lines_order_their_labels(site):
    """From top to bottom, where ends lie apart."""
    for name, (series, time, measure) in LINES.items():
        svg = site.figures[name].select_one(".drawing-wide svg")
        height = {words(text): placed(text)[1] for text in groups(svg, "text")[0]}
        last = {}
        for row in sorted(lines_of(site, name)[0], key=lambda row: row[time]):
            last[row[series]] = float(row[measure])
        span = max(last.values()) - min(last.values())
        for a in height:
            for b in height:
                if last[a] - last[b] > span / 4:
                    assert height[a] < height[b], (name, a, b)


def test_who_has_no_line_has_an_empty_lane_below_all_lines(site):
    for svg in drawings(site, "competitiveness-arena-gap"):
        (lane,) = [mark for group in groups(svg, "rect") for mark in group]
        (text,) = [text for group in groups(svg, "text") for text in group if words(text).startswith("Russia")]
        assert words(text) == "Russia: no model in any snapshot" and "--brief-rus" in lane["stroke"]
        top = float(re.match(r"M[\d.e-]+,([\d.e-]+)", lane["d"])[1])
        lowest = max(y for group in groups(svg, "line") for path in group for _, y in points(path))
        assert lowest < top < placed(text)[1]


def squares(svg, heading):
    """Of each model, from top to bottom: the colour of its square in the column of a heading, and the name beside."""
    (head,) = [placed(text)[0] for text in svg.select("text") if words(text) == heading]
    marks = [[mark for mark in group] for group in groups(svg, "symbol")]
    (column,) = [marks_ for marks_ in marks if abs(placed(marks_[0])[0] - head) < 12]
    (names,) = [
        group for group in groups(svg, "text") if len(group) == len(column) and 0 < placed(group[0])[0] - head < 30
    ]
    for mark, name in zip(column, names, strict=True):
        assert abs(placed(mark)[1] - placed(name)[1]) < 8
    found = zip(column, names, strict=True)
    return [(mark["fill"], words(name)) for mark, name in sorted(found, key=lambda pair: placed(pair[0])[1])]


def test_models_have_squares_in_the_colours_of_whose_weights_and_design_they_have(site):
    rows = data_of(site, "competitiveness-family")
    codes = {row["name"]: row["economy"].lower() for row in site.table("shared/economies")} | {"not stated": "rest"}
    for svg in drawings(site, "competitiveness-family"):
        for heading, who, whose in (
            ("Weights of", "weights_of", "country_of_weights"),
            ("Design or parts of", "design_of", "country_of_design"),
        ):
            found = squares(svg, heading)
            assert [name for _, name in found] == [row[who] for row in rows]
            for (colour, _), row in zip(found, rows, strict=True):
                assert re.match(rf"var\(--brief-{codes[row[whose]]},", colour), (row["model"], colour)
        labels = [words(text) for text in svg.select("g.role-axis-label text")]
        assert labels == [row["release"] for row in rows]


@pytest.mark.parametrize(("name", "lane"), [("hardware-sanctions", "actor"), ("ideology-doctrine", "kind_of_event")])
def test_events_stand_in_order_with_their_month_and_lane(site, name, lane):
    rows = sorted(data_of(site, name), key=lambda row: row["date"])
    for svg in drawings(site, name):
        when, what = groups(svg, "text")
        told = [(words(a), "".join(words(b).split())) for a, b in zip(when, what, strict=True)]
        month = [f"{dt.date.fromisoformat(row['date'][:7] + '-01'):%B %Y} · {row[lane]}" for row in rows]
        assert [a for a, _ in told] == month
        assert sorted(b for _, b in told) == sorted("".join(row["event"].split()) for row in rows)
        heights = [placed(mark)[1] for mark in when]
        assert heights == sorted(heights)


def test_the_ranking_is_of_equal_weights_and_says_so(site):
    rows = data_of(site, "competitiveness-weights")
    means = [sum(float(v) for k, v in row.items() if k != "name") / (len(row) - 1) for row in rows]
    ranks = {row["name"]: 1 + sum(m > mean for m in means) for row, mean in zip(rows, means, strict=True)}
    for svg in drawings(site, "competitiveness-weights"):
        (bars,) = groups(svg, "rect")
        widths = [float(re.search(r"h(-?[\d.e-]+)v", bar["d"])[1]) for bar in bars]
        assert affine([0.0, *means], [0.0, *widths])
        values, names = groups(svg, "text")
        assert all(agrees(words(text), mean) for text, mean in zip(values, means, strict=True))
        assert [words(text) for text in names] == [f"{ranks[row['name']]}. {row['name']}" for row in rows]


@pytest.mark.parametrize("name", [*BARS, *DOTS, *LINES, "competitiveness-weights"])
def test_the_image_that_travels_is_the_drawing_on_the_page(site, name):
    """The downloaded SVG has the marks and texts of the wide drawing, and the title and sources of the figure."""
    sheet = soup_of(site.html / "figures" / name / f"{name}.svg")
    own = [mark["d"] for mark in sheet.select("g.role-mark path")]
    page = site.figures[name].select_one(".drawing-wide svg")
    assert own == [mark["d"] for mark in page.select("g.role-mark path")]
    texts = [words(text) for text in sheet.select("g.role-mark text")]
    assert texts == [words(text) for text in page.select("g.role-mark text")]
    told = "".join("".join(text.get_text().split()) for text in sheet.select("text"))
    assert "".join(words(site.figures[name].select_one(".caption-text")).split()) in told.translate({8217: 39})
