"""Each table's own page says what table and schema say, and who uses it; each row is at the address of its key."""

import posixpath
import re

import pytest

from tests.book.reader.shown.reading import plain, words
from tests.book.reader.shown.test_calculations import cards, same
from tests.book.reader.shown.test_facts import QUOTING, source_at
from tests.book.reader.shown.test_figures_data import straight
from tests.conftest import ROOT

PAGES = sorted(path.relative_to(ROOT / "data").with_suffix("").as_posix() for path in (ROOT / "data").glob("*/*.csv"))
TABLES = [name for name in PAGES if not name.startswith("recipes/")]


def page_of(site, name: str):
    return site.page(f"reference/data/{name}")


def keyed(row: dict[str, str], key: list[str]) -> str:
    """What the address of a row begins with: its key, words and numbers parted by hyphens, columns by underscores."""
    return "row-" + re.sub(r"\W+", "-", "_".join(row[column] for column in key)).strip("-")[:60]


@pytest.mark.parametrize("name", TABLES)
def test_each_row_is_that_of_the_table_at_the_address_of_its_key(site, name):
    schema, rows = site.package[name]["schema"], page_of(site, name).select(".data-table tbody tr")
    names = {row["economy"]: row for row in site.table("shared/economies")}
    keys = schema.get("foreignKeys", [])
    coded = {key["fields"][0] for key in keys if key["reference"]["resource"] == "shared/economies"}
    for row, written in zip(rows, site.table(name), strict=True):
        assert row["id"].startswith(keyed(written, schema["primaryKey"])), row["id"]
        assert row.th.a["href"] == f"#{row['id']}"
        for cell, (column, text), line in zip(
            row.find_all("td"), written.items(), straight(written.values()), strict=True
        ):
            if column == "source" and cell.a:
                address = posixpath.normpath(posixpath.join(f"reference/data/{name}/..", cell.a["href"]))
                assert source_at(site, address) == text
            elif column in coded and text:
                assert words(cell) == f"{text} {names[text]['name']}"
            else:
                assert words(cell) == line, (name, column)
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_of_the_schema_with_units_and_rules(site, name):
    page, entry = page_of(site, name), site.package[name]
    fields, key = entry["schema"]["fields"], entry["schema"]["primaryKey"]
    assert words(page.h1) == words_of(entry["title"])
    heads = page.select("#data-table thead th")[1:]
    assert [head["data-name"] for head in heads] == [field["name"] for field in fields]
    for row, field in zip(page.select(".columns tbody tr"), fields, strict=True):
        title, meaning, unit, kind, rule = (words(cell) for cell in row.find_all(["th", "td"]))
        assert title.endswith(field["name"]) and title.startswith(words_of(field["title"]))
        assert (meaning, kind) == (words_of(field["description"]), field["type"])
        assert unit.replace("count", "1") == str(field.get("unit", "")).replace("count", "1")
        said = field.get("constraints", {})
        assert ("part of the key" in rule) == (field["name"] in key)
        assert all(str(said[bound]) in rule for bound in ("minimum", "maximum") if bound in said)
        assert all(word in plain(rule) for word in map(plain, map(str, said.get("enum", ()))))


def words_of(text: str) -> str:
    return " ".join(text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}).split())


@pytest.mark.parametrize("name", TABLES)
def test_who_uses_it_is_whoever_rests_on_it(site, name):
    page = page_of(site, name)
    kinds = {"facts": "facts", "findings": "findings", "figures": "figures"}
    for kind, shown in kinds.items():
        expected = [r for r in site.record[kind] if name in r["tables"]]
        lines = page.select(f".uses-{shown} > li")
        if kind == "figures":
            told = [line.a["href"].partition("#")[2] for line in lines]
            assert sorted(told) == sorted(r["id"].replace(".", "-", 1) for r in expected)
            continue
        assert sorted(words(line.a) for line in lines) == sorted(r["id"] for r in expected), (name, kind)
        known = {r["id"]: r for r in expected}
        for line in lines:
            assert plain(known[words(line.a)]["text"]) in plain(words(line))
    drawn = page.select_one(".table-chart")
    assert (drawn is not None) == any(name in r["tables"] for r in site.record["figures"])
    counted = sum(int(re.search(r"(\d+) rows?$", words(line))[1]) for line in page.select(".table-sources li"))
    assert counted == len([row for row in site.table(name) if row["source"] in site.sources])


def places(table, types: dict[str, str], key: dict) -> list[int]:
    """The rows of a table that have a key, as facts.json gives it."""
    return [i for i, row in enumerate(table) if all(same(v, row[k], types[k]) for k, v in key.items())]


def test_rows_named_beside_a_number_are_those_of_its_cells(site):
    seen = 0
    for fact in site.facts.values():
        for name in fact["tables"]:
            types = {field["name"]: field["type"] for field in site.package[name]["schema"]["fields"]}
            table = site.table(name)
            keys = [cell["row"] for cell in fact["cells"] if cell["table"] == name]
            at = [
                next(i for i, r in enumerate(table) if all(same(v, r[k], types[k]) for k, v in key.items()))
                for key in keys
            ]
            (line,) = [li for li in page_of(site, name).select(".uses-facts > li") if words(li.a) == fact["id"]]
            told = [int(words(a)) - 1 for a in line.select(".of-rows a")]
            assert told == list(dict.fromkeys(at))[:12], (fact["id"], name)
            seen += len(told)
    assert seen > 200


@pytest.mark.parametrize("page", QUOTING)
def test_a_number_of_a_formula_leads_to_its_row(site, page):
    for id, card in cards(site, page).items():
        for text, _, address in card["operands"]:
            place, _, anchor = posixpath.normpath(posixpath.join(posixpath.dirname(page), address)).partition("#")
            name = place.removeprefix("reference/data/").removesuffix(".html")
            row = site.at(f"reference/data/{name}", anchor)
            types = {field["name"]: field["type"] for field in site.package[name]["schema"]["fields"]}
            keys = [cell["row"] for cell in site.facts[id]["cells"] if cell["table"] == name]
            assert any(places(site.table(name), types, key) == [int(words(row.th)) - 1] for key in keys), (id, text)


def test_the_catalogue_has_a_card_for_each_table_that_leads_to_its_page(site):
    cards = site.page("reference/data").select(".table-card")
    assert sorted(c.a["href"] for c in cards) == sorted(f"../reference/data/{name}.html" for name in site.package)
    for card in cards:
        name = card.a["href"].removeprefix("../reference/data/").removesuffix(".html")
        rows, entry = site.table(name), site.package[name]
        assert words(card.h3) == words_of(entry["title"])
        assert words(card.select_one(".card-size")).startswith(f"{len(rows):,} rows, {len(rows[0])} columns")
        assert card.select_one("a[download]")["href"] == f"../data/{entry['path']}"
        figures = {r["id"].replace(".", "-", 1) for r in site.record["figures"] if name in r["tables"]}
        links = [a["href"] for a in card.select(".card-uses a")]
        assert {href.partition("#")[2] for href in links if "chapters/" in href} == figures
        numbers = sum(name in fact["tables"] for fact in site.facts.values())
        assert (f"{numbers} number" in words(card)) == bool(numbers)
        years = re.search(r"· ((?:19|20)\d\d)(?: to ((?:19|20)\d\d))?(?: ·|$)", words(card.select_one(".card-size")))
        if years:
            held = {
                year
                for row in rows
                for text in row.values()
                for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
            }
            assert {year for year in years.groups() if year} <= held
