"""A row of a table is quoted without code; a finding and an indicator state their tests beside their sentences."""

import functools
import json
from collections.abc import Callable

import pytest

from brief.ext.checks import quotations
from tests.conftest import restored
from tests.engine.conftest import Slips, SmallBook, slips
from tests.engine.test_calculations import FLOUR, card, facts

TABLE, STATED = "data/bread/statements.csv", "{fact}`bread/statements#miller`"
FINDING = """
:::{{finding}} {}
:confidence: low
:because: one mill kept the book
:holds: {}
Grain was dear.
:::
"""
BREAD = "---\ndescription: Bread of the mill.\n---\n# Bread\n\n```{chapter-sources}\n```\n"
# What stands in a role, and what the editor is told of it, behind file and line.
WRONG = {
    "bread/statements#baker": "there is no row 'baker' in bread/statements; it has ",
    "bread/statement#miller": "no table 'bread/statement' in data/datapackage.json; it has bread/statements",
    "bread/grain#2023": "'2023' can't be quoted: bread/grain has no column value; it has year, tonnes, source",
    "bread/grain#2023.tonnes": "rows of bread/grain have no id: quote it with a name",
    "first <bread/grain#2099.tonnes>": "there is no row '2099' in bread/grain",
    "first <bread/grain#20.tonnes>": "there is no row '20' in bread/grain; it has 20",
    "birch <bread/ovens#Birch.wood_high>": "row 'Birch' of bread/ovens states no wood_high",
    "First <bread/grain#2023.tonnes>": "'First' is no id: only small Latin letters",
    "alder <bread/ovens#Alder.loaves|month>": "1200 cannot be written as 'month'",
    "alder <bread/ovens#Alder.loaves|wrods>": "1200 cannot be written as 'wrods': no such format of a int;",
    "alder <bread/ovens#Alder.loave>": "'Alder.loave' can't be quoted: bread/ovens has no column loave; it has",
    "alder <bread/ovens#Alder.source>": "'Alder.source' is a source: cite it",
    "alder bread/ovens#Alder.loaves>": "a cell is quoted as {fact}`a-name <table#row.column|format>`",
    "alder <bread/ovens#Alder.loaves": "a cell is quoted as {fact}`a-name <table#row.column|format>`",
    "alder|words <bread/ovens#Alder.loaves>": "a cell is quoted as {fact}`a-name <table#row.column|format>`",
    "grain <bread/ovens#Birch.loaves>": "fact flour.grain is recorded twice, first at line 26",
    "bread/statements#miller|month": "90 cannot be written as 'month'",
    "flour.miner": "there is no fact 'flour.miner'",
}
KNOWN_WHEN_READ = {"grain <bread/ovens#Birch.loaves>", "flour.miner"}  # what else is recorded is
# A condition, and what is wrong with it.
UNTESTED = {
    "ratio > 0: Dearer": "",
    "nothing > 0: Nothing": "there is no fact 'nothing'",
    "1 < 2: Numbers": "no data can deny it, for it names no fact",
    "ratio dear": "'ratio dear' is not a fact, one of < <= > >= == != and a fact or a number",
    "ratio > 2024-05: A day": "compares a number with text",
    "rows == 1: Named rows": "no data can deny it: it only counts rows that are named",
    "ratio >= ratio: Itself": "no data can deny it, for both sides are one fact",
    "ratio > 1": "'ratio > 1' does not say, after a colon, what is measured",
    "ratio > 1 and ratio < 9: Both": "a condition has a line of its own, after |",
    "bread/statements#miller < grain: What one says": "",
    "bread/statements#miller < 1.5 * grain: What one says, with a margin": "",
    "ratio > 2 * word: Twice a word": "'word' is no number that there could be more of",
}


@pytest.fixture(scope="module")
def misquoted(minimal_place) -> Slips:
    """A page with all of `WRONG`."""
    quotes = "\n\n".join(f"Another says {{fact}}`{target}`." for target in WRONG)
    return slips(minimal_place, FLOUR, "\n## What would", f"\n{quotes}\n\n## What would")


