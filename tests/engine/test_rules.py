"""Rules across columns and rows: each says which row breaks it, and how; so does a rule that is declared wrongly."""

import json

import pytest

from brief.ext.checks.descriptor import FILE, descriptor_errors
from brief.ext.checks.rules import RULES, rule_faults
from brief.ext.checks.table_files import table_errors
from brief.tableschema import read

TYPES = {"low": "integer", "high": "integer", "year": "year", "month": "yearmonth", "day": "date", "share": "number"}
TYPES |= {"who": "string", "what": "string"}


def table(content):
    """A table whose columns have the types of their names."""
    fields = [{"name": name, "type": TYPES[name]} for name in content.split("\n")[0].split(",")]
    found, faults = read(content.encode(), {"fields": fields})
    assert not faults
    return found


OTHER = "who,low\nA,2\nA,3\nB,4\n"
CASES = [
    ({"rule": "ordered", "columns": ["low", "high"]}, "low,high\n1,2\n,2\n3,3\n1,\n", None),
    (
        {"rule": "ordered", "columns": ["low", "high"]},
        "low,high\n1,2\n5000,50\n",
        ', row 3, column low: "5000" is above high "50" (ordered: low, high)',
    ),
    ({"rule": "ordered", "columns": ["year", "day"]}, "year,day\n2022,2022-01-01\n", None),
    (
        {"rule": "ordered", "columns": ["year", "day"]},
        "year,day\n2023,2022-12-31\n",
        ', row 2, column year: "2023" is above day "2022-12-31" (ordered: year, day)',
    ),
    (
        {"rule": "range", "columns": ["low"], "minimum": 0, "maximum": 100, "where": {"who": ["%"]}},
        "low,who\n500,people\n101,%\n",
        ', row 3, column low: "101" is above 100 (range)',
    ),
    (
        {"rule": "range", "columns": ["low", "high"], "minimum": 5},
        "low,high\n5,6\n5,4\n",
        ', row 3, column high: "4" is below 5 (range)',
    ),
    (
        {"rule": "pattern", "column": "month", "matches": "\\d{4}-(06|11)"},
        "month,low\n2022-06,1\n,1\n2022-10,1\n",
        ', row 4, column month: "2022-10" does not match \\d{4}-(06|11) (pattern)',
    ),
    ({"rule": "within", "column": "day", "period": "month"}, "day,month\n2022-02-24,2022-02\n,2022-02\n", None),
    (
        {"rule": "within", "column": "day", "period": "month"},
        "day,month\n1922-02-24,2022-02\n",
        ', row 2, column day: "1922-02-24" is not in month "2022-02" (within)',
    ),
    (
        {"rule": "together", "columns": ["low", "who"]},
        "low,who,what\n1,A,\n,,x\n,B,\n",
        ', row 4, column low: is empty where who is "B" (together: low, who)',
    ),
    (
        {"rule": "reads", "column": "share", "format": "who"},
        "share,who\n1.5,{:.1f}%\n,ordinal\n1.5,\n2,ordinal\n1.5,ordinal\n",
        ", row 6, column who: 1.5 cannot be written as 'ordinal': not a whole number (reads)",
    ),
    (
        {"rule": "sum", "columns": ["low", "high"], "equals": 100},
        "low,high\n60,40\n70,40\n",
        ", row 3, column low, high: make 110, not 100 (sum)",
    ),
    (
        {"rule": "sum", "columns": ["low", "high"], "equals": "share", "within": 0.5},
        "low,high,share\n60,40,100.4\n60,40,\n60,40,99\n",
        ", row 4, column low, high: make 100, not share 99.0 (sum, within 0.5)",
    ),
    (
        {"rule": "sum", "columns": ["share"], "by": ["who"], "equals": 100, "within": 0.1},
        "who,share\nA,50.05\nB,10\nA,50\nB,80\n",
        ", row 3, column share: make 90.0 in the rows of B, not 100 (sum, within 0.1)",
    ),
    (
        {"rule": "sum", "columns": ["low"], "by": ["who"], "maximum": "high"},
        "who,low,high\nA,1,5\nA,4,5\nB,6,5\n",
        ", row 4, column low: make 6 in the rows of B, not at most high 5 (sum)",
    ),
    (
        {"rule": "whole", "column": "low", "by": ["year"], "row": {"who": "all"}, "parts": "each"},
        "year,who,low\n2022,A,5\n2022,all,5\n2022,B,5\n2023,A,7\n2023,all,6\n",
        ', row 5, column low: "7" is above "6" of all in row 6 (whole)',
    ),
    (
        {"rule": "whole", "column": "low", "by": ["year"], "row": {"who": "all"}, "parts": "sum"},
        "year,who,low\n2022,A,2\n2022,all,5\n2022,B,\n2023,A,3\n2023,B,4\n2023,all,6\n",
        ', row 7, column low: "6" of all is below the sum of the others of 2023, 7 (whole)',
    ),
    ({"rule": "sorted", "by": ["who", "year"]}, "who,year\nA,2022\nA,2023\nB,2022\n", None),
    (
        {"rule": "sorted", "by": ["who", "year"]},
        "who,year\nA,2022\nB,2022\nA,2023\n",
        ', row 4: "A, 2023" stands behind row 3 (sorted by who, year)',
    ),
    (
        {"rule": "sorted", "by": ["year"], "within": ["who"]},
        "who,year\nA,2022\nB,2021\nA,2020\n",
        ', row 4: "2020" stands behind row 2 (sorted by year)',
    ),
    (
        {"rule": "same", "columns": ["what"], "by": ["who"]},
        "who,what\nA,x\nB,y\nA,y\nA,x\n",
        ', row 4, column what: "y" is "x" in row 2, also of A (same by who)',
    ),
    (
        {"rule": "trend", "column": "low", "along": "year", "direction": "rising", "by": ["who"]},
        "who,year,low\nA,2022,5\nB,2022,1\nA,2023,4\nB,2021,\n",
        ', row 4, column low: "4" is below "5" of year 2022 (trend: rising)',
    ),
    (
        {"rule": "trend", "column": "share", "along": "low", "direction": "falling"},
        "share,low\n9,1\n8,2\n8.5,2\n8.6,3\n",
        ', row 5, column share: "8.6" is above "8.5" of low 2 (trend: falling)',
    ),
    (
        {"rule": "complete", "columns": ["year"], "by": ["who"]},
        "who,year\nA,2022\nA,2023\nB,2022\n",
        ", row 4, column year: B has no row of 2023 (complete)",
    ),
    (
        {"rule": "consecutive", "column": "year", "by": ["who"]},
        "who,year\nA,2022\nA,2025\nB,2022\nA,2023\n",
        ', row 3, column year: "2025" follows "2023" of row 5 with a gap (consecutive)',
    ),
    (
        {"rule": "matches", "column": "high", "by": ["who"], "table": "t/other", "take": "count"},
        "who,high\nA,2\nB,2\nC,5\n",
        ', row 3, column high: "2" is not 1, the number in 1 rows of t/other (matches)',
    ),
    (
        {"rule": "matches", "column": "high", "by": ["who"], "table": "t/other", "take": "sum", "of": "low"},
        "who,high\nA,5\nB,4000\n",
        ', row 3, column high: "4000" is not 4, the sum of low in 1 rows of t/other (matches)',
    ),
    (
        {
            "rule": "matches",
            "column": "high",
            "by": ["who"],
            "table": "t/other",
            "take": "max",
            "of": "low",
            "within": 1,
        },
        "who,high\nA,4\nB,2\n",
        ', row 3, column high: "2" is not 4, the max of low in 1 rows of t/other (matches, within 1)',
    ),
    (
        {"rule": "matches", "column": "high", "by": ["who"], "table": "t/other", "take": "sum", "of": "low"}
        | {"compare": "at least"},
        "who,high\nA,50\nB,3\n",
        ', row 3, column high: "3" is not at least 4, the sum of low in 1 rows of t/other (matches)',
    ),
]


