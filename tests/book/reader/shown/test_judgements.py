"""Findings, indicators and the article's claims: what they compare is in the tables, and each page says it alike."""

import csv
import math
import operator
import re
from copy import copy

import pytest
import yaml

from tests.book.reader.shown.conditions import CONDITIONS
from tests.book.reader.shown.reading import agrees, cells, number_in, words
from tests.book.reader.shown.test_facts import names, source_at, table_at
from tests.book.reader.shown.values import VALUES
from tests.book.reader.shown.written import format_of, tables_read
from tests.conftest import CHAPTERS

OPS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}
WORDS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "equal to", "!=": "other than"}
# What the methods page has promised since the first edition: published judgements rest on it.
LIKELIHOOD = {
    "very unlikely": "5 to 20",
    "unlikely": "20 to 45",
    "roughly even": "45 to 55",
    "likely": "55 to 80",
    "very likely": "80 to 95",
    "almost certainly": "95 to 99",
}


def conditions_of(site) -> dict[str, list[dict]]:
    """Conditions as facts.json has them, by the id of their finding or indicator."""
    found = {finding["id"]: finding["conditions"] for finding in site.record["findings"]}
    return found | {indicator["id"]: [indicator] for indicator in site.record["indicators"]}


def test_every_condition_is_computed_anew(site):
    assert set(conditions_of(site)) == set(CONDITIONS)


TEST = r"(?:[\d.]+ \* )?(\S+) ([<>=!]+) (?:[\d.]+ \* )?(\"[^\"]+\"|\S+)"


def told_beside(site, chapter: str, id: str) -> list[tuple[str, str]]:
    """(words, test) of the conditions that stand beside a finding's sentence, or of an indicator in its list."""
    text = (site.root / f"chapters/{chapter}.md").read_text("utf-8")
    box = re.search(rf"^:::\{{finding\}} {id}\n((?::.*\n)+)", text, re.MULTILINE)
    lines = re.findall(rf"^:(?:holds:|  )\s*({TEST}): (.+)$", box[1], re.MULTILINE) if box else []
    return [(found[-1], found[0]) for found in lines + re.findall(rf"^{id}: ({TEST}): (.+)$", text, re.MULTILINE)]


@pytest.mark.parametrize("id", sorted(CONDITIONS))
def test_a_condition_compares_what_the_tables_say(site, id):
    found, expected = conditions_of(site)[id], CONDITIONS[id](site.table)
    assert len(found) == len(expected)
    chapter, _, short = id.partition(".")
    said = dict(told_beside(site, chapter, short))
    papers = next(r for kind in ("findings", "indicators") for r in site.record[kind] if r["id"] == id)
    assert len(found) == len(said)
    for condition, (left, right) in zip(found, expected, strict=True):
        one, op, two = re.fullmatch(TEST, said[condition["says"]]).groups()
        assert condition["op"] == op
        named = [side for side in (one, two) if re.match("[a-z]", side)]
        assert condition["facts"] == [side if "." in side else f"{chapter}.{side}" for side in named]
        measure = site.facts[condition["facts"][0]]
        fmt = format_of(site.root, measure["id"], measure["value"])
        bare = "{" in fmt or fmt == "year" or isinstance(left, str)
        assert condition["unit"] == ("" if bare else measure["unit"].partition(",")[0])
        for kind in ("tables", "sources"):
            assert {key for fact in condition["facts"] for key in site.facts[fact][kind]} <= set(papers[kind])
        for side, value in (("left", left), ("right", right)):
            same = condition[side] == value
            assert same or math.isclose(condition[side], value, rel_tol=1e-9, abs_tol=1e-9), side
        assert condition["met"] == OPS[condition["op"]](left, right)
        assert condition["met"] == (id in {finding["id"] for finding in site.record["findings"]})


def claims(site) -> list[tuple[str, str, str]]:
    """(figure, test, words of its title) of each condition in the chapters' {chart}s."""
    found = []
    for chapter in CHAPTERS:
        text = (site.root / f"chapters/{chapter}.md").read_text("utf-8")
        for id, words_ in re.findall(r"^:::\{chart\} (\S+)\n(.*?)^:::$", text, re.MULTILINE | re.DOTALL):
            tests = re.findall(rf"^:(?:holds:|  )\s*({TEST}): (.+)$", words_, re.MULTILINE)
            found += [(f"{chapter}-{id}", test[0], test[-1]) for test in tests]
    return found


