"""Every text file of the book can be read as one: UTF-8, no mark of an unfinished merge, nothing that turns its text.

Looked at before any parser is, so that none of them ends in its own error. For tables `checks` name the row.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from brief.ext.reading.characters import DIRECTIONS
from brief.settings import folders

SUFFIXES = {".md", ".json", ".bib", ".yml", ".yaml", ".cff", ".py", ".txt"}
_MARKS = ("<<<<<<< ", ">>>>>>> ", "||||||| ")
_TURNS = re.compile(f"[\0{DIRECTIONS}]")


def text_errors(root: Path) -> list[str]:
    """A line for each file that is no text, with the first line of it that is not."""
    found = ((path.relative_to(root).as_posix(), trouble(path)) for path in text_files(root))
    return [f"{name}{words}" for name, words in found if words]


def text_files(root: Path) -> Iterator[Path]:
    """The book's own files of text but its tables: those beside _config.yml and those in its folders."""
    inside = [path for folder in ("data", *folders(root), "checks") for path in sorted((root / folder).rglob("*"))]
    for path in [*sorted(root.glob("*")), *inside]:
        if path.suffix in SUFFIXES and path.is_file() and not path.name.startswith("."):
            yield path


def trouble(path: Path) -> str | None:
    """What is wrong with a file, to stand behind its name; None when nothing is."""
    found = broken_line(content := path.read_bytes(), path.suffix)
    if not found and (odd := _TURNS.search(text := content.decode("utf-8"))):
        what = "a NUL byte" if odd[0] == "\0" else "a character that turns the direction of its text"
        found = text.count("\n", 0, odd.start()) + 1, f"holds {what} (U+{ord(odd[0]):04X})"
    return f":{found[0]}: {found[1]}" if found else None


def broken_line(content: bytes, suffix: str) -> tuple[int, str] | None:
    """The first line of a file that is no text or no whole one, and what is wrong with it; None when none is."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return content[: error.start].count(10) + 1, "is not UTF-8: save it as UTF-8"
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(merge_mark(suffix)):
            return number, f'"{line[:20].rstrip()}" is the mark of an unfinished merge'
    return None


def merge_mark(suffix: str) -> tuple[str, ...]:
    """How the lines begin that git leaves in a file; the middle one underlines a heading in Markdown and text."""
    return _MARKS if suffix in (".md", ".txt", ".py") else (*_MARKS, "=======")
