"""Which release of its publisher a table holds, and whether the next was due when the edition came out.

All of it is in data/datapackage.json, where `make refresh` writes it; the day is the edition's, so that a build says
the same whenever it is made.
"""

import datetime as dt
import re

from brief import formats

ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}


def overdue(due: str, day: dt.date) -> bool:
    """Was a release due in this month, "2026-11", or before, on this day? Not where none is expected, ""."""
    return bool(due) and due <= day.isoformat()[:7]


def in_words(when: str) -> str:
    """A day, month or quarter as prose has it: "19 July 2026", "June 2026", "the fourth quarter of 2025".

    Anything else, such as a year, as it stands.
    """
    if found := re.fullmatch(r"(\d{4})Q([1-4])", when):
        return f"the {ORDINALS[found[2]]} quarter of {found[1]}"
    if not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", when):
        return when
    return formats.render(when, "day" if len(when) == len("2026-07-19") else "month")


def late(entry: dict, day: dt.date) -> str:
    """What to say of a table whose next release was due on this day; "" for any other."""
    due = entry.get("next_expected", "")
    if not overdue(due, day):
        return ""
    return f"release of {in_words(entry['release'])}; the next was due in {in_words(due)}"
