"""The house colours, light and dark. An economy always has the same one, which the book's configuration gives it.

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

# For categories that are not economies, in this order.
CATEGORIES = (
    ("#0064a7", "#62b6f3"),
    ("#b84701", "#ff8f53"),
    ("#00785b", "#45d1a4"),
    ("#8a1f5d", "#f286be"),
    ("#8a5f01", "#e0b13d"),
    ("#6f4ba1", "#bfa2eb"),
)


def variables(economies: dict[str, list[str]]) -> dict[str, tuple[str, str]]:
    """CSS variable name (without dashes) to its light and dark colour; every light colour is unique.

    economies: the two colours of each by its code, as the setting brief_colors has them.
    """
    named = dict(INK)
    named |= {code.lower(): (light, dark) for code, (light, dark) in economies.items()}
    named |= {f"cat{i}": pair for i, pair in enumerate(CATEGORIES, 1)}
    return named


def roles(economies: dict[str, list[str]], accents: list[str], peers: list[str]) -> dict[str, str]:
    """What some colours are for, each with the colour's name in `variables`.

    accent (links) and mark (what stands out) are the book's own: of the two `accents`, else the first two categories'.
    peer1 and peer2 are those of the first two economies that the book compares. All as the settings brief_colors,
    brief_accents and brief_peers have them.
    """
    accent, mark = [code.lower() for code in accents if code in economies] or ("cat1", "cat2")
    first, second = (code.lower() if code in economies else "rest" for code in (*peers, "", "")[:2])
    return {"accent": accent, "mark": mark, "peer1": first, "peer2": second}
