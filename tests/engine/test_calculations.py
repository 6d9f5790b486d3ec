"""A number shows how it was computed, from which cells, and what its row says of it."""

# ruff: noqa: E501 (a calculation a line)

import csv
import json

import jsonschema

FLOUR = "chapters/flour.md"
SAID = {"stated_by": "Ann Miller", "status": "measured", "confidence": "high", "note": "Her scales ran fast"}


def facts(book) -> dict[str, dict]:
    return {fact["id"]: fact for fact in json.loads((book.site / "facts.json").read_text("utf-8"))["facts"]}


def card(book, page: str, id: str) -> dict:
    """The card of a fact as a page has it."""
    held = book.soup(page).select_one("#brief-facts").string
    return next(card for card in json.loads(held)["facts"].values() if card["id"] == id)


def ledger(book, id: str) -> list[str]:
    """What the ledger says of a fact beside its value, a line each."""
    row = book.soup("reference/evidence").find(id=f"fact-{id.replace('.', '-')}")
    return [line.get_text() for line in row.select("p.calculation")]


def test_a_computed_number_shows_its_formula_and_leads_to_its_cells(minimal_built):
    shown = card(minimal_built, "chapters/flour", "flour.ratio")
    assert shown["formula"] == "1.5 = 150 / 100"
    operands = [["150", "2025: Tonnes"], ["100", "2023: Tonnes"]]
    assert [operand[:2] for operand in shown["operands"]] == operands
    page = "../reference/data/bread/grain.html"
    assert [operand[2] for operand in shown["operands"]] == [f"{page}#row-2025", f"{page}#row-2023"]
    assert ledger(minimal_built, "flour.ratio") == [shown["formula"], *(": ".join(pair) for pair in operands)]


def test_a_number_taken_from_a_row_shows_what_the_row_says(minimal_built):
    shown = card(minimal_built, "chapters/flour", "flour.miller")
    assert shown["formula"] == "" and shown["said"] == [["In words", "“Ninety tonnes”"]]
    assert [operand[:2] for operand in shown["operands"]] == [["90", "miller: Value"]]


def test_speaker_status_confidence_and_caveat_are_shown_where_the_table_has_them(minimal):
    path = minimal.root / "data/bread/statements.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{**SAID, **row} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    package = json.loads((minimal.root / "data/datapackage.json").read_text("utf-8"))
    fields = next(r for r in package["resources"] if r["name"] == "bread/statements")["schema"]["fields"]
    fields[:0] = [{"name": name, "type": "string", "title": name.capitalize(), "description": "Said"} for name in SAID]
    minimal.write("data/datapackage.json", json.dumps(package, indent=1))
    status, said = minimal.quick()
    assert status == 0, said
    told = [["Says who", "Ann Miller"], ["In words", "“Ninety tonnes”"]]
    told += [["Status", "measured, high confidence"], ["Caveat", "Her scales ran fast"]]
    assert card(minimal, "chapters/flour", "flour.miller")["said"] == told
    assert ledger(minimal, "flour.miller")[1:] == [": ".join(line) for line in told]
    assert facts(minimal)["flour.miller"]["said"] == {**SAID, "quote": "Ninety tonnes"}


def test_a_number_that_pandas_computed_has_its_rows_alone(minimal_built):
    shown = card(minimal_built, "chapters/flour", "flour.grain")
    assert (shown["formula"], shown["operands"], shown["said"]) == ("", [], [])
    grain = facts(minimal_built)["flour.grain"]
    assert grain["calculation"] is None and grain["tables"] == ["bread/grain"] and grain["sources"] == ["mill-book"]


