"""A title or an alt text that claims a trend or an extreme is backed by a condition, or the build says where not."""

import pytest

from brief.ext.facts.captions import unbacked

FLOUR = "chapters/flour.md"
BACKING = 'shows("grain-by-year", "rose in each year", grain["tonnes"].diff().min(), ">", 0, rows=grain)\n'


@pytest.mark.parametrize(
    ("text", "backed", "left"),
    [
        ("Grain rose and fell", ["Grain rose"], ["fell"]),
        ("Lowest in November, flat after", [], ["Lowest", "flat"]),
        ("The best mill never slept", ["best mill", "never"], []),
        ("Bars of at least 3 and at most 9 mills", [], []),
        ("Most mills grew above the mean", [], ["Most", "grew", "above"]),
        ("Grain rose; later it rose again", ["Grain rose"], ["rose"]),
        ("A test of west and leaden pillows, everything allowed", [], []),
    ],
)
def test_words_that_claim_something_are_found_where_nothing_backs_them(text, backed, left):
    assert unbacked(text, backed) == left


def test_a_title_that_the_data_deny_stops_the_build_and_is_named(minimal):
    before = minimal.files()
    minimal.edit("data/bread/grain.csv", "2024,125.5", "2024,95.5")  # the last year is still above the first
    status, said = minimal.quick()
    assert status == 1 and minimal.files() == before
    (line,) = [line for line in said.splitlines() if "no longer shows" in line]
    assert line.startswith(f"{FLOUR}:") or f"/{FLOUR}:" in line
    assert "figure flour.grain-by-year no longer shows 'rose in each year': expected > 0, the data now say −4.5" in line


def test_words_that_nothing_backs_and_backed_words_that_stand_nowhere_are_named(minimal):
    minimal.edit(FLOUR, BACKING, BACKING.replace("rose in", "sank in"))
    minimal.edit(FLOUR, "rows=shown)", 'alt="Bars of grain, lowest at first.", rows=shown)')
    status, said = minimal.quick()
    assert status == 1
    assert "shows('grain-by-year'): no title or alt text of that figure has 'sank in each year'" in said
    assert "figure grain-by-year: its title says 'rose': back that with shows('grain-by-year', ...) in a cell" in said
    assert "figure grain-by-year: its alt says 'lowest'" in said
    assert all(f"{FLOUR}:" in line for line in said.splitlines() if "grain-by-year" in line)
