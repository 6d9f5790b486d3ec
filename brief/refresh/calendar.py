"""Which release each table holds, how old that is, and when the next is due."""

import calendar as months
import datetime as dt
import re
from pathlib import Path

from brief.refresh import held as register
from brief.refresh import recipe as recipes
from brief.refresh.held import Held
from brief.refresh.recipe import Recipe, Table
from brief.releases import overdue


def day_of(release: str) -> dt.date | None:
    """The last day of what a release is named by: a day, a month, a quarter, a year; None for no date."""
    found = re.match(r"(\d{4})(?:Q([1-4])|-(\d\d)(?:-(\d\d))?)?$", release)
    if not found:
        return None
    year, quarter, month, day = (int(text) if text else None for text in found.groups())
    month = month or (quarter * 3 if quarter else 12)
    return dt.date(year, month, day or months.monthrange(year, month)[1])


def expected(recipe: Recipe, name: str, held: list[Held]) -> str:
    """The month in which a table's next release is due, "2026-11"; "" where none is, or nobody can say."""
    tables = [table for table in recipe.tables if table.name == name]
    return max(_next(recipe, table, register.of_table(held, recipe, table)) for table in tables)


def _next(recipe: Recipe, table: Table, files: list[Held]) -> str:
    publisher = recipe.publisher
    if table.ended or publisher.ended or not files:
        return ""
    last = max(files, key=lambda file: file.release)
    since = day_of(last.released or last.release)
    if since is None:
        return ""
    ahead = [n for n in range(1, 13) if (since.month + n - 1) % 12 + 1 in publisher.months]
    total = since.year * 12 + since.month - 1 + (ahead[0] if ahead else publisher.every)
    return f"{total // 12}-{total % 12 + 1:02}"


def ended(recipe: Recipe, name: str) -> str:
    """Why no other release of a table is expected; "" where one is."""
    reasons = [table.ended for table in recipe.tables if table.name == name]
    return recipe.publisher.ended or (reasons[0] if all(reasons) else "")


def overview(root: Path, today: dt.date) -> str:
    """For each table that a recipe makes: the release held, how old it is, and what is expected when."""
    held = register.read(root)
    lines = []
    for recipe in recipes.found(root):
        for name in dict.fromkeys(table.name for table in recipe.tables):
            lines.append(f"{name:34} {_told(recipe, name, held, today)}")
    return "\n".join(sorted(lines))


def _told(recipe: Recipe, name: str, held: list[Held], today: dt.date) -> str:
    last = register.newest(held, recipe, name)
    if not last:
        return f"{recipe.publisher.name}: no file held"
    since = day_of(last.released or last.release)
    age = f", {_age(today, since)}" if since else ""
    due, why = expected(recipe, name, held), ended(recipe, name)
    then = (
        f"no other expected: {why}"
        if why
        else f"next was due {due}"
        if overdue(due, today)
        else f"next due {due or 'unknown'}"
    )
    return f"{recipe.publisher.name}: {last.release}{age}, taken {last.retrieved}; {then}"


def _age(today: dt.date, since: dt.date) -> str:
    count = (today.year - since.year) * 12 + today.month - since.month
    return "this month" if count < 1 else f"{count} months old" if count > 1 else "a month old"
