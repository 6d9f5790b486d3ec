"""A built copy of the book to corrupt: edits that are sure to change something, builds, and the tests that read it."""

import filecmp
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import Book, copy_book

# What reads the built site, the quickest and sharpest first; and what needs no site at all.
SHOWN = ["tests/book/reader/shown"]
ELSE = [f"tests/book/citer/test_{name}.py" for name in ("citations", "feed")]
ELSE += [f"tests/book/reader/test_{name}.py" for name in ("site", "chapters", "ways", "prose")] + ["tests/units"]
# Tests that read PDFs, which take seconds, and are left out where print is not what was corrupted.
PRINTED = ["test_travel.py::test_every_number_of_a_chapter_is_in_its_pdf"]
PRINTED += ["test_travel.py::test_every_number_of_the_summary_is_in_the_whole_pdf"]
PRINTED += ["test_travel.py::test_the_pdf_says_alt_texts_titles_and_edition"]
SLOW = "tests/book/reader/test_site.py::test_every_page_is_valid_html"  # Java, which is downloaded


@dataclass
class Corruption:
    """One thing made wrong: what, how, whether in the site or in the code, and whether print shows it."""

    what: str
    by: str  # the files of tests/book/reader/shown (or others, with a folder) that are tried first
    make: Callable[["Copy"], None]
    code: bool = False
    paper: bool = False


class Copy(Book):
    """A built copy, in a folder of its own."""

    def change(self, path: str, old: str, new: str, count: int = 0) -> None:
        """Replace a pattern in a file, everywhere or `count` times; raises ValueError when that changes nothing."""
        file = self.root / path
        text = file.read_text("utf-8")
        changed = re.sub(old, new, text, count=count, flags=re.DOTALL)
        if changed == text:
            raise ValueError(f"{path} has no {old}")
        file.write_text(changed, "utf-8")

    def html(self, path: str, old: str, new: str, count: int = 0) -> None:
        """The same in a file of the site."""
        self.change(f"_build/html/{path}", old, new, count)


def sound(place: Path) -> Copy:
    """The book as it stands, copied, built strictly and printed; raises RuntimeError when that fails."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    copy = Copy(copy_book(place).root)
    subprocess.run(["git", "init", "-q", place], check=True)  # its tests copy it in their turn, as git lists it
    for command in (["build"], ["pdf"], ["slides"], ["epub"]):
        with copy.start("-m", "brief", *command) as child:
            said = child.communicate()[0]
        if child.returncode:
            raise RuntimeError(f"{' '.join(command)} failed: {said}")
    return copy


def differs(one: Path, other: Path) -> bool:
    """Whether a file differs in two folders of the same names: all of them, to the last byte."""
    names = (path.relative_to(one) for path in one.rglob("*") if path.is_file() and not path.is_symlink())
    return not all((other / name).is_file() and filecmp.cmp(one / name, other / name, shallow=False) for name in names)


def caught(copy: Copy, paper: bool, *first: str) -> list[str]:
    """The first test that fails on a copy: its own tests, by its own code, those in files `first` before all.

    Raises RuntimeError when they cannot run.
    """
    skipped = [] if paper else [f"--deselect=tests/book/reader/shown/{test}" for test in PRINTED]
    options = ["-q", "-n", "0", "-m", "not browser", "--maxfail=1", "-p", "no:cacheprovider"]
    options += [f"--deselect={SLOW}", *skipped]
    environment = os.environ | {"BRIEF_BUILT": str(copy.root), "PYTHONPATH": str(copy.root)}
    tried = [f"tests/book/reader/shown/test_{name}.py" if "/" not in name else name for name in first]
    for files in filter(None, (tried, SHOWN, ELSE)):
        command = [sys.executable, "-m", "pytest", *options, *files]
        run = subprocess.run(command, cwd=copy.root, env=environment, capture_output=True, text=True)
        failed = re.findall(r"^(?:FAILED|ERROR) tests/\S*?(test_\w+\.py(?:::\w+)?)", run.stdout, re.MULTILINE)
        if failed:
            return list(dict.fromkeys(failed))
        if run.returncode:
            raise RuntimeError(f"the tests did not run: {run.stdout[-800:]}{run.stderr[-800:]}")
    return []
