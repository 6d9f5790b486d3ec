"""Each quoted number reads as its value does, wherever it stands: pages, titles, cards, ledger, notebooks, search."""

import functools
import json
import posixpath
import re

import pytest

from tests.book.reader.shown.reading import cells, words
from tests.book.reader.shown.written import as_written, backing, call_of, format_of, quotes, unsaid
from tests.conftest import CHAPTERS

QUOTING = ["index", *(f"chapters/{name}" for name in CHAPTERS), "reference/options"]


@pytest.fixture(scope="module")
def expected(site) -> dict[str, str]:
    """How each fact reads: its value in the format that its chapter's cell names."""
    return {id: as_written(f["value"], format_of(site.root, id, f["value"])) for id, f in site.facts.items()}


@functools.cache
def ids(site) -> tuple[tuple[str, str], ...]:
    """(anchor in the bibliography, key) of each source."""
    return tuple(site.entries.items())


def joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def test_facts_for_machines_read_as_their_values_do(site, expected):
    assert len(expected) > 150
    assert {id: fact["text"] for id, fact in site.facts.items()} == expected


def test_units_and_periods_are_those_of_the_chapters(site):
    wrong = []
    for id, fact in site.facts.items():
        call = call_of(site.root, id, "fact", "stated", "disputed")
        same = call.says("unit", fact["unit"]) and call.says("period", fact["period"])
        wrong += [] if same else [id]
    assert wrong == []


@pytest.mark.parametrize("page", QUOTING)
def test_each_quote_on_a_page_reads_as_its_value(site, expected, page):
    said = quotes(site.root, page)
    links = site.page(page).select("a.fact")
    assert len(links) == len(said) > 10
    for link, (id, fmt) in zip(links, said, strict=True):
        fact = site.facts[id]
        assert words(link) == (as_written(fact["value"], fmt) if fmt else expected[id]), id
        about = joined(expected[id], unsaid(expected[id], fact["unit"]), fact["period"])
        assert link["title"] == f"{about} (from {', '.join(fact['tables'])})"
        assert cells(site.at("reference/evidence", link["href"].partition("#")[2]))[0] == id


@pytest.mark.parametrize("page", QUOTING)
def test_each_card_says_what_the_fact_is(site, expected, page):
    cards = json.loads(site.page(page).select_one("#brief-facts").string)["facts"]
    links = zip(site.page(page).select("a.fact"), quotes(site.root, page), strict=True)
    quoted = {link["href"]: id for link, (id, _) in links}
    assert cards.keys() == quoted.keys()
    at = functools.partial(posixpath.join, posixpath.dirname(page))
    for href, card in cards.items():
        fact = site.facts[quoted[href]]
        assert (card["id"], card["value"]) == (fact["id"], expected[fact["id"]])
        assert (card["unit"], card["period"]) == (unsaid(card["value"], fact["unit"]), fact["period"])
        assert card["link"].partition("#")[2] == href.partition("#")[2]
        assert [name for name, _ in card["tables"]] == fact["tables"]
        for name, address in card["tables"]:
            assert table_at(site, posixpath.normpath(at(address))) == name
        entries = [source_at(site, posixpath.normpath(at(address))) for _, address, _ in card["sources"]]
        assert sorted(entries) == fact["sources"]
        for (name, address, what), key in zip(card["sources"], entries, strict=True):
            listed = site.at("reference/bibliography", address.partition("#")[2])
            assert what == words(listed.select_one(".standing"))
            assert names(site.sources[key], name), (name, key)
        fmt = format_of(site.root, fact["id"], fact["value"])
        spans = [[as_written([e["low"], e["high"]], fmt), e["who"], e["what"]] for e in fact["estimates"]]
        assert card["estimates"] == spans


def table_at(site, address: str) -> str:
    """The name of the table whose page an address of the site leads to."""
    page = site.page(address.partition("#")[0].removesuffix(".html"))
    return page.select_one("a[download][href$='.csv']")["href"].partition("data/")[2].removesuffix(".csv")


