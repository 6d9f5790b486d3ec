"""What counts as a bare number, and what may stand."""

import pytest

from brief.ext.checks.bare_numbers import bare_numbers, spoken_strings


@pytest.mark.parametrize(
    "text",
    [
        "from 2010 to 2020, since the 1990s, in 2021Q4, over 2003-2022",
        "on 24 February 2022 and February 24, 2022",
        "an A100, an H100, GPT-4o, DeepSeek-V3, R1, TOP500, T-pro-it-2.0",
        "Dough 2 Max, Sourdough 5 Pro, Rye Bun 3.1, costs in million loaves",
        "decree 124, Law 149, Article 15.3, Figure 1.2",
        "on 2024-05-23 and in 2024-05; see section 3.1, https://example.org/17/x",
        "through third countries; one another; the first to fall; nobody has one",
    ],
)
def test_allowed(text):
    assert bare_numbers(text, ["Dough", "Sourdough", "Rye Bun"], ["loaves"]) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("about 100,000 people", ["100,000"]),
        ("Dough 2.0 in million loaves", ["2.0", "million"]),
        ("fell by 37%", ["37"]),
        ("five machines", ["five"]),
        ("it doubled", ["doubled"]),
        ("two thirds of them", ["two thirds"]),
        ("half a million", ["half", "million"]),
        ("a tenfold rise", ["tenfold"]),
        ("twelve of them", ["twelve"]),
        ("a third of the list", ["a third"]),
    ],
)
def test_bare(text, words):
    assert bare_numbers(text) == words


def test_only_what_a_string_spells_out_counts():
    code = 'figure("x", c, alt=f"Russia has {n} of 500"); shows("y", n > 0, says="Shows 3 bars", fmt=text)'
    assert [text for _line, text in spoken_strings(code)] == ["Russia has ", " of 500", "Shows 3 bars"]
