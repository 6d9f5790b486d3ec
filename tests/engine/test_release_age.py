"""A table past the time of its next release is marked in the catalogue and on its figures, by the edition's day."""

import datetime as dt
import json

import pytest

from brief import releases

GRAIN = {"recipe": "data/recipes/mill.py", "release": "2025-12", "retrieved": "2026-01-10", "next_expected": "2026-01"}
FIGURE = "_build/html/figures/flour-grain-by-year"


@pytest.mark.parametrize(
    ("due", "day", "late"),
    [
        ("2026-11", (2026, 11, 1), True),
        ("2026-11", (2026, 10, 31), False),
        ("2025-12", (2026, 1, 1), True),
        ("", (2026, 1, 1), False),
    ],
)
def test_a_release_is_overdue_from_its_month_on(due, day, late):
    assert releases.overdue(due, dt.date(*day)) is late


def test_releases_in_words():
    said = [releases.in_words(when) for when in ("2026-07-19", "2026-06", "2025Q4", "2021", "the spring list")]
    assert said == ["19 July 2026", "June 2026", "the fourth quarter of 2025", "2021", "the spring list"]


def described(book, **more) -> None:
    """The table of grain, with a release."""
    if "recipe" in more:
        book.write(more["recipe"], '"""The mill counts the sacks."""\n')
    path = book.root / "data/datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    next(entry for entry in package["resources"] if entry["name"] == "bread/grain").update(more)
    path.write_text(json.dumps(package, indent=1), "utf-8")


def test_a_table_past_its_time_is_marked_by_the_day_of_the_edition_and_not_by_the_clock(minimal):
    described(minimal, **GRAIN)
    status, said = minimal.quick()
    assert status == 0, said
    marked = "Release of December 2025; the next was due in January 2026."
    chapter, catalogue = (minimal.root / f"_build/html/{page}.html" for page in ("chapters/flour", "reference/data"))
    for page in (chapter, minimal.root / FIGURE / "index.html"):
        assert page.read_text("utf-8").count(f'<p class="figure-late">{marked}</p>') == 1
    assert "Its next release was due in January 2026." in catalogue.read_text("utf-8")
    grain, ovens = (minimal.page(f"reference/data/bread/{name}") for name in ("grain", "ovens"))
    assert "December 2025, by " in grain and "data/recipes/mill.py" in grain
    assert "from a file read on 10 January 2026" in grain and "The next was due in January 2026." in grain
    assert "Kept by hand, without a recipe." in ovens

    minimal.edit("CITATION.cff", "date-released: 2026-01-15", "date-released: 2025-12-15")
    status, said = minimal.quick()
    assert status == 0, said
    assert "figure-late" not in chapter.read_text("utf-8")
    assert "was due" not in catalogue.read_text("utf-8")
    assert "The next is due in January 2026." in minimal.page("reference/data/bread/grain")


@pytest.mark.parametrize(
    ("key", "value"), [("next_expected", "in spring"), ("next_expected", "2026-13"), ("retrieved", "10 January 2026")]
)
def test_a_day_or_month_of_a_release_that_is_none_is_named(unbuilt, key, value):
    described(unbuilt, **GRAIN | {key: value})
    status, said = unbuilt.quick()
    (line,) = said.splitlines()
    assert status == 1 and "data/datapackage.json" in line and "bread/grain" in line and key in line and value in line
