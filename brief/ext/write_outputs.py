"""Write the files beside the pages, which `OUTPUTS` lists: what waits for nothing, while the pages are written."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, parallel_available

from brief import ext, parent, settings
from brief.ext.output import write_files, write_folder


def begin(app: Sphinx, _builder) -> None:
    """Begin, in a process of its own, to write what follows from what was read alone."""
    if parallel_available:
        app.brief_outputs = ParallelTasks(1)
        with parent.shielded():
            app.brief_outputs.add_task(_write_early, app)


def end(app: Sphinx, error) -> None:
    """Wait for that, and write the rest; nobody wants the files of a build that failed."""
    begun = getattr(app, "brief_outputs", None)
    if error:
        if begun:
            begun.terminate()
        return
    if begun:
        begun.join()
    else:  # no page is written, or nothing can be forked here
        _write(app, early=True)
    _write(app, early=False)


def _write_early(app: Sphinx) -> None:
    parent.end_with_parent()
    _write(app, early=True)


def _write(app: Sphinx, early: bool) -> None:
    for folder, name, waits_for in ext.OUTPUTS:
        if bool(waits_for) != early:
            place = app.config[folder] if folder in settings.SETTINGS else folder
            (write_folder if folder else write_files)(Path(app.outdir) / place, ext.named(name)(app))
