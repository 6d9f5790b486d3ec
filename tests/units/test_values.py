"""A value that tables and arithmetic give equals plain arithmetic, and has the cells of all that it is made of."""

# ruff: noqa: E501 (a refusal a line)

import math
import operator

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from brief.kernel import facts, provenance
from brief.kernel.calculation import calculation
from brief.kernel.intervals import interval
from brief.kernel.selection import Table
from brief.kernel.tables import table
from brief.kernel.values import Value
from tests.conftest import ROOT

SCHEMA = {
    "fields": [
        {"name": "year", "type": "year"},
        {"name": "town", "type": "string"},
        {"name": "day", "type": "date"},
        {"name": "tonnes", "type": "number"},
        {"name": "note", "type": "string"},
        {"name": "source", "type": "string"},
    ],
    "primaryKey": ["year", "town"],
}
SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def of(rows: list[tuple], name: str = "bread/mills") -> Table:
    """A table of (year, town, tonnes, source); days are the firsts of their years."""
    frame = pd.DataFrame(rows, columns=["year", "town", "tonnes", "source"])
    frame["day"] = pd.to_datetime(frame["year"].astype(str) + "-01-01")
    frame["note"] = "by ear"
    frame = frame.astype({"year": "Int64", "tonnes": "float64"})
    frame.attrs["table"] = name
    return Table(name, frame, SCHEMA)


MILLS = of([(2023, "Alder", 4.0, "a"), (2023, "Birch", 6.0, "b"), (2024, "Alder", 5.0, "a"), (2024, "Birch", 9.5, "c")])
BAKERS = of([(2024, "Alder", 2.5, "d"), (2025, "Elm", None, "e")], "bread/bakers")


@st.composite
def expressions(draw, depth: int = 3):
    """A value, the number that it must be, and the cells that it must have; Python's, for NumPy rounds otherwise."""
    if depth == 0 or draw(st.booleans()):
        if draw(st.integers(0, 3)) == 0:
            number = draw(st.integers(-9, 9) | st.floats(-100, 100))
            return number, number, set()
        mills = MILLS.where(year=draw(st.sampled_from([2023, 2024])))
        method = draw(st.sampled_from(["one", "sum", "max", "min", "count", "none", "different"]))
        if method == "one":
            row = mills.where(town=draw(st.sampled_from(["Alder", "Birch"])))
            value, number = row.one("tonnes"), float(row.frame["tonnes"].iloc[0])
        elif method == "count":
            value, number = mills.count(), len(mills)
        elif method == "different":
            value, number = mills.count("year"), 1
        elif method == "none":
            value, number = mills.where(town="Oak").count(), 0
        else:
            value, number = getattr(mills, method)("tonnes"), float(getattr(mills["tonnes"], method)())
        return value, number, set(value.cells)
    sign = draw(st.sampled_from([*SIGNS, "round", "abs"]))
    one, first, cells = draw(expressions(depth - 1))
    if sign == "abs":
        return abs(one), abs(first), cells
    if sign == "round":
        return round(one, 1), round(first, 1), cells
    two, second, more = draw(expressions(depth - 1))
    assume(sign != "/" or abs(second) > 1e-99)  # nothing that overflows: infinity is refused, by a test of its own
    return SIGNS[sign](one, two), SIGNS[sign](first, second), cells | more


@settings(deadline=None)
@given(expressions())
def test_an_expression_has_the_value_of_plain_arithmetic_and_the_cells_of_its_leaves(made):
    value, number, cells = made
    if isinstance(value, Value):
        assert math.isclose(value, number, rel_tol=1e-12, abs_tol=1e-12)
        assert set(value.cells) == cells and len(value.cells) == len(cells)
        if cells:
            known = provenance.provenance(value)
            assert known["sources"] == sorted({cell.source for cell in cells})
            assert known["tables"] == sorted({cell.table for cell in cells})
    else:
        assert not cells and value == number


