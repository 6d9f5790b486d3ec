"""Run Jupyter Book's own build in a process of its own, and show of its output what a person needs."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from brief.ext.incremental import snapshot

# Progress, warnings and errors are shown; Sphinx's and the kernel's chatter is not.
_NOISE = re.compile(
    r"reading sources|writing output|multitoc-numbering|\[mystnb\]$|IPKernelApp|^\s*$|^(Running (Jupyter-Book|Sphinx)"
    r"|Using jupyter-cache|parsing bibtex|done$|Extension error:$|loading|looking|pickling|preparing|copying|generating"
    r"|making output|dumping|checking|building|updating|myst|running|writing|Source Folder|Config Path|Output Path"
    r"|Copying the source path|Building your book"
    r"|=====|Finished|Your book|You can look|Or paste|The HTML pages|    _build|    file:|The warnings|0 added)"
)
_PROGRESS = re.compile(r"^(executing \d|executed \d|chapter \d|another build|build (succeeded|finished)|no targets)")
# What a waiting process has not read yet: pages and tables.
_PLAIN = re.compile(r"\.md$|^data/.*\.(csv|json)$")
TRIES = 3  # of builds during which something was saved: who saves that often waits for the next one
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


class Build:
    """One build of the book at `root` to _build/html. Warnings are errors, but for a draft's.

    With `ahead` the process gets ready and waits until it may `go`.
    The code that runs is the brief of the environment, whatever folder of that name `root` holds.
    It ends when we do, and at the end of a `with` block. It is in a session of its own: Ctrl-C reaches us alone.
    """

    def __init__(self, root: Path, draft: bool = False, ahead: bool = False, begun_with: dict[str, str] | None = None):
        self.root = root
        self.begun_with = snapshot.snapshot(root) if begun_with is None else begun_with
        strict = [] if draft else ["-W", "--keep-going"]
        wait = ["--ahead"] if ahead else []
        command = [sys.executable, "-u", "-P", "-m", "brief.cli.worker", *wait, "build", str(root), "-n", *strict]
        environment = os.environ | {"BRIEF_DRAFT": "1" if draft else ""}
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.child = subprocess.Popen(command, cwd=root, env=environment, start_new_session=True, **streams)

    def go(self) -> None:
        """Let a process that waits build; it publishes nothing before this."""
        with suppress(OSError, ValueError):  # it has ended, or was ended by another thread
            self.child.stdin.write(json.dumps(self.begun_with) + "\n")
            self.child.stdin.flush()

    def lines(self) -> Iterator[str]:
        """Each line that a person needs of what is built, as it comes; `status` is 0 or 1 after the last."""
        for line in needed(self.child.stdout):
            yield line.replace(f"{self.root}{os.sep}", "")
        self.child.wait()

    @property
    def status(self) -> int:
        return 1 if self.child.returncode else 0

    @property
    def is_stale(self) -> bool:
        """Whether it published nothing because another build or an edit came between."""
        return self.child.returncode == snapshot.STALE

    def takes(self, now: dict[str, str]) -> bool:
        """Whether a process that waits can build the book as it is `now`: whether what it has loaded still holds."""
        before, self.begun_with = self.begun_with, now
        differing = {name for name, _ in now.items() ^ before.items()}
        same_files = now.keys() == before.keys()  # it has listed them
        return self.child.poll() is None and same_files and all(_PLAIN.search(name) for name in differing)

    def ask(self) -> None:
        """Have the process end, and do not wait for it."""
        with suppress(OSError):
            self.child.stdin.close()

    def end(self) -> None:
        """End the process, and all that it began, at once."""
        self.ask()
        try:
            self.child.wait(0.5)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):  # ended by another thread
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def discard(self) -> None:
        """End what is not wanted any more."""
        self.end()
        self.child.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.discard()


def needed(lines: Iterable[str]) -> Iterator[str]:
    """Of the lines that a build prints, those that a person needs, without colours."""
    for line in lines:
        plain = _COLOR.sub("", line.rstrip())
        if re.search("WARNING:|ERROR:", plain) or not _NOISE.search(plain):
            yield plain


def is_progress(line: str) -> bool:
    """Whether a line says how far a build is, rather than what is wrong."""
    return bool(_PROGRESS.match(line))


def ended(root: Path, draft: bool = False, begun: Build | None = None) -> Build:
    """Build the book at `root` and print what a person needs; what was saved meanwhile is built at once.

    Returns the last build, with its status and what it was made from. `begun` is the first, where the caller began it
    to do more beside.
    """
    for left in reversed(range(TRIES)):
        run, begun = begun or Build(root, draft), None
        with run:
            run.go()
            for line in run.lines():
                print(line, flush=True)
        if not (run.is_stale and left):
            break
        print("building again", flush=True)
    return run


def drafted(root: Path, failed: str) -> Path:
    """The site of a draft of the book at `root`, built without a word; RuntimeError of `failed` and what was wrong."""
    with Build(root, draft=True) as run:
        run.go()
        said = [line for line in run.lines() if not is_progress(line)]
    if run.status:
        raise RuntimeError("\n".join([failed, *said]))
    return root / "_build" / "html"


class Overtaken(Exception):
    """Something was saved while a file was made from the built book and its inputs; a line for each that was."""


@contextmanager
def as_built(root: Path, made_of: dict[str, str]) -> Iterator[None]:
    """What is made in this block is made of the inputs that the site was `made_of`, or raises Overtaken."""
    try:
        yield
    except Exception:  # which can come of half a saved file
        if not snapshot.changed(root, made_of):
            raise
    if saved := snapshot.changed(root, made_of):
        lines = (f"{name} was saved after the book was built: nothing was made of it, try again" for name in saved)
        raise Overtaken("\n".join(lines))
