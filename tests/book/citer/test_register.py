"""The register, facts.json, has every number, finding and claim of the pages."""

import json

import jsonschema

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
