"""What a source is to what rests on it: an original, a copy, the press, at second hand, a party's own word.

`data/shared/sources.csv` says it of each key (columns `kind`, `standing`, `original`); the bibliography shows it as a
badge, and the card of a number beside each source.
"""

import csv
from pathlib import Path

from docutils import nodes
from pybtex.database import Entry
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from brief.ext.compat.of_bibliographies import citation_ids, cited_on, entries
from brief.ext.domain import register

TABLE = "shared/sources.csv"
# Kinds by the names of their badges, from the nearest to the thing to the farthest from it.
KINDS = {
    "original": "Original",
    "copy": "Copy of the original",
    "press": "Press report or commentary",
    "party": "A party's own word",
    "second-hand": "At second hand",
}
# (name, which ends the badge's class, words); by kind where standing is original, else by standing.
_ORIGINALS = {
    "company": ("party", "A company's own word"),
    "news": ("press", "Press report"),
    "commentary": ("press", "Commentary"),
}
_OTHERS = {"copy": ("copy", "Copy"), "secondary": ("second-hand", "At second hand")}


def badge(row: dict[str, str]) -> tuple[str, str]:
    """Name and words of a row of `TABLE`: ("copy", "Copy of the guild's list"); ("", "") where it says nothing.

    A copy says whose words it holds, what is at second hand whom it reports.
    """
    standing, kind, original = (row.get(column) or "" for column in ("standing", "kind", "original"))
    if standing == "original":
        return _ORIGINALS.get(kind, ("original", "Original"))
    name, words = _OTHERS.get(standing, ("", ""))
    if name == "copy" and kind == "company":
        words = f"{words} of a company's own word"
    elif name and original:
        words += f" of {original}" if name == "copy" else f", from {original}"
    return name, words


def read(root: Path) -> dict[str, tuple[str, str]]:
    """The badge of each key of the book's sources; of none where the book has no such table."""
    path = root / "data" / TABLE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["source"]: badge(row) for row in csv.DictReader(lines)}


def mark(entry: Entry, name: str, words: str) -> None:
    """Let an entry hold its badge, so that what shows the entry is written again when the badge changes."""
    if name:
        entry.fields["standing"], entry.fields["standingwords"] = name, words


def of(entry: Entry) -> tuple[str, str]:
    """The badge that an entry holds; ("", "") when it has none."""
    return entry.fields.get("standing", ""), entry.fields.get("standingwords", "")


def shown(entry: Entry) -> list[nodes.Node]:
    """The badge that an entry holds, behind what stands before it; nothing when it has none."""
    name, words = of(entry)
    return [nodes.Text(" "), nodes.inline("", words, classes=["standing", f"standing-{name}"])] if name else []


def behind(env: BuildEnvironment, docname: str) -> set[str]:
    """Keys of the sources that a page rests on: of its numbers, conditions and figures, and those that it cites."""
    records = (record for kind in ("facts", "conditions", "figures") for record in register(env).of(kind, docname))
    return {key for record in records for key in record["sources"]} | cited_on(env, docname)


def listed(env: BuildEnvironment, document: nodes.document) -> list[tuple[nodes.citation, str]]:
    """The entries of a page's bibliography, each with its key; "" for one that is none of the book's."""
    keys = {id: key for key, id in citation_ids(env).items()}
    found = document.findall(nodes.citation)
    return [(citation, next((keys[id] for id in citation["ids"] if id in keys), "")) for citation in found]


class ShowStanding(SphinxPostTransform):
    """The badge behind each entry of a bibliography. After sphinxcontrib-bibtex has made the entries (5)."""

    def run(self, **kwargs):
        known = entries(self.env)
        for citation, key in listed(self.env, self.document):
            if key in known:
                citation.children[-1].extend(shown(known[key]))
