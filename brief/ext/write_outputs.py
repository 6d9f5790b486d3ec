"""Write the files beside the pages, which `OUTPUTS` lists, in a process of its own: what waits for nothing, while the
pages are written; what waits for drawings or finished pages, while notebooks are made here."""

from collections.abc import Callable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from brief import ext, parent, settings
from brief.ext.output import write_files, write_folder


def begin(app: Sphinx, _builder) -> None:
    """Begin to write what follows from what was read alone."""
    _beside(app, lambda waits_for: not waits_for)


def end(app: Sphinx, error) -> None:
    """Wait for that, and write the rest; nobody wants the files of a build that failed."""
    if error:
        if hasattr(app, "brief_outputs") and parallel_available:
            app.brief_outputs.terminate()
        return
    if not hasattr(app, "brief_outputs"):  # no page is written
        begin(app, app.builder)
    app.brief_outputs.join()
    _beside(app, lambda waits_for: waits_for in ("drawings", "finished pages"))
    _write(app, lambda waits_for: waits_for == "which chapters are written")
    app.brief_outputs.join()
    _write(app, lambda waits_for: waits_for.startswith("finished pages,"))


def _beside(app: Sphinx, these: Callable[[str], object]) -> None:
    """Begin to write some outputs, by what they wait for; at once where nothing can be forked."""

    def write() -> None:
        if parallel_available:
            parent.end_with_parent()
        _write(app, these)

    app.brief_outputs = (ParallelTasks if parallel_available else SerialTasks)(1)
    with parent.shielded():
        app.brief_outputs.add_task(write)


def _write(app: Sphinx, these: Callable[[str], object]) -> None:
    for folder, name, waits_for in ext.OUTPUTS:
        if these(waits_for):
            place = app.config[folder] if folder in settings.SETTINGS else folder
            (write_folder if folder else write_files)(Path(app.outdir) / place, ext.named(name)(app))
