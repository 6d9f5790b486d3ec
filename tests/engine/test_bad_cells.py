"""Bad cells, rows and files of a table: each gets one line with file, row, column, value and rule, no traceback."""

import datetime
import json
from decimal import Decimal

import pandas as pd
import pytest
from frictionless import Resource, Schema, system
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from brief.cellvalues import value_of
from brief.ext.checks.table_files import LARGEST, table_errors
from brief.ext.reading.text_files import text_errors
from brief.kernel.tables import load
from brief.tableschema import CELL, lines_of

FILE = "data/t/cells.csv"
COLUMNS = {
    "id": ("string", {"required": True, "pattern": "[\\w' .+-]+"}),
    "text": ("string", {}),
    "whole": ("integer", {"minimum": -10}),
    "decimal": ("number", {"maximum": 1e30}),
    "flag": ("boolean", {}),
    "year": ("year", {}),
    "month": ("yearmonth", {}),
    "day": ("date", {"minimum": "1990-01-01"}),
    "kind": ("string", {"enum": ["one", "two"]}),
    "economy": ("string", {}),
    "old": ("year", {"minimum": 1}),
}
GOOD = dict(
    id="a-1", text="Some text", whole="7", decimal="1.5", flag="true", year="2022", month="2022-02", day="2022-02-24"
) | dict(kind="one", economy="RUS", old="0988")
SECOND = GOOD | dict(id="b-2", kind="two")
NAMES = ",".join(COLUMNS)


def package():
    """The descriptor of the table and of the one that its economies point into."""
    fields = [{"name": n, "type": t, "constraints": c} for n, (t, c) in COLUMNS.items()]
    key = {"fields": ["economy"], "reference": {"resource": "t/economies", "fields": ["economy"]}}
    cells = {"fields": fields, "primaryKey": ["id", "kind"], "foreignKeys": [key]}
    codes = {"fields": [{"name": "economy", "type": "string"}], "primaryKey": ["economy"]}
    return {
        "name": "t",
        "resources": [
            {"name": "t/cells", "path": "t/cells.csv", "schema": cells},
            {"name": "t/economies", "path": "t/economies.csv", "schema": codes},
        ],
    }


def quoted(text):
    """A cell as CSV has it."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n\r') else text


def line(row):
    """A row as CSV has it."""
    return ",".join(quoted(row[name]) for name in COLUMNS)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A folder with the two tables."""
    folder = tmp_path_factory.mktemp("cells")
    (folder / "data" / "t").mkdir(parents=True)
    (folder / "_config.yml").write_text("title: t\n", "utf-8")
    (folder / "data" / "datapackage.json").write_text(json.dumps(package()), "utf-8")
    (folder / "data" / "t" / "economies.csv").write_text("economy\nRUS\nUSA\n", "utf-8")
    return folder


def errors(root, content):
    """What is said of the table with this content."""
    (root / FILE).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return table_errors(root)


def with_cell(column, text):
    """The table with a cell in its first row."""
    return f"{NAMES}\n{line(GOOD | {column: text})}\n{line(SECOND)}\n"