def source_at(site, address: str) -> str:
    """The key of the source whose entry an address of the site leads to."""
    page, _, anchor = address.partition("#")
    assert page == "reference/bibliography.html"
    return site.entries[anchor]


def names(entry: dict[str, str], name: str) -> bool:
    """Whether a short citation is that of an entry: its year, and a word of its first author."""
    first = re.split(r" and ", entry.get("author", ""))[0].strip("{}")
    told = set(re.findall(r"\w+", first)) & set(re.findall(r"\w+", name))
    return name.endswith(entry.get("year", "")) and (bool(told) or not first)


def test_each_row_of_the_ledger_says_what_the_fact_is(site, expected):
    rows, claimed = [row for table in site.ledger("facts").values() for row in table], backing(site.root)
    assert sorted(cells(row)[0] for row in rows) == sorted(site.facts)
    badges = {key: words(site.at("reference/bibliography", id).select_one(".standing")) for id, key in ids(site)}
    for row in rows:
        name, value, unit, tables, sources, uses = row.find_all("td", recursive=False)
        fact = site.facts[words(name)]
        lines = [words(line) for line in value.find_all("p") if "calculation" not in line.get("class", [])]
        assert lines[0] == f"{expected[fact['id']]} cite"
        assert words(unit) == joined(unsaid(expected[fact["id"]], fact["unit"]), fact["period"])
        assert [words(link) for link in tables.find_all("a")] == fact["tables"]
        assert [table_at(site, f"reference/{link['href']}") for link in tables.find_all("a")] == fact["tables"]
        cited = [(words(link), source_at(site, f"reference/{link['href']}")) for link in sources.find_all("a")]
        assert sorted(key for _, key in cited) == fact["sources"]
        assert all(names(site.sources[key], text) for text, key in cited)
        told = [words(each.select_one(".standing")) for each in sources.select(".source")]
        assert told == [badges[key] for _, key in cited]
        pages = [page for page in QUOTING if fact["id"] in {id for id, _ in quotes(site.root, page)}]
        led = {posixpath.normpath(f"reference/{a['href']}").partition(".html#quote-")[0] for a in uses.find_all("a")}
        assert led & {*QUOTING} == set(pages), fact["id"]
        compared = [f for f in site.record["findings"] for c in f["conditions"] if fact["id"] in c.get("facts", ())]
        assert {f["id"].partition(".")[2] for f in compared} == {words(a) for a in uses.select("a[href*='#finding-']")}
        backed = {at.partition("-")[2] for at, facts in claimed.items() if fact["id"] in facts}
        assert backed == {words(a) for a in uses.find_all("a") if a["href"].partition("#")[2] in site.figures}
        turned = {id for i in site.record["indicators"] for id in i["facts"]}
        assert uses.find_all("a") or fact["id"] in turned, f"nobody quotes or compares {fact['id']}"
        fmt = format_of(site.root, fact["id"], fact["value"])
        spans = [as_written([e["low"], e["high"]], fmt) for e in fact["estimates"]]
        assert [line.partition(":")[0] for line in lines[1:]] == spans
        assert all(e["who"] in line and e["what"] in line for e, line in zip(fact["estimates"], lines[1:], strict=True))


def test_each_row_of_the_ledger_leads_to_where_the_fact_is_quoted_and_back(site):
    quoting = {page: quotes(site.root, page) for page in QUOTING}
    for row in (row for table in site.ledger("facts").values() for row in table):
        link = row.a
        id, (page, _, anchor) = words(link), link["href"].partition("#")
        page = posixpath.normpath(f"reference/{page}").removesuffix(".html")
        pages = [name for name, said in quoting.items() if id in dict(said)]
        own = f"chapters/{id.partition('.')[0]}"
        assert page == (own if own in pages or not pages else pages[0])
        if pages:
            target = site.at(page, anchor)
            assert target.name == "a" and target["href"].endswith(f"evidence.html#{row['id']}")
        assert row.select_one("a.cite-number")["href"].endswith(f"#{row['id']}")
