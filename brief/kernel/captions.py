"""What the title or the alt text of a figure claims of the data: a condition that must hold."""

from typing import Any

from brief import conditions, formats
from brief.kernel.provenance import Behind, behind, emit, provenance
from brief.kernel.values import Comparison, Value, plain
from brief.records import CONDITION, Condition


def shows(
    id: str,
    says: str,
    left: Any,
    op: str = "",
    right: Any = None,
    fmt: str | None = None,
    rows: Behind | None = None,
) -> None:
    """Words of the title or the alt text of the figure or sketch `id` claim `left op right`, or the build stops.

    It is given as a comparison of values, `shows("grain", "rose", last > first)`, or in three parts. says: those words,
    as they stand there. rows: as for `fact`. Several calls for one figure: all must hold. Raises ValueError when the
    two sides cannot be compared, do not fit `fmt`, or when no data could deny it.
    """
    if isinstance(left, Comparison):
        left, op, right = left.left, left.op, left.right
    sides = behind(None, left, right)
    if rows is None:
        _deniable(id, sides)
    if not says:
        raise ValueError(f"{id}: no says: which words of the title claim that?")
    left, right = plain(left), plain(right)
    met = conditions.met(id, left, op, right)
    fmt = fmt or conditions.default_format(left, right)
    record: Condition = {
        "id": id,
        "kind": "figure",
        "says": says,
        "left": left,
        "op": op,
        "right": right,
        "met": met,
        "unit": "",
        "fmt": fmt,
        **provenance(behind(rows, *sides)),
    }
    text = f"figure {id}: {says}: {formats.render(left, fmt)} {op} {formats.render(right, fmt)}"
    emit(CONDITION, record, f"{text} is {str(met).lower()}")


def _deniable(id: str, sides: list[Any]) -> None:
    """Raise ValueError when no edit of a table could make the condition false: it says nothing of the data."""
    if not any(side.deniable for side in sides if isinstance(side, Value)):
        raise ValueError(
            f"{id}: no data can deny it: neither side is taken from a table's cells, or one only counts rows that are "
            "named; compare values, or name with rows= what was computed with pandas"
        )
