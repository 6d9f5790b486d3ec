"""The cells of a page's notebook, as `read_notebook` gives it, and where in the file each stands."""

from pathlib import Path

from brief.ext.compat.of_notebooks import fence_line


def code_cells(notebook) -> list:
    """The cells that run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def line_of(env, docname: str, notebook, cell, number: int) -> int:
    """The line in the page's file of line `number` (from 1) of a cell: behind the cell's options, if it has any."""
    fence = fence_line(notebook, cell)
    lines = Path(env.doc2path(docname)).read_text("utf-8").splitlines()
    first = cell.source.splitlines()[0]
    found = [n for n, line in enumerate(lines[fence:], fence) if line.strip() == first.strip()]
    return (found[0] if found else fence) + number
