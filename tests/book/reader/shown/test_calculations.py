"""What a number is said to be computed of is in the tables, and gives it: in facts.json, on cards, in the ledger."""

import ast
import datetime as dt
import json
import math
import operator
import posixpath
import re
from functools import partial

import pytest

from tests.book.reader.shown.reading import agrees, number_in, words
from tests.book.reader.shown.test_facts import QUOTING, table_at
from tests.book.reader.shown.written import MONTHS, as_written, format_of

COMPUTED = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
SHOWN = {"+": "+", "-": "−", "*": "×", "/": "/"}
OF_CELLS = {
    "cell": lambda taken: taken[0],
    "sum": sum,
    "max": max,
    "min": min,
    "latest": max,
    "first": min,
    "count": len,
    "none": lambda looked: 0,
    "different": lambda taken: len({*taken}),
}
ENDS = {"low end": 0, "high end": 1}
OF_INTERVAL = ",? (low end|high end) of the 95% interval"
SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
SPEAKERS = ("stated_by", "counted_by", "who")
WRITTEN = re.compile(r"(?<![\w.])[\d,]*\d(?:\.\d+)?")  # a number in a formula
DATED = re.compile(rf"(?:(\d+) )?({'|'.join(MONTHS)}) (\d{{4}})")


def same(value, text: str, kind: str) -> bool:
    """Whether a value of facts.json is what a cell of a CSV says."""
    if kind in ("date", "yearmonth"):
        return value == f"{text}-01"[:10]
    return math.isclose(value, float(text)) if kind in ("number", "integer", "year") else str(value) == text


def interval(hits: float, of: float) -> list[float]:
    """The shares, in per cent, from which `hits` lie 1.96 standard deviations away: the roots of a quadratic."""
    a, b, c = of + 1.96**2, 2 * hits + 1.96**2, hits**2 / of
    return [100 * (b + side * math.sqrt(b * b - 4 * a * c)) / (2 * a) for side in (-1, 1)]


