"""Whether the site that stands is what a build would make, found by digests before Sphinx or anything else is loaded.

A strict build without a warning leaves beside its site what it was made from: every file of the book and of the engine,
what pages and kernels read besides, the libraries, the variables. Whoever calls a build again asks here first.
"""

import json
from pathlib import Path
from typing import Any

from brief import project
from brief.ext.incremental import snapshot

NAME = ".made-of.json"  # in _build, beside the site
VARIABLES = {"BRIEF_EDITION"}  # that the build itself reads; of a draft nothing is noted


def _digest(path: Path) -> str:
    return project.folder_digest(path) if path.is_dir() else project.file_digest(path)


def _beside(root: Path) -> dict[str, str]:
    """Digests of the files in the book's own folder: of the book or not, they can be part of the site."""
    return {path.name: project.file_digest(path) for path in root.glob("[!.]*") if path.is_file()}


def _site(root: Path) -> dict[str, list[int]]:
    """How each file of the site looks. Digests of all would take a second."""
    found = (path for path in (root / "_build" / "html").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): looks(path) for path in found}


def looks(path: Path) -> list[int]:
    """Size and time of a file: whether somebody touched it."""
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]


def note(root: Path, before: dict[str, str], read: set[str], variables: set[str]) -> None:
    """The site was made of the files `before`; pages and kernels also `read` files and folders, by name,
    and `variables` of the environment."""
    # What was saved while we built is not what the site is made of, and what is not in `before` was not read then.
    files = _beside(root) | snapshot.snapshot(root, known=before) | before
    made: dict[str, Any] = {
        "files": files,
        "read": {name: _digest(project.locate(root, name)) for name in sorted(read - files.keys())},
        "variables": {name: project.variable_digest(name) for name in sorted(variables | VARIABLES)},
        "libraries": project.libraries(),
        "site": _site(root),
    }
    (root / "_build" / NAME).write_text(json.dumps(made, sort_keys=True), "utf-8")


def stands(root: Path, now: dict[str, str] | None = None) -> dict[str, str] | None:
    """Digests of the files that the site is made of, when a build would make the same; None when it might not. `now`:
    the book's files as they are, where the caller knows."""
    try:
        made = json.loads((root / "_build" / NAME).read_text("utf-8"))
        files = _beside(root) | (snapshot.snapshot(root) if now is None else now)
        same = (
            made["files"] == files
            and made["libraries"] == project.libraries()
            and all(project.variable_digest(name) == digest for name, digest in made["variables"].items())
            and all(_digest(project.locate(root, name)) == digest for name, digest in made["read"].items())
            and made["site"] == _site(root)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # no such file, or one of another time
        return None
    return files if same else None


def untouched(root: Path) -> bool:
    """Whether the site that stands looks as it did when it was noted."""
    try:
        return json.loads((root / "_build" / NAME).read_text("utf-8"))["site"] == _site(root)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def tables_differ(root: Path) -> bool:
    """Whether a table is not what the last good site is made of, so that chapters will run; also when none stands."""
    try:
        made = json.loads((root / "_build" / NAME).read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return True
    return any(project.file_digest(root / name) != digest for name, digest in made.items() if name.endswith(".csv"))
