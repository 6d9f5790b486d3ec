"""Figures on the page: title, subtitle, the drawing in two widths, source line; numbered by Sphinx."""

import re
from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from brief import palette
from brief.build.parts import separated, table_link
from brief.build.register import chapter_of


class drawing(nodes.General, nodes.Element):
    """A chart's static drawings (`svg` by width name), its `subtitle` and its `alt` text."""


def label(docname: str, id: str) -> str:
    """The cross-reference label of a figure: "hardware-top500-share"."""
    return nodes.fully_normalize_name(f"{chapter_of(docname)}-{id}")


def figure_node(myst, record: dict, line: int) -> nodes.figure:
    """A docutils figure for a record: caption first (the point), then the drawing, then the papers."""
    figure = nodes.figure(classes=["brief-figure"])
    name = label(myst.sphinx_env.docname, record["id"])
    figure["names"].append(name)
    figure += nodes.caption("", record["title"])
    figure += drawing(svg=record["svg"], alt=record["alt"], subtitle=record["subtitle"])
    legend = nodes.legend()
    if record["note"]:
        legend += nodes.paragraph("", "", nodes.Text("Note: " + record["note"]), classes=["figure-note"])
    source = nodes.paragraph(classes=["figure-source"])
    source += nodes.Text("Source: " if len(record["sources"]) == 1 else "Sources: ")
    source += _cite(myst, record["sources"], line)
    links = [table_link(table, myst.sphinx_env.docname) for table in record["tables"]]
    source += [nodes.Text(". Data: "), *separated(links), nodes.Text(".")]
    legend += source
    figure += legend
    for node in figure.findall():
        node.line, node.source = line, myst.document["source"]
    myst.document.note_explicit_target(figure, figure)
    return figure


def _cite(myst, keys: list[str], line: int) -> list[nodes.Node]:
    """Citations through the role, so that the bibliography knows that this page cites them."""
    holder = nodes.paragraph()
    with myst.current_node_context(holder):
        myst.nested_render_text(f"{{cite:alp}}`{','.join(keys)}`", line, inline=True)
    return holder.children


def themed(svg: str) -> str:
    """`svg` with each house colour as a CSS variable, so that one drawing is right in light and dark."""
    by_light = {light: name for name, (light, _dark) in palette.variables().items()}

    def variable(match: re.Match) -> str:
        color = match.group(2).lower()
        return f'{match.group(1)}var(--brief-{by_light[color]},{color})"' if color in by_light else match.group(0)

    return re.sub(r'((?:fill|stroke)=")(#[0-9a-fA-F]{6})"', variable, svg)


def _visit_drawing_html(self, node):
    self.body.append(f'<p class="figure-subtitle">{escape(node["subtitle"])}</p>\n')
    for form, svg in sorted(node["svg"].items(), reverse=True):
        opening = f'<svg role="img" aria-label="{escape(node["alt"], quote=True)}" '
        art = themed(svg).replace("<svg ", opening, 1)
        self.body.append(f'<div class="drawing drawing-{form}">{art}</div>\n')


def _depart_drawing_html(self, node):
    pass


def _visit_drawing_text(self, node):
    self.add_text(node["alt"])
    raise nodes.SkipNode


def _visit_drawing_latex(self, node):
    self.body.append(self.encode(node["alt"]))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    html = (_visit_drawing_html, _depart_drawing_html)
    app.add_node(
        drawing,
        html=html,
        epub=html,
        text=(_visit_drawing_text, None),
        latex=(_visit_drawing_latex, None),
    )