@pytest.mark.parametrize(("target", "told"), WRONG.items())
def test_a_row_that_cannot_be_quoted_is_named_with_its_line(misquoted, target, told):
    line = misquoted.lines.index(f"Another says {{fact}}`{target}`.") + 1
    assert misquoted.refused(line, told), misquoted.said


def test_check_says_of_cells_what_a_build_says_and_reads_no_code(unbuilt):
    fence = "```text\nAs in {fact}`bread/statements#nobody`.\n```"
    quotes = "\n\n".join(f"Another says {{fact}}`{target}`." for target in WRONG)
    unbuilt.edit(FLOUR, "\n## What would", f"\n{quotes}\n\n{fence}\n\n## What would")
    lines, said = (unbuilt.root / FLOUR).read_text("utf-8").splitlines(), quotations.errors(unbuilt.root)
    known = {target: told for target, told in WRONG.items() if target not in KNOWN_WHEN_READ}
    for (target, told), row in zip(known.items(), said, strict=True):
        line = lines.index(f"Another says {{fact}}`{target}`.") + 1
        assert row.startswith(f"{FLOUR}:{line}: {{fact}}`{target}`: ") and told in row


def test_a_cell_that_cannot_be_read_is_named_once_whoever_quotes_its_name(minimal):
    minimal.edit(FLOUR, "\n## What would", "\nIn {fact}`first <bread/grain#2099.tonnes>`.\n\n## What would")
    minimal.append("index.md", "\nIt was {fact}`flour.first`, and {fact}`flour.fist`.\n")
    status, said = minimal.quick()
    assert status == 1 and "there is no row '2099'" in said
    assert "'flour.first'" not in said and "there is no fact 'flour.fist'" in said


def line_of(book, text: str) -> int:
    lines = (book.root / FLOUR).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_format_that_does_not_fit_is_found_before_anything_runs(unbuilt):
    unbuilt.edit(TABLE, '"{:,.0f} t"', "month")
    status, said = unbuilt.quick()
    assert status == 1
    assert f"{TABLE}, row 3, column format: 90.0 cannot be written as 'month'" in said


@pytest.mark.slow
def test_a_changed_row_reaches_every_page_that_quotes_it_and_runs_nothing(minimal):
    minimal.append("index.md", f"\nThe miller says {STATED}.\n")
    assert minimal.quick()[0] == 0
    minimal.edit(TABLE, "miller,90,", "miller,80,")
    status, said = minimal.quick()
    assert status == 0 and f"{TABLE} changed" in said and f"{TABLE} changed; {TABLE}" not in said
    assert "executed" not in said
    for page in ("index", "chapters/flour"):
        assert card(minimal, page, "flour.miller")["value"] == "80 t"
        assert "80 t" in minimal.page(page)
    assert facts(minimal)["flour.miller"]["value"] == 80
    # It has one address, whoever quotes it.
    assert "index.miller" not in facts(minimal)
    assert minimal.page("index").count('href="reference/evidence.html#fact-flour-miller"') == 1


def test_a_row_belongs_to_the_chapter_of_its_folder(minimal):
    minimal.write(
        "chapters/bread.md",
        "---\ndescription: Bread of the mill.\n---\n# Bread\n\n## Data and sources\n\n```{chapter-sources}\n```\n",
    )
    minimal.edit("_toc.yml", "chapters/flour", "chapters/flour\n      - file: chapters/bread")
    minimal.append("index.md", "\nIt is {fact}`bread.miller`.\n")  # no cell of that chapter records a fact
    status, said = minimal.quick()
    assert status == 0, said
    assert "bread.miller" in facts(minimal) and "flour.miller" not in facts(minimal)
    for page in ("chapters/flour", "index"):
        assert card(minimal, page, "bread.miller")["value"] == "90 t"
    assert "<strong>Sources: </strong>" in minimal.page("chapters/bread")


