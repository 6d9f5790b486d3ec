"""Code cells of chapters have the style and the form of code, by ruff: `python -m brief.cellstyle`.

`--fix` writes the form. Run from the book's folder; `make lint` does.
"""

import re
import subprocess
import sys
from pathlib import Path

WHERE = ("chapters/*.md", "brief/starter/chapters/*.md")
CELL = re.compile(r"^(```\{code-cell\} ipython3\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
FENCE, READ = "```{code-cell} ipython3\n", "```python {code-cell}\n"  # as MyST-NB and as ruff know a block of code
# Imports in lines as long as others: isort would give each name a line. zip(strict=True) is long for what figures draw.
OPTIONS = ["line-length=100", "format.skip-magic-trailing-comma=true", "lint.extend-ignore=['I001', 'B905']"]


def code(text: str) -> str:
    """The cells of a page, each line where it stands there, all other lines empty."""
    kept, end = "", 0
    for cell in CELL.finditer(text):
        kept += "\n" * text.count("\n", end, cell.start(2)) + cell[2]
        end = cell.end()
    return kept


def ruff(text: str, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """ruff, with `text` as its input."""
    options = [part for option in OPTIONS for part in ("--config", option)]
    command = [sys.executable, "-m", "ruff", *arguments, *options, "--stdin-filename", str(path), "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True)


def faults(path: Path, fix: bool = False) -> str:
    """What ruff finds in the cells of a page, by the page's lines, and how their form differs; fix: write the form."""
    text = path.read_text("utf-8")
    shaped = ruff(text.replace(FENCE, READ), path, "format", *([] if fix else ["--diff"]))
    if fix and not shaped.returncode:
        text = shaped.stdout.replace(READ, FENCE)
        path.write_text(text, "utf-8")
    style = ruff(code(text), path, "check", "--output-format=concise", "--quiet", "--config", 'extension={md="python"}')
    found = [style, *([] if fix and not shaped.returncode else [shaped])]
    return "".join(each.stdout + each.stderr for each in found if each.returncode)


def main(arguments: list[str]) -> int:
    """Print the faults of all chapters; 1 when there are some."""
    found = [faults(path, "--fix" in arguments) for pattern in WHERE for path in sorted(Path().glob(pattern))]
    print("".join(found), end="")
    return int(any(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