@pytest.mark.parametrize(("rule", "content", "expected"), CASES, ids=lambda part: str(part)[:40])
def test_a_rule_names_the_row_that_breaks_it(rule, content, expected):
    found = [str(fault) for fault in rule_faults(table(content), {"rules": [rule]}, {"t/other": table(OTHER)})]
    assert found == ([expected] if expected else [])


def test_every_rule_is_tried():
    assert {rule["rule"] for rule, _, _ in CASES} == set(RULES)


WRONG = [
    ("low", ', rule number 1: "low" is not an object'),
    ({"columns": ["low"]}, ", rule number 1: has no rule"),
    ({"rule": "order"}, ', rule number 1, rule: "order" is not one of ordered, range, pattern'),
    ({"rule": "ordered"}, ", rule number 1: has no columns"),
    ({"rule": "ordered", "columns": "low"}, ', rule number 1, columns: "low" is not a list'),
    ({"rule": "ordered", "columns": []}, ', rule number 1, columns: "[]" is an empty list'),
    ({"rule": "ordered", "columns": ["low", "hihg"]}, ', rule number 1 (ordered), columns: there is no column "hihg"'),
    ({"rule": "ordered", "columns": ["low"], "column": "low"}, ', rule number 1: key "column" is not known: columns?'),
    (
        {"rule": "ordered", "columns": ["low", "who"]},
        ", rule number 1 (ordered), columns: column who is string, not one",
    ),
    (
        {"rule": "ordered", "columns": ["low"], "where": {"x": ["A"]}},
        ", rule number 1 (ordered), where: there is no col",
    ),
    ({"rule": "ordered", "columns": ["low"], "where": {"who": "A"}}, ', rule number 1, where, who: "A" is not a list'),
    ({"rule": "range", "columns": ["low"]}, ", rule number 1 (range): needs a minimum or a maximum"),
    ({"rule": "range", "columns": ["low"], "minimum": "0"}, ', rule number 1, minimum: "0" is not a number'),
    (
        {"rule": "pattern", "column": "who", "matches": "(a"},
        ', rule number 1 (pattern), matches: "(a" is no regular ex',
    ),
    ({"rule": "sum", "columns": ["low"]}, ", rule number 1 (sum): needs one of equals, maximum"),
    ({"rule": "sum", "columns": ["low"], "equals": "all"}, ', rule number 1 (sum), equals: there is no column "all"'),
    (
        {"rule": "sum", "columns": ["low"], "equals": 1, "by": ["share"]},
        ", rule number 1 (sum), by: column share is a n",
    ),
    ({"rule": "whole", "column": "low", "by": ["who"], "parts": "sum"}, ", rule number 1: has no row"),
    ({"rule": "trend", "column": "low", "along": "year", "direction": "up"}, ', rule number 1, direction: "up" is not'),
    (
        {"rule": "matches", "column": "low", "by": ["who"], "table": "t/x", "take": "count"},
        ", rule number 1 (matches), t",
    ),
    (
        {"rule": "matches", "column": "low", "by": ["who"], "table": "t/t", "take": "sum"},
        ", rule number 1 (matches): n",
    ),
    ({"rule": "sorted", "by": ["low", "low"]}, ', rule number 1, by: "["low", "low"]" has one of its words twice'),
]


