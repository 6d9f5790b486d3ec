"""The code, file by file: each module with the first sentence of its docstring, for README.md beside this file.

`make map` writes it; a test says when it is out of date.
"""

import ast
import re
import sys
from pathlib import Path

from brief import ext
from brief.__main__ import command

HERE = Path(__file__).parent
ARCHITECTURE, MARK = HERE.parent / "ARCHITECTURE.md", "<!-- events -->"
HEAD = """# The code, file by file

`make map` writes this from the first sentence of each module's docstring. `ARCHITECTURE.md` says how it hangs together.
"""


def modules(root: Path = HERE) -> list[Path]:
    """Every module of the package, by name, relative to it; what it writes into a new book is none of its own."""
    found = (path.relative_to(root) for path in root.rglob("*.py"))
    return sorted(path for path in found if path.parts[0] != "starter")


def first_sentence(path: Path) -> str:
    """Of the module's docstring; raises ValueError when it has none."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    found = re.match(r".*?\.(?=\s|$)", " ".join((text or "").split()))
    if not found:
        raise ValueError(f"{path}: its docstring has no sentence")
    return found[0]


def text(root: Path = HERE) -> str:
    """The whole file: a section for each folder, headed by what its `__init__.py` says of it."""
    parts, found = [HEAD], modules(root)
    for folder in sorted({path.parent for path in found}, key=lambda folder: folder.parts):
        own = [path for path in found if path.parent == folder and path.name != "__init__.py"]
        lines = [f"## `{(Path('brief') / folder).as_posix()}/`", "", first_sentence(root / folder / "__init__.py"), ""]
        lines += [f"- [`{path.name}`]({path.as_posix()}): {first_sentence(root / path)}" for path in own]
        parts.append("\n".join([*lines, ""]))
    return "\n".join(parts)


def write() -> None:
    """Write the map and the table of events, and say so."""
    (HERE / "README.md").write_text(text(), "utf-8")
    ARCHITECTURE.write_text(architecture(ARCHITECTURE.read_text("utf-8")), "utf-8")
    print(f"brief/README.md: {len(modules())} modules; ARCHITECTURE.md: {len(ext.EVENTS)} events")


def events() -> str:
    """The tables of `brief.ext` as Markdown: what runs at which event, what is resolved, what is written."""
    lines = ["| event | priority | what runs | why there |", "|---|---|---|---|"]
    lines += [f"| {event} | {number} | `{name}` | {why} |" for event, number, name, why in ext.EVENTS]
    lines += ["", "| priority | what is resolved when all pages are read | |", "|---|---|---|"]
    lines += [f"| {number} | `{name}` | {why} |" for number, name, why in ext.TRANSFORMS]
    lines += ["", "| beside the pages | from | waits for |", "|---|---|---|"]
    places = [(f"{folder}/" if folder else "single files", name, why) for folder, name, why in ext.OUTPUTS]
    lines += [f"| {place} | `{name}` | {why} |" for place, name, why in places]
    return "\n".join(lines) + "\n"


def architecture(written: str) -> str:
    """ARCHITECTURE.md with the tables of events as they are, after its mark."""
    return f"{written.partition(MARK)[0]}{MARK}\n\n{events()}"


if __name__ == "__main__":
    sys.exit(command(write))
