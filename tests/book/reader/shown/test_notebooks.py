"""A downloaded notebook says and draws what its chapter does, for who has neither the book nor a network."""

import json
import re
from datetime import date
from functools import lru_cache
from xml.etree import ElementTree

import nbformat
import pytest
import vl_convert
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from tests.book.reader.shown.reading import STRAIGHT, cells, words
from tests.book.reader.shown.written import CELL, as_written, format_of, quotes
from tests.conftest import CHAPTERS

VEGA_LITE, SVG = "application/vnd.vegalite.v5+json", "image/svg+xml"
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)

pytestmark = pytest.mark.parametrize("chapter", CHAPTERS)


@pytest.fixture
def notebook(site, chapter):
    return nbformat.read(site.html / "notebooks" / f"{chapter}.ipynb", 4)


@lru_cache(4)
def read(text: str) -> BeautifulSoup:
    """Markdown as a viewer shows it, without what only MyST reads."""
    return BeautifulSoup(MarkdownIt("commonmark").enable("table").render(text), "html.parser")


def prose(notebook) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def outputs(notebook) -> list[dict]:
    """What each output shows, by MIME type."""
    return [output.data for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def letters_of(texts) -> list[str]:
    """What the texts of a drawing say."""
    return ["".join(text.itertext()) for text in texts]


def test_it_is_valid_and_says_at_its_top_what_it_is(site, chapter, notebook):
    nbformat.validate(notebook)
    head, edition = words(read(notebook.cells[0].source)), site.record["edition"]
    day = f"{date.fromisoformat(site.record['date']):%-d %B %Y}"
    assert words(site.page("index").select_one("title")) in head and f"edition {edition} of {day}" in head
    assert "show without running" in head and "pip install -r requirements.txt" in head
    assert "example.org" not in head and "git clone" not in head  # not known before the publisher sets them


def test_its_text_and_its_code_stand_in_the_order_of_the_chapter(site, chapter, notebook):
    source = (site.root / f"chapters/{chapter}.md").read_text("utf-8")
    wanted = [(m.start(), "code", m[1].strip()) for m in CELL.finditer(source)]
    blank = CELL.sub(lambda m: " " * len(m[0]), source)
    wanted += [(m.start(), m[1], m[2].translate(STRAIGHT)) for m in HEADING.finditer(blank)]
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found.append(("code", cell.source.strip()))
        else:
            headings = read(cell.source).find_all(re.compile("^h[1-6]$"))
            found += [("#" * int(heading.name[1]), words(heading)) for heading in headings]
    assert found == [(kind, said) for _, kind, said in sorted(wanted)]


def test_its_text_has_the_numbers_of_the_chapter(site, chapter, notebook):
    text, at = read(prose(notebook)).get_text(), 0
    for id, fmt in quotes(site.root, f"chapters/{chapter}"):
        value = site.facts[id]["value"]
        said = as_written(value, fmt or format_of(site.root, id, value))
        found = re.compile(rf"(?<![\w.,]){re.escape(said)}(?![\d])").search(text, at)
        assert found, f"{id}: {said} is not where it was"
        at = found.end()


def test_nothing_is_left_that_only_the_book_reads(chapter, notebook):
    text = prose(notebook)
    assert not re.findall(r"\{[a-z][\w:-]*\}|:::|^\([\w-]+\)=|^:\w+:|\]\((?!https?://)", text, re.MULTILINE)
    assert "$" not in text  # Jupyter takes what stands between two for mathematics


def test_it_has_each_paragraph_of_the_page(site, chapter, notebook):
    shown = read(prose(notebook))
    found = {words(block) for block in shown.find_all(["p", "li"])}
    for block in site.page(f"chapters/{chapter}").select("article section > p, article section > ul > li > p"):
        if "citation-papers" not in block.get("class", []):
            assert words(block) in found


def test_findings_and_tables_read_as_on_the_page(site, chapter, notebook):
    page, shown = site.page(f"chapters/{chapter}"), read(prose(notebook))
    said = [[words(p) for p in finding.find_all("p")] for finding in page.select(".finding")]
    quoted = [[words(p) for p in quote.find_all("p")] for quote in shown.find_all("blockquote")[1:]]
    assert said and [lines[: len(own)] for lines, own in zip(quoted, said, strict=True)] == said
    tests = [f["conditions"] for f in site.record["findings"] if f["chapter"] == chapter]
    held = sorted(f"Holds while: {test['says']}: " for conditions in tests for test in conditions)
    more = sorted(line for lines, own in zip(quoted, said, strict=True) for line in lines[len(own) :])
    assert all(line.startswith(test) for line, test in zip(more, held, strict=True))
    tables = [[cells(row) for row in table.select("tr")] for table in page.select("article table")]
    assert len(tables[-1]) > 1
    assert [[cells(row) for row in table.select("tr")] for table in shown.select("table")] == tables


def test_each_citation_leads_to_its_source(site, chapter, notebook):
    wanted = set()
    for link in site.page(f"chapters/{chapter}").select("a[href*='bibliography.html#']"):
        wanted.add((words(link), site.sources[site.entries[link["href"].partition("#")[2]]]["url"]))
    found = {(words(link), link["href"]) for link in read(prose(notebook)).find_all("a")}
    assert len(wanted) > 10 and wanted <= found


def test_it_draws_each_figure_once(site, chapter, notebook):
    figures = [figure for label, figure in site.figures.items() if label.startswith(f"{chapter}-")]
    drawn = [data for data in outputs(notebook) if SVG in data or VEGA_LITE in data]
    assert figures and len(drawn) == len(figures)
    for figure, data in zip(figures, drawn, strict=True):
        alt = figure.select_one("[role=img]")["aria-label"]
        root = ElementTree.fromstring(data[SVG])
        assert root.findtext("{*}desc") == alt
        letters = [text.get_text() for text in figure.select(".drawing-wide svg text")]
        assert letters and letters_of(root.iterfind(".//{*}svg//{*}text")) == letters
        spec = data[VEGA_LITE]
        assert spec["description"] == alt
        live = ElementTree.fromstring(vl_convert.vegalite_to_svg(spec, vl_version="5.20"))  # as Jupyter draws it
        assert set(letters) <= set(letters_of(live.iter("{http://www.w3.org/2000/svg}text")))
        assert alt in data["text/plain"]


def test_a_figure_says_its_number_and_papers_below_its_cell(site, chapter, notebook):
    figures = [figure for label, figure in site.figures.items() if label.startswith(f"{chapter}-")]
    below = [
        after.source
        for cell, after in zip(notebook.cells, notebook.cells[1:], strict=False)
        if any(SVG in output.get("data", {}) for output in cell.get("outputs", []))
    ]
    for figure, text in zip(figures, below, strict=True):
        said = words(read(text.split("\n\n")[0]))
        number, title = (words(figure.select_one(part)).strip() for part in (".caption-number", ".caption-text"))
        assert said.startswith(f"{number}. {title}")
        assert figure.select_one("[role=img]")["aria-label"].translate(STRAIGHT) in said
        for paper in figure.select(".figure-subtitle, .figure-note, .figure-late, .figure-source"):
            assert words(paper) in said


def test_each_number_is_told_with_its_calculation(site, chapter, notebook):
    cards = json.loads(site.page(f"chapters/{chapter}").select_one("#brief-facts").string)["facts"].values()
    told = {text.partition(":")[0]: text for data in outputs(notebook) for text in [data["text/plain"]]}
    computed = [card for card in cards if card["id"] in {f"{chapter}.{id}" for id in told}]
    assert len(computed) > 5
    for card in computed:
        id = card["id"].partition(".")[2]
        lines = [line.strip() for line in told[id].splitlines()]
        assert lines[0].startswith(f"{id}: {card['value']}") and lines[0].endswith(card["period"])
        assert explained(card) <= set(lines)
    rest = [card for card in cards if card not in computed]
    items = read(notebook.cells[-1].source).find_all("li")
    listed = [[" ".join(line.split()) for line in item.get_text().splitlines()] for item in items[-len(rest) :]]
    for card in rest:
        (lines,) = (lines for lines in listed if lines[0].startswith(f"{card['id']}: {card['value']}"))
        assert {" ".join(line.split()) for line in explained(card)} <= set(lines)
        assert all(name in lines[-1] for name, *_ in card["sources"])


def explained(card) -> set[str]:
    """The lines that say how a number came about."""
    lines = {f"{name}: {text}" for name, text in card["said"]}
    if card["formula"]:
        lines |= {card["formula"], *(f"{number}: {what}" for number, what, _ in card["operands"])}
    return lines | {f"{text}: {who}" + (f" ({what})" if what else "") for text, who, what in card["estimates"]}


def test_it_holds_nothing_of_this_machine_and_asks_no_host(site, chapter):
    text = (site.html / "notebooks" / f"{chapter}.ipynb").read_text("utf-8")
    assert str(site.root) not in text and "/home/" not in text and "/tmp/" not in text and "vnd.brief" not in text
    assert not re.search(r'"url"|<image|<script|xlink:href=\\"http|@import|url\(http', text)
    assert len(text) < 600_000
