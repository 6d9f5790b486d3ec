"""A recipe: who publishes, which files, and how each of our tables follows from them; found in data/recipes.

A recipe is a module with PUBLISHER, PARTS and TABLES. It knows nothing of the tables as they stand: its functions
take the publisher's files and return rows.
"""

import importlib.util
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from brief.refresh.publisher_file import PublisherFile, Unreadable

Files = dict[str, list[PublisherFile]]  # of one release, by the name of the part
FOLDER = Path("data", "recipes")


class Lacking(Unreadable):
    """A file has most of a part's columns, not all."""


@dataclass(frozen=True)
class Publisher:
    """Who publishes, where a person finds the files, on what terms, and when the next release is due.

    That is `every` so many months, or in certain `months` of the year; or never, and then `ended` says why.
    `passes_on`: the data are others', so that what is known of an earlier source (of whom it is a copy, on what
    terms) holds of the next.
    """

    name: str
    address: str
    licence: str
    every: int | None = None
    months: Sequence[int] = ()
    ended: str = ""
    passes_on: bool = False


@dataclass(frozen=True)
class Part:
    """One file of a release, known by what is in it.

    A CSV is known by its `columns`, and by `knows` where other files have these too; any other file by `knows`.
    `reaches` reads from the file how far it goes (a day, a quarter, a list's month), so that a longer one sorts
    later; where the file `says_release`, that names its release too, else a person must say of when it is.
    `many`: each release is a file that stays (a list, a snapshot), and several may come at once.
    """

    name: str
    reaches: Callable[[PublisherFile], str]
    columns: Sequence[str] = ()
    knows: Callable[[PublisherFile], bool] | None = None
    says_release: bool = True
    many: bool = False

    def recognise(self, file: PublisherFile) -> bool:
        """Is it this part? Raises Unreadable for one that all but is: most of the columns, not all."""
        lacking = [name for name in self.columns if name not in file.header]
        if lacking and len(lacking) * 2 < len(self.columns):
            raise Lacking(f"has no column {', '.join(map(repr, lacking))}; it has {', '.join(file.header[:12])}")
        known = not lacking and (self.knows is None or self.knows(file))
        if known and self.columns and not file.content.endswith(b"\n"):
            raise Unreadable("does not end with the end of a line: is it cut?")
        return known


@dataclass(frozen=True)
class Table:
    """Rows of one of our tables that come from one publisher, and the rule that makes them.

    `rows` takes the files of `parts` (all of one release) and yields rows without `source`, which is `key(release)`;
    rows whose source starts with `family` are this recipe's, all others stay untouched. With `by`, files replace only
    the rows with the values of that column that they cover, as a new list adds to older ones. `processing`, where the
    table's text on its making names the release, is that text; `address` is where a person finds this file, if not at
    the publisher's; `ended` says why no further release of this table is expected.
    """

    name: str
    parts: Sequence[str]
    rows: Callable[[Files], Iterable[dict]]
    family: str
    key: Callable[[str], str]
    by: Sequence[str] = ()
    processing: str = ""
    address: str = ""
    ended: str = ""

    def derive(self, files: Files, release: str) -> list[dict]:
        """The rows from these files, with their source; values are numbers, text or None."""
        return [{**row, "source": self.key(release)} for row in self.rows(files)]


@dataclass(frozen=True)
class Recipe:
    """A recipe as found: the name of its module, and what the module declares."""

    name: str
    publisher: Publisher
    parts: Sequence[Part]
    tables: Sequence[Table]


def load(path: Path) -> Recipe:
    """The recipe in a file."""
    spec = importlib.util.spec_from_file_location(f"recipe_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Recipe(path.stem, module.PUBLISHER, module.PARTS, module.TABLES)


def found(root: Path) -> list[Recipe]:
    """Every recipe of a book, by name."""
    return [load(path) for path in sorted((root / FOLDER).glob("[!_]*.py"))]


def keyed(family: str) -> Callable[[str], str]:
    """Keys of sources that end in the year of the release: "grain-prices-" and "2026-06" make grain-prices-2026."""
    return lambda release: family + re.match(r"\d{4}", release)[0]
