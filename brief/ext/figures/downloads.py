"""What a figure is downloaded and embedded as: a folder of files beside the pages, and a small page of its own.

figures/<chapter>-<id>/ holds <chapter>-<id>.csv, .svg, .png and .zip, index.html and, when there is something to act
on, live.js. All follow from the figure's record, the bibliography and CITATION.cff alone.
"""

import csv
import io
import json
import re
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from brief import formats, project, vegalite
from brief.ext import anchors
from brief.ext.citations import csl, reference_files, tags
from brief.ext.citations.metadata import publication
from brief.ext.citations.sources import source
from brief.ext.compat.of_bibliographies import entries
from brief.ext.content_security import policed
from brief.ext.domain import register
from brief.ext.figures import prerender
from brief.ext.figures.drawings import menu, themed
from brief.ext.figures.safe_csv import safe
from brief.ext.nodes import way_up
from brief.ext.output import json_file, zipped
from brief.ext.phone_tables import too_wide
from brief.ext.templating import render
from brief.poster import poster

FOLDER = "figures"
_LAST_YEAR = 2100  # above it a whole number is a count, and its thousands are parted
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SCALE = 2  # pixels of the PNG for one of the drawing


def resources(app: Sphinx) -> dict[str, dict]:
    """The tables' descriptors by name; read once in a build, for all figures."""
    if not hasattr(app, "brief_resources"):
        package = project.package(project.find_root(Path(app.srcdir)))
        app.brief_resources = {entry["name"]: entry for entry in package["resources"]}
    return app.brief_resources


class Papers:
    """All that is said of one figure outside its chapter."""

    def __init__(self, app: Sphinx, docname: str, record: dict):
        known = entries(app.env)
        self.record, self.docname, self.name = record, docname, anchors.figure(docname, record["id"])
        self.chapter = app.env.titles[docname].astext()
        self.number = ".".join(map(str, app.env.toc_fignumbers.get(docname, {}).get("figure", {}).get(self.name, ())))
        found = [source(known[key]) for key in record["sources"]]
        self.sources = [(each.short, each.url) for each in found]
        self.keys = record["sources"]
        self.resources, self.config = resources(app), app.config
        self.paper = publication(app)
        self.address = self.paper.file(f"{FOLDER}/{self.name}/index.html")
        image = self.paper.file(f"{FOLDER}/{self.name}/{self.name}.png")
        self.tags = tags.tags(app, tags.FIGURE, record["title"], record["subtitle"], self.address, card=image)
        self.item = csl.figure_item(app, docname, self.name, record["title"], self.number)
        self.citations = csl.styled(self.item)
        self.short = ", ".join(filter(None, (self.paper.short, self.paper.base)))

    @property
    def height(self) -> int:
        """Pixels that the figure's own page needs in an iframe of the drawing's width."""
        tall = re.search(r'\bheight="([\d.]+)"', self.record["svg"]["wide"])
        return (
            60 + round(float(tall.group(1))) + 190 + 28 * len(self.record["controls"]) + 24 * len(self.record["late"])
        )

    @property
    def source_line(self) -> str:
        """ "Source: Guild (2024)." """
        names = "; ".join(name for name, _ in self.sources)
        return f"Source{'s' * (len(self.sources) > 1)}: {names}."

    def csv(self) -> bytes:
        """The rows and columns drawn; texts that a spreadsheet would run are made harmless."""
        data = self.record["data"]
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(data["columns"])
        writer.writerows([["" if cell is None else cell for cell in row] for row in data["rows"]])
        return safe(out.getvalue().encode(), {"fields": self.fields()})

    def fields(self) -> list[dict]:
        """The columns as Table Schema: described as in their table where they stand in one."""
        tables = [self.resources[name] for name in self.record["tables"] if name in self.resources]
        known = {field["name"]: field for table in tables for field in table["schema"]["fields"]}
        shown = zip(*(self.record["data"][part] for part in ("columns", "titles", "types")), strict=True)
        keep = ("description", "unit")
        return [
            {"name": name, "type": kind, "title": title} | {k: v for k, v in known.get(name, {}).items() if k in keep}
            for name, title, kind in shown
        ]

    def rows(self) -> list[list[str]]:
        """The data as a page shows them: numbers with the digits that count, days in words, sources as cited."""
        data = self.record["data"]
        columns = [*zip(data["columns"], data["types"], strict=True)]
        cited = {key: short for key, (short, _url) in zip(self.keys, self.sources, strict=True)}
        return [
            [
                cited.get(value, value) if name == "source" else _shown(value, kind)
                for value, (name, kind) in zip(row, columns, strict=True)
            ]
            for row in data["rows"]
        ]

    def package(self) -> dict:
        """A Data Package descriptor of the figure's data."""
        resource = {
            "name": self.name,
            "path": f"{self.name}.csv",
            "profile": "tabular-data-resource",
            "title": self.record["title"],
            "description": self.record["subtitle"],
            "sources": [{"title": name, "path": url} if url else {"title": name} for name, url in self.sources],
            "schema": {"fields": self.fields(), "missingValues": [""]},
        }
        terms = [{"name": name, "path": address} for name, address in self.paper.licences.items()]
        return {"name": self.name, "profile": "tabular-data-package", "licenses": terms, "resources": [resource]}

    def readme(self) -> str:
        """What is in the zip, and the two citations: of the figure, of its data."""
        data = "\n".join(f"- {name} {url}".rstrip() for name, url in self.sources)
        terms = "\n".join(f"- {name}: {self.resources[name]['licence_note']}" for name in self.record["tables"])
        return render("figure-readme.md", papers=self, record=self.record, data=data, terms=terms, fields=self.fields())

    @cached_property
    def sheet(self) -> str:
        """The figure as an image that travels alone."""
        note = [f"Note: {self.record['note']}"] if self.record["note"] else []
        return poster(
            self.record["svg"]["wide"],
            self.record["title"],
            self.record["subtitle"],
            [*note, *self.record["late"], self.source_line, self.short],
        )

    def page(self) -> str:
        """The figure's own page: for an iframe, with its table and its downloads."""
        drawings = {form: themed(svg, self.config) for form, svg in sorted(self.record["svg"].items(), reverse=True)}
        table_page = partial(anchors.table_page, self.config.brief_catalogue_page)
        heads, rows = self.record["data"]["titles"], self.rows()
        page = render(
            "figure.html",
            papers=self,
            record=self.record,
            drawings=drawings,
            heads=heads,
            rows=rows,
            stacks=too_wide([heads, *rows]),
            tables=[(name, f"../../{table_page(name)}") for name in self.record["tables"]],
            address=self.address,
            tags=self.tags,
            favicon=Path(self.config.html_favicon or "").name,
        )
        return policed(page)


