"""Run the chapters that need it, several at a time, while pages that need no run are being read.

Each run is put into the cache before its page is read, where MyST-NB finds it. A cell that fails ends the build.
"""

import copy
import re
import time
from pathlib import Path

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from brief import parent, project, settings
from brief.ext.compat.of_notebooks import cache_folder, execution_settings, read_notebook
from brief.ext.execution import notebook as notebooks
from brief.ext.execution.kernel_pool import AT_ONCE, Job, kernels
from brief.ext.execution.notebook import code_cells
from brief.ext.execution.run_cache import Runs, code
from brief.names import chapter_of

_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_SHOWN = ("text/plain", "text/html")
LONGEST = 1_000_000  # a page of millions takes minutes to make, and nobody reads it
_USUAL = 30  # seconds that a cell may take, where a book says nothing of it
logger = logging.getLogger(__name__)
foreseen: list[tuple[Path, object]] = []  # pages, with their notebooks, that are known to need a run
begun: dict[tuple[Path, str], Job] = {}  # their runs, by page and code


def foresee(root: Path, folder: Path) -> None:
    """Find chapters whose run read what changed, and get a kernel ready for each while the rest of the build starts; on
    a first build all chapters run."""
    begun.clear()  # of an earlier build of this process, which read other tables
    foreseen[:] = Runs(root, folder).stale() if folder.is_dir() else []
    kernels.prepare(len(foreseen) if folder.is_dir() else AT_ONCE)


def begin(root: Path) -> None:
    """Run, with the inputs found valid, the chapters that were foreseen to need it."""
    try:
        limit = settings.parsed((root / settings.NAME).read_bytes())["execute"]["timeout"]
    except (KeyError, TypeError):
        limit = _USUAL
    while foreseen:
        path, notebook = foreseen.pop()
        begun[path, code(notebook)] = _submitted(notebook, path, limit)


def _submitted(notebook, path: Path, limit: int) -> Job:
    job = Job(copy.deepcopy(notebook), str(path.parent), limit)
    for cell in code_cells(job.notebook):
        cell.outputs, cell.execution_count = [], None
    kernels.submit(job)
    return job


def prepare(app: Sphinx, config) -> None:
    app.brief_runs = {}
    if not parent.watched:  # else who began us has done it
        foresee(project.find_root(Path(app.srcdir)), cache_folder(app, config))


def begin_waited(app: Sphinx) -> None:
    """The same in a process that waited for the edit: what it foresaw was so before."""
    if hasattr(app, "brief_waited"):
        root = project.find_root(Path(app.srcdir))
        foresee(root, cache_folder(app, app.config))
        begin(root)


def start(app: Sphinx, env, docnames: list[str]) -> None:
    """Start running what the cache lacks of the pages about to be read, and have those read last."""
    config = execution_settings(env)
    if config.execution_mode != "cache":
        return
    runs = app.brief_cache = Runs(project.find_root(Path(app.srcdir)), config.execution_cache_path)
    runs.drop_stale()
    for docname in sorted(docnames):
        notebook, path = read_notebook(env, docname), Path(env.doc2path(docname))
        if notebook is not None and not runs.restore(notebook, path):
            job = begun.pop((path, code(notebook)), None)
            if job is None or job.timeout != config.execution_timeout:
                job = _submitted(notebook, path, config.execution_timeout)
            app.brief_runs[docname] = job, notebook, time.monotonic()
    if app.brief_runs:
        names = ", ".join(map(chapter_of, app.brief_runs))
        logger.info(f"\nexecuting {len(app.brief_runs)} of {len(list(env.found_docs))} pages: {names}")
    docnames.sort(key=lambda docname: (docname in app.brief_runs, docname))


def finish(app: Sphinx, docname: str, source: list[str]) -> None:
    """Wait for the run of the page that is about to be read."""
    if docname not in app.brief_runs:
        return
    job, notebook, since = app.brief_runs[docname]
    try:
        ran = job.done.result()
    except CellExecutionError as error:
        raise ExtensionError(described(app.env, docname, notebook, job.notebook, error)) from error
    except (DeadKernelError, CellTimeoutError) as error:
        if job.cell is None:
            raise ExtensionError(f"{app.env.doc2path(docname, base=False)}: {error}") from error
        limit = execution_settings(app.env).execution_timeout
        late = isinstance(error, CellTimeoutError)
        what = f"the cell ran for more than {limit} seconds" if late else "the kernel died"
        raise ExtensionError(f"{running(app.env, docname, notebook, job.cell)}: {what}") from error
    except Exception as error:
        raise ExtensionError(f"{docname}: {type(error).__name__}: {error}") from error
    if long := too_long(ran):
        cell, printed = long
        what = f"the cell prints {printed:,} characters, more than the {LONGEST:,} that a page can show"
        raise ExtensionError(f"{running(app.env, docname, notebook, cell)}: {what}")
    app.brief_cache.keep(ran, notebook, Path(app.env.doc2path(docname)))
    number, seconds = list(app.brief_runs).index(docname) + 1, time.monotonic() - since
    logger.info(f"executed {number} of {len(app.brief_runs)}: {chapter_of(docname)} ({seconds:.1f} s)")


def too_long(ran) -> tuple[int, int] | None:
    """The index of the first cell that prints more than a page can show, and how many characters."""
    for index, cell in enumerate(ran.cells):
        outputs = cell.get("outputs", [])
        texts = [str(out.get("data", out).get(kind, "")) for out in outputs for kind in ("text", *_SHOWN)]
        if (printed := sum(map(len, texts))) > LONGEST:
            return index, printed
    return None


def described(env, docname: str, notebook, ran, error: CellExecutionError) -> str:
    """One line: "chapters/flour.md:36: NameError: name 'rows' is not defined, in `len(rows)`"."""
    outputs = [cell.get("outputs", []) for cell in ran.cells]
    failed = next(i for i, found in enumerate(outputs) if any(o.output_type == "error" for o in found))
    within = re.findall(r"^-+> (\d+) ", _COLOR.sub("", error.traceback).partition("Cell In[")[2], re.MULTILINE)
    number = int(within[0]) if within else 1
    return running(env, docname, notebook, failed, number, f": {error.ename}: {error.evalue}")


def running(env, docname: str, notebook, index: int, number: int = 1, what: str = "") -> str:
    """Where a cell stands, by its line `number`: "chapters/flour.md:36, in `while True:`"."""
    cell = notebook.cells[index]
    line = notebooks.line_of(env, docname, notebook, cell, number)
    return f"{env.doc2path(docname, base=False)}:{line}{what}, in `{cell.source.splitlines()[number - 1].strip()}`"


def close(app: Sphinx, error) -> None:
    """End the kernels; nobody waits for the chapters of a build that failed."""
    if error:
        kernels.kill()
    kernels.close()
