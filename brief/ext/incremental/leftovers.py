"""The built site holds what this build made and nothing of earlier ones: Sphinx never deletes a page that is gone.

The folders of outputs (figures, citations, notebooks, tables, cards) are kept in order by who writes them; here it is
the pages, their sources and their images. Book builders other than HTML are refused: their output would stand where
the site belongs, without what makes this book's numbers walk back to their cells.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from brief.ext.incremental import atomic_output
from brief.ext.reading.input_file import refuse

MADE_FOR = "html"
# Pages that Sphinx makes of no source.
_OF_SPHINX = {"search.html", "genindex.html"}


def refuse_other_builders(app: Sphinx) -> None:
    """End with a line, before anything runs, when another builder is asked for."""
    if app.builder.name != MADE_FOR:
        atomic_output.leave(app)
        instead = "`make book` builds the site, `make pdf` and `make epub` what is made from it"
        refuse([f"this book is not made for the builder {app.builder.name!r}: {instead}"])


def clear(app: Sphinx, _builder) -> None:
    """Delete pages and sources of what the book no longer has, and images that no page shows."""
    out, docs = Path(app.outdir), app.env.found_docs
    sources = {f"{doc}{Path(app.env.doc2path(doc)).suffix}" for doc in docs}
    images = {name for _pages, name in app.env.images.values()}
    for file in sorted(out.rglob("*"), reverse=True):  # what a folder holds before the folder
        name = file.relative_to(out).as_posix()
        folder, _, rest = name.partition("/")
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif (
            (folder == "_sources" and rest.removesuffix(".txt") not in sources)
            or (folder == "_images" and rest not in images)
            or (_is_page(name, app.config) and name.removesuffix(".html") not in docs and name not in _OF_SPHINX)
        ):
            file.unlink()


def _is_page(name: str, config: Config) -> bool:
    """Whether a file lies where a page of the book would: figures' and tables' own pages are for who writes them."""
    return name.endswith(".html") and not name.startswith(("figures/", "_static/", f"{config.brief_catalogue_page}/"))
