"""Values of facts equal those computed anew from the tables, and name every table and source that they rest on."""

import math

import pytest

from tests.book.reader.shown.test_calculations import same
from tests.book.reader.shown.values import VALUES
from tests.book.reader.shown.values.computed import where
from tests.book.reader.shown.values.talent import counts_of_departures, counts_of_weeks, ends
from tests.book.reader.shown.written import call_of

# What is drawn at random, and by how much two draws may differ.
DRAWN = {"competitiveness.low-share": 2.5}


@pytest.mark.parametrize("id", sorted(VALUES))
def test_a_fact_is_what_its_rows_say(site, id):
    expected, rows = VALUES[id](site.table)
    fact = site.facts[id]
    if isinstance(expected, str):
        assert fact["value"] == expected
    else:
        assert math.isclose(fact["value"], expected, rel_tol=1e-9, abs_tol=DRAWN.get(id, 1e-9))
    assert fact["tables"] == sorted(rows)
    assert fact["sources"] == sorted({row["source"] for part in rows.values() for row in part})


def test_a_cell_that_is_quoted_is_in_its_table(site):
    """Every fact that a sentence takes as it stands from a table."""
    seen = 0
    for id, fact in site.facts.items():
        if call_of(site.root, id, "fact", "stated", "disputed").name == "stated":
            (cell,), (name,) = fact["cells"], fact["tables"]
            types = {field["name"]: field["type"] for field in site.package[name]["schema"]["fields"]}
            rows = site.table(name)
            (row,) = [r for r in rows if all(same(v, r[k], types[k]) for k, v in cell["row"].items())]
            assert math.isclose(fact["value"], float(row[cell["column"]]), rel_tol=1e-12), id
            assert fact["sources"] == [row["source"]]
            assert id in VALUES or name.endswith("/statements"), "nothing computes it anew"
            seen += 1
    assert seen > 130


def of_returns(t, official):
    return [row for row in t("talent/returns") if (row["claimant"] == "officials") == official]


# What sources dispute: a fact, its rows, and the columns of who, what, low and high.
DISPUTED = {
    "talent.departures-range": (counts_of_departures, "estimator", "base", "low", "high"),
    "talent.departures-weeks": (counts_of_weeks, "estimator", "base", "low", "high"),
    "talent.returns-official": (lambda t: of_returns(t, True), "estimator", "base", "low", "high"),
    "talent.returns-surveys": (lambda t: of_returns(t, False), "estimator", "base", "low", "high"),
    "hardware.deepseek-chips": (
        lambda t: where(t("hardware/clusters"), standing="estimate"), "name", "note", "chips", "chips",
    ),
    "competitiveness.deepseek-means": (
        lambda t: [r for r in t("competitiveness/deepseek_cost") if r["kind"] != "company"],
        "counted_by", "what", "low", "high",
    ),
    "competitiveness.adoption": (
        lambda t: [r for r in t("competitiveness/adoption") if r["base"] != "people"],
        "counted_by", "base", "share", "share",
    ),
}  # fmt: skip


@pytest.mark.parametrize("id", DISPUTED)
def test_a_range_is_that_of_its_estimates(site, id):
    choose, who, what, low, high = DISPUTED[id]
    rows, fact = choose(site.table), site.facts[id]
    spans = [ends(row) if low == "low" else (float(row[low]), float(row[high])) for row in rows]
    assert fact["value"] == [min(a for a, _ in spans), max(b for _, b in spans)]
    told = [(e["who"], e["what"], (e["low"], e["high"]), e["source"]) for e in fact["estimates"]]
    counted = ["" if what == who else row[what].replace("_", " ") for row in rows]
    parts = zip(rows, counted, spans, strict=True)
    assert told == [(row[who], text, span, row["source"]) for row, text, span in parts]
    assert fact["sources"] == sorted({row["source"] for row in rows})


def test_every_disputed_fact_is_recomputed(site):
    assert {id for id, fact in site.facts.items() if fact["estimates"]} == set(DISPUTED)


def test_facts_of_every_chapter_and_most_kinds_are_recomputed():
    assert len(VALUES) >= 90
    assert {id.partition(".")[0] for id in VALUES} == {
        "hardware",
        "talent",
        "ideology",
        "censorship",
        "competitiveness",
    }
