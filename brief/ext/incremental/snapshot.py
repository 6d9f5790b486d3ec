"""What a build is made from: the book's own files and the engine's, each by its digest at the moment when it began.

Not the pages' keys (see `outdated`): this is how a build knows before it publishes that nothing was saved meanwhile,
so that no site is made of two states of the book.
"""

from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from types import MappingProxyType

import yaml

from brief import project, settings

STALE = 75  # the exit status of a build that was overtaken and is to be tried again (EX_TEMPFAIL)
# Of the files beside the folders, those that can be part of a book: no log that somebody writes there.
_KINDS = {".md", ".ipynb", ".rst", ".yml", ".yaml", ".cff", ".bib", ".csv", ".json"}


def folders(root: Path) -> list[Path]:
    """The folders that hold what a build may read: the book's own, and all within."""
    top = [path for path in _top(root) if path.is_dir()]
    within = [path for place in top for path in sorted(place.rglob("*/")) if _kept(path.relative_to(root))]
    return [root, *top, *(path for path in within if path.is_dir())]


def _top(root: Path) -> list[Path]:
    """What lies in the book's folder and is the book's, or the engine when that lies there too."""
    left_out = [".*", "_build", "__pycache__", *_excluded(root)]
    if root == project.HOME:
        left_out = [pattern for pattern in left_out if pattern != "brief"]
    found = (path for path in sorted(root.iterdir()) if not any(fnmatch(path.name, pattern) for pattern in left_out))
    return [path for path in found if path.suffix in _KINDS or (path.is_dir() and not (path / "pyvenv.cfg").exists())]


def _excluded(root: Path) -> list[str]:
    """What _config.yml says is not the book; nothing when it can't be read, which the build will say."""
    try:
        config = settings.parsed((root / settings.NAME).read_bytes())
        return [str(pattern) for pattern in config["exclude_patterns"]]
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError):
        return []


def _kept(name: Path) -> bool:
    """Whether a file is no editor's copy nor Python's."""
    return not any(part.startswith((".", "#")) or part.endswith("~") or part == "__pycache__" for part in name.parts)


def snapshot(root: Path, known: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """The digest of each file of the book and of the engine, by name, as they are now but for what is `known`."""
    top, engine = _top(root), project.HOME / project.HOME_NAME
    found = {path: path.relative_to(root) for place in top for path in (place, *place.rglob("*"))}
    found |= {path: project.HOME_NAME / path.relative_to(engine) for path in engine.rglob("*.*")}
    files = {name.as_posix(): path for path, name in found.items() if path.is_file() and _kept(name)}
    return {name: known.get(name) or project.file_digest(path) for name, path in files.items()}


def changed(root: Path, before: dict[str, str]) -> list[str]:
    """Names of the files that are not what they were, or gone. One that is new was part of nothing yet."""
    return [name for name, digest in before.items() if project.file_digest(project.locate(root, name)) != digest]
