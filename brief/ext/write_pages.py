"""Write pages by two processes, this one and one forked from it: each takes the next page when it has done one.

The longest come first, by what they were. What the other notes for the end of the build is taken over from it.
"""

import gc
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, parallel_available

from brief import parent
from brief.ext.compat.of_sphinx import write_pages

FEW = 2  # written sooner than shared
MANY = 20  # and more: they leave so many nodes that it pays to look for those that are done with


def share(app: Sphinx) -> None:
    """Have pages written so."""
    if parallel_available:
        write_pages(app, lambda names, write: _write(app, names, write))


def _write(app: Sphinx, names: Sequence[str], write: Callable[[str], None]) -> None:
    def length(name: str) -> float:
        file = Path(app.outdir) / f"{name}.html"
        return file.stat().st_size if file.is_file() else float("inf")

    waiting, taken = sorted(names, key=length, reverse=True), get_context("fork").Value("i", 0)
    beside = ParallelTasks(1)

    def take() -> None:
        while True:
            with taken.get_lock():
                number, taken.value = taken.value, taken.value + 1
            if number >= len(waiting):
                return
            write(waiting[number])

    def take_beside() -> tuple[dict, list]:
        parent.end_with_parent()
        app.brief_notebooks = []
        take()
        return app.builder.images, app.brief_notebooks

    def take_over(_argument, noted: tuple[dict, list]) -> None:
        app.builder.images |= noted[0]
        app.brief_notebooks = [*getattr(app, "brief_notebooks", []), *noted[1]]

    if parent.watched and len(names) < MANY:  # in a process that ends with this build
        gc.disable()
    if len(names) > FEW:
        write(waiting.pop())  # what the first one loads and compiles, both have then
        with parent.shielded():
            beside.add_task(take_beside, None, take_over)
    take()
    beside.join()
