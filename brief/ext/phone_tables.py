"""Tables too wide for a phone: there a row is a card, headed by its first cell; others say their heads (brief.css)."""

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape

from sphinx.application import Sphinx

_ROOM = 328  # pixels across a page on the narrowest of today's phones, 360 less the margins
_LETTER, _PADDING = 7, 16  # pixels of a letter and around a cell, about
_NUMBER = 2  # letters: with a first column of no more the second is the title of a card too
_OWN = {"ledger", "standings"}  # have a form of their own for phones

_TABLE = re.compile(r'<table class="([^"]*)">\s*<thead>(.*?)</thead>(.*?)</table>', re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_CELL = re.compile(r"<td\b[^>]*>(.*?)</td>", re.DOTALL)


def too_wide(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table of these texts would be scrolled sideways: a column is as wide as its longest word."""
    widest = [
        max((len(word) for text in column for word in re.split(r"[\s\u2013-]", text)), default=0)
        for column in zip(*rows, strict=False)
    ]
    return sum(_LETTER * letters + _PADDING for letters in widest) > _ROOM


def stacked(table: re.Match) -> str:
    """A table of a page, with the heads at its cells where it is too wide."""
    classes, head, body = table.groups()
    if _OWN & set(classes.split()) or "span=" in table.group(0):
        return table.group(0)
    heads = [_text(cell) for cell in _HEAD.findall(head)]
    rows = [[_text(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(body)]
    if not too_wide([heads, *rows]):
        return table.group(0)
    if all(len(row[0]) <= _NUMBER for row in rows if row):
        classes += " numbered"

    def said(row: re.Match) -> str:
        names = iter(heads)
        return _CELL.sub(lambda cell: _headed(cell.group(0), next(names, "")), row.group(0))

    return f'<table class="{classes} stacks">\n<thead>{head}</thead>{_ROW.sub(said, body)}</table>'


def _headed(cell: str, name: str) -> str:
    return f'<td data-head="{escape(name)}"{cell.removeprefix("<td")}' if name else cell


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def stack(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Have the tables of a page's text readable on a phone."""
    if "<table" in context.get("body", ""):
        context["body"] = _TABLE.sub(stacked, context["body"])
