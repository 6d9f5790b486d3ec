"""What the house charts share: colours, text rows measured in pixels, a key of categories."""

from itertools import cycle

import altair as alt
import numpy as np
import pandas as pd

from brief import palette
from brief.kernel.charts.theme import economy_colors, ink, mark_color
from brief.typography import LINE, width, wrapped

_LEGEND = 300  # pixels a name in a key may take
_APART = alt.Resolve(scale=alt.ScaleResolveMap(color="independent"))


def colors(names: list[str], highlight: list[str] | None, rest: bool = False) -> alt.Scale:
    """House colours for `names`; what is no economy is grey with `rest`, else takes a category's colour."""
    known, categories = economy_colors(), cycle(light for light, _dark in palette.CATEGORIES)
    if highlight is not None:
        hues = [known.get(n, ink()) if n in highlight else ink("rest") for n in names]
    elif rest and any(n in known for n in names):
        hues = [known.get(n, ink("rest")) for n in names]
    else:
        hues = [known[n] if n in known else next(categories) for n in names]
    return alt.Scale(domain=names, range=hues)


PLACES = ("label_text", "label_px", "mark_px", "total_px")


def text_rows(df: pd.DataFrame, label: str, pixels: int) -> pd.DataFrame:
    """`df` with wrapped labels and the pixel rows where label (`label_px`) and mark (`mark_px`) stand."""
    parts = [wrapped(str(text), pixels) for text in df[label]]
    heights = np.array([len(part) * LINE + 32 for part in parts])
    tops = np.concatenate([[0], heights.cumsum()])[:-1]
    return df.assign(
        label_text=["\n".join(part) for part in parts],
        label_px=tops + 4,
        mark_px=tops + heights - 18,
        total_px=heights.sum(),
    )


def pixels(field: str, total: float) -> alt.Y:
    """A vertical axis of `total` pixels, counted from the top, that is not shown."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, float(total)], reverse=True, nice=False), axis=None)


def hue_of(
    df: pd.DataFrame, color: str | None, label: str, highlight: list[str] | None = None
) -> tuple[pd.Series, alt.Color]:
    """Colour values for each row, and the encoding that takes them as they are.

    highlight: values of `color`, or of `label` without it, whose rows stand out; the others are grey.
    """
    by = df[color] if color else df[label]
    names = list(dict.fromkeys(by.astype(str)))
    if highlight is not None:
        return by.astype(str).map(marked(names, highlight)), alt.Color("hue:N", scale=None, legend=None)
    if color and len([n for n in names if n not in economy_colors()]) > len(palette.CATEGORIES):
        raise ValueError(f"column {color!r}: {len(names)} categories, more than the {len(palette.CATEGORIES)} colours")
    scale = colors(names, None if color else [])
    if not color and any(n in economy_colors() for n in names):
        scale = colors(names, None, rest=True)
    elif not color:
        scale = alt.Scale(domain=names, range=[palette.CATEGORIES[0][0]] * len(names))
    hues = dict(zip(names, scale.range, strict=True))
    return by.astype(str).map(hues), alt.Color("hue:N", scale=None, legend=None)


def marked(names: list[str], highlight: list[str]) -> dict[str, str]:
    """Colours of names when some stand out: an economy in its own, else in the book's mark; the rest in grey."""
    if strangers := sorted(set(highlight) - set(names)):
        raise ValueError(f"highlight: no {strangers[0]!r}; there are {', '.join(names)}")
    known = economy_colors()
    return {name: known.get(name, mark_color()) if name in highlight else ink("rest") for name in names}


def key_of(df: pd.DataFrame, color: str | None, highlight: list[str] | None = None) -> list[tuple[str, str]]:
    """Category and colour pairs to explain above the marks, none when the colour is the label's own."""
    if not color:
        return []
    names = list(dict.fromkeys(df[color].astype(str)))
    if highlight is not None:
        return list(marked(names, highlight).items())
    return list(zip(names, colors(names, None).range, strict=True))


def with_key(chart: alt.LayerChart, key: list[tuple[str, str]], pixels: int) -> alt.LayerChart | alt.VConcatChart:
    """`chart` with a legend for `key` on top: two names in a row where there is room for two."""
    if not key:
        return chart
    room = min(_LEGEND, pixels - 40)
    names = ["\n".join(wrapped(name, room)) if width(name) > room else name for name, _ in key]
    widest = max(width(line) for name in names for line in name.split("\n"))
    legend = alt.Legend(
        orient="top", columns=2 if 2 * (widest + 20) < pixels else 1, symbolType="circle", symbolOpacity=1, offset=8
    )
    if any("\n" in name for name in names):
        legend.labelExpr, legend.labelLimit = "split(datum.label, '\\n')", 0
    swatch = alt.Chart(pd.DataFrame({"key": names})).mark_point(opacity=0, filled=True)
    scale = alt.Scale(domain=names, range=[hue for _, hue in key])
    swatch = swatch.encode(color=alt.Color("key:N", scale=scale, legend=legend))
    return alt.layer(chart, swatch, resolve=_APART)
