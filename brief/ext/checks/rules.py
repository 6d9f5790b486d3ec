"""Rules across the columns and rows of a table, declared beside its schema: `"rules": [{"rule": "ordered", ...}]`.

What each is called and takes stands in datapackage.schema.json, what it means in `rowrules` and `grouprules`. A rule is
a function of the table, of the rows it is for (all, or those that its `where` picks) and of what it was declared with;
it gives a fault for each row or group that breaks it. An empty cell breaks no rule but `together`.
"""

import re
from collections.abc import Iterator

from brief import formats
from brief.cellvalues import shown
from brief.ext.checks.group_rules import complete, consecutive, matches, same, sorted_, sum_, trend, whole
from brief.ext.checks.row_rules import ordered, pattern, range_, reads, together, within
from brief.tableschema import Fault, Table

RULES = {
    "ordered": ordered,
    "range": range_,
    "pattern": pattern,
    "within": within,
    "together": together,
    "reads": reads,
    "sum": sum_,
    "whole": whole,
    "sorted": sorted_,
    "same": same,
    "trend": trend,
    "complete": complete,
    "consecutive": consecutive,
    "matches": matches,
}
_NUMBERS = ("integer", "number", "year")
_ORDERED = (*_NUMBERS, "date", "yearmonth")
# Columns that a rule adds or compares must have such a type.
_TYPES = {
    ("ordered", "columns"): _ORDERED,
    ("range", "columns"): _NUMBERS,
    ("sum", "columns"): _NUMBERS,
    ("sum", "equals"): _NUMBERS,
    ("sum", "maximum"): _NUMBERS,
    ("whole", "column"): _NUMBERS,
    ("trend", "column"): _ORDERED,
    ("trend", "along"): _ORDERED,
    ("consecutive", "column"): ("integer", "year"),
    ("matches", "column"): _NUMBERS,
}


def rule_faults(table: Table, entry: dict, tables: dict[str, Table]) -> Iterator[Fault]:
    """Every row or group that breaks a rule of the table's; `tables` are those that could be read, by name."""
    for declared in entry.get("rules", []):
        options = dict(declared)
        rows, name = picked(table, options.pop("where", {})), options.pop("rule")
        if "table" in options:
            if options["table"] not in tables:
                continue
            options["other"] = tables[options["table"]]
        yield from RULES[name](table, rows, **options)


def picked(table: Table, where: dict[str, list[str]]) -> list[int]:
    """The numbers of the rows whose cells are among the words of each column of `where`."""
    return [i for i in range(len(table)) if all(table.texts[name][i] in words for name, words in where.items())]


def declared_errors(entry: dict, schemas: dict[str, dict]) -> Iterator[str]:
    """What is wrong with a table's rules as they are declared, apart from their form; `schemas` are all tables'."""
    types = {field["name"]: field["type"] for field in entry["schema"]["fields"]}
    for number, declared in enumerate(entry.get("rules", []), 1):
        where = f", rule number {number} ({declared['rule']})"
        for key, name in _named_columns(declared):
            wanted = _TYPES.get((declared["rule"], key))
            if name not in types:
                yield f"{where}, {key}: there is no column {shown(name)}"
            elif wanted and types[name] not in wanted:
                yield f"{where}, {key}: column {name} is {types[name]}, not one of {', '.join(wanted)}"
            elif key == "by" and types[name] == "number":
                yield f"{where}, {key}: column {name} is a number, by which no rows are grouped"
        yield from (f"{where}{line}" for line in _own_errors(declared, schemas))


def _written(spec: str) -> bool:
    """Whether any value could be written so."""
    for value in (1, 0.5, "2024-05-01", "text"):
        try:
            return bool(formats.render(value, spec))
        except ValueError:
            continue
    return False


def _named_columns(declared: dict) -> Iterator[tuple[str, str]]:
    """(key, column) of each column of the table that a rule names."""
    for key, value in declared.items():
        if key in ("column", "along", "period", "equals", "maximum", "format") and isinstance(value, str):
            yield key, value
        elif key in ("columns", "by", "where", "row") or (key == "within" and isinstance(value, list)):
            yield from ((key, name) for name in value)


def _own_errors(declared: dict, schemas: dict[str, dict]) -> Iterator[str]:
    """What only one rule asks."""
    rule = declared["rule"]
    if rule == "sum" and ("equals" in declared) == ("maximum" in declared):
        yield ": needs one of equals, maximum"
    if rule == "reads" and ("format" in declared) == ("spec" in declared):
        yield f": {'has both' if 'spec' in declared else 'needs one of'} format, spec"
    if rule == "reads" and "spec" in declared and not _written(declared["spec"]):
        yield f", spec: {shown(declared['spec'])} is no format, see brief/formats.py"
    if rule == "range" and not {"minimum", "maximum"} & declared.keys():
        yield ": needs a minimum or a maximum"
    if rule == "pattern":
        try:
            re.compile(declared["matches"])
        except (re.error, OverflowError, RecursionError) as error:
            yield f", matches: {shown(declared['matches'])} is no regular expression: {error}"
    if rule == "matches":
        if declared["table"] not in schemas:
            yield f", table: there is no table {shown(declared['table'])}"
            return
        theirs = {field["name"]: field["type"] for field in schemas[declared["table"]]["fields"]}
        if (declared["take"] == "count") == ("of" in declared):
            yield ": needs of, the column to take, unless it takes the count"
        for key, name in [("by", name) for name in declared["by"]] + [("of", declared.get("of", declared["by"][0]))]:
            if name not in theirs:
                yield f", {key}: {declared['table']} has no column {shown(name)}"
            elif key == "of" and "of" in declared and theirs[name] not in _NUMBERS:
                yield f", of: column {name} of {declared['table']} is {theirs[name]}, not one of {', '.join(_NUMBERS)}"
