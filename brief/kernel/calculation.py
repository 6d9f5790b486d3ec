"""How a value was made, as a record: its steps, and its cells with words for what each is."""

from typing import Any

import pandas as pd

from brief import formats, formulas
from brief.kernel.tables import economy_names
from brief.kernel.values import GIVEN, Cell, Value
from brief.records import Calculation, CellRead, Step

_ROWS = {
    "sum": "sum of {}",
    "max": "highest of {}",
    "min": "lowest of {}",
    "latest": "latest in {}",
    "first": "earliest in {}",
    "count": "{}",
    "none": "none of {}",
    "different": "different values in {}",
}


def calculation(value: Any) -> Calculation:
    """How `value` was made; nothing of one that does not know its cells."""
    if not isinstance(value, Value):
        return {"calculation": None, "cells": [], "said": {}}
    cells = value.cells
    places = {cell: place for place, cell in enumerate(cells)}
    only = cells[0] if len(cells) == 1 else None
    return {
        "calculation": _step(value, places),
        "cells": [_cell(cell) for cell in cells],
        "said": dict(only.said) if only else {},
    }


def _step(value: Value, places: dict[Cell, int]) -> Step:
    made: Step = {
        "op": value.op,
        "value": value.plain,
        "of": [_step(part, places) for part in value.parts],
        "cells": [places[cell] for cell in value.own],
        "text": formats.in_table(value.plain, _type(value)),
        "words": _words(value),
    }
    return made


def _cell(cell: Cell) -> CellRead:
    return {
        "table": cell.table,
        "row": dict(cell.row),
        "column": cell.column,
        "value": cell.value,
        "source": cell.source,
        "text": formats.in_table(cell.value, cell.fields[cell.column]["type"]),
        "words": _cell_words(cell),
    }


def _type(value: Value) -> str:
    """The type of the column that a value has its unit from; "" of what was computed."""
    if value.op == GIVEN and isinstance(value.raw, pd.Timestamp):
        return "date"
    if value.op == GIVEN:
        return "number"
    if not value.own or value.op in ("count", "none", "different", "sum"):
        return ""
    return str(value.own[0].fields[value.own[0].column]["type"])


def _words(value: Value) -> str:
    """What a value is that was taken from a table: its row and column, or how many rows of which."""
    if not value.own:
        return ""
    if value.op == "cell":
        return _cell_words(value.own[0])
    first, rows = value.own[0], len(value.own)
    title = "" if value.op in ("count", "none") else f": {first.fields[first.column].get('title', first.column)}"
    where = f" where {value.words}" if value.words else ""
    among = f"{first.table}{where}"
    if value.op not in ("latest", "first"):  # of these only the rows at the end are among its cells
        among = f"{rows:,} row{'s' * (rows != 1)} of {among}"
    return _ROWS[value.op].format(among) + title


def _cell_words(cell: Cell) -> str:
    """What a cell is: the sentence that its row has for it, else its row's key and its column's title."""
    if "statement" in dict(cell.said):
        return dict(cell.said)["statement"]
    return formulas.named_cell(dict(cell.row), cell.column, cell.fields, lambda code: economy_names().get(code, code))
