"""What a release changes in a table: its rows and cells, and what looks like a new definition and not news."""

from dataclasses import dataclass

from brief.cli.table_changes import LISTED, TableChanges, compare
from brief.cli.table_versions import Version

# A release that revises so much of what was published has counted anew.
RECOUNTED, AT_LEAST = 0.2, 10
# An economy (or other part) whose rows all move one way, by so much of their sum, has been defined anew.
SHIFTED, ROWS = 0.2, 3


@dataclass(frozen=True)
class Difference:
    """The changes of a table, and the keys of the publisher's rows in it, before and after."""

    changes: TableChanges
    key: list[str]
    before: set[tuple[str, ...]]
    after: set[tuple[str, ...]]

    @property
    def revised(self) -> dict[tuple[str, ...], tuple[str, str]]:
        """The old and the new text of each cell that differs in a row that stays, by the row's key and the column."""
        return {(*c.key, c.cell[0]): c.cell[1:] for c in self.changes.cells if c.cell[0] not in self.key}

    def summary(self) -> str:
        if not self.changes.rows:
            return "no value changes"
        revised, both = len({at[:-1] for at in self.revised}), len(self.before & self.after)
        new, gone = len(self.after - self.before), len(self.before - self.after)
        return f"{new} rows new, {revised} of {both} revised, {gone} gone"

    def lines(self) -> list[str]:
        """What differs, what looks unlikely first, and the warnings."""
        warned = [f"looks like a new definition, not news: {line}" for line in self.redefined()]
        return self.changes.lines(LISTED) + warned

    def redefined(self) -> list[str]:
        """Why the changes may be of what is counted and not of the world."""
        revised, both, gone = self.revised, self.before & self.after, self.before - self.after
        moved = {at: pair for at, texts in revised.items() if (pair := _numbers(*texts))}
        lines, rows = [], len({at[:-1] for at in revised})
        if rows >= max(AT_LEAST, RECOUNTED * len(both)):
            known = sorted(abs(new - old) / abs(old) for old, new in moved.values())
            middle = f", half of the values by {known[len(known) // 2]:.1%} or more" if known else ""
            lines.append(f"{rows} of {len(both)} rows that were published are revised{middle}")
        for place, name in enumerate(self.key):
            parts: dict[tuple[str, str], list[tuple[float, float]]] = {}
            for at, pair in moved.items():
                parts.setdefault((at[place], at[-1]), []).append(pair)
            for (value, column), pairs in parts.items():
                old, new = map(sum, zip(*pairs, strict=True))
                one_way = len(pairs) >= ROWS and len({b > a for a, b in pairs}) == 1
                if one_way and abs(new - old) >= SHIFTED * abs(old):
                    said = f"all {len(pairs)} revised rows go {'up' if new > old else 'down'}"
                    lines.append(f"{name} {value}: {said}, {column} {old:g} -> {new:g} in sum")
            for value in sorted({row[place] for row in gone} - {row[place] for row in both}):
                lines.append(f"{name} {value}: no row is left; has it another name in the file?")
        return lines


def _numbers(*texts: str) -> tuple[float, float] | None:
    """An old and a new value whose change can be said by the old one."""
    try:
        old, new = map(float, texts)
    except ValueError:
        return None
    return (old, new) if old else None


def difference(entry: dict, old: list[dict], new: list[dict], owned: tuple[list[dict], list[dict]]) -> Difference:
    """Between two states of a table, as text; the source of a row is no value.

    owned: those of the rows that are the publisher's.
    """
    path, key = entry["path"], entry["schema"]["primaryKey"]
    schema = entry["schema"] | {"fields": [each for each in entry["schema"]["fields"] if each["name"] != "source"]}
    found = compare(*({path: Version(path, schema, rows)} for rows in (old, new)))
    keys = ({tuple(row[name] for name in key) for row in rows} for rows in owned)
    return Difference(found[0] if found else TableChanges(path), key, *keys)
