"""Is each table what its schema says? One plain line for each error: file, row, column, value, rule.

Looks first at the file, then at its cells, then at keys within and across tables, then at its rules; what an error
makes look wrong further on is not said too.
"""

from collections import Counter
from pathlib import Path

from brief import project
from brief.ext.checks.constraints import cell_faults, foreign_key_faults, primary_key_faults
from brief.ext.checks.rules import rule_faults
from brief.ext.reading.text_files import merge_mark
from brief.tableschema import Fault, Table, lines_of, read

LARGEST = 20_000_000  # bytes: ten times what any table of the book should ever need
ALIKE = 5  # lines about one column that break one rule, before the rest are only counted


def table_errors(root: Path) -> list[str]:
    """Every error in the tables, a line each, in the order of the package, whose descriptor must be valid."""
    entries = project.package(root)["resources"]
    found: dict[str, list[Fault]] = {}
    tables: dict[str, Table] = {}
    for entry in entries:
        table, found[entry["name"]] = checked(root, entry)
        if table:
            tables[entry["name"]] = table
    sound = {name: table for name, table in tables.items() if not found[name]}
    for entry in entries:
        name, schema = entry["name"], entry["schema"]
        if name in sound:
            found[name] += primary_key_faults(sound[name], schema)
            found[name] += foreign_key_faults(sound[name], schema, sound, name)
    sound = {name: table for name, table in sound.items() if not found[name]}
    for entry in entries:
        if entry["name"] in sound:
            found[entry["name"]] += rule_faults(sound[entry["name"]], entry, sound)
    return [f"data/{entry['path']}{line}" for entry in entries for line in _told(found[entry["name"]])]


def checked(root: Path, entry: dict) -> tuple[Table | None, list[Fault]]:
    """A table and what is wrong with its file and its cells; no table when it cannot be read."""
    path = root / "data" / entry["path"]
    if trouble := _file_fault(path):
        return None, [trouble]
    table, faults = read(path.read_bytes(), entry["schema"])
    return table, faults + (cell_faults(table, entry["schema"]) if table else [])


def _file_fault(path: Path) -> Fault | None:
    """What makes a file unreadable as a table, or None."""
    if path.is_dir():
        return Fault("is a folder, not a file")
    if not path.is_file():
        return Fault("is missing")
    if path.stat().st_size > LARGEST:
        return Fault(f"has {path.stat().st_size:,} bytes, more than {LARGEST:,}")
    content = path.read_bytes()
    if not content.strip():
        return Fault("is empty")
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault("holds a NUL byte: is it UTF-8?", content[: content.index(0)].count(b"\n") + 1)
    try:
        lines = lines_of(content)
    except UnicodeDecodeError as error:
        return Fault("is not UTF-8: save it as UTF-8", content[: error.start].count(b"\n") + 1)
    for number, line in enumerate(lines, 1):
        if line.startswith(merge_mark(".csv")):
            return Fault(f'"{line[:20]}" is the mark of an unfinished merge', number)
    return None


def _told(faults: list[Fault]) -> list[str]:
    """The faults as lines by row; of many alike the first few, and how many more there are."""
    lines, alike = [], Counter()
    for fault in sorted(faults, key=lambda fault: fault.row or 0):
        kind = fault.column, fault.text.rpartition('"')[2]
        alike[kind] += 1
        if alike[kind] <= ALIKE:
            lines.append(str(fault))
    for (column, rule), count in alike.items():
        if count > ALIKE:
            lines.append(f"{f', column {column}' if column else ''}: {count - ALIKE:,} more rows: {rule.strip()}")
    return lines
