"""`python -m brief new DIR` writes a book that builds and passes its own tests, and harms nothing that is there."""

import os
import subprocess
import sys

import pytest

from brief.cli import new_book
from tests.conftest import ROOT


def new(*arguments: str, cwd) -> subprocess.CompletedProcess:
    command = [sys.executable, "-P", "-m", "brief", "new", *arguments]
    return subprocess.run(command, cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)


def test_a_new_book_builds_and_passes_its_tests(tmp_path):
    result = new("rain", cwd=tmp_path)
    assert result.returncode == 0 and "placeholder" in result.stdout, result.stderr
    book = tmp_path / "rain"
    assert {"requirements.txt", "Makefile", ".gitignore", ".github/workflows/test.yml", "CITATION.cff"} <= {
        path.relative_to(book).as_posix() for path in book.rglob("*")
    }
    assert f"\n-e {ROOT}\n" in (book / "requirements.txt").read_text("utf-8")
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    ran = subprocess.run(tests, cwd=book, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert ran.returncode == 0 and "2 passed" in ran.stdout, ran.stdout


@pytest.mark.parametrize("there", ["notes.txt", ".hidden"])
def test_a_folder_that_is_not_empty_is_refused(tmp_path, there):
    (tmp_path / there).write_text("mine")
    result = new(".", cwd=tmp_path)
    assert result.returncode == 1 and result.stderr.count("\n") == 1 and "is not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [there]


def test_a_file_and_a_place_that_cannot_be_written_are_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    for place, says in (("file", "is a file"), ("file/within", "cannot be written")):
        with pytest.raises(new_book.Refused, match=says):
            new_book.write(tmp_path / place)
