"""The page of source quality counts what the sources' table says; each source is said to be used by whoever uses it."""

import posixpath

from tests.book.reader.shown.reading import cells, words
from tests.book.reader.shown.test_facts import source_at

PAGE = "reference/source-quality"
# As the bibliography's head has it: what a source is by its standing and, where that is original, by its kind.
BY_KIND = {"company": "party", "news": "press", "commentary": "press"}
BY_STANDING = {"copy": "copy", "secondary": "second-hand"}
ORDER = ["original", "copy", "press", "party", "second-hand"]


def kinds(site) -> dict[str, str]:
    rows = site.table("shared/sources")
    return {r["source"]: BY_STANDING.get(r["standing"]) or BY_KIND.get(r["kind"], "original") for r in rows}


def findings(site) -> list[set[str]]:
    return [set(finding["sources"]) for finding in site.record["findings"]]


def test_numbers_and_findings_are_counted_by_what_they_rest_on(site):
    known = kinds(site)
    rows = [cells(row)[1:] for row in site.page(PAGE).select("#source-kinds tbody tr")]
    facts = [set(fact["sources"]) for fact in site.facts.values()]
    assert len(rows) == len(ORDER)
    heads = [words(head) for head in site.page(PAGE).select("#source-kinds thead [colspan]")]
    assert heads == [f"Of {len(facts)} numbers rest", f"Of {len(findings(site))} findings rest"]
    for kind, told in zip(ORDER, rows, strict=True):
        own = {key for key in site.sources if known[key] == kind}
        expected = [str(len(own))]
        for keys in (facts, findings(site)):
            expected.append(str(sum(bool(own & each) for each in keys)))
            expected.append(str(sum(bool(each) and each <= own for each in keys)))
        assert told == expected, kind


def test_each_source_names_the_numbers_and_findings_that_rest_on_it(site):
    known, seen = kinds(site), {}
    published = {row["source"]: row["kind"] for row in site.table("shared/sources")}
    for item in site.page(PAGE).select("#source-list > li"):
        key = source_at(site, posixpath.normpath(f"reference/{item.a['href']}"))
        links = [a for a in item.select("p a")]
        facts = {a["title"]: words(a) for a in links if "evidence.html#fact-" in a["href"]}
        assert facts == {id: " ".join(f["text"].split()) for id, f in site.facts.items() if key in f["sources"]}, key
        assert item["data-kind"] == known[key] and item["data-published"] == published[key]
        told = sorted(words(a) for a in links if "#finding-" in a["href"])
        expected = [f["id"].partition(".")[2] for f in site.record["findings"] if key in f["sources"]]
        assert told == sorted(expected), key
        seen[key] = facts
    used = {key for r in [*site.facts.values(), *site.record["findings"]] for key in r["sources"]}
    assert set(seen) == used


def test_the_bibliography_says_which_chapters_and_tables_use_a_source(site):
    entries = site.page("reference/bibliography").select(".citation")
    for entry in entries:
        key, used = site.entries[entry["id"]], entry.select_one(".used-in")
        links = [posixpath.normpath(f"reference/{a['href']}").removesuffix(".html") for a in used.select("a")]
        tables = {t for t in site.package if t != "shared/sources" for r in site.table(t) if r["source"] == key}
        assert {link.removeprefix("reference/data/") for link in links if "reference/data/" in link} == tables, key
        chapters = {f"chapters/{r['chapter']}" for kind in ("facts", "figures", "findings", "indicators")
                    for r in site.record[kind] if key in r["sources"]}  # fmt: skip
        assert chapters <= set(links), key
        assert set(used["data-chapter"].split("|")) - {""} == {
            link.rpartition("/")[2] for link in links if "reference/data/" not in link
        }
