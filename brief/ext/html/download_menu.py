"""What a page can be taken away as: the menu in its header, and each chapter's notebook.

A notebook runs in a clone of the book with its requirements installed; it says so at its top.
"""

import re

import nbformat
from sphinx.application import Sphinx

from brief.ext.citations.metadata import publication
from brief.ext.citations.sources import short_citation
from brief.ext.compat.of_bibliographies import entries
from brief.ext.compat.of_notebooks import read_notebook
from brief.ext.compat.of_theme import NOTEBOOK_BUTTON, download_menu
from brief.ext.domain import chapters, is_chapter, register
from brief.ext.facts.quotes import quoted
from brief.ext.nodes import way_up
from brief.names import chapter_of

FOLDER, DOWNLOADS = "notebooks", "downloads"
# Roles and directives that only the book can show, as words.
_ROLE = re.compile(r"\{(fact|cite:p|cite:t|numref|term)\}`([^`]+)`")
_FINDING = re.compile(r":::\{finding\}[^\n]*\n((?::[a-z]+:[^\n]*\n)*)(.*?):::", re.DOTALL)
_DIRECTIVE = re.compile(r"```\{[a-z-]+\}[^\n]*\n```\n?")


def _button(url: str, text: str, what: str) -> dict:
    return {"type": "link", "url": url, "text": text, "icon": "fas fa-download", "tooltip": what, "label": "take-away"}


def offer(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Fill the header's menu: the notebook and the source of a chapter, PDF and EPUB of an edition, printing."""
    menu = download_menu(context)
    if menu is None:
        return
    up, chapter = way_up(app.builder, pagename), is_chapter(pagename)
    name = chapter_of(pagename) if chapter else "brief"
    offered = []
    if publication(app).frozen and (chapter or pagename == app.config.root_doc):
        offered.append(_button(f"{up}{DOWNLOADS}/{name}.pdf", "PDF", "This chapter as PDF" if chapter else "PDF"))
        offered += [] if chapter else [_button(f"{up}{DOWNLOADS}/brief.epub", "EPUB", "The brief as EPUB")]
    if chapter:
        offered.append(_button(f"{up}{FOLDER}/{name}.ipynb", "Notebook", "This chapter as a notebook to run"))
    menu["buttons"] = offered + [button for button in menu["buttons"] if button.get("label") != NOTEBOOK_BUTTON]


class _Words:
    """How the book's roles read in a page, as plain text."""

    def __init__(self, app: Sphinx, docname: str):
        self.app, self.docname = app, docname
        self.entries = entries(app.env)

    def role(self, found: re.Match) -> str:
        kind, target = found.groups()
        if kind == "fact":
            name, _, fmt = target.partition("|")
            return quoted(register(self.app.env), self.docname, name.strip(), fmt.strip()) or found.group(0)
        if kind.startswith("cite"):
            keys = [key.strip() for key in target.split(",")]
            return f"({'; '.join(short_citation(self.entries[key]) for key in keys if key in self.entries)})"
        return re.sub(r" <[^>]*>$", "", target) if kind == "term" else "the figure below"

    def finding(self, found: re.Match) -> str:
        options = dict(re.findall(r":([a-z]+): (.*)", found.group(1)))
        said = f"**Finding** ({options['confidence']} confidence: {options['because']}). {found.group(2).strip()}"
        return "> " + said

    def __call__(self, text: str) -> str:
        text = _DIRECTIVE.sub("", _FINDING.sub(self.finding, text))
        return _ROLE.sub(self.role, re.sub(r"^\([\w-]+\)=\n", "", text, flags=re.MULTILINE))


def notebook(app: Sphinx, docname: str, read) -> str:
    """A chapter, as MyST-NB reads it, as a notebook without outputs, in JSON."""
    paper = publication(app)
    words = _Words(app, docname)
    head = (
        f"This is a chapter of *{paper.title}*, edition {paper.version}: {paper.address(docname)}\n\n"
        "To run it, clone the book, `pip install -r requirements.txt` there, and save this file in its `chapters/` "
        "folder. The numbers in the text below are those of the day it was downloaded; the cells compute them anew."
    )
    made = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    made.cells = [nbformat.v4.new_markdown_cell(head)]
    for cell in read.cells:
        if cell.cell_type == "code":
            made.cells.append(nbformat.v4.new_code_cell(cell.source))
        elif text := words(cell.source).strip():
            made.cells.append(nbformat.v4.new_markdown_cell(text))
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"  # nbformat's own are random
    return nbformat.writes(made) + "\n"


def notebook_files(app: Sphinx) -> dict[str, bytes]:
    """Each chapter's notebook."""
    read = {doc: read_notebook(app.env, doc) for doc in chapters(app.env)}
    made = {f"{chapter_of(doc)}.ipynb": notebook(app, doc, cells) for doc, cells in read.items() if cells is not None}
    return {name: text.encode() for name, text in made.items()}
