"""A row of a table as a fact of the page that quotes it: {fact}`statements#its-id`, with no code.

The table has columns id, value, unit, period and source, and may have `format`, how the value reads (see
`brief.formats`); a name without a folder is that of a table in the page's own. Who says it, in what words, how sure
that is and what to mind are shown with it where the row has them.
"""

from difflib import get_close_matches
from pathlib import Path

from brief import formats, project, tableschema
from brief.cellvalues import plain
from brief.ext.domain import register
from brief.records import SAID, CellRead, Fact, Step

NEEDED = ("id", "value", "unit", "period", "source")


def note_row(env, target: str, line: int) -> None:
    """Keep the row that "table#id" names as a fact. The page that is being read depends on the row, on all of a table
    that is its own: among its folder's, or no chapter's.

    Raises ValueError when there is no such table or row, when it has no value, or one that its format does not fit.
    """
    docname, domain = env.docname, register(env)
    row = domain.row_name(target, docname)
    name, _, id = row.partition("#")
    held = env.temp_data.setdefault("brief_rows", {})  # each table is read once a page
    if name not in held:
        held[name] = _table(project.find_root(Path(env.srcdir)), name)
    entry, table, digest = held[name]
    domain.note("rows", docname, {"row": row, "line": line, "fact": fact_of(entry, table, id)})
    own = domain.homes().get(name.partition("/")[0], docname) == docname
    if own and not any(known["name"] == name for known in domain.of("tables", docname)):
        domain.note("tables", docname, {"name": name, "digest": digest, "line": line})


def stale(root: Path, noted: list[dict]) -> list[str]:
    """Why a page that quotes these rows no longer holds: "data/bread/statements.csv changed"."""
    changed, tables = set(), {}
    for record in noted:
        name, _, id = record["row"].partition("#")
        try:
            if name not in tables:
                tables[name] = _table(root, name)
            same = fact_of(*tables[name][:2], id) == record["fact"]
        except (ValueError, OSError):
            same = False
        changed |= set() if same else {f"data/{name}.csv changed"}
    return sorted(changed)


def _table(root: Path, name: str) -> tuple[dict, tableschema.Table, str]:
    """A table's entry in the schema, its rows and the digest of both. Raises ValueError when there is none."""
    try:
        entry, content, digest = project.read_table(root, name)
    except KeyError as error:
        raise ValueError(error.args[0]) from None
    table, faults = tableschema.read(content, entry["schema"])
    if table is None or faults:
        raise ValueError(f"data/{entry['path']}{faults[0]}")
    return entry, table, digest


def fact_of(entry: dict, table: tableschema.Table, id: str) -> Fact:
    """The fact that the row `id` of a table states. Raises ValueError as `note_row`."""
    name = entry["name"]
    if missing := [column for column in NEEDED if column not in table.columns]:
        raise ValueError(f"rows of {name} can't be quoted: it has no column {missing[0]}")
    if id not in table.columns["id"]:
        known = [text for text in table.texts["id"] if text]
        near = get_close_matches(id, known, cutoff=0.4) or known[:3]
        raise ValueError(f"there is no row {id!r} in {name}; it has {', '.join(near)}")
    row = table.columns["id"].index(id)
    fields = {field["name"]: field for field in entry["schema"]["fields"]}
    texts = {column: table.texts[column][row] for column in table.columns}
    if not texts["value"]:
        raise ValueError(f"row {id!r} of {name} states no value")
    value, kind = plain(table.columns["value"][row]), fields["value"]["type"]
    shown = formats.in_table(value, kind)
    words = texts.get("statement") or f"{id}: {fields['value'].get('title', 'value')}"
    cell: CellRead = {
        "table": name,
        "row": {"id": id},
        "column": "value",
        "value": value,
        "source": texts["source"],
        "text": shown,
        "words": words,
    }
    step: Step = {"op": "cell", "value": value, "of": [], "cells": [0], "text": shown, "words": words}
    return {
        "id": id,
        "value": value,
        "estimates": [],
        "fmt": texts.get("format") or formats.default_format(value),
        "unit": texts["unit"],
        "period": texts["period"],
        "calculation": step,
        "cells": [cell],
        "said": {column: texts[column] for column in SAID if texts.get(column)},
        "deniable": True,
        "tables": [name],
        "sources": [texts["source"]],
    }
