"""A source in plain words: an entry of references.bib with its LaTeX read and BibLaTeX's names of fields understood.

Read once, here: what the bibliography, cards, images, tags, notebooks and linked data say of a source comes from
`normalised` entries, which the citation domain holds (see `citations`), or from a `Source` made of one.
"""

import re
from dataclasses import dataclass
from functools import cache

from pybtex.database import Entry, Person
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

# The kinds of entry that BibTeX and BibLaTeX know, and what they are to the bibliography's style.
ARTICLES = {"article", "suppperiodical", "review"}
BOOKS = {"book", "mvbook", "booklet", "collection", "mvcollection", "proceedings", "mvproceedings", "reference",
         "mvreference", "periodical", "manual"}  # fmt: skip
PARTS = {"inbook", "bookinbook", "suppbook", "incollection", "suppcollection", "inproceedings", "conference",
         "inreference"}  # fmt: skip
REPORTS = {"report", "techreport", "thesis", "mastersthesis", "phdthesis", "unpublished", "patent", "standard"}
LAW = {"legislation", "jurisdiction", "legal", "legadminmaterial", "letter", "commentary"}
WEB = {"misc", "online", "electronic", "www", "dataset", "software", "artwork", "audio", "image", "movie", "music",
       "performance", "video"}  # fmt: skip
KINDS = ARTICLES | BOOKS | PARTS | REPORTS | LAW | WEB

# Who brought a source out: the first of these fields that it has.
BODIES = ("howpublished", "publisher", "institution", "organization")
# Names of fields in BibLaTeX, as Zotero exports them, and in BibTeX, by which they are looked up.
_NAMES = {"journaltitle": "journal", "location": "address", "school": "institution"}
VERBATIM = ("url", "archiveurl", "doi", "eprint", "urldate", "date", "file", "langid", "eprinttype", "eventdate")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?(?:/(?:\d{4}(?:-\d\d(?:-\d\d)?)?[?~%]?|\.\.)?)?")
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
# Commands that latexcodec leaves: the first kind sets letters in another face, and the words stay.
_FACES = re.compile(r"\\(?:emph|text(?:it|bf|sc|tt|rm|sf|sl|up|normal)|mkbib(?:emph|bold|ital)|mbox)\s*(?=\{)")
_RAISED = re.compile(r"\$([\^_])\{?(\d+)\}?\$")  # H$_2$O, 10$^{25}$
_DIGITS = {"^": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "_": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
_NAMED = {"textless": "<", "textgreater": ">", "textquotesingle": "'", "textquotedbl": '"', "textquotedblleft": "“",
          "textquotedblright": "”", "dots": "…", "euro": "€", "texteuro": "€", "textbar": "|", "LaTeX": "LaTeX",
          "TeX": "TeX", "slash": "/", "textbackslash": "⧵", "textasciitilde": "∼", "textasciicircum": "ˆ"}  # fmt: skip
_NAME = re.compile(rf"\\({'|'.join(_NAMED)})(?![A-Za-z])(?:\{{\}}|\s+)?")
_SPACE = re.compile(r"(?<!\\)\\[- ,;:!/]")


_TEX = re.compile(r"[\\{}$%~^_]|[-`',<>?!][-`',<>]")
# Signs that TeX would read again stand for themselves meanwhile.
_BACK = str.maketrans("⧵∼ˆ＄", "\\~^$")


class NotPlain(ValueError):
    """LaTeX that has no plain words, with the reason as the end of a sentence."""


@cache
def plain(latex: str) -> str:
    r"""LaTeX as a reader sees it: "AI & chips" of `AI \& chips`, "Müller" of `M{\"u}ller`. Raises NotPlain."""
    bare = latex[1:-1] if latex.startswith("{") and latex.endswith("}") else latex
    if not _TEX.search(bare):  # nearly all: what follows takes a thousand times as long
        return _spaced(bare)
    if re.search(r"(?<!\\)%", latex):
        raise NotPlain(r"has % unescaped, which hides all that follows: write \%")
    text = _FACES.sub("", latex.replace(r"\$", "＄"))
    text = _RAISED.sub(lambda found: found.group(2).translate(_DIGITS[found.group(1)]), text)
    if math := re.search(r"(?<!\\)\$(?!\{\})[^$]*[\\^_{][^$]*\$", text):
        raise NotPlain(f"has a formula that has no plain words: {math.group()}")
    text = _NAME.sub(lambda found: _NAMED[found.group(1)], text)
    text = _SPACE.sub(lambda found: "" if found.group() in (r"\-", r"\/", r"\!") else " ", text)
    try:
        text = str(Text.from_latex(text))
    except (PybtexError, ValueError):
        raise NotPlain("has braces that do not match") from None
    if command := re.search(r"\\[A-Za-z]+|\\.?", text):
        raise NotPlain(f"has a LaTeX command that is not known: {command.group()}")
    return _spaced(text.translate(_BACK))


def _spaced(text: str) -> str:
    """With one space between words, none at the ends, and spaces that do not break kept."""
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


def kept(text: str) -> str:
    """Plain words as a field that pybtex reads as the same words."""
    signs = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "%": r"\%", "$": "${}"}
    text = "".join(signs.get(char, char) for char in text)
    return re.sub(r"(?<=[-`',<>?!])(?=[-`',<>])", "{}", text)  # two signs that TeX would join to a third


