"""Find out what a run reads besides tables: our own modules, files of the book, settings, variables, libraries.

Found, not declared. Watching begins when a chapter first imports from `brief`; after each cell, what is new goes
in a record. Tables are left to `load`, whose record holds the digest of the bytes that it read.
"""

import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import local
from types import FrameType
from typing import Any

from IPython import get_ipython

from brief import project, settings
from brief.kernel.provenance import emit
from brief.records import READS

_here = local()  # what another thread of the kernel opens meanwhile is still noticed
_noted: dict[str, dict[str, str]] = {"files": {}, "settings": {}, "environment": {}, "versions": {}}
_known_modules: set[str] = set()
_LIBRARIES = tuple({sysconfig.get_path(kind) + os.sep for kind in ("stdlib", "platstdlib", "purelib", "platlib")})
_OURS = str(project.HOME / project.HOME_NAME) + os.sep
_said: dict[str, set] = {kind: set() for kind in _noted}


@contextmanager
def unnoticed() -> Iterator[None]:
    """Reads in this block have a record of their own."""
    before, _here.off = getattr(_here, "off", False), True
    try:
        yield
    finally:
        _here.off = before


def setting(name: str) -> Any:
    """A value of _config.yml, see `brief.settings`. It alone is noted as read: a run holds when other lines change."""
    root = project.find_root()
    with unnoticed():
        _noted["settings"][name] = settings.digest(root, name)
        return settings.read(root)[name]


def watch() -> None:
    """Note from now on what the cells of this kernel read. Outside a kernel nothing is noted."""
    shell = get_ipython()
    if shell is None or isinstance(os.environ, _Watched):
        return
    root = project.find_root()
    os.environ.__class__ = _Watched
    sys.addaudithook(lambda event, args: _opened(root, event, args))
    shell.events.register("post_run_cell", lambda _result: _publish(root, shell.user_ns))


class _Watched(type(os.environ)):  # type: ignore[misc]  # its class has no public name
    """os.environ, which says which variables our own code asks for."""

    def __getitem__(self, name: str) -> str:
        if name not in _noted["environment"] and _ours(sys._getframe(1)):
            _noted["environment"][name] = ""  # book.variable_digest asks too
            _noted["environment"][name] = project.variable_digest(name)
        return super().__getitem__(name)


def _ours(frame: FrameType | None) -> bool:
    """Whether a cell or our own code asks, behind the accessors of the standard library."""
    while frame and frame.f_globals.get("__name__") in ("os", "collections.abc", __name__):
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "") if frame else ""
    return name == "__main__" or name.partition(".")[0] == "brief"


def _opened(root: Path, event: str, args: tuple) -> None:
    """Note a file of the book that is opened to be read, as it is now."""
    if event != "open" or getattr(_here, "off", False) or not isinstance(args[0], str | os.PathLike):
        return
    writes = args[2] & (os.O_WRONLY | os.O_RDWR) if isinstance(args[2], int) else False
    with unnoticed():
        name = None if writes else project.named(root, Path(args[0]).resolve())
        if name and name not in _noted["files"]:
            _noted["files"][name] = project.file_digest(project.locate(root, name))


def _publish(root: Path, namespace: dict) -> None:
    """Send what is new since the last cell in a record."""
    with unnoticed():
        _note_modules(root)
    for library in {*project.SHAPING, *_imported(namespace)}:
        if library not in _noted["versions"]:
            _noted["versions"][library] = project.library_version(library)
    new = {kind: {k: known[k] for k in sorted(known) if k not in _said[kind]} for kind, known in _noted.items()}
    if any(new.values()):
        for kind, names in new.items():
            _said[kind].update(names)
        emit(READS, new, "")  # for the build; a reader of the notebook is told nothing


def _note_modules(root: Path) -> None:
    new = sys.modules.keys() - _known_modules
    _known_modules.update(new)
    for path in filter(None, {getattr(sys.modules[module], "__file__", None) for module in new}):
        if path.startswith(_LIBRARIES) and not path.startswith(_OURS):  # known by their versions
            continue
        name = project.named(root, Path(path).resolve())
        if name and name not in _noted["files"]:
            _noted["files"][name] = project.file_digest(Path(path))


def _imported(namespace: dict) -> set[str]:
    """Top-level names of the libraries that the cells import from, where a distribution has that name."""
    homes = {getattr(v, "__module__", None) or getattr(v, "__name__", "") for v in namespace.values()}
    tops = {str(home).partition(".")[0] for home in homes} - set(sys.stdlib_module_names) - {"brief", "__main__", ""}
    return {top for top in tops if project.library_version(top) != "absent"}
