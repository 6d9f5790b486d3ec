"""What a figure draws: the rows and columns of its data, for its download and its table."""

from collections.abc import Callable
from dataclasses import dataclass, field

import altair as alt
import pandas as pd

from brief.door import Control


@dataclass
class Drawing:
    """A chart of any width, with what it draws.

    make: a function of the width in pixels and of whether a reader can act on it (`live`: hovering, choosing).
    data: the rows drawn, with the columns that a reader sees, under the names of their table.
    acts: the live chart differs. still: there is nothing to act on. controls: inputs that set its parameters.
    """

    make: Callable[[int, bool], alt.TopLevelMixin]
    data: pd.DataFrame
    acts: bool = False
    controls: list[Control] = field(default_factory=list)
    still: bool = False


def of_chart(chart: alt.TopLevelMixin, spec: dict) -> Drawing:
    """A plain Altair chart, which draws what its encodings name of the data of its first layer."""
    first = spec.get("layer", [spec])[0]
    name = (first.get("data") or spec.get("data") or {}).get("name")
    frame = pd.DataFrame(spec["datasets"][name])
    fields = [field for part in [spec, *spec.get("layer", [])] for field in _fields(part.get("encoding", {}))]
    kept = [column for column in dict.fromkeys([*fields, "source"]) if column in frame.columns]
    return Drawing(lambda _width, _live: chart, frame[kept])


def _fields(encoding: dict) -> list[str]:
    channels = [c for channel in encoding.values() for c in (channel if isinstance(channel, list) else [channel])]
    return [channel["field"] for channel in channels if "field" in channel]


def columns(frame: pd.DataFrame, *names: str | None) -> pd.DataFrame:
    """`frame` with the named columns, once each, and its source when it has one."""
    wanted = dict.fromkeys([name for name in names if name] + (["source"] if "source" in frame.columns else []))
    return frame[list(wanted)]


def record(frame: pd.DataFrame) -> dict:
    """`frame` as JSON can hold it: column names, their types (Table Schema) and rows; dates in ISO form."""
    kinds = {name: _kind(frame[name]) for name in frame.columns}
    rows = [
        [None if pd.isna(v) else str(v)[:10] if kinds[n] == "date" else v for n, v in row.items()]
        for row in frame.astype(object).to_dict("records")
    ]
    return {"columns": list(kinds), "types": list(kinds.values()), "rows": rows}


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_datetime64_any_dtype(column):
        return "date"
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    return "number" if pd.api.types.is_numeric_dtype(column) else "string"