def _shown(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == "boolean":
        return "yes" if value else "no"
    if kind == "string" and _DAY.fullmatch(value):
        kind = "date"
    if kind == "integer" and value > _LAST_YEAR:
        return formats.render(value, ",")
    fmt = {"number": "number", **formats.OF_TYPE}.get(kind)
    return formats.render(value, fmt) if fmt else str(value)


def menu_html(papers: Papers, folder: str) -> str:
    """What stands under a figure on its page; `folder` leads from there to the site's top."""
    catalogue = papers.config.brief_catalogue_page
    return render(
        "figure-menu.html",
        papers=papers,
        at=f"{folder}{FOLDER}/{papers.name}/",
        embed=papers.address,
        height=papers.height,
        tables=[(name, folder + anchors.table_page(catalogue, name)) for name in papers.record["tables"]],
    )


def files(root: Path, papers: Papers) -> dict[str, bytes]:
    """Every file of a figure's folder, by name."""
    name, sheet = papers.name, papers.sheet
    made = {
        f"{name}.csv": papers.csv(),
        f"{name}.svg": sheet.encode(),
        f"{name}.png": vegalite.drawn("png", sheet, SCALE),
    }
    made |= reference_files.files(name, papers.item)
    licence = (root / "LICENSE-TEXT").read_bytes()
    more = {"datapackage.json": json_file(papers.package()), "README.md": papers.readme().encode(), "LICENSE": licence}
    made[f"{name}.zip"] = zipped(made | more)
    made["index.html"] = papers.page().encode()
    if papers.record["live"]:
        live = json.dumps(papers.record["live"], ensure_ascii=False, sort_keys=True)
        made["live.js"] = f"(window.briefLive ??= {{}})[{json.dumps(name)}] = {live};\n".encode()
    return made


def all_papers(app: Sphinx) -> dict[str, Papers]:
    """Those of every figure by its label; made once a build, when all pages are read."""
    if not hasattr(app, "brief_papers"):
        made = (Papers(app, *figure) for figure in register(app.env).everything("figures"))
        app.brief_papers = {papers.name: papers for papers in made}
    return app.brief_papers


def foresee(app: Sphinx, _builder) -> None:
    """Have each figure's image drawn."""
    prerender.wanted.extend(("png", papers.sheet, SCALE) for papers in all_papers(app).values())


def figure_files(app: Sphinx) -> dict[str, bytes]:
    """Each figure's folder of files, by path."""
    root, wanted = project.find_root(Path(app.srcdir)), {}
    for name, papers in all_papers(app).items():
        wanted |= {f"{name}/{file}": content for file, content in files(root, papers).items()}
    return wanted


def _visit_menu_html(self, node):
    docname = self.builder.current_docname
    papers = all_papers(self.builder.app)[anchors.figure(docname, node["figure"])]
    self.body.append(menu_html(papers, way_up(self.builder, docname)))
    if node.children:
        icon, whose = (
            '<span class="tool-icon tool-code" aria-hidden="true"></span>',
            '<span class="sr-only"> of this figure</span>',
        )
        self.body.append(f"<details><summary>{icon}Code{whose}</summary>\n<div>\n")


def _depart_menu_html(self, node):
    self.body.append("</div></details>\n</div>\n" if node.children else "</div>\n")


def setup(app: Sphinx) -> None:
    app.add_node(menu, html=(_visit_menu_html, _depart_menu_html))
