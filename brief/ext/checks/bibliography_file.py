"""Is references.bib well formed, and does each entry say what pages need of a source? One line for each error."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import pybtex.errors
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError
from pybtex.textutils import normalize_whitespace
from pybtex.utils import CaseInsensitiveDict

from brief.ext.citations import sources
from brief.ext.reading import input_file
from brief.ext.reading.addresses import broken_address
from brief.ext.reading.input_file import Refused, quoted

NAME = "data/references.bib"
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+/-]*")
_PEOPLE = ("author", "editor", "translator")
# What BibTeX and BibLaTeX know; a field that is none of these, and nearly one of them, is a slip.
FIELDS = frozenset(
    """abstract addendum address afterword annotation annote annotator archive archiveprefix archiveurl author
    bookauthor booksubtitle booktitle booktitleaddon chapter commentator copyright date day doi edition editor editora
    editorb editorc editortype eid entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon file
    foreword gender holder howpublished ids indextitle institution introduction isan isbn ismn isrn issn issue
    issuesubtitle issuetitle iswc journal journalsubtitle journaltitle key keywords label langid language library
    location mainsubtitle maintitle maintitleaddon month nameaddon note number organization origdate origlanguage
    origlocation origpublisher origtitle pages pagetotal pagination part primaryclass publisher pubstate reprinttitle
    school series shortauthor shorteditor shorthand shortjournal shortseries shorttitle subtitle timestamp title
    titleaddon translator type url urldate urlyear venue version volume volumes year""".split()  # noqa: SIM905
)
_ELSEWHERE = ("crossref", "xref", "xdata")
# These are read on a screen or not at all, and must say where.
_OPENED = sources.WEB | {"report", "techreport"}


@dataclass
class Read:
    """An entry as it stands in the file: `fields` by name in small letters, with the line that each begins at."""

    kind: str
    key: str
    line: int
    fields: dict[str, str]
    lines: dict[str, int]


def errors(root: Path) -> list[str]:
    """Everything wrong with the bibliography of the book at `root`."""
    try:
        entries, unreadable = _entries(input_file.read(root, NAME))
    except Refused as refused:
        return [str(refused)]
    if unreadable:
        return unreadable
    lines: list[str] = []
    first: dict[str, Read] = {}
    for entry in entries:
        before = first.setdefault(entry.key.lower(), entry)
        if before is not entry:
            lines.append(f"{NAME}:{entry.line}: {entry.key}: stands twice, first at line {before.line}")
        lines += [f"{NAME}:{line}: {entry.key}{key}: {what}" for line, key, what in _wrong(entry)]
    return lines


def keys(root: Path) -> dict[str, int]:
    """The keys of the bibliography with their lines. Raises Refused when it can't be read."""
    entries, lines = _entries(input_file.read(root, NAME))
    if lines:
        raise Refused(lines[0])
    return {entry.key: entry.line for entry in entries}


@lru_cache(maxsize=1)  # a build asks more than once, and some hundred entries take a quarter of a second
def _entries(text: str) -> tuple[list[Read], list[str]]:
    """The entries, and what stops the file from being read as BibTeX: after that, nothing it says is sure."""
    found: list[PybtexSyntaxError] = []
    parser = LowLevelParser(text, handle_error=found.append, macros=CaseInsensitiveDict(month_names))
    entries, end, lines = [], 0, []
    try:
        for command, body in parser:
            start = parser.command_start
            lines += _between(text, end, start)
            end = parser.pos
            if found:
                break
            if command.lower() not in ("string", "preamble"):
                entries.append(_read(text, command, body, start, end))
        else:
            lines += _between(text, end, len(text)) if not found else []
    except PybtexError as error:
        found.append(error)
    if found:
        line = getattr(found[0], "lineno", None) or text.count("\n", 0, parser.command_start or 0) + 1
        within = text.count("\n", 0, parser.command_start or 0) + 1
        what = " ".join(str(found[0].args[0] if found[0].args else found[0]).split())
        begun = f", in the entry that begins at line {within}" if within < line else ""
        rows = text.rstrip().split("\n")
        line = min(line, len(rows))
        return [], [f"{NAME}:{line}: is not BibTeX: {what}, in {quoted(rows[line - 1].strip())}{begun}"]
    return entries, lines


def _between(text: str, start: int, end: int) -> list[str]:
    """BibTeX passes over all that stands between entries, an entry without its @ among it. A comment begins with %."""
    line = text.count("\n", 0, start)
    for number, words in enumerate(text[start:end].split("\n"), line + 1):
        words = words.strip()
        if words and not words.startswith("%") and not re.match(r"@comment\b", words, re.IGNORECASE):
            return [f"{NAME}:{number}: {quoted(words)} stands outside an entry: @ is missing, or % before a comment"]
    return []


