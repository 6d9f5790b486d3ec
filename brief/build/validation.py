"""Is each table what its schema says? One plain line for each error: file, row, column, value, rule.

frictionless checks the tables, because the schemas are a Frictionless Data Package and the package that we publish
is checked by the same tool; this module looks first at what no schema can say of a file (its encoding, a merge
that was left half-done), and turns the tool's findings into one kind of sentence.
"""

import csv
from pathlib import Path

from frictionless import Checklist, Package

from brief import book
from brief.build.finite import Finite

LARGEST = 20_000_000  # bytes: ten times what any table of the book should ever need
_MARKS = ("<<<<<<< ", "=======", ">>>>>>> ")
_NOUNS = {"integer": "a whole number", "number": "a number", "year": "a year", "date": "a date (2022-02-24)"}
_NOUNS |= {"yearmonth": "a month (2022-02)", "boolean": "true or false"}


def preflight(root: Path, entry: dict) -> str | None:
    """What makes a file unreadable as a table, or None. Read as text, before any parser guesses."""
    path = root / "data" / entry["path"]
    if path.is_dir():
        return "is a folder, not a file"
    if not path.is_file():
        return "is missing"
    if path.stat().st_size > LARGEST:
        return f"has {path.stat().st_size:,} bytes, more than {LARGEST:,}"
    content = path.read_bytes()
    if not content.strip():
        return "is empty"
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"row {content[: content.index(0)].count(10) + 1}: holds a NUL byte"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return f"row {row}: is not UTF-8: save it as UTF-8"
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith(_MARKS):
            return f'row {number}: "{line[:20]}" is the mark of an unfinished merge'
    names = [field["name"] for field in entry["schema"]["fields"]]
    if len(names) > 1 and len(next(csv.reader(lines[:1]))) == 1:
        return f'row 1: "{lines[0][:40]}" is one column: separate columns by commas'
    return "has a header and no rows" if len(lines) == 1 else None


def table_errors(root: Path, wanted: set[str] | None = None) -> list[str]:
    """Every error in the tables named in `wanted` (in all without it), a line each, in the order of the package."""
    lines, sound = [], []
    package = book.package(root)
    if wanted is not None:
        package["resources"] = _with_references(package["resources"], wanted)
    for entry in package["resources"]:
        trouble = preflight(root, entry)
        lines += [f"data/{entry['path']}{', ' if trouble.startswith('row ') else ' '}{trouble}"] if trouble else []
        sound += [] if trouble else [entry]
    # Keys into a table that cannot be read would all be unknown: said once, by its own line.
    known = {entry["name"] for entry in sound}
    for entry in sound:
        keys = entry["schema"].get("foreignKeys", [])
        entry["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in known]
    if not sound:
        return lines
    checked = Package.from_descriptor({**package, "resources": sound}, basepath=str(root / "data"))
    report = checked.validate(checklist=Checklist(checks=[Finite()]))
    lines += [f"data/datapackage.json: {error.message}" for error in report.errors]
    fields = {entry["path"]: {f["name"]: f for f in entry["schema"]["fields"]} for entry in sound}
    for task in report.tasks:
        lines += [f"data/{task.place}, {line}" for line in _sentences(task.errors, fields.get(task.place, {}))]
    return lines


def _with_references(entries: list[dict], wanted: set[str]) -> list[dict]:
    """The entries of the wanted tables and of those that their keys point into."""
    needed = set(wanted)
    for entry in entries:
        if entry["name"] in wanted:
            needed |= {key["reference"]["resource"] for key in entry["schema"].get("foreignKeys", [])}
    return [entry for entry in entries if entry["name"] in needed]


_HEADER = ("missing-label", "extra-label", "duplicate-label", "incorrect-label", "blank-label", "blank-header")
_SHAPE = ("extra-cell", "missing-cell", "blank-row")


def _sentences(found: list, fields: dict[str, dict]) -> list[str]:
    """One line for each cause: a wrong header or a ragged row makes every cell after it look wrong too."""
    header = [error for error in found if error.type in _HEADER]
    if header:
        return [f"row 1: {line}" for line in _header(header[0], list(fields))]
    ragged = {error.row_number for error in found if error.type in _SHAPE}
    said, lines = set(), []
    for error in found:
        row, column = getattr(error, "row_number", None), getattr(error, "field_name", None)
        place = (row, None if row in ragged else column or error.type)
        if place not in said and not (row in ragged and error.type not in _SHAPE):
            said.add(place)
            lines.append(_of_row(error, fields))
    return lines


def _header(error, wanted: list[str]) -> list[str]:
    """What is wrong with the columns: those that lack, do not belong or stand twice, else their order."""
    have = list(error.labels)
    lines = [f"column {name} is missing" for name in wanted if name not in have]
    lines += [f'column "{name}" is not in the schema' for name in have if name not in wanted]
    lines += [f'column "{name}" stands twice' for name in dict.fromkeys(have) if have.count(name) > 1]
    pairs = enumerate(zip(have, wanted, strict=False), 1)
    return lines or [f'column {n} is "{a}", the schema has "{b}"' for n, (a, b) in pairs if a != b]


def _of_row(error, fields: dict[str, dict]) -> str:
    row = f"row {error.row_number}"
    if error.type == "blank-row":
        return f"{row}: is blank"
    if error.type == "extra-cell":
        return f"{row}: has more cells than the header: is a comma unquoted?"
    if error.type == "missing-cell":
        return f"{row}: has fewer cells than the header: is it cut, or a quote left open?"
    if error.type == "primary-key":
        return f"{row}: has the key of another row: {error.note}"
    if error.type == "foreign-key":
        column, cell = ", ".join(error.field_names), ", ".join(map(str, error.field_cells))
        return f'{row}, column {column}: "{cell}" is not in {error.reference_name}'
    column = f"{row}, column {error.field_name}"
    field = fields.get(error.field_name, {})
    if error.type == "type-error":
        kind = field.get("type", "")
        return f'{column}: "{error.cell}" is not {_NOUNS.get(kind, kind)} (type: {kind})'
    return f"{column}: {_constraint(error, field.get('constraints', {}))}"


def _constraint(error, constraints: dict) -> str:
    cell, note = f'"{error.cell}"', error.note or error.message
    if note == "finite" or str(error.cell).lower().lstrip("+-") in ("nan", "inf", "infinity"):
        return f"{cell} is not a finite number"
    if "required" in note:
        return "is empty (required)"
    if "enum" in note:
        return f"{cell} is not one of {', '.join(map(str, constraints.get('enum', [])))}"
    for name, words in {"minimum": "is below", "maximum": "is above", "pattern": "does not match"}.items():
        if f'"{name}"' in note:
            return f"{cell} {words} {constraints.get(name)} ({name})"
    return f"{cell} stands twice (unique)" if "unique" in note else f"{cell}: {note}"
