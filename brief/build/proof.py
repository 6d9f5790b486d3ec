"""Which tables were found valid as they are, and need no second look: frictionless takes seconds for all of them.

The proof of a table is the digest of all that the verdict rests on: its bytes and descriptor, those of the tables that
its keys point into, our code (any of it may judge) and the version of the judge. Any change voids it.
"""

import json
from pathlib import Path

from brief import book
from brief.build import code

NAME = ".valid.json"


def proofs(root: Path) -> dict[str, str]:
    """What each table's verdict rests on now, by table name."""
    entries = {entry["name"]: entry for entry in book.package(root)["resources"]}
    judges = [path.read_bytes() for path in code()] + [book.library_version("frictionless").encode()]
    own = {
        name: book.digest(_content(root, entry), json.dumps(entry, sort_keys=True).encode())
        for name, entry in entries.items()
    }
    found = {}
    for name, entry in entries.items():
        pointed = sorted({key["reference"]["resource"] for key in entry["schema"].get("foreignKeys", [])})
        found[name] = book.digest(*judges, *(own.get(other, "").encode() for other in [name, *pointed]))
    return found


def _content(root: Path, entry: dict) -> bytes:
    path = root / "data" / entry["path"]
    return path.read_bytes() if path.is_file() else b""


def unproved(root: Path, now: dict[str, str]) -> set[str]:
    """Names of the tables that no earlier build found valid as they are now."""
    try:
        known = json.loads((root / "_build" / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    return {name for name, proof in now.items() if known.get(name) != proof}


def keep(root: Path, now: dict[str, str]) -> None:
    """Remember that all tables are valid. Written beside and renamed: half a file proves nothing."""
    path = root / "_build" / NAME
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".next")
    beside.write_text(json.dumps(now, indent=1, sort_keys=True), "utf-8")
    beside.rename(path)
