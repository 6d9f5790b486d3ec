"""What time words are about."""

import pytest

from brief import coverage


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("2024", "202412"),
        ("29 January 2025", "202501"),
        ("the year to December 2025", "202512"),
        ("January to September 2021", "202109"),
        ("from 2018 to 2022 until 2022 to 2025", "202512"),
        ("May 2023 to August 2026", "202608"),
        ("2025-10", "202510"),
        ("12024 of them", ""),
        ("", ""),
    ],
)
def test_the_last_month_that_words_name(words, month):
    assert coverage.until(words) == month
