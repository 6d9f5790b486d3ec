"""Read a table with the types its schema declares."""

from functools import lru_cache
from typing import Any

import pandas as pd

from brief import project, tableschema
from brief.kernel import tracking
from brief.kernel.provenance import emit
from brief.kernel.selection import Table
from brief.records import TABLE, TableRead

# How pandas holds a type of the schema; a day and a month (its first day) are moments.
_DTYPES = {
    "string": "string",
    "integer": "Int64",
    "year": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
    "yearmonth": "datetime64[us]",
}


def load(name: str) -> pd.DataFrame:
    """The table `name` ("bread/grain"), one observation a row.

    Columns have the types of `data/datapackage.json`: dates are dates (a `yearmonth` is the first of its
    month), integers may be missing, an empty cell is missing and nothing else is. Units stand in the
    schema. `attrs["table"]` carries the name, so that facts know where rows came from.
    Raises KeyError for a table that is not declared, ValueError with a line for each cell that cannot be read.
    """
    with tracking.unnoticed():  # the table's own record says more, and names no other table
        entry, content, digest = project.read_table(project.find_root(), name)
    table, faults = tableschema.read(content, entry["schema"])
    if table is None or faults:
        raise ValueError("\n".join(f"data/{entry['path']}{fault}" for fault in faults))
    types: dict[str, Any] = {field["name"]: _DTYPES[field["type"]] for field in entry["schema"]["fields"]}
    frame = pd.DataFrame({column: pd.array(table.columns[column], dtype=kind) for column, kind in types.items()})
    frame.attrs["table"] = name
    read: TableRead = {"name": name, "digest": digest}
    emit(TABLE, read, f"{name}: {len(frame)} rows")
    return frame


def table(name: str) -> Table:
    """The same table, whose methods give values that know their cells: `table("bread/grain").sum("tonnes")`."""
    return as_table(load(name))


def as_table(rows: pd.DataFrame | Table) -> Table:
    """Rows that `load` gave, as a table. Raises ValueError when they lost their table's name."""
    if isinstance(rows, Table):
        return rows
    name = rows.attrs.get("table")
    if name is None:
        raise ValueError("rows do not come from load(), or lost their name on the way (attrs['table'])")
    with tracking.unnoticed():  # the table's own record says that its schema was read
        return Table(name, rows, project.resource(project.find_root(), name)["schema"])


def named(frame: pd.DataFrame, **also: str) -> pd.DataFrame:
    """`frame` with a column `name`, the short English name of each row's `economy` (missing stays missing).

    also: further columns, each with the column of codes whose names it is to have.
    """
    return frame.assign(
        **{name: frame[codes].map(economy_names()) for name, codes in {"name": "economy", **also}.items()}
    )


@lru_cache(1)
def economy_names() -> pd.Series:
    """Short English names, indexed by economy code. Read (and recorded as read) once in a kernel."""
    return load("shared/economies").set_index("economy")["name"]
