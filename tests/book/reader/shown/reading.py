"""The built site and the book's tables as the tests of this folder read them: each file once, with no code of ours."""

import csv
import json
import re
from functools import cached_property, lru_cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag


@lru_cache(256)
def soup_of(path: Path) -> BeautifulSoup:
    """A page or an SVG, parsed."""
    return BeautifulSoup(path.read_text("utf-8"), "lxml" if path.suffix == ".html" else "xml")


@lru_cache(256)
def ids_of(path: Path) -> dict[str, Tag]:
    """What stands at each anchor of a page."""
    return {tag["id"]: tag for tag in soup_of(path).select("[id]")}


@lru_cache(256)
def rows_of(path: Path) -> tuple[dict[str, str], ...]:
    """A CSV file, a dict of texts for each row."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(lines))


STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def words(tag: Tag) -> str:
    """A tag's text with its spaces and quotation marks made alike."""
    return " ".join(tag.get_text().translate(STRAIGHT).split())


def cells(row: Tag) -> list[str]:
    """The texts of a row's cells."""
    return [words(cell) for cell in row.find_all(["td", "th"], recursive=False)]


def plain(text: str) -> str:
    """A text without what BibTeX, smart quotes and spaces do to it, to be compared."""
    return re.sub(r"[^\w]+", " ", text).strip().casefold()


class Site:
    """A built book: its root (with data/ and chapters/ as they were built) and the pages in _build/html."""

    def __init__(self, root: Path):
        self.root, self.html = root, root / "_build" / "html"

    def page(self, name: str) -> BeautifulSoup:
        return soup_of(self.html / f"{name}.html")

    def at(self, page: str, anchor: str) -> Tag | None:
        """What stands at an anchor of a page."""
        return ids_of(self.html / f"{page}.html").get(anchor)

    def table(self, name: str) -> tuple[dict[str, str], ...]:
        """A table of the book, as its CSV has it."""
        return rows_of(self.root / "data" / f"{name}.csv")

    @cached_property
    def pages(self) -> list[str]:
        """Every page by its name, figures' own pages apart."""
        found = [path.relative_to(self.html).with_suffix("") for path in sorted(self.html.rglob("*.html"))]
        return [path.as_posix() for path in found if path.parts[0] != "figures"]

    @cached_property
    def record(self) -> dict:
        """facts.json."""
        return json.loads((self.html / "facts.json").read_text("utf-8"))

    @cached_property
    def facts(self) -> dict[str, dict]:
        return {fact["id"]: fact for fact in self.record["facts"]}

    @cached_property
    def package(self) -> dict[str, dict]:
        """The tables' descriptors by name, from the book's own datapackage.json."""
        descriptor = json.loads((self.root / "data" / "datapackage.json").read_text("utf-8"))
        return {entry["name"]: entry for entry in descriptor["resources"]}

    @cached_property
    def sources(self) -> dict[str, dict[str, str]]:
        """Fields of the bibliography by key. Read by a regex, since the file has a field a line."""
        text = re.sub(r"\\([&%$#_])", r"\1", (self.root / "data" / "references.bib").read_text("utf-8"))
        entries = re.findall(r"^@\w+\{([^,\s]+),\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
        return {key: dict(re.findall(r"^\s*(\w+)\s*=\s*\{(.*)\},?$", body, re.MULTILINE)) for key, body in entries}

    @cached_property
    def entries(self) -> dict[str, str]:
        """The key of the source behind each anchor of the bibliography, found by its address and title."""
        by_address = {}
        for key, fields in self.sources.items():
            by_address.setdefault(fields["url"], []).append((plain(fields["title"]), key))
        found = {}
        for entry in self.page("reference/bibliography").select(".citation[id]"):
            told, links = plain(words(entry)), [link["href"] for link in entry.select("a:not(.used-in a)")]
            keys = {(title, key) for link in links for title, key in by_address.get(link, ()) if title in told}
            if keys:  # of two titles that fit, one within the other, the longer
                found[entry["id"]] = max(keys, key=lambda pair: len(pair[0]))[1]
        return found

    @cached_property
    def figures(self) -> dict[str, Tag]:
        """Each figure on its chapter's page, by its label."""
        pages = [self.page(name) for name in self.pages if name.startswith("chapters/")]
        return {figure["id"]: figure for page in pages for figure in page.select("figure.brief-figure")}

    def ledger(self, section: str) -> dict[str, list[Tag]]:
        """The rows of a section of the evidence page, by the title of their chapter."""
        found = {}
        for heading in self.page("reference/evidence").select(f"section#{section} p.ledger-chapter"):
            found[words(heading)] = heading.find_next("table").select("tbody > tr")
        return found


def number_in(text: str) -> float:
    """The first number in a text: "$1,234.5 million" is 1234.5, "−4.1" is -4.1."""
    found = re.search(r"[-−]?\d[\d,]*(?:\.\d+)?", text)
    assert found, f"no number in {text!r}"
    return float(found[0].replace(",", "").replace("−", "-"))


def agrees(text: str, value: float) -> bool:
    """Whether a written number is `value` to as many digits as it is written with."""
    written = re.search(r"[-−]?\d[\d,]*(?:\.(\d+))?", text)
    digits = len(written[1] or "")
    return abs(number_in(text) - value) <= 0.5000001 * 10**-digits
