"""data/datapackage.json: whatever is wrong with it is said in one line with table, column, key and value."""

import copy
import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.ext.checks import inputs
from brief.ext.checks.descriptor import FILE, descriptor_errors
from brief.ext.checks.table_files import table_errors
from brief.ext.reading.text_files import text_errors
from tests.engine.conftest import BOOKS

TEXT = (BOOKS / "minimal" / FILE).read_text("utf-8")
GOOD = json.loads(TEXT)


def the(package, name):
    """A table of a package."""
    return next(entry for entry in package["resources"] if entry["name"] == name)


def column(package, table, name):
    """A column of it."""
    return next(field for field in the(package, table)["schema"]["fields"] if field["name"] == name)


def change(path, value):
    """A change of one key: "bread/ovens loaves constraints.minimum" names table, column and keys."""

    def apply(package):
        table, name, keys = ([*path.split(" "), "", ""])[:3]
        part = package if table == "." else the(package, table) if name == "." else column(package, table, name)
        *folders, last = keys.split(".")
        for key in folders:
            part = part[int(key)] if key.isdigit() else part.setdefault(key, {})
        if value is ...:
            del part[last]
        else:
            part[last] = value(part.get(last)) if callable(value) else value

    return apply


READS = {"rule": "reads", "column": "loaves"}
OVENS, LOAVES, TOWN = "bread/ovens . ", "bread/ovens loaves ", "bread/ovens town "
HERE, L, T = ", table bread/ovens", ", table bread/ovens, column loaves", ", table bread/ovens, column town"
KEY = [{"fields": ["source"], "reference": {"resource": "shared/sources", "fields": ["source"]}}]


def key(**changed):
    """A foreign key with a change."""
    reference = KEY[0]["reference"] | {k: v for k, v in changed.items() if k != "columns"}
    return [{"fields": changed.get("columns", ["source"]), "reference": reference}]


