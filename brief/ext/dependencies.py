"""What a page depends on besides its text and what its kernel read: files whose digest joins the page's key."""

from pathlib import Path

from brief import project
from brief.ext.domain import register

BIBLIOGRAPHY, PACKAGE = "data/references.bib", "data/datapackage.json"
# What a page can see of a file, as a digest: {name: function of the path}. Others may add theirs.
VIEWS = {"file": project.file_digest, "folder": project.folder_digest}


def note_input(env, path: Path, view: str = "file") -> None:
    """The page being read depends on a file that no kernel read: what it sees of it joins the page's key."""
    root = project.find_root(Path(env.srcdir))
    record = {"path": path.relative_to(root).as_posix(), "digest": VIEWS[view](path), "view": view}
    register(env).note("inputs", env.docname, record)
