"""Run the chapters that need it, several at a time, before the pages are read one after another.

MyST-NB then finds each run in its cache. A chapter that fails is left to MyST-NB, which runs it again and says where.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.util import logging

from brief.build.register import chapter_of

logger = logging.getLogger(__name__)


def _notebook(env, docname: str):
    """The page as MyST-NB will read it, or None when it has no cells."""
    path = env.doc2path(docname)
    text = Path(path).read_text("utf-8")
    reader = create_nb_reader(path, env.myst_config, env.mystnb_config, text)
    return reader and reader.read(text)


def _cached(cache, notebook) -> bool:
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def execute(app: Sphinx, env, docnames: list[str]) -> None:
    """Execute and cache what the cache lacks of the pages about to be read."""
    config = env.mystnb_config
    if config.execution_mode != "cache":
        return
    cache = get_cache(config.execution_cache_path)
    wanted = {}
    for docname in sorted(docnames):
        notebook = _notebook(env, docname)
        if notebook is not None and not _cached(cache, notebook):
            wanted[docname] = notebook
    if not wanted:
        return
    names = ", ".join(map(chapter_of, wanted))
    logger.info(f"\nexecuting {len(wanted)} of {len(list(env.found_docs))} pages: {names}")

    def run(docname: str):
        folder = str(Path(env.doc2path(docname)).parent)
        return single_nb_execution(wanted[docname], cwd=folder, timeout=config.execution_timeout, allow_errors=False)

    with ThreadPoolExecutor(max_workers=min(len(wanted), os.cpu_count() or 1)) as pool:
        for n, (docname, result) in enumerate(zip(wanted, pool.map(run, wanted), strict=True), 1):
            if result.err is None:
                bundle = CacheBundleIn(wanted[docname], env.doc2path(docname), data={"execution_seconds": result.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            outcome = f"{result.time:.1f} s" if result.err is None else "failed"
            logger.info(f"executed {n} of {len(wanted)}: {chapter_of(docname)} ({outcome})")


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", execute)
