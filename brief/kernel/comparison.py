"""Record a standing: one measure of the economies that the book compares."""

import pandas as pd

from brief import formats
from brief.kernel.provenance import emit, provenance
from brief.kernel.tables import economy_names
from brief.kernel.tracking import setting
from brief.kernel.values import plain
from brief.records import STANDING


def standing(
    id: str, values: pd.Series, rows, label: str, unit: str, period: str, fmt: str = ",", absent: str = "no figure"
) -> None:
    """Record `values`, by economy code, as a row of the summary's comparison.

    label: what is measured. unit, period: of the values. fmt: how they read. absent: what stands where an economy has
    no value: what its absence means in this source ("none listed"). The economies are those of brief_peers in
    _config.yml. Raises ValueError when there are none, or when neither of the first two has a value.
    """
    known, names, peers = values.dropna(), economy_names(), setting("brief_peers")
    if not peers:
        raise ValueError(f"standing {id}: _config.yml names no brief_peers to compare")
    if not set(peers[:2]) & set(known.index):
        raise ValueError(f"standing {id}: no value for {' or '.join(names[code] for code in peers[:2])}")
    cells = [{"name": names[code], "value": plain(known[code]) if code in known.index else None} for code in peers]
    texts = {c["name"]: absent if c["value"] is None else formats.render(c["value"], fmt) for c in cells}
    record = {"id": id, "label": label, "unit": unit, "period": period, "fmt": fmt, "absent": absent, "cells": cells}
    emit(STANDING, record | provenance(rows), f"{label}: " + ", ".join(f"{n} {t}" for n, t in texts.items()))
