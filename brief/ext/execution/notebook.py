"""A page as MyST-NB reads it: its cells, and where in the file each stands."""

from pathlib import Path


def read(env, docname: str):
    """The notebook of a page, or None when it has no cells."""
    from myst_nb.core.read import create_nb_reader  # slow to load, and kernels are to start before

    path = env.doc2path(docname)
    text = Path(path).read_text("utf-8")
    reader = create_nb_reader(path, env.myst_config, env.mystnb_config, text)
    return reader and reader.read(text)


def code_cells(notebook) -> list:
    """The cells that run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def line_of(env, docname: str, notebook, cell, number: int) -> int:
    """The line in the page's file of line `number` (from 1) of a cell: behind the cell's options, if it has any."""
    fence = notebook.metadata["source_map"][notebook.cells.index(cell)]
    lines = Path(env.doc2path(docname)).read_text("utf-8").splitlines()
    first = cell.source.splitlines()[0]
    found = [n for n, line in enumerate(lines[fence:], fence) if line.strip() == first.strip()]
    return (found[0] if found else fence) + number
