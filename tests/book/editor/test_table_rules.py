"""The rules declared in data/datapackage.json hold, and each is broken by a corrupt row of its table."""

import csv
import io
import shutil

import pytest

from brief import project
from brief.ext.checks.group_rules import grouped
from brief.ext.checks.rules import picked, rule_faults
from brief.ext.checks.table_files import table_errors
from brief.tableschema import read
from tests.conftest import ROOT

ENTRIES = {entry["name"]: entry for entry in project.package(ROOT)["resources"]}
TABLES = {name: read((ROOT / "data" / e["path"]).read_bytes(), e["schema"])[0] for name, e in ENTRIES.items()}
DECLARED = [(name, number) for name, e in ENTRIES.items() for number in range(len(e.get("rules", [])))]


def rows_of(name):
    """The rows of a table as written."""
    with (ROOT / "data" / ENTRIES[name]["path"]).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def corrupt(rule, rows, table, types):
    """Break a rule in the rows of a table, as a slip of an editor could."""
    mine = picked(table, rule.get("where", {}))
    columns = rule.get("columns") or [rule.get("column")]

    def filled(*names):
        return [i for i in mine if all(table.columns[name][i] is not None for name in names)]

    def group(least):
        """The rows of a group of at least so many."""
        by = rule.get("within", []) if rule["rule"] == "sorted" else rule.get("by", [])
        return next(g for g in grouped(table, filled(*columns) if columns[0] else mine, by).values() if len(g) >= least)

    match rule["rule"]:
        case "ordered":
            i = filled(columns[0], columns[-1])[0]
            years = types[columns[0]] == "year"
            rows[i][columns[0]] = "2100" if years else str(table.columns[columns[-1]][i] + 1)
        case "range":
            rows[filled(columns[0])[0]][columns[0]] = str(rule["maximum"] + 1)
        case "pattern":
            row = rows[filled(*columns)[0]]
            row[columns[0]] = row[columns[0]][:4] + {"yearmonth": "-03", "date": "-02-15"}[types[columns[0]]]
        case "reads":
            if "spec" in rule:  # no number is a month
                rule["spec"] = "{:month}"
            else:
                rows[filled(*columns)[0]][rule["format"]] = "{:month}"
        case "within":
            row = rows[filled(*columns)[0]]
            row[columns[0]] = "1922" + row[columns[0]][4:]
        case "together":
            rows[filled(*columns)[0]][columns[0]] = ""
        case "sum" | "matches":
            theirs = TABLES[rule.get("table", "censorship/google_reasons")]
            known = grouped(theirs, list(range(len(theirs))), rule["by"]) if "table" in rule else {}
            keys = {i: tuple(table.texts[name][i] for name in rule.get("by", [])) for i in filled(*columns)}
            i = [i for i, key in keys.items() if not known or key in known][-1]
            least = rule.get("compare") == "at least"
            rows[i][columns[0]] = "0" if least else str(table.columns[columns[0]][i] + 1000)
        case "whole":
            ((total, word),) = rule["row"].items()
            i = next(i for i in filled(*columns) if rows[i][total] == word)
            rows[i][columns[0]] = "1"
        case "sorted":
            numbers = group(2)
            rows[numbers[0]], rows[numbers[-1]] = rows[numbers[-1]], rows[numbers[0]]
        case "same":
            text = rows[group(2)[0]][columns[0]]
            words = {"boolean": {"true": "false", "false": "true"}.get(text), "string": text + "x"}
            rows[group(2)[0]][columns[0]] = words.get(types[columns[0]]) or str(int(text) + 1)
        case "trend":
            numbers = sorted(group(3), key=lambda i: table.columns[rule["along"]][i])
            a, b = rows[numbers[0]], rows[numbers[-1]]
            a[columns[0]], b[columns[0]] = b[columns[0]], a[columns[0]]
        case "complete":
            del rows[mine[-1]]
        case "consecutive":
            numbers = sorted(group(3), key=lambda i: table.columns[columns[0]][i])
            del rows[numbers[1]]
        case kind:
            raise NotImplementedError(kind)


@pytest.mark.parametrize(("name", "number"), DECLARED, ids=lambda part: str(part))
def test_a_corrupt_row_breaks_each_declared_rule(name, number):
    entry, rule = ENTRIES[name], ENTRIES[name]["rules"][number]
    rule = {**rule}
    only = entry | {"rules": [rule]}
    assert list(rule_faults(TABLES[name], only, TABLES)) == []
    rows = rows_of(name)
    corrupt(rule, rows, TABLES[name], {field["name"]: field["type"] for field in entry["schema"]["fields"]})
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    table, faults = read(out.getvalue().encode(), entry["schema"])
    assert not faults
    broken = [str(fault) for fault in rule_faults(table, only, TABLES)]
    assert broken and f"{rule['rule']}" in broken[0] and ", row " in broken[0]


def test_most_tables_have_rules():
    assert len(DECLARED) >= 120 and sum("rules" in entry for entry in ENTRIES.values()) >= 45


