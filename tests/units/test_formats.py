"""Values read as a sentence needs them."""

import pytest

from brief.formats import render


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
        ("2022-02-24", "day", "24 February 2022"),
        ("2022-02-24", "month", "February 2022"),
        (2021, "year", "2021"),
        ("Yandex", "", "Yandex"),
    ],
)
def test_formats(value, fmt, text):
    assert render(value, fmt) == text


@pytest.mark.parametrize(
    ("value", "fmt"), [("Yandex", ",.1f"), (1.5, "words"), ("soon", "day"), (3, "{:.2f"), (3, "{}{}")]
)
def test_a_format_that_does_not_fit_names_value_and_format(value, fmt):
    with pytest.raises(ValueError) as error:
        render(value, fmt)
    assert repr(value) in str(error.value) or str(value) in str(error.value)
