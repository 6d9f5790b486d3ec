"""CONTRIBUTING.md, followed to the letter, adds what it says to the book."""

import csv
import json
import re

import pytest

from tests.book.reader.shown.written import as_written
from tests.conftest import ROOT, Book, restored

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PLACE = r"\*\*`(?P<path>[^`]+)`, (?P<where>new|at its end|before `(?P<before>[^`]+)`|after `(?P<after>[^`]+)`)\*\*"
BLOCK = re.compile(rf"^{PLACE}\n\n(?P<fence>````?)\w+\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)


def follow(book: Book) -> list[str]:
    """Put each block where the line above it says; returns the files."""
    for block in BLOCK.finditer(TEXT):
        file, text = book.root / block["path"], block["text"]
        if block["where"] == "new":
            assert not file.exists()
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        elif block["where"] == "at its end":
            file.write_text(file.read_text("utf-8") + text, "utf-8")
        elif before := block["before"]:
            book.edit(block["path"], f"\n{before}\n", f"\n{text}\n{before}\n")
        else:
            book.edit(block["path"], f"{block['after']}\n", f"{block['after']}\n{text}")
    return [block["path"] for block in BLOCK.finditer(TEXT)]


@pytest.fixture(scope="module")
def followed(bench):
    """The book with the example in it, built."""
    book = Book(restored(bench))
    follow(book)
    result = book.build()
    assert result.returncode == 0, result.stdout
    assert "not in toc" not in result.stdout, "a file of the repository is taken for a page"
    return book


def rows_of(book, name):
    with (book.root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def olympiads(book):
    return rows_of(book, "olympiads/ioi")


def gold(book):
    return str(sum(int(row["gold"]) for row in olympiads(book)))


def test_every_block_that_names_a_file_was_read():
    assert len(re.findall(r"^\*\*`", TEXT, re.MULTILINE)) == len(list(BLOCK.finditer(TEXT))) == 9
    assert len(re.findall(r"^```", TEXT, re.MULTILINE)) == 2 * (9 + 5), "each fence is one of those, or inside one"


def test_the_chapter_has_fact_finding_and_figure(followed):
    page, years = followed.soup("chapters/olympiads"), as_written(len(olympiads(followed)), "words")
    assert page.select_one("a.fact[href$='#fact-olympiads-gold']").get_text() == gold(followed)
    assert page.select_one("a.fact[href$='#fact-olympiads-years']").get_text() == years
    finding = page.select_one("div.finding").get_text()
    assert "pupils brought gold home" in finding and "Moderate confidence: each year rests on one report" in finding
    figure = page.select_one("figure.brief-figure")
    assert figure.select_one(".caption-number").get_text().startswith("Figure 6.1")
    assert "2023: 4" in figure.select_one(".drawings")["aria-label"]
    assert page.select_one("#data-and-sources a[href*='/olympiads/ioi.html']")


def test_the_book_leads_to_the_chapter_and_its_reference_pages_list_it(followed):
    assert followed.soup("index").select_one("nav a[href='chapters/olympiads.html']")
    ledger = followed.soup("reference/evidence")
    assert ledger.select_one("#fact-olympiads-gold td:nth-of-type(2)").get_text().startswith(gold(followed))
    text = ledger.get_text()
    assert "Fewest gold medals in a year of the table" in text
    assert "pupils won gold in each year reported" in text
    catalogue = followed.soup("reference/data")
    assert catalogue.select_one("a[download][href='../data/olympiads/ioi.csv']")
    assert "International Olympiad in Informatics" in followed.soup("reference/bibliography").get_text()
    facts = json.loads((followed.site / "facts.json").read_text("utf-8"))
    assert {"olympiads.gold", "olympiads.years"} <= {fact["id"] for fact in facts["facts"]}


def test_nothing_in_the_example_is_invented(followed):
    contests = [row for row in rows_of(followed, "talent/contests") if row["contest"] == "IOI"]
    assert olympiads(followed) == [{name: row[name] for name in ("year", "gold", "source")} for row in contests]


@pytest.mark.parametrize("section", re.split(r"^## ", TEXT, flags=re.MULTILINE), ids=lambda s: s.split("\n")[0])
def test_a_section_is_short(section):
    assert len([line for line in section.splitlines() if line.strip()]) <= 25
