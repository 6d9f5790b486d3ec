"""The house theme for Altair, and the colour scales that keep an economy's colour the same everywhere."""

import altair as alt

from brief import palette
from brief.kernel.tables import economy_names
from brief.kernel.tracking import setting
from brief.vegalite import FONT

_INK = {name: light for name, (light, _dark) in palette.INK.items()}


@alt.theme.register("brief", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    axis = {
        "labelColor": _INK["muted"],
        "titleColor": _INK["muted"],
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "domainColor": _INK["rest"],
        "tickColor": _INK["rest"],
        "gridColor": _INK["grid"],
        "labelFont": FONT,
        "titleFont": FONT,
    }
    return {
        "config": {
            "background": None,
            "aria": False,  # the figure says in words what it shows
            "font": FONT,
            "view": {"stroke": None},
            "axis": axis,
            "axisY": {"domain": False, "ticks": False, "titleAngle": 0, "titleAlign": "left",
                      "titleAnchor": "end", "titleY": -12, "titleX": 0, "labelPadding": 6},
            "axisX": {"grid": False, "tickCount": 6, "labelOverlap": "greedy"},
            "legend": {"labelColor": _INK["ink"], "titleColor": _INK["muted"], "labelFontSize": 14,
                       "titleFontSize": 14, "orient": "top", "labelFont": FONT, "titleFont": FONT,
                       "labelLimit": 300, "symbolType": "circle", "title": None},
            "header": {"labelColor": _INK["ink"], "labelFontSize": 14, "labelFontWeight": "bold",
                       "titleColor": _INK["muted"], "labelFont": FONT, "title": None},
            "text": {"color": _INK["ink"], "fontSize": 14, "font": FONT},
            "line": {"strokeWidth": 2.5, "color": palette.CATEGORIES[0][0]},
            "bar": {"color": palette.CATEGORIES[0][0]},
            "point": {"size": 70, "filled": True, "color": palette.CATEGORIES[0][0]},
            "rule": {"color": _INK["rest"]},
            "range": {"category": [light for light, _dark in palette.CATEGORIES]},
        }
    }  # fmt: skip


def ink(name: str = "ink") -> str:
    """A colour of the page: ink, muted, grid, rest (series that are not the point) or paper."""
    return _INK[name]


def economy_colors() -> dict[str, str]:
    """Short English name of an economy to its colour, for all that have one in _config.yml (brief_colors)."""
    names = economy_names()
    return {names[code]: light for code, (light, _dark) in setting("brief_colors").items() if code in names.index}


def mark_color() -> str:
    """The colour of what stands out, where a chart shows one series that has no colour of its own."""
    economies = setting("brief_colors")
    name = palette.roles(economies, setting("brief_accents"), [])["mark"]
    return palette.variables(economies)[name][0]


def economy_color(field: str = "name", legend: alt.Legend | None = None) -> alt.Color:
    """Encode `field`, names of economies that have a house colour, in these colours."""
    colors = economy_colors()
    scale = alt.Scale(domain=list(colors), range=list(colors.values()))
    return alt.Color(f"{field}:N", scale=scale, legend=legend)
