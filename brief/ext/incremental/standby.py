"""A build begun ahead of the edit that it is for: everything is loaded and a kernel is warm when the edit comes.

`make serve` keeps such a process. It has read the configuration, the contents and the last build's environment, so it
serves only edits of tables and pages; whoever keeps it must discard it when anything else changes.
"""

import os

from sphinx.application import Sphinx

from brief import parent
from brief.ext.execution.kernel_pool import kernels
from brief.ext.incremental import atomic_output, snapshot

wanted = False  # set by the process that is to wait


def wait(app: Sphinx) -> None:
    """Get the rest ready, then wait for the word."""
    if not wanted:
        return
    app.brief_waited = True
    before = atomic_output.state(app)
    atomic_output.unlock(app)
    kernels.draws = True
    kernels.prepare(1)
    parent.word.result()
    atomic_output.lock(app)
    if atomic_output.state(app) != before:
        os._exit(snapshot.STALE)
