"""{chronology}: a table's events in order of their days, in strands that a reader can show one at a time."""

import csv
import io
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from brief import formats, project
from brief.ext.dependencies import note_input
from brief.ext.nodes import cite
from brief.ext.templating import render

COLUMNS = ("date", "strand", "event", "source")


class ChronologyDirective(SphinxDirective):
    """{chronology} `table`: its columns are `date` (ISO, of any precision), `strand`, `event` and `source`.

    The choice of a strand is a group of radio buttons that the style sheet obeys: it needs no script, and without it,
    on paper and in an e-reader, all events stand in one list.
    """

    required_arguments = 1

    def run(self):
        root = project.find_root(Path(self.env.srcdir))
        try:
            entry, content, _digest = project.read_table(root, self.arguments[0])
        except KeyError as error:
            raise self.error(str(error.args[0])) from None
        note_input(self.env, root / "data" / entry["path"])
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        if lacking := [name for name in COLUMNS if rows and name not in rows[0]]:
            raise self.error(f"{{chronology}}: {self.arguments[0]} has no column {', '.join(lacking)}")
        rows.sort(key=lambda row: row["date"])
        strands = list(dict.fromkeys([*listed(entry), *(row["strand"] for row in rows)]))
        items = nodes.bullet_list(classes=["chronology"])
        for row in rows:
            classes = [f"strand-{strands.index(row['strand']) + 1}"]
            head = nodes.strong("", f"{formats.render(row['date'], 'date')} · {row['strand']}")
            said = nodes.inline("", row["event"], classes=["event"])
            sources = [nodes.Text(" ("), cite([row["source"]], self.env.docname), nodes.Text(")")]
            items += nodes.list_item(
                "", nodes.paragraph("", "", head, nodes.Text(" "), said, *sources), classes=classes
            )
        choice = nodes.raw("", render("chronology.html", strands=strands), format="html")
        return [nodes.container("", choice, items, classes=["chronology-part"])]


def listed(entry: dict) -> list[str]:
    """The strands in the order in which the table's schema lists them."""
    fields = [field for field in entry["schema"]["fields"] if field["name"] == "strand"]
    return fields[0].get("constraints", {}).get("enum", []) if fields else []


def setup(app: Sphinx) -> None:
    app.add_directive("chronology", ChronologyDirective)
