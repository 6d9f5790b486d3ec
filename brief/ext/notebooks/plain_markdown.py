"""A page's text as Markdown that any viewer reads: its nodes, with references resolved, written out.

Roles and directives read as they do on the page; what only a page can do (cards, folds, buttons) is left out.
"""

import posixpath
import re
from itertools import count

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging

from brief.ext import anchors
from brief.ext.citations.metadata import publication
from brief.ext.citations.sources import source
from brief.ext.compat.of_bibliographies import citation_ids, entries
from brief.ext.compat.of_notebooks import CELL, is_part_of_cell
from brief.ext.domain import register
from brief.ext.facts import conditions
from brief.ext.figures.drawings import drawing

Block = str | int  # a paragraph, heading, table ..., or the index of a code cell of the page's notebook
_SILENT = (nodes.Invisible, nodes.raw, nodes.system_message, addnodes.toctree, addnodes.index)
_SPECIAL = re.compile(r"[\\`~]|\*(?=\S)|(?<=\S)\*|(?<!\w)_|_(?!\w)|\](?=\()")
_FIRST = re.compile(r"#+(?=\s)|[+>=-](?=\s)|\d+(?=[.)]\s)")  # of a line that would be no paragraph
_TOLD = re.compile(r"[\s<>$\\]")  # would end an address, or be mathematics
# Jupyter takes what stands between two signs of the dollar for mathematics, also when they are escaped.
_DOLLAR = "<span>&#36;</span>"


class cell_place(nodes.General, nodes.Element):
    """Where the cell `index` of the page's notebook stands."""


def blocks(app: Sphinx, docname: str) -> list[Block]:
    """The text of a page between its code cells, and where these stand. A figure is there in words: its cell draws."""
    tree = app.env.get_doctree(docname)
    held: dict[tuple[str, str], list[str]] = {}
    for test in register(app.env).of("conditions", docname):
        said = f"Holds while: {test['says']}: {conditions.shown(test)}"
        named = anchors.figure(docname, test["id"]) if test["kind"] == "figure" else test["id"]
        held.setdefault((test["kind"], named), []).append(said)
    for drawn in list(tree.findall(drawing)):  # viewers have no place for an image's words
        told = (drawn["subtitle"], f"In words: {drawn['alt']}", *held.get(("figure", drawn["label"]), []))
        drawn.replace_self([nodes.paragraph("", text) for text in told])
    for cell in list(tree.findall(lambda node: is_part_of_cell(node, CELL))):
        cell.replace_self(cell_place(index=cell["cell_index"]))
    for box in tree.findall(lambda node: isinstance(node, nodes.container) and "finding" in node):
        box += [nodes.paragraph("", text) for text in held.get(("finding", box["finding"]), [])]
    with logging.suppress_logging():  # it was said when the page was written
        app.env.apply_post_transforms(tree, docname)
    return _Writer(app, docname).blocks(tree)


