"""The house colours, light and dark. An economy always has the same one.

Charts are drawn in the light colour; the HTML page turns each into a CSS variable, so that one SVG is
right in both modes. Hues start from Okabe and Ito's colour-blind-safe set, darkened (or lightened) until
text in them has a contrast of at least 4.5:1 on the page.
"""

# name: (light, dark). Names become CSS variables: --brief-<name>.
INK = {
    "ink": ("#1b1f24", "#e6e8eb"),
    "muted": ("#57606a", "#a9b1ba"),
    "grid": ("#e2e5e9", "#343a42"),
    "rest": ("#8a929b", "#7d8690"),
    "paper": ("#fffffe", "#14181d"),
}

# Keys are codes in data/shared/economies.csv. Economies not here are drawn in "rest".
ECONOMIES = {
    "RUS": ("#b84700", "#ff8f52"),
    "CHN": ("#0064a6", "#62b6f2"),
    "USA": ("#00785a", "#45d1a3"),
    "EUU": ("#6f4ba0", "#bfa2ea"),
    "IND": ("#8a5f00", "#e0b13c"),
    "JPN": ("#a0336e", "#f08fc0"),
    "DEU": ("#4d5a00", "#bccb4a"),
    "FRA": ("#4a52c4", "#a3aafc"),
    "GBR": ("#00717a", "#4fcbd6"),
    "KOR": ("#8c3b3b", "#ee9b9b"),
    "KAZ": ("#7a3fa8", "#cf9df5"),
    "GEO": ("#8a1f5c", "#f286bd"),
    "ARM": ("#8a6100", "#e3b53f"),
    "SRB": ("#3f57c9", "#9fb0ff"),
    "TUR": ("#7d4a12", "#dfa56b"),
    "ARE": ("#5f6000", "#cacb4b"),
    "CYP": ("#6d4c9f", "#c0a4ec"),
    "IRN": ("#70510f", "#d6b066"),
    "WLD": ("#1b1f25", "#e6e8ec"),
}

# For categories that are not economies, in this order.
CATEGORIES = (
    ("#0064a7", "#62b6f3"),
    ("#b84701", "#ff8f53"),
    ("#00785b", "#45d1a4"),
    ("#8a1f5d", "#f286be"),
    ("#8a5f01", "#e0b13d"),
    ("#6f4ba1", "#bfa2eb"),
)


def variables() -> dict[str, tuple[str, str]]:
    """CSS variable name (without dashes) to its light and dark colour; every light colour is unique."""
    named = dict(INK)
    named |= {code.lower(): pair for code, pair in ECONOMIES.items()}
    named |= {f"cat{i}": pair for i, pair in enumerate(CATEGORIES, 1)}
    return named
