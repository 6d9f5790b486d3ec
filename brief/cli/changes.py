"""The facts.json of a file, a built site or a git revision, which is built for it: what `make changes` compares."""

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from brief.cli import build
from brief.ext.content_security import policed
from brief.ext.facts.changed_facts import Changes
from brief.ext.templating import render
from brief.project import FACTS


def uncommitted_tables(root: Path) -> bool:
    """Whether data/ differs from the last commit; not where there is no git, no repository or no commit."""
    try:
        differs = subprocess.run(["git", "diff-index", "--quiet", "HEAD", "--", "data"], cwd=root, capture_output=True)
    except FileNotFoundError:
        return False
    return differs.returncode == 1


@contextmanager
def place(root: Path, name: str) -> Iterator[Path]:
    """The file facts.json that is so named, with its site around it where there is one."""
    path = Path(name)
    if path.is_dir():
        path = path / FACTS
    if path.is_file():
        yield path
    else:
        yield from _of_revision(root, name)


def pictures(old: Path, new: Path, found: Changes, folder: Path) -> int:
    """Write to `folder` a page of the figures that were redrawn between two facts.json, before and after.

    Returns how many it shows.
    """
    shown = []
    for id, _, title in (line.partition(": ") for line in found.figures):
        label = id.replace(".", "-")
        drawn = [file.parent / "figures" / label / f"{label}.svg" for file in (old, new)]
        if all(file.is_file() for file in drawn):
            shown.append((label, title))
            folder.mkdir(parents=True, exist_ok=True)
            for file, when in zip(drawn, ("before", "after"), strict=True):
                shutil.copyfile(file, folder / f"{label}-{when}.svg")
    if shown:
        (folder / "index.html").write_text(policed(render("changed-figures.html", shown=shown)), "utf-8")
    return len(shown)


def _of_revision(root: Path, revision: str) -> Iterator[Path]:
    known = subprocess.run(
        ["git", "rev-parse", "--verify", "-q", f"{revision}^{{commit}}"], cwd=root, capture_output=True
    )
    if known.returncode:
        raise FileNotFoundError(f"{revision} is neither a facts.json, a built site nor a git revision")
    # Its files alone: a work tree of git's would stand in the repository when this is killed.
    packed = subprocess.run(["git", "archive", revision], cwd=root, check=True, stdout=subprocess.PIPE).stdout
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        yield build.drafted(Path(folder), f"the book at {revision} does not build:") / FACTS