def again(step: dict, cells: list[dict]) -> float:
    """A recorded calculation, computed anew from its cells."""
    taken, of = [cells[i]["value"] for i in step["cells"]], [again(part, cells) for part in step["of"]]
    if step["op"] in SIGNS:
        return SIGNS[step["op"]](*of)
    return {
        "given": lambda: step["value"], "cell": lambda: taken[0], "sum": lambda: sum(taken), "count": lambda: len(taken),
        "none": lambda: 0, "different": lambda: len({*taken}), "max": lambda: max(taken), "min": lambda: min(taken), "abs": lambda: abs(*of), "round": lambda: round(of[0], of[1]),
    }[step["op"]]()  # fmt: skip


@settings(deadline=None)
@given(expressions())
def test_a_recorded_calculation_gives_the_value_again(made):
    value, number, cells = made
    assume(cells and isinstance(value, Value))
    record = calculation(value)
    assert len(record["cells"]) == len(cells)
    assert math.isclose(again(record["calculation"], record["cells"]), number, rel_tol=1e-9, abs_tol=1e-9)


@given(st.data())
def test_the_interval_of_a_share_holds_it_and_has_the_cells_of_both_numbers(data):
    of = data.draw(st.integers(1, 500))
    hits = data.draw(st.integers(0, of))
    low, high = interval(hits, of)
    assert -1e-9 < low <= hits / of * 100 + 1e-9 and hits / of * 100 - 1e-9 <= high < 100 + 1e-9
    assert interval(of - hits, of) == pytest.approx((100 - high, 100 - low))
    of_table = of_values(hits, of)
    ends = interval(of_table.where(town="Hits").one("tonnes"), of_table.where(town="All").one("tonnes"))
    assert [float(end) for end in ends] == pytest.approx([low, high])
    assert all([cell.value for cell in end.cells] == [hits, of] for end in ends)


def of_values(hits: int, among: int) -> Table:
    return of([(2024, "Hits", hits, "a"), (2024, "All", among, "b")])


def test_a_known_interval():
    assert interval(5, 10) == pytest.approx((23.66, 76.34), abs=0.01)  # Newcombe 1998 and every textbook since


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "==", "!="])
def test_a_comparison_is_true_when_it_is_of_the_numbers(sign):
    plain = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}
    compare = plain.get(sign, operator.ne)
    for one, two in (
        (MILLS.max("tonnes"), 9.5),
        (MILLS.min("tonnes"), MILLS.max("tonnes")),
        (9.5, MILLS.min("tonnes")),
    ):
        assert bool(compare(one, two)) is compare(float(one), float(two))


def test_dates_differ_by_days_and_compare_with_dates():
    first, last = MILLS.first("day"), MILLS.latest("day")
    assert float(last - first) == 365 and set((last - first).cells) == set(MILLS.latest("day").cells + first.cells)
    assert last > first and last >= "2024-01-01" and f"{last:%B %Y}" == "January 2024"
    assert MILLS.where(day=last).count().raw == MILLS.where(day="2024-01-01").count().raw == 2


def test_the_latest_and_the_first_are_of_the_row_whose_year_is_so():
    alder = MILLS.where(town="Alder")
    assert float(alder.latest("tonnes", by="year")) == 5 and float(alder.first("tonnes", by="year")) == 4
    assert alder.latest("year").raw == 2024 and len(MILLS.latest("year").cells) == 2
    assert sum([alder.where(year=y).one("tonnes") for y in (2023, 2024)]).raw == 9
    assert MILLS.count("town").raw == 2 and BAKERS.sum("tonnes").raw == 2.5
    assert MILLS.where(lambda rows: rows["tonnes"] > 5, year=2024).one("tonnes").raw == 9.5


def test_none_has_the_rows_that_were_looked_at_and_can_be_denied():
    none = MILLS.where(town=["Oak", "Elm"]).where(year=2024).count()
    assert (none.raw, len(none.cells), none.deniable) == (0, len(MILLS), True)
    assert calculation(none)["calculation"]["words"] == (
        "none of 4 rows of bread/mills where town is one of Elm, Oak and year is 2024"
    )


