"""The process that builds: `python -m brief.cli.worker [--ahead] build ROOT ...`, as `jupyter-book` takes it.

Kernels that will be needed get ready while Jupyter Book loads. With --ahead the build waits for a line on standard
input, see `standby`. When standard input ends, so does the process, with its kernels, and publishes nothing.
"""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path

from brief import parent
from brief.ext.execution.fork_server import server
from brief.ext.incremental import unchanged


def main(arguments: list[str]) -> int:
    """Build, see `jupyter_book`, which takes half a second to load: what kernels import is loaded beside."""
    gc.set_threshold(500_000)  # pages are millions of nodes that live to the end: looking for garbage finds none
    root = Path(arguments[arguments.index("build") + 1])
    if arguments[0] == "--ahead" or unchanged.tables_differ(root):
        server.begin([sys.executable], os.environ)
    return import_module("brief.cli.jupyter_book").built(arguments)


if __name__ == "__main__":
    parent.watch()
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Freeing every node of every page would take half a second, and nothing of it is needed.
    os._exit(status)