def test_what_titles_claim_is_so_by_the_tables(site):
    """Each side computed anew, each claim a part of its title."""
    tests = claims(site)
    assert len(tests) >= 30 and len({name for name, _, _ in tests}) >= 18
    for name, test, claim in tests:
        assert claim in words(site.figures[name].select_one(".caption-text")), (name, claim)
        sides = re.fullmatch(r"(?:([\d.]+) \* )?(\S+) ([<>=!]+) (?:([\d.]+) \* )?(\S+)", test).groups()
        values = []
        for times, side in (sides[:2], sides[3:]):
            number = float(side) if side[0].isdigit() else VALUES[f"{name.partition('-')[0]}.{side}"](site.table)[0]
            values.append(float(times or 1) * number)
        assert OPS[sides[2]](*values), (name, test, values)


def told(text: str, condition: dict) -> None:
    """A threshold in words is that of the condition."""
    right = condition["right"]
    if isinstance(right, str):
        assert right in text or right in ("true", "false")
        return
    assert text.startswith(WORDS[condition["op"]]), text
    assert agrees(text, right), text


def check_status(status: str, condition: dict) -> None:
    """Where an indicator stands: met or not, and how far from it."""
    left, right = condition["left"], condition["right"]
    assert status.startswith("met" if condition["met"] else "not met")
    if not condition["met"] and left != right:
        assert abs(number_in(status) - abs(left - right)) <= 0.05 * abs(left - right) + 0.005, status
        check_compared(status, left, right)
    if left == right:
        assert "at the threshold" in status


def check_compared(text: str, left: float, right: float) -> None:
    """A distance is said as a share of today's value, a threshold beyond twice that as so many times it."""
    if share := re.search(r"\((\d+)% of today's value", text):
        assert abs(float(share[1]) - 100 * abs((left - right) / left)) <= 0.5
    if times := re.search(r"([\d,.]+) times today's value", text):
        assert abs(float(times[1].replace(",", "")) - right / left) <= (0.51 if right / left > 9.9 else 0.051)
    assert not share or not times
    assert "%)" not in text, "of what it is a share is not said"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_indicators_stand_where_the_data_do_on_the_page_and_in_the_ledger(site, chapter):
    known = {indicator["says"]: indicator for indicator in site.record["indicators"] if indicator["chapter"] == chapter}
    ledger, title = site.ledger("indicators-to-watch"), words(site.page(f"chapters/{chapter}").h1).rstrip("#")
    (listed,) = [rows for heading, rows in ledger.items() if title.endswith(heading)]
    for rows in (site.page(f"chapters/{chapter}").select("table.indicators tbody tr"), listed):
        assert len(rows) == len(known) >= 2
        for row in rows:
            says, threshold, now, status = cells(row)
            indicator = known[says.partition(" (")[0] if says not in known else says]
            told(threshold, indicator)
            assert agrees(now, indicator["left"])
            check_status(status, indicator)


def test_the_ledger_says_of_each_finding_what_it_holds_while(site):
    rows = [row for table in site.ledger("findings").values() for row in table]
    known = {finding["id"]: finding for finding in site.record["findings"]}
    seen = []
    for row in rows:
        name, confidence, holds, tables, sources = row.find_all("td", recursive=False)
        link = name.a
        page, _, anchor = link["href"].removeprefix("../").partition("#")
        finding = known[f"{page.removesuffix('.html').rpartition('/')[2]}.{words(link)}"]
        seen.append(finding["id"])
        on_page = site.at(page.removesuffix(".html"), anchor)
        assert "finding" in on_page["class"]
        sentence = copy(on_page.p)
        for citation in sentence.select(".bibtex-citation"):
            citation.decompose()
        assert words(name.find_all("p")[1]) == finding["text"]
        assert "".join(words(sentence).split()) == "".join(finding["text"].split())
        assert words(confidence).startswith(f"{finding['confidence'].capitalize()} confidence: {finding['because']}")
        lines = [words(line) for line in holds.find_all("p")]
        for line, condition in zip(lines, finding["conditions"], strict=True):
            check_line(line, condition)
        assert [table_at(site, f"reference/{a['href']}") for a in tables.find_all("a")] == finding["tables"]
        cited = [(words(a), source_at(site, f"reference/{a['href']}")) for a in sources.find_all("a")]
        assert sorted(key for _, key in cited) == finding["sources"]
        assert all(names(site.sources[key], label) for label, key in cited)
    assert sorted(seen) == sorted(known)


