"""Run Jupyter Book's own build in a process of its own, and show of its output what a person needs."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from brief.build import ahead

# Progress, warnings and errors are shown; Sphinx's and the kernel's chatter is not.
_NOISE = re.compile(
    r"reading sources|writing output|multitoc-numbering|\[mystnb\]$|IPKernelApp|^\s*$|^(Running (Jupyter-Book|Sphinx)"
    r"|Using jupyter-cache|parsing bibtex|done$|Extension error:$|loading|looking|pickling|preparing|copying|generating"
    r"|making output|dumping|checking|building|updating|myst|running|writing|Source Folder|Config Path|Output Path"
    r"|Copying the source path"
    r"|=====|Finished|Your book|You can look|Or paste|The HTML pages|    _build|    file:|The warnings|0 added)"
)
_PROGRESS = re.compile(r"^(executing \d|executed \d|chapter \d|another build|build (succeeded|finished)|no targets)")
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


class Build:
    """One build of the book at `root` to _build/html. Warnings are errors, but for a draft's.

    With `ahead` the process gets ready and waits until `lines` is asked for.
    The code that runs is the brief of the environment, whatever folder of that name `root` holds.
    """

    def __init__(self, root: Path, draft: bool = False, ahead: bool = False):
        strict = [] if draft else ["-W", "--keep-going"]
        wait = ["--ahead"] if ahead else []
        command = [sys.executable, "-u", "-P", "-m", "brief.build.child", *wait, "build", str(root), "-n", *strict]
        environment = os.environ | {"BRIEF_DRAFT": "1" if draft else ""}
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.child = subprocess.Popen(command, cwd=root, env=environment, **streams)

    def lines(self) -> Iterator[str]:
        """Build, and give each line that a person needs as it comes; `status` is 0 or 1 after the last."""
        self.child.stdin.close()
        with self.child:
            yield from needed(self.child.stdout)

    @property
    def status(self) -> int:
        return 1 if self.child.returncode else 0

    @property
    def stale(self) -> bool:
        """Whether it did not build because another build came between."""
        return self.child.returncode == ahead.STALE

    def discard(self) -> None:
        """End the process of a build that is not wanted any more."""
        self.child.terminate()
        self.child.wait()


def needed(lines: Iterable[str]) -> Iterator[str]:
    """Of the lines that a build prints, those that a person needs, without colours."""
    for line in lines:
        plain = _COLOR.sub("", line.rstrip())
        if re.search("WARNING:|ERROR:", plain) or not _NOISE.search(plain):
            yield plain


def is_progress(line: str) -> bool:
    """Whether a line says how far a build is, rather than what is wrong."""
    return bool(_PROGRESS.match(line))


def build(root: Path, draft: bool = False, quiet: bool = False) -> int:
    """Build the book at `root`, print what a person needs; 0 or 1."""
    run = Build(root, draft)
    for line in run.lines():
        if not quiet:
            print(line, flush=True)
    return run.status
