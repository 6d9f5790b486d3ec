"""The rows of the claims table: what others assert. Read without Sphinx, for the checks too."""

import csv
from pathlib import Path

from brief import names, project, settings


def table(root: Path) -> str:
    """The name of the claims table."""
    return settings.read(root)["brief_claims_table"]


def claims(root: Path) -> list[dict]:
    """The rows of the claims table, in its order; none in a book without one."""
    if not any(entry["name"] == table(root) for entry in project.package(root)["resources"]):
        return []
    with (root / "data" / f"{table(root)}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def claim_errors(root: Path) -> list[str]:
    """One line for each claim whose id can't be an address."""
    rows = enumerate(claims(root), 2)
    bad = [(line, row["id"]) for line, row in rows if not names.is_record(row["id"])]
    return [f"data/{table(root)}.csv, row {line}, column id: {id!r} is no id: {names.RECORD_RULE}" for line, id in bad]
