"""Small parts that pages are made of: a plain table, a fold, citations of sources, links to tables."""

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config

from brief.ext import anchors


class fold(nodes.General, nodes.Element):
    """A closed fold: a `summary` line, and children that open under it; one of class "to-print" is open on paper."""


def plain_table(head, rows, classes=(), ids=None) -> nodes.table:
    """A docutils table. A cell is a string or a list of nodes; `ids` gives each row an anchor."""
    table = nodes.table(classes=[*classes, "brief-table"])
    group = nodes.tgroup(cols=len(head))
    table += group
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", _row(head))
    body = nodes.tbody("", *[_row(cells) for cells in rows])
    for row, id in zip(body, ids or [], strict=False):
        row["ids"].append(id)
    group += body
    return table


def _row(cells) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        inline = not isinstance(cell, str) and all(isinstance(n, nodes.Text | nodes.Inline) for n in cell)
        content = [nodes.paragraph("", cell)] if isinstance(cell, str) else cell
        row += nodes.entry("", *([nodes.paragraph("", "", *cell)] if inline else content))
    return row


def cite(keys: list[str], docname: str) -> nodes.Node:
    """Citations of source `keys`, to be resolved by sphinxcontrib-bibtex: author and year, linked."""
    joined = ",".join(keys)
    about = {"refdomain": "cite", "reftype": "alp", "reftarget": joined, "refdoc": docname}
    return addnodes.pending_xref("", nodes.inline(text=joined), refexplicit=False, refwarn=True, **about)


def way_up(builder, docname: str) -> str:
    """What leads from a page to the site's top: "../", or nothing."""
    return builder.get_relative_uri(docname, "index").removesuffix("index.html")


def table_uri(config: Config, table: str, docname: str) -> str:
    """What leads from a page to a table's own."""
    return "../" * docname.count("/") + anchors.table_page(config.brief_catalogue_page, table)


def table_link(config: Config, table: str, docname: str, title: str = "") -> nodes.Node:
    """A link to a table's page, by its title where that is given, or by its name, broken after its folder."""
    link = nodes.reference("", title, internal=True, refuri=table_uri(config, table, docname), table=table)
    if title:
        link["reftitle"] = table
        return link
    folder, slash, name = table.rpartition("/")
    link += [nodes.Text(folder + slash), nodes.raw("", "<wbr>", format="html"), nodes.Text(name)]
    return link


def separated(items: list[nodes.Node], by: str = ", ") -> list[nodes.Node]:
    """`items` with text between them."""
    result = []
    for i, item in enumerate(items):
        result += [nodes.Text(by), item] if i else [item]
    return result


def _visit_fold(self, node):
    self.body.append(f'<details class="{" ".join(["fold", *node["classes"]])}"><summary>{node["summary"]}</summary>\n')


def _depart_fold(self, node):
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    app.add_node(fold, html=(_visit_fold, _depart_fold))
