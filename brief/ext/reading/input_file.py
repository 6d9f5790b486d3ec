"""Read one of the files that describe the book: its text, or one line that says why it cannot be read."""

import re
import sys
from pathlib import Path

from brief.ext.reading.characters import unseen
from brief.ext.reading.text_files import broken_line

LARGEST = 5_000_000  # bytes: ten times what any such file of a book should ever need
_SHOWN = 60  # characters of a value that an error shows


class Refused(ValueError):
    """A file that cannot be used, as one line: the file, the line where it is known, what is wrong."""


def read(root: Path, name: str) -> str:
    """The text of the file `name` of the book, with plain newlines at the ends of lines. Raises Refused."""
    path = root / name
    if path.is_dir():
        raise Refused(f"{name}: is a folder, not a file")
    if not path.is_file():
        raise Refused(f"{name}: is missing")
    if path.stat().st_size > LARGEST:
        raise Refused(f"{name}: has {path.stat().st_size:,} bytes, more than {LARGEST:,}")
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(f"{name}:1: is UTF-16: save it as UTF-8")
    if found := broken_line(content, path.suffix):
        raise Refused(f"{name}:{found[0]}: {found[1]}")
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused(f"{name}: is empty")
    for number, line in enumerate(text.split("\n"), 1):
        # Plain text passes at once; a tab is refused where it matters, by YAML. Prose may join letters as it needs.
        if path.suffix != ".md" and not line.isprintable() and (found := unseen(line.replace("\t", " "))):
            raise Refused(f"{name}:{number}: {quoted(line)} holds {found}")
    return text


def quoted(value: object) -> str:
    """A value as an error shows it: in quotes, on one line, not too long, nothing in it that is not seen."""
    if value is None:
        return "nothing"
    text = re.sub(r"\s*\n\s*", " ", str(value))
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return f'"{text[:_SHOWN]}..."' if len(text) > _SHOWN else f'"{text}"'


def refuse(lines: list[str]) -> None:
    """Print each line and end the process with status 1, when there are any.

    Sphinx would wrap an exception in words of its own, and Jupyter Book add a traceback.
    """
    if lines:
        sys.stdout.flush()
        print("\n".join(lines), file=sys.stderr, flush=True)
        raise SystemExit(1)