# Slips that keep every column's type and bounds: what is changed, from what to what, and how it is said.
SLIPS = {
    "5,000 complete of 50 asked": (
        "censorship/speechmap",
        "Claude 3.5 Sonnet,anthropic,USA,CHN,English,50,20,",
        "Claude 3.5 Sonnet,anthropic,USA,CHN,English,50,5000,",
        "column complete, evasive, denial, error: make 5,030, not questions 50 (sum)",
    ),
    "more refused than asked": (
        "censorship/speechmap",
        "Claude 3.5 Sonnet,anthropic,USA,CHN,English,50,20,23,7,",
        "Claude 3.5 Sonnet,anthropic,USA,CHN,English,50,20,23,70,",
        "column complete, evasive, denial, error: make 113, not questions 50 (sum)",
    ),
    "low above high": (
        "talent/departures",
        ",7000,,8000,",
        ",9000,,8000,",
        'row 2, column low: "9000" is above high "8000" (ordered: low, central, high)',
    ),
    "a day a century off": (
        "hardware/sanctions",
        ",2022-02-24,",
        ",1922-02-24,",
        'column day: "1922-02-24" is below 2000-01-01 (minimum)',
    ),
    "a day in another month": (
        "hardware/sanctions",
        ",2022-02-24,",
        ",2022-03-24,",
        'column day: "2022-03-24" is not in date "2022-02" (within)',
    ),
    "a month a century off": (
        "hardware/sanctions",
        "2022-02,2022-02-24,",
        "2122-02,2022-02-24,",
        'column date: "2122-02" is above 2030-12 (maximum)',
    ),
    "a share of two digits turned": (
        "censorship/geopolitical_preference",
        "GigaChat-Max,RUS,USA-China,English,favoured USA,71.4,",
        "GigaChat-Max,RUS,USA-China,English,favoured USA,17.4,",
        "column share: make 46.0 in the rows of GigaChat-Max, USA-China, English, not 100 (sum, within 0.25)",
    ),
    "a value times 1,000": (
        "hardware/top500_by_economy",
        "2026-06,RUS,5,68979,",
        "2026-06,RUS,5,68979000,",
        '"68979000" is above',
    ),
    "a share of more than a hundred": (
        "talent/departures",
        ",6,,7,%,",
        ",6,,700,%,",
        'row 12, column high: "700" is above 100 (range)',
    ),
    "another counter's source": (
        "competitiveness/investment",
        "RUS,2019,CSET,30.74,of 2021,owid-cset-investment-2026",
        "RUS,2019,CSET,30.74,of 2021,russland-der-ruckgang-der-2021",
        'column source: "russland-der-ruckgang-der-2021" is "owid-cset-investment-2026" in row',
    ),
    "a value without its unit": (
        "talent/statements",
        ",2.8,%,",
        ",2.8,,",
        'row 2, column unit: is empty where value is "2.8" (together: value, unit)',
    ),
    "another economy in a model's rows": (
        "censorship/speechmap",
        "DeepSeek-V3,deepseek,CHN,CHN,English",
        "DeepSeek-V3,deepseek,USA,CHN,English",
        'column economy: "USA" is "CHN" in row',
    ),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slips")
    shutil.copytree(ROOT / "data", folder / "data")
    return folder


def said(root, name, change):
    """What the check says of a table with a change; the table is put back."""
    path = root / "data" / ENTRIES[name]["path"]
    before = path.read_text("utf-8")
    path.write_text(change(before), "utf-8")
    lines = table_errors(root)
    path.write_text(before, "utf-8")
    return lines


@pytest.mark.parametrize("case", SLIPS)
def test_a_slip_that_keeps_the_schema_breaks_a_rule(root, case):
    name, old, new, expected = SLIPS[case]
    (line,) = said(root, name, lambda text: _replaced(text, old, new))[:1]
    assert line.startswith(f"data/{name}.csv, row ") and expected in line


def _replaced(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


def swapped(column, *keys):
    """A change of a table: two rows, told by the words that they have, swap a column."""

    def change(text):
        rows = list(csv.DictReader(io.StringIO(text)))
        a, b = (next(row for row in rows if key.items() <= row.items()) for key in keys)
        a[column], b[column] = b[column], a[column]
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()

    return change


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (
            "competitiveness/large_systems",
            swapped("systems", {"economy": "USA", "year": "2022"}, {"economy": "USA", "year": "2024"}),
        ),
        (
            "hardware/top500_by_economy",
            swapped("systems", {"list": "2024-06", "economy": "RUS"}, {"list": "2024-06", "economy": "USA"}),
        ),
        (
            "hardware/top500_frontier",
            swapped("rmax", {"list": "2024-06", "measure": "rank_1"}, {"list": "2024-06", "measure": "rank_500"}),
        ),
        (
            "competitiveness/arena",
            swapped(
                "best_score",
                {"date": "2024-04-26", "board": "overall", "economy": "USA"},
                {"date": "2024-04-26", "board": "overall", "economy": "CHN"},
            ),
        ),
        (
            "competitiveness/tortoise",
            swapped("score", {"economy": "RUS", "pillar": "Talent"}, {"economy": "USA", "pillar": "Talent"}),
        ),
        (
            "censorship/google_requests",
            swapped(
                "requests",
                {"period_end": "2021-12-31", "economy": "RUS"},
                {"period_end": "2021-12-31", "economy": "USA"},
            ),
        ),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_two_values_swapped_break_a_rule_where_a_rule_ties_them(root, name, change):
    lines = said(root, name, change)
    assert lines and all(line.startswith(f"data/{name}.csv, row ") for line in lines)


def test_a_table_cut_between_rows_is_not_complete(root):
    for name in ("talent/github_activity", "censorship/press_freedom", "competitiveness/publications"):
        (line,) = said(root, name, lambda text: "".join(text.splitlines(keepends=True)[:-1]))
        assert line.endswith("(complete)")
