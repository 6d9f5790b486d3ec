"""Values read as a sentence needs them."""

import contextlib
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief.formats import NAMED, beside, render


@pytest.mark.parametrize(
    ("value", "fmt", "text"),
    [
        (1234567, ",", "1,234,567"),
        (0.3712, "{:.2f}%", "0.37%"),
        (5.576, "${:,.1f} million", "$5.6 million"),
        (-25, "{:.0f}%", "−25%"),
        (7, "words", "seven"),
        (12, "words", "12"),
        (12, "ordinal", "12th"),
        (1200000, "intword", "1.2 million"),
        (66.7, "fraction", "two thirds"),
        (33.3, "fraction", "a third"),
        (50, "fraction", "half"),
        (75, "fraction", "three quarters"),
        ("2022-02-24", "day", "24 February 2022"),
        ("2022-02-24", "month", "February 2022"),
        ("2022-02", "month", "February 2022"),
        ("2022", "date", "2022"),
        ("2022-02", "date", "February 2022"),
        ("2022-02-24", "date", "24 February 2022"),
        (2021, "year", "2021"),
        ("2021", "year", "2021"),
        ("Yandex", "", "Yandex"),
        ("-5 of all", "", "-5 of all"),
        # What is rounded to nought has no sign.
        (-0.0, ",", "0.0"),
        (-0.04, "{:.1f}%", "0.0%"),
        (-0.4, "${:,.0f} million", "$0 million"),
        (-0.0004, ".1%", "0.0%"),
        # The minus stands before the currency, and within brackets.
        (-5, "${:,.0f} million", "−$5 million"),
        (-5, "US${:,.0f}", "−US$5"),
        (-5, "about €{:,.0f}", "about −€5"),
        (-5, "({:d})", "(−5)"),
        (-1234.5, ",.1f", "−1,234.5"),
        # Negative numbers in words.
        (-3, "words", "minus three"),
        (-3.0, "words", "minus three"),
        (0, "words", "zero"),
        (-12, "words", "−12"),
        (-1200000, "intword", "−1.2 million"),
        (12.5, "intword", "12.5"),
        (1001, "ordinal", "1,001st"),
        # Four digits that count, and no powers of ten.
        (6212.4, "number", "6,212"),
        (1e22, "number", "10,000,000,000,000,000,000,000"),
        (14.2857, "number", "14.29"),
        (0.00003141592, "number", "0.00003142"),
        (-9999.6, "number", "−10,000"),
        (73.3499, "number", "73.35"),
        # Ranges.
        ([3, 5], "words", "three to five"),
        ([-3, 5], ",", "−3 to 5"),
        ([-5, -3], "${:,.0f} million", "−$5 million to −$3 million"),
        ([2019, 2023], "year", "2019 to 2023"),
        ([5, 5], ",", "5"),
        ([-0.01, 0.01], ".1f", "0.0"),
        (["2019-01", "2020-03"], "date", "January 2019 to March 2020"),
    ],
)
def test_formats(value, fmt, text):
    assert render(value, fmt) == text


@pytest.mark.parametrize(
    ("value", "fmt"),
    [
        ("Yandex", ",.1f"), (1.5, "words"), ("soon", "day"), (3, "{:.2f"), (3, "{}{}"),
        ("7", "words"), ("7", "intword"), ("7", "number"),
        (62, "fraction"), (0, "fraction"), (100, "fraction"), ("half", "fraction"),
        (2.7, "ordinal"), (0, "ordinal"), (-1, "ordinal"), (1.5, "year"), (-44, "year"), (12021, "year"),
        (math.nan, ","), (math.inf, "{:.0f}%"), (-math.inf, "words"), (math.nan, "intword"), (None, ","), (True, ","),
        (True, ""), (False, "words"),
        ("2022", "month"), ("2022-02", "day"), ("20220224", "day"), ("2022-02-24 at noon", "day"), ("٢٠٢٢", "year"),
        ("2022-13", "month"), ("2022-1-5-5", "date"), (20220224, "day"),
        (1e22, ","), (1e-7, ""), (12345.6, ",.4g"), (5, "{:.1e}"), (1e40, "intword"),
        ([5, 3], ","), ([1, 2, 3], ","), ([1], ","), ([[1, 2], 3], ","), ([1, "b"], ""),
    ],
)  # fmt: skip
def test_a_format_that_does_not_fit_names_value_and_format(value, fmt):
    with pytest.raises(ValueError) as error:
        render(value, fmt)
    assert repr(value) in str(error.value) or str(value) in str(error.value)
    assert "\n" not in str(error.value)


numbers = st.integers(-(10**18), 10**18) | st.floats(-1e15, 1e15)
FORMATS = [
    ",", ",.0f", ",.2f", ".0f", "{:.1f}%", "{:,.0f} items", "${:,.1f} million", ".1%", "number", "intword", "words",
]  # fmt: skip


@given(numbers, st.sampled_from(FORMATS))
def test_a_number_reads_as_one_or_is_refused_with_reason(value, fmt):
    try:
        text = render(value, fmt)
    except ValueError as error:
        assert repr(value) in str(error) and repr(fmt) in str(error)
        return
    assert "-" not in text and "nan" not in text and "inf" not in text
    assert not re.search(r"[0-9]e[+-]?[0-9]", text)
    signed = text.startswith(("−", "minus "))
    assert signed == ("−" in text or "minus" in text)  # a sign stands first
    assert not signed or value < 0
    if signed and "minus" not in text:
        assert re.search("[1-9]", text)  # nought has no sign
    if value < 0 and text.lstrip("−") != text:
        assert render(-value, fmt) == text[1:]


@given(numbers, numbers, st.sampled_from(FORMATS))
def test_a_range_reads_from_low_to_high(a, b, fmt):
    low, high = min(a, b), max(a, b)
    try:
        ends = [render(low, fmt), render(high, fmt)]
    except ValueError:
        return
    assert render([low, high], fmt) == (ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}")
    if low != high:
        with pytest.raises(ValueError, match="low end is above"):
            render([high, low], fmt)


@given(numbers)
def test_number_is_within_half_a_part_in_a_thousand(value):
    text = render(value, "number").replace(",", "").replace("−", "-")
    assert math.isclose(float(text), value, rel_tol=5.1e-4, abs_tol=0)
    if float(value).is_integer() and abs(value) < 2**53:
        assert int(text) == value


@given(st.one_of(st.none(), st.booleans(), st.text(), numbers, st.lists(numbers)), st.sampled_from([*NAMED, *FORMATS]))
def test_whatever_comes_reads_or_is_refused(value, fmt):
    with contextlib.suppress(ValueError):
        assert isinstance(render(value, fmt), str)


@pytest.mark.parametrize(
    ("text", "unit", "left"),
    [
        ("2.3 billion roubles", "billion roubles", ""),
        ("19 billion", "billion parameters", "parameters"),
        ("$17.4 billion", "billion US dollars", ""),
        ("44%", "%", ""),
        ("0.39%", "% of pushes", "of pushes"),
        ("$0.80 a million tokens", "a million tokens", ""),
        ("six", "releases", "releases"),
        ("12", "2 items", "2 items"),
        ("7,000 to 100,000", "IT specialists", "IT specialists"),
        ("2024", "", ""),
    ],
)
def test_a_unit_is_said_once(text, unit, left):
    assert beside(text, unit) == left


def test_a_range_with_an_end_that_is_no_number_names_the_end():
    with pytest.raises(ValueError, match="nan cannot be written"):
        render([1, math.nan], ",")
