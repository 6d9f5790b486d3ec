"""The facts.json of each edition made so far, kept with the book so that any later build can say what changed."""

import json
from pathlib import Path

FOLDER, NOTES = "editions", "editions/notes.yml"


def records(root: Path) -> dict[str, dict]:
    """The facts of each edition made so far, by version, the oldest first."""
    known = [json.loads(path.read_text("utf-8")) for path in (root / FOLDER).glob("*.json")]
    return {record["edition"]: record for record in sorted(known, key=lambda r: (r["date"], r["edition"]))}
