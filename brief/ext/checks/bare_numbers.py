"""No bare numbers: a quantity in a chapter's prose, titles or captions is a fact, or the build says where it is not.

Checked on the page as it was read, before facts are filled in, so whatever number is left is typed by hand.
What figures say is checked in their records; strings in cells that become alt text and words of conditions in the
source: what an f-string computes is a fact, what it spells out is not.
"""

import ast
import re
from collections.abc import Iterable
from functools import cache

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from brief import settings
from brief.ext.citations.metadata import publication
from brief.ext.compat.of_notebooks import read_notebook
from brief.ext.domain import register
from brief.ext.execution import notebook as notebooks
from brief.ext.figures.drawings import drawing
from brief.ext.reading.source_line import source_line

logger = logging.getLogger(__name__)

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What may stand bare, in this order. A number glued to letters (A4, B-52, 2021Q4) is a name; {names} and {units}
# are the book's own (brief_number_names, brief_number_units).
_ALLOWED = (
    r"\bhttps?://\S+",
    r"\b(?:1[89]|20)\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?\b",  # 2024-05-23
    rf"\b\d{{1,2}}(?:[a-z]{{2}})? (?:{MONTHS})\b",  # 24 February
    rf"\b(?:{MONTHS}) \d{{1,2}}(?:, (?=\d{{4}}))?\b",  # February 24
    r"\b(?:1[89]|20)\d\d(?:s|Q[1-4])?(?:[–-](?:\d\d|(?:1[89]|20)\d\d))?\b",  # 2022, 1990s, 2021Q4, 2003-2022
    r"\b(?:{names})(?: (?:Lite|Pro|Max|Ultra))? \d[\w.]*",  # version numbers: Dough Max 2.0
    r"\b(?:[Dd]ecree|[Ll]aw|[Aa]rticle|[Rr]egulation|[Oo]rder|Figure|Table|No\.?|Phase) \d[\d./-]*\w*",
    r"\b(?:[Ss]ection|[Cc]hapter|[Pp]aragraph) \d[\d.]*",
    r"\b[^\W\d]+[-‑]?\d[\w.\-]*",  # A4, B-52, Top10, v3
    r"\b(?i:thousand|million|billion|trillion) (?:{units})\b",
    r"\b9[059]% intervals?\b",
    r"\bthird (?:country|countries|part(?:y|ies))\b",
    r"\b(?:both|on the one hand|one another|twice a year|half-years?)\b",
)
_COUNTS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?"
)
_SIZES = (
    r"half|halved|halves|halving|twice|thrice|doubl\w+|tripl\w+|trebl\w+|quadrupl\w+|(?:two|three|four|five|six|ten|hundred|thousand|several|many)fold"
    r"|(?:a|one|two|three)[- ](?:third|quarter|fifth|tenth)s?|thirds|fifths|tenths|scores of"
)
BARE = re.compile(rf"\d[\d.,]*|\b(?:{_SIZES}|{_COUNTS})\b", re.IGNORECASE)
# Text that is not our prose: code, formulas, marks of footnotes, what a record computed, what is wrong anyhow.
_FOREIGN = (nodes.literal, nodes.literal_block, nodes.comment, nodes.raw, drawing, nodes.math, nodes.math_block)
_FOREIGN += (nodes.footnote_reference, nodes.label, nodes.problematic, nodes.system_message)
_COMPUTED = {"generated", "brief-figure"}  # classes of what a record wrote
_SPOKEN = ("alt", "says")  # of what cells say


@cache
def allowed_patterns(names: tuple[str, ...], units: tuple[str, ...]) -> list[re.Pattern]:
    """What may stand bare in a book with these names and units; an empty list of either allows nothing."""
    own_names, own_units = ("|".join(map(re.escape, words)) or "(?!)" for words in (names, units))
    filled = (pattern.replace("{names}", own_names).replace("{units}", own_units) for pattern in _ALLOWED)
    return [re.compile(pattern) for pattern in filled]


