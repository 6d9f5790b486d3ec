"""What time and which places a table is about: by the columns that its schema declares, of the cells that they hold."""

import calendar
import re

ECONOMIES = "shared/economies"  # the table whose codes stand for places, by a column `name`
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTHS = list(calendar.month_name)[1:]
_MONTH = re.compile(rf"(?:({'|'.join(_MONTHS)}) )?(?<!\d)((?:19|20)\d\d)(?:-(\d\d))?(?!\d)")
TIMES = ("year", "yearmonth", "date")


def years(schema: dict, texts: dict[str, list[str]]) -> tuple[str, str] | None:
    """The first and the last year of a table's rows; None where they have none.

    Of the columns of time in its key, else of any, else of the texts of a column `period` or `date`. texts: cells by
    column.
    """
    times = [field["name"] for field in schema["fields"] if field["type"] in TIMES]
    keys = [name for name in times if name in schema.get("primaryKey", [])]
    for names in (keys, times, [name for name in ("period", "date") if name in texts]):
        found = sorted({year for name in names for text in texts[name] for year in YEAR.findall(text)})
        if found:
            return found[0], found[-1]
    return None


def until(text: str) -> str:
    """The last month that words name, "202512": of a year alone its December; "" where they name none."""
    named = [
        (year, _MONTHS.index(word) + 1 if word else int(digits or 12)) for word, year, digits in _MONTH.findall(text)
    ]
    return max((f"{year}{min(month, 12):02}" for year, month in named), default="")


def places(schema: dict, texts: dict[str, list[str]]) -> list[str]:
    """The codes of the economies in a table's rows, sorted: of each column whose foreign key leads to `ECONOMIES`."""
    keys = [key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] == ECONOMIES]
    return sorted({text for key in keys for name in key["fields"] for text in texts[name]} - {""})
