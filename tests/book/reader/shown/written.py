"""How a value reads, written anew from what CONTRIBUTING says of formats; and what the chapters' cells say of facts."""

import ast
import calendar
import csv
import datetime as dt
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
MONTHS = list(calendar.month_name)[1:]
ENDINGS = "thstndrd"
OPERATORS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CHART = re.compile(r"^:::\{chart\} (\S+)\n(.*?)^:::$", re.MULTILINE | re.DOTALL)
# A name before a cell, the fact or the cell, the format.
ROLE = re.compile(r"\{fact\}`(?:([^`<|]+?) <)?([^`|>]+)(?:\|([^`>]+))?>?`")


def as_written(value, fmt: str) -> str:
    """`value` in the format `fmt`; a range reads "low to high"."""
    if isinstance(value, list):
        low, high = (as_written(end, fmt) for end in value)
        return low if low == high else f"{low} to {high}"
    if fmt in NAMED:
        return NAMED[fmt](value)
    text = fmt.format(value) if "{" in fmt else format(value, fmt)
    return re.sub(r"(?<!\w)-(?=\d)", "\N{MINUS SIGN}", text) if not isinstance(value, str) else text


def unsaid(text: str, unit: str) -> str:
    """What of a unit its number does not say: "19 billion" of "billion parameters" leaves "parameters"."""
    if unit == "%" and text.replace(" ", "").isalpha():  # "two thirds"
        return ""
    words = unit.split()
    ends = [n for n in range(len(words) + 1) if f" {text.replace('%', ' %')}".endswith(f" {' '.join(words[:n])}")]
    left = " ".join(words[max(ends, default=0) :])
    return "" if left == "US dollars" and "$" in text else left


def _ordinal(value) -> str:
    last = 0 if 10 <= value % 100 <= 20 or value % 10 > 3 else value % 10
    return f"{value}{ENDINGS[2 * last : 2 * last + 2]}"


def _millions(value) -> str:
    for size, word in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if value >= size:
            return f"{value / size:.3g} {word}"
    return str(value)


def _day(value: str) -> str:
    day = dt.date.fromisoformat(value)
    return f"{day.day} {_month(value)}"


def _month(value: str) -> str:
    return f"{MONTHS[int(value[5:7]) - 1]} {value[:4]}"


def _number(value: float) -> str:
    digits = max(0, 3 - Decimal(str(value)).adjusted()) if value else 0
    text = f"{abs(value):,.{digits}f}"
    return ("\N{MINUS SIGN}" if value < 0 else "") + (text.rstrip("0").rstrip(".") if digits else text)