@pytest.fixture(scope="module")
def stating(minimal_place) -> Callable[[tuple[str, ...]], tuple[list[str], dict, int, str]]:
    """Build a page with a finding for each of some conditions; gives its lines, the findings by id, how that ended and
    what was said."""

    @functools.cache
    def build(tests: tuple[str, ...]):
        book = SmallBook(restored(minimal_place))
        more = 'fact("rows", mill.where(year=2025).count())\nfact("word", "mill", rows=grain)\n'
        book.edit(FLOUR, 'fact("ratio"', f'{more}fact("ratio"')
        findings = "".join(FINDING.format(f"dear-{number}", test) for number, test in enumerate(tests))
        book.edit(FLOUR, "\n## What would", f"{findings}\n## What would")
        status, said = book.quick()
        found = json.loads((book.site / "facts.json").read_text("utf-8"))["findings"]
        return (book.root / FLOUR).read_text("utf-8").splitlines(), {f["id"]: f for f in found}, status, said

    return build


@pytest.mark.parametrize("test", [test for test, told in UNTESTED.items() if not told])
def test_a_finding_states_its_test_beside_its_sentence(stating, test):
    tests = tuple(test for test, told in UNTESTED.items() if not told)
    _lines, found, status, said = stating(tests)
    assert status == 0, said
    (condition,) = found[f"flour.dear-{tests.index(test)}"]["conditions"]
    assert condition["says"] == test.partition(": ")[2] and condition["met"]
    assert condition["facts"][0] in ("flour.ratio", "flour.miller")
    if "1.5 * " in test:
        plain = found[f"flour.dear-{tests.index('bread/statements#miller < grain: What one says')}"]["conditions"][0]
        assert condition["right"] == 1.5 * plain["right"]


@pytest.mark.parametrize(("test", "told"), [(test, told) for test, told in UNTESTED.items() if told])
def test_a_test_that_is_none_is_named_with_its_line(stating, test, told):
    lines, _found, status, said = stating(tuple(test for test, told in UNTESTED.items() if told))
    begins = lines.index(f":holds: {test}") + 1 - 3
    of_line = "\n".join(row for row in said.splitlines() if f"chapters/flour.md:{begins}: " in row)
    assert status == 1 and told in of_line and "Traceback" not in said


@pytest.mark.slow
def test_a_test_that_fails_names_the_sentence_and_the_facts_words(minimal):
    minimal.edit(FLOUR, "\n## What would", f"{FINDING.format('dear', 'ratio > 1.2: Times')}\n## What would")
    assert minimal.quick()[0] == 0
    minimal.edit("data/bread/grain.csv", "2025,150,", "2025,110,")
    status, said = minimal.quick()
    assert status == 1
    at = f"chapters/flour.md:{line_of(minimal, '{finding} dear')}"
    assert f"{at}: finding flour.dear no longer holds: Times: expected > 1.2 times, the data now say 1.1 times" in said


def test_an_indicator_stands_in_its_list(minimal):
    minimal.edit(FLOUR, "```{indicators}\n", "```{indicators}\ndearer: ratio > 2: Grain, last year over first\n")
    status, said = minimal.quick()
    assert status == 0, said
    page = minimal.page("chapters/flour")
    assert "Grain, last year over first" in page and "not met, 0.5 away" in page
    minimal.edit("data/bread/grain.csv", "2025,150,", "2025,250,")
    status, said = minimal.quick()
    assert status == 0 and "not met, 0.5 away" not in minimal.page("chapters/flour"), said


EARLY = "{fact}`early <bread/grain#2023.tonnes>`"
NAMED = f"Alder baked {{fact}}`alder <bread/ovens#Alder.loaves>`, and in 2023 there were {EARLY}."


def test_a_cell_of_any_table_is_quoted_under_a_name_and_compared(minimal):
    minimal.append("index.md", "\nAlder: {fact}`flour.alder`.\n")
    minimal.edit(
        FLOUR, "\n## What would", f"\n{NAMED}\n{FINDING.format('baked', 'alder > 10 * early: Loaves')}\n## What would"
    )
    status, said = minimal.quick()
    assert status == 0 and "executed" not in said, said
    found = facts(minimal)
    assert (found["flour.alder"]["value"], found["flour.alder"]["text"]) == (1200, "1,200")
    assert (found["flour.alder"]["unit"], found["flour.early"]["unit"]) == ("loaves", "t")
    assert found["flour.early"]["period"] == "2023"
    assert found["flour.alder"]["said"] == {"note": "logs of oak"}
    for page in ("index", "chapters/flour"):
        assert card(minimal, page, "flour.alder")["operands"][0][:2] == ["1,200", "Alder: Loaves"]
    sources = minimal.soup("chapters/flour").select_one("#data-and-sources")
    assert "Ovens" in sources.get_text() or "bread/ovens" in str(sources)
    # The number follows its cell, and so does the sentence that compares it.
    minimal.edit("data/bread/ovens.csv", "Alder,1200", "Alder,1300")
    status, said = minimal.quick()
    assert status == 0 and card(minimal, "index", "flour.alder")["value"] == "1,300", said
    minimal.edit("data/bread/ovens.csv", "Alder,1300", "Alder,900")
    status, said = minimal.quick()
    assert status == 1 and "finding flour.baked no longer holds" in said


