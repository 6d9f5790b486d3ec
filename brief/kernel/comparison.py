"""Record a standing: one measure of the economies that the book compares."""

from typing import Any

import pandas as pd

from brief import formats
from brief.kernel.provenance import Behind, behind, emit, provenance
from brief.kernel.selection import Table
from brief.kernel.tables import economy_names
from brief.kernel.tracking import setting
from brief.kernel.values import Value, month, plain
from brief.records import STANDING, Standing


def standing(
    id: str,
    values: "pd.Series[Any] | dict[str, Value] | Table",
    column: str = "",
    *,
    label: str,
    unit: str,
    period: Any,
    fmt: str = ",",
    absent: str = "no figure",
    scale: float = 1,
    rows: Behind | None = None,
) -> None:
    """Record `values`, by economy code, as a row of the summary's comparison and as a choice of {explorer}.

    values: a table with one row an economy, whose `column` times `scale` is compared; or values by code; or what
    pandas computed, by code, with `rows` that it was computed from. label: what is measured. unit, period: of the
    values. fmt: how they read. absent: what stands where an economy has no value: what its absence means in this
    source ("none listed"). The row has the economies of brief_peers in _config.yml. Raises ValueError when there are
    none, when an economy has two values, or when neither of the first two has one.
    """
    if isinstance(values, Table):
        rows = values if rows is None else rows
        values = values["economy"].to_frame().assign(value=values[column] * scale).set_index("economy")["value"]
    if isinstance(values, dict):
        rows = [*values.values()]
        values = pd.Series({code: value.raw for code, value in values.items()})
    if not values.index.is_unique:
        twice = values.index[values.index.duplicated()][0]
        raise ValueError(f"standing {id}: {twice} has two values")
    known, names, peers = values.dropna(), economy_names(), setting("brief_peers")
    if not peers:
        raise ValueError(f"standing {id}: _config.yml names no brief_peers to compare")
    if not set(peers[:2]) & set(known.index):
        raise ValueError(f"standing {id}: no value for {' or '.join(names[code] for code in peers[:2])}")
    cells = [{"name": names[code], "value": plain(known[code]) if code in known.index else None} for code in peers]
    texts = {c["name"]: absent if c["value"] is None else formats.render(c["value"], fmt) for c in cells}
    record: Standing = {
        "id": id,
        "label": label,
        "unit": unit,
        "period": month(period),
        "fmt": fmt,
        "absent": absent,
        "cells": cells,
        "values": {code: plain(known[code]) for code in sorted(known.index)},
        **provenance(behind(rows)),
    }
    emit(STANDING, record, f"{label}: " + ", ".join(f"{n} {t}" for n, t in texts.items()))
