"""Is the front matter of each page what MyST-NB and this package read? One line for each error."""

import re
from pathlib import Path

from brief import settings
from brief.ext.reading import input_file, yaml_lines
from brief.ext.reading.input_file import Refused, quoted
from brief.ext.reading.keys import unknown
from brief.ext.reading.yaml_lines import Marked
from brief.project import KERNEL

LONGEST = 200  # characters of a description: search engines show some 160
# Keys that a page may have: ours, MyST-NB's and Jupytext's, MyST-Parser's, Sphinx's own.
KNOWN = (
    "description", "title", "file_format", "kernelspec", "jupytext", "mystnb", "myst", "html_meta", "substitutions",
    "orphan", "tocdepth", "nocomments", "nosearch", "no-search",
)  # fmt: skip
_CELL = re.compile(r"^(?:`{3,}|~{3,}|:{3,})\{(?:code-cell|code)\}", re.MULTILINE)
_HEADING = re.compile(r"^# +\S", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*\s*$", re.MULTILINE | re.DOTALL)


def errors(root: Path, docname: str) -> list[str]:
    """Everything wrong with the front matter of a page in Markdown."""
    name = f"{docname}.md"
    if not (root / name).is_file():
        return []
    try:
        if (root / name).read_bytes().startswith(b"\xef\xbb\xbf"):
            raise Refused(f"{name}:1: begins with a byte order mark: save it as UTF-8 without one")
        text = input_file.read(root, name)
        front, body = split(name, text)
        marked = yaml_lines.parse(name, front, before=1)
        fields = yaml_lines.mapping(marked) if marked.value is not None else {}
    except Refused as refused:
        return [str(refused)]
    lines = [marked.told(key, what=unknown(key, KNOWN)) for key in fields if key not in KNOWN]
    if not lines:  # a misspelt key would be missing too
        chapter = settings.is_chapter(docname, settings.read(root))
        lines = _description(marked, fields, needed=chapter) + _kernel(marked, fields, body)
    if not _HEADING.search(_FENCE.sub("", body)):
        lines.append(f"{name}: has no title: a line that begins with # and a space")
    return lines


def split(name: str, text: str) -> tuple[str, str]:
    """The front matter of a page, without its marks, and what follows. Raises Refused when it does not end."""
    if not text.startswith("---"):
        return "", text
    rows = text.split("\n")
    if rows[0].rstrip() != "---":
        raise Refused(f"{name}:1: {quoted(rows[0])} is not ---, with which front matter begins")
    for number, row in enumerate(rows[1:], 1):
        if row.rstrip() in ("---", "..."):
            return "\n".join(rows[1:number]), "\n".join(rows[number + 1 :])
    raise Refused(f"{name}:1: front matter begins and does not end: --- is missing below it")


def _description(marked: Marked, fields: dict, needed: bool) -> list[str]:
    value = fields.get("description", "")
    if "description" not in fields:
        missing = "is missing: what a search engine and a shared link say of a chapter"
        return [f"{marked.name}:1: description: {missing}"] if needed else []
    if value is None or (isinstance(value, str) and not value.strip()):
        wrong = "is empty"
    elif not isinstance(value, str):
        wrong = f"{quoted(marked.written('description') or value)} is not text"
    elif len(value) > LONGEST:
        wrong = f"{quoted(value)} has {len(value)} characters, more than {LONGEST}"
    else:
        return []
    return [marked.told("description", what=wrong)]


def _kernel(marked: Marked, fields: dict, body: str) -> list[str]:
    """Cells run on one kernel, in pages that say that they hold cells."""
    lines, spec = [], fields.get("kernelspec")
    cells = bool(_CELL.search(body))
    jupytext = fields.get("jupytext")
    if "file_format" in fields and fields["file_format"] != "mystnb":
        said = quoted(marked.written("file_format") or fields["file_format"])
        lines.append(marked.told("file_format", what=f"{said} is not mystnb"))
    elif cells and "file_format" not in fields and not isinstance(jupytext, dict):
        lines.append(f"{marked.name}:1: file_format: is missing: mystnb, for a page with code cells")
    if spec is None and (cells or "kernelspec" in fields):
        where = marked.at("kernelspec") if fields else f"{marked.name}:1"
        lines.append(f"{where}: kernelspec: is missing: {{name: {KERNEL}, display_name: Python 3}}")
    elif spec is not None and not isinstance(spec, dict):
        lines.append(marked.told("kernelspec", what=f"{quoted(spec)} is not a mapping with a name"))
    elif spec is not None and spec.get("name") != KERNEL:
        said = f"{quoted(spec['name'])} is not {KERNEL}" if "name" in spec else f"is missing: {KERNEL}"
        lines.append(marked.told("kernelspec", "name", what=said))
    return lines
