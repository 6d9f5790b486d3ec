"""What a source is stands behind its entry in the bibliography, and follows the table of sources."""

import pytest

from brief.ext.citations.standing import badge

ROWS = [
    ("dataset", "original", "", "original", "Original"),
    ("company", "original", "", "party", "A company's own word"),
    ("company", "copy", "Mill Ltd", "copy", "Copy of a company's own word"),
    ("news", "original", "", "press", "Press report"),
    ("commentary", "original", "", "press", "Commentary"),
    ("dataset", "copy", "Millers' Guild", "copy", "Copy of Millers' Guild"),
    ("report", "copy", "", "copy", "Copy"),
    ("news", "secondary", "The Baker", "second-hand", "At second hand, from The Baker"),
    ("news", "secondary", "", "second-hand", "At second hand"),
    ("news", "", "", "", ""),
]


@pytest.mark.parametrize(("kind", "standing", "original", "name", "words"), ROWS)
def test_a_row_says_what_a_source_is(kind, standing, original, name, words):
    assert badge({"kind": kind, "standing": standing, "original": original}) == (name, words)


def test_a_table_without_the_columns_says_nothing():
    assert badge({"source": "mill-book"}) == ("", "")


def test_an_edit_of_a_source_reaches_its_entry_and_the_cards_that_rest_on_it(minimal):
    before = minimal.files()
    assert "standing-second-hand" not in minimal.page("reference/bibliography")
    minimal.edit("data/shared/sources.csv", "bakers-guild,report,original,", "bakers-guild,report,secondary,The Baker")
    status, said = minimal.quick()
    assert status == 0, said
    assert 'standing-second-hand">At second hand, from The Baker</span>' in minimal.page("reference/bibliography")
    after, told = minimal.files(), b"At second hand, from The Baker"
    changed = set(before.differing(after))
    assert "reference/bibliography.html" in changed
    assert changed >= {name for name in after if told in after[name]} > {"reference/bibliography.html"}
    assert before.keys() == after.keys() and "executing" not in said
