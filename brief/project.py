"""Where the book is and what its inputs are: paths, the data package, digests."""

import hashlib
import json
import os
import platform
import sys
import sysconfig
from contextlib import suppress
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

# Bump to make every chapter run again, whatever the digests say.
EPOCH = 1
# Libraries whose version can change what a chapter writes.
SHAPING = ("pandas", "altair", "vl-convert-python", "humanize", "python", "epoch")
# The kernel that runs every chapter.
KERNEL = "python3"
# What a built book says of itself, for machines.
FACTS = "facts.json"
# What says how to cite the book.
CITATION = "CITATION.cff"
# Where this package lies: in the book's folder, or wherever it is installed.
HOME, HOME_NAME = Path(__file__).resolve().parent.parent, "brief/"


class NoBook(FileNotFoundError):
    """There is no book where one was looked for."""


def find_root(start: Path | None = None) -> Path:
    """The folder that holds `_config.yml` and `data/datapackage.json`, at or above `start`."""
    start = Path(start or os.environ.get("BRIEF_ROOT") or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "_config.yml").is_file() and (folder / "data" / "datapackage.json").is_file():
            return folder
    raise NoBook(f"no book (_config.yml and data/datapackage.json) at or above {start}")


def package(root: Path) -> dict[str, Any]:
    """The Data Package descriptor, as a dict."""
    found: dict[str, Any] = json.loads((root / "data" / "datapackage.json").read_text("utf-8"))
    return found


@lru_cache(maxsize=1)
def _described(descriptor: bytes) -> tuple[str, dict[str, dict[str, Any]]]:
    """The package's title and the tables' descriptors by name, for who changes none of them: a build asks some hundred
    times."""
    found = json.loads(descriptor)
    return found.get("title", ""), {entry["name"]: entry for entry in found["resources"]}


def title(root: Path) -> str:
    """What the whole of the tables is called."""
    return _described((root / "data" / "datapackage.json").read_bytes())[0]


def facts_if_built(root: Path) -> dict[str, Any] | None:
    """What the book at `root` said of itself when it was built last; None when it was not."""
    with suppress(FileNotFoundError):  # also while another site takes its place
        return facts(root / "_build" / "html")
    return None


def facts(site: Path) -> dict[str, Any]:
    """What a built book says of itself."""
    found: dict[str, Any] = json.loads((site / FACTS).read_text("utf-8"))
    return found


def resource(root: Path, name: str) -> dict[str, Any]:
    """The descriptor of one table; raises KeyError naming the nearest tables when there is none."""
    _title, resources = _described((root / "data" / "datapackage.json").read_bytes())
    if name not in resources:
        near = get_close_matches(name, resources, cutoff=0.4) or sorted(resources)[:3]
        raise KeyError(f"no table {name!r} in data/datapackage.json; it has {', '.join(near)}")
    return resources[name]


def digest(*parts: bytes) -> str:
    """A short stable digest of `parts` in order."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()[:24]


def file_digest(path: Path) -> str:
    """Digest of a file's bytes, or "absent" when there is none."""
    try:
        return digest(path.read_bytes())
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):  # also when it goes at this moment
        return "absent"


def folder_digest(path: Path) -> str:
    """Digest of the files in a folder and their names; of none when there is no folder."""
    return digest(*(part for file in sorted(path.glob("*")) for part in (file.name.encode(), file.read_bytes())))


def table_bytes(path: Path) -> bytes:
    """A text file of data/ with line ends as git keeps them, so that the same data have the same digests everywhere."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def read_table(root: Path, name: str) -> tuple[dict[str, Any], bytes, str]:
    """Schema entry and bytes of a table, and the digest of both: of what was read, not of what is there later."""
    entry = resource(root, name)
    content = table_bytes(root / "data" / entry["path"])
    return entry, content, digest(content, json.dumps(entry["schema"], sort_keys=True).encode())


def table_digest(root: Path, name: str) -> str:
    """Digest of what reading a table depends on: its bytes and its schema. "absent" when there are none to read."""
    try:
        return read_table(root, name)[2]
    except (KeyError, OSError, ValueError, TypeError):  # the checks say what is wrong with the descriptor
        return "absent"


def fingerprint(root: Path) -> str:
    """A digest of all tables, their schemas and the bibliography: what an edition of the data is known by."""
    paths = [root / "data" / "datapackage.json", root / "data" / "references.bib"]
    paths += sorted(root / "data" / entry["path"] for entry in package(root)["resources"])
    return digest(*map(table_bytes, paths))


def locate(root: Path, name: str) -> Path:
    """Where a file of a run's key lies: our own code where it is installed, all else in the book."""
    return HOME / name if name.startswith(HOME_NAME) else root / name


def named(root: Path, path: Path) -> str | None:
    """The name of a file in a run's key ("brief/palette.py", "chapters/notes.json"); None when it is not ours."""
    for base, prefix in ((HOME, HOME_NAME), (root, "")):
        if path.is_relative_to(base / prefix):
            name = path.relative_to(base)
            built = any(part.startswith(".") or part in ("_build", "__pycache__") for part in name.parts)
            return None if built else name.as_posix()
    return None


def variable_digest(name: str) -> str:
    """Digest of an environment variable's value, or "absent" when it is not set."""
    return digest(os.environ[name].encode()) if name in os.environ else "absent"


def libraries() -> str:
    """Digest of Python's version and of what is installed for it, with versions."""
    installed = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return digest(sys.version.encode(), *(name.encode() for name in installed))


@cache
def library_version(name: str) -> str:
    """The version of an installed library; of Python to its minor number; our epoch; "absent" when there is none."""
    if name == "python":
        return ".".join(platform.python_version_tuple()[:2])
    if name == "epoch":
        return str(EPOCH)
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
