"""Display a record, so that it is among the notebook's outputs, and find out from rows where they came from."""

import sys
from collections.abc import Mapping
from typing import Any

import pandas as pd
from IPython.display import display

from brief import names
from brief.kernel.selection import Table
from brief.kernel.values import Value
from brief.records import RECORDED, Provenance

Rows = pd.DataFrame | pd.Series | Table | Value  # of a table that `load` or `table` gave
Behind = Rows | list[Rows] | tuple[Rows, ...]  # what stands behind a value


def emit(mime: str, record: Mapping[str, Any], text: str, drawn: Mapping[str, Any] | None = None) -> None:
    """Leave `record` in the notebook's outputs, as an output that any notebook viewer shows.

    text: what it says where there is nothing else. drawn: the same as pictures, by MIME type (see `viewers`).
    Raises ValueError when its id can't be one (see `brief.names`).
    """
    if "id" in record:
        names.check_record(record["id"])
    called = {**record, "line": _line()}
    display({mime: called, **(drawn or {}), "text/plain": text}, metadata={RECORDED: True}, raw=True)


def _line() -> int:
    """The line, from 1, of the cell that called this package."""
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == "brief":
        frame = frame.f_back
    return frame.f_lineno


def provenance(rows: Behind) -> Provenance:
    """Tables and source keys of `rows`: a DataFrame or Series from `load`, a Table, a Value, or a list of them.

    Raises ValueError when rows lost their table name or their `source` column: a number without a
    source does not enter the book.
    """
    tables: set[str] = set()
    sources: set[str] = set()
    for part in rows if isinstance(rows, list | tuple) else [rows]:
        if isinstance(part, Value):
            tables |= {cell.table for cell in part.cells}
            sources |= {cell.source for cell in part.cells}
            continue
        part = part.frame if isinstance(part, Table) else part
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
    if not tables:
        raise ValueError("a number without cells: rows= must name the rows that it was computed from")
    return {"tables": sorted(tables), "sources": sorted(sources)}


def behind(rows: Behind | None, *values: Any) -> list[Rows]:
    """What stands behind a record: those of `values` that know their cells, and `rows` where there are some."""
    known: list[Rows] = [value for value in values if isinstance(value, Value)]
    return known + (list(rows) if isinstance(rows, list | tuple) else [] if rows is None else [rows])