def _read(text: str, kind: str, body, start: int, end: int) -> Read:
    key, pairs = body
    line = text.count("\n", 0, start) + 1
    fields, lines = {}, {}
    for name, parts in pairs:
        low = name.lower()
        place = re.search(rf"(?<![\w-]){re.escape(name)}\s*=", text[start:end])
        at = line + text.count("\n", start, start + place.start()) if place else line
        if low in fields:
            raise Refused(f"{NAME}:{at}: {key}, {low}: stands twice in one entry")
        fields[low], lines[low] = normalize_whitespace("".join(parts)), at
    return Read(kind.lower(), key or "", line, fields, lines)


def _wrong(entry: Read) -> Iterator[tuple[int, str, str]]:
    """Line, ", field" and what is wrong, for each thing that is wrong with an entry."""
    if not _KEY.fullmatch(entry.key):
        yield entry.line, "", f"{quoted(entry.key)} cannot be a key: letters of English, digits, and - _ . : + /"
    if entry.kind not in sources.KINDS:
        near = get_close_matches(entry.kind, sorted(sources.KINDS), n=1)
        yield entry.line, "", f"@{entry.kind} is no type of entry" + (f": @{near[0]}?" if near else "")
    for name, value in entry.fields.items():
        if what := _wrong_field(entry, name, value):
            yield entry.lines[name], f", {name}", what
    # What a misspelt field says is missing too: said once.
    meant = {near for name in entry.fields if (near := _meant(entry, name))}
    if not entry.fields.get("title", "").strip(" {}") and "title" not in meant:
        yield entry.lines.get("title", entry.line), ", title", "is missing"
    given = meant | entry.fields.keys()
    if entry.kind in _OPENED and not given & {"url", "doi"} and not sources.address_of(entry.fields):
        yield entry.line, ", url", f"is missing: @{entry.kind} is opened at an address or a DOI"
    date = sources.year_of(entry.fields.get("date", ""))
    if date and entry.fields.get("year", date) != date:
        yield entry.lines["year"], ", year", f"{quoted(entry.fields['year'])} is not that of date, {date}"


def _meant(entry: Read, name: str) -> str | None:
    """The field that an unknown one is nearly spelt as, and that the entry does not have."""
    if name in FIELDS:
        return None
    likely = ("url", "title", "author", "year", "date", "note")
    near = get_close_matches(name, likely, n=1, cutoff=0.6) + get_close_matches(name, FIELDS, n=1, cutoff=0.8)
    return next((field for field in near if field not in entry.fields), None)


def _wrong_field(entry: Read, name: str, value: str) -> str | None:
    if name in _ELSEWHERE:
        return "is not followed: give the entry its own fields"
    if name not in FIELDS:
        near = _meant(entry, name)
        return f"is not known: {near}?" if near else None
    if name in _DATES:
        return _DATES[name](value)
    if name in ("url", "archiveurl"):
        what = broken_address(sources.address_of({"url": value})) if value else "is empty"
        return what if what == "is empty" else what and f"{quoted(value)} {what}"
    if name == "doi" and not (value and sources.doi_of(value)):
        return f"{quoted(value)} is not a DOI such as 10.1000/182"
    if name in _PEOPLE:
        return _wrong_people(value)
    if name in sources.VERBATIM:
        return None
    try:
        sources.plain(value)
    except sources.NotPlain as error:
        return f"{quoted(value)} {error}"
    return None


def _wrong_people(value: str) -> str | None:
    """Names as pybtex reads them: "Miller, Ben and Baker, Ann"."""
    if not value.strip(" {}"):
        return "is empty"
    with pybtex.errors.capture() as captured:
        names = [Person(name) for name in split_name_list(value)]
    if captured:
        return f'{quoted(value)} has a name with too many commas: "Miller, Ben and Baker, Ann"'
    if re.search(r"\band\s+and\b|^\s*and\b|\band\s*$", value):
        return f'{quoted(value)} has an "and" without a name'
    try:
        for name in names:
            for part in (*name.first_names, *name.middle_names, *name.prelast_names, *name.last_names):
                sources.plain(part)
    except sources.NotPlain as error:
        return f"{quoted(value)} {error}"
    return None


def _wrong_year(value: str) -> str | None:
    return None if re.fullmatch(r"[12][0-9]{3}", value) else f"{quoted(value)} is not a year such as 2025"


def _wrong_day(value: str) -> str | None:
    whole = re.fullmatch(r"\d{4}-\d\d-\d\d", value) and not _wrong_date(value)
    return None if whole else f"{quoted(value)} is not a day such as 2026-11-24"


def _wrong_date(value: str) -> str | None:
    words = f"{quoted(value)} is not a date such as 2025, 2025-03 or 2025-03-31"
    if not sources.year_of(value) or not value.isascii():
        return words
    for year, month, day in re.findall(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value):
        try:
            dt.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            return words
    return None


_DATES = {"year": _wrong_year, "urldate": _wrong_day, "date": _wrong_date, "eventdate": _wrong_date}
