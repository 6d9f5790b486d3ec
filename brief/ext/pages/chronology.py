"""{chronology}: a table's events in order of their days, in strands that a reader can show one at a time."""

from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from brief import formats, project
from brief.ext.datasets.published import published
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
        root, name = project.find_root(Path(self.env.srcdir)), self.arguments[0]
        try:
            entry = project.resource(root, name)
        except KeyError as error:
            raise self.error(str(error.args[0])) from None
        note_input(self.env, root / "data" / entry["path"])
        texts = published(self.env.app)[name].held.texts
        if lacking := [column for column in COLUMNS if column not in texts]:
            raise self.error(f"{{chronology}}: {name} has no column {', '.join(lacking)}")
        rows = sorted(zip(*(texts[column] for column in COLUMNS), strict=True), key=lambda row: row[0])
        (field,) = (field for field in entry["schema"]["fields"] if field["name"] == "strand")
        strands = list(dict.fromkeys([*field.get("constraints", {}).get("enum", []), *(row[1] for row in rows)]))
        items = nodes.bullet_list(classes=["chronology"])
        for date, strand, event, source in rows:
            classes = [f"strand-{strands.index(strand) + 1}"]
            head = nodes.strong("", f"{formats.render(date, 'date')} · {strand}")
            said = nodes.inline("", event, classes=["event"])
            sources = [nodes.Text(" ("), cite([source], self.env.docname), nodes.Text(")")]
            items += nodes.list_item(
                "", nodes.paragraph("", "", head, nodes.Text(" "), said, *sources), classes=classes
            )
        choice = nodes.raw("", render("chronology.html", strands=strands), format="html")
        return [nodes.container("", choice, items, classes=["chronology-part"])]
