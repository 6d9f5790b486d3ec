"""Each chapter as a notebook, with what its run left: charts, and facts with how they were computed.

It says of which edition it is and how to run it. A chapter's notebook is made when its page is written: both show the
same.
"""

from pathlib import Path

import nbformat
from sphinx.application import Sphinx

from brief import project, settings
from brief.ext.citations.metadata import publication
from brief.ext.compat.of_notebooks import execution_settings, read_notebook
from brief.ext.domain import chapters
from brief.ext.execution.run_cache import Runs
from brief.ext.notebooks.plain_markdown import Block, blocks
from brief.ext.notebooks.quoted_elsewhere import listed
from brief.names import chapter_of
from brief.records import MIME_TYPES, RECORDED

FOLDER = "notebooks"


def note(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Remember that a chapter's page is being written."""
    if settings.is_chapter(pagename, app.config):
        app.brief_notebooks = [*getattr(app, "brief_notebooks", []), pagename]


def notebook_files(app: Sphinx) -> dict[str, bytes]:
    """Each chapter's notebook; that of a page which stays as it was stays too."""
    made, written = {}, getattr(app, "brief_notebooks", [])
    for doc in chapters(app.env):
        name = f"{chapter_of(doc)}.ipynb"
        there = Path(app.outdir) / FOLDER / name
        if doc not in written and there.is_file():
            made[name] = there.read_bytes()
        elif (read := read_notebook(app.env, doc)) is not None:
            made[name] = notebook(app, doc, _ran(app, read)).encode()
    return made


def _ran(app: Sphinx, read):
    """What MyST-NB read, with the outputs of its run where the cache has that."""
    config = execution_settings(app.env)
    if config.execution_mode != "cache":
        return read
    return Runs(project.find_root(Path(app.srcdir)), config.execution_cache_path).run_of(read) or read


def notebook(app: Sphinx, docname: str, ran) -> str:
    """A chapter and the notebook that ran for it, as a notebook of code, outputs and plain Markdown, in JSON."""
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
    made = nbformat.v4.new_notebook(metadata=about)
    text, last = [_head(app, docname)], -1
    for block in [*blocks(app, docname), *listed(app, docname), len(ran.cells)]:
        if isinstance(block, str):
            text.append(block)
            continue
        made.cells += [nbformat.v4.new_markdown_cell("\n\n".join(text))] if text else []
        # Among them cells that are not on the page, but run.
        made.cells += [_code(cell) for cell in ran.cells[last + 1 : block + 1] if cell.cell_type == "code"]
        text, last = [], block
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"  # nbformat's own are random
    return nbformat.writes(made) + "\n"


def _head(app: Sphinx, docname: str) -> Block:
    paper = publication(app)
    at = f", published at {paper.address(docname)}" if paper.base else ""
    clone = f"`git clone {paper.repository}`" if paper.repository else "get a copy of the book's files"
    return (
        f"> This is a chapter of *{paper.title}*, edition {paper.version} of {paper.day}{at}. "
        "Its charts, and its numbers with their calculations, are stored in it and show without running anything. "
        "Where a chart is only words, the viewer waits for the notebook to be trusted.\n>\n"
        f"> To run it, {clone}, `pip install -r requirements.txt jupyterlab` there, save this file in that "
        f"folder and open it with its Jupyter. The text has the numbers of {paper.day}; the cells compute them "
        "anew from the tables."
    )


def _code(cell):
    """A cell with what viewers show of its outputs: the records in them are for the build."""
    made = nbformat.v4.new_code_cell(cell.source, execution_count=cell.get("execution_count"))
    for output in cell.get("outputs", []):
        if "data" in output:
            output.data = {mime: said for mime, said in output.data.items() if mime not in MIME_TYPES}
            output.metadata.pop(RECORDED, None)
            if not any(output.data.values()):
                continue
        made.outputs.append(output)
    return made
