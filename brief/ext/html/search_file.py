"""The file of what the search finds: how passages are written in it, short, and read again.

It is loaded by whoever searches, so nothing stands in it twice: pages are numbers, a sentence that stands in another
passage is its place there, and the rows of a table are a letter for each cell. `brief-search.js` reads it too.
"""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

NAME = "search-passages.js"
# In the order in which groups of results stand.
KINDS = ("page", "finding", "figure", "fact", "term", "claim", "table", "source")
_BEGIN, _PAGES, _END = "window.briefPassages = ", '{"pages": [\n%s\n], "found": [\n%s\n]}', ";\n"
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{0,5}[1-9])?")  # which JavaScript writes as it is written here
_SURROGATES = range(0xD800, 0xE000)


class Passage(dict):
    """`kind`, `title`, `page` and `anchor` (where it stands), `text`, `of`: the page that it belongs to.

    A number has `quoted`: the sentence that its text begins with. A table has `columns`, lists of what its rows are
    about, and `rows`: places in these lists. A form has in `columns` what it offers and in `rows` the values of that.
    """


def written(titles: dict[str, str], passages: list[Passage]) -> bytes:
    """The file: a line for each page, [name, title], and for each passage, [kind, title, page, anchor, text].

    Where it belongs to another page that follows, then columns and rows. A text that begins with what another passage
    has is [that passage, from, to, rest].
    """
    pages = {name: i for i, name in enumerate(sorted({p[key] for p in passages for key in ("page", "of")}))}
    wholes = [_whole(p) if p["kind"] not in ("fact", "table", "source") else "" for p in passages]
    found = []
    for p in passages:
        line = [KINDS.index(p["kind"]), p["title"], pages[p["page"]], p["anchor"], _shared(p, wholes)]
        if "columns" in p or p["of"] != p["page"]:
            line.append(pages[p["of"]])
        if "columns" in p:
            line += _packed_rows(p["columns"], p["rows"]) if p["kind"] == "table" else [p["columns"], p["rows"]]
        found.append(line)
    lines = (_lines([name, titles[name]] for name in pages), _lines(found))
    return f"{_BEGIN}{_PAGES % lines}{_END}".encode()


def read(site: Path) -> list[Passage]:
    """What can be found in a built site, without columns and rows."""
    written = (site / NAME).read_text("utf-8").removeprefix(_BEGIN).removesuffix(_END)
    held = json.loads(written)
    names = [name for name, _title in held["pages"]]
    result = []
    for kind, title, page, anchor, text, *more in held["found"]:
        of = names[more[0] if more else page]
        result.append(Passage(kind=KINDS[kind], title=title, page=names[page], anchor=anchor, text=text, of=of))
    for p in result:
        if isinstance(p["text"], list):
            line, begin, end, rest = p["text"]
            p["text"] = _whole(result[line]).encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le") + rest
    return result


def _lines(items: Iterable[list]) -> str:
    return ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)


def _whole(passage: Passage) -> str:
    return f"{passage['title']} {passage['text']}"


def _shared(passage: Passage, wholes: list[str]) -> str | list:
    """The text of a passage, its quoted sentence by its place in another's, in letters as JavaScript counts them."""
    text, quoted = passage["text"], passage.get("quoted", "")
    for i, whole in enumerate(wholes if quoted else ()):
        at = whole.find(quoted)
        if at >= 0:
            begin = _length(whole[:at])
            return [i, begin, begin + _length(quoted), text.removeprefix(quoted)]
    return text


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _packed_rows(columns: list[list[str]], rows: list[Sequence[int]]) -> list[list]:
    """Columns, and rows as columns."""
    cells = [*zip(*rows, strict=True)] or [()] * len(columns)
    packed = [_packed(values, places) for values, places in zip(columns, cells, strict=True)]
    return [[values for values, _ in packed], [letters for _, letters in packed]]


def _packed(values: list[str], places: Sequence[int]) -> tuple[list, str]:
    """A column: its values in the order in which rows have them first, and a letter for each row.

    "0" is the next value; the letters after it are the values had before.
    """
    order: dict[int, int] = {}
    letters = []
    for place in places:
        letters.append(_letter(order[place] + 1 if place in order else 0))
        order.setdefault(place, len(order))
    held = [values[place] for place in order]
    return [json.loads(value) if _NUMBER.fullmatch(value) else value for value in held], "".join(letters)


def _letter(number: int) -> str:
    code = ord("0") + number
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))
