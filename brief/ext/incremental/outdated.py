"""Nothing stale: re-read pages whose inputs changed, rewrite pages that quote them.

By digest, never by time. What a chapter read is what its kernel said it read (see `run_cache`); what a page shows of
others is found in the register. Works through plain `jupyter-book build .`.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from brief import project, settings
from brief.ext.citations import standing
from brief.ext.citations.metadata import publication
from brief.ext.compat.of_bibliographies import bibliography_pages, cited_on, entries
from brief.ext.compat.of_notebooks import execution_settings
from brief.ext.dependencies import BIBLIOGRAPHY, PACKAGE, VIEWS
from brief.ext.domain import register
from brief.ext.execution import run_cache
from brief.ext.facts import cells, rows
from brief.names import chapter_of
from brief.project import CITATION
from brief.tableschema import rows_of

logger = logging.getLogger(__name__)


def outdated(app: Sphinx, env, added, changed, removed) -> list[str]:
    """Pages whose tables or other inputs changed since they were read."""
    root, domain = project.find_root(Path(app.srcdir)), register(env)
    reasons: dict[str, list[str]] = {doc: [] for doc in env.found_docs}
    sources = project.file_digest(root / BIBLIOGRAPHY)
    if getattr(env, "brief_sources", sources) != sources:
        for doc in bibliography_pages(env) & env.found_docs:  # they show every entry
            reasons[doc].append(f"{BIBLIOGRAPHY} changed")
    env.brief_sources = sources
    seen = cache(lambda view, path: VIEWS[view](root / path))  # many pages depend on a few files
    config, tables, present = execution_settings(env), cells.Tables(root), run_cache.Present(root)
    cached = config.execution_mode == "cache"
    kept = run_cache.Runs(root, config.execution_cache_path).pages() if cached else set()
    for doc in env.found_docs:
        reasons[doc] += run_cache.stale(present, domain.of("tables", doc), domain.of("reads", doc))
        reasons[doc] += rows.stale(tables, domain.of("rows", doc))
        for record in domain.of("inputs", doc):
            if seen(record["view"], record["path"]) != record["digest"]:
                reasons[doc].append(f"{record['path']} changed")
        # A chapter that is only written again has its notebook made of its run.
        if cached and domain.of("reads", doc) and Path(env.doc2path(doc, base=False)).as_posix() not in kept:
            reasons[doc].append("its run is kept no more")
        if doc in getattr(app, "brief_read_since", ()):
            reasons[doc].append("the last build did not end well")
        if doc in added:
            reasons[doc].append("new")
        elif doc in changed and not reasons[doc]:
            reasons[doc].append("its text changed")
    app.brief_reasons = {doc: list(dict.fromkeys(why)) for doc, why in reasons.items() if why}
    return sorted(app.brief_reasons)


def announce(app: Sphinx, docname: str, source: list[str]) -> None:
    """Say which chapter is being read, of how many, and why."""
    reading = [doc for doc in sorted(app.brief_reasons) if settings.is_chapter(doc, app.config)]
    if hasattr(app, "brief_recovers"):
        if reading[:1] == [docname]:
            logger.info("\nreading all pages: the last build did not end well")
    elif docname in reading:
        place = f"chapter {reading.index(docname) + 1} of {len(reading)}"
        logger.info(f"\n{place}: {chapter_of(docname)}: {'; '.join(app.brief_reasons[docname])}")


def everything_shown(env) -> str:
    """Digest of what a page shows that lists all of the register. It holds every drawing: megabytes, once a build."""
    kinds = ("facts", "findings", "conditions", "figures", "tables", "standings", "quotes")
    return project.digest(
        json.dumps([register(env).everything(kind) for kind in kinds], sort_keys=True, default=str).encode()
    )


def shown(env, docname: str, everything: Callable[[], str], entry: Callable[[str], str]) -> str:
    """Digest of all that a page shows of the register and the bibliography.

    everything: gives what is the same for all pages that show all of it. entry: what an entry of the bibliography says.
    """
    domain, root = register(env), project.find_root(Path(env.srcdir))
    quoted = [domain.find("facts", q["target"], docname) for q in domain.of("quotes", docname)]
    parts: list = [*quoted, domain.of("conditions", docname)]
    parts += [domain.find(q["kind"], q["target"], docname) for q in domain.of("sketched", docname)]
    if any(record["view"] in ("updates", "latest-update") for record in domain.of("whole", docname)):
        parts.append(project.fingerprint(root))
    bibliography = docname in bibliography_pages(env)
    if domain.of("whole", docname):
        parts.append(everything())
    if bibliography:  # it may list what is cited alone; each entry says which pages and tables use it
        parts += [[doc, sorted(cited_on(env, doc))] for doc in sorted(env.found_docs)]
        parts += [[doc, sorted(standing.behind(env, doc))] for doc in env.toctree_includes.get(env.config.root_doc, ())]
        parts.append(_sources_of_tables(root))
    if bibliography or domain.of("whole", docname):  # and what it was published as
        parts.append(project.file_digest(root / "data" / standing.TABLE))
    sources = entries(env)
    catalogue = any((r["path"], r["view"]) == (PACKAGE, "file") for r in domain.of("inputs", docname))
    lists_all = catalogue or bibliography or domain.of("whole", docname)
    cited = set(sources) if lists_all else set()
    cited |= {key for record in domain.of("facts", docname) for key in record["sources"]}
    cited |= {key for found in quoted if found for key in found[1]["sources"]}
    cited |= cited_on(env, docname)
    parts += [entry(key) for key in sorted(cited) if key in sources]
    return project.digest(json.dumps(parts, sort_keys=True, default=str).encode())


def _sources_of_tables(root: Path) -> list[tuple[str, list[str]]]:
    """The keys that the rows of each table have."""
    read = {
        entry["name"]: rows_of((root / "data" / entry["path"]).read_bytes())
        for entry in project.package(root)["resources"]
    }
    return [(name, sorted({row.get("source", "") for row in rows})) for name, rows in read.items()]


def _on_every_page(app: Sphinx) -> str:
    """Digest of what all pages show: their titles, who publishes, the checksums of the book's own static files."""
    folders = [Path(app.srcdir) / folder for folder in app.config.html_static_path]
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    titles = repr({doc: title.astext() for doc, title in sorted(app.env.titles.items())})
    paper = publication(app)
    # An edition names the whole fingerprint on each page; a working copy's pages would all change with each table.
    frozen = project.fingerprint(paper.root) if paper.frozen else ""
    shown = [titles.encode(), frozen.encode(), (paper.root / CITATION).read_bytes()]
    return project.digest(*shown, *(file.name.encode() + file.read_bytes() for file in files))


def rewritten(app: Sphinx, env) -> list[str]:
    """Pages that were not re-read but show something that changed elsewhere: these are written again."""
    before, common, sources = getattr(env, "brief_shown", {}), _on_every_page(app), entries(env)
    everything, entry = cache(lambda: everything_shown(env)), cache(lambda key: repr(sources[key]))
    env.brief_shown = {doc: f"{shown(env, doc, everything, entry)} {common}" for doc in sorted(env.found_docs)}
    return [doc for doc, digest in env.brief_shown.items() if before.get(doc) != digest]