def check_line(line: str, condition: dict) -> None:
    """ "Measure: above 3; now 14; falls if the measure falls by 11 (79% of today's value)"."""
    assert line.startswith(f"{condition['says']}: ")
    threshold, now, flips = line.removeprefix(condition["says"]).removeprefix(": ").split("; ", 2)
    left, right = condition["left"], condition["right"]
    told(threshold, condition)
    if isinstance(left, str):
        assert left in now or left in ("true", "false")
        return
    assert now.startswith("now ") and agrees(now, left)
    away = abs(left - right)
    if condition["op"] in ("==", "!=") or not away:
        return
    check_compared(flips, left, right)
    assert ("rises" if condition["op"] in ("<", "<=") else "falls") in flips.removeprefix("falls if ")
    decimals = len(re.search(r"\d[\d,]*(?:\.(\d+))?", flips)[1] or "")
    assert abs(number_in(flips) - away) <= 0.501 * 10**-decimals or abs(number_in(flips) / away - 1) < 0.001, flips


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_finding_says_its_confidence_and_its_likelihood(site, chapter):
    for finding in (f for f in site.record["findings"] if f["chapter"] == chapter):
        box = site.at(f"chapters/{chapter}", f"finding-{finding['id'].partition('.')[2]}")
        source = (site.root / f"chapters/{chapter}.md").read_text("utf-8")
        options = re.search(rf":::\{{finding\}} {finding['id'].partition('.')[2]}\n((?::.*\n)+)", source)[1]
        options = dict(re.findall(r"^:(\w+): (.*)", options, re.MULTILINE))
        lines = [words(line) for line in box.select(".finding-confidence")]
        assert lines[0] == f"{options['confidence'].capitalize()} confidence: {options['because']}"
        assert (finding["confidence"], finding["likelihood"]) == (options["confidence"], options.get("likelihood", ""))
        word = options.get("likelihood")
        assert lines[1:] == ([f"{word.capitalize()}: {LIKELIHOOD[word]} per cent"] if word else [])


def test_words_of_likelihood_mean_what_they_did(site):
    rows = [cells(row) for row in site.page("reference/methods").select("table")[0].select("tbody tr")]
    assert rows == [[word.capitalize(), f"{range_} per cent"] for word, range_ in LIKELIHOOD.items()]


def test_claims_have_the_verdict_of_their_row(site):
    table = site.table("shared/claims")
    rows = site.page("reference/article").select("table.claims tbody tr")
    for row, claim in zip(rows, table, strict=True):
        text, verdict, reason, findings, source = row.find_all("td", recursive=False)
        assert (words(text), words(reason)) == (claim["claim"], claim["reason"])
        assert words(verdict).lower() == claim["verdict"]
        told = [a["href"].removeprefix("../chapters/").replace(".html#finding-", ".") for a in findings.find_all("a")]
        assert told == claim["findings"].split()
        assert [source_at(site, f"reference/{a['href']}") for a in source.find_all("a")] == [claim["source"]]
    known = {claim["id"]: claim for claim in site.record["claims"]}
    assert {id: c["value"] for id, c in known.items()} == {c["id"]: c["verdict"] for c in table}
    assert all(known[c["id"]]["sources"] == [c["source"]] for c in table)


def test_checks_are_counted_from_their_records(site):
    records = []
    for path in sorted((site.root / "checks").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            records += list(csv.DictReader(lines))
    (table,) = [t for t in site.page("reference/methods").select("table") if words(t).startswith("Outcome")]
    rows = [cells(row) for row in table.select("tbody tr")]
    head = [words(cell).lower() for cell in table.select("thead th")][1:-1]
    assert rows[-1][1:] == [str(sum(r["chapter"] == c for r in records)) for c in head] + [str(len(records))]
    for n, outcome in enumerate(("agrees", "original", "corrected", "weak", "remove")):
        own = [r for r in records if r["outcome"] == outcome]
        assert rows[n][1:] == [str(sum(r["chapter"] == c for r in own)) for c in head] + [str(len(own))]


def test_a_chapter_lists_the_tables_and_sources_of_all_that_it_records(site):
    for chapter in CHAPTERS:
        tables, sources = site.page(f"chapters/{chapter}").select("#data-and-sources > :is(p, details)")[:2]
        assert words(tables).startswith("Tables: ") and words(sources.p).startswith("Sources: ")
        records = [r for kind in ("facts", "findings", "indicators", "figures") for r in site.record[kind]]
        own = [r for r in records if r["chapter"] == chapter]
        listed = {source_at(site, a["href"].removeprefix("../")) for a in sources.find_all("a")}
        assert listed == {key for r in own for key in r["sources"]}
        text = (site.root / f"chapters/{chapter}.md").read_text("utf-8")
        read = tables_read(site.root, chapter) - {"shared/economies"}
        assert {a["title"] for a in tables.find_all("a")} == read
        assert {t for r in own for t in r["tables"]} <= read
        assert (
            yaml.safe_load(text.split("---")[1])["description"]
            == (site.page(f"chapters/{chapter}").select_one("meta[name=description]")["content"])
        )
