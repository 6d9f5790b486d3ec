"""What an edit did is said: in facts.json, on every page that quotes it, and by "what changed"."""

import csv
import json
import subprocess
import sys

import jsonschema
import pytest
from bs4 import BeautifulSoup

from tests.editor.test_edits import MINISTER, change, grown

KINDS = ("facts", "findings", "indicators", "figures", "claims")


def register(book):
    return json.loads((book.site / "facts.json").read_text("utf-8"))


def by_id(document, kind):
    return {record["id"]: record for record in document[kind]}


def changes(book, *arguments):
    command = [sys.executable, "-P", "-m", "brief", "changes", *arguments]
    return subprocess.run(command, cwd=book.root, capture_output=True, text=True)


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
    soup = BeautifulSoup(built.page("reference/evidence"), "html.parser")
    rows = {row["id"].removeprefix("fact-") for row in soup.select("tr[id^=fact-]")}
    assert rows == {record["id"].replace(".", "-") for record in register(built)["facts"]}


def test_claims_name_findings_that_exist_and_the_book_discusses_them(built):
    findings = by_id(register(built), "findings")
    soup = BeautifulSoup(built.page("reference/evidence"), "html.parser")
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
    cards = BeautifulSoup(book.page("index"), "html.parser").select_one("script#brief-facts").string
    assert "123,456" in cards
    fact = by_id(register(book), "facts")["talent.departures-range"]
    assert fact["value"] == [7000, 123456]
    assert register(book)["fingerprint"] != before["fingerprint"]
    assert "Since the last build: 2 facts changed, 1 figure redrawn" in result.stdout


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ([], "  talent.minister-abroad: 100,000 → 90,000 (-10.0%)"),
        (["--markdown"], "- talent.minister-abroad: 100,000 → 90,000 (-10.0%)"),
    ],
)
def test_what_changed_is_told_in_text_and_markdown(book, tmp_path, form, line):
    old = tmp_path / "old.json"
    old.write_bytes((book.site / "facts.json").read_bytes())
    change(book, "talent/statements", lambda r: r["id"] == MINISTER, value="90000")
    assert book.build().returncode == 0
    told = changes(book, str(old), *form)
    assert told.returncode == 0 and line in told.stdout.splitlines(), told.stdout + told.stderr


def test_a_finding_that_flips_is_told(book, tmp_path):
    old = tmp_path / "old.json"
    old.write_bytes((book.site / "facts.json").read_bytes())
    grown(book, 500_000)
    assert book.build("--draft").returncode == 0
    told = changes(book, str(old)).stdout
    assert "hardware.frontier-ran-away: no longer holds: " in told
    assert "hardware.share-one: " in told and "now met" in told


def test_an_unknown_revision_is_one_line(book):
    told = changes(book, "no-such-thing")
    assert told.returncode == 1 and told.stdout == ""
    assert told.stderr == "no-such-thing is neither a facts.json, a built site nor a git revision\n"


def test_a_fact_recorded_twice_is_named_with_its_line(book):
    text = (book.root / "chapters" / "ideology.md").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith('stated(said, "home-ai"'))
    book.edit("chapters/ideology.md", line, f"{line}\n{line}")
    result = book.build()
    assert result.returncode == 1
    assert "WARNING: fact ideology.home-ai is recorded twice" in result.stdout
    assert "chapters/ideology.md:" in result.stdout
