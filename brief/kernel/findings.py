"""Conditions over the data: what must hold for a finding, what would change the assessment."""

from typing import Any

from brief import conditions, formats
from brief.kernel.provenance import Behind, behind, emit, provenance
from brief.kernel.values import Comparison, Value, plain
from brief.records import CONDITION, Condition


def _condition(
    kind: str,
    id: str,
    left: Any,
    op: str,
    right: Any,
    says: str,
    unit: str,
    fmt: str | None,
    rows: Behind | None,
) -> None:
    if isinstance(left, Comparison):
        left, op, right = left.left, left.op, left.right
    sides = behind(None, left, right)
    if rows is None:
        _deniable(id, sides)
    if not says:
        raise ValueError(f"{id}: no says: what does it measure?")
    left, right = plain(left), plain(right)
    met = conditions.met(id, left, op, right)
    fmt = fmt or conditions.default_format(left, right)
    record: Condition = {
        "id": id,
        "kind": kind,
        "says": says,
        "left": left,
        "op": op,
        "right": right,
        "met": met,
        "unit": unit,
        "fmt": fmt,
        **provenance(behind(rows, *sides)),
    }
    text = f"{kind} {id}: {says}: {formats.render(left, fmt)} {op} {formats.render(right, fmt)}"
    emit(CONDITION, record, f"{text} is {str(record['met']).lower()}")


def _deniable(id: str, sides: list[Any]) -> None:
    """Raise ValueError when no edit of a table could make the condition false: it says nothing of the data."""
    if not any(side.deniable for side in sides if isinstance(side, Value)):
        raise ValueError(
            f"{id}: no data can deny it: neither side is taken from a table's cells, or one only counts rows that are "
            "named; compare values, or name with rows= what was computed with pandas"
        )


def holds(
    id: str,
    left: Any,
    op: str = "",
    right: Any = None,
    says: str = "",
    unit: str = "",
    fmt: str | None = None,
    rows: Behind | None = None,
) -> None:
    """`left op right` must hold for the finding `id`, or the build stops and names its sentence.

    It is given as a comparison of values, `holds("grain-rose", last > first, says=...)`, or in three parts. says: what
    the left side measures. unit: of both sides. rows: as for `fact`. Several calls for one finding: all must hold.
    Raises ValueError when the two sides cannot be compared, do not fit `fmt`, or when no data could deny it.
    """
    _condition("finding", id, left, op, right, says, unit, fmt, rows)


def shows(
    id: str,
    says: str,
    left: Any,
    op: str = "",
    right: Any = None,
    fmt: str | None = None,
    rows: Behind | None = None,
) -> None:
    """Words of the title or the alt text of the figure or sketch `id` claim `left op right`: so it must be.

    says: those words, as they stand there. The rest as for `holds`; the build stops when it no longer is so.
    """
    _condition("figure", id, left, op, right, says, "", fmt, rows)


def watch(
    id: str,
    left: Any,
    op: str = "",
    right: Any = None,
    says: str = "",
    unit: str = "",
    fmt: str | None = None,
    rows: Behind | None = None,
) -> None:
    """An indicator: the chapter's assessment would change when `left op right` becomes true."""
    _condition("indicator", id, left, op, right, says, unit, fmt, rows)
