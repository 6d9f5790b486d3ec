"""What may be a name: of a record, a page, a table. Ids, files and addresses are made of it, one to one.

Two names that differ in capitals share a file on some machines, and two in another script share an anchor: so a name
has small Latin letters and digits only. Used by `kernel` and `ext`; imports neither.
"""

import re

_RECORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_TABLE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*", re.ASCII)
RECORD_RULE = "only small Latin letters (a-z) and digits, with single hyphens between them"
TABLE_RULE = "only folder/name of small Latin letters (a-z) and digits, with single underscores between them"


def is_record(name: str) -> bool:
    """Whether this can be the id of a fact, finding, indicator, figure, sketch, standing or claim."""
    return bool(_RECORD.fullmatch(str(name)))


def is_page(name: str) -> bool:
    """Whether this can be a page's name, with its folders: "chapters/flour"."""
    return all(_RECORD.fullmatch(part) for part in name.split("/"))


def is_table(name: str) -> bool:
    """Whether this can be a table's name, with its folder: "bread/oven_types"."""
    folder, _, own = name.partition("/")
    return bool(_RECORD.fullmatch(folder) and _TABLE.fullmatch(own))


def check_record(id: str) -> None:
    """Raise ValueError that says why `id` can't be one."""
    if not is_record(id):
        raise ValueError(f"{id!r} is no id: {RECORD_RULE}")


def chapter_of(docname: str) -> str:
    """The name a page's records go under: "flour" for chapters/flour."""
    return docname.rsplit("/", 1)[-1]


def row_name(target: str, docname: str) -> str:
    """ "folder/table#id" for a row as a page names it: a table without a folder is one in the page's own."""
    return target if "/" in target.partition("#")[0] else f"{chapter_of(docname)}/{target}"
