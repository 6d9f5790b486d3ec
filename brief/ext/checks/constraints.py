"""The constraints of a Table Schema on a table's cells, its primary key, and its keys into other tables."""

import re
from collections.abc import Iterator

from brief.cellvalues import shown, value_of
from brief.ext.reading.characters import broken_rule, likeness
from brief.tableschema import Fault, Table

_ANY_YEAR = {"minimum": "", "maximum": ""}


def constant(value, kind: str):
    """A value of the descriptor (a bound, a word of an enum) as the type of its column. Raises ValueError."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text.removesuffix(".0") if kind in ("integer", "year") else text
    return value_of(text.zfill(4) if kind == "year" else text, kind, _ANY_YEAR)


def key_columns(schema: dict) -> set[str]:
    """The columns by which rows are told apart, joined or grouped: keys, and words of a list or a pattern."""
    names = set(schema.get("primaryKey", []))
    names |= {name for key in schema.get("foreignKeys", []) for name in key["fields"]}
    for field in schema["fields"]:
        if {"enum", "unique", "pattern"} & field.get("constraints", {}).keys():
            names.add(field["name"])
    return names


def cell_faults(table: Table, schema: dict) -> list[Fault]:
    """Cells whose text or value the schema does not allow."""
    keys, faults = key_columns(schema), []
    for field in schema["fields"]:
        name, kind, constraints = field["name"], field["type"], field.get("constraints", {})
        if kind == "string":
            faults += _texts(table.texts[name], name, name in keys)
        bad = {fault.row for fault in faults if fault.column == name}
        faults += [fault for fault in _values(table, name, kind, constraints) if fault.row not in bad]
    return faults


def _texts(texts: list[str], name: str, key: bool) -> Iterator[Fault]:
    known: dict[str, str | None] = {}
    for row, text in enumerate(texts, 2):
        if text not in known:
            known[text] = broken_rule(text, key)
        if known[text]:
            yield Fault(f"{shown(text)} {known[text]}", row, name)


def _values(table: Table, name: str, kind: str, constraints: dict) -> Iterator[Fault]:
    """Of each cell the first constraint that it breaks."""
    words = constraints.get("enum")
    allowed = {constant(word, kind) for word in words} if words else None
    low, high = (constant(constraints[k], kind) if k in constraints else None for k in ("minimum", "maximum"))
    pattern = re.compile(constraints["pattern"]) if "pattern" in constraints else None
    seen: dict = {}
    for row, (value, text) in enumerate(zip(table.columns[name], table.texts[name], strict=True), 2):
        if value is None:
            if constraints.get("required") and not text:
                yield Fault("is empty (required)", row, name)
            continue
        trouble = None
        if allowed is not None and value not in allowed:
            trouble = f"is not one of {', '.join(map(str, words))} (enum)"
        elif low is not None and value < low:
            trouble = f"is below {constraints['minimum']} (minimum)"
        elif high is not None and value > high:
            trouble = f"is above {constraints['maximum']} (maximum)"
        elif pattern and not pattern.fullmatch(text):
            trouble = f"does not match {constraints['pattern']} (pattern)"
        elif constraints.get("unique") and value in seen:
            trouble = f"stands in row {seen[value]} already (unique)"
        seen.setdefault(value, row)
        if trouble:
            yield Fault(f"{shown(text)} {trouble}", row, name)


def primary_key_faults(table: Table, schema: dict) -> Iterator[Fault]:
    """Rows that have another row's key, or none; names in a key that differ only in case, spaces or dashes."""
    names = schema.get("primaryKey", [])
    seen: dict[tuple, int] = {}
    for row, key in enumerate(zip(*(table.columns[name] for name in names), strict=True), 2):
        if all(value is None for value in key):
            yield Fault(f"has no key (primaryKey: {', '.join(names)})", row)
        elif key in seen:
            yield Fault(f"has the key of row {seen[key]} (primaryKey: {', '.join(names)})", row)
        else:
            seen[key] = row
    for name in names:
        spelt: dict[str, tuple[str, int]] = {}
        for row, text in enumerate(table.texts[name], 2):
            first, where = spelt.setdefault(likeness(text), (text, row))
            if first != text:
                yield Fault(f"{shown(text)} is {shown(first)} of row {where} in another spelling", row, name)


def foreign_key_faults(table: Table, schema: dict, tables: dict[str, Table], own: str) -> Iterator[Fault]:
    """Cells that point to no row of another table (of `tables`, those that could be read). Empty ones point nowhere."""
    for key in schema.get("foreignKeys", []):
        target = key["reference"]["resource"] or own
        if target not in tables:
            continue
        known = set(zip(*(tables[target].columns[name] for name in key["reference"]["fields"]), strict=True))
        names = key["fields"]
        for row, cells in enumerate(zip(*(table.columns[name] for name in names), strict=True), 2):
            if None not in cells and cells not in known:
                written = ", ".join(table.texts[name][row - 2] for name in names)
                yield Fault(f"{shown(written)} is not in {target}", row, ", ".join(names))
