"""Which files the tables were made from: data/recipes/files.csv, a row a file, with its release and digest."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from brief.refresh.recipe import FOLDER, Recipe, Table
from brief.tableschema import rows_of

NAME = "files.csv"


@dataclass(frozen=True)
class Held:
    """A publisher's file as it was read. `reaches` is how far its content goes; `bytes` its size.

    `released` is the publisher's day of release where it is known, `retrieved` the day we took it, `read_from`
    where a copy was read from when it was not the publisher's own address.
    """

    recipe: str
    part: str
    release: str
    reaches: str
    released: str
    retrieved: str
    bytes: str
    sha256: str
    file: str
    read_from: str = ""


def read(root: Path) -> list[Held]:
    """Every file held, in the order of the list; none where there is no list yet."""
    path = root / FOLDER / NAME
    return [Held(**row) for row in rows_of(path.read_bytes())] if path.is_file() else []


def written(files: Iterable[Held]) -> bytes:
    """The list as it is kept: by recipe, part and release."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, [field.name for field in fields(Held)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(file) for file in sorted(files, key=lambda f: (f.recipe, f.part, f.release, f.file)))
    return lines.getvalue().encode()


def of_table(files: Iterable[Held], recipe: Recipe, table: Table) -> list[Held]:
    """The files that a table's rows were made from."""
    return [file for file in files if file.recipe == recipe.name and file.part in table.parts]


def release(files: Iterable[Held], recipe: Recipe, table: Table) -> str:
    """The newest release among the files that a table's rows were made from, "" for none."""
    return max((file.release for file in of_table(files, recipe, table)), default="")


def newest(files: Iterable[Held], recipe: Recipe, name: str) -> Held | None:
    """The file of the newest release among those, of whatever kind, that a table's rows were made from."""
    parts = {part for table in recipe.tables if table.name == name for part in table.parts}
    own = (file for file in files if file.recipe == recipe.name and file.part in parts)
    return max(own, key=lambda file: (file.release, file.retrieved), default=None)
