"""Write files beside the pages: only those whose bytes differ, and none that is not wanted any more."""

import io
import zipfile
from pathlib import Path

from sphinx.application import Sphinx

_ZIP_DATE = (2020, 1, 1, 0, 0, 0)  # no clock in the output


def write_folder(app: Sphinx, folder: str, wanted: dict[str, bytes]) -> None:
    """Make a folder of the site hold just the `wanted` files, by their paths in it."""
    target = Path(app.outdir) / folder
    for name, content in wanted.items():
        file = target / name
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    for old in sorted(target.rglob("*"), reverse=True):  # what a folder holds before the folder
        if old.is_file() and old.relative_to(target).as_posix() not in wanted:
            old.unlink()
        elif old.is_dir() and not any(old.iterdir()):
            old.rmdir()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of `files`, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
