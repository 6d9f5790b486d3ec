"""Nothing lost: pages are built beside _build/html, which is replaced whole when, and only when, a build succeeds.

A build that fails, is interrupted or has warnings that count as errors leaves the last good site as it was, and the
next build goes on from there: it forgets what was written since, and reads again the pages that were read since, so
that no half-written page survives. So does one during which a file was saved that it is made from: a site of two states
of the book would be right in neither.
"""

import fcntl
import json
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from brief import parent, project
from brief.ext.compat.of_sphinx import environment_file, has_failing_warnings, has_warnings, turn_output
from brief.ext.domain import register
from brief.ext.incremental import snapshot, unchanged

logger = logging.getLogger(__name__)
overtaken = False  # whether this process has built something that was not published because an edit came between


def setup(app: Sphinx) -> None:
    """Turn the build to a folder beside its target; wait for another build of the same book to end."""
    global overtaken
    overtaken = False
    if Path(app.outdir).name != "html":
        return
    app.brief_inputs = {} if parent.watched else snapshot.snapshot(project.find_root(Path(app.srcdir)))
    app.brief_target = Path(app.outdir)
    work = app.brief_target.with_name(".html-next")
    work.mkdir(parents=True, exist_ok=True)
    turn_output(app, work)
    app.brief_unfinished = work.parent / ".unfinished"  # the pages that a build began to read that did not end well
    app.brief_lock = (work.parent / ".lock").open("w")
    lock(app)
    old = work.with_name(".html-old")
    if old.exists() and not app.brief_target.exists():  # killed between one site's going and the next one's coming
        old.rename(app.brief_target)
    app.brief_read_since = set()
    if app.brief_unfinished.exists():
        recover(app, work)


def good(app: Sphinx) -> Path:
    """The copy of the environment of which the site that stands was made."""
    return environment_file(app).with_name("environment.good.pickle")


def recover(app: Sphinx, work: Path) -> None:
    """Go back to where the last good build ended; where that is not known, or somebody touched its site, to nothing."""
    environment = environment_file(app)
    if good(app).is_file() and unchanged.untouched(project.find_root(Path(app.srcdir))):
        shutil.copy2(good(app), environment)
        mirror(app.brief_target, work)
        app.brief_read_since = {*app.brief_unfinished.read_text("utf-8").split("\n")}
    else:
        environment.unlink(missing_ok=True)
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
    pickle = environment_file(app)
    kept = (pickle.stat().st_mtime_ns, pickle.stat().st_size) if pickle.exists() else None
    return kept, app.brief_unfinished.exists()


def mark(app: Sphinx, env, docnames) -> None:
    """From here on a build that does not end well leaves these pages such that they cannot be trusted."""
    if hasattr(app, "brief_unfinished"):
        written = app.brief_unfinished.with_suffix(".part")
        written.write_text("\n".join(sorted(app.brief_read_since | set(docnames))), "utf-8")
        written.rename(app.brief_unfinished)


def end(app: Sphinx, error) -> None:
    """Replace the published site by what was built, unless something went wrong."""
    try:
        if hasattr(app, "brief_target") and not error and not has_failing_warnings(app):
            publish(app)
    finally:
        leave(app)


def leave(app: Sphinx) -> None:
    """Let other builds have the book, in this process too."""
    if hasattr(app, "brief_lock"):
        app.brief_lock.close()


def publish(app: Sphinx) -> None:
    """Put what was built in the place of what stands there; not when it was made from what is no more.

    What stood there before becomes the folder of the next one: of a site of hundreds of files a rebuild writes few.
    """
    global overtaken
    target, fresh, old = app.brief_target, *(app.brief_target.with_name(n) for n in (".html-new", ".html-old"))
    shutil.rmtree(old, ignore_errors=True)
    mirror(Path(app.outdir), fresh)
    if saved := saved_meanwhile(app):
        overtaken = True
        raise ExtensionError("\n".join(f"{name} was saved while the book was built: not published" for name in saved))
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    if old.exists():
        old.rename(fresh)
    good(app).unlink(missing_ok=True)
    app.brief_unfinished.unlink(missing_ok=True)
    if not (has_warnings(app) or app.config.brief_draft):
        note_inputs(app)
        shutil.copy2(environment_file(app), good(app))


def mirror(source: Path, place: Path) -> None:
    """Make a folder hold what another does, by sizes and times of files, but for Sphinx's own note of the
    configuration, which names no page and depends on where the environment lies. A server may read it all, whatever the
    umask of who built it."""
    place.mkdir(exist_ok=True)
    place.chmod(0o755)
    wanted, there = (
        {path.name: path for path in folder.iterdir() if path.name != ".buildinfo"} for folder in (source, place)
    )
    for name, old in there.items():
        if name not in wanted or old.is_dir() != wanted[name].is_dir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for name, path in wanted.items():
        if path.is_dir():
            mirror(path, place / name)
        elif not (place / name).is_file() or unchanged.looks(path) != unchanged.looks(place / name):
            shutil.copy2(path, place / name)
            (place / name).chmod(0o644)


def begun_with(app: Sphinx) -> dict[str, str]:
    """What this build is made from. Who runs this process looked before it began, and so before it read anything, and
    may still be reading the site that stands: its word is waited for."""
    return json.loads(parent.word.result()) if parent.watched else app.brief_inputs


def note_inputs(app: Sphinx) -> None:
    """Leave beside the site what it was made from."""
    domain, read, variables = register(app.env), set(), set()
    for doc in app.env.found_docs:
        read |= {record["path"] for record in domain.of("inputs", doc)}
        for record in domain.of("reads", doc):
            read |= record["files"].keys()
            variables |= record["environment"].keys()
    unchanged.note(project.find_root(Path(app.srcdir)), begun_with(app), read, variables)


def saved_meanwhile(app: Sphinx) -> list[str]:
    """Names of the files that are not what this build was made from."""
    root, domain = project.find_root(Path(app.srcdir)), register(app.env)
    resources = {entry["name"]: f"data/{entry['path']}" for entry in project.package(root)["resources"]}
    found = set(snapshot.changed(root, begun_with(app)))
    for doc in app.env.found_docs:  # one that was saved twice can be what it was, and not what was read between
        read = (r for r in domain.of("tables", doc) if r["digest"] != project.table_digest(root, r["name"]))
        found |= {resources.get(record["name"], record["name"]) for record in read}
        files = (item for record in domain.of("reads", doc) for item in record["files"].items())
        found |= {name for name, digest in files if project.file_digest(project.locate(root, name)) != digest}
    return sorted(found)
