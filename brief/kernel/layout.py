"""What the house charts share: colours, text rows measured in pixels, a key of categories."""

import textwrap

import altair as alt
import numpy as np
import pandas as pd

from brief import palette
from brief.kernel.theme import economy_colors, ink

CHAR = 6.9  # mean width in pixels of a 14 px character, for wrapping
LINE = 18  # height in pixels of a line of 14 px text


def colors(names: list[str], highlight: list[str] | None, rest: bool = False) -> alt.Scale:
    """House colours for `names`; what is no economy is grey with `rest`, else takes a category's colour."""
    known, categories = economy_colors(), iter(light for light, _dark in palette.CATEGORIES * 3)
    if highlight is not None:
        hues = [known.get(n, ink()) if n in highlight else ink("rest") for n in names]
    elif rest and any(n in known for n in names):
        hues = [known.get(n, ink("rest")) for n in names]
    else:
        hues = [known[n] if n in known else next(categories) for n in names]
    return alt.Scale(domain=names, range=hues)


def text_rows(df: pd.DataFrame, label: str, width: int) -> pd.DataFrame:
    """`df` with wrapped labels and the pixel rows where label (`label_px`) and mark (`mark_px`) stand."""
    wrapped = [textwrap.wrap(str(text), int(width / CHAR)) or [""] for text in df[label]]
    heights = np.array([len(part) * LINE + 32 for part in wrapped])
    tops = np.concatenate([[0], heights.cumsum()])[:-1]
    return df.assign(
        label_text=["\n".join(part) for part in wrapped],
        label_px=tops + 4,
        mark_px=tops + heights - 18,
        total_px=heights.sum(),
    )


def pixels(field: str, total: float) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, float(total)], reverse=True, nice=False), axis=None)


def hue_of(df: pd.DataFrame, color: str | None, label: str) -> tuple[pd.Series, alt.Color]:
    """Colour values for each row, and the encoding that takes them as they are."""
    by = df[color] if color else df[label]
    names = list(dict.fromkeys(by.astype(str)))
    scale = colors(names, None if color else [])
    if not color and any(n in economy_colors() for n in names):
        scale = colors(names, None, rest=True)
    elif not color:
        scale = alt.Scale(domain=names, range=[palette.CATEGORIES[0][0]] * len(names))
    hues = dict(zip(names, scale.range, strict=True))
    return by.astype(str).map(hues), alt.Color("hue:N", scale=None, legend=None)


def key_of(df: pd.DataFrame, color: str | None) -> list[tuple[str, str]]:
    """Category and colour pairs to explain above the marks, none when the colour is the label's own."""
    if not color:
        return []
    names = list(dict.fromkeys(df[color].astype(str)))
    return list(zip(names, colors(names, None).range, strict=True))


def with_key(chart: alt.LayerChart, key: list[tuple[str, str]]):
    """`chart` with a legend row for `key` on top."""
    if not key:
        return chart
    names, hues = [n for n, _ in key], [h for _, h in key]
    legend = alt.Legend(orient="top", columns=2, symbolType="circle", symbolOpacity=1, offset=8)
    swatch = alt.Chart(pd.DataFrame({"key": names})).mark_point(opacity=0, filled=True)
    swatch = swatch.encode(color=alt.Color("key:N", scale=alt.Scale(domain=names, range=hues), legend=legend))
    return alt.layer(chart, swatch).resolve_scale(color="independent")
