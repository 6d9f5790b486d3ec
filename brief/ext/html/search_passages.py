"""What the search finds: each passage, finding, figure, number, term, claim, table and source with its own address.

Taken from the finished pages, so that it finds what a reader sees. It is a script and no index: `brief-search.js` makes
the index when somebody searches, from disk too, where a browser reads scripts and fetches nothing.
"""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lxml import html
from sphinx.application import Sphinx

from brief import coverage, formats, formulas, store
from brief.ext import anchors
from brief.ext.compat.of_sphinx import without_search
from brief.ext.datasets.published import Published, names_of_places, published
from brief.ext.domain import register
from brief.ext.facts import quotes
from brief.ext.html.search_file import NAME, Passage, written
from brief.names import chapter_of

PAGE = "search"
SHORT = 40  # characters: a column of longer texts is read, not looked up
_HEADINGS = ("h1", "h2", "h3", "h4")
_GONE = "//article//comment() | //article//*[self::aside or self::noscript or self::script or self::style"
_GONE += " or contains(@class, 'headerlink')]"
_BLOCKS = ("p", "li", "dt", "dd", "td", "th", "pre")
# Said elsewhere, or not by the text: drawings, folds, controls, what records of their own have.
_LEFT_OUT = {
    "drawings",
    "sketch",
    "figure-menu",
    "figure-controls",
    "fold",
    "citations",
    "chronology-choice",
    "explorer",
    "explorer-shown",
    "used-tables",
    "citation-papers",
    "sources-list",
}
_OF_ENTRIES = re.compile(r"^\[\d+\] |https?://\S+ ?|Read \d+ \w+ \d{4}\. ?")  # what nobody looks for
_MARK = "\ue000"  # no text has it
_CODE = Path(__file__).read_bytes()
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"\ue000])")


def own_search(app: Sphinx) -> None:
    """Do without Sphinx's search: it knows pages and no numbers, and shows no text from disk."""
    without_search(app)


def page(app: Sphinx) -> list[tuple[str, dict, str]]:
    """The page of the search."""
    return [(PAGE, {"title": "Search", "ledger_page": app.config.brief_ledger_page}, "search.html")]


def _text(element) -> str:
    return " ".join(element.text_content().split())


def _explains_term(element) -> bool:
    """Whether a term has this as its text."""
    before = element.getprevious()
    return element.tag == "dd" and before is not None and before.get("id", "").startswith("term-")


def _first(element, path: str) -> str:
    found = element.xpath(path)
    return _text(found[0]) if found else ""


class Reader:
    """Reads one finished page; `said` collects the sentence that quotes each number first, in its own
    chapter where it can be, by the anchor of the quote."""

    def __init__(self, docname: str, root, description: str, said: dict[str, str]):
        self.docname, self.description, self.said = docname, description, said
        for gone in root.xpath(_GONE):
            gone.drop_tree()
        (self.article,) = root.xpath("//article[contains(@class,'bd-article')]")
        self.title = _first(self.article, ".//h1")
        self.open: list[Passage] = []

    def passages(self) -> Iterator[Passage]:
        """Its sections, each with the text that stands right in it, and what else is found by itself."""
        yield from self._inside(self.article, "")

    def made(self, kind: str, title: str, anchor: str, text: str) -> Passage:
        return Passage(kind=kind, title=title, page=self.docname, anchor=anchor, text=text, of=self.docname)

    def _inside(self, parent, section: str) -> Iterator[Passage]:
        for child in parent:
            if self.open and "explorer" in child.get("class", "").split():
                offered = child.xpath(".//option"), child.xpath(".//label[input[@type='checkbox' and not(@name)]]")
                self.open[-1]["columns"] = [[_text(each) for each in part] for part in offered]
                self.open[-1]["rows"] = [
                    [each.xpath("string((.//input | .)/@value)") for each in part] for part in offered
                ]
            if not _LEFT_OUT.isdisjoint(child.get("class", "").split()):
                continue
            if child.tag == "section":
                heading = next((each for each in child if each.tag in _HEADINGS), None)
                about = "" if self.open else self.description
                mine = self.made("page", _text(heading) if heading is not None else "", child.get("id", ""), about)
                self.open.append(mine)
                yield from self._inside(child, child.get("id", ""))
                yield self.open.pop()
            elif (record := self._record(child)) is not None:
                self._quoted(child)
                yield record
            elif child.tag in _BLOCKS:
                self._quoted(child)
                if self.open and not _explains_term(child):
                    self.open[-1]["text"] = f"{self.open[-1]['text']} {_text(child)}".strip()
            elif child.tag not in _HEADINGS:
                yield from self._inside(child, section)

    def _record(self, element) -> Passage | None:
        """What has an address of its own, other than sections."""
        id, classes = element.get("id", ""), element.get("class", "").split()
        if "finding" in classes:
            sentence, *more = (_text(each) for each in element.xpath("./p"))
            return self.made("finding", sentence, id, " ".join(more))
        if "brief-figure" in classes and id:
            title = _first(element, ".//figcaption/p")
            alt = element.xpath("string(.//*[@class='drawings']/@aria-label)")
            parts = ("figure-subtitle", "figure-note", "figure-source")
            *said, behind = (_first(element, f".//p[@class='{name}']") for name in parts)
            return self.made("figure", title, id, " ".join([*said, alt, behind]).strip())
        if id.startswith("claim-"):
            parts = [_text(each) for each in element if _text(each)]
            return self.made("claim", parts[0], id, " ".join(parts[1:])) if parts else None
        if id.startswith("term-") and element.tag == "dt":
            following = element.getnext()
            said = _text(following) if following is not None and following.tag == "dd" else ""
            return self.made("term", _text(element), id, said)
        if "citation" in classes and id:
            return self.made("source", _OF_ENTRIES.sub("", _text(element)), id, "")
        return None

    def _quoted(self, block) -> None:
        """Keep the sentence around each number that is quoted here first."""
        links = block.xpath(".//a[contains(@class,'fact') and starts-with(@id,'quote-')]")
        for number, link in enumerate(links):
            link.text = f"{_MARK}{number}{_MARK}{link.text or ''}"
        whole = _text(block) if links else ""
        for sentence in _SENTENCE.split(whole):
            for number in re.findall(rf"{_MARK}(\d+){_MARK}", sentence):
                id, told = links[int(number)].get("id"), re.sub(rf"{_MARK}\d+{_MARK}", "", sentence)
                if id not in self.said or _is_own(id, self.docname):
                    self.said[id] = told
        for number, link in enumerate(links):
            link.text = link.text.removeprefix(f"{_MARK}{number}{_MARK}")


