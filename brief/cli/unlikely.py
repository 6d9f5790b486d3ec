"""What looks unlikely in an edit of a table, beside its own series and beside what stood there: asked, never refused.

Each rule gives a reason in words ("1,000 times its old value"), to stand before "is that meant?".
"""

import math
from collections.abc import Iterator
from itertools import pairwise
from statistics import quantiles

from brief.cli.table_versions import Version
from brief.coverage import TIMES

JUMP = 1.6  # times above or below its neighbours that a number stands, where its series is smooth
USUAL = 2.5  # ... and this many of the longer steps that its series takes, where it is not
ALONE = 3.0  # times its old value, where it has no neighbours
OVERTAKEN = 1.25  # times below another before, and above it now
FEW = 10  # changed cells of a column, among which two that are exchanged are no chance
LATER = 4  # years between a date and the last known: the next edition of something that is not yearly
POWERS = (1000, 1_000_000, 1_000_000_000, 100, 10)
NUMBERS = ("integer", "number")


class Unlikely:
    """Judges changes between two versions of one table; `before` has the old row by the index of a row in `new`."""

    def __init__(self, old: Version, new: Version, before: dict[int, dict[str, str]], known_sources: set[str]):
        self.old, self.new, self.before = old, new, before
        self.known_sources = known_sources
        self.key = new.schema.get("primaryKey", [])
        self.entities = [name for name in self.key if name not in new.times]
        pointing = {name for link in new.schema.get("foreignKeys", []) for name in link["fields"]}
        self.named = [name for name in self.entities if name in pointing]
        self.changed = {
            column: {i for i, row in before.items() if row.get(column, "") != new.rows[i][column]}
            for column in new.fields
        }
        measured = [name for name, f in old.fields.items() if f["type"] in (*NUMBERS, *TIMES)]
        self.known = {name: [v for r in old.rows if (v := old.value(r, name)) is not None] for name in measured}
        self.floors = {name: self._floor(name) for name in new.fields if new.fields[name]["type"] in NUMBERS}
        self.series = self._groups(self.entities)
        self.peers = self._groups([name for name in self.key if name not in self.named]) if self.named else {}

    def reasons(self, index: int, column: str) -> list[str]:
        """Why a cell of a changed or an added row of the new version is worth a question."""
        field = self.new.fields[column]
        kind, was = field["type"], self.before.get(index)
        found = []
        if was and kind != "boolean" and "enum" not in field.get("constraints", {}):
            found += self._exchanged(index, column)
        if was and column in self.key and kind == "string":
            found += self._renamed(index, column)
        if column == "source" and column not in self.key:
            found += self._source(index)
        elif kind in NUMBERS:
            found += self._number(index, column)
        elif kind in TIMES:
            found += self._time(index, column)
        return found

    def _groups(self, names: list[str]) -> dict[tuple[str, ...], list[int]]:
        """The indexes of rows that are alike in some columns, in order of time."""
        groups: dict[tuple[str, ...], list[int]] = {}
        for i in sorted(range(len(self.new.rows)), key=lambda i: [self.new.rows[i][name] for name in self.new.times]):
            groups.setdefault(tuple(self.new.rows[i][name] for name in names), []).append(i)
        return groups

    def _exchanged(self, index: int, column: str) -> Iterator[str]:
        """The value is what another row had, which has this one's now."""
        text, was = self.new.rows[index][column], self.before[index].get(column, "")
        changed = self.changed[column]
        for other in sorted(changed - {index}) if text != was else []:
            if self.before[other][column] == text and self.new.rows[other][column] == was:
                texts = [row[column] for row in self.old.rows]
                if len(changed) <= FEW or texts.count(text) == texts.count(was) == 1:
                    yield f"exchanged with row {other + 2}"
                    return

    def _renamed(self, index: int, column: str) -> Iterator[str]:
        """A row that is the same but for one word of its key, which is the word of other rows."""
        text = self.new.rows[index][column]
        if text != self.before[index][column] and any(row[column] == text for row in self.old.rows):
            yield "the same row, of another"

    def _source(self, index: int) -> Iterator[str]:
        """A source that serves other tables and never served this one; another one for values that did not change."""
        source, row = self.new.rows[index]["source"], self.before.get(index)
        if row and row["source"] == source:
            return
        served = {r.get("source", "") for r in self.old.rows}
        if source not in served and source in self.known_sources:
            if row:
                yield "a source that never served this table"
            elif len(served) * 3 < len(self.old.rows):  # not a table where each row has a source of its own
                yield "a source that serves other tables, never this one"
        elif (
            row
            and source in served
            and not any(index in self.changed[name] for name in self.changed if name != "source")
        ):
            yield "another source, the same values"

    def _time(self, index: int, column: str) -> Iterator[str]:
        """A date some decades off, with day and month exchanged, or beyond all dates of its column."""
        value = self.new.value(self.new.rows[index], column)
        years = [getattr(v, "year", v) for v in self.known.get(column, [])]
        if value is None or not years:
            return
        was = self.old.value(self.before[index], column) if index in self.before else None
        year = getattr(value, "year", value)
        if was is not None:
            apart = year - getattr(was, "year", was)
            if apart and apart % 10 == 0:
                yield f"{abs(apart)} years {'later' if apart > 0 else 'earlier'}"
            elif hasattr(was, "day") and (was.day, was.month, was.year) == (value.month, value.day, year):
                yield "day and month exchanged"
        if not min(years) - LATER <= year <= max(years) + LATER:
            yield f"all others are of {min(years)} to {max(years)}"

    def _number(self, index: int, column: str) -> Iterator[str]:
        row = self.new.rows[index]
        value = self.new.value(row, column)
        was = self.old.value(self.before[index], column) if index in self.before else None
        if value is None or value == was:
            return
        yield from self._sign(column, value, was)
        if was:
            yield from self._beside_old(index, column, value, was)
        if was is not None:
            yield from self._other_column(index, column, value)
            yield from self._overtaken(index, column, value, was)
        yield from self._beside_neighbours(index, column, value, was)

    def _beside_old(self, index: int, column: str, value: float, was: float) -> Iterator[str]:
        ratio = value / was
        for power in POWERS:
            if math.isclose(ratio, power, rel_tol=1e-3):
                yield f"{power:,} times its old value"
                return
            if math.isclose(ratio, 1 / power, rel_tol=1e-3):
                yield f"1/{power:,} of its old value"
                return
        far = ratio > 0 and not 1 / ALONE < ratio < ALONE
        if far and not _small(value, was) and len(self._points(index, column)[0]) == 1:
            yield f"{times(ratio)} its old value"

    def _sign(self, column: str, value: float, was: float | None) -> Iterator[str]:
        if was and value == -was:
            yield "the sign alone changed"
        elif value < 0 and not any(v < 0 for v in self.known.get(column, [])):
            yield "no other value is below zero"

    def _other_column(self, index: int, column: str, value: float) -> Iterator[str]:
        """The value of another column of the row, which it was not."""
        row = self.new.rows[index]
        for name, field in self.new.fields.items():
            if name != column and field["type"] in NUMBERS and not _small(value) and self.new.value(row, name) == value:
                yield f"the value of {name}"

    def _overtaken(self, index: int, column: str, value: float, was: float) -> Iterator[str]:
        """Well above (or below) another one of its time that it stood well below (or above)."""
        row = self.new.rows[index]
        beside = self.peers.get(tuple(row[name] for name in self.key if name not in self.named), [])
        for other in beside:
            then = self.before.get(other)
            if other == index or not then or _small(value, was):
                continue
            a, b = self.old.value(then, column), self.new.value(self.new.rows[other], column)
            if not a or not b or min(a, b, value, was) <= 0:
                continue
            for now, before, side in ((value / b, a / was, "above"), (b / value, was / a, "below")):
                if now > OVERTAKEN and before > OVERTAKEN:
                    yield f"now {side} {', '.join(self.new.rows[other][name] for name in self.named)} (row {other + 2})"
                    return

    def _points(self, index: int, column: str) -> tuple[list[float], int]:
        """The values that a row's series has in `column`, in order of time, and the place of the row's own."""
        rows = self.series[tuple(self.new.rows[index][name] for name in self.entities)] if self.new.times else [index]
        values = {i: v for i in rows if (v := self.new.value(self.new.rows[i], column)) is not None}
        return list(values.values()), list(values).index(index)

    def _beside_neighbours(self, index: int, column: str, value: float, was: float | None) -> Iterator[str]:
        """Away from both neighbours by more than the series usually steps."""
        values, at = self._points(index, column)
        around = [values[i] for i in (at - 1, at + 1) if 0 <= i < len(values)]
        if not around:
            return
        floor = self.floors[column]
        height = [_log(v, floor) for v in values]
        steps = sorted(abs(b - a) for i, (a, b) in enumerate(pairwise(height)) if at not in (i, i + 1))
        usual = quantiles(steps, n=10)[-1] if len(steps) >= 3 else (max(steps, default=0) or math.log(2)) * 1.5
        away = min((_log(value, floor) - _log(v, floor) for v in around), key=abs)
        if abs(away) <= max(math.log(JUMP), USUAL * usual):
            return
        if was is not None and abs(_log(value, floor) - _log(was, floor)) <= math.log(JUMP) / 2:
            return  # it stood apart before, and moved little
        nearest = min(around, key=lambda v: abs(_log(value, floor) - _log(v, floor)))
        alike = nearest and value / nearest > 0
        yield f"{times(value / nearest)} its neighbours" if alike else "far from its neighbours"

    def _floor(self, column: str) -> float:
        """What counts as nothing in a column: a tenth of its values lie below, so that 1 after 0 is no leap."""
        sizes = sorted(abs(v) for v in self.known.get(column, []) if v)
        small = sizes[len(sizes) // 10] if sizes else 1.0
        return max(small, 3.0) if self.new.fields[column]["type"] == "integer" else small


def _log(value: float, floor: float) -> float:
    """A size whose differences are ratios, for values of either sign and for zero."""
    return math.copysign(math.log1p(abs(value) / floor), value)


def _small(*values: float) -> bool:
    """Whether numbers are too small to say much: counts of a few."""
    return all(float(v).is_integer() and abs(v) <= 10 for v in values)


def times(ratio: float) -> str:
    """ "1,000 times", "2.5 times", "1/40 of" """
    if ratio >= 1:
        return f"{ratio:,.0f} times" if ratio >= 10 else f"{ratio:.1f} times"
    return f"1/{1 / ratio:,.0f} of" if ratio <= 0.1 else f"{ratio:.2f} times"
