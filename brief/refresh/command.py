"""`make refresh`: show what publishers' files would change, and with WRITE=1 change it; alone, what is held and due."""

import datetime as dt
import os
import shutil
import sys
import tempfile
from pathlib import Path

from brief import project
from brief.cli import build
from brief.ext.checks import inputs
from brief.ext.facts import changed_facts
from brief.refresh import calendar, held, proposal, recipe, writing
from brief.refresh.publisher_file import Unreadable, opened

# Not of a copy of the book that is only checked.
LEFT_OUT = shutil.ignore_patterns("_build", ".*", "__pycache__", "*.egg-info", "site")


def refresh(
    root: Path, source: str | None, write: bool, released: str = "", read_from: str = "", facts: bool = False
) -> int:
    """Print what the files at `source` would change in data/, and change it where `write`; 0 or 1.

    `released` says of when files are that do not say it, `read_from` where they are from, if not from the publisher.
    Nothing is written when a file is refused or the tables as they would be are not valid.
    """
    if not source:
        print(calendar.overview(root, dt.date.today()))
        return 0
    try:
        files = held.read(root)
        reading = proposal.read(opened(Path(source).expanduser()), recipe.found(root), files, released)
        made = proposal.proposals(root, reading, files) if not reading.refused else []
    except Unreadable as reason:
        return _refuse([f"{source}: {reason}"])
    if reading.refused or not (reading.taken or reading.held):
        none = [f"{source}: none of its {len(reading.unknown)} files is one that a recipe knows"]
        return _refuse(reading.refused or (reading.unknown if len(reading.unknown) == 1 else none))
    for line in reading.unknown:
        print(f"left aside: {line}")
    if reading.held:
        print(f"held already, byte for byte: {_names(reading.held)}")
    for made_of in made:
        print("\n" + made_of.text())
    return _settle(root, made, reading, files, write, read_from, facts)


def _settle(
    root: Path,
    made: list[proposal.Proposal],
    reading: proposal.Reading,
    files: list[held.Held],
    write: bool,
    read_from: str,
    facts: bool,
) -> int:
    """Make the changes in a copy, check it, say what it would do to the facts, and take it over where `write`."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        shutil.copytree(root, copy, ignore=LEFT_OUT, symlinks=True)
        try:
            names = writing.write(copy, made, reading, files, read_from)
        except Unreadable as reason:
            return _refuse([str(reason)])
        if errors := inputs.all_errors(copy):
            return _refuse(["the tables would not be valid:", *errors])
        if facts and made and (status := _facts(root, copy)):
            return status
        if not names:
            print("\nNothing to write.")
        elif write:
            for name in names:
                _replace(copy / name, root / name)
            print(f"\nWritten: {', '.join(names)}")
            print("\n".join(_to_read(root, made)))
        else:
            print(f"\nWould write: {', '.join(names)}. Nothing is written without WRITE=1.")
    return 0


def _to_read(root: Path, made: list[proposal.Proposal]) -> list[str]:
    """What a person wrote of the release before, and a program cannot: to be read against the new one."""
    lines = []
    for table in {one.table.name: one for one in made}.values():
        entry = project.resource(root, table.table.name)
        lines += [f"Does it hold? {entry['name']}, {text}: {entry[text]}" for text in ("processing", "caveats")]
    keys = sorted({one.key for one in made})
    return lines + [
        f"Does it hold? {key}: title and author in data/references.bib, data/shared/sources.csv" for key in keys
    ]


def _facts(root: Path, copy: Path) -> int:
    """A draft of the copy, compared with the book as it was last built."""
    built = root / "_build" / "html"
    if not (built / project.FACTS).is_file():
        return _refuse(["to say which facts change, the book must have been built: make book"])
    shutil.copytree(root / "_build", copy / "_build", symlinks=True)
    os.environ.pop("BRIEF_ROOT", None)  # else the draft's kernels would read the book as it is
    try:
        site = build.drafted(copy, "the book does not build with these tables:")
    except RuntimeError as error:
        return _refuse([str(error)])
    print("\n" + changed_facts.compare(project.facts(built), project.facts(site)).text())
    return 0


def _replace(made: Path, target: Path) -> None:
    """Whole or not at all."""
    aside = target.with_name(f".{target.name}.new")
    shutil.copyfile(made, aside)
    aside.replace(target)


def _names(known: list[held.Held]) -> str:
    names = [one.file.name for one in known]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _refuse(lines: list[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    print("Nothing was written.", file=sys.stderr)
    return 1
