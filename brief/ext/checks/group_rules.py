"""Rules across rows, see `rules`: what rows that share something must be to one another, or to another table's."""

from collections.abc import Iterator
from itertools import pairwise

from brief.cellvalues import shown
from brief.ext.checks.row_rules import cell
from brief.tableschema import Fault, Table


def grouped(table: Table, rows: list[int], by: list[str]) -> dict[tuple, list[int]]:
    """The rows that have the same values in the columns `by`, together, in their order."""
    groups: dict[tuple, list[int]] = {}
    for i in rows:
        groups.setdefault(tuple(table.texts[name][i] for name in by), []).append(i)
    return groups


def sum_(table: Table, rows: list[int], columns: list[str], by=None, equals=None, maximum=None, within=0.0):
    """Columns of a row, or of all rows that share `by`, add to a number or to another column's value."""
    for group in grouped(table, rows, by).values() if by else [[i] for i in rows]:
        values = [table.columns[name][i] for name in columns for i in group]
        if None in values:
            continue
        bound, first = (maximum if equals is None else equals), group[0]
        wanted = table.columns[bound][first] if isinstance(bound, str) else bound
        excess = sum(values) - wanted if wanted is not None else 0
        if excess > within + 1e-9 or (equals is not None and excess < -within - 1e-9):
            whose = f" in the rows of {', '.join(table.texts[name][first] for name in by)}" if by else ""
            target = f"{bound} {wanted:,}" if isinstance(bound, str) else f"{wanted:,}"
            target = f"not {'' if equals is not None else 'at most '}{target}"
            margin = f", within {within}" if within else ""
            yield Fault(f"make {round(sum(values), 6):,}{whose}, {target} (sum{margin})", first + 2, ", ".join(columns))


def whole(table: Table, rows: list[int], column: str, by: list[str], row: dict, parts: str) -> Iterator[Fault]:
    """A row of totals is not less than any other of its group, nor, with `parts` "sum", than all others together."""
    (total_column, total_word), *_ = row.items()
    for key, group in grouped(table, rows, by).items():
        total = next((i for i in group if table.texts[total_column][i] == total_word), None)
        if total is None or table.columns[column][total] is None:
            continue
        limit = table.columns[column][total]
        others = [i for i in group if i != total and table.columns[column][i] is not None]
        larger = [i for i in others if table.columns[column][i] > limit]
        for i in larger:
            said = f"{cell(table, i, column)} is above {cell(table, total, column)} of {total_word} in row {total + 2}"
            yield Fault(f"{said} (whole)", i + 2, column)
        added = sum(table.columns[column][i] for i in others)
        if parts == "sum" and not larger and added > limit * (1 + 1e-9):
            said = f"{cell(table, total, column)} of {total_word} is below the sum of the others of {', '.join(key)}"
            yield Fault(f"{said}, {round(added, 6):,} (whole)", total + 2, column)


def sorted_(table: Table, rows: list[int], by: list[str], within=()) -> Iterator[Fault]:
    """Rows stand in ascending order of their values in `by`; with `within`, those of one group do."""
    for group in grouped(table, rows, within).values():
        keys = [tuple((value is not None, value) for value in (table.columns[name][i] for name in by)) for i in group]
        for before, i, a, b in zip(group, group[1:], keys, keys[1:], strict=False):
            if b < a:
                said = ", ".join(table.texts[name][i] for name in by)
                yield Fault(f"{shown(said)} stands behind row {before + 2} (sorted by {', '.join(by)})", i + 2)


def same(table: Table, rows: list[int], columns: list[str], by: list[str]) -> Iterator[Fault]:
    """Rows that share `by` share these columns too: an oven's maker, a mill's owner."""
    for key, group in grouped(table, rows, by).items():
        for name in columns:
            common = max((table.texts[name][i] for i in group), key=[table.texts[name][i] for i in group].count)
            first = next(i for i in group if table.texts[name][i] == common)
            for i in group:
                if table.texts[name][i] != common:
                    said = f"{cell(table, i, name)} is {shown(common)} in row {first + 2}, also of {', '.join(key)}"
                    yield Fault(f"{said} (same by {', '.join(by)})", i + 2, name)


def trend(table: Table, rows: list[int], column: str, along: str, direction: str, by=()) -> Iterator[Fault]:
    """Values never fall (direction "rising") or never rise ("falling") as another column grows, in each group."""
    filled = [i for i in rows if table.columns[column][i] is not None]
    for before, i in _steps(table, filled, along, by):
        now, then = table.columns[column][i], table.columns[column][before]
        wrong = now < then if direction == "rising" else now > then
        if wrong and table.columns[along][i] > table.columns[along][before]:
            said = f"{cell(table, i, column)} is {'below' if now < then else 'above'} {cell(table, before, column)}"
            yield Fault(f"{said} of {along} {table.texts[along][before]} (trend: {direction})", i + 2, column)


def _steps(table: Table, rows: list[int], along: str, by: list[str]) -> Iterator[tuple[int, int]]:
    """Each row and the next one, as a column grows, in each group."""
    for group in grouped(table, rows, by).values():
        yield from pairwise(
            sorted((i for i in group if table.columns[along][i] is not None), key=lambda i: table.columns[along][i])
        )


def complete(table: Table, rows: list[int], columns: list[str], by: list[str]) -> Iterator[Fault]:
    """Each group of rows has a row for each value of `columns` that any group has."""
    groups = grouped(table, rows, by)
    found = {key: set(grouped(table, group, columns)) for key, group in groups.items()}
    wanted = set().union(*found.values())
    for key, group in groups.items():
        if lacking := sorted(wanted - found[key]):
            said = "; ".join(", ".join(words) for words in lacking[:3]) + (" ..." if len(lacking) > 3 else "")
            yield Fault(f"{', '.join(key)} has no row of {said} (complete)", group[-1] + 2, ", ".join(columns))


def consecutive(table: Table, rows: list[int], column: str, by=()) -> Iterator[Fault]:
    """Years, or other whole numbers, follow one another without a gap in each group."""
    for before, i in _steps(table, rows, column, by):
        if table.columns[column][i] > table.columns[column][before] + 1:
            said = f"{cell(table, i, column)} follows {cell(table, before, column)} of row {before + 2}"
            yield Fault(f"{said} with a gap (consecutive)", i + 2, column)


def matches(
    named: Table, rows: list[int], other: Table, table: str, column: str, by: list[str], take: str, **more
) -> Iterator[Fault]:
    """A value is the number of the rows of another table that share `by`, or the sum or an end of their column `of`."""
    of, compare, within = more.get("of"), more.get("compare", "equal"), more.get("within", 0.0)
    groups = grouped(other, list(range(len(other))), by)
    for i in rows:
        group = groups.get(tuple(named.texts[name][i] for name in by), [])
        values = [1 if take == "count" else other.columns[of][j] for j in group]
        if not values or None in values or named.columns[column][i] is None:
            continue
        theirs = {"count": sum, "sum": sum, "max": max, "min": min}[take](values)
        short = theirs - named.columns[column][i]
        if short > within + 1e-9 or (compare == "equal" and short < -within - 1e-9):
            whose = f"the {take} of {of}" if of else "the number"
            wanted = f"{'at least ' if compare == 'at least' else ''}{round(theirs, 6):,}"
            said = f"{cell(named, i, column)} is not {wanted}, {whose} in {len(group)} rows of {table}"
            yield Fault(f"{said} (matches{f', within {within}' if within else ''})", i + 2, column)