def test_how_a_column_reads_is_said_once_in_its_table(minimal):
    package = minimal.root / "data/datapackage.json"
    entries = json.loads(package.read_text("utf-8"))
    (ovens,) = (entry for entry in entries["resources"] if entry["name"] == "bread/ovens")
    of_alder = {"town": ["Alder"]}
    ovens["rules"] = [{"rule": "reads", "column": "loaves", "spec": "{:,} loaves", "where": of_alder}]
    package.write_text(json.dumps(entries), "utf-8")
    minimal.edit(FLOUR, "\n## What would", f"\n{NAMED}\n\n## What would")
    status, said = minimal.quick()
    assert status == 0 and card(minimal, "chapters/flour", "flour.alder")["value"] == "1,200 loaves", said
    minimal.edit("index.md", "A mill gave", "Birch baked {fact}`birch <bread/ovens#Birch.loaves>`. A mill gave")
    assert minimal.quick()[0] == 0 and card(minimal, "index", "index.birch")["value"] == "800"
    minimal.edit("data/datapackage.json", "{:,} loaves", "ordinal")
    assert minimal.quick()[0] == 0 and "1,200th" in minimal.page("chapters/flour")
    minimal.edit("data/datapackage.json", '"spec": "ordinal"', '"spec": "month"')
    status, said = minimal.quick()
    assert status == 1
    assert "data/bread/ovens.csv, row 2, column loaves: 1200 cannot be written as 'month'" in said


def test_the_line_that_is_named_is_the_sentence_s_own(minimal):
    minimal.edit(FLOUR, "\n## What would", "\nOne line.\nIt is {fact}`nothing`.\nOf 37 mills.\n\n## What would")
    status, said = minimal.quick()
    assert status == 1
    assert f"{FLOUR}:{line_of(minimal, '`nothing`')}: WARNING: there is no fact 'nothing'" in said
    assert f"{FLOUR}:{line_of(minimal, 'Of 37')}: WARNING: bare number" in said


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|---|\n| Alder | {fact}`alder <bread/ovens#Alder.loaves|,>` |",
        FINDING.format("more", "grain > 0: Grain").replace("one mill kept the book", "it is {fact}`grain`"),
    ],
)
def test_a_fact_that_is_not_read_where_it_stands_stops_the_build(minimal, text):
    minimal.edit(FLOUR, "\n## What would", f"\n{text}\n\n## What would")
    status, said = minimal.quick()
    assert status == 1 and "{fact} is not read in" in said and f"{FLOUR}:" in said


def test_an_option_that_stands_twice_is_refused(minimal):
    two = FINDING.format("dear", "grain > 9999: Grain\n:holds: grain > 0: Grain")
    minimal.edit(FLOUR, "\n## What would", f"{two}\n## What would")
    minimal.edit(FLOUR, ":title: Grain rose", ":title: Grain fell\n:title: Grain rose")
    status, said = minimal.quick()
    assert status == 1
    assert "finding dear: the option holds stands twice: what has several lines stands behind |, indented" in said
    assert "chart grain-by-year: the option title stands twice" in said


def test_a_cell_that_has_a_name_is_quoted_again_by_it(minimal):
    cell = "{fact}`alder <bread/ovens#Alder.loaves>`"
    minimal.edit(FLOUR, "\n## What would", f"\nOnce {cell}.\n\nTwice {cell}.\n\n## What would")
    status, said = minimal.quick()
    assert status == 1 and "'alder' is the name of a cell above: quote that as {fact}`alder`" in said