def year_of(date: str) -> str | None:
    """The year of a date as BibLaTeX writes it ("2024-05-01", "2024", "2024/2025"); None when it is none."""
    found = _DATE.fullmatch(date.strip())
    return found.group(1) if found else None


def doi_of(text: str) -> str | None:
    """A DOI without its resolver's address; None when it is none."""
    found = _DOI.fullmatch(text.strip())
    return found.group(1) if found else None


def address_of(fields) -> str:
    """Where a source can be opened: its address, else its DOI's or arXiv's; "" when nowhere."""
    if fields.get("url"):
        return re.sub(r"\\([%&_#~$])", r"\1", fields["url"].strip())  # some programs escape what needs no escape there
    if doi := doi_of(fields.get("doi", "")):
        return f"https://doi.org/{doi}"
    kind = fields.get("eprinttype", fields.get("archiveprefix", "")).lower()
    return f"https://arxiv.org/abs/{fields['eprint'].strip()}" if kind == "arxiv" and fields.get("eprint") else ""


def normalised(entry: Entry) -> Entry:
    """The entry with LaTeX read, fields under BibTeX's names, and a year and an address where others give them.

    It keeps the entry that it was made of: what an earlier build normalised is made of that again.
    """
    entry, fields = getattr(entry, "raw", entry), {}
    for name, value in entry.fields.items():
        name = name.lower()
        fields.setdefault(_NAMES.get(name, name), value if name in VERBATIM else kept(plain(value)))
    if "date" in fields and "year" not in fields and (year := year_of(fields["date"])):
        fields["year"] = year
    for part, whole in (("subtitle", "title"), ("booksubtitle", "booktitle")):
        if fields.get(part) and fields.get(whole):
            fields[whole] = f"{fields[whole]}: {fields.pop(part)}"
    if address := address_of(fields):
        fields["url"] = address
    made = Entry(entry.type.lower(), fields)
    for role, people in entry.persons.items():
        made.persons[role.lower()] = [_person(person) for person in people]
    # An organisation stands for an author where there is no person.
    who = made.persons.get("author") or made.persons.get("editor")
    body = next((name for name in ("organization", "institution", "publisher") if fields.get(name)), None)
    if not who and body:
        made.persons["author"] = [Person()]
        made.persons["author"][0].last_names = [made.fields.pop(body)]  # in one piece
    made.key, made.raw = entry.key, entry
    return made


def _person(person: Person) -> Person:
    made = Person()
    for part in ("first", "middle", "prelast", "last", "lineage"):
        setattr(made, f"{part}_names", [kept(plain(name)) for name in getattr(person, f"{part}_names")])
    return made


@dataclass(frozen=True)
class Source:
    """What pages and files say of a source, in plain words: no LaTeX, no braces; "" where nothing is known."""

    key: str
    title: str
    authors: tuple[str, ...]  # or editors, or the organisation: "Miller, Ben", "World Bank"
    short: str  # "Miller and Baker 2025"
    year: str
    publisher: str
    journal: str  # or book that holds it
    url: str


def source(entry: Entry) -> Source:
    """The source that a normalised entry describes."""
    fields = entry.fields
    who = entry.persons.get("author") or entry.persons.get("editor") or []
    holder = next((fields[name] for name in ("journal", "booktitle") if fields.get(name)), "")
    maker = next((fields[name] for name in BODIES if fields.get(name)), "")
    return Source(
        key=entry.key or "",
        title=plain(fields.get("title", "")),
        authors=tuple(plain(str(person)) for person in who if not _others(person)),
        short=short_citation(entry),
        year=fields.get("year", ""),
        publisher=plain(maker),
        journal=plain(holder),
        url=fields.get("url", ""),
    )


def short_citation(entry: Entry) -> str:
    """Author and year of a normalised entry, as a reader would name it; its title where it has no author."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [plain(" ".join(p.prelast_names + p.last_names)) for p in people if not _others(p)]
    several = len(names) > 2 or len(names) < len(people)
    who = f"{names[0]} et al." if several and names else " and ".join(names)
    return " ".join(
        part for part in (who or plain(entry.fields.get("title", "")), entry.fields.get("year", "")) if part
    )


def _others(person: Person) -> bool:
    """Whether it is BibTeX's "and others"."""
    return str(person) == "others"
