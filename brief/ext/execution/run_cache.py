"""The cached runs of chapters: what each run read, whether that still holds, and which run a chapter can use.

jupyter-cache keeps the runs and MyST-NB takes them from there by cell sources and all cell metadata. We keep with
each run what it read (see `brief.records`), remove it when that changed, and find it again when only the looks did.
"""

import copy
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn

from brief import project, settings
from brief.ext.execution.notebook import code_cells
from brief.records import READS, TABLE

# Tags that change what runs; all other cell metadata only changes how a cell shows.
_TAGS = {"skip-execution", "raises-exception"}


def records(notebook) -> dict[str, list[dict]]:
    """What the kernel said that a run read: {"tables": [...], "reads": [...]}."""
    outputs = [out["data"] for cell in notebook.cells for out in cell.get("outputs", []) if "data" in out]
    return {
        kind: [data[mime] for data in outputs if mime in data] for kind, mime in (("tables", TABLE), ("reads", READS))
    }


class Present:
    """Digests of what the tables, files and settings of the book at `root` are now; each is looked up once, for all
    runs that read it."""

    def __init__(self, root: Path):
        self.table = cache(partial(project.table_digest, root))
        self.file = cache(lambda name: project.file_digest(project.locate(root, name)))
        self.setting = cache(partial(settings.digest, root))


def stale(present: Present, tables: list[dict], reads: list[dict]) -> list[str]:
    """Why a run that read these no longer holds: "data/bread/grain.csv changed", "pandas is now 3.1.0"."""
    reasons = []
    for name in sorted({r["name"] for r in tables}):
        now = present.table(name)
        if any(r["digest"] != now for r in tables if r["name"] == name):
            reasons.append(f"data/{name}.csv {'is gone' if now == 'absent' else 'changed'}")
    for record in reads:
        for name, digest in record["files"].items():
            now = present.file(name)
            reasons += [f"{name} {'is gone' if now == 'absent' else 'changed'}"] if now != digest else []
        for name, digest in record.get("settings", {}).items():
            reasons += [f"{name} in {settings.NAME} changed"] if present.setting(name) != digest else []
        for name, digest in record["environment"].items():
            reasons += [f"the environment variable {name} changed"] if project.variable_digest(name) != digest else []
        for name, was in record["versions"].items():
            now = project.library_version(name)
            reasons += [f"{name} is now {now}, was {was}"] if now != was else []
    return reasons


def code(notebook) -> str:
    """Digest of what runs of a notebook: its kernel, the sources of its cells, the tags that change execution."""
    parts = [str(notebook.metadata.get("kernelspec", {}).get("name", ""))]
    for cell in code_cells(notebook):
        parts += [cell.source, *sorted(_TAGS & set(cell.metadata.get("tags", [])))]
    return project.digest(*(part.encode() for part in parts))


def _holds(record, present: Present) -> bool:
    if "tables" not in record.data:  # run by MyST-NB itself, not by us
        return False
    found = record.data["tables"], record.data["reads"]
    return any(found) and not stale(present, *found)


class Runs:
    """The runs of the book at `root` in a jupyter-cache folder."""

    def __init__(self, root: Path, folder: Path | str):
        self.root = root
        self.cache = get_cache(folder)

    def stale(self) -> list[tuple[Path, object]]:
        """The chapters whose run read something which changed since, and whose cells are what it ran: paths, notebooks.
        Changes nothing."""
        found, present = [], Present(self.root)
        for record in self.cache.list_cache_records():
            if "page" in record.data and not _holds(record, present):
                path = self.root / record.data["page"]
                with suppress(KeyError, OSError):  # another build has just removed it
                    notebook, text = self.cache.get_cache_bundle(record.pk).nb, path.read_text("utf-8", "replace")
                    found += [(path, notebook)] if all(c.source in text for c in code_cells(notebook)) else []
        return found

    def pages(self) -> set[str]:
        """The pages whose run is kept, by their paths in the book."""
        return {record.data.get("page", "") for record in self.cache.list_cache_records()}

    def drop_stale(self) -> None:
        """Remove each run that read something which changed since. Only for who holds the build's lock."""
        present = Present(self.root)
        for record in self.cache.list_cache_records():
            if not _holds(record, present):
                self.cache.remove_cache(record.pk)

    def run_of(self, notebook):
        """The notebook with the outputs of its run; None when it did not run."""
        try:
            return self.cache.merge_match_into_notebook(notebook)[1]
        except KeyError:
            return None

    def restore(self, notebook, path: Path) -> bool:
        """Whether a run of this code is there, made ready for MyST-NB under the notebook's present looks."""
        with suppress(KeyError):
            self.cache.match_cache_notebook(notebook)
            return True
        key = code(notebook)
        for record in self.cache.list_cache_records():
            if record.data.get("code") == key:
                self.keep(self.cache.get_cache_bundle(record.pk).nb, notebook, path)
                return True
        return False

    def keep(self, ran, notebook, path: Path) -> None:
        """Keep the outputs of `ran` under the cells of `notebook`, the page at `path`, with what the run read."""
        kept = copy.deepcopy(notebook)
        for cell, old in zip(code_cells(kept), code_cells(ran), strict=True):
            cell.outputs, cell.execution_count = old.outputs, old.execution_count
        kept.metadata["language_info"] = ran.metadata.get("language_info", {})
        # Relative: a cache can be restored in another place.
        data = {"page": path.relative_to(self.root).as_posix(), "code": code(notebook), **records(ran)}
        bundle = CacheBundleIn(kept, str(path), data=data)
        self.cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
