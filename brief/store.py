"""What takes long to make and follows from its inputs alone, kept by their digest beyond a build and a copy of a book.

It lies in the user's cache folder (`~/.cache/brief`, `$XDG_CACHE_HOME/brief`) and may be deleted at any time. Where no
such folder can be written, everything is made anew; so is an entry that is not whole.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path

from brief import project

DAYS = 60  # that an entry stays after it was last of use
_DAY = 24 * 3600


@cache
def _folder() -> Path:
    return user_cache_path("brief")


def _place(kind: str, *follows_from: bytes) -> Path:
    return _folder() / f"{project.digest(*follows_from)}.{kind}"


@cache
def _prune() -> None:
    """Remove what was of no use for long, once in a process that adds something."""
    oldest = time.time() - DAYS * _DAY
    for file in _folder().iterdir():
        with suppress(OSError):  # another process prunes too
            if file.stat().st_mtime < oldest:
                file.unlink()


def found(kind: str, *follows_from: bytes) -> bytes | None:
    """What was kept of these parts; None when there is nothing, or not all of it. `kind` is the ending of its file."""
    file = _place(kind, *follows_from)
    try:
        digest, _, content = file.read_bytes().partition(b"\n")
        if project.digest(content).encode() != digest:
            return None
        if time.time() - file.stat().st_mtime > _DAY:
            os.utime(file)
    except OSError:
        return None
    return content


def keep(kind: str, content: bytes, *follows_from: bytes) -> None:
    """Keep what was made of these parts, where that can be."""
    file = _place(kind, *follows_from)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed, so that a process that dies leaves no half an entry.
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        beside.write_bytes(project.digest(content).encode() + b"\n" + content)
        beside.rename(file)
        _prune()


def kept(kind: str, make: Callable[[], bytes], *follows_from: bytes) -> bytes:
    """What `make` gives, made only when it was not yet made of the same parts."""
    if (content := found(kind, *follows_from)) is None:
        content = make()
        keep(kind, content, *follows_from)
    return content


def stands(kind: str, *follows_from: bytes) -> bool:
    """Whether `kept` would find it made."""
    return _place(kind, *follows_from).is_file()
