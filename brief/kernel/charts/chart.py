"""What a figure draws: the rows and columns of its data, for its download and its table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any

import altair as alt
import pandas as pd

from brief.kernel.hover import measured
from brief.kernel.values import Value
from brief.records import Control

_LISTED = 16  # values that a listener can follow
_ISO = {"date": 10, "yearmonth": 7}  # characters of a date, by its type


@dataclass
class Drawing:
    """A chart of any width, with what it draws.

    make: a function of the width in pixels and of whether a reader can act on it (`live`: hovering, choosing).
    data: the rows drawn, with the columns that a reader sees, under the names of their table.
    told: what it shows, in a sentence or two with its values, for who can't see it; "" of a chart that is not ours.
    acts: the live chart differs. still: there is nothing to act on. controls: inputs that set its parameters.
    """

    make: Callable[[int, bool], alt.TopLevelMixin]
    data: pd.DataFrame
    told: str = ""
    acts: bool = False
    controls: list[Control] = field(default_factory=list)
    still: bool = False


def chart(function: Callable) -> Callable:
    """A house chart, made not when it is called but when it is shown, so that what is wrong names its figure."""

    @wraps(function)
    def asked(*arguments: Any, **named: Any) -> partial:
        return partial(function, *arguments, **named)

    return asked


def rows_in(chart: Any) -> list[pd.DataFrame | pd.Series | Value]:
    """What a chart was made of, house chart or Altair's own: rows, or values by name; of each layer."""
    if isinstance(chart, partial | dict):
        parts = [*chart.args, *chart.keywords.values()] if isinstance(chart, partial) else [*chart.values()]
        return [each for part in parts for each in rows_in(part)]
    if isinstance(chart, alt.TopLevelMixin):
        return [each for part in [chart.data, *getattr(chart, "layer", [])] for each in rows_in(part)]
    return [chart] if isinstance(chart, pd.DataFrame | pd.Series | Value) else []


def listed(lead: str, values: Iterable[tuple[str, str]]) -> str:
    """What a chart shows, in words: "Bars: Loaves. Alder: 120; Birch: 90." The rest of a long list is counted."""
    told = [f"{name}: {value}" for name, value in values]
    if len(told) > _LISTED:
        told[_LISTED:] = [f"and {len(told) - _LISTED} more"]
    return f"{lead}. {'; '.join(told)}."


def course(values: list[float], texts: list[str], whens: list[str]) -> str:
    """Where a line begins and ends, in words, and through which value it goes furthest outside of these."""
    low, high = sorted((values[0], values[-1]))
    outside = [max(value - high, low - value) for value in values]
    furthest = max(outside)
    turn = [outside.index(furthest)] if furthest > (high - low) / 4 else []
    places = [0, *turn, len(values) - 1]
    if len({texts[at] for at in places}) == 1:
        return f"{texts[0]} in {' to '.join(dict.fromkeys((whens[0], whens[-1])))}"
    said = [f"{texts[at]} in {whens[at]}" for at in places]
    return "{}, {} and {}".format(*said) if turn else " to ".join(said)


def columns(frame: pd.DataFrame, *names: str | None) -> pd.DataFrame:
    """`frame` with the named columns, once each, and its source when it has one."""
    wanted = dict.fromkeys([name for name in names if name] + (["source"] if "source" in frame.columns else []))
    return frame[list(wanted)]


def record(frame: pd.DataFrame, heads: dict[str, str]) -> dict:
    """`frame` as JSON can hold it: column names, titles, types (Table Schema) and rows; dates in ISO form, numbers to
    the twelve digits that survive arithmetic. Dates that all are the first of a month are months, as pandas has them.
    heads: columns in words.
    """
    kinds = {name: _kind(frame[name]) for name in frame.columns}
    rows = [
        [None if pd.isna(v) else _as_json(v, kinds[n]) for n, v in row.items()]
        for row in frame.astype(object).to_dict("records")
    ]
    titles = [heads.get(name) or measured(frame, name, "") for name in kinds]
    return {"columns": list(kinds), "titles": titles, "types": list(kinds.values()), "rows": rows}


def _as_json(value: Any, kind: str) -> Any:
    if kind in _ISO:
        return str(value)[: _ISO[kind]]
    return float(f"{value:.12g}") if kind == "number" else value


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_datetime64_any_dtype(column):
        return "yearmonth" if column.dt.day.dropna().eq(1).all() else "date"
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    return "number" if pd.api.types.is_numeric_dtype(column) else "string"
