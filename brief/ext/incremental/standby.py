"""A build begun ahead of the edit that it is for: everything is loaded and a kernel is warm when the edit comes.

`make serve` keeps such a process. It has read the configuration, the contents and the last build's environment, so it
serves only edits of tables and pages; whoever keeps it must discard it when anything else changes.
"""

import os

import nbformat
from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from brief import parent
from brief.ext.citations.bibstyle import BriefStyle
from brief.ext.compat.of_sphinx import load_templates
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
    load(app)
    parent.word.result()
    atomic_output.lock(app)
    if atomic_output.state(app) != before:
        os._exit(snapshot.STALE)


def load(app: Sphinx) -> None:
    """Load what is asked for later, where there is time to spare: a quarter of a second."""
    if not hasattr(app, "brief_loaded"):
        app.brief_loaded = True
        nbformat.validate(nbformat.v4.new_notebook())  # its schema is compiled when first asked for
        load_templates(app)
        BeautifulSoup("", "html.parser").select("li.current > a[href]")  # the theme does: it compiles patterns
        BriefStyle()  # finds its parts among all that is installed


def load_meanwhile(app: Sphinx, docname: str, _source) -> None:
    """The same while the run of a page is waited for."""
    if docname in app.brief_runs:
        load(app)