CHANGED = {
    "recipe elsewhere": (
        OVENS + "recipe",
        "../recipes/mill.py",
        HERE + ', recipe: "../recipes/mill.py" is no recipe: a Python file of data/recipes/',
    ),
    "recipe gone": (
        OVENS + "recipe",
        "data/recipes/mill.py",
        HERE + ", recipe: there is no file data/recipes/mill.py",
    ),
    "no name": (". . name", ..., ": has no name"),
    "a blank name": (". . name", " ", ', name: " " is blank'),
    "no tables": (". . resources", ..., ": has no resources"),
    "an empty list of tables": (". . resources", [], ', resources: "[]" is an empty list'),
    "tables by name": (". . resources", {"a": 1}, ', resources: "{"a": 1}" is not a list'),
    "a table that is text": (". . resources", ["x"], ', table number 1: "x" is not an object'),
    "an unknown key": (". . keywords", ["AI"], ': key "keywords" is not known: there are name, title'),
    "another profile": (". . profile", "data-package", ', profile: "data-package" is not tabular-data-package'),
    "a licence that is text": (". . licenses", ["MIT"], ', licence number 1: "MIT" is not an object'),
    "a script as licence": (
        ". . licenses.0.path",
        "javascript:alert(1)",
        ', licence CC-BY-4.0, path: "javascript:alert(1)" is no http or https address',
    ),
    "no path": (OVENS + "path", ..., f"{HERE}: has no path"),
    "no schema": (OVENS + "schema", ..., f"{HERE}: has no schema"),
    "a schema elsewhere": (OVENS + "schema", "ovens.json", f'{HERE}, schema: "ovens.json" is not an object'),
    "no columns": (OVENS + "schema.fields", [], f'{HERE}, fields: "[]" is an empty list'),
    "a path outside data": (OVENS + "path", "../ovens.csv", f'{HERE}, path: "../ovens.csv" is no path of a CSV file'),
    "a path hidden below": (OVENS + "path", "a/../../b.csv", f'{HERE}, path: "a/../../b.csv" is no path of a CSV'),
    "an absolute path": (OVENS + "path", "/etc/x.csv", f'{HERE}, path: "/etc/x.csv" is no path of a CSV file'),
    "an address": (OVENS + "path", "https://a.b/x.csv", f'{HERE}, path: "https://a.b/x.csv" is no path of a CSV'),
    "two paths": (OVENS + "path", ["a.csv"], f'{HERE}, path: "["a.csv"]" is not text'),
    "a spreadsheet": (OVENS + "path", "ovens.xlsx", f'{HERE}, path: "ovens.xlsx" is no path of a CSV file'),
    "a name with a space": (
        OVENS + "name",
        "bread ovens",
        ', table bread ovens, name: "bread ovens" is no name of',
    ),
    "a name upwards": (OVENS + "name", "../ovens", ', table ../ovens, name: "../ovens" is no name of a table'),
    "a number for a name": (OVENS + "name", 7, ', table number 5, name: "7" is not text'),
    "a name twice": (OVENS + "name", "bread/grain", ", table bread/grain: its name stands twice"),
    "a file twice": (OVENS + "path", "bread/grain.csv", ", table bread/grain.csv: its path stands twice"),
    "a file twice in capitals": (OVENS + "path", "bread/Grain.csv", ", table bread/grain.csv: its path stands twice"),
    "another dialect": (OVENS + "dialect", {"delimiter": ";"}, f'{HERE}: key "dialect" is not known'),
    "another encoding": (OVENS + "encoding", "cp1251", f'{HERE}, encoding: "cp1251" is not utf-8'),
    "another format": (OVENS + "format", "tsv", f'{HERE}, format: "tsv" is not csv'),
    "a misspelt key": (OVENS + "rule", [], f'{HERE}: key "rule" is not known: rules?'),
    "caveats in a list": (OVENS + "caveats", ["a"], f'{HERE}, caveats: "["a"]" is not text'),
    "rows in the descriptor": (OVENS + "data", [], f'{HERE}: key "data" is not known'),
    "other missing values": (
        OVENS + "schema.missingValues",
        ["-"],
        f'{HERE}, schema: key "missingValues"',
    ),
    "a key that is text": (OVENS + "schema.primaryKey", "town", f'{HERE}, primaryKey: "town" is not a list'),
    "a key without a column": (OVENS + "schema.primaryKey", ["city"], f'{HERE}, primaryKey: there is no column "city"'),
    "a column twice in a key": (
        OVENS + "schema.primaryKey",
        ["town", "town"],
        f'{HERE}, primaryKey: "["town", "town"]" has one of its words twice',
    ),
    "a key to no table": (
        OVENS + "schema.foreignKeys",
        key(resource="shared/source"),
        f'{HERE}, foreignKeys: there is no table "shared/source": shared/sources?',
    ),
    "a key to no column": (
        OVENS + "schema.foreignKeys",
        key(fields=["key"]),
        f'{HERE}, foreignKeys: shared/sources has no column "key"',
    ),
    "a key from no column": (
        OVENS + "schema.foreignKeys",
        key(columns=["from"]),
        f'{HERE}, foreignKeys: there is no column "from"',
    ),
    "a key of another width": (
        OVENS + "schema.foreignKeys",
        key(columns=["source", "town"]),
        f"{HERE}, foreignKeys: 2 columns point to 1 of shared/sources",
    ),
    "a key of another type": (
        OVENS + "schema.foreignKeys",
        key(columns=["loaves"]),
        f"{HERE}, foreignKeys: column loaves is integer, column source of shared/sources is string",
    ),
    "a key without reference": (
        OVENS + "schema.foreignKeys",
        [{"fields": ["source"]}],
        f"{HERE}, foreignKeys number 1: has no reference",
    ),
    "a column without a type": (LOAVES + "type", ..., f"{L}: has no type"),
    "a column without a name": (LOAVES + "name", ..., f"{HERE}, column number 2: has no name"),
    "a column twice": (LOAVES + "name", "town", f"{HERE}: column town stands twice"),
    "a column with a space behind": (LOAVES + "name", "loaves ", f'{HERE}: column "loaves " has a space at its end'),
    "a column with two scripts": (LOAVES + "name", "lоaves", f'{HERE}: column "lоaves" mixes letters of two scripts'),
    "an unknown type": (LOAVES + "type", "int", f'{L}, type: "int" is not one of string, integer'),
    "a type we do not read": (LOAVES + "type", "datetime", f'{L}, type: "datetime" is not one of string'),
    "another way to read dates": (LOAVES + "format", "%d.%m.%Y", f'{L}: key "format" is not known'),
    "another decimal sign": (LOAVES + "decimalChar", ",", f'{L}: key "decimalChar" is not known: decimals?'),
    "words for true": (LOAVES + "trueValues", ["yes"], f'{L}: key "trueValues" is not known'),
    "decimals below nought": (LOAVES + "decimals", -1, f'{L}, decimals: "-1" breaks the rule minimum 0'),
    "no such column in what it is": (
        LOAVES + "quoted_as",
        "loaves of {village}",
        f'{L}, quoted_as: there is no column "village"',
    ),
    "a way to read that is no format": (
        OVENS + "rules",
        [READS | {"spec": "wrods"}],
        f'{HERE}, rule number 1 (reads), spec: "wrods" is no format, see brief/formats.py',
    ),
    "a way to read said twice over": (
        OVENS + "rules",
        [READS | {"spec": "words", "format": "note"}],
        f"{HERE}, rule number 1 (reads): has both format, spec",
    ),
    "no way to read": (OVENS + "rules", [READS], f"{HERE}, rule number 1 (reads): needs one of format, spec"),
    "two ways to read": (
        OVENS + "rules",
        [READS | {"spec": "words"}, READS | {"spec": ","}],
        f'{HERE}, rules: column "loaves" reads in two ways',
    ),
    "a format in what it is": (
        LOAVES + "quoted_as",
        "of {town:>9}",
        f"{L}, quoted_as: column town stands in braces with a format: it is",
    ),
    "a brace left open in what it is": (
        LOAVES + "quoted_as",
        "of {town",
        f'{L}, quoted_as: "of {{town" is no text with',
    ),
    "decimals in words": (LOAVES + "decimals", "two", f'{L}, decimals: "two" is not a whole number'),
    "a unit that is a number": (LOAVES + "unit", 1, f'{L}, unit: "1" is not text'),
    "a misspelt constraint": (
        LOAVES + "constraints.minimal",
        0,
        f'{L}, constraints: key "minimal" is not known: minimum?',
    ),
    "a constraint we do not check": (
        LOAVES + "constraints.minLength",
        2,
        f'{L}, constraints: key "minLength" is not known',
    ),
    "required in words": (
        LOAVES + "constraints.required",
        "yes",
        f'{L}, constraints, required: "yes" is not true',
    ),
    "a bound in words": (LOAVES + "constraints.minimum", "none", f'{L}, minimum: "none" is not a whole number'),
    "a bound of another type": (LOAVES + "constraints.minimum", 0.5, f'{L}, minimum: "0.5" is not a whole number'),
    "a bound of text": (TOWN + "constraints.minimum", "A", f"{T}, minimum: is for numbers and dates, the column is"),
    "bounds crossed": (
        LOAVES + "constraints",
        {"minimum": 9, "maximum": 1},
        f"{L}, minimum: 9 is above the maximum 1",
    ),
    "a pattern that is none": (TOWN + "constraints.pattern", "[a-", f'{T}, pattern: "[a-" is no regular expression'),
    "a pattern for numbers": (LOAVES + "constraints.pattern", "1", f"{L}, pattern: is for text, the column is a whole"),
    "an empty list of words": (TOWN + "constraints.enum", [], f'{T}, constraints, enum: "[]" is an empty list'),
    "a word of another type": (LOAVES + "constraints.enum", ["many"], f'{L}, enum: "many" is not a whole number'),
    "a number among words": (TOWN + "constraints.enum", ["Alder", 5], f'{T}, enum: "5" is not text (type: string)'),
    "constraints in a list": (LOAVES + "constraints", [1], f'{L}, constraints: "[1]" is not an object'),
    "a hidden character": (OVENS + "title", "Ove\u200bns", f'{HERE}, title: "Ove\\u200bns" holds an invisible'),
    "half a character": (OVENS + "title", "Ovens \ud800", f'{HERE}, title: "Ovens \\ud800" holds half a character'),
    "a line end in a text": (LOAVES + "description", "a\nb", f'{L}, description: "a\\u000ab" holds a line end'),
}
WRITTEN = {
    "no JSON": (
        TEXT.replace('"name": "bread",', '"name": "bread"', 1),
        ":3:2: is not JSON: Expecting",
    ),
    "cut": (TEXT[:-40], ":5"),
    "empty": ("", ":1:1: is not JSON: Expecting value"),
    "a comment": (TEXT.replace("{", "{ // ours", 1), ":1:3: is not JSON"),
    "a list": ("[]", ': "[]" is not an object'),
    "null": ("null", ': "null" is not an object'),
    "text": ('"x"', ': "x" is not an object'),
    "a key twice": (
        TEXT.replace('"title": "Ovens"', '"title": "A", "title": "Ovens"', 1),
        ': key "title" stands twice in one object ("bread/ovens")',
    ),
    "NaN": (TEXT.replace('"minimum": 0', '"minimum": NaN', 1), ": NaN is not a number that JSON has"),
    "a number of 5,000 digits": (
        TEXT.replace('"minimum": 0', '"minimum": ' + "9" * 5000, 1),
        ": 99999999999999999999… is too large a number",
    ),
    "far too deep": (TEXT.replace('"minimum": 0', '"minimum": ' + "[" * 100_000, 1), ": is not JSON that we read"),
    "UTF-16": (TEXT.encode("utf-16"), ":1: is not UTF-8: save it as UTF-8"),
    "Windows-1251": (TEXT.replace("Ovens", "Печи").encode("cp1251"), ":332: is not UTF-8"),
    "a byte order mark": (b"\xef\xbb\xbf" + TEXT.encode(), ":1:1: is not JSON: Unexpected UTF-8 BOM"),
    "a NUL byte": (TEXT.replace("Ovens", "Ov\0ens"), ":332: holds a NUL byte"),
    "an unfinished merge": (
        TEXT.replace(' "title"', '<<<<<<< HEAD\n "title"', 1),
        ':3: "<<<<<<< HEAD" is the mark of an unfinished merge',
    ),
}


