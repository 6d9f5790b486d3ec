"""A cell of a table as a fact, looked up in the book's files alone, for who quotes it and for who checks that.

{fact}`its-name <table#key.column>`: the key is the row's, as the file has it, its parts joined by "/"; as much of it as
no other row begins with is enough. Without a column it is the column `value`. Rows of a table with an id need no name,
for they have one: {fact}`statements#its-id`. A table without a folder is one in the page's own. Its rule "reads" says
how the value is written, `quoted_as` of the column what it is, else its unit. Who says it, in what words, how sure that
is and what to mind are shown with it where the row has them.
"""

import re
from difflib import get_close_matches
from pathlib import Path

from brief import formats, formulas, names, project, tableschema
from brief.cellvalues import plain
from brief.coverage import ECONOMIES
from brief.records import SAID, CellRead, Fact, Step

_CALLED = re.compile(r"(.+?)\s*<(.*?)>", re.DOTALL)


def parsed(text: str) -> tuple[str, str, str]:
    """Name, target and format of a {fact}, by its text; name and format are "" where it has none.

    Raises ValueError for a text in which brackets or bars stand elsewhere.
    """
    called = _CALLED.fullmatch(text)
    name, whole = (called[1].strip(), called[2]) if called else ("", text)
    target, fmt = (part.strip() for part in f"{whole}|".split("|")[:2])
    if {*"<>|"} & {*name, *target}:
        raise ValueError("a cell is quoted as {fact}`a-name <table#row.column|format>`")
    return name, target, fmt


def named(target: str, docname: str) -> tuple[str, str]:
    """Table and cell that a target is of, as a page names them."""
    table, _, cell = (part.strip() for part in names.row_name(target, docname).partition("#"))
    return table, cell


def looked_up(tables: "Tables", docname: str, name: str, target: str, fmt: str) -> Fact:
    """The fact that a cell states which a page quotes, by what `parsed` gives.

    Raises ValueError when there is no such table, row or column, when it has no value, or one that its format does not
    fit, or when it has no name and needs one.
    """
    if name:
        names.check_record(name)
    fact = fact_of(tables, *named(target, docname), name, fmt if name else "")
    formats.render(fact["value"], fact["fmt"])
    return fact


class Tables(dict):
    """By name a table's entry in the schema, its rows and the digest of both; each is read once.

    Raises ValueError when there is none.
    """

    def __init__(self, root: Path):
        super().__init__()
        self.root = root

    def __missing__(self, name: str) -> tuple[dict, tableschema.Table, str]:
        try:
            entry, content, digest = project.read_table(self.root, name)
        except KeyError as error:
            raise ValueError(error.args[0]) from None
        table, faults = tableschema.read(content, entry["schema"])
        if table is None or faults:
            raise ValueError(f"data/{entry['path']}{faults[0]}")
        self[name] = entry, table, digest
        return self[name]

    def economy(self, code: str) -> str:
        """An economy's name by its code."""
        table = self[ECONOMIES][1].texts
        return dict(zip(table["economy"], table["name"], strict=True)).get(code, code)


def fact_of(tables: Tables, name: str, cell: str, called: str = "", fmt: str = "") -> Fact:
    """The fact that a cell, "key.column" or "key", of a table states. Raises ValueError as `looked_up`."""
    entry, table, _digest = tables[name]
    fields = {field["name"]: field for field in entry["schema"]["fields"]}
    key, _, column = cell.rpartition(".")
    if not key or column not in fields:
        key, column = cell, "value"
    if missing := [needed for needed in (column, "source") if needed not in fields]:
        lacks = cell.rpartition(".")[2] if missing[0] == "value" and "." in cell else missing[0]
        raise ValueError(f"{cell!r} can't be quoted: {name} has no column {lacks}; it has {', '.join(fields)}")
    if column == "source":
        raise ValueError(f"{cell!r} is a source: cite it")
    columns_of_key = entry["schema"].get("primaryKey", [])
    row = _row(name, columns_of_key, table, key)
    texts = {each: table.texts[each][row] for each in fields}
    if not called and "id" not in fields:
        raise ValueError(f"rows of {name} have no id: quote it with a name, {{fact}}`a-name <{name}#{cell}>`")
    if not texts[column]:
        raise ValueError(f"row {key!r} of {name} states no {column}")
    value, field = plain(table.columns[column][row]), fields[column]
    shown = formats.in_table(value, field["type"])
    keys = {each: plain(table.columns[each][row]) for each in columns_of_key if texts[each]}
    said = {each: texts[each] for each in SAID if texts.get(each) and each != column}
    words = said.get("statement") or formulas.named_cell(keys, column, fields, tables.economy)
    unit = texts.get("unit") or formats.unit_of(field)
    read: CellRead = {
        "table": name,
        "row": keys,
        "column": column,
        "value": value,
        "source": texts["source"],
        "text": shown,
        "words": words,
    }
    step: Step = {"op": "cell", "value": value, "of": [], "cells": [0], "text": shown, "words": words}
    return {
        "id": called or texts["id"],
        "value": value,
        "estimates": [],
        "fmt": fmt or _format(entry, texts, column) or _usual(value, field),
        "unit": field.get("quoted_as", "").format_map(texts) or unit or field["title"].lower(),
        "period": _period(texts, fields, keys) or _released(entry.get("release", "")),
        "calculation": step,
        "cells": [read],
        "said": said,
        "deniable": True,
        "tables": [name],
        "sources": [texts["source"]],
    }


def _row(name: str, key: list[str], table: tableschema.Table, wanted: str) -> int:
    """The place of the only row whose key begins so."""
    known = ["/".join(parts) for parts in zip(*(table.texts[column] for column in key), strict=True)]
    found = [place for place, text in enumerate(known) if f"{text}/".startswith(f"{wanted}/")]
    if len(found) > 1:
        raise ValueError(f"{len(found)} rows of {name} begin with {wanted!r}; their key is {'/'.join(key)}")
    if not found:
        near = get_close_matches(wanted, known, cutoff=0.4) or known[:3]
        raise ValueError(f"there is no row {wanted!r} in {name}; it has {', '.join(near)}")
    return found[0]


def _format(entry: dict, texts: dict, column: str) -> str:
    """The format that the table's rules have for a column, or for the row."""
    for rule in entry.get("rules", []):
        of_row = all(texts[name] in words for name, words in rule.get("where", {}).items())
        if rule["rule"] == "reads" and rule["column"] == column and of_row:
            return rule.get("spec") or texts[rule["format"]]
    return ""


def _usual(value: float | int | str, field: dict) -> str:
    """The format of a value of a column that has none."""
    if formats.unit_of(field) == "%":
        return "{:,}%"
    return formats.OF_TYPE.get(field["type"]) or formats.default_format(value)


def _period(texts: dict, fields: dict, keys: dict) -> str:
    """When a row's value holds: what its column `period` says, else its first year, month or day, of its key if any."""
    if "period" in fields:
        return texts["period"]
    dated = [each for each in [*keys, *fields] if fields[each]["type"] in formats.OF_TYPE and texts[each]]
    return formats.render(texts[dated[0]], formats.OF_TYPE[fields[dated[0]]["type"]]) if dated else ""


def _released(release: str) -> str:
    """The month or year of a table's release, for values of no other time; "" where it is no date."""
    try:
        return formats.render(release[:7], "date")
    except ValueError:
        return ""
