"""Lines: each series with its name at its end; what is missing breaks a line, or is named."""

import pandas as pd
import pytest
import vl_convert

from brief.kernel.charts.lines import lines
from tests.units.conftest import AWKWARD, DRAWN, UNDRAWN, WORDS

FORMS = ("wide", "narrow")


def runs(**series):
    """A row for each value; years from 2001."""
    return pd.DataFrame(
        [(name, 2001 + n, value) for name, values in series.items() for n, value in enumerate(values)],
        columns=["name", "year", "value"],
    )


def strokes(drawn, form="wide"):
    """How many pieces each line has."""
    return [mark.get("d").count("M") for mark in drawn.marks("mark-line", form)]


@pytest.mark.parametrize("name", AWKWARD)
@pytest.mark.slow
def test_a_column_of_any_name(shown, name):
    df = runs(a=[1, 2], b=[3, 5]).set_axis(["series." + name, "x[" + name, name], axis=1)
    drawn = shown(lines(df, "x[" + name, name, series="series." + name, others=df.replace({"a": "c", "b": "d"})))
    for form in FORMS:
        assert strokes(drawn, form) == [1, 1] and {"a", "b", "2001", "2002"} <= set(drawn.texts(form))
        assert vl_convert.vegalite_to_svg(drawn.record["live"][form]).count("mark-line") >= 2
    assert drawn.record["data"]["columns"] == ["series." + name, "x[" + name, name]
    assert [list(said.values()) for said in drawn.live()][:2] == [["a", "2001", "1"], ["a", "2002", "2"]]


@pytest.mark.parametrize("name", ["label_y", "series_said"])
@pytest.mark.slow
def test_a_column_named_as_one_that_the_chart_makes(shown, name):
    df = runs(a=[1, 2], b=[3, 5])
    for column in df.columns:
        named = df.rename(columns={column: name})
        series, x, y = named.columns
        drawn = shown(lines(named, x, y, series=series))
        assert strokes(drawn) == [1, 1] and {"a", "b"} <= set(drawn.texts())


def test_a_missing_value_breaks_the_line(shown):
    drawn = shown(lines(runs(a=[1, None, 3, 4], b=[None, 2, 3, None]), "year", "value"))
    for form in FORMS:
        assert strokes(drawn, form) == [2, 1]
    assert len(drawn.marks("mark-symbol")) == 1  # 2001 of a stands alone: a dot
    assert list(drawn.record["data"]["rows"][1]) == ["a", 2002, None]


def test_an_event_is_a_rule_with_its_words(shown):
    drawn = shown(lines(runs(a=[1, 2, 5], b=[3, 4, 2]), "year", "value", events={"2002": "a strike"}))
    for form in FORMS:
        assert len(drawn.marks("mark-rule", form)) == 1 and "a strike" in drawn.texts(form)
    dated = runs(a=[1, 2, 5]).assign(year=pd.to_datetime(["2001", "2002", "2003"]))
    drawn = shown(lines(dated, "year", "value", events={"2002-03-01": "a strike", "2002-09-01": "its end"}))
    assert len(drawn.marks("mark-rule")) == 2 and {"a strike", "its end"} <= set(drawn.texts())


def test_a_series_of_one_value_is_a_dot(shown):
    drawn = shown(lines(runs(a=[1, 2], b=[3]), "year", "value"))
    assert len(drawn.marks("mark-symbol")) == 1 and "b" in drawn.texts()
    assert len(shown(lines(runs(a=[1, 2], b=[3]), "year", "value", points=True)).marks("mark-symbol")) == 3


@pytest.mark.parametrize("values", [[0, 0], [5, 5], [-3, -3], [-5, 5], [1e-9, 2e-9], [1e12, 3e12]])
@pytest.mark.parametrize("zero", [True, False])
@pytest.mark.slow
def test_whatever_the_values_each_series_is_named_inside_the_frame(shown, values, zero):
    drawn = shown(lines(runs(a=values, b=values[::-1], c=values), "year", "value", zero=zero))
    assert {"a", "b", "c"} <= set(drawn.texts())
    assert len({text.get("transform") for text in drawn.marks("mark-text")}) >= 1


@pytest.mark.parametrize("value", [1, 0.25])
def test_equal_values_on_a_log_scale(shown, value):
    drawn = shown(lines(runs(a=[value] * 2, b=[value] * 2), "year", "value", log=True))
    assert strokes(drawn) == [1, 1]
    heights = {mark.get("d").split("M")[1].split("L")[0].split(",")[1] for mark in drawn.marks("mark-line")}
    assert heights not in ({"0"}, {"NaN"})