NUMBERS = "2_6|７|٧|1 000|1\u00a0000|1\u202f000|1,000|1.000,5|+7|--7|0x1F|1e|e5|½|07|7 | 7|7\u200b|\ufeff7|−7|–7|1O|l"
NUMBERS += "|7%|$7|7k|1/2|True|null|NA|-|#REF!|=1+1|1.5.2|(7)|'7|7;8|VII|seven|0b1|1d5|1e5f|१२"
CELLS = {
    "whole": NUMBERS + f"|7.0|1e3|-0|{2**53}|{2**63}|-{2**53 + 1}|{'9' * 400}|-11|7.",
    "decimal": NUMBERS + "|1e400|-1e400|1e-400|NaN|nan|inf|-Infinity|infinity|.5|5.|1.e5|-0|-0.0|1e31|1e9999|01.5|1e1.5"
    f"|0.1234567890123456789|{2**53 + 1}",
    "flag": "True|TRUE|1|0|yes|wahr|да|true |t|maybe|ｔｒｕｅ|truе",
    "year": "22|02022|2022.0|0001|1500|1799|2101|9999|２０２２|٢٠٢٢|2022 |-500|2O22|2_022|2022-02|+2022|MMXXII",
    "month": "2022-13|2022-00|2022-2|2022|02-2022|2022/02|99999-01|0001-01|1500-06|2101-01|2022-02-24|２０２２-02"
    "|2022-02 |2022\u201102|February 2022|2022-٠٢|22-02",
    "day": "2022-02-30|2023-02-29|2022-13-01|2022-00-10|2022-1-1|24.02.2022|02/24/2022|20220224|2022-02-24T00:00"
    "|2022-02-24 |２０２２-02-24|99999-01-01|1922-02-24|2122-02-24|2022-W08-4|today|0000-01-01|2022-02-2४",
    "old": "0000|988|2101",
    "text": "a\tb|a\x07b|a\x85b|a\u2028b|a\u200bb|a\u200db|a\u200cb|a\ufeffb|a\u202eb|a\u2066b|a\u00adb|a\ue000b"
    "|a\u0378b|a\ufffdb|a\u3164b| ab|ab |\u00a0ab|ab\u2003|a\x7fb|\ufffe|a\U000e0041b|a\u061cb|a\u200eb|\u2800"
    f'|{"a" * (CELL + 1)}|{"x" * 200_000}|say "{"x" * 200_000}',
    "id": "Sbеr|ΑB1x|a  1|a\u00a01|ａ1|a１|e\u0301a|a\ufe0f|ﬁn|a 1 |a/1|µm|a٧",
    "kind": "three|One|one |оne|onе",
    "economy": "XXX|rus|RUS |RUЅ|R US|ＲＵＳ",
}
BAD = [(column, text) for column, texts in CELLS.items() for text in texts.split("|")]


def test_there_are_many_bad_inputs():
    assert len(BAD) + len(ROWS) + len(FILES) >= 280


@pytest.mark.parametrize(("column", "text"), BAD, ids=lambda part: ascii(part)[:30])
def test_a_bad_cell_is_one_line(root, column, text):
    (said,) = errors(root, with_cell(column, text))
    assert said.startswith((f'{FILE}, row 2, column {column}: "', f"{FILE}, row 2: has a cell of more than 5,000")), (
        said
    )
    assert said.isprintable() and len(said) < 400
    assert text[:10] in said or "\\u" in said or len(text) > CELL
    if column in ("flag", "year", "month"):  # others can be of the right type and break another rule
        assert not loads(root)


