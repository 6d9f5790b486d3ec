"""What publishers' files propose: for each table that follows from them, the table as it would be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from brief import project
from brief.refresh import held as register
from brief.refresh import merge
from brief.refresh.difference import Difference, difference
from brief.refresh.held import Held
from brief.refresh.publisher_file import PublisherFile, Unreadable
from brief.refresh.recipe import Files, Recipe, Table
from brief.refresh.recognition import Known, new, recognised


@dataclass(frozen=True)
class Proposal:
    """A table as a release would make it."""

    recipe: Recipe
    table: Table
    before: str  # the release held
    release: str
    old_key: str
    key: str
    path: str  # under data/
    content: bytes
    change: Difference
    again: bool = False  # from files held already, by a rule that has changed since

    def text(self) -> str:
        """For a person: what changes, a line each."""
        step = f"{self.before} -> {self.release}" if self.before != self.release else f"release {self.release}"
        head = f"{self.table.name}, {step}: {self.change.summary()}"
        return "\n".join([head, *(f"  {line}" for line in self.change.lines())])


@dataclass
class Reading:
    """What was found in the files given: taken, held already, of nobody, refused with a reason."""

    taken: list[tuple[Known, str]]
    held: list[Known]
    unknown: list[str]
    refused: list[str]


def read(files: list[PublisherFile], recipes: list[Recipe], held: list[Held], released: str) -> Reading:
    """Sort the files. A file alone must be a publisher's; among several, those of nobody are left aside."""
    reading = Reading([], [], [], [])
    for file in files:
        known = None
        try:
            known = recognised(file, recipes)
            release = new(known, held, released)
        except Unreadable as reason:
            stranger = str(reason).startswith("is not a file that a recipe knows")
            (reading.unknown if stranger else reading.refused).append(f"{file.name} {reason}")
            continue
        if release is None:
            reading.held.append(known)
        else:
            reading.taken.append((known, release))
    return reading


def proposals(root: Path, reading: Reading, held: list[Held]) -> list[Proposal]:
    """For each table of which new files are there, and each that files held already no longer give as it stands, since
    its rule was changed. Raises Unreadable where they do not make it."""
    made = []
    for recipe, files in _by_recipe(known for known, _ in reading.taken):
        releases: dict[str, set[str]] = {}
        for known, release in reading.taken:
            if known.recipe.name == recipe.name:
                releases.setdefault(known.part.name, set()).add(release)
        for table in recipe.tables:
            if set(table.parts) & files.keys():
                _whole(recipe, table, releases)
                newest, before = max(map(max, map(releases.get, table.parts))), register.release(held, recipe, table)
                made.append(_proposal(root, recipe, table, files, newest, before))
    fresh = {proposal.table.name for proposal in made}
    for recipe, files in _by_recipe(reading.held):
        for table in recipe.tables:
            if set(table.parts) <= files.keys() and table.name not in fresh:
                release = register.release(held, recipe, table)
                proposal = _proposal(root, recipe, table, files, release, release)
                if proposal.content != (root / "data" / proposal.path).read_bytes():
                    made.append(replace(proposal, again=True))
    # Each was made from the table as it stands.
    paths = [proposal.path for proposal in made]
    if twice := sorted({path for path in paths if paths.count(path) > 1}):
        raise Unreadable(f"data/{twice[0]} would be made by two files of different kinds: give one kind at a time")
    return made


def _by_recipe(found: Iterable[Known]) -> list[tuple[Recipe, Files]]:
    """The recipes that know these files, each with them by part."""
    recipes: dict[str, Recipe] = {}
    files: dict[str, Files] = {}
    for known in found:
        recipes[known.recipe.name] = known.recipe
        files.setdefault(known.recipe.name, {}).setdefault(known.part.name, []).append(known.file)
    return [(recipe, files[name]) for name, recipe in recipes.items()]


def _whole(recipe: Recipe, table: Table, releases: dict[str, set[str]]) -> None:
    """All parts of a table are there, and of one release."""
    there = {part: releases[part] for part in table.parts if part in releases}
    if lacking := [part for part in table.parts if part not in there]:
        raise Unreadable(f"{table.name} needs {' and '.join(lacking)} of {recipe.publisher.name} too, of that release")
    if len(set(map(frozenset, there.values()))) > 1:
        told = ", ".join(f"{part} {'/'.join(sorted(of))}" for part, of in there.items())
        raise Unreadable(f"{table.name} needs files of one release of {recipe.publisher.name}; these are {told}")


def _proposal(root: Path, recipe: Recipe, table: Table, files: Files, release: str, before: str) -> Proposal:
    entry = project.resource(root, table.name)
    content = (root / "data" / entry["path"]).read_bytes()
    columns, rows = merge.read(content)
    key = entry["schema"]["primaryKey"]
    names = ", ".join(file.name for part in table.parts for file in files[part][:3])
    try:
        derived = table.derive(files, release)
        fresh = merge.merged(rows, derived, key, table.family, table.by)
        written = merge.written(columns, fresh)
    except Unreadable as reason:
        raise Unreadable(f"{names} {reason}") from None
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise Unreadable(f"{names} does not make {table.name}: {type(error).__name__} {error}") from None
    if not derived:
        raise Unreadable(f"{names} has no row of {table.name}: has the publisher renamed things?")
    old = table.key(before) if before else ""
    values = merge.covered(derived, table.by)
    owned = ([row for row in of if merge.own(row, table.family, table.by, values)] for of in (rows, fresh))
    change = difference(entry, rows, fresh, (*owned,))
    return Proposal(recipe, table, before, release, old, table.key(release), entry["path"], written, change)
