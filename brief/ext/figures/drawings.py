"""Figures on the page: title, subtitle, the drawing in two widths, source line."""

import re
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from brief import palette
from brief.ext.nodes import way_up
from brief.ext.templating import render


class drawing(nodes.General, nodes.Element):
    """A chart's static drawings (`svg` by width name), its `subtitle` and `alt` text, and what a reader can act on."""


class papers(nodes.General, nodes.Element):
    """What stands under a drawing: note, sources, tables, menu. (docutils' legend would open a second caption.)"""


class menu(nodes.General, nodes.Element):
    """What a figure can be taken away as, drawn by `downloads`: `figure` is the id of its record."""


def shown(record: dict, label: str, source: list[nodes.Node], live: bool) -> nodes.figure:
    """A figure as any page has it: its point, its drawings, note and age, and behind "Source:" the nodes of `source`.

    label: of the figure, whose folder has what a reader can act on. live: whether that is offered here.
    """
    figure = nodes.figure(classes=["brief-figure"])
    figure += nodes.caption("", record["title"])
    about = {key: record[key] for key in ("svg", "alt", "subtitle")}
    figure += drawing(**about, controls=record["controls"] if live else [], label=label, live=live)
    legend = papers()
    if record["note"]:
        legend += nodes.paragraph("", "", nodes.Text("Note: " + record["note"]), classes=["figure-note"])
    for late in record["late"]:
        legend += nodes.paragraph("", "", nodes.Text(late), classes=["figure-late"])
    said = nodes.Text("Source: " if len(record["sources"]) == 1 else "Sources: ")
    legend += nodes.paragraph("", "", said, *source, classes=["figure-source"])
    figure += legend
    return figure


def themed(svg: str, config: Config) -> str:
    """`svg` with each house colour as a CSS variable, so that one drawing is right in light and dark."""
    by_light = {light: name for name, (light, _dark) in palette.variables(config.brief_colors).items()}

    def variable(match: re.Match) -> str:
        color = match.group(2).lower()
        return f'{match.group(1)}var(--brief-{by_light[color]},{color})"' if color in by_light else match.group(0)

    return re.sub(r'((?:fill|stroke)=")(#[0-9a-fA-F]{6})"', variable, svg)


def _visit_drawing_html(self, node):
    folder = way_up(self.builder, self.builder.current_docname)
    live = f' tabindex="0" data-live="{folder}figures/{node["label"]}/live.js"' if node["live"] else ""
    self.body.append(f'<p class="figure-subtitle">{escape(node["subtitle"])}</p>\n')
    if node["controls"]:
        self.body.append(render("figure-controls.html", name=node["label"], controls=node["controls"]))
    alt = escape(node["alt"], quote=True)
    self.body.append(f'<div class="drawings" role="img" aria-label="{alt}" data-figure="{node["label"]}"{live}>\n')
    for form, svg in sorted(node["svg"].items(), reverse=True):
        art = themed(svg, self.config)
        self.body.append(f'<div class="drawing drawing-{form}" data-form="{form}" aria-hidden="true">{art}</div>\n')
    self.body.append("</div>\n")


def _visit_papers_html(self, node):
    self.body.append('<div class="legend">\n')


def _depart_papers_html(self, node):
    self.body.append("</div>\n")


def _depart(self, node):
    pass


def setup(app: Sphinx) -> None:
    app.add_node(drawing, html=(_visit_drawing_html, _depart))
    app.add_node(papers, html=(_visit_papers_html, _depart_papers_html))
