"""Names in rows, each with a square in the colour of its economy."""

import pandas as pd
import pytest

from brief.kernel.charts.matrix import matrix

ROWS = pd.DataFrame({"model": ["one", "two"], "maker": ["Sber", "Meta"], "land": ["Russia", "not stated"]})


def test_each_row_is_drawn_and_told_with_its_economy(shown):
    asked = matrix(ROWS, "model", {"maker": "land"})
    drawn = shown(asked)
    assert asked().told == "Names with economies. one: Maker Sber (Russia); two: Maker Meta (not stated)."
    squares = [mark.get("fill") for mark in drawn.marks("mark-symbol")]
    assert len(squares) == 2 and squares[0] != squares[1]
    assert {"Maker", "Sber", "Meta", "one", "two"} <= set(drawn.texts())


@pytest.mark.parametrize(
    ("rows", "texts", "pattern"),
    [
        (ROWS, {}, "texts: columns of names, each with the column of their economies"),
        (ROWS, ["maker"], "texts: columns of names, each with the column of their economies"),
        (ROWS.assign(land="RUS"), {"maker": "land"}, "'RUS' is a code: named\\(\\) gives the economy's name"),
        (ROWS.assign(maker=["Sber", None]), {"maker": "land"}, "column 'maker', row 2"),
    ],
)
def test_what_cannot_be_drawn_is_refused(refused, rows, texts, pattern):
    refused(pattern, lambda: matrix(rows, "model", texts))
