"""The process that builds: `python -m brief.build.child [--ahead] build ROOT ...`, as `jupyter-book` takes it.

Kernels that will be needed get ready while Jupyter Book loads. With --ahead everything is loaded and a kernel is
warm before it waits for its standard input to close: `make serve` keeps such a process for the next edit.
"""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path

from brief.build import PARTS
from brief.build.execution import begin, foresee, kernels

# What a build of this book loads on its way, and a process that waits has loaded already.
_LIBRARIES = ("jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme", "sphinx_design", "sphinx_external_toc")


def main(arguments: list[str]) -> int:
    """Build; 0 when it succeeded. What went wrong has been said by then, and a traceback would say nothing more."""
    root = Path(arguments[arguments.index("build") + 1])
    cache = root / "_build" / ".jupyter_cache"
    gc.set_threshold(500_000)  # pages are millions of nodes that live to the end: looking for garbage finds none
    if arguments[0] == "--ahead":
        arguments = arguments[1:]
        wait()
        foresee(root, cache)
        from brief.build.checks import all_errors

        if errors := all_errors(root):
            print("\n".join(errors))
            return 1
        begin()
    else:
        foresee(root, cache)
    from jupyter_book.cli.main import main as jupyter_book

    try:
        return jupyter_book(arguments, standalone_mode=False) or 0
    except SystemExit as end:
        return end.code or 0
    except Exception:
        return 1


def wait() -> None:
    """Get everything ready that does not depend on the edit, then wait for the word: the end of standard input."""
    kernels.prepare(1)
    for name in (*_LIBRARIES, *(f"brief.build.{part}" for part in PARTS), "brief.build.validation"):
        import_module(name)
    sys.stdin.read()


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Freeing every node of every page would take half a second, and nothing of it is needed.
    os._exit(status)