def bare_numbers(text: str, names: Iterable[str] = (), units: Iterable[str] = ()) -> list[str]:
    """The quantities in `text` that are neither facts nor allowed by rule.

    names, units: of the book, as its settings brief_number_names and brief_number_units have them.
    """
    for allowed in allowed_patterns(tuple(names), tuple(units)):
        text = allowed.sub(lambda found: " " * len(found.group(0)), text)
    return [found.group(0).rstrip(".,") for found in BARE.finditer(text)]


def spoken_strings(code: str) -> list[tuple[int, str]]:
    """(line, text) of the literal parts of alt texts and words of conditions in a cell, as written.

    Those are the arguments of that name, and what is assigned to a name such as `alt_text`.
    """
    found = []
    try:
        tree = ast.parse(code)
    except SyntaxError:  # running it will say so, with its line
        return found
    for node in ast.walk(tree):
        spoken = []
        if isinstance(node, ast.Call):
            spoken = [keyword.value for keyword in node.keywords if keyword.arg in _SPOKEN]
        elif isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id.removesuffix("_text") in _SPOKEN for t in targets):
                spoken = [node.value]
        for value in spoken:
            parts = value.values if isinstance(value, ast.JoinedStr) else [value]
            found += [
                (value.lineno, p.value) for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)
            ]
    return found


def _report(docname: str, line: int | None, words: list[str], context: str) -> None:
    quoted = ", ".join(f'"{word}"' for word in words)
    message = f'bare number {quoted} in "{" ".join(context.split())[:90]}": quote a fact'
    logger.warning(message, location=(docname, line), type="brief", subtype="number")


def _own(app: Sphinx) -> tuple[list[str], list[str]]:
    return app.config.brief_number_names, app.config.brief_number_units


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of each bare number in a chapter, with file, line and the words around it."""
    docname = app.env.docname
    if not settings.is_chapter(docname, app.config) and docname != app.config.root_doc:
        return
    edition = publication(app).version  # which {{ edition }} has filled in
    spoken = [(text, text.astext()) for text in doctree.findall(nodes.Text) if not _is_foreign(text)]
    spoken += [(image, image.get("alt", "")) for image in doctree.findall(nodes.image)]
    for node, text in spoken:
        if words := bare_numbers(text.replace(edition, ""), *_own(app)):
            block = node.parent
            while block.line is None and block.parent is not None:
                block = block.parent
            part = next((part for part in text.splitlines() if words[0] in part), text)
            _report(docname, source_line(app.env.doc2path(docname), block.line, part.strip()), words, text)
    for test in register(app.env).of("tests", docname):
        says = test["test"].partition(": ")[2]
        if test["kind"] != "figure" and (words := bare_numbers(says, *_own(app))):  # of a figure they are its title's
            _report(docname, test["line"], words, says)
    for figure in register(app.env).of("figures", docname):
        if words := bare_numbers(figure["spelled"], *_own(app)):
            _report(docname, figure["line"], words, figure["spelled"])


def _is_foreign(text: nodes.Text) -> bool:
    """Whether a text is none of the page's own sentences, or part of a name: CO2."""
    holder = text.parent
    if isinstance(holder, nodes.superscript | nodes.subscript):
        place = holder.parent.index(holder)
        if place and holder.parent[place - 1].astext()[-1:].isalpha():
            return True
    while holder is not None:
        named = isinstance(holder, _FOREIGN) or holder.tagname == "pending_xref"
        if named or _COMPUTED & set(holder.get("classes", ())):
            return True
        holder = holder.parent
    return False


def check_cells(app: Sphinx, docname: str, source: list[str]) -> None:
    """Warn of bare numbers spelled out in the alt texts and words of conditions of a chapter's cells."""
    notebook = read_notebook(app.env, docname)
    for cell in notebooks.code_cells(notebook) if notebook else ():
        for line, text in spoken_strings(cell.source):
            if words := bare_numbers(text, *_own(app)):
                _report(docname, notebooks.line_of(app.env, docname, notebook, cell, line), words, text)
