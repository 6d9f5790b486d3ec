"""{checks}: how far the tables have been followed back to their sources, from the records in checks/.

A record is a CSV named by its day: chapter, table, key of a row ("*" for a whole series), outcome, against what, note.
"""

import csv
from collections import Counter
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from brief import project
from brief.ext.dependencies import note_input
from brief.ext.nodes import plain_table

FOLDER = "checks"
# What became of a row, as it is recorded and as it is said.
OUTCOMES = {
    "agrees": "agrees with the evidence",
    "original": "agrees with the original page",
    "corrected": "corrected",
    "weak": "weak: said more carefully",
    "remove": "taken out",
}


def records(root: Path) -> list[dict]:
    """Every check, the latest last."""
    found = []
    for path in sorted((root / FOLDER).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += list(csv.DictReader(lines))
    return found


class ChecksDirective(SphinxDirective):
    """{checks}: totals by chapter and outcome."""

    def run(self):
        root = project.find_root(Path(self.env.srcdir))
        note_input(self.env, root / FOLDER, view="folder")
        found = records(root)
        if not found:
            return []
        chapters = list(dict.fromkeys(record["chapter"] for record in found))
        count = Counter((record["chapter"], record["outcome"]) for record in found)
        rows = [
            (said, *(str(count[c, name]) for c in chapters), str(sum(count[c, name] for c in chapters)))
            for name, said in OUTCOMES.items()
        ]
        rows.append(
            ("Rows and series checked", *(str(sum(count[c, n] for n in OUTCOMES)) for c in chapters), str(len(found)))
        )
        head = ("Outcome", *(chapter.capitalize() for chapter in chapters), "All")
        last = max(record["date"] for record in found)
        return [plain_table(head, rows), nodes.paragraph("", f"Last checked on {last}.")]
