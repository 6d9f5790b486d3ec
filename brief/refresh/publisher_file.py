"""A publisher's file as downloaded: read as CSV, first worksheet, JSON or text, whichever its recipe asks for."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

OLD_EXCEL, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"  # how an .xls begins, and an .xlsx, which is a zip archive
SECTOR = 512  # an .xls is so many bytes, some times over


class Unreadable(Exception):
    """Why a file cannot be read or is not what it seems, in a few words for one line."""


@dataclass(eq=False)
class PublisherFile:
    """The bytes of one file and the name it came with; parsed when first asked for, and once."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def text(self) -> str:
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unreadable("is not UTF-8 text") from None

    @cached_property
    def header(self) -> list[str]:
        """The first line of a CSV file, whatever comes after it; [] where the file is no text."""
        if b"\0" in self.content[:2000]:
            return []
        first = self.content.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        try:
            return next(csv.reader([first]), [])
        except csv.Error:
            return []

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a CSV file by its header, every cell as text; raises Unreadable for a row that is cut."""
        try:
            read = list(csv.reader(io.StringIO(self.text, newline=""), strict=True))
        except csv.Error:
            raise Unreadable("ends inside a quoted cell: is it cut?") from None
        header, rows = read[0], [row for row in read[1:] if row]
        for number, row in enumerate(rows, 2):
            if len(row) != len(header):
                raise Unreadable(f"row {number} has {len(row)} cells, the header {len(header)}: is it cut?")
        return [dict(zip(header, row, strict=True)) for row in rows]

    @cached_property
    def sheet(self) -> list[list]:
        """The cells of the first worksheet of an Excel file, "" for an empty one; raises Unreadable."""
        cut = Unreadable("is not an Excel file that can be read: is it cut?")
        if self.content.startswith(OLD_EXCEL) and len(self.content) % SECTOR:
            raise cut
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(self.content))
            return book.get_sheet_by_index(0).to_python(skip_empty_area=True)
        except (CalamineError, OSError, ValueError, IndexError):
            raise cut from None
        except BaseException as error:
            if type(error).__name__ == "PanicException":  # the reader's own for a damaged file; no Exception
                raise cut from None
            raise

    @property
    def is_workbook(self) -> bool:
        """An Excel file, old (a compound file) or new (a zip archive)."""
        return self.content.startswith((OLD_EXCEL, ZIP))

    @cached_property
    def json(self) -> Any:
        """The value of a JSON file; raises Unreadable."""
        try:
            return json.loads(self.text)
        except ValueError as error:
            raise Unreadable(f"is not JSON that can be read ({error}): is it cut?") from None

    @property
    def is_json(self) -> bool:
        return self.content.lstrip(b"\xef\xbb\xbf \n\r\t")[:1] in (b"{", b"[")


def opened(path: Path) -> list[PublisherFile]:
    """The files that `path` is or holds: a file, a folder with its folders, a zip archive; by name.

    Raises Unreadable when there is none.
    """
    if path.is_dir():
        inside = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        found = [part for file in inside for part in _parts(file, file.relative_to(path).as_posix())]
    elif path.is_file():
        found = _parts(path, path.name)
    else:
        raise Unreadable("is not there")
    if not found:
        raise Unreadable("holds no file")
    return found


def _parts(path: Path, name: str) -> list[PublisherFile]:
    """A file as it is, or those in a zip archive; an .xlsx is a zip archive too, and stays whole."""
    content = path.read_bytes()
    if content.startswith(ZIP):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = sorted(info.filename for info in archive.infolist() if not info.is_dir())
                if "[Content_Types].xml" not in names:
                    return [PublisherFile(f"{name}/{inside}", archive.read(inside)) for inside in names]
        except zipfile.BadZipFile:
            pass  # a cut .xlsx or .zip: its recipe, or nobody, says so
    return [PublisherFile(name, content)]
