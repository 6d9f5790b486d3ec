"""What a reader who points at a mark is told: each value after what it is, in words, with its unit."""

import json
from typing import Any

import altair as alt
import pandas as pd

from brief import formats, project
from brief.kernel import tracking

_ECONOMY = {"name": "Economy"}  # of `named`


def words(df: pd.DataFrame | pd.Series, column: str) -> str:
    """What a column is, in words: as the schema of its table has it, else its name."""
    return _title(df, column) or _ECONOMY.get(column) or _spelled(column)


def measured(df: pd.DataFrame | pd.Series, column: str, fmt: str) -> str:
    """The same of a number, with the unit of its table where its format does not say one."""
    text = words(df, column)
    return text if "{" in fmt else formats.with_unit(text, unit(df, column))


def axis(df: pd.DataFrame | pd.Series, column: str, fmt: str) -> str:
    """The title of the axis that a column is drawn along: what it is, with the unit that its format ends with."""
    return formats.with_unit(measured(df, column, fmt), fmt.rpartition("}")[2].strip() if "}" in fmt else "")


def unit(df: pd.DataFrame | pd.Series, column: str) -> str:
    """The unit of a column in its table, "" where it has none of its own; see `formats.unit_of`."""
    return formats.unit_of(_field(df, column))


def said(values: pd.Series, fmt: str) -> list[str]:
    """Each value as it reads, "no value" where there is none."""
    return ["no value" if pd.isna(value) else formats.render(_plain(value), fmt) for value in values.tolist()]


def moments(places: pd.Series) -> list[str]:
    """Each place along an axis of time as it reads: dates as months, years as they are."""
    if pd.api.types.is_datetime64_any_dtype(places):
        return [formats.render(when, "month") for when in places.dt.strftime("%Y-%m").tolist()]
    return [formats.render(when, "") for when in places.tolist()]


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def tips(titles: dict[str, str]) -> list[alt.Tooltip]:
    """Tooltips of columns of text, with their titles."""
    return [alt.Tooltip(field=column, type="nominal", title=title) for column, title in titles.items()]


def nearest_tips(titles: dict[str, str]) -> alt.TooltipValue:
    """The same for marks that are chosen by nearness, over which Vega-Lite lays cells.

    In the tooltip of a cell it looks for text in the cell and not in the row behind it, `datum.datum`, so that text is
    "undefined". Once vega-lite's pull request 9707 is in vl-convert, `tips` will do.
    """
    row = "(datum.datum || datum)"
    told = ", ".join(f"{json.dumps(title)}: {row}[{json.dumps(column)}]" for column, title in titles.items())
    return alt.TooltipValue(alt.ExprRef("{" + told + "}"))


def titled(spec: dict, df: pd.DataFrame | pd.Series) -> dict:
    """A specification whose tooltips that have no title are given one."""
    for key, part in spec.items():
        if key == "tooltip":
            for tip in part if isinstance(part, list) else [part]:
                if "field" in tip and "title" not in tip:
                    tip["title"] = measured(df, tip["field"], "")
        elif key not in ("datasets", "config"):
            for child in part if isinstance(part, list) else [part]:
                if isinstance(child, dict):
                    titled(child, df)
    return spec


def _field(df: pd.DataFrame | pd.Series, column: str) -> dict:
    """The column's entry in the schema of its table; none when it is not of a table."""
    table = df.attrs.get("table")
    if table is None:
        return {}
    with tracking.unnoticed():  # the table's own record says that its schema was read
        schema = project.resource(project.find_root(), table)["schema"]
    return next((field for field in schema["fields"] if field["name"] == column), {})


def _title(df: pd.DataFrame | pd.Series, column: str) -> str:
    return _field(df, column).get("title", "")


def _spelled(column: str) -> str:
    text = column.replace("_", " ").strip()
    return text[:1].upper() + text[1:]
