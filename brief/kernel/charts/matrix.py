"""A row for each thing, and in each column a name with a square in the colour of its economy."""

import altair as alt
import pandas as pd

from brief.kernel.charts.chart import Drawing, chart, columns, listed
from brief.kernel.charts.theme import economy_colors, ink
from brief.kernel.drawable import Rows
from brief.kernel.hover import words
from brief.kernel.tables import economy_names
from brief.typography import width

_ROW, _SQUARE, _GAP = 22, 24, 80  # pixels: of a row, of a square, at most between columns


@chart
def matrix(df: pd.DataFrame, label: str, texts: dict[str, str]) -> Drawing:
    """Rows of names, in their order, each name with a square in the colour of its economy.

    label: the column that names a row. texts: columns of names, each with the column of their economies (names as
    `named` has them); a square is grey where that is no economy with a house colour. Raises ValueError when a label or
    a name is missing.
    """
    rows = Rows(df, label)
    if not texts or not isinstance(texts, dict):
        raise ValueError("texts: columns of names, each with the column of their economies: {'maker': 'maker_country'}")
    rows.texts(label, *texts, *texts.values())
    for column in texts.values():
        for position, name in enumerate(df[column]):
            if name in economy_names().index:
                raise rows.refused(column, position, f"{name!r} is a code: named() gives the economy's name")
    shown, hues = columns(df, label, *texts, *texts.values()), economy_colors()
    titles = {f"text_{n}": words(df, column) for n, column in enumerate(texts)}
    data = pd.DataFrame({"label": df[label].astype(str), "order": range(len(df))})
    for n, (column, economy) in enumerate(texts.items()):
        data[f"text_{n}"], data[f"hue_{n}"] = df[column], df[economy].map(hues).fillna(ink("rest"))
    wide = [max(_SQUARE + _widest(data[n]), width(title, bold=True)) for n, title in titles.items()]

    def make(across: int, _live: bool) -> alt.LayerChart:
        room = across - _widest(data["label"]) - sum(wide) - _SQUARE
        gap = min(_GAP, max(_SQUARE / 2, room / len(wide)))
        size = min(14.0, 14 * across / (across - room + gap * (len(wide) - 1)))  # smaller letters on a narrow phone
        axis = alt.Axis(labelLimit=0, ticks=False, domain=False, labelColor=ink(), labelFontSize=size)
        y = alt.Y("label:N", sort=alt.EncodingSortField("order"), title=None, axis=axis)
        base, layers = alt.Chart(data).encode(y=y), []
        for n, title in enumerate(titles.values()):
            x = alt.XValue(_SQUARE / 2 + (sum(wide[:n]) + gap * n) * size / 14)
            square = base.mark_square(size=150, opacity=1).encode(x=x, color=alt.Color(f"hue_{n}:N", scale=None))
            name = base.mark_text(align="left", dx=12, fontSize=size).encode(x=x, text=alt.Text(f"text_{n}:N"))
            head = alt.Chart(data.head(1)).mark_text(align="left", dx=-6, fontWeight="bold", fontSize=size, text=title)
            layers += [square, name, head.encode(x=x, y=alt.YValue(-12))]
        return alt.layer(*layers, height=_ROW * len(data))

    parts = [
        f"{title} " + df[name] + " (" + df[economy] + ")"
        for title, (name, economy) in zip(titles.values(), texts.items(), strict=True)
    ]
    spoken = [", ".join(row) for row in zip(*parts, strict=True)]
    return Drawing(
        make, shown, told=listed("Names with economies", zip(data["label"], spoken, strict=True)), still=True
    )


def _widest(texts: pd.Series) -> float:
    return max(width(text) for text in texts)
