"""Record a standing: one measure of the economies that the summary compares."""

import pandas as pd

from brief import formats
from brief.kernel.provenance import emit, plain, provenance
from brief.kernel.tables import economy_names
from brief.records import STANDING

PEERS = ("RUS", "CHN", "USA", "DEU", "IND")


def standing(
    id: str, values: pd.Series, rows, label: str, unit: str, period: str, fmt: str = ",", absent: str = "no figure"
) -> None:
    """Record `values`, by economy code, as a row of the summary's comparison.

    label: what is measured. unit, period: of the values. fmt: how they read. absent: what stands where an economy has
    no value: what its absence means in this source ("none listed"). Raises ValueError when Russia and China have none.
    """
    known = values.dropna()
    if not {"RUS", "CHN"} & set(known.index):
        raise ValueError(f"standing {id}: neither Russia nor China has a value")
    names = economy_names()
    cells = [{"name": names[code], "value": plain(known[code]) if code in known.index else None} for code in PEERS]
    texts = {c["name"]: absent if c["value"] is None else formats.render(c["value"], fmt) for c in cells}
    record = {"id": id, "label": label, "unit": unit, "period": period, "fmt": fmt, "absent": absent, "cells": cells}
    emit(STANDING, record | provenance(rows), f"{label}: " + ", ".join(f"{n} {t}" for n, t in texts.items()))
