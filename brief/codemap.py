"""The code, file by file: each module with the first sentence of its docstring, for README.md beside this file.

`make map` writes it; a test says when it is out of date.
"""

import ast
import re
import sys
from pathlib import Path

from brief.__main__ import command

HERE = Path(__file__).parent
HEAD = """# The code, file by file

`make map` writes this from the first sentence of each module's docstring. `ARCHITECTURE.md` says how it hangs together.
"""


def modules(root: Path = HERE) -> list[Path]:
    """Every module of the package, by name, relative to it."""
    return sorted(path.relative_to(root) for path in root.rglob("*.py"))


def first_sentence(path: Path) -> str:
    """Of the module's docstring; raises ValueError when it has none."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    found = re.match(r".*?\.(?=\s|$)", " ".join((text or "").split()))
    if not found:
        raise ValueError(f"{path}: its docstring has no sentence")
    return found[0]


def text(root: Path = HERE) -> str:
    """The whole file: a section for each folder, headed by what its `__init__.py` says of it."""
    found = modules(root)
    folders = sorted({path.parent for path in found}, key=lambda folder: folder.parts)
    parts = [HEAD]
    for folder in folders:
        about = [first_sentence(root / folder / "__init__.py"), ""]
        own = [path for path in found if path.parent == folder and path.name != "__init__.py"]
        lines = [f"- [`{path.name}`]({path.as_posix()}): {first_sentence(root / path)}" for path in own]
        name = (Path("brief") / folder).as_posix()
        parts.append("\n".join([f"## `{name}/`", "", *about, *lines, ""]))
    return "\n".join(parts)


def write() -> None:
    """Write the map and say so."""
    (HERE / "README.md").write_text(text(), "utf-8")
    print(f"brief/README.md: {len(modules())} modules")


if __name__ == "__main__":
    sys.exit(command(write))
