"""What make check warns of in prose: each kind with its line, and what stands beside it without a warning."""

import pytest

from brief.ext.checks import prose

LONG = " ".join(["word", "and"] * 24)


def told(text, avoid=None, actors=None):
    parts = list(prose.blocks(text))
    found = [*prose.of_sentences(parts), *prose.of_words(parts, avoid or {}), *prose.of_figures(parts)]
    return sorted([*found, *prose.of_actors(parts, actors or {})])


def test_the_parts_of_a_page_are_found_with_their_lines():
    text = """---
description: Bread.
---
# Flour

A sentence of
two lines.

:::{finding} grain-rose
:confidence: high
:holds: |
:  grain > 2: Grain of the last year
The finding is {fact}`grain|,`.
:::

| a | b |
|---|---|
| not prose | not prose |

:::{chart} x
:title: Not prose
:::

- An item.
"""
    assert [(part.kind, part.line, prose.plain(part.text)) for part in prose.blocks(text)] == [
        ("heading", 4, "Flour"),
        ("paragraph", 6, "A sentence of two lines."),
        ("paragraph", 13, "The finding is 0."),
        ("figure", 20, ""),
        ("paragraph", 24, "An item."),
    ]


def test_what_is_warned_of_is_named_with_its_own_line_of_a_paragraph():
    text = f"A first sentence.\nA mill.\n\n{LONG}.\nIt is is so, utilising\nthe Guild.\nThe {{fact}}`a` {LONG}.\n"
    found = told(text, {"utilising": "using"}, {"Guild": ["bakers"]})
    assert [(line, what.split()[0]) for line, what in found] == [
        (4, '"word'), (5, '"is'), (5, '"utilising":'), (6, "Guild"), (7, '"The'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("It rose {cite:p}`mill-2025`.", "It rose."),
        ("The {term}`mill stone <mill>` and {term}`flour`", "The mill stone and flour"),
        ("See [the mill](../x.md#y) and {fact}`a.b|.1f` loaves", "See the mill and 0 loaves"),
    ],
)
def test_a_paragraph_is_taken_as_it_is_read(written, read):
    assert prose.plain(written) == read


def test_long_sentences_and_those_with_many_numbers():
    assert told(f"Short.\n\n{LONG.capitalize()}.") == [
        (3, '"Word and word and word and ..." is a sentence of 48 words: at most 46')
    ]
    assert told("It is {fact}`a` of {fact}`b`. And {fact}`c`.") == []
    assert told("It is {fact}`a` of {fact}`b` and {fact}`c`.") == [
        (1, '"It is 0 of 0 and ..." holds 3 numbers: at most 2 in a sentence')
    ]


def test_words_that_the_book_avoids_and_words_written_twice():
    avoid = {"loafs?": "loaf", "in order to": "to", "needless to say": ""}
    assert told("Two loafs in order to eat, needless to say.\n\nThe the end", avoid) == [
        (1, '"in order to": to'),
        (1, '"loafs": loaf'),
        (1, '"needless to say": leave it out'),
    ]
    assert told("It was was so.") == [(1, '"was was": a word twice')]
    assert told("A loafsman had had-beens: the `the`", avoid) == []


CHART = ":::{chart} x\n:title: Grain\n:::\n"


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        (f"Why?\n\n{CHART}\nSo.\n", []),
        (f"# Head\n\n{CHART}\nSo.\n", ["before"]),
        (f"Why?\n\n{CHART}\n# Head\n", ["after"]),
        (f"Why?\n\n{CHART}", ["after"]),
        (f"Why?\n\n{CHART}\n{CHART}\nSo.\n", ["after", "before"]),
        ("# Head\n\n```{code-cell} ipython3\nfigures = 1\n```\n", []),
    ],
)
def test_figures_have_a_sentence_before_and_after(text, lacks):
    assert sorted(said.split()[5] for _line, said in told(text)) == lacks


def test_names_are_introduced_where_a_chapter_first_has_them():
    actors = {"Alder": ["baker"], "Birch": ["mill", "miller"]}
    assert told("# Alder\n\nAlder, the baker, and Birch bake.\n\nBirch, the miller.", actors=actors) == [
        (3, "Birch is named and not introduced: say mill or miller here")
    ]


FACTS = {
    "bread.old": {"text": "7 t", "period": "2021"},
    "bread.new": {"text": "8 t", "period": "2026"},
    "bread.day": {"text": "3 May 2021", "period": "2021"},
    "talent.left": {"text": "100", "period": "December 2022"},
}


@pytest.mark.parametrize(
    "text",
    [
        "Alder has {fact}`old` of flour.",
        "Alder has {fact}`seven <bread.old>` of flour.",
        "It is {fact}`old|words`.",
        "They are {fact}`talent/statements#left`.",
    ],
)
def test_the_present_tense_of_an_earlier_year_is_warned_of(text):
    (found,) = prose.of_tense(list(prose.blocks(text)), "bread", FACTS, 2026)
    assert found[0] == 1 and "speaks as of today of 202" in found[1]


@pytest.mark.parametrize(
    "text",
    [
        "Alder has {fact}`new` of flour.",
        "Alder had {fact}`old` of flour.",
        "In 2021 Alder has {fact}`old` of flour.",
        "So it was in 2021. Alder has {fact}`old` of flour.",
        "The share may lie at {fact}`old`.",
        "The last mill is of {fact}`day`.",
        "Alder has {fact}`unknown` of flour.",
        "Alder baked {fact}`old` ({numref}`what-it-is`).",
    ],
)
def test_a_year_the_past_and_this_year_are_not(text):
    assert not list(prose.of_tense(list(prose.blocks(text)), "bread", FACTS, 2026))
