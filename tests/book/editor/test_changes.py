"""What an edit did is said: in facts.json, on every page that quotes it, and by "what changed"."""

import csv
import json
import re

import jsonschema

from tests.book.editor.test_edits import change

KINDS = ("facts", "findings", "indicators", "figures", "claims")


def register(book):
    return json.loads((book.site / "facts.json").read_text("utf-8"))


def by_id(document, kind):
    return {record["id"]: record for record in document[kind]}


def test_the_register_is_valid_sorted_and_complete(built):
    document = register(built)
    schema = json.loads((built.site / "facts.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    for kind in KINDS:
        ids = [record["id"] for record in document[kind]]
        assert ids == sorted(set(ids)) and ids
    assert len(document["facts"]) > 100 and len(document["claims"]) >= 8
    assert all(record["value"] is True for record in document["findings"])
    assert not any(record["met"] for record in document["indicators"])


def test_every_number_of_the_ledger_is_in_the_register(built):
    soup = built.soup("reference/evidence")
    rows = {row["id"].removeprefix("fact-") for row in soup.select("tr[id^=fact-]")}
    assert rows == {record["id"].replace(".", "-") for record in register(built)["facts"]}


def test_claims_name_findings_that_exist_and_the_book_discusses_them(built):
    findings = by_id(register(built), "findings")
    soup = built.soup("reference/article")
    for claim in register(built)["claims"]:
        assert set(claim["findings"]) <= set(findings)
        assert len(soup.select(f"#claim-{claim['id']} a[href*='#finding-']")) == len(claim["findings"])


def test_one_edit_reaches_sentence_card_summary_ledger_and_register(book):
    path = book.root / "data" / "talent" / "departures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = [r for r in csv.DictReader(file) if r["kind"] == "stock"]
    before = register(book)
    change(book, "talent/departures", lambda r: r["kind"] == "stock", central="123456")
    result = book.build()
    assert result.returncode == 0, result.stdout
    assert row["central"] == "100000"
    for page in ("chapters/talent", "index", "reference/evidence"):
        assert "7,000 to 123,456" in book.page(page) and "7,000 to 100,000" not in book.page(page)
    cards = book.soup("index").select_one("script#brief-facts").string
    assert "123,456" in cards
    fact = by_id(register(book), "facts")["talent.departures-range"]
    assert fact["value"] == [7000, 123456]
    assert register(book)["fingerprint"] != before["fingerprint"]
    assert re.search(r"Since the last build: \d facts? changed, 1 figure redrawn", result.stdout), result.stdout
