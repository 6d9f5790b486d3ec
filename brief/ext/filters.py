"""Lists that a reader can filter: the form over them, and what their items say of themselves for it."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from docutils import nodes

from brief.ext.templating import render


def facets(**said: Iterable[str] | str) -> nodes.raw:
    """What an item is chosen by, as `brief-filter.js` reads it: a value, or several, by name."""
    data = {name: said if isinstance(said, str) else "|".join(said) for name, said in said.items()}
    attributes = "".join(f' data-{name.replace("_", "-")}="{escape(value)}"' for name, value in data.items())
    return nodes.raw("", f"<span data-facets{attributes}></span>", format="html")


def counted(values: Iterable[str], words: dict[str, str] | None = None) -> list[tuple[str, str, int]]:
    """The values that items have, each with its words and how many have it, in the order of `words`."""
    count = Counter(values)
    names = words or dict.fromkeys(sorted(count))
    return [(name, (words or {}).get(name) or name.capitalize(), count[name]) for name in names if count[name]]


def form(selector: str, every: str, choices: list[tuple], **more) -> nodes.raw:
    """The form over the list that `selector` finds; `every` says what all of it is: "250 numbers".

    choices: (name, title, `counted`). more: `items`, a selector within the list; `orders`, (name, words), as
    `brief-filter.js` takes them; `step`.
    """
    html = render("filter.html", list=selector, all=every, choices=choices, **{"first": "chapter", **more})
    return nodes.raw("", html, format="html")