def figure_rows(folder: Path) -> list[list[str]]:
    """The rows of a figure's CSV as its page has them: days and months in words, numbers with the four digits that
    count, whole ones with all."""
    with zipfile.ZipFile(folder / f"{folder.name}.zip") as packed:
        fields = json.loads(packed.read("datapackage.json"))["resources"][0]["schema"]["fields"]
    named = {"number": lambda text: _number(float(text)), "date": _day, "yearmonth": _month}
    named |= {"boolean": {"True": "yes", "False": "no"}.get}
    named["integer"] = lambda text: text if 1000 <= int(text) <= 2100 else f"{int(text):,}"  # a year has no comma
    named["string"] = lambda text: _day(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text
    rows = []
    with (folder / f"{folder.name}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            cells = zip(row.values(), fields, strict=True)
            rows.append([named.get(field["type"], str)(text) if text else "" for text, field in cells])
    return rows


NAMED = {
    "words": lambda value: SMALL[value] if 0 <= value < 10 else f"{value:,}",
    "ordinal": _ordinal,
    "intword": _millions,
    "fraction": {66.7: "two thirds", 50: "half", 33.3: "a third"}.__getitem__,
    "day": _day,
    "month": lambda value: f"{MONTHS[int(value[5:7]) - 1]} {value[:4]}",
    "year": lambda value: str(value)[:4],
}


@dataclass
class Call:
    """A call in a chapter's cell that records something: its name, and its arguments as patterns of their texts."""

    chapter: str
    name: str
    id: str
    arguments: dict[str, str | None]
    positional: list[str]

    def says(self, argument: str, text: str, default: str = "") -> bool:
        """Whether `text` is what the cell gives for `argument`, as far as the cell alone says it."""
        return re.fullmatch(self.arguments.get(argument, re.escape(default)), text) is not None


def _pattern(node: ast.expr) -> str:
    """A pattern of the texts that an expression can give: itself for a literal, anything for what is computed."""
    if isinstance(node, ast.Constant):
        if node.value is None:
            return ""
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(_pattern(part) for part in node.values)
    return ".*"


def _texts(argument: ast.expr) -> list[str]:
    """The patterns of an argument: of a comparison those of its three parts."""
    if isinstance(argument, ast.Compare):
        sides = [_pattern(argument.left), *(_pattern(side) for side in argument.comparators)]
        return [sides[0], re.escape(OPERATORS[type(argument.ops[0])]), *sides[1:]]
    return [_pattern(argument)]


# The arguments that calls take by their place, after the id.
PLACES = {"fact": ["value", "unit", "period", "fmt"]}


def _spread(call: ast.Call, cell: ast.Module) -> list[ast.keyword]:
    """The named arguments of a call, those of a `**about` from the last `about = {...}` above it in the cell."""
    found = []
    for keyword in call.keywords:
        if keyword.arg:
            found.append(keyword)
            continue
        above = [a for a in ast.walk(cell) if isinstance(a, ast.Assign) and a.lineno < call.lineno]
        dicts = [a.value for a in above if ast.unparse(a.targets[0]) == ast.unparse(keyword.value)]
        given = max((d for d in dicts if isinstance(d, ast.Dict)), key=lambda d: d.lineno)
        pairs = zip(given.keys, given.values, strict=True)
        found += [ast.keyword(arg=ast.literal_eval(key), value=value) for key, value in pairs]
    return found


@lru_cache
def calls(path: Path) -> tuple[Call, ...]:
    """What the cells of a chapter record, in their order."""
    found = []
    for cell in CELL.findall(path.read_text("utf-8")):
        tree = ast.parse(cell)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                named = {keyword.arg: _pattern(keyword.value) for keyword in _spread(node, tree)}
                texts = [text for argument in node.args for text in _texts(argument)]
                named |= dict(zip(PLACES.get(node.func.id, []), texts[1:], strict=False))
                found.append(Call(path.stem, node.func.id, texts[0], named, texts))
    return tuple(found)


@lru_cache
def rows_quoted(root: Path) -> dict[str, dict[str, str]]:
    """What the tables say of the cells that pages quote, by the facts that they are: fmt, unit, period."""
    package = json.loads((root / "data/datapackage.json").read_text("utf-8"))
    entries = {entry["name"]: entry for entry in package["resources"]}
    found = {}
    for page in [root / "index.md", *root.glob("chapters/*.md"), *root.glob("reference/*.md")]:
        for called, target, fmt in ROLE.findall(CELL.sub("", page.read_text("utf-8"))):
            name, _, cell = target.rpartition("#")
            if name:
                entry = entries[name if "/" in name else f"{page.stem}/{name}"]
                chapter = page.stem if called else entry["name"].partition("/")[0]
                found[f"{chapter}.{called or cell}"] = _of_cell(root, entry, cell, fmt if called else "")
    return found


def _of_cell(root: Path, entry: dict, cell: str, fmt: str) -> dict[str, str]:
    """Format, unit and period of the cell "key.column" of a table, by its schema."""
    fields = {field["name"]: field for field in entry["schema"]["fields"]}
    key, _, column = cell.rpartition(".")
    key, column = (key, column) if column in fields else (cell, "value")
    with (root / "data" / entry["path"]).open(encoding="utf-8", newline="") as lines:
        of_key = entry["schema"]["primaryKey"]
        rows = [r for r in csv.DictReader(lines) if ("/".join(r[k] for k in of_key) + "/").startswith(f"{key}/")]
    (row,) = rows
    reads = [r for r in entry.get("rules", []) if r["rule"] == "reads" and r["column"] == column]
    own = [r.get("spec") or row[r["format"]] for r in reads]
    field = fields[column]
    unit = row.get("unit") or {"1": ""}.get(field.get("unit", "1"), field.get("unit")) or field["title"].lower()
    unit = re.sub(r"\{(\w+)\}", lambda name: row[name[1]], field.get("quoted_as", "")) or unit
    usual = "{:,}%" if field.get("unit") == "%" else ","
    return {"fmt": fmt or (own or [""])[0] or usual, "unit": unit, "period": _period(row, fields, of_key, entry)}


def _period(row: dict[str, str], fields: dict[str, dict], key: list[str], entry: dict) -> str:
    if "period" in row:
        return row["period"]
    reading = {"year": str, "yearmonth": _month, "date": _day}
    times = [name for name in [*key, *fields] if fields[name]["type"] in reading and row[name]]
    if times:
        return reading[fields[times[0]]["type"]](row[times[0]])
    release = entry.get("release", "")
    return _month(release) if len(release) > 6 else release


def tables_read(root: Path, chapter: str) -> set[str]:
    """The tables that a chapter's cells read, that its sentences name cells of and, of its own, quote rows of."""
    text = (root / f"chapters/{chapter}.md").read_text("utf-8")
    named = set()
    for called, target, _ in ROLE.findall(text):
        table, cell, _ = target.partition("#")
        name = table if "/" in table else f"{chapter}/{table}"
        named |= {name} if cell and (called or name.startswith(f"{chapter}/")) else set()
    return named | set(re.findall(r'\b(?:load|table)\("([^"]+)"\)', text))


def call_of(root: Path, full: str, *names: str) -> Call:
    """The call that recorded `full` ("chapter.id"): of several that could have, the one that says most of its id."""
    chapter, _, id = full.partition(".")
    if "stated" in names and full in rows_quoted(root):
        return Call(chapter, "stated", id, {key: re.escape(text) for key, text in rows_quoted(root)[full].items()}, [])
    could = [c for c in calls(root / f"chapters/{chapter}.md") if c.name in names and re.fullmatch(c.id, id)]
    assert could, f"no cell records {full}"
    return max(could, key=lambda call: len(call.id.replace(".*", "")))


def format_of(root: Path, full: str, value) -> str:
    """The format in which a chapter records a fact."""
    call = call_of(root, full, "fact", "stated", "disputed")
    fmt = call.arguments.get("fmt")
    return re.sub(r"\\(.)", r"\1", fmt) if fmt else "" if isinstance(value, str) else ","


def chart_words(root: Path, full: str, value_of: Callable[[str], str]) -> dict[str, str]:
    """Title, subtitle and note of a figure as its chapter has them; value_of: the text of a fact by its full id."""
    chapter, _, id = full.partition(".")
    charts = CHART.findall((root / f"chapters/{chapter}.md").read_text("utf-8"))
    (words,) = [words for own, words in charts if own == id]
    filled = ROLE.sub(lambda quote: value_of(f"{chapter}.{quote[2]}"), words)
    return {"note": ""} | dict(re.findall(r"^:(\w+): (.*)$", filled, re.MULTILINE))


def backing(root: Path) -> dict[str, set[str]]:
    """The facts, by full id, that a figure's words quote or its conditions compare, by the figure's address."""
    found = {}
    for page in root.glob("chapters/*.md"):
        for id, words in CHART.findall(page.read_text("utf-8")):
            sides = re.findall(
                r"^:(?:holds:|  )\s*(?:[\d.]+ \* )?(\S+) [<>=!]+ (?:[\d.]+ \* )?(\S+):", words, re.MULTILINE
            )
            sides += [(target, target) for _, target, _ in ROLE.findall(words)]
            named = {f"{page.stem}.{side}" for pair in sides for side in pair if not side[0].isdigit()}
            found[f"{page.stem}-{id}"] = named
    return found


def quotes(root: Path, page: str) -> list[tuple[str, str]]:
    """(full id, format or "") of each fact that a page's source quotes, in order."""
    text = CHART.sub("", CELL.sub("", (root / f"{page}.md").read_text("utf-8")))
    own = page.rpartition("/")[2]
    return [(_named((name or id).strip(), own), "" if name else fmt.strip()) for name, id, fmt in ROLE.findall(text)]


def _named(target: str, own: str) -> str:
    """The full id of a fact that a page of the name `own` quotes as `target`."""
    table, _, id = target.rpartition("#")
    if table:
        return f"{table.partition('/')[0] if '/' in table else own}.{id}"
    return id if "." in id else f"{own}.{id}"
