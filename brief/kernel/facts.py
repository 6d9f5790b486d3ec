"""Record a fact: a value the prose quotes, with unit, period and the sources of its rows."""

from typing import Any

import pandas as pd

from brief import formats
from brief.kernel.provenance import Behind, Plain, emit, plain, provenance
from brief.records import FACT, Estimate, Fact


def fact(id: str, value: Any, rows: Behind, unit: str = "", period: str = "", fmt: str | None = None) -> None:
    """Record `value` under `id`, to be quoted in prose as {fact}`id`.

    rows: the DataFrame rows (or a list of such) that the value was computed from; tables and sources are
    taken from them. fmt: see `brief.formats`. Raises ValueError when the value is missing, is not finite,
    does not fit its format, or has no rows behind it.
    """
    value = plain(value)
    fmt = formats.default_format(value) if fmt is None else fmt
    _record(id, value, [], rows, unit, period, fmt)


def disputed(
    id: str,
    rows: pd.DataFrame,
    who: str,
    what: str,
    low: str,
    high: str,
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
    for row in rows.to_dict("records"):
        ends = [row[end] for end in (low, high) if not pd.isna(row[end])]
        if not ends:
            raise ValueError(f"{id}: the estimate of {row[who]} has neither {low} nor {high}")
        first, last = (plain(end * scale if scale != 1 else end) for end in (ends[0], ends[-1]))
        if isinstance(first, str) or isinstance(last, str):
            raise ValueError(f"{id}: the estimate of {row[who]} is no number: {first!r}")
        counted = "" if pd.isna(row[what]) or row[what] == row[who] else str(row[what])
        estimates.append({"who": str(row[who]), "what": counted, "low": first, "high": last, "source": row["source"]})
    span: list[Plain] = [min(e["low"] for e in estimates), max(e["high"] for e in estimates)]
    _record(id, span, estimates, rows, unit, period, fmt)


def _record(
    id: str,
    value: Plain | list[Plain],
    estimates: list[Estimate],
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
        "period": str(period),
        **provenance(rows),
    }
    emit(FACT, record, f"{id}: {formats.render(value, fmt)}")


def stated(statements: pd.DataFrame, id: str, fmt: str | None = None, scale: float = 1) -> None:
    """Record one row of a statements table as the fact `id`: value times `scale`, unit, period, source."""
    rows = statements[statements["id"] == id]
    if len(rows) != 1:
        raise ValueError(f"{statements.attrs.get('table')} has {len(rows)} rows with id {id!r}, not one")
    row = rows.iloc[0]
    value = row["value"] if scale == 1 else row["value"] * scale
    unit = "" if row.isna()["unit"] else row["unit"]
    period = "" if row.isna()["period"] else row["period"]
    fact(id, value, rows, unit=unit, period=period, fmt=fmt)
