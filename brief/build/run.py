"""Run Jupyter Book's own build and show of its output what a person needs."""

import os
import re
import subprocess
import sys
from pathlib import Path

# Progress, warnings and errors are shown; Sphinx's and the kernel's chatter is not.
_NOISE = re.compile(
    r"reading sources|writing output|multitoc-numbering|\[mystnb\]$|IPKernelApp|^\s*$|^(Running (Jupyter-Book|Sphinx)"
    r"|Using jupyter-cache|parsing bibtex|done$|Extension error:$|loading|looking|pickling|preparing|copying|generating"
    r"|making output|dumping|checking|building|updating|myst|running|writing|Source Folder|Config Path|Output Path"
    r"|=====|Finished|Your book|You can look|Or paste|The HTML pages|    _build|    file:|The warnings|0 added)"
)
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


# Jupyter Book's own command. When it fails it has said why; its traceback on top says nothing more.
_COMMAND = """
import sys
from jupyter_book.cli.main import main
sys.excepthook = lambda *failure: None
main()
"""


def build(root: Path, draft: bool = False, quiet: bool = False) -> int:
    """Build the book at `root` to _build/html. Warnings are errors, but for a draft's. Returns 0 or 1.

    The code that runs is the brief of the environment, whatever folder of that name `root` holds.
    """
    strict = [] if draft else ["-W", "--keep-going"]
    command = [sys.executable, "-u", "-P", "-c", _COMMAND, "build", str(root), "-n", *strict]
    environment = os.environ | {"BRIEF_DRAFT": "1" if draft else ""}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=root, env=environment, **streams) as child:
        for line in child.stdout:
            plain = _COLOR.sub("", line.rstrip())
            trouble = re.search("WARNING:|ERROR:", plain)
            if not quiet and (trouble or not _NOISE.search(plain)):
                print(plain, flush=True)
    return 1 if child.returncode else 0
