"""The cells of tables that pages quote without code, in the register; see `cells`."""

from pathlib import Path

from brief import project
from brief.coverage import ECONOMIES
from brief.ext.domain import register
from brief.ext.facts.cells import Tables, fact_of, looked_up, named


def note_row(env, target: str, line: int, name: str = "", fmt: str = "") -> None:
    """Keep the cell that "table#key.column" names as a fact, called `name`, or by its row's id. The page that is being
    read depends on the row, and on all of a table that is its own, among its folder's or no chapter's, or that it names
    a cell of.

    Raises ValueError as `looked_up`, and when another cell of the page is called so.
    """
    docname, domain = env.docname, register(env)
    table, cell = named(target, docname)
    tables = env.temp_data.setdefault("brief_rows", Tables(project.find_root(Path(env.srcdir))))
    if name and (known := domain.own("facts", docname, name)) and "named" in known:
        raise ValueError(f"{name!r} is the name of a cell above: quote that as {{fact}}`{name}`")
    fact, row = looked_up(tables, docname, name, target, fmt), f"{table}#{cell}"
    domain.note("rows", docname, {"row": row, "line": line, "name": name, "fmt": fmt, "fact": fact})
    if name:
        domain.note("facts", docname, {**fact, "row": row, "named": True, "line": line})
    own = bool(name) or domain.homes().get(table.partition("/")[0], docname) == docname
    for read in [table] * own + [ECONOMIES] * ("economy" in fact["cells"][0]["row"]):
        if not any(known["name"] == read for known in domain.of("tables", docname)):
            domain.note("tables", docname, {"name": read, "digest": tables[read][2], "line": line})


def stale(tables: Tables, noted: list[dict]) -> list[str]:
    """Why a page that quotes these rows no longer holds: "data/bread/statements.csv changed"."""
    changed = set()
    for record in noted:
        table, _, cell = record["row"].partition("#")
        try:
            same = fact_of(tables, table, cell, record["name"], record["fmt"]) == record["fact"]
        except (ValueError, OSError):
            same = False
        changed |= set() if same else {f"data/{table}.csv changed"}
    return sorted(changed)
