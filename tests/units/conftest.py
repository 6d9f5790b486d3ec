"""Charts drawn as a figure draws them, without a book: their texts and marks, to count."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from brief.kernel import figures
from brief.kernel.charts import (
    sparklines,
    theme,  # noqa: F401 (the theme switches itself on)
)
from tests.charts import layers, tooltip

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Federal project on artificial intelligence and digital transformation " * 2  # 140 letters
WORDS = "W" * 100  # a word of the widest letters
AWKWARD = ["a.b", "a[0]", """it's "so": mean(x)""", " back\\slash", "столбец, %"]
# What a line of the drawings' letters can hold, though it is awkward elsewhere.
DRAWN = ["<b>&amp;</b>", """it's "no" {x} %s""", "two\nlines", "Ёлка и щит", "NaN"]
# What it can't: no letters for these.
UNDRAWN = {"中国": "中", "روسيا": "ر", "חדש": "ח", "🚀 up": "🚀", "a\u200bb": "U\\+200B", "a\u202eb": "U\\+202E"}


class Drawn:
    """A figure's record, with what stands in its drawings."""

    def __init__(self, record: dict):
        self.record, self.svg = record, record["svg"]

    def root(self, form: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.svg if isinstance(self.svg, str) else self.svg[form])

    def texts(self, form: str = "wide") -> list[str]:
        """Every text, the lines of one joined by spaces."""
        found = self.root(form).iter(f"{SVG}text")
        return [" ".join(part.strip() for part in text.itertext() if part.strip()) for text in found]

    def marks(self, kind: str, form: str = "wide") -> list[ElementTree.Element]:
        """Marks of a kind ("mark-rect", "mark-symbol") in every layer, without those of axes and legends."""
        groups = (g for g in self.root(form).iter(f"{SVG}g") if (g.get("class") or "").startswith(f"{kind} role-mark"))
        return [mark for group in groups for mark in group]

    def live(self) -> list[dict[str, str]]:
        """What each datum of a live layer says when it is pointed at: titles and texts."""
        said = []
        for unit in layers(self.record["live"]["narrow"]):
            data = self.record["live"]["narrow"]["datasets"].get((unit.get("data") or {}).get("name"), [])
            columns = tooltip(unit)
            said += [{title: row[column] for title, column in columns.items()} for row in data if columns]
        return said


@pytest.fixture
def shown(monkeypatch):
    """Draw a chart as the figure or, with `small`, the sketch "test" does."""

    def draw(chart, small: bool = False) -> Drawn:
        kept = []
        for module in (figures, sparklines):
            monkeypatch.setattr(module, "emit", lambda _mime, record, *_: kept.append(record))
            monkeypatch.setattr(module, "provenance", lambda rows: {})
        if small:
            sparklines.sketch("test", chart, "What it shows", pd.DataFrame())
        else:
            figures.figure("test", chart, "What it shows", pd.DataFrame())
        return Drawn(kept[0])

    return draw


@pytest.fixture
def refused(shown):
    """Assert that a chart is refused in a line that names the figure and matches a pattern."""

    def check(pattern: str, make, small: bool = False) -> None:
        with pytest.raises(ValueError, match=pattern) as error:
            shown(make(), small)
        said = str(error.value)
        assert said.startswith("sketch test: " if small else "figure test: ") and "\n" not in said

    return check
