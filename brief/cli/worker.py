"""The process that builds: `python -m brief.cli.worker [--ahead] build ROOT ...`, as `jupyter-book` takes it.

Kernels that will be needed get ready while Jupyter Book loads. With --ahead the build waits for a line on standard
input, see `standby`. When standard input ends, so does the process, with its kernels, and publishes nothing.
"""

import gc
import os
import sys
from pathlib import Path

from brief import parent
from brief.ext.checks import book_files
from brief.ext.compat.of_notebooks import jupyter_book
from brief.ext.compat.of_sphinx import find_collectors_by_listener
from brief.ext.execution.execute import foresee
from brief.ext.execution.kernel_pool import kernels
from brief.ext.incremental import atomic_output, snapshot, standby


def main(arguments: list[str]) -> int:
    """Build; 0 when it succeeded. What went wrong has been said by then, and a traceback would say nothing more."""
    gc.set_threshold(500_000)  # pages are millions of nodes that live to the end: looking for garbage finds none
    root = Path(arguments[arguments.index("build") + 1])
    ahead = arguments[0] == "--ahead"
    if errors := book_files.errors(root):  # before Jupyter Book reads _config.yml and _toc.yml in its own way
        if ahead:  # they can be mended before the word comes
            return snapshot.STALE
        print("\n".join(errors), file=sys.stderr)
        return 1
    if ahead:
        standby.wanted, arguments = True, arguments[1:]
    else:
        foresee(root, root / "_build" / ".jupyter_cache")
    find_collectors_by_listener()
    try:
        status = jupyter_book(arguments)
    except SystemExit as end:
        status = end.code or 0
    except Exception:
        status = 1
    early = ahead and not parent.word.done()
    return snapshot.STALE if status and (atomic_output.overtaken or early) else status


if __name__ == "__main__":
    parent.watch(kernels.kill)
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Freeing every node of every page would take half a second, and nothing of it is needed.
    os._exit(status)