def days(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def again(step: dict, cells: list[dict]):
    """A calculation of facts.json, computed anew from its cells."""
    taken, of = [cells[i]["value"] for i in step["cells"]], [again(part, cells) for part in step["of"]]
    if step["op"] == "given":
        return step["value"]
    if step["op"] in OF_CELLS:
        return OF_CELLS[step["op"]](taken)
    if step["op"] == "round":
        return round(of[0], int(of[1]))
    if step["op"] == "abs":
        return abs(of[0])
    if step["op"] in ENDS:
        return interval(*of)[ENDS[step["op"]]]
    return COMPUTED[step["op"]](*(days(part) if isinstance(part, str) else part for part in of))


def leaves(step: dict, cells: list[dict]) -> list[tuple[str, object, bool]]:
    """The numbers of a formula as they follow one another, with the signs: (text, value, whether it is a cell's)."""
    if step["op"] == "sum" and 1 < len(step["cells"]) < 5:
        taken = [(cells[i]["text"], cells[i]["value"], True) for i in step["cells"]]
        return [part for each in taken for part in (("+", None, False), each)][1:]
    if not step["of"]:
        return [(step["text"], step["value"], step["op"] in ("cell", "given"))]
    parts = [leaves(part, cells) for part in step["of"]]
    if step["op"] in ("round", "abs"):
        return parts[0]
    return [*parts[0], (SHOWN.get(step["op"], " in "), None, False), *parts[1]]


def computed(node: ast.expr):
    """A formula's arithmetic, from its syntax."""
    if isinstance(node, ast.BinOp):
        return SIGNS[type(node.op)](computed(node.left), computed(node.right))
    if isinstance(node, ast.Call):
        return round(computed(node.args[0]))
    assert isinstance(node, ast.Constant), ast.dump(node)
    return node.value


def result(formula: str) -> float:
    """What the right side of a formula gives, as a reader would compute it."""
    text = formula.partition(" = ")[2].replace(",", "").replace("×", "*").replace("−", "-")
    text = DATED.sub(lambda m: str(days(f"{m[3]}-{MONTHS.index(m[2]) + 1:02}-{int(m[1] or 1):02}")), text)
    if found := re.fullmatch(rf"(.*) in (.*){OF_INTERVAL}", text):
        return interval(*(result(f" = {part}") for part in found.groups()[:2]))[ENDS[found[3]]]
    text = re.sub(r"\(([^()]*) rounded to a whole number\)", r"round(\1)", text)
    text, size = re.subn(r"^\|(.*)\|$", r"\1", re.sub(r" in days| rounded to [\w ]+", "", text))
    number = computed(ast.parse(text, mode="eval").body)
    return abs(number) if size else number


@pytest.fixture(scope="module")
def followed(site) -> dict[str, dict]:
    """The facts that say how they were computed."""
    return {id: fact for id, fact in site.facts.items() if fact["calculation"]}


def test_cells_are_in_the_tables_and_give_the_value_tables_and_sources(site, followed):
    assert len(followed) > 60
    for id, fact in followed.items():
        for cell in fact["cells"]:
            types = {field["name"]: field["type"] for field in site.package[cell["table"]]["schema"]["fields"]}
            at = [r for r in site.table(cell["table"]) if all(same(v, r[k], types[k]) for k, v in cell["row"].items())]
            assert len(at) == 1, (id, cell)
            assert same(cell["value"], at[0][cell["column"]], types[cell["column"]]), (id, cell)
            assert cell["source"] == at[0]["source"]
        assert {cell["table"] for cell in fact["cells"]} <= set(fact["tables"])
        assert {cell["source"] for cell in fact["cells"]} <= set(fact["sources"])
        value = again(fact["calculation"], fact["cells"])
        same_value = (
            value == fact["value"] if isinstance(value, str) else math.isclose(value, fact["value"], rel_tol=1e-9)
        )
        assert same_value, (id, value, fact["value"])


def test_what_a_row_says_of_a_number_is_what_it_says(site, followed):
    for id, fact in followed.items():
        if len(fact["cells"]) == 1:
            (cell,) = fact["cells"]
            key = {column: str(value) for column, value in cell["row"].items() if isinstance(value, str)}
            rows = [row for row in site.table(cell["table"]) if all(row[k] in (v, v[:7]) for k, v in key.items())]
            assert any(all(row[column] == text for column, text in fact["said"].items()) for row in rows), id
            if cell["table"].endswith("/statements"):
                assert fact["said"].get("quote", "") == rows[0]["quote"], id
        else:
            assert fact["said"] == {}


def cards(site, page: str) -> dict[str, dict]:
    """The cards of a page by their facts."""
    held = site.page(page).select_one("#brief-facts")
    return {card["id"]: card for card in json.loads(held.string)["facts"].values()}


@pytest.mark.parametrize("page", QUOTING)
def test_the_formula_on_a_card_gives_the_number_from_the_cells(site, followed, page):
    at = partial(posixpath.join, posixpath.dirname(page))
    for id, card in cards(site, page).items():
        if id not in followed:
            assert (card["formula"], card["operands"], card["said"]) == ("", [], [])
            continue
        fact = followed[id]
        step, cells = fact["calculation"], fact["cells"]
        told = [(text, value, exact) for text, value, exact in leaves(step, cells) if value is not None]
        if step["of"] or len(told) > 1:
            text, _, right = re.sub(OF_INTERVAL, "", card["formula"]).partition(" = ")
            assert text == as_written(fact["value"], format_of(site.root, id, fact["value"]))
            written = [part for part, _, _ in leaves(step, cells)]
            found = re.findall("|".join(re.escape(part) for part in sorted(set(written), key=len, reverse=True)), right)
            assert found == written, (id, card["formula"])
            assert step["op"] == "round" or math.isclose(result(card["formula"]), fact["value"], rel_tol=2e-3), id
        else:
            assert card["formula"] == ""
        for text, value, exact in told:
            if isinstance(value, str):
                assert re.search(value[:4], text), (id, text)
            else:
                assert number_in(text) == value if exact else agrees(text, value), (id, text, value)
        shown = {(text, what) for text, what, _ in card["operands"]}
        spelled = {(cell["text"], cell["words"]) for cell in cells}
        assert {text for text, _ in shown} <= {text for text, _, _ in told}
        assert len(shown - spelled) <= sum(not exact for _, _, exact in told), id
        for _, what, address in card["operands"]:
            table = table_at(site, posixpath.normpath(at(address)))
            assert table in fact["tables"]
            assert table in what or any(cell["words"] == what and cell["table"] == table for cell in cells), (id, what)


def test_words_for_a_cell_name_its_row_and_column(site, followed):
    for id, fact in followed.items():
        for cell in fact["cells"]:
            fields = {field["name"]: field for field in site.package[cell["table"]]["schema"]["fields"]}
            if "statement" in fields:
                (row,) = (row for row in site.table(cell["table"]) if row["id"] == cell["row"]["id"])
                assert cell["words"] == row["statement"], id
                continue
            assert cell["words"].endswith(fields[cell["column"]]["title"])
            years = [
                str(value)[:4]
                for key, value in cell["row"].items()
                if fields[key]["type"] in ("year", "date", "yearmonth")
            ]
            assert all(year in cell["words"] for year in years), (id, cell)


def test_what_a_row_says_stands_on_the_card(site, followed):
    for page in QUOTING:
        for id, card in cards(site, page).items():
            told, said = dict(card["said"]), site.facts[id]["said"]
            speaker = next((said[column] for column in SPEAKERS if column in said), None)
            assert told.get("Says who") == speaker
            assert told.get("In words", "“”").strip("“”") == said.get("quote", "").strip("“”")
            assert told.get("Status", "").startswith(said.get("status", "")), id
            assert said.get("confidence", "") in told.get("Status", "") + told.get("Confidence", "")
            assert told.get("Caveat") == said.get("caveat", said.get("note"))


def test_the_ledger_says_the_same_as_the_cards(site):
    known = {id: card for page in QUOTING for id, card in cards(site, page).items()}
    rows = [row for table in site.ledger("facts").values() for row in table]
    for row in rows:
        if card := known.get(words(row.a)):
            lines = [card["formula"]] if card["formula"] else []
            lines += [f"{text}: {what}" for text, what, _ in card["operands"]]
            lines += [f"{name}: {text}" for name, text in card["said"]]
            shown = [line.get_text() for line in row.select("p.calculation")]
            assert shown == lines, words(row.a)
