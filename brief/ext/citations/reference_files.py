"""A citation as a file that reference managers read: BibTeX, RIS, CSL-JSON, all of one CSL-JSON item."""

import datetime as dt
import json
import re

import rispy
from pybtex.database import BibliographyData, Entry
from sphinx.application import Sphinx

from brief import settings
from brief.ext.citations import people
from brief.ext.citations.csl import item, number_item
from brief.ext.compat.of_bibliographies import AddressWriter
from brief.ext.domain import chapters
from brief.names import chapter_of

FOLDER, BOOK = "citations", "book"
KINDS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
# By CSL type: BibTeX's name, RIS's name, and BibTeX's fields for what is called otherwise there.
_TYPES = {
    "report": ("techreport", "RPRT", {"type": "genre", "number": "number", "institution": "publisher"}),
    "chapter": ("incollection", "CHAP", {"booktitle": "container-title", "publisher": "publisher"}),
    "dataset": ("dataset", "DATA", {"booktitle": "container-title", "publisher": "publisher"}),
}
# One word each, or a part of one, that no style may set in small letters: names, abbreviations.
_CAPITALS = re.compile(r"(?<!^)\b\w*[A-Z]\w*")


def day_of(made: dict) -> dt.date:
    """The date of an item."""
    return dt.date(*made["issued"]["date-parts"][0])


def bibtex(made: dict) -> str:
    """An item as a BibTeX entry. Names in a title are in braces; a style may set the rest as it sets titles."""
    kind, _ris, own = _TYPES[made["type"]]
    day = day_of(made)
    fields = [("year", str(day.year)), ("month", f"{day:%b}".lower()), ("date", day.isoformat())]
    plain = own | {"edition": "edition", "version": "version", "url": "URL", "doi": "DOI"}
    said = {"title": made["title"]} | {name: made[key] for name, key in plain.items() if key in made}
    fields = [(name, _CAPITALS.sub(r"{\g<0>}", said[name])) for name in ("title", "booktitle") if name in said] + fields
    fields += [(name, text) for name, text in said.items() if name not in ("title", "booktitle")]
    note = ". ".join(made[key] for key in ("genre", "note") if key in made and key not in own.values())
    fields += [("note", note)] if note else []
    entry = Entry(kind, fields, {"author": [people.bibtex(name) for name in made.get("author", [])]})
    return AddressWriter(encoding="utf-8").to_string(BibliographyData({made["id"]: entry}))


class _Plain(rispy.RisWriter):
    """Without the number that rispy writes above each entry: a file here has one."""

    def set_header(self, count: int) -> str:
        return ""


def ris(made: dict) -> str:
    """An item in the RIS format."""
    day = day_of(made)
    entry = {
        "type_of_reference": _TYPES[made["type"]][1],
        "id": made["id"],
        "title": made["title"],
        "authors": [people.ris(name) for name in made.get("author", [])],
        "secondary_title": made.get("container-title"),
        "year": str(day.year),
        "date": f"{day:%Y/%m/%d}/",
        "publisher": made.get("publisher"),
        "edition": made.get("edition") or made.get("version") or made.get("number"),  # pandoc reads a report's here
        "issn": made.get("number"),  # under this tag, SN, programs look for a report's number
        "type_of_work": made.get("genre"),
        "language": made["language"],
        "doi": made.get("DOI"),
        "notes": [made["note"]] if "note" in made else [],
        "urls": [made["URL"]] if "URL" in made else None,
    }
    return rispy.dumps([{key: value for key, value in entry.items() if value}], implementation=_Plain)


def csl(made: dict) -> str:
    """An item as CSL-JSON, a list of one. Particles stand with the family name: Zotero drops them elsewhere."""
    names = {"author": [people.whole_family(name) for name in made["author"]]} if "author" in made else {}
    return json.dumps([made | names], indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def files(name: str, made: dict) -> dict[str, bytes]:
    """The three files of an item, by their names: name.bib, name.ris, name.json."""
    texts = {"bib": bibtex(made), "ris": ris(made), "json": csl(made)}
    return {f"{name}.{kind}": text.encode() for kind, text in texts.items()}


def of_numbers(app: Sphinx) -> dict[str, str]:
    """The three files of any number, by their kind: see `csl.number_item`."""
    made = number_item(app)
    return {"bib": bibtex(made), "ris": ris(made), "json": csl(made)}


def stem(app: Sphinx, docname: str) -> str:
    """What the files of a page's citation are called."""
    return chapter_of(docname) if settings.is_chapter(docname, app.config) else BOOK


def of_book_and_chapters(app: Sphinx) -> dict[str, bytes]:
    """The citations of the book and of each chapter."""
    wanted = {}
    for docname in [app.config.root_doc, *chapters(app.env)]:
        wanted |= files(stem(app, docname), item(app, docname))
    return wanted
