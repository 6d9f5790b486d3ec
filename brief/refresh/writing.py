"""Write what a release brings: tables, their metadata, the sources' entries, the list of files held."""

import datetime as dt
import json
import re
from pathlib import Path

from brief.ext.checks import inputs
from brief.refresh import held as register
from brief.refresh import merge
from brief.refresh.calendar import expected
from brief.refresh.held import Held
from brief.refresh.proposal import Proposal, Reading
from brief.refresh.publisher_file import Unreadable
from brief.refresh.recipe import FOLDER, Publisher, Recipe, Table
from brief.refresh.recognition import Known

METADATA = ("recipe", "release", "released", "retrieved", "next_expected")
BIBLIOGRAPHY, SOURCES, PACKAGE = "references.bib", "shared/sources.csv", "datapackage.json"


def write(root: Path, made: list[Proposal], reading: Reading, held: list[Held], read_from: str) -> list[str]:
    """Change data/ under `root`; returns the names of the files changed. The caller checks the result."""
    before = {path: path.read_bytes() for path in (root / "data").rglob("*") if path.is_file()}
    today = dt.date.today().isoformat()  # when the file was taken, as far as this knows
    for proposal in made:
        (root / "data" / proposal.path).write_bytes(proposal.content)
    fresh = _files(held, reading, read_from, today)
    (root / FOLDER / register.NAME).write_bytes(register.written(fresh))
    _describe(root, [*(known for known, _ in reading.taken), *reading.held], fresh)
    for proposal in {proposal.key: proposal for proposal in made if not proposal.again}.values():
        _cite(root, proposal, read_from, today)
    paths = [path for path in sorted((root / "data").rglob("*")) if path.is_file()]
    return [path.relative_to(root).as_posix() for path in paths if before.get(path) != path.read_bytes()]


def _files(held: list[Held], reading: Reading, read_from: str, today: str) -> list[Held]:
    """The list with the new files; a part of which there is one file at a time has only the newest."""
    added = [
        Held(
            recipe=known.recipe.name,
            part=known.part.name,
            release=release,
            reaches=known.reaches,
            released="",  # the publisher's day is not in the file; who knows it adds it to the list
            retrieved=today,
            bytes=str(len(known.file.content)),
            sha256=known.file.sha256,
            file=known.file.name.rsplit("/", 1)[-1],
            read_from=read_from,
        )
        for known, release in reading.taken
    ]
    replaced = {(known.recipe.name, known.part.name) for known, _ in reading.taken if not known.part.many}
    return [file for file in held if (file.recipe, file.part) not in replaced] + added


def _describe(root: Path, known: list[Known], held: list[Held]) -> None:
    """Say in datapackage.json which release each table made of these files holds, and when the next is due."""
    path = root / "data" / PACKAGE
    package = json.loads(path.read_text("utf-8"))
    tables = {t.name: (each.recipe, t) for each in known for t in each.recipe.tables if each.part.name in t.parts}
    for place, entry in enumerate(package["resources"]):
        if entry["name"] in tables:
            package["resources"][place] = _described(entry, *tables[entry["name"]], held)
    path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _described(entry: dict, recipe: Recipe, table: Table, held: list[Held]) -> dict:
    """A table's entry with the metadata before its schema."""
    last, due = register.newest(held, recipe, table.name), expected(recipe, table.name, held)
    values = (f"{FOLDER.as_posix()}/{recipe.name}.py", last.release, last.released, last.retrieved, due)
    said = {name: value for name, value in zip(METADATA, values, strict=True) if value}
    entry = {name: value for name, value in entry.items() if name not in METADATA}
    if table.processing:
        entry["processing"] = table.processing.format(release=last.release)
    place = list(entry).index("schema")
    items = list(entry.items())
    return dict(items[:place]) | said | dict(items[place:])


def _cite(root: Path, proposal: Proposal, read_from: str, today: str) -> None:
    """The bibliography's entry of a release, made from the one before; likewise the row of its source.

    The entry before goes where no row and no page uses it any more: the checks would ask for that.
    """
    path = root / "data" / BIBLIOGRAPHY
    text = path.read_text("utf-8")
    old, key = proposal.old_key, proposal.key
    model = _entry(text, key) or _entry(text, old)
    if not model:
        raise Unreadable(f"data/{BIBLIOGRAPHY} has no entry {key}, and none before it to follow: add one")
    known, unused = f"{{{key},\n" in model, old not in inputs.used_sources(root)
    fresh = model if known else model.replace(f"{{{old},", f"{{{key},", 1)
    if proposal.before and proposal.before in (title := _field(fresh, "title")):
        fresh = _set(fresh, "title", title.replace(proposal.before, proposal.release))
    # A key that ends in a year ends in that of the release; a quarter's figures may come out in the next year.
    if year := re.search(r"-(\d{4})$", key):
        fresh = _set(fresh, "year", year[1])
    address = read_from or proposal.table.address or proposal.recipe.publisher.address
    note = f"Release of {proposal.release}" + (", read in a copy" if read_from else "")
    fresh = _set(_set(_set(fresh, "url", address), "urldate", today), "note", note)
    path.write_text(text.replace(model, fresh if known or unused else f"{model}\n{fresh}"), "utf-8")
    _list(root / "data" / SOURCES, old, key, proposal.recipe.publisher, read_from, unused)


def _list(path: Path, old: str, key: str, publisher: Publisher, read_from: str, unused: bool) -> None:
    """The source's row, after that of the release before, or in its place when nothing uses that."""
    columns, rows = merge.read(path.read_bytes())
    before = next((row for row in rows if row["source"] in (key, old)), {"kind": "dataset"})
    standing = {"standing": "original", "original": "", "licence": publisher.licence}
    if read_from:
        standing |= {"standing": "copy", "original": publisher.name}
    if publisher.passes_on and "standing" in before:
        standing = {}
    fresh = {name: "" for name in columns} | before | {"source": key} | standing
    place = rows.index(before) if before in rows else len(rows)
    keep = before in rows and before["source"] != key and not unused
    rows[place : place + 1] = [before, fresh] if keep else [fresh]
    path.write_bytes(merge.written(columns, rows))


def _entry(text: str, key: str) -> str:
    found = key and re.search(rf"^@\w+\{{{re.escape(key)},\n.*?^\}}\n", text, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def _field(entry: str, name: str) -> str:
    found = re.search(rf"^  {name} = \{{(.*)\}},$", entry, re.MULTILINE)
    return found[1] if found else ""


def _set(entry: str, name: str, value: str) -> str:
    """The entry with a field, in its place or at the end."""
    line = f"  {name} = {{{value}}},\n"
    changed, count = re.subn(rf"^  {name} = .*\n", lambda _: line, entry, flags=re.MULTILINE)
    return changed if count else entry[: -len("}\n")] + line + "}\n"