def test_the_descriptor_of_the_small_book_is_right(unbuilt):
    assert descriptor_errors(unbuilt.root) == []


@pytest.mark.parametrize("case", CHANGED)
def test_a_wrong_descriptor_is_one_line(tmp_path, case):
    path, value, expected = CHANGED[case]
    package = copy.deepcopy(GOOD)
    change(path, value)(package)
    (tmp_path / "data").mkdir()
    (tmp_path / FILE).write_text(json.dumps(package), "utf-8")
    (line,) = descriptor_errors(tmp_path)
    assert line.startswith(FILE + expected) and "\n" not in line


@pytest.mark.parametrize("case", WRITTEN)
def test_a_descriptor_that_cannot_be_read_is_one_line(tmp_path, case):
    content, expected = WRITTEN[case]
    (tmp_path / "data").mkdir()
    (tmp_path / FILE).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    (line,) = text_errors(tmp_path) or descriptor_errors(tmp_path)
    assert line.startswith(FILE + expected) and "\n" not in line


@pytest.mark.slow
def test_a_built_book_stays_and_says_what_is_wrong(minimal):
    before = minimal.files()
    for text in ("{", json.dumps(GOOD | {"resources": [7]})):
        minimal.write(FILE, text)
        result = minimal.build()
        (line,) = result.stdout.splitlines()
        assert result.returncode == 1 and line.startswith(FILE)
    assert minimal.files() == before


