"""Small books to try the engine on: a copy of books/minimal each, built in this process or in one of its own."""

import contextlib
import io
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest
from filelock import FileLock

from brief.cli import build, worker
from brief.ext.incremental import unchanged
from tests.conftest import ROOT, Book, keep, restored

BOOKS = Path(__file__).parent / "books"
# Files of tests that take many rebuilds, other processes or publishing. `make test-fast` leaves them out, and all that
# edit a copy of the package (`own`), open a browser, or are marked in their own files.
SLOW = (
    "any_edits", "bad_cells", "benchmark", "calculations", "captions", "changes", "chart_words", "chronology",
    "citation_cff", "editions", "events", "identity", "incremental", "interrupted", "kernel_pool", "notebooks",
    "page_names", "print", "quotes", "refresh", "release_age", "saved_meanwhile", "serve", "site_contents", "sources",
    "starter", "table_changes",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what is slow."""
    for item in items:
        if item.path.parent == BOOKS.parent and (
            item.path.stem.removeprefix("test_") in SLOW or {"own", "browser"} & set(item.fixturenames)
        ):
            item.add_marker("slow")


class SmallBook(Book):
    """A small book to edit and build; `build` runs a process as an editor's does, `quick` builds in this one."""

    def quick(self, draft: bool = False) -> tuple[int, str]:
        """Status (0 or 1) and what a person is told, of a strict build without the cost of a new process."""
        said, strict = io.StringIO(), [] if draft else ["-W", "--keep-going"]
        environment = mock.patch.dict(os.environ, BRIEF_DRAFT="1" if draft else "")
        with environment, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = worker.main(["build", str(self.root), "-n", *strict])
        return (1 if status else 0), "\n".join(build.needed(said.getvalue().splitlines()))

    def write(self, path: str, text: str) -> None:
        """A file of the book, with its folders."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def append(self, path: str, text: str) -> None:
        """More at the end of a file."""
        self.write(path, (self.root / path).read_text("utf-8") + text)


def copied(source: Path, target: Path) -> SmallBook:
    """A copy of a book, with whatever it has built."""
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    return SmallBook(target)


@pytest.fixture(scope="session")
def minimal_built(tmp_path_factory) -> SmallBook:
    """books/minimal, built once for all workers. Tests read it and leave it alone."""
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "minimal"
    with FileLock(f"{root}.lock"):
        if not root.exists():
            result = copied(BOOKS / "minimal", root).build()
            assert result.returncode == 0, result.stdout
    return SmallBook(root)


@pytest.fixture
def unbuilt(tmp_path) -> SmallBook:
    """A copy of books/minimal that was never built: for what is refused before anything runs."""
    return copied(BOOKS / "minimal", tmp_path / "book")


@dataclass(frozen=True)
class Slips:
    """A page into which slips were written: its lines, how its build ended, what was said, whether the site stayed."""

    page: str
    lines: list[str]
    status: int
    said: str
    stayed: bool

    def told(self, line: int) -> str:
        """What was said of a line of the page, from 1."""
        return "\n".join(row for row in self.said.splitlines() if f"{self.page}:{line}: " in row)

    def refused(self, line: int, told: str) -> bool:
        """Whether the build failed for that line, in these words and without a traceback, and the site stayed."""
        return self.status == 1 and told in self.told(line) and "Traceback" not in self.said and self.stayed


def slips(place: Path, page: str, old: str, new: str) -> Slips:
    """The book at `place`, built with an edit of a page that is full of slips."""
    book = SmallBook(restored(place))
    before = book.files()
    book.edit(page, old, new)
    status, said = book.quick()
    lines = (book.root / page).read_text("utf-8").splitlines()
    return Slips(page, lines, status, said, book.files() == before)


def settle(place: Path, *beside: Path) -> Path:
    """Build the small book at `place`, with folders `beside` in it, and keep what it then is, to go back to."""
    for folder in beside:
        shutil.copytree(folder, place / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "_build" / unchanged.NAME).unlink()  # its site is right, and Sphinx must read its pages here all the same
    result = SmallBook(place).build()
    assert result.returncode == 0, result.stdout
    keep(place)
    return place


@pytest.fixture(scope="session")
def minimal_place(minimal_built, tmp_path_factory) -> Path:
    return settle(copied(minimal_built.root, tmp_path_factory.mktemp("minimal") / "book").root)


@pytest.fixture
def minimal(minimal_place) -> SmallBook:
    """books/minimal, built where it lies, to edit: what it builds next is as incremental as an editor's builds."""
    return SmallBook(restored(minimal_place))


@pytest.fixture(scope="session")
def own_place(minimal_built, tmp_path_factory) -> Path:
    return settle(copied(minimal_built.root, tmp_path_factory.mktemp("own") / "book").root, ROOT / "brief")


@pytest.fixture
def own(own_place) -> SmallBook:
    """The same with a copy of the package that builds it, to edit; `build` uses that copy."""
    return SmallBook(restored(own_place))
