"""Record a fact: a value the prose quotes, with unit, period and the sources of its rows."""

from typing import Any

import pandas as pd

from brief import formats, formulas
from brief.kernel.calculation import calculation
from brief.kernel.provenance import Behind, behind, emit, provenance
from brief.kernel.selection import Table
from brief.kernel.values import Plain, Value, month, plain
from brief.records import FACT, Estimate, Fact


def fact(
    id: str, value: Any, unit: str = "", period: Any = "", fmt: str | None = None, rows: Behind | None = None
) -> None:
    """Record `value` under `id`, to be quoted in prose as {fact}`id`.

    value: from the methods of a table and arithmetic on it; how it was computed, its tables and sources follow. What
    pandas computed has rows instead, and must: the rows (or a list of such) that it was computed from. period: a text,
    or a date that stands for its month. fmt: see `brief.formats`. Raises ValueError when the value is missing, is not
    finite, does not fit its format, or has neither cells nor rows behind it.
    """
    known = plain(value)
    fmt = formats.default_format(known) if fmt is None else fmt
    _record(id, known, [], value, behind(rows, value), unit, month(period), fmt)


def disputed(
    id: str,
    rows: pd.DataFrame | Table,
    who: str,
    what: str,
    low: str = "low",
    high: str = "high",
    unit: str = "",
    period: str = "",
    fmt: str = ",",
    scale: float = 1,
) -> None:
    """Record a value on which sources disagree: the range of `rows`, each row an estimate with its source.

    who, what: columns that name the estimator and what was counted. low, high: columns of numbers; a row with
    one of them missing has a single value (the other); both may name the same column. The quoted text reads
    "lowest to highest"; the card and the ledger list every estimate. Raises ValueError below two estimates.
    """
    if len(rows) < 2:
        raise ValueError(f"{id}: {len(rows)} estimates are no dispute")
    estimates: list[Estimate] = []
    for row in (rows.frame if isinstance(rows, Table) else rows).to_dict("records"):
        ends = [row[end] for end in (low, high) if not pd.isna(row[end])]
        if not ends:
            raise ValueError(f"{id}: the estimate of {row[who]} has neither {low} nor {high}")
        first, last = (plain(end * scale if scale != 1 else end) for end in (ends[0], ends[-1]))
        if isinstance(first, str) or isinstance(last, str):
            raise ValueError(f"{id}: the estimate of {row[who]} is no number: {first!r}")
        counted = "" if pd.isna(row[what]) or row[what] == row[who] else str(row[what])
        estimates.append({"who": str(row[who]), "what": counted, "low": first, "high": last, "source": row["source"]})
    span: list[Plain] = [min(e["low"] for e in estimates), max(e["high"] for e in estimates)]
    _record(id, span, estimates, None, rows, unit, period, fmt)


def _record(
    id: str,
    value: Plain | list[Plain],
    estimates: list[Estimate],
    computed: Any,
    rows: Behind,
    unit: str,
    period: str,
    fmt: str,
) -> None:
    record: Fact = {
        "id": id,
        "value": value,
        "estimates": estimates,
        "fmt": fmt,
        "unit": unit,
        "period": period,
        **calculation(computed),
        "deniable": computed.deniable if isinstance(computed, Value) else True,
        **provenance(rows),
    }
    text = formats.render(value, fmt)
    told = ", ".join(part for part in (f"{id}: {text} {formats.beside(text, unit)}".strip(), period) if part)
    lines = formulas.estimates(dict(record)) + formulas.explained(dict(record), text)
    emit(FACT, record, "\n    ".join([told, *lines]))
