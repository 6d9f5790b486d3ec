"""A title or an alt text that claims a trend or an extreme is backed by a condition, or the build says where not."""

import pytest

from brief.ext.facts.captions import unbacked

FLOUR = "chapters/flour.md"
BACKING = ":holds: least-rise > 0: rose in each year\n"


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
    assert (
        "figure flour.grain-by-year no longer shows 'rose in each year': expected > 0 t, the data now say −4.5 t"
        in line
    )


def test_words_that_nothing_backs_and_backed_words_that_stand_nowhere_are_named(minimal):
    minimal.edit(FLOUR, BACKING, BACKING.replace("rose in", "sank in"))
    minimal.edit(FLOUR, "rows=shown)", 'alt="Bars of grain, lowest at first.", rows=shown)')
    status, said = minimal.quick()
    assert status == 1
    assert "chart grain-by-year: neither its title nor its alt text says 'sank in each year'" in said
    assert "figure grain-by-year: its title says 'rose': back that with the option holds of its {chart}" in said
    assert "figure grain-by-year: its alt says 'lowest'" in said
    assert all(f"{FLOUR}:" in line for line in said.splitlines() if "grain-by-year" in line)


@pytest.mark.parametrize(
    ("holds", "told"),
    [
        ("nothing > 0: rose in each year", "there is no fact 'nothing'"),
        ("least-rise > 0", "'least-rise > 0' does not say, after a colon, which words of the title claim that"),
        ("least-rise dear: rose in each year", "'least-rise dear: rose in each year' is not a fact, one of"),
    ],
)
def test_a_condition_of_a_title_that_is_none_is_named_with_its_line(minimal, holds, told):
    minimal.edit(FLOUR, BACKING, f":holds: {holds}\n")
    status, said = minimal.quick()
    line = (minimal.root / FLOUR).read_text("utf-8").splitlines().index(":::{chart} grain-by-year") + 1
    assert status == 1 and f"{FLOUR}:{line}: " in said
    assert f"figure grain-by-year: {told}" in said
