"""What changed in the tables, told: after a build, and between any two builds or revisions."""

from collections.abc import Iterable
from pathlib import Path

from brief.cli import table_changes
from brief.cli.changes import uncommitted_tables
from brief.cli.table_changes import LISTED, TableChanges
from brief.cli.table_versions import Version, in_folder, in_revision


def summary(tables: list[TableChanges]) -> str:
    """One line: "2 cells changed, 1 row added in 2 tables; 1 to look at"."""
    cells, added, gone = (sum(len(getattr(t, kind)) for t in tables) for kind in ("cells", "added", "gone"))
    parts = [f"{cells:,} {'cell' if cells == 1 else 'cells'} changed"] if cells else []
    parts += [f"{n:,} {'row' if n == 1 else 'rows'} {what}" for n, what in ((added, "added"), (gone, "gone")) if n]
    if not tables:
        return "no table changed"
    where = f"{len(tables)} {'table' if len(tables) == 1 else 'tables'}"
    told = f"{', '.join(parts)} in {where}" if parts else f"{where} changed as a whole"
    asked = len(questions(tables))
    return f"{told}; {asked:,} to look at" if asked else told


def questions(tables: Iterable[TableChanges]) -> list[str]:
    """The lines that ask."""
    return [line for table in tables for line in table.lines() if line.endswith("?")]


def built(root: Path) -> dict[str, Version]:
    """The tables of the site that stands."""
    return in_folder(root / "_build" / "html" / "data")


def of_build(root: Path, old: dict[str, Version]) -> list[str]:
    """What to say of the tables after a build: what changed since the last good one, cell by cell, whose tables are
    `old`, and what is asked of edits that no commit holds yet, however often the book was built since."""
    new = in_folder(root / "data")
    if not new:  # no descriptor that can be read: the build says what is wrong with it
        return []
    tables = table_changes.compare(old, new) if old else []
    lines = [f"\nIn the tables since the last build: {summary(tables)}"] if tables else []
    lines += [line for table in tables for line in table.lines(LISTED)]
    said, committed = set(lines), in_revision(root, "HEAD") if uncommitted_tables(root) else {}
    asked = questions(table_changes.compare(committed, new)) if committed else []
    waiting = [line for line in asked if line not in said]
    return lines + (["\nIn the tables since the last commit, to look at:", *waiting] if waiting else [])


def of_edition(root: Path, before: Path) -> str:
    """What the edition that is to be made of `root` changes in the tables of the one whose site lies in `before`."""
    tables = table_changes.compare(in_folder(before / "data"), in_folder(root / "data"))
    title = f"In the tables since edition {before.name}: {summary(tables)}"
    return "\n".join([title, *(line for table in tables for line in table.lines(LISTED)), ""])


def between(root: Path, old: str, new: str) -> list[TableChanges] | None:
    """What differs between the tables of two builds or revisions, named as `make changes` takes them; None when there
    are none beside a facts.json."""
    before, after = _named(root, old), _named(root, new)
    return table_changes.compare(before, after) if before and after else None


def _named(root: Path, name: str) -> dict[str, Version]:
    path = Path(name)
    if path.exists():
        return in_folder((path if path.is_dir() else path.parent) / "data")
    return in_revision(root, name)


def asked(tables: list[TableChanges] | None, markdown: bool = False) -> str:
    """The questions, before everything else that changed; nothing when there are none."""
    lines = questions(tables or [])
    return _block("To look at in the tables", lines, markdown) + "\n" if lines else ""


def told(tables: list[TableChanges] | None, markdown: bool = False) -> str:
    """Everything, cell by cell."""
    if tables is None:
        return "In the tables: not compared, since no tables lie beside a facts.json"
    lines = [line for table in tables for line in table.lines() if not line.endswith("?")]
    return _block(f"In the tables: {summary(tables)}", lines, markdown)


def _block(title: str, lines: list[str], markdown: bool) -> str:
    if markdown:  # code: nothing in a cell is markup, a mention or a link
        return "\n".join([f"### {title}", "", *(f"- `{line.replace('`', chr(39))}`" for line in lines)])
    return "\n".join([title if not lines else f"{title.removesuffix(':')}:", *(f"  {line}" for line in lines)])