def test_no_descriptor_is_no_book(unbuilt):
    (unbuilt.root / FILE).unlink()
    with unbuilt.start("-m", "brief", "check") as child:
        said = child.communicate()[0]
    assert child.returncode == 1
    assert said == f"no book (_config.yml and data/datapackage.json) at or above {unbuilt.root}\n"


def test_of_many_errors_the_first_are_named(tmp_path):
    package = copy.deepcopy(GOOD)
    for entry in package["resources"]:
        for field in entry["schema"]["fields"]:
            field["kind"] = 1
    (tmp_path / "data").mkdir()
    (tmp_path / FILE).write_text(json.dumps(package), "utf-8")
    *lines, last = descriptor_errors(tmp_path)
    assert len(lines) == 20 and last == f"{FILE}: 13 more errors"


VALUES = [
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    " ",
    "x",
    "town",
    "loaves",
    "bread/grain",
    "../x",
    "\u202e",
    "\ud800",
    "(a",
]
VALUES += [
    [],
    {},
    [1],
    ["x"],
    ["town", "town"],
    {"a": 1},
    [[]],
    [None],
    "2022-01-01",
    "integer",
    "date",
    {"town": ["Alder"]},
]
RULES = [
    {"rule": "ordered", "columns": ["wood_low", "wood_high"]},
    {"rule": "sum", "columns": ["loaves"], "by": ["town"], "maximum": 5000},
    {"rule": "reads", "column": "loaves", "spec": "{:,} loaves"},
    {"rule": "matches", "column": "loaves", "by": ["town"], "table": "bread/ovens", "take": "sum", "of": "loaves"},
    {"rule": "range", "columns": ["loaves"], "minimum": 0, "where": {"town": ["Alder"]}},
    {"rule": "whole", "column": "loaves", "by": ["source"], "row": {"town": "Alder"}, "parts": "each"},
]


def places(value, path=()):
    """The path of each value within a value."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


@pytest.fixture(scope="module")
def ruled(tmp_path_factory):
    """The small book's data, and its descriptor with rules."""
    root = tmp_path_factory.mktemp("ruled")
    shutil.copytree(BOOKS / "minimal" / "data", root / "data")
    package = copy.deepcopy(GOOD)
    the(package, "bread/ovens")["rules"] = RULES
    return root, package


@pytest.mark.slow
@settings(deadline=None, max_examples=250)
@given(st.data())
def test_no_change_of_the_descriptor_ends_in_a_traceback(ruled, data):
    root, package = ruled[0], copy.deepcopy(ruled[1])
    *path, last = data.draw(st.sampled_from([path for path in places(package) if path]))
    part = package
    for step in path:
        part = part[step]
    if data.draw(st.booleans()):
        part[last] = data.draw(st.sampled_from(VALUES))
    else:
        del part[last]
    (root / FILE).write_text(json.dumps(package), "utf-8")
    lines = descriptor_errors(root) or table_errors(root) or inputs.package_errors(root)
    assert all(line.startswith("data/") and line.isprintable() for line in lines)
