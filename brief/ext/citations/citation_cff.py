"""Is CITATION.cff what its format's own schema says, and all that the book needs of it? One line for each error.

cff-1.2.0.schema.json beside this file is the schema of the Citation File Format 1.2.0 as its authors publish it
(https://github.com/citation-file-format/citation-file-format), under CC BY 4.0, by way of check-jsonschema. The
format's own tool, cffconvert, needs a jsonschema of before 2022.
"""

import datetime as dt
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import ValidationError

from brief.ext.reading import json_schema, yaml_lines
from brief.ext.reading.addresses import broken_address
from brief.ext.reading.input_file import quoted
from brief.ext.reading.keys import dotted
from brief.ext.reading.yaml_lines import Marked
from brief.project import CITATION

NEEDED = ("version", "date-released", "license", "abstract")  # besides what the format asks for
# What a site of editions has beside them: an edition of that name would stand in its place.
TAKEN = (
    "latest", "index.html", "404.html", "versions.js", "versions.json", "sitemap.xml", "robots.txt",
    "feed.xml", "nginx.conf", "apache.conf",
)  # fmt: skip
_VERSION = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._-]{0,38}[0-9A-Za-z])?")
LONGEST = {"title": 200, "abstract": 2000}  # characters
_YEARS = (1900, 2999)
_EXAMPLE = re.compile(r"https?://([^/]*\.)?example\.(com|net|org)\b.*", re.IGNORECASE)  # kept for that by RFC 2606
_SAME = ("title", "authors", "version", "date-released", "url", "doi", "license")
_HINTS = {
    "doi": "is not a DOI such as 10.5281/zenodo.1234567",
    "orcid": "is not an ORCID such as https://orcid.org/0000-0002-1825-0097",
    "date": "is not a date such as 2026-11-24",
    "url": "is not an address that begins with http:// or https://",
    "cff-version": "is not 1.2.0, the version of the format that is read",
}


def errors(root: Path) -> list[str]:
    """Everything wrong with CITATION.cff of the book at `root`."""
    return yaml_lines.judged(root, CITATION, _errors)


def _errors(marked: Marked, fields: dict) -> list[str]:
    lines = _numbers(marked, fields) or json_schema.errors(marked, schema(), _says)
    return lines or _needs(marked, json_schema.plain(fields))


@cache
def schema() -> dict:
    """The schema of the Citation File Format."""
    return json.loads(files("brief.ext.citations").joinpath("cff-1.2.0.schema.json").read_text("utf-8"))


def _numbers(marked: Marked, fields: dict) -> list[str]:
    """A version that YAML has read as a number has lost its zeros: 2026.10 is 2026.1."""
    lines = []
    cited = fields.get("preferred-citation")
    cited = cited.get("version") if isinstance(cited, dict) else None
    same = marked.node_at("version") is marked.node_at("preferred-citation", "version")
    for path, value in ((("version",), fields.get("version")), (("preferred-citation", "version"), cited)):
        if isinstance(value, bool | int | float | dt.date) and not (same and len(path) > 1):
            kind = {bool: "yes or no", int: "a number", float: f"the number {value}"}.get(type(value), "a date")
            said = marked.written(*path)
            lines.append(f'{marked.at(*path)}: {dotted(path)}: {said} is read as {kind}: put it in quotes, "{said}"')
    return lines


def _says(error: ValidationError) -> str | None:
    """A pattern in words, by the key that it is asked of."""
    if error.validator != "pattern":
        return None
    path, value = [part for part in error.absolute_path if isinstance(part, str)], error.instance
    key = path[-1] if path else ""
    if "doi" in key and (found := re.search(r"10\.\d{4,9}/\S+$", str(value))):
        return f"{quoted(value)} is an address: write {found.group()}"
    for hint, words in _HINTS.items():
        if hint in key or (hint == "url" and key in ("website", "repository", "repository-code")):
            return f"{quoted(value)} {words}"
    return None


def _needs(marked: Marked, fields: dict) -> list[str]:
    """What the book asks of a file that is right by its format."""
    lines = [f"{marked.at()}: {key}: is missing" for key in NEEDED if key not in fields]
    for key, most in LONGEST.items():
        text = fields.get(key, "")
        if len(text) > most:
            lines.append(f"{marked.at(key)}: {key}: has {len(text)} characters, more than {most}")
    for path, text in _texts(fields):
        if not text.strip():
            lines.append(f"{marked.at(*path)}: {dotted(path)}: is blank")
    if trouble := broken_version(fields.get("version", "1")):
        lines.append(f"{marked.at('version')}: version: {quoted(fields['version'])} {trouble}")
    if (day := fields.get("date-released")) and (trouble := _broken_day(day)):
        lines.append(f"{marked.at('date-released')}: date-released: {quoted(day)} {trouble}")
    if (url := fields.get("url")) and (trouble := broken_address(url) or _broken_home(url)):
        lines.append(f"{marked.at('url')}: url: {quoted(url)} {trouble}")
    for key in ("url", "repository-code"):
        if _EXAMPLE.match(fields.get(key, "")):
            lines.append(
                f"{marked.at(key)}: {key}: {quoted(fields[key])} is an example: leave {key} out until it is known"
            )
    lines += _people(marked, fields)
    cited = fields.get("preferred-citation", {}) if not lines else {}
    for key in _SAME:
        if key in cited and key in fields and cited[key] != fields[key]:
            lines.append(
                f"{marked.at('preferred-citation', key)}: preferred-citation.{key}: "
                f"{quoted(_short(cited[key]))} is not {key} above, {quoted(_short(fields[key]))}"
            )
    return lines


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _texts(value: object, path: tuple = ()):
    """Each text of the file with its path."""
    if isinstance(value, str):
        yield path, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        yield from _texts(item, (*path, key))


def broken_version(version: str) -> str | None:
    """Why a version cannot name the folder of an edition; None when it can."""
    if version.lower() in TAKEN:
        return "is a name that the site has for something else"
    if not _VERSION.fullmatch(version):
        return "cannot name a folder: letters, digits, dots and hyphens, at most 40, a letter or digit at both ends"
    return None


def _broken_day(day: str) -> str | None:
    try:
        year = dt.date.fromisoformat(day).year
    except ValueError:
        return "is not a day of the calendar"
    return None if _YEARS[0] <= year <= _YEARS[1] else f"is not between {_YEARS[0]} and {_YEARS[1]}"


def _broken_home(url: str) -> str | None:
    """All addresses of the book begin with this one."""
    parts = urlsplit(url)
    return "has a query or a fragment: editions are folders below it" if parts.query or parts.fragment else None


def _people(marked: Marked, fields: dict) -> list[str]:
    lines = []
    for number, author in enumerate(fields["authors"]):
        if not any(author.get(key) for key in ("name", "family-names", "given-names", "alias")):
            lines.append(f"{marked.at('authors', number)}: authors.{number + 1}: has no name")
        if (orcid := author.get("orcid")) and not right_orcid(orcid):
            where = f"{marked.at('authors', number, 'orcid')}: authors.{number + 1}.orcid"
            lines.append(f"{where}: {quoted(orcid)} {_HINTS['orcid']}")
    return lines


def right_orcid(orcid: str) -> bool:
    """Whether an ORCID's last digit follows from the others (ISO 7064, MOD 11-2)."""
    found = re.fullmatch(r"https://orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", orcid)
    if not found:
        return False
    *digits, last = found.group(1).replace("-", "")
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == last