@pytest.mark.parametrize(("rule", "expected"), WRONG, ids=lambda part: str(part)[:40])
def test_a_rule_declared_wrongly_is_one_line(tmp_path, rule, expected):
    fields = [{"name": name, "type": kind} for name, kind in TYPES.items()]
    entry = {"name": "t/t", "path": "t/t.csv", "schema": {"fields": fields}, "rules": [rule]}
    (tmp_path / "data").mkdir()
    (tmp_path / FILE).write_text(json.dumps({"name": "t", "resources": [entry]}), "utf-8")
    (line,) = descriptor_errors(tmp_path)
    assert line.startswith(f"{FILE}, table t/t{expected}")


def test_a_build_stops_at_a_broken_rule(unbuilt):
    package = json.loads((unbuilt.root / FILE).read_text("utf-8"))
    ovens = next(entry for entry in package["resources"] if entry["name"] == "bread/ovens")
    ovens["rules"] = [{"rule": "ordered", "columns": ["wood_low", "wood_high"]}]
    unbuilt.write(FILE, json.dumps(package))
    assert table_errors(unbuilt.root) == []
    unbuilt.edit("data/bread/ovens.csv", "Alder,1200,30,40", "Alder,1200,300,40")
    status, said = unbuilt.quick()
    line = 'data/bread/ovens.csv, row 2, column wood_low: "300" is above wood_high "40" (ordered: wood_low, wood_high)'
    assert status == 1 and line in said.splitlines(), said
    assert unbuilt.files() == {}
