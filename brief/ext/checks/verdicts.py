"""What the checks said of files before, kept with `brief.store`: a file that did not change is not judged twice.

A judge is named "module:function", below `brief.ext`, and loaded when it is asked: what reads BibTeX, JSON schemas and
Markdown takes longer to load than all that `make check` does when no file changed. It is given the book's root, and
reads nothing of the book but the files that are named with it: what it says holds for their bytes, for the code of
this package and for the libraries.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from brief import project, store
from brief.ext import code

_KIND = "verdict"
_FILES = code()


def _code() -> bytes:
    """Digest of all that a judge can be made of."""
    return project.digest(*map(str.encode, [project.libraries(), *map(project.file_digest, _FILES)])).encode()


_LOADED = _code()  # not what the files hold when a judge is asked, in a process that lives on


def said(judge: str, root: Path, files: Iterable[str]) -> Any:
    """What a judge says of files of the book at `root`: anything that JSON holds."""
    files = [*files]
    asked = _asked(judge, root, files)
    if (kept := store.found(_KIND, _LOADED, asked)) is not None:
        return json.loads(kept)
    found = resolve_name(f"brief.ext.{judge}")(root)
    # Whoever saves a file or edits a judge meanwhile gets no verdict of the one on the other.
    if asked == _asked(judge, root, files) and _code() == _LOADED:
        store.keep(_KIND, json.dumps(found).encode(), _LOADED, asked)
    return found


def _asked(judge: str, root: Path, files: list[str]) -> bytes:
    return json.dumps([judge, [[name, project.file_digest(root / name)] for name in files]]).encode()
