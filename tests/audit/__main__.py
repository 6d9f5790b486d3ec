"""Corrupt copies of the book, one way each, and say which tests notice: `python -m tests.audit [word ...]`.

The table goes to _build/audit.md. A corruption that no test notices makes the exit status 1. With words, only the
corruptions that name one of them.
"""

import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.audit import book
from tests.audit.code import CODE
from tests.audit.site import SITE
from tests.conftest import ROOT

TABLE = ROOT / "_build" / "audit.md"


def tried(corruption: book.Corruption, whole: Path, place: Path) -> list[str]:
    """What noticed: tests, or the build itself."""
    shutil.copytree(whole, place, symlinks=True)
    try:
        copy = book.Copy(place)
        corruption.make(copy)
        if not book.differs(whole, place):
            raise ValueError("it changes nothing")
        commands = [["build"]] if corruption.code else []
        commands += [["epub"]] if corruption.code and corruption.paper else []
        for command in commands:
            with copy.start("-m", "brief", *command) as child:
                said = child.communicate()[0].strip().splitlines()
            if child.returncode:
                return [f"the build: {said[-1][:120]}"]
        return book.caught(copy, corruption.paper, *corruption.by.split())
    finally:
        shutil.rmtree(place)


def main(words: list[str]) -> int:
    """All of it, with a line for each corruption as it is tried."""
    chosen = [c for c in SITE + CODE if not words or any(word in c.what for word in words)]
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        whole, begun = Path(folder) / "whole", time.monotonic()
        print(f"building a sound copy; then {len(chosen)} corruptions are tried ...", flush=True)
        copy = book.sound(whole)
        if wrong := book.caught(copy, paper=True):
            print(f"the sound copy is not sound: {', '.join(wrong)}")
            return 1
        print(f"sound after {time.monotonic() - begun:.0f} s", flush=True)

        def one(numbered):
            number, corruption = numbered
            what, kind = corruption.what, "code" if corruption.code else "site"
            try:
                found = tried(corruption, whole, Path(folder) / f"copy{number}")
            except (AssertionError, ValueError) as error:  # the others are tried all the same
                what, found = f"{what}, which has no place any more ({str(error)[:80]})", []
            print(f"{number}/{len(chosen)} {kind}: {what}: {', '.join(found) or 'NOTHING'}", flush=True)
            return kind, what, found

        with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
            results = list(pool.map(one, enumerate(chosen, 1)))
    lines = ["| kind | what was made wrong | what noticed |", "|---|---|---|"]
    lines += [f"| {kind} | {what} | {', '.join(found) or '**nothing**'} |" for kind, what, found in results]
    missed = [what for _, what, found in results if not found]
    lines += ["", f"{len(results)} corruptions, {len(missed)} that nothing noticed."]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{lines[-1]} The table: {TABLE.relative_to(ROOT)}, after {time.monotonic() - begun:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