def found(app: Sphinx) -> tuple[dict[str, str], list[Passage]]:
    """The titles of pages by their names, and all that can be found, in the order of the pages' names."""
    env, config, said, titles, result = app.env, app.config, {}, {}, []
    apart = {config.brief_ledger_page, config.brief_catalogue_page}  # their rows are found as numbers and tables
    for docname in [*sorted(env.found_docs - apart), *sorted(apart & env.found_docs)]:
        page = (Path(app.outdir) / f"{docname}.html").read_bytes()
        description = "" if docname in apart else env.metadata[docname].get("description", "")
        read = partial(_read, docname, page, description, docname in apart)
        follows_from = (docname.encode(), page, description.encode(), b"apart" if docname in apart else b"", _CODE)
        own = json.loads(store.kept("passages", read, *follows_from))
        titles[docname] = own["title"]
        result += own["passages"]
        said |= {id: text for id, text in own["said"].items() if id not in said or _is_own(id, docname)}
    result += facts(app, said)
    for table in tables(app):
        titles[table["page"]] = table["title"]
        result.append(table)
    return titles, result


def _read(docname: str, page: bytes, description: str, apart: bool) -> bytes:
    """A page's title and passages, and the sentences of it that quote numbers, as JSON; of one whose rows are found
    apart its sections."""
    root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    for element in [] if apart else root.find_class("used-in") + root.find_class("screen-only"):
        element.drop_tree()  # who uses a source, and forms
    reader = Reader(docname, root, description, {})
    found = parts(reader) if apart else (p for p in reader.passages() if p["kind"] != "page" or p["title"])
    return json.dumps({"title": reader.title, "passages": [*found], "said": {} if apart else reader.said}).encode()


def _is_own(id: str, docname: str) -> bool:
    """Whether a quote is of a number of the page's own."""
    return id.startswith(f"quote-{chapter_of(docname)}-")


def parts(reader: Reader) -> Iterator[Passage]:
    """The sections of a page whose rows are found by themselves: what their own paragraphs say of them."""
    for section in reader.article.xpath(".//section[h1 or h2]"):
        text = " ".join(_text(each) for each in section.xpath("./p"))
        yield reader.made("page", _first(section, "./h1 | ./h2"), section.get("id"), text)


def facts(app: Sphinx, said: dict[str, str]) -> list[Passage]:
    """Every number with unit and period, in the sentence that quotes it; what it is computed of; who says it."""
    ledger, made = app.config.brief_ledger_page, []
    for doc, record in register(app.env).everything("facts"):
        text = quotes.text_of(record)
        value = f"{text} {formats.beside(text, record['unit'])}".strip()
        title = ", ".join(part for part in (value, record["period"]) if part)
        quoted = said.get(anchors.quote(doc, record["id"]), "")
        words = [quoted]
        words += [what for _value, what, _table in formulas.operands(record)]
        words += [each["who"] for each in record["estimates"]]
        words += [line for name, line in formulas.said(record) if name == "Says who"]
        anchor, whole = anchors.fact(doc, record["id"]), " · ".join(dict.fromkeys(filter(None, words)))
        place = {"page": ledger, "anchor": anchor, "of": doc}
        made.append(Passage(kind="fact", title=title, text=whole, quoted=quoted, **place))
    return made


def tables(app: Sphinx) -> list[Passage]:
    """Every table, by what its descriptor says of it and of its columns, and by what its rows are about."""
    return [
        Passage(
            kind="table",
            title=table.entry["title"],
            page=(page := anchors.table_page(app.config.brief_catalogue_page, name).removesuffix(".html")),
            anchor="",
            text=f"{table.entry['description']} Columns: "
            + ", ".join(field["title"] for field in table.entry["schema"]["fields"])
            + f". {name}",
            of=page,
            **about(app, table),
        )
        for name, table in published(app).items()
    ]


def about(app: Sphinx, table: Published) -> dict[str, list]:
    """What rows are found by: years, economies by their names, numbers, what else is short."""
    names, columns, places = names_of_places(app), [], []
    for field in table.entry["schema"]["fields"]:
        values = [*table.held.texts[field["name"]]]
        if field["type"] in coverage.TIMES:
            values = [value[:4] for value in values]
        elif field["name"] == "source" or max(map(len, values), default=0) > SHORT:
            continue
        place = {value: i for i, value in enumerate(sorted({*values}))}
        columns.append([f"{value} {names.get(value, '')}".strip() for value in place])
        places.append([place[value] for value in values])
    return {"columns": columns, "rows": sorted({*zip(*places, strict=True)})}


def script(app: Sphinx) -> dict[str, bytes]:
    """The file of all that can be found."""
    return {NAME: written(*found(app))}
