"""What a release changes in a table: rows new, revised and gone, and what looks like a new definition and not news."""

from dataclasses import dataclass, field

SHOWN = 8  # rows or cells of a kind that are printed; the rest are counted
# A release that revises so much of what was published has counted anew.
RECOUNTED, AT_LEAST = 0.2, 10
# An economy (or other part) whose rows all move one way, by so much of their sum, has been defined anew.
SHIFTED, ROWS = 0.2, 3


@dataclass(frozen=True)
class Cell:
    """A value that differs, in the row with this key."""

    key: tuple[str, ...]
    column: str
    old: str
    new: str

    @property
    def relative(self) -> float | None:
        """The change by the old value; None where it means nothing."""
        try:
            old, new = float(self.old), float(self.new)
        except ValueError:
            return None
        return (new - old) / abs(old) if old else None

    def __str__(self) -> str:
        change = "" if self.relative is None else f" ({self.relative:+.1%})"
        return f"{', '.join(self.key)}: {self.column} {self.old or 'empty'} -> {self.new or 'empty'}{change}"


@dataclass
class Difference:
    """Rows by key; `kept` are those in both tables."""

    key: list[str]
    new: list[tuple[str, ...]] = field(default_factory=list)
    gone: list[tuple[str, ...]] = field(default_factory=list)
    kept: list[tuple[str, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    @property
    def both(self) -> int:
        return len(self.kept)

    @property
    def revised(self) -> set[tuple[str, ...]]:
        return {cell.key for cell in self.cells}

    def summary(self) -> str:
        if not (self.new or self.gone or self.cells):
            return "no value changes"
        return f"{len(self.new)} rows new, {len(self.revised)} of {self.both} revised, {len(self.gone)} gone"

    def lines(self) -> list[str]:
        """The rows and cells, largest change first, and the warnings."""
        ordered = sorted(self.cells, key=lambda cell: -abs(cell.relative or 0))
        lines = [f"revised  {cell}" for cell in ordered[:SHOWN]] + _rest(ordered, "cells revised")
        for kind, rows in (("new", self.new), ("gone", self.gone)):
            lines += [f"{kind:8} {', '.join(row)}" for row in rows[:SHOWN]] + _rest(rows, f"rows {kind}")
        return lines + [f"looks like a new definition, not news: {line}" for line in self.redefined()]

    def redefined(self) -> list[str]:
        """Why the changes may be of what is counted and not of the world."""
        lines = []
        if len(self.revised) >= max(AT_LEAST, RECOUNTED * self.both):
            known = sorted(abs(cell.relative) for cell in self.cells if cell.relative is not None)
            middle = f", half of the values by {known[len(known) // 2]:.1%} or more" if known else ""
            lines.append(f"{len(self.revised)} of {self.both} rows that were published are revised{middle}")
        for place, name in enumerate(self.key):
            groups: dict[str, list[Cell]] = {}
            for cell in self.cells:
                groups.setdefault(cell.key[place], []).append(cell)
            for value, cells in groups.items():
                lines += self._shift(f"{name} {value}", cells)
            for value in sorted({row[place] for row in self.gone} - {row[place] for row in self.kept}):
                lines.append(f"{name} {value}: no row is left; has it another name in the file?")
        return lines

    def _shift(self, what: str, cells: list[Cell]) -> list[str]:
        """A line when all revised values of a part moved one way, and far."""
        for column in dict.fromkeys(cell.column for cell in cells):
            moved = [cell for cell in cells if cell.column == column and cell.relative is not None]
            if len(moved) >= ROWS and len({cell.relative > 0 for cell in moved}) == 1:
                old, new = (sum(float(getattr(cell, side)) for cell in moved) for side in ("old", "new"))
                if abs(new - old) >= SHIFTED * abs(old):
                    direction = "up" if new > old else "down"
                    return [f"{what}: all {len(moved)} revised rows go {direction}, {column} {old:g} -> {new:g} in sum"]
        return []


def _rest(rows: list, words: str) -> list[str]:
    return [f"... {len(rows)} {words} in all"] if len(rows) > SHOWN else []


def difference(old: list[dict], new: list[dict], key: list[str]) -> Difference:
    """Between two states of a table, as text; the source of a row is no value."""

    def by_key(rows: list[dict]) -> dict[tuple[str, ...], dict]:
        return {tuple(row[name] for name in key): row for row in rows}

    before, after = by_key(old), by_key(new)
    found = Difference(key, [at for at in after if at not in before], [at for at in before if at not in after])
    for at, row in after.items():
        if at in before:
            found.kept.append(at)
            names = [name for name in row if name not in (*key, "source") and row[name] != before[at][name]]
            found.cells += [Cell(at, name, before[at][name], row[name]) for name in names]
    return found
