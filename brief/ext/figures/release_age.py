"""Figures drawn from a release that is past its time: a line that says which it is and when the next was due."""

import datetime as dt
import json
from pathlib import Path

import yaml

from brief import project, releases
from brief.ext.citations.metadata import publication
from brief.ext.dependencies import PACKAGE, VIEWS, note_input
from brief.project import CITATION

SHOWN = ("name", "title", "release", "next_expected")


def lines(env, tables: list[str]) -> list[str]:
    """A line for each of a figure's tables whose next release was due on the day of the edition."""
    root, day = project.find_root(Path(env.srcdir)), publication(env.app).date
    note_input(env, root / PACKAGE, view="releases")
    note_input(env, root / CITATION, view="edition day")
    known = {entry["name"]: entry for entry in project.package(root)["resources"]}
    said = [(known[name]["title"], releases.late(known[name], day)) for name in tables if name in known]
    alone = len(tables) == 1
    return [(text[0].upper() + text[1:] if alone else f"{title}: {text}") + "." for title, text in said if text]


def _releases(path: Path) -> str:
    """Digest of what figures show of the descriptor."""
    entries = json.loads(path.read_text("utf-8"))["resources"]
    return project.digest(repr([[entry.get(key) for key in SHOWN] for entry in entries]).encode())


def _day(path: Path) -> str:
    """Digest of the edition's day."""
    released: dt.date | None = yaml.safe_load(path.read_text("utf-8")).get("date-released")
    return project.digest(str(released).encode())


def setup(app) -> None:
    VIEWS.update({"releases": _releases, "edition day": _day})
