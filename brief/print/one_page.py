"""The brief on one page: what its pages mark with the class one-page, on a sheet of its own.

A paragraph, a figure, a grid of cards or a table that a page says and marks so: no number stands there that does not
stand in the book, and none is typed twice.
"""

import copy

from bs4 import Tag

from brief.ext.citations.metadata import Publication
from brief.print import links
from brief.print.printed_pages import Page
from brief.print.sheets import as_data, render

NAME, MARK = "one-page", ".one-page"
SIZES = [size / 10 for size in range(102, 74, -3)]  # points of the text: the largest with which all of it fits is taken


class TooLong(Exception):
    """What is marked does not fit on one page."""

    def __init__(self) -> None:
        super().__init__(f"what pages mark with {MARK} does not fit on one page: mark less")


def document(printed: list[Page], context: dict) -> str | None:
    """The HTML of the sheet; None in a book that marks nothing."""
    paper: Publication = context["paper"]
    led, parts = links.Links([], paper.base), {"p": [], "figure": [], "div": [], "table": []}
    for page in map(copy.deepcopy, printed):
        led.lead(page)
        for marked in page.body.select(MARK):
            part = marked.select_one("figure, table") or marked  # what can't be marked itself is in a box that is
            for image in part.select("figure img[src]"):
                image["src"] = as_data(page.narrow[image["src"]])
            parts[part.name].append((page, _bare(part)))
    if not any(parts.values()):
        return None
    return render("one-page.html", parts=parts, **context)


def _bare(part: Tag) -> Tag:
    """A part without its small charts, its place in the book and where else its data are."""
    for tag in part.select("img.sketch, .figure-late"):
        tag.decompose()
    for tag in part.select("[id]"):
        del tag["id"]
    for text in part.find_all(string=lambda text: " · Data" in text):
        for after in list(text.next_siblings):
            after.extract()
        text.replace_with(text[: text.index(" · Data")])
    return part
