"""The line of a page's file that something stands on: of what is in a paragraph, parsers know the paragraph's first."""

from pathlib import Path

_FAR = 60  # lines that a paragraph or a table may have


def source_line(file: str | Path, first: int | None, text: str) -> int | None:
    """The line from `first` on that holds `text`; `first` where none soon does."""
    if first is None or not text:
        return first
    lines = Path(file).read_text("utf-8").splitlines()
    soon = range(first, min(first + _FAR, len(lines) + 1))
    return next((number for number in soon if text in lines[number - 1]), first)