class _Writer:
    """Writes the nodes of a page: `blocks` those that hold others or text, `text` what stands in a line."""

    def __init__(self, app: Sphinx, docname: str):
        self.paper, self.folder = publication(app), posixpath.dirname(docname)
        self.numbers = app.env.toc_fignumbers.get(docname, {}).get("figure", {}) if app.config.numfig else {}
        self.figures = app.config.numfig_format.get("figure", "Figure %s")
        known = entries(app.env)
        self.cited = {id: source(known[key]).url for key, id in citation_ids(app.env).items() if key in known}

    def blocks(self, node: nodes.Node) -> list[Block]:
        if isinstance(node, _SILENT):
            return []
        if own := getattr(self, f"_{type(node).__name__}", None):
            return own(node)
        if isinstance(node, nodes.Admonition):
            return _quoted([f"**{type(node).__name__.capitalize()}**", *self.within(node)])
        if isinstance(node, nodes.TextElement | nodes.Text | nodes.Inline):
            text = self.text(node).strip()
            if first := _FIRST.match(text):
                text = f"{first[0]}\\{text[first.end() :]}" if first[0].isdigit() else f"\\{text}"
            return [text] if text else []
        return self.within(node)

    def within(self, node: nodes.Element) -> list[Block]:
        return [block for child in node.children for block in self.blocks(child)]

    def _cell_place(self, node) -> list[Block]:
        return [node["index"]]

    def _title(self, node) -> list[Block]:
        if not isinstance(node.parent, nodes.section):
            return [f"**{self.line(node)}**"]
        parent, depth = node.parent, 0
        while parent is not None:
            depth, parent = depth + isinstance(parent, nodes.section), parent.parent
        return [f"{'#' * depth} {self.line(node)}"]

    def _admonition(self, node) -> list[Block]:
        return _quoted(self.within(node))

    _topic = _sidebar = _block_quote = _admonition

    def _container(self, node) -> list[Block]:
        return _quoted(self.within(node)) if "finding" in node["classes"] else self.within(node)

    def _figure(self, node) -> list[Block]:
        """The number, title and papers of a figure: its cell draws it."""
        number = next((self.numbers[id] for id in node["ids"] if id in self.numbers), None)
        found = [block for block in self.within(node) if isinstance(block, str)]
        if number and found:
            found[0] = f"**{self.figures % '.'.join(map(str, number))}.** {found[0]}"
        return ["  \n".join(found)]

    def _image(self, node) -> list[Block]:
        return [f"*{escaped(node['alt'])}*"] if node.get("alt") else []

    def _bullet_list(self, node) -> list[Block]:
        return self._list(node, ("-" for _ in count()))

    def _enumerated_list(self, node) -> list[Block]:
        return self._list(node, (f"{number}." for number in count(node.get("start", 1))))

    def _list(self, node, marks) -> list[Block]:
        items = [
            _behind(f"{mark} ", _only_text(self.within(item))) for mark, item in zip(marks, node.children, strict=False)
        ]
        return ["\n".join(items)]

    def _definition_list(self, node) -> list[Block]:
        items = []
        for item in node.children:
            said = ", ".join(self.line(child) for child in item.children if isinstance(child, nodes.term))
            told = self.texts(item[-1]) or [""]
            items.append(_behind("- ", [f"**{said}**: {told[0]}".strip(), *told[1:]]))
        return ["\n".join(items)]

    def _field_list(self, node) -> list[Block]:
        rows = [(self.line(field[0]), " ".join(self.texts(field[1]))) for field in node.children]
        return ["\n".join(f"- **{name}**: {body}" for name, body in rows)]

    def _literal_block(self, node) -> list[Block]:
        said = node.astext().rstrip("\n")
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", said)), 3)
        return [f"{fence}{node.get('language', '')}\n{said}\n{fence}"]

    def _math_block(self, node) -> list[Block]:
        return [f"$$\n{node.astext()}\n$$"]

    def _transition(self, node) -> list[Block]:
        return ["---"]

    def _footnote(self, node) -> list[Block]:
        return _only_text([f"\\[{self.line(node[0])}\\] {' '.join(self.texts(node)[1:])}"])

    def _table(self, node) -> list[Block]:
        head = [row for part in node.findall(nodes.thead) for row in part.children]
        rows = [row for part in node.findall(nodes.tbody) for row in part.children]
        cells = [[self._entry_of(entry) for entry in row.children] for row in [*head, *rows]]
        if not head:
            cells.insert(0, [""] * len(cells[0]))
        cells.insert(1, ["---"] * len(cells[0]))
        titles = [f"**{self.line(child)}**" for child in node.children if isinstance(child, nodes.title)]
        return [*titles, "\n".join(f"| {' | '.join(row)} |" for row in cells)]

    def _entry_of(self, entry) -> str:
        return "<br>".join(" ".join(text.split()).replace("|", r"\|") for text in self.texts(entry))

    def texts(self, node) -> list[str]:
        """The blocks of a node that has no cells."""
        return _only_text(self.within(node))

    def line(self, node: nodes.Element) -> str:
        """The text of a node, on one line."""
        return " ".join("".join(map(self.text, node.children)).split())

    def text(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Text):
            return escaped(node.astext())
        if isinstance(node, nodes.literal):
            said = node.astext()
            return f"`` {said} ``" if "`" in said else f"`{said}`"
        if isinstance(node, nodes.math):
            return f"${node.astext()}$"
        if isinstance(node, nodes.image):
            return escaped(node.get("alt", ""))
        if isinstance(node, _SILENT):
            return ""
        said = "".join(map(self.text, node.children))
        if isinstance(node, nodes.footnote_reference):
            return f"\\[{said}\\]"
        if isinstance(node, nodes.subscript | nodes.superscript):
            return f"<{type(node).__name__[:3]}>{said}</{type(node).__name__[:3]}>"
        if isinstance(node, nodes.reference):
            address = self.address(node)
            return f"[{said}]({_TOLD.sub(_coded, address)})" if address and said else said
        sign = {nodes.emphasis: "*", nodes.title_reference: "*", nodes.strong: "**"}.get(type(node), "")
        inner = said.strip()  # a sign beside a space is none
        return said.replace(inner, f"{sign}{inner}{sign}") if sign and inner else said

    def address(self, node: nodes.reference) -> str:
        """Where a reference leads from outside the book: a source's own address, or the published page; else ""."""
        target = node.get("refuri", "")
        if not node.get("internal"):
            return target
        page, _, anchor = target.partition("#")
        if "fact" in node["classes"] or not page:  # numbers read as text; what is on this page is at hand
            return ""
        if anchor in self.cited:
            return self.cited[anchor]
        return self.paper.file(posixpath.normpath(posixpath.join(self.folder, target)))


def _coded(found: re.Match) -> str:
    return f"%{ord(found[0]):02X}"


def escaped(text: str) -> str:
    """Text that Markdown reads as just that."""
    text = re.sub(r"&(?=#?\w+;)", "&amp;", re.sub(r"<(?=[\w/!?])", "&lt;", text))
    return _SPECIAL.sub(r"\\\g<0>", text).replace("$", _DOLLAR)


def _only_text(found: list[Block]) -> list[str]:
    return [block for block in found if isinstance(block, str)]


def _behind(mark: str, texts: list[str]) -> str:
    """An item of a list: its first line behind its mark, the others below that."""
    return mark + "\n\n".join(texts).replace("\n", "\n" + " " * len(mark)).replace(" " * len(mark) + "\n", "\n")


def _quoted(found: list[Block]) -> list[Block]:
    """Blocks as one quotation, with the cells among them behind it."""
    lines = "\n\n".join(_only_text(found)).splitlines()
    return ["\n".join(f"> {line}".rstrip() for line in lines), *(block for block in found if isinstance(block, int))]