def test_a_condition_is_said_in_the_words_given():
    count = MILLS.where(MILLS["tonnes"] > 5, "more than five tonnes were milled", year=2024).count()
    words = "1 row of bread/mills where more than five tonnes were milled and year is 2024"
    assert calculation(count)["calculation"]["words"] == words


REFUSED = {
    "no row": (lambda: MILLS.where(town="Oak").one("tonnes"), "bread/mills: no row where town is Oak"),
    "several rows": (
        lambda: MILLS.where(year=2024).one("tonnes"), "bread/mills: 2 rows, not one, where year is 2024"
    ),
    "several rows of no condition": (lambda: MILLS.one("tonnes"), "bread/mills: 4 rows, not one"),
    "rows at the end that differ": (lambda: MILLS.latest("tonnes", by="year"), "bread/mills: 2 rows whose year is latest"),
    "no column": (lambda: MILLS.where(tonw="Oak"), "bread/mills has no column 'tonw'; it has town"),
    "an empty cell": (lambda: BAKERS.where(town="Elm").one("tonnes"), r"bread/bakers \(year 2025, town Elm\), column tonnes"),
    "nothing known": (lambda: BAKERS.where(town="Elm").sum("tonnes"), "bread/bakers: no row with a known tonnes where town is Elm"),
    "a sum of text": (lambda: MILLS.sum("note"), "bread/mills, column note: string, not integer or number"),
    "the latest of numbers": (lambda: MILLS.latest("tonnes"), "bread/mills, column tonnes: number, not date"),
    "text for a number": (lambda: MILLS.where(tonnes="4"), "bread/mills, column tonnes: '4' is no number"),
    "a number for text": (lambda: MILLS.where(town=4), "bread/mills, column town: 4 is no string"),
    "no date": (lambda: MILLS.where(day="soon"), "bread/mills, column day: 'soon' is no date"),
    "arithmetic on text": (
        lambda: MILLS.where(year=2023, town="Alder").one("note") * 2,
        r"bread/mills \(year 2023, town Alder\), column note is no number: 'by ear'",
    ),
    "arithmetic on a date": (lambda: MILLS.latest("day") + 1, "bread/mills, column day is no number"),
    "division by nought": (lambda: MILLS.sum("tonnes") / 0, "sum of bread/mills, column tonnes / 0: nothing is divided"),
    "what pandas computed": (lambda: MILLS.sum("tonnes") / MILLS["tonnes"].sum(), "24.5.* was computed without its cells"),
    "a column": (lambda: MILLS["tonnes"] / MILLS.sum("tonnes"), "was computed without its cells"),
    "a comparison with pandas": (lambda: MILLS.sum("tonnes") > MILLS["tonnes"].mean(), "was computed without its cells"),
    "a number and text": (lambda: bool(MILLS.sum("tonnes") > "4"), "a number with text"),
    "a bare number": (lambda: facts.fact("x", 24.5), "a number without cells: rows="),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_has_no_value_is_refused_with_table_and_condition(what):
    make, said = REFUSED[what]
    with pytest.raises(ValueError, match=said) as error:
        make()
    assert "\n" not in str(error.value)


def test_cells_say_what_they_are_by_key_and_title(monkeypatch):
    monkeypatch.setattr(provenance, "display", lambda data, **_: None)
    monkeypatch.setenv("BRIEF_ROOT", str(ROOT))
    clusters = table("hardware/clusters")
    first, row = clusters.where(name="Chervonenkis").one("chips"), clusters.frame.iloc[0]
    (cell,) = calculation(first)["cells"]
    assert cell["row"] == {"name": "Chervonenkis"} and (cell["value"], cell["source"]) == (row["chips"], row["source"])
    assert (cell["text"], cell["words"]) == ("1,592", "Chervonenkis: Chips")
