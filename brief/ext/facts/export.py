"""facts.json: every fact, finding, indicator, figure and claim of the built book, for machines."""

import json
from importlib.resources import files
from pathlib import Path

from sphinx.application import Sphinx

from brief import project
from brief.ext.citations.metadata import publication
from brief.ext.domain import register
from brief.ext.facts import claim_rows
from brief.ext.facts.judgements import sentence_of
from brief.ext.facts.quotes import text_of
from brief.ext.output import json_file
from brief.names import chapter_of

NAME, SCHEMA = project.FACTS, "facts.schema.json"
# Raised when records get more or other keys: 2 says how facts were computed. A document without it is of 1.
SCHEMA_VERSION = 2


def _papers(record: dict) -> dict:
    return {"tables": record["tables"], "sources": record["sources"]}


def _union(records: list[dict]) -> dict:
    return {kind: sorted({key for r in records for key in r[kind]}) for kind in ("tables", "sources")}


def _condition(record: dict) -> dict:
    keys = ("says", "left", "op", "right", "unit", "met", "facts")
    return {key: record[key] for key in keys if key in record}


def contents(app: Sphinx) -> dict:
    """The whole register as plain data, sorted by id."""
    env, paper = app.env, publication(app)
    domain, root = register(env), paper.root

    def full(doc, record):
        return {"id": f"{chapter_of(doc)}.{record['id']}", "chapter": chapter_of(doc)}

    facts, findings, indicators, figures = [], [], [], []
    for doc, r in domain.everything("facts"):
        value = {"value": r["value"], "text": text_of(r), "unit": r["unit"], "period": r["period"]}
        made = {key: r[key] for key in ("estimates", "calculation", "cells", "said")}
        facts.append(full(doc, r) | value | made | _papers(r))
    for doc, r in domain.everything("findings"):
        tests = domain.tests_of(doc, r["id"])
        holds = all(c["met"] for c in tests)
        judgement = {"value": holds, "text": sentence_of(domain, doc, r), "unit": "", "period": ""}
        judgement |= {"confidence": r["confidence"], "likelihood": r["likelihood"], "because": r["because"]}
        findings.append(full(doc, r) | judgement | {"conditions": [_condition(c) for c in tests]} | _union(tests))
    for doc, r in domain.everything("conditions"):
        if r["kind"] == "indicator":
            indicators.append(full(doc, r) | _condition(r) | _papers(r))
    for doc, r in domain.everything("figures"):
        drawn = project.digest(json.dumps(r["svg"], sort_keys=True).encode())
        figures.append(full(doc, r) | {n: r[n] for n in ("title", "subtitle", "note")} | {"digest": drawn} | _papers(r))
    kinds = {"facts": facts, "findings": findings, "indicators": indicators, "figures": figures}
    ordered = {kind: sorted(records, key=lambda r: r["id"]) for kind, records in kinds.items()}
    about = {"edition": paper.version, "date": paper.date.isoformat(), "fingerprint": project.fingerprint(root)}
    return {"schema_version": SCHEMA_VERSION, **about, **ordered, "claims": claims(root)}


def claims(root: Path) -> list[dict]:
    """What others assert, each with our verdict."""
    return [
        {
            "id": row["id"],
            "chapter": row["chapter"],
            "value": row["verdict"],
            "text": row["claim"],
            "unit": "",
            "period": row["period"],
            "tables": [claim_rows.table(root)],
            "sources": [row["source"]],
            "findings": row["findings"].split(),
        }
        for row in sorted(claim_rows.claims(root), key=lambda row: row["id"])
    ]


def documents(app: Sphinx) -> dict[str, bytes]:
    """facts.json and its schema."""
    return {NAME: json_file(contents(app)), SCHEMA: files("brief.ext.facts").joinpath(SCHEMA).read_bytes()}
