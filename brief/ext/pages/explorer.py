"""{explorer}: a page to compare economies in any of the book's series that goes by economy and period.

Which tables have such series their descriptors say: `explore` names the column of the period and those of the values.
The series are a script, since a page from disk can fetch nothing; `brief-explorer.js` draws them with the charts' own.
"""

import csv
import io
import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from brief import formats, palette, project
from brief.ext import anchors
from brief.ext.citations.sources import short_citation
from brief.ext.compat.of_bibliographies import citation_ids, entries
from brief.ext.dependencies import PACKAGE, note_input
from brief.ext.nodes import way_up
from brief.ext.templating import render

NAME = "explorer-series.js"
ECONOMIES = "shared/economies"


def series(root: Path) -> list[dict]:
    """Every series: `id`, titles, unit, decimals, caveat, source keys, and rows [economy, period, value, source].

    A period is as the table has it: a year, or the first or last day of one. Rows without a value are left out.
    """
    found = []
    for entry in project.package(root)["resources"]:
        if not (explore := entry.get("explore")):
            continue
        _entry, content, _digest = project.read_table(root, entry["name"])
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        fields = {field["name"]: field for field in entry["schema"]["fields"]}
        for name in explore["values"]:
            field, period = fields[name], explore["period"]
            kept = [[r["economy"], r[period], float(r[name]), r["source"]] for r in rows if r[name]]
            one = {key: entry.get(key, "") for key in ("title", "caveats", "licence_note")}
            one |= {"id": f"{entry['name']}.{name}", "table": entry["name"], "column": field["title"]}
            one |= {"about": field["description"], "unit": field.get("unit", ""), "decimals": field.get("decimals", 0)}
            found.append(one | {"rows": sorted(kept)})
    return found


def names(root: Path) -> dict[str, str]:
    """Economies by their codes."""
    _entry, content, _digest = project.read_table(root, ECONOMIES)
    return {row["economy"]: row["name"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}


class explorer(nodes.General, nodes.Element):
    """Where the explorer goes; `first` is the id of the series that it shows first."""


class ExplorerDirective(SphinxDirective):
    """{explorer} `table.column`, the series to begin with: controls and a chart.

    Without script, each series with the newest values of the book's peers.
    """

    optional_arguments = 1

    def run(self):
        root, first = project.find_root(Path(self.env.srcdir)), "".join(self.arguments)
        if first and first not in {one["id"] for one in series(root)}:
            raise self.error(f"{{explorer}}: no table in datapackage.json declares the series {first}")
        note_input(self.env, root / PACKAGE)
        for entry in project.package(root)["resources"]:
            if "explore" in entry or entry["name"] == ECONOMIES:
                note_input(self.env, root / "data" / entry["path"])
        return [explorer(first=first)]


def _visit(self, node):
    app, docname = self.builder.app, self.builder.current_docname
    root, up = project.find_root(Path(app.srcdir)), way_up(self.builder, docname)
    known, shown = names(root), []
    for one in series(root):
        last = {row[0]: row for row in one["rows"]}  # sorted: the last row of an economy is its newest
        peers = [last[code] for code in app.config.brief_peers if code in last]
        values = [(known[c], _said(value, one), _when(period)) for c, period, value, _ in peers]
        shown.append(
            one | {"last": values, "page": up + anchors.table_page(app.config.brief_catalogue_page, one["table"])}
        )
    start = next((one for one in shown if one["id"] == node["first"]), shown[0])
    peers = app.config.brief_peers
    offered = sorted((known[code], code in peers[:4]) for code in {row[0] for row in start["rows"]})
    self.body.append(render("explorer.html", offered=offered, series=shown, first=node["first"], up=up, data=NAME))
    raise nodes.SkipNode


def _said(value: float, one: dict) -> str:
    return f"{value:,.{one['decimals']}f}"


def _when(period: str) -> str:
    return formats.render(period, "date")


def script(app: Sphinx) -> dict[str, bytes]:
    """The series, if there are any, with names, colours and the addresses of tables and sources."""
    root, config = project.find_root(Path(app.srcdir)), app.config
    found = series(root)
    if not found:
        return {}
    codes, keys = ({row[place] for one in found for row in one["rows"]} for place in (0, 3))
    known, cited, listed = names(root), citation_ids(app.env), entries(app.env)
    bibliography = f"{config.brief_bibliography_page}.html"
    order = sorted(keys)
    for one in found:
        one["page"] = anchors.table_page(config.brief_catalogue_page, one["table"])
        one["rows"] = [[code, period, value, order.index(key)] for code, period, value, key in one["rows"]]
    document = {
        "economies": {code: known[code] for code in sorted(codes, key=known.__getitem__)},
        "colors": {code: pair[0] for code, pair in config.brief_colors.items()},
        "more": [light for light, _dark in palette.CATEGORIES],
        "first": [code for code in config.brief_peers if code in codes][:4],
        "sources": [[short_citation(listed[key]), f"{bibliography}#{cited[key]}"] for key in order],
        "series": found,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return {NAME: f"window.briefSeries = {text};\n".encode()}


def setup(app: Sphinx) -> None:
    app.add_node(explorer, html=(_visit, None))
    app.add_directive("explorer", ExplorerDirective)
