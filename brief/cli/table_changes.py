"""What changed in the tables, cell by cell: old, new and source, with what looks unlikely first and as a question."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from brief.cli.table_versions import Version
from brief.cli.unlikely import NUMBERS, Unlikely
from brief.ext.facts.changed_facts import relative

LISTED = 20  # lines of one table where not all are asked for
LONG = 60  # characters of a cell that are shown


@dataclass
class Change:
    """A cell or a whole row of data/`path` that differs. `row` is its line in the new file, of a row that is gone in
    the old one; `cell` is its column, old and new text."""

    path: str
    row: int
    key: tuple[str, ...]
    what: str
    source: str
    reasons: list[str] = field(default_factory=list)
    cell: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line: "data/bread/ovens.csv row 3 (Birch), loaves: 800 → 840 (+5.0%) [bakers-guild]"."""
        line = f"data/{self.path} row {self.row} ({', '.join(self.key)}){self.what} [{self.source or 'no source'}]"
        return f"? {line}: {'; '.join(self.reasons)}: is that meant?" if self.reasons else line


@dataclass
class TableChanges:
    """What differs in one table: lines about the whole of it, cells and rows."""

    path: str
    notes: list[str] = field(default_factory=list)
    cells: list[Change] = field(default_factory=list)
    added: list[Change] = field(default_factory=list)
    gone: list[Change] = field(default_factory=list)

    @property
    def rows(self) -> list[Change]:
        """All changes, those to ask about first."""
        return sorted([*self.cells, *self.gone, *self.added], key=lambda change: not change.reasons)

    def lines(self, most: int | None = None) -> list[str]:
        """A line each; beyond `most` their number, and no question is left out."""
        asked, plain = ([str(c) for c in self.rows if bool(c.reasons) is want] for want in (True, False))
        lines = [*(f"data/{self.path}{note}" for note in self.notes), *asked, *plain]
        shown = len(lines) if most is None else max(most, len(self.notes) + len(asked))
        rest = len(lines) - shown
        return lines[:shown] + ([f"data/{self.path}: {rest:,} more, which `make changes` lists"] if rest > 0 else [])


def compare(old: dict[str, Version], new: dict[str, Version]) -> list[TableChanges]:
    """What differs between two versions of all tables, by their paths; a table that is alike is left out."""
    known = {row["source"] for version in old.values() for row in version.rows if "source" in row}
    found = []
    for path in sorted(old.keys() | new.keys()):
        if path not in new:
            found.append(TableChanges(path, [f" is gone ({len(old[path].rows):,} rows)"]))
        elif path not in old:
            found.append(TableChanges(path, [f" is new ({len(new[path].rows):,} rows)"]))
        elif old[path] != new[path]:
            found.append(_table(old[path], new[path], known))
    return [table for table in found if table.notes or table.rows]


def _table(old: Version, new: Version, known_sources: set[str]) -> TableChanges:
    changes = TableChanges(new.path, list(_columns(old, new)))
    key = new.schema.get("primaryKey", [])
    if not key or not set(key) <= old.fields.keys():
        return TableChanges(new.path, [*changes.notes, ": its key is another one: rows cannot be told apart"])
    here, there = new.keyed(key), old.keyed(key)
    common = [name for name in new.fields if name in old.fields and name not in key]
    before = {i: old.rows[there[k]] for k, i in here.items() if k in there}
    fresh = {k: i for k, i in here.items() if k not in there}
    before |= _moved(old, new, fresh, there.keys() - here.keys(), common)
    judge = Unlikely(old, new, before, known_sources)
    for i in range(len(new.rows)):
        if i not in before:
            reasons = [f"{name}: {why}" for name in new.fields for why in judge.reasons(i, name)]
            changes.added.append(_of_row(new, i, "added", reasons))
    for i, was in sorted(before.items()):
        for name in [*key, *common]:
            if was[name] != new.rows[i][name]:
                changes.cells.append(_of_cell(new, i, name, was, judge))
    stays = {tuple(row[name] for name in key) for row in before.values()}
    changes.gone = [_of_row(old, i, "gone") for k, i in there.items() if k not in here and k not in stays]
    if len(changes.gone) * 2 > len(old.rows):
        changes.notes.append(f": {len(changes.gone):,} of {len(old.rows):,} rows are gone: is that meant?")
    return changes


def _columns(old: Version, new: Version) -> Iterable[str]:
    """Columns that came, went, or whose unit or type is another."""
    yield from (f", column {name} is new" for name in new.fields if name not in old.fields)
    yield from (f", column {name} is gone" for name in old.fields if name not in new.fields)
    for name in new.fields.keys() & old.fields.keys():
        for what in ("unit", "type"):
            a, b = (version.fields[name].get(what) for version in (old, new))
            if a != b:
                yield f", column {name}: {what} {a} → {b}"


def _moved(old: Version, new: Version, added: dict, gone: set, common: list[str]) -> dict[int, dict]:
    """Rows whose key differs in one cell and that are otherwise the same, by their index in `new`: the old row."""
    place = old.keyed(new.schema["primaryKey"])
    same: dict[tuple, list[tuple]] = {}
    for k in gone:
        same.setdefault(tuple(old.rows[place[k]][name] for name in common), []).append(k)
    found, taken = {}, set()
    for k, i in added.items():
        for other in sorted(same.get(tuple(new.rows[i][name] for name in common), [])):
            if other not in taken and sum(a != b for a, b in zip(k, other, strict=True)) == 1:
                found[i] = old.rows[place[other]]
                taken.add(other)
                break
    return found


def _of_cell(new: Version, i: int, name: str, was: dict[str, str], judge: Unlikely) -> Change:
    row, kind = new.rows[i], new.fields[name]["type"]
    a, b = shown(was[name], kind), shown(row[name], kind)
    change = ""
    if kind in NUMBERS and was[name] and row[name]:
        change = relative(new.value(was, name), new.value(row, name))
    key = tuple(row[column] for column in new.schema["primaryKey"])
    what, reasons = f", {name}: {a} → {b}{change}", judge.reasons(i, name)
    return Change(new.path, i + 2, key, what, row.get("source", ""), reasons, (name, was[name], row[name]))


def _of_row(version: Version, i: int, what: str, reasons: Iterable[str] = ()) -> Change:
    row, key = version.rows[i], version.schema["primaryKey"]
    cells = [
        f"{name} {shown(text, version.fields[name]['type'])}"
        for name, text in row.items()
        if text and name not in (*key, "source")
    ]
    told = f" {what}: {', '.join(cells)}" if cells else f" {what}"
    return Change(version.path, i + 2, tuple(row[n] for n in key), told, row.get("source", ""), list(reasons))


def shown(text: str, kind: str) -> str:
    """A cell in a line: numbers with separators of thousands, long texts cut, "empty" for none."""
    if not text:
        return "empty"
    if kind in NUMBERS and text.lstrip("-").isdigit() and len(text) < 16:
        return f"{int(text):,}"
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