def loads(root):
    """Whether a chapter would read the table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEF_ROOT", str(root))
        try:
            return load("t/cells") is not None
        except ValueError:
            return False


A, B = line(GOOD), line(SECOND)
ROWS = {
    "a comma too many": (f"{A},\n{B}", "row 2: has more cells than the header"),
    "a comma too few": (f"{A[: A.rindex(',')]}\n{B}", "row 2: has fewer cells than the header"),
    "an unquoted comma": (A.replace("Some text", "Some, text") + f"\n{B}", "row 2: has more cells than the header"),
    "a decimal comma": (A.replace("1.5", "1,5") + f"\n{B}", "row 2: has more cells than the header"),
    "a quote left open": (A.replace("Some", '"Some') + f"\n{B}", "row 2: has a quote left open"),
    "a quote within": (A.replace("Some text", 'Some "text"') + f"\n{B}", "row 2: has a quote left open"),
    "a quote not doubled": (A.replace("Some text", '"a "b" c"') + f"\n{B}", "row 2: has a quote left open"),
    "a space before a quote": (A.replace("Some text", ' "a"') + f"\n{B}", "row 2: has a quote left open"),
    "a line end in a cell": (A.replace("Some text", '"Some\ntext"') + f"\n{B}", "row 2: has a quote left open"),
    "semicolons": (A.replace(",", ";") + f"\n{B}", "row 2: has fewer cells than the header"),
    "a blank row": (f"{A}\n\n{B}", "row 3: is blank"),
    "a row of commas": (f"{A}\n{',' * (len(COLUMNS) - 1)}\n{B}", "row 3: is blank"),
    "a row of spaces": (f"{A}\n   \n{B}", "row 3: has fewer cells than the header"),
    "a blank row at the end": (f"{A}\n{B}\n", "row 4: is blank"),
    "a cut row": (f"{A}\n{B[:20]}", "row 3: has fewer cells than the header"),
    "a comment": (f"# ours\n{A}\n{B}", "row 2: has fewer cells than the header"),
    "the header again": (f"{A}\n{NAMES}\n{B}", "row 3, column whole"),
    "a row twice": (f"{A}\n{B}\n{A}", "row 4: has the key of row 2 (primaryKey: id, kind)"),
    "a key twice": (f"{A}\n{B}\n{line(GOOD | {'text': 'x'})}", "row 4: has the key of row 2 (primaryKey: id, kind)"),
    "a key in another spelling": (f"{A}\n{line(GOOD | {'id': 'A-1'})}", 'row 3, column id: "A-1" is "a-1" of row 2 in'),
    "a key with a space for a dash": (
        f"{A}\n{line(GOOD | {'id': 'a 1'})}",
        'row 3, column id: "a 1" is "a-1" of row 2',
    ),
    "no key": (f"{A}\n{line(GOOD | {'id': ''})}", "row 3, column id: is empty (required)"),
    "a mark of a merge": (f"<<<<<<< HEAD\n{A}\n{B}", 'row 2: "<<<<<<< HEAD" is the mark of an unfinished merge'),
    "its middle": (f"{A}\n=======\n{B}", 'row 3: "=======" is the mark of an unfinished merge'),
    "its end": (f"{A}\n>>>>>>> other\n{B}", 'row 3: ">>>>>>> other" is the mark of an unfinished merge'),
    "its base": (f"{A}\n||||||| base\n{B}", 'row 3: "||||||| base" is the mark of an unfinished merge'),
}
WHOLE = f"{NAMES}\n{A}\n{B}\n"
FILES = {
    "empty": ("", " is empty"),
    "spaces": (" \n \n", " is empty"),
    "a header": (f"{NAMES}\n", " has a header and no rows"),
    "no header": (f"{A}\n{B}\n", None),
    "semicolons": (WHOLE.replace(",", ";"), f', row 1: "{NAMES.replace(",", ";")[:80]}'),
    "tabs": (WHOLE.replace(",", "\t"), ', row 1: "id\\u0009text'),
    "a column less": (WHOLE.replace(",old\n", "\n"), ", row 1: column old is missing"),
    "a column more": (WHOLE.replace(",old\n", ",old,new\n"), ', row 1: column "new" is not in the schema'),
    "a column without name": (WHOLE.replace(",old\n", ",old,\n"), ', row 1: column "" is not in the schema'),
    "a hidden letter in a name": (WHOLE.replace("whole", "who\u200ble", 1), ", row 1: column whole is missing"),
    "a capital in a name": (WHOLE.replace("whole", "Whole", 1), ", row 1: column whole is missing"),
    "old line ends": (WHOLE.replace("\n", "\r"), ", row 1: ends its lines with CR alone: save it with LF"),
    "UTF-16": (WHOLE.encode("utf-16"), ", row 1: is not UTF-8: save it as UTF-8"),
    "UTF-16 without a mark": (WHOLE.encode("utf-16-le"), ", row 1: holds a NUL byte: is it UTF-8?"),
    "Windows-1251": (WHOLE.replace("Some", "Да").encode("cp1251"), ", row 2: is not UTF-8: save it as UTF-8"),
    "half a letter": (WHOLE.encode() + b"\xd0", ", row 4: is not UTF-8: save it as UTF-8"),
    "a lone surrogate": (WHOLE.replace("Some", "\ud800"), ", row 2: is not UTF-8: save it as UTF-8"),
    "a NUL byte": (WHOLE.replace("Some", "So\0me"), ", row 2: holds a NUL byte: is it UTF-8?"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ", row 3: holds a NUL byte"),
    "a spreadsheet": (b"PK\x03\x04" + bytes(200), ", row 1: holds a NUL byte"),
    "a web page": ("<!doctype html>\n<html></html>\n", ', row 1: "<!doctype html>" is one column: separate columns by'),
    "JSON": ('[{"id": 1}]\n', ", row 1: has a quote left open"),
    "a name of a pointer": ("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", ", row 1: "),
    "far too large": (WHOLE + " " * LARGEST, f" has {LARGEST + len(WHOLE.encode()):,} bytes, more than {LARGEST:,}"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_bad_row_is_one_line(root, case):
    rows, expected = ROWS[case]
    said = errors(root, f"{NAMES}\n{rows}\n")
    assert said[0].startswith(f"{FILE}, {expected}"), said
    assert len(said) == 1 or case in ("the header again", "a line end in a cell")
    assert all(each.isprintable() for each in said)


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_is_said_where_it_stands(root, case):
    content, expected = FILES[case]
    said = errors(root, content)
    assert said and all(each.startswith(FILE) and each.isprintable() for each in said)
    if expected:
        assert said[0].startswith(FILE + expected), said
        assert len(said) == 1 or "name" in case


def test_a_good_table_is_accepted_in_any_line_ends(root):
    for content in (WHOLE, WHOLE.replace("\n", "\r\n"), "\ufeff" + WHOLE, WHOLE.rstrip("\n")):
        assert errors(root, content) == []
        assert loads(root)


def test_what_is_wrong_in_each_row_is_said_of_the_first_ones(root):
    rows = [line(GOOD | {"id": f"a-{i}", "decimal": f"{i},5"}) for i in range(100)]
    said = errors(root, "\n".join([NAMES, *rows]) + "\n")
    assert said[0] == f'{FILE}, row 2, column decimal: "0,5" is not a number (type: number)'
    assert said[5:] == [f"{FILE}, column decimal: 95 more rows: is not a number (type: number)"]


ALPHABET = st.sampled_from("0123456789-+.,eE_ \u00a0٧７tfruealsINa:/T") | st.characters()
TYPED = st.sampled_from([name for name in COLUMNS if name not in ("economy", "kind")])
LIKELY = st.from_regex(r"-?[0-9]{0,20}(\.[0-9]{0,20})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)
LIKELY |= st.from_regex(r"[0-9]{3,5}-[0-9]{1,2}(-[0-9]{1,2})?", fullmatch=True) | st.floats().map(repr)
LIKELY |= st.dates().map(str) | st.integers().map(str) | st.sampled_from(["true", "false", "1", "0"])


@settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED, LIKELY.filter(bool) | st.text(ALPHABET, min_size=1, max_size=30))
@example("decimal", "0.1")
@example("decimal", "2.2e+23")
@example("whole", "-9007199254740991")
@example("old", "0001")
@example("text", 'a, "b" – ё 中')
def test_what_the_check_accepts_a_chapter_reads_as_the_same_value(root, column, text):
    try:
        said = errors(root, with_cell(column, text))
    except UnicodeEncodeError:
        return
    assert len(said) <= 1 or "\n" in text
    if said:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEF_ROOT", str(root))
        value = load("t/cells")[column][0]
    assert written(value, COLUMNS[column][0], text)


def written(value, kind, text):
    """Whether a value that a chapter has is what stands in the cell, letter by letter or digit by digit."""
    if kind == "number":
        return Decimal(repr(float(value))) == Decimal(text) and text.isascii()
    if kind in ("yearmonth", "date"):
        return isinstance(value, pd.Timestamp) and value.isoformat()[: len(text)] == text
    return {"boolean": lambda: str(value).lower(), "year": lambda: f"{value:04}"}.get(
        kind, lambda: str(value)
    )() == text


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(["integer", "number", "boolean", "year", "yearmonth", "date"]), LIKELY.filter(bool))
def test_the_standards_own_tool_reads_the_same_value(kind, text):
    """frictionless accepts more; what we accept it accepts, and as the same value."""
    try:
        ours = value_of(text, kind, {})
    except ValueError:
        return
    schema = Schema.from_descriptor({"fields": [{"name": "x", "type": kind}]})
    resource = Resource(data=[["x"], [text]], schema=schema)
    with system.use_context(trusted=True):
        ((theirs,),) = [list(row.values()) for row in resource.read_rows()]
    if isinstance(ours, datetime.date) and not isinstance(theirs, datetime.date):
        theirs = datetime.date(*theirs, 1)
    assert ours == type(ours)(theirs) if not isinstance(ours, datetime.date) else ours == theirs


BYTES = [
    b",",
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xd0",
    b";",
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    b"1e999",
    b"-",
    b"\xc2\xa0",
]
BYTES += [b"=======\n", b"NaN", b"9" * 30, b" ", b"\t", b"\xe2\x80\xa8", b".", b"e", b""]


@settings(deadline=None, max_examples=250)
@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 3, 20]), st.sampled_from(BYTES)), max_size=4))
def test_no_bytes_end_in_a_traceback(root, slips):
    content = bytearray(WHOLE.encode())
    for where, length, put in slips:
        start = round(where * len(content))
        content[start : start + length] = put
    lines = errors(root, bytes(content))
    assert all(line.startswith("data/t/") and line.isprintable() for line in lines)
    assert lines or loads(root)


def test_only_two_ends_of_lines_are_known():
    assert lines_of("a\r\nb\nc\u2028d\x0be\n".encode()) == ["a", "b", "c\u2028d\x0be"]


MERGED = "one\n<<<<<<< HEAD\ntwo\n=======\nthree\n>>>>>>> other\n"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("_config.yml", MERGED, ':2: "<<<<<<< HEAD" is the mark of an unfinished merge'),
        ("_toc.yml", "a: 1\n=======\nb: 2\n", ':2: "=======" is the mark of an unfinished merge'),
        ("CITATION.cff", MERGED, ":2: "),
        ("index.md", MERGED, ":2: "),
        ("chapters/one.md", MERGED, ":2: "),
        ("chapters/one.md", "a\n>>>>>>> b\n", ':2: ">>>>>>> b" is the mark of an unfinished merge'),
        ("chapters/deep/one.md", MERGED, ":2: "),
        ("chapters/code.py", MERGED, ":2: "),
        ("reference/one.md", MERGED, ":2: "),
        ("data/references.bib", MERGED, ":2: "),
        ("data/recipes/one.py", MERGED, ":2: "),
        ("chapters/one.md", "Да".encode("cp1251"), ":1: is not UTF-8: save it as UTF-8"),
        ("data/references.bib", b"a\n\xff", ":2: is not UTF-8: save it as UTF-8"),
        ("index.md", "a\0b", ":1: holds a NUL byte (U+0000)"),
        ("index.md", "a\n\nb\u202ec", ":3: holds a character that turns the direction of its text (U+202E)"),
        (
            "chapters/one.md",
            "x = 'a\u2066b'",
            ":1: holds a character that turns the direction of its text (U+2066)",
        ),
    ],
)
def test_a_file_that_is_no_text_is_one_line(tmp_path, name, content, expected):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (said,) = text_errors(tmp_path)
    assert said.startswith(name + expected)


def test_a_heading_in_markdown_may_be_underlined(tmp_path):
    (tmp_path / "index.md").write_text("Heading\n=======\n")
    assert text_errors(tmp_path) == []