@pytest.mark.parametrize("name", [name for name in DRAWN if name != "two\nlines"])
@pytest.mark.slow
def test_a_name_of_any_kind(shown, name):
    drawn = shown(lines(runs(**{name: [1, 2], "other": [2, 4]}), "year", "value", others=runs(**{name + "!": [3, 4]})))
    for form in FORMS:
        assert name in drawn.texts(form)
        assert "mark-line" in vl_convert.vegalite_to_svg(drawn.record["live"][form])
    assert drawn.live()[0]["Economy"] in (name, "other")


@pytest.mark.parametrize(("name", "letter"), UNDRAWN.items())
def test_a_name_without_letters_is_refused(refused, name, letter):
    refused(f"have no .*{letter}", lambda: lines(runs(**{name: [1, 2]}), "year", "value"))


def test_what_cannot_be_drawn_is_refused(refused):
    refused("too long to stand at the end of a line", lambda: lines(runs(**{WORDS: [1, 2]}), "year", "value"))
    refused("no rows to draw", lambda: lines(runs(), "year", "value"))
    refused("column 'value': no value at all for b", lambda: lines(runs(a=[1, 2], b=[None, None]), "year", "value"))
    refused(
        r"column 'value', row 2 \(a\): 0 has no place on a log",
        lambda: lines(runs(a=[1, 0]), "year", "value", log=True),
    )
    refused(r"row 2 \(a\): inf is not a finite", lambda: lines(runs(a=[1, float("inf")]), "year", "value"))
    refused("highlight: no series 'z'; there are a", lambda: lines(runs(a=[1, 2]), "year", "value", highlight=["z"]))
    many = runs(**{f"s{n}": [n, n] for n in range(40)})
    refused("40 series, and room for the labels of 21", lambda: lines(many, "year", "value"))
    twice = pd.concat([runs(a=[1, 2]), runs(a=[3])], ignore_index=True)
    refused(r"column 'year', row 3 \(a\): this series has another value here", lambda: lines(twice, "year", "value"))
    for column, pattern in {"name": "'name', row 2: nothing", "year": r"'year', row 2 \(a\): nothing"}.items():
        df = runs(a=[1, 2]).astype(object)
        df.loc[1, column] = None
        refused(pattern, lambda df=df: lines(df, "year", "value"))
    text = runs(a=[1, 2]).astype({"year": str})
    refused("'2001' is not a finite number", lambda: lines(text, "year", "value"))


def test_a_missing_date_is_refused_and_a_date_is_told_in_words(shown, refused):
    df = runs(a=[1234.5, 2]).assign(year=pd.to_datetime(["2020-01-01", None]))
    refused(r"column 'year', row 2 \(a\): nothing stands here", lambda: lines(df, "year", "value"))
    df["year"] = pd.to_datetime(["2020-01-01", "2024-06-01"])
    said = shown(lines(df, "year", "value", fmt="{:number} points")).live()
    assert said[0] == {"Economy": "a", "Year": "January 2020", "Value": "1,234 points"}


def test_more_series_are_held_to_the_same(refused):
    more = runs(z=[None, None])
    refused("no value at all for z", lambda: lines(runs(a=[1, 2]), "year", "value", others=more))


def test_rings_and_lanes_stand_beside_lines_and_are_told(shown):
    rows, more = runs(a=[1, 2], b=[3, 5]), runs(a=[4]).assign(year=2009)
    asked = lines(rows, "year", "value", later=more, absent={"c": "no value at all"}, fmt=".0f")
    drawn = shown(asked)
    assert asked().told == (
        "Lines: Value. a: 1 in 2001 to 2 in 2002; b: 3 in 2001 to 5 in 2002; a, apart from its line: 4 in 2009; "
        "c: no value at all."
    )
    assert "c: no value at all" in drawn.texts()
    assert len(drawn.marks("mark-symbol")) == 1


@pytest.mark.parametrize(
    ("asked", "pattern"),
    [
        ({"later": runs(c=[1])}, "later: no line of 'c'; there are a"),
        ({"later": runs(a=[9])}, "later: the line of 'a' has the place 2001 as well"),
        ({"absent": {"a": "none"}}, "absent: 'a' has a line"),
        ({"absent": {"c": " "}}, "absent: 'c' has no reason"),
    ],
)
def test_rings_and_lanes_that_cannot_be_are_refused(refused, asked, pattern):
    refused(pattern, lambda: lines(runs(a=[1, 2]), "year", "value", **asked))
