"""{explorer}: a page to compare economies in any of the book's series by economy and period, and in its standings.

Which tables have such series their descriptors say: `explore` names the column of the period and those of the values.
A standing is what a chapter recorded of economies at one date (`brief.standing`).
Both are in a script, since a page from disk can fetch nothing; `brief-explorer.js` draws them with the charts' own.
"""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from brief import coverage, formats, palette, project
from brief.ext import anchors
from brief.ext.citations.sources import short_citation
from brief.ext.compat.of_bibliographies import citation_ids, entries
from brief.ext.datasets.published import names_of_places, published
from brief.ext.dependencies import PACKAGE, note_input
from brief.ext.domain import register
from brief.ext.facts.standings import recorded
from brief.ext.figures.downloads import resources
from brief.ext.nodes import table_uri, way_up
from brief.ext.templating import render
from brief.names import chapter_of

NAME = "explorer-series.js"
GROUPS = ("Series by economy and year", "Standings at one date, of the chapters")


def series(app: Sphinx) -> list[dict]:
    """Every series: `id`, titles, unit, decimals, caveat, source keys, and rows [economy, period, value, source].

    A period is as the table has it: a year, or the first or last day of one. Rows without a value are left out.
    """
    found = []
    for table in published(app).values():
        entry, texts = table.entry, table.held.texts
        fields = {field["name"]: field for field in entry["schema"]["fields"]}
        for name in entry.get("explore", {}).get("values", ()):
            field = fields[name]
            columns = (texts[column] for column in ("economy", entry["explore"]["period"], name, "source"))
            kept = [[code, at, float(said), key] for code, at, said, key in zip(*columns, strict=True) if said]
            one = {key: entry.get(key, "") for key in ("title", "caveats", "licence_note")}
            one |= {"id": f"{entry['name']}.{name}", "tables": [entry["name"]], "column": field["title"]}
            one |= {"about": field["description"], "unit": field.get("unit", ""), "decimals": field.get("decimals", 0)}
            found.append(one | {"rows": sorted(kept)})
    return found


def standings(app: Sphinx) -> list[dict]:
    """Every standing as `series` has series: its one `period` in words, `sources` of the whole, `page` of its chapter.

    Rows are [economy, period, value, value in words], and one without a value for an economy compared that has none.
    """
    package, found = resources(app), []
    for doc, record in recorded(app.env):
        at, values, behind = record["period"], record["values"], [package.get(name, {}) for name in record["tables"]]
        told = {key: " ".join(each[key] for each in behind if key in each) for key in ("caveats", "licence_note")}
        rows = [
            [code, at, float(f"{value:.12g}"), formats.render(value, record["fmt"])]
            for code, value in sorted(values.items())
        ]
        rows += [[code, at, None, record["absent"]] for code in app.config.brief_peers if code not in values]
        one = {"id": f"{chapter_of(doc)}.{record['id']}", "title": record["label"], "unit": record["unit"]}
        one |= {"period": at, "column": ", ".join(filter(None, (record["unit"], at))), "about": ""}
        one |= {"tables": record["tables"]}
        found.append(told | one | {"sources": record["sources"], "chapter": doc, "rows": rows})
    return found


class explorer(nodes.General, nodes.Element):
    """Where the explorer goes; `first` is the id of the series that it shows first."""


class ExplorerDirective(SphinxDirective):
    """{explorer} `table.column`, the series to begin with: controls and a chart.

    Without script, each series with the newest values of the book's peers.
    """

    optional_arguments = 1

    def run(self):
        register(self.env).note("whole", self.env.docname, {"view": "explorer"})
        root, first = project.find_root(Path(self.env.srcdir)), "".join(self.arguments)
        if first and first not in {one["id"] for one in series(self.env.app)}:
            raise self.error(f"{{explorer}}: no table in datapackage.json declares the series {first}")
        note_input(self.env, root / PACKAGE)
        for entry in project.package(root)["resources"]:
            if "explore" in entry or entry["name"] == coverage.ECONOMIES:
                note_input(self.env, root / "data" / entry["path"])
        return [explorer(first=first)]


def _visit(self, node):
    app, docname = self.builder.app, self.builder.current_docname
    up, known, peers = way_up(self.builder, docname), names_of_places(app), app.config.brief_peers
    shown, stood = series(app), standings(app)
    for one in shown:
        last = {row[0]: row for row in one["rows"]}  # sorted: the last row of an economy is its newest
        newest = [last[code] for code in peers if code in last]
        words = [(f"{value:,.{one['decimals']}f}", formats.render(period, "date")) for _, period, value, _ in newest]
        one["last"] = [(known[row[0]], *said) for row, said in zip(newest, words, strict=True)]
        one["page"] = table_uri(app.config, one["tables"][0], docname)
    for one in stood:
        last = {row[0]: row for row in one["rows"]}
        one["last"] = [(known[code], last[code][3], "") for code in peers]
        one["page"] = self.builder.get_relative_uri(docname, one["chapter"])
    start = next((one for one in shown if one["id"] == node["first"]), (shown + stood)[0])
    offered = sorted((known[code], code, code in peers[:4]) for code in {row[0] for row in start["rows"]})
    groups = zip(GROUPS, (shown, stood), strict=True)
    self.body.append(render("explorer.html", offered=offered, groups=[*groups], first=node["first"], up=up, data=NAME))
    raise nodes.SkipNode


def script(app: Sphinx) -> dict[str, bytes]:
    """The series, if there are any, with names, colours and the addresses of tables and sources.

    A row's source is a place in the list of all; the standings have theirs, each for the whole of it.
    """
    config, found, stood = app.config, series(app), standings(app)
    if not found and not stood:
        return {}
    known, cited, listed = names_of_places(app), citation_ids(app.env), entries(app.env)
    codes = {row[0] for one in found + stood for row in one["rows"]}
    bibliography = f"{config.brief_bibliography_page}.html"
    order = sorted({row[3] for one in found for row in one["rows"]} | {key for one in stood for key in one["sources"]})
    for one in found:
        one["rows"] = [[code, period, value, order.index(key)] for code, period, value, key in one["rows"]]
    for one in stood:
        one["sources"] = [order.index(key) for key in one["sources"]]
        one["chapter"] = [app.env.titles[one["chapter"]].astext(), f"{one['chapter']}.html"]
    for one in found + stood:
        pages = {name: anchors.table_page(config.brief_catalogue_page, name) for name in one["tables"]}
        one["tables"] = [[resources(app)[name]["title"], page] for name, page in pages.items()]
    document = {
        "economies": {code: known[code] for code in sorted(codes, key=known.__getitem__)},
        "colors": {code: pair[0] for code, pair in config.brief_colors.items()},
        "more": [light for light, _dark in palette.CATEGORIES],
        "first": [code for code in config.brief_peers if code in codes][:4],
        "sources": [[short_citation(listed[key]), f"{bibliography}#{cited[key]}"] for key in order],
        "series": found + stood,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return {NAME: f"window.briefSeries = {text};\n".encode()}


def setup(app: Sphinx) -> None:
    app.add_node(explorer, html=(_visit, None))
