"""Conditions over the data: what must hold for a finding, what would change the assessment."""

import operator

from brief import formats
from brief.door import CONDITION
from brief.kernel.record import emit, plain, provenance

_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def _condition(kind, id, left, op, right, rows, says, unit, fmt):
    if op not in _COMPARE:
        raise ValueError(f"{op!r} is not one of {' '.join(_COMPARE)}")
    left, right = plain(left), plain(right)
    fmt = fmt or ("" if isinstance(left, str) else ",.4g" if float in (type(left), type(right)) else ",")
    record = {
        "id": id,
        "kind": kind,
        "says": says,
        "left": left,
        "op": op,
        "right": right,
        "met": bool(_COMPARE[op](left, right)),
        "unit": unit,
        "fmt": fmt,
    }
    text = f"{kind} {id}: {says}: {formats.render(left, fmt)} {op} {formats.render(right, fmt)}"
    emit(CONDITION, record | provenance(rows), f"{text} is {str(record['met']).lower()}")


def holds(id: str, left, op: str, right, rows, says: str, unit: str = "", fmt: str | None = None) -> None:
    """`left op right` must hold for the finding `id`, or the build stops and names its sentence.

    says: what `left` measures, with its unit. rows: as for `fact`. Several calls for one finding: all must hold.
    """
    _condition("finding", id, left, op, right, rows, says, unit, fmt)


def watch(id: str, left, op: str, right, rows, says: str, unit: str = "", fmt: str | None = None) -> None:
    """An indicator: the chapter's assessment would change when `left op right` becomes true."""
    _condition("indicator", id, left, op, right, rows, says, unit, fmt)
