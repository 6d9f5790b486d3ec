"""Versions of the tables: as they lie in a folder (a book's or a built site's data/), or in a git revision."""

import csv
import io
import json
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from brief.coverage import TIMES
from brief.ext.figures.safe_csv import unsafe
from brief.tableschema import rows_of, value_of

PACKAGE = "datapackage.json"


@dataclass(frozen=True)
class Version:
    """A table as it once was: its place in data/, its schema, its rows as texts by column, in the file's order.

    Row i stands in line i + 2 of the file. It need not be valid: what is wrong is for the checks to say.
    """

    path: str
    schema: dict
    rows: list[dict[str, str]]

    @cached_property
    def fields(self) -> dict[str, dict]:
        """The columns by name, as the schema describes them."""
        return {field["name"]: field for field in self.schema["fields"]}

    @cached_property
    def times(self) -> list[str]:
        """The columns of the key that say when."""
        return [name for name in self.schema.get("primaryKey", []) if self.fields[name]["type"] in TIMES]

    def keyed(self, key: list[str]) -> dict[tuple[str, ...], int]:
        """The index of each row by its cells in the columns `key`."""
        return {tuple(row[name] for name in key): i for i, row in enumerate(self.rows)}

    def value(self, row: dict[str, str], column: str):
        """A cell as the type of its column (a number, a date, a text); None when it is empty or says no such thing."""
        try:
            return value_of(row[column], self.fields[column]["type"], {"minimum": "", "maximum": ""})
        except ValueError:
            return None


def in_folder(data: Path) -> dict[str, Version]:
    """The tables of a folder by their paths in it; none when it holds no package."""
    return _versions(lambda name: (data / name).read_bytes() if (data / name).is_file() else None)


def in_revision(root: Path, revision: str) -> dict[str, Version]:
    """The tables of the book at `root` as a git revision has them."""
    packed = subprocess.run(["git", "archive", revision, "data"], cwd=root, capture_output=True)
    if packed.returncode:
        return {}
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        files = {f.name.removeprefix("data/"): archive.extractfile(f).read() for f in archive if f.isfile()}
    return _versions(files.get)


def _versions(content_of: Callable[[str], bytes | None]) -> dict[str, Version]:
    try:
        package = json.loads(content_of(PACKAGE) or "{}")
        entries = [(entry["path"], entry["schema"]) for entry in package.get("resources", [])]
        found = {path: _version(path, schema, content_of(path)) for path, schema in entries}
    except (ValueError, KeyError, TypeError, AttributeError):  # a descriptor that is none: the checks say what is wrong
        return {}
    return {path: version for path, version in found.items() if version}


def _version(path: str, schema: dict, content: bytes | None) -> Version | None:
    """A table, when its file can be read at all and has the columns that its schema says."""
    try:
        rows = rows_of(content or b"")
    except (UnicodeDecodeError, csv.Error):
        return None
    names = [field["name"] for field in schema["fields"]]
    if not rows or any(name not in rows[0] for name in [*names, *schema.get("primaryKey", [])]):
        return None
    return Version(path, schema, [{name: unsafe(row[name] or "") for name in names} for row in rows])
