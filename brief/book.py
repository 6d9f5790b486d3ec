"""Where the book is and what its inputs are: paths, the data package, digests. Used by both floors."""

import hashlib
import json
import os
import platform
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

# Bump to make every chapter run again, whatever the digests say.
EPOCH = 1
# Libraries whose version can change what a chapter writes.
SHAPING = ("pandas", "altair", "vl-convert-python", "humanize")


def find_root(start: Path | None = None) -> Path:
    """The folder that holds `_config.yml` and `data/datapackage.json`, at or above `start`."""
    start = Path(start or os.environ.get("BRIEF_ROOT") or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "_config.yml").is_file() and (folder / "data" / "datapackage.json").is_file():
            return folder
    raise FileNotFoundError(f"no book (_config.yml and data/datapackage.json) at or above {start}")


def package(root: Path) -> dict:
    """The Data Package descriptor, as a dict."""
    return json.loads((root / "data" / "datapackage.json").read_text("utf-8"))


def resource(root: Path, name: str) -> dict:
    """The descriptor of one table; raises KeyError naming the nearest tables when there is none."""
    resources = {r["name"]: r for r in package(root)["resources"]}
    if name not in resources:
        raise KeyError(f"no table {name!r} in data/datapackage.json; it has {', '.join(sorted(resources))}")
    return resources[name]


def digest(*parts: bytes) -> str:
    """A short stable digest of `parts` in order."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()[:24]


def file_digest(path: Path) -> str:
    """Digest of a file's bytes, or "absent" when there is none."""
    return digest(path.read_bytes()) if path.is_file() else "absent"


def read_table(root: Path, name: str) -> tuple[dict, bytes, str]:
    """Schema entry and bytes of a table, and the digest of both: of what was read, not of what is there later."""
    entry = resource(root, name)
    content = (root / "data" / entry["path"]).read_bytes()
    return entry, content, digest(content, json.dumps(entry["schema"], sort_keys=True).encode())


def table_digest(root: Path, name: str) -> str:
    """Digest of what reading a table depends on: its bytes and its schema. "absent" when it is gone."""
    try:
        return read_table(root, name)[2]
    except (KeyError, OSError):
        return "absent"


@lru_cache(1)
def stack_digest() -> str:
    """Digest of the code and the library versions that shape what any chapter writes."""
    here = Path(__file__).parent
    shared = [here / name for name in ("__init__.py", "book.py", "door.py", "formats.py", "palette.py")]
    files = shared + sorted((here / "kernel").glob("*.py"))
    versions = [f"{name}=={version(name)}" for name in SHAPING]
    versions += [f"python {'.'.join(platform.python_version_tuple()[:2])}", f"epoch {EPOCH}"]
    return digest("\n".join(versions).encode(), *(f.read_bytes() for f in files))
