"""Nothing lost: pages are built beside _build/html, which is replaced whole when, and only when, a build succeeds.

A build that fails, is interrupted or has warnings that count as errors leaves the last good site as it was, and
the next build reads every page again (the cached runs stay), so that no half-written page survives.
"""

import fcntl
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)


def begin(app: Sphinx) -> None:
    """Turn the build to a folder beside its target; wait for another build of the same book to end."""
    if Path(app.outdir).name != "html":
        return
    app.brief_target = Path(app.outdir)
    work = app.brief_target.with_name(".html-next")
    work.mkdir(parents=True, exist_ok=True)
    app.outdir = type(app.outdir)(work)
    app.brief_unfinished = work.parent / ".unfinished"
    app.brief_lock = (work.parent / ".lock").open("w")
    lock(app)
    if app.brief_unfinished.exists():
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)
        app.brief_recovers = True


def lock(app: Sphinx) -> None:
    """Have the book to ourselves, as soon as another build of it has ended."""
    try:
        fcntl.flock(app.brief_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        logger.info("another build of this book is running: waiting for it")
        fcntl.flock(app.brief_lock, fcntl.LOCK_EX)


def unlock(app: Sphinx) -> None:
    """Let other builds have it."""
    fcntl.flock(app.brief_lock, fcntl.LOCK_UN)


def state(app: Sphinx) -> tuple:
    """What tells whether another build came between: the last build's environment, and whether it ended well."""
    pickle = Path(app.doctreedir) / "environment.pickle"
    kept = (pickle.stat().st_mtime_ns, pickle.stat().st_size) if pickle.exists() else None
    return kept, app.brief_unfinished.exists()


def mark(app: Sphinx, env, docnames) -> None:
    """From here on a build that does not end well leaves pages that cannot be trusted."""
    if hasattr(app, "brief_unfinished"):
        app.brief_unfinished.touch()


def end(app: Sphinx, error) -> None:
    """Replace the published site by what was built, unless something went wrong."""
    strict = app.warningiserror or app.keep_going  # Sphinx keeps the one or the other, never both
    if not hasattr(app, "brief_target") or error or (strict and app._warncount):
        return
    target, fresh, old = app.brief_target, *(app.brief_target.with_name(n) for n in (".html-new", ".html-old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(app.outdir, fresh)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    app.brief_unfinished.unlink(missing_ok=True)


def leave(app: Sphinx, error) -> None:
    """Let other builds have the book, in this process too."""
    if hasattr(app, "brief_lock"):
        app.brief_lock.close()


def setup(app: Sphinx) -> None:
    begin(app)
    app.connect("env-before-read-docs", mark, priority=100)
    app.connect("build-finished", end, priority=999)
    app.connect("build-finished", leave, priority=1000)
