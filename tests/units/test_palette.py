"""Colours that can be told apart from the page, and from one another where they must be."""

from itertools import combinations
from types import SimpleNamespace

import pytest

from brief import palette, settings
from brief.ext.figures.drawings import themed
from tests.conftest import ROOT

SAID = settings.read(ROOT)  # the colours of the book in this repository
ECONOMIES = SAID["brief_colors"]
PAPER = {"light": "#ffffff", "dark": palette.INK["paper"][1]}


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT = {name: pair for name, pair in palette.variables(ECONOMIES).items() if name not in ("grid", "paper", "rest")}


@pytest.mark.parametrize("name", TEXT)
def test_text_colours_have_the_contrast_of_text(name):
    light, dark = TEXT[name]
    assert contrast(light, PAPER["light"]) >= 4.5
    assert contrast(dark, PAPER["dark"]) >= 4.5


def test_grey_series_can_be_seen():
    light, dark = palette.INK["rest"]
    assert contrast(light, PAPER["light"]) >= 3 and contrast(dark, PAPER["dark"]) >= 3


def test_every_light_colour_is_unique_so_that_dark_mode_can_tell_them_apart():
    lights = [light for light, _dark in palette.variables(ECONOMIES).values()]
    assert len(lights) == len(set(lights))


def test_the_countries_the_book_argues_with_differ_for_colour_blind_readers():
    def confused(color):  # deuteranopia, Viénot, Brettel and Mollon 1999
        r, g, b = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return (0.29275 * r + 0.70725 * g, -0.02234 * r + 1.02234 * b)

    for a, b in combinations(SAID["brief_peers"][:3], 2):
        one, two = confused(ECONOMIES[a][0]), confused(ECONOMIES[b][0])
        assert abs(one[0] - two[0]) + abs(one[1] - two[1]) > 0.12, (a, b)


def test_drawings_take_house_colours_as_variables():
    config = SimpleNamespace(brief_colors={"UTO": ["#7a3fa8", "#cf9df5"]})
    assert themed('<path fill="#7a3fa8" stroke="#123456"/>', config) == (
        '<path fill="var(--brief-uto,#7a3fa8)" stroke="#123456"/>'
    )
