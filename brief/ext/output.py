"""Write files beside the pages: only those whose bytes differ, and none that is not wanted any more."""

import io
import json
import zipfile
from pathlib import Path

_ZIP_DATE = (2020, 1, 1, 0, 0, 0)  # no clock in the output


def write_files(target: Path, wanted: dict[str, bytes]) -> None:
    """Write those of the `wanted` files, by their paths in `target`, whose bytes differ."""
    for name, content in wanted.items():
        file = target / name
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def write_folder(target: Path, wanted: dict[str, bytes]) -> None:
    """Make the folder `target` hold just the `wanted` files, by their paths in it."""
    write_files(target, wanted)
    for old in sorted(target.rglob("*"), reverse=True):  # what a folder holds before the folder
        if old.is_file() and old.relative_to(target).as_posix() not in wanted:
            old.unlink()
        elif old.is_dir() and not any(old.iterdir()):
            old.rmdir()


def json_file(document: object, sort_keys: bool = True) -> bytes:
    """A document as a file of JSON that a person can read too."""
    return f"{json.dumps(document, indent=1, ensure_ascii=False, sort_keys=sort_keys)}\n".encode()


def zipped(files: dict[str, bytes], first: dict[str, bytes] | None = None) -> bytes:
    """A zip of `files`, the same bytes for the same files; those that come `first` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*(first or {}).items(), *sorted(files.items())]:
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.external_attr = 0o644 << 16  # else whoever unpacks it on a server alone can read it
            # An image is packed already: to try again takes a quarter of a second of each build, and finds nothing.
            stored = name.endswith(".png") or name in (first or {})
            archive.writestr(entry, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()
