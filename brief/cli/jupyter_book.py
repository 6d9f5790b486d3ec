"""Build with Jupyter Book, in a process of its own, see `worker`."""

import sys
from importlib import import_module
from pathlib import Path

from brief import parent
from brief.ext.checks import book_files, inputs
from brief.ext.compat.of_notebooks import jupyter_book
from brief.ext.compat.of_sphinx import find_collectors_by_listener, find_nodes_in_a_loop
from brief.ext.execution import execute
from brief.ext.execution.kernel_pool import kernels
from brief.ext.incremental import atomic_output, snapshot, standby


def built(arguments: list[str]) -> int:
    """Build; 0 when it succeeded. What went wrong has been said by then, and a traceback would say nothing more."""
    parent.last.append(kernels.kill)
    root = Path(arguments[arguments.index("build") + 1])
    ahead = arguments[0] == "--ahead"
    if errors := book_files.errors(root):  # before Jupyter Book reads _config.yml and _toc.yml in its own way
        if ahead:  # they can be mended before the word comes
            return snapshot.STALE
        print("\n".join(errors), file=sys.stderr)
        return 1
    if ahead:
        standby.wanted, arguments = True, arguments[1:]
        import_module("brief.ext.checks.table_files")  # judges the table that will be saved
        inputs.all_errors(root)  # what this reads, it need not read again
    else:
        execute.foresee(root, root / "_build" / ".jupyter_cache")
        if execute.foreseen and not inputs.all_errors(root):  # else they will be said, and nothing runs
            execute.begin(root)
    find_collectors_by_listener()
    find_nodes_in_a_loop()
    try:
        status = jupyter_book(arguments)
    except SystemExit as end:
        status = end.code or 0
    except Exception:
        status = 1
    early = ahead and not parent.word.done()
    return snapshot.STALE if status and (atomic_output.overtaken or early) else status
