"""Bars in the cells of the comparison: none for nought, for less and for what is absent."""

import pytest

from brief.ext.facts.standings import bar


@pytest.mark.parametrize(
    ("value", "most", "share"),
    [
        (5, 10, "50.0%"),
        (10, 10, "100.0%"),
        (0, 10, "0.0%"),
        (0, 0, "0.0%"),
        (-3, 10, "0.0%"),
        (-3, -1, "0.0%"),
        (None, 10, "0.0%"),
    ],
)
def test_a_bar(value, most, share):
    (cell,) = bar(value, most, "<b> & co")
    assert f"--share: {share}" in cell.astext() and "&lt;b&gt; &amp; co" in cell.astext()
    assert ("absent" in cell.astext()) == (value is None)
