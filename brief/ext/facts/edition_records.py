"""The facts.json of each edition made so far, kept with the book so that any later build can say what changed."""

import json
import re
from pathlib import Path

FOLDER, NOTES = "editions", "editions/notes.yml"


def order(version: str) -> list[tuple[int, int, str]]:
    """What versions are sorted by: their numbers as numbers, so that 2026.9 is older than 2026.11."""
    parts = re.findall(r"\d+|[^\d.]+", version)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def age(record: dict) -> tuple:
    """What editions are sorted by, the oldest first: their day, and of one day their version."""
    return record["date"], order(record["edition"])


def broken_order(version: str, day: str, others: list[dict]) -> str | None:
    """Why an edition of this version and day cannot follow the `others`; None when it can.

    One that is among them already is made anew and may.
    """
    if not others or version in {record["edition"] for record in others}:
        return None
    last = max(others, key=age)
    if day <= last["date"]:
        return f"date-released is {day}: set it to after {last['date']}, the day of edition {last['edition']}"
    if order(version) <= order(last["edition"]):
        return f"version is {version}, not after {last['edition']}, the last edition: set it to one that is"
    return None


def records(root: Path) -> dict[str, dict]:
    """The facts of each edition made so far, by version, the oldest first."""
    known = [json.loads(path.read_text("utf-8")) for path in (root / FOLDER).glob("*.json")]
    return {record["edition"]: record for record in sorted(known, key=age)}
