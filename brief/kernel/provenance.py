"""Display a record, so that it is among the notebook's outputs, and find out from rows where they came from."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from IPython.display import display

from brief import names
from brief.records import Provenance

Rows = pd.DataFrame | pd.Series  # of a table that `load` gave
Behind = Rows | list[Rows] | tuple[Rows, ...]  # what stands behind a value
Plain = float | int | str  # what a record holds of a value


def emit(mime: str, record: Mapping[str, Any], text: str) -> None:
    """Leave `record` in the notebook's outputs; `text` is what a plain notebook viewer shows.

    Raises ValueError when its id can't be one (see `brief.names`).
    """
    if "id" in record:
        names.check_record(record["id"])
    display({mime: record, "text/plain": text}, raw=True)


def provenance(rows: Behind) -> Provenance:
    """Tables and source keys of `rows`: a DataFrame or Series from `load`, or a list of them.

    Raises ValueError when rows lost their table name or their `source` column: a number without a
    source does not enter the book.
    """
    tables, sources = set(), set()
    for part in rows if isinstance(rows, list | tuple) else [rows]:
        frame = part.to_frame().T if isinstance(part, pd.Series) else part
        table = part.attrs.get("table")
        if table is None:
            raise ValueError("rows do not come from load(), or lost their name on the way (attrs['table'])")
        if "source" not in frame.columns:
            raise ValueError(f"rows of {table} lost their source column")
        if frame.empty:
            raise ValueError(f"no rows of {table} stand behind this value")
        tables.add(table)
        sources |= set(frame["source"].dropna())
    return {"tables": sorted(tables), "sources": sorted(sources)}


def plain(value: Any) -> Plain:
    """`value` as JSON can hold it: int, float, str; dates in ISO form. Missing or infinite is an error."""
    if isinstance(value, str):
        return value
    if isinstance(value, pd.Series) or value is None or pd.isna(value):
        raise ValueError(f"not a single known value: {value!r}")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    number: float | int = value.item() if hasattr(value, "item") else value
    if isinstance(number, bool):
        return str(number).lower()
    if isinstance(number, float):
        if not math.isfinite(number):
            raise ValueError(f"not a finite number: {number}")
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return number
