"""The facts.json of a file, a built site or a git revision, which is built for it: what `make changes` compares."""

import io
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

from brief.cli import build
from brief.project import FACTS


def uncommitted_tables(root: Path) -> bool:
    """Whether data/ differs from the last commit; not where there is no git, no repository or no commit."""
    try:
        differs = subprocess.run(["git", "diff-index", "--quiet", "HEAD", "--", "data"], cwd=root, capture_output=True)
    except FileNotFoundError:
        return False
    return differs.returncode == 1


def read(root: Path, name: str) -> dict:
    """The facts.json named by a file, a built site's folder, or a git revision (which is built for it)."""
    path = Path(name)
    if path.is_dir():
        path = path / FACTS
    if path.is_file():
        return json.loads(path.read_text("utf-8"))
    return _of_revision(root, name)


def _of_revision(root: Path, revision: str) -> dict:
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
        said: list[str] = []
        if build.build(Path(folder), draft=True, said=said):
            own = [line for line in said if not build.is_progress(line)]
            raise RuntimeError("\n".join([f"the book at {revision} does not build:", *own]))
        return json.loads((Path(folder) / "_build" / "html" / FACTS).read_text("utf-8"))