def test_facts_for_machines_carry_calculation_and_cells_and_old_documents_stay_valid(minimal_built):
    schema = json.loads((minimal_built.site / "facts.schema.json").read_text("utf-8"))
    document = json.loads((minimal_built.site / "facts.json").read_text("utf-8"))
    jsonschema.validate(document, schema)
    ratio = facts(minimal_built)["flour.ratio"]
    assert [(c["table"], c["row"], c["column"], c["value"]) for c in ratio["cells"]] == [
        ("bread/grain", {"year": 2025}, "tonnes", 150),
        ("bread/grain", {"year": 2023}, "tonnes", 100),
    ]
    assert (ratio["calculation"]["op"], [part["cells"] for part in ratio["calculation"]["of"]]) == ("/", [[0], [1]])
    assert document.pop("schema_version") == 2
    for fact in document["facts"]:
        del fact["calculation"], fact["cells"], fact["said"]
    jsonschema.validate(document, schema)  # as the first editions were


# A value recorded in a cell: the formula on its card, and what stands beside its operands.
CALCULATED = {
    "a sum of few": ('mill.sum("tonnes")', "375.5 = 100 + 125.5 + 150", ["2023: Tonnes", "2024: Tonnes", "2025: Tonnes"]),
    "a share": (
        'last / mill.sum("tonnes") * 100', "39.95 = 150 / (100 + 125.5 + 150) × 100",
        ["2025: Tonnes", "2023: Tonnes", "2024: Tonnes"],
    ),
    "brackets": ("(last - first) / (last / first)", "33.33 = (150 − 100) / (150 / 100)", ["2025: Tonnes", "2023: Tonnes"]),
    "numbers of the code": ("last / 36.525", "4.107 = 150 / 36.525", ["2025: Tonnes"]),
    "rounding": ("round(last / 7)", "21 = (150 / 7, rounded to a whole number)", ["2025: Tonnes"]),
    "rounding to tens": ("round(last / 7, -1)", "20 = (150 / 7, rounded to the nearest 10)", ["2025: Tonnes"]),
    "an interval": (
        "interval(round(first / 50), last / 10)[1]", "37.88 = (100 / 50, rounded to a whole number) in (150 / 10), high end of the 95% interval",
        ["2023: Tonnes", "2025: Tonnes"],
    ),
    "different values": ('mill.count("tonnes")', "", ["different values in 3 rows of bread/grain: Tonnes"]),
    "none": ("mill.where(year=1999).count()", "", ["none of 3 rows of bread/grain where year is 1999"]),
    "an end": ('mill.max("tonnes")', "", ["highest of 3 rows of bread/grain: Tonnes"]),
    "years": ('mill.latest("year") - mill.first("year")', "2 = 2025 − 2023", ["latest in bread/grain: Year", "earliest in bread/grain: Year"]),
    "a number of rows": ("mill.where(lambda t: t.tonnes > 110).count()", "", ["2 rows of bread/grain where a condition of the code holds"]),
}  # fmt: skip


def test_formulas_are_written_as_they_are_computed(minimal):
    code = "\n".join(
        f'fact("{what.replace(" ", "-")}", {made}, fmt="number")' for what, (made, _, _) in CALCULATED.items()
    )
    quoted = " ".join(f"{{fact}}`{what.replace(' ', '-')}`" for what in CALCULATED)
    minimal.edit(
        FLOUR,
        "{numref}`flour-grain-by-year`",
        f"```{{code-cell}} ipython3\n{code}\n```\n\n{quoted}\n\n{{numref}}`flour-grain-by-year`",
    )
    status, said = minimal.quick()
    assert status == 0, said
    for what, (_, formula, words) in CALCULATED.items():
        shown = card(minimal, "chapters/flour", f"flour.{what.replace(' ', '-')}")
        assert (shown["formula"], [operand[1] for operand in shown["operands"]]) == (formula, words), what


def test_what_cannot_be_followed_is_refused_with_its_line(minimal):
    before = minimal.files()
    minimal.edit(FLOUR, 'mill.latest("tonnes", by="year")', 'mill.where(year=1999).one("tonnes")')
    status, said = minimal.quick()
    assert status == 1 and "chapters/flour.md:" in said and "bread/grain: no row where year is 1999" in said
    assert minimal.files() == before
