"""The hooks before a commit pass on the book as it stands, name what is wrong, and are what `make` runs."""

import re
import subprocess
import sys
from pathlib import Path

import yaml

from tests.conftest import ROOT, copy_book

HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
HOOK_IDS = ("ruff", "ruff-format", "cells", "codespell", "imports", "types", "check")
COMMIT = ["git", "-c", "user.name=Editor", "-c", "user.email=editor@example.org", "commit", "-qm", "The book"]


def hooks(book):
    """`pre-commit run --all-files`: its output, and how each hook ended by id."""
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose"]
    result = subprocess.run(command, cwd=book.root, env=book.environment, capture_output=True, text=True)
    ended = re.findall(r"\.(Passed|Failed|Skipped)\n- hook id: (\S+)", result.stdout)
    return result.stdout + result.stderr, {id: how for how, id in ended}


def test_hooks_pass_as_the_book_stands_and_fail_where_it_is_broken(tmp_path):
    book = copy_book(tmp_path / "book")
    (book.root / ".venv").symlink_to(Path(sys.prefix))
    for command in (["git", "init", "-q"], ["git", "add", "-A"], COMMIT):
        subprocess.run(command, cwd=book.root, check=True)
    said, ended = hooks(book)
    assert ended == dict.fromkeys(HOOK_IDS, "Passed"), said

    book.edit("brief/formats.py", "import string\n", "import string\nimport  json\nfrom brief.kernel import tables\n")
    book.edit("chapters/talent.md", "import pandas as pd\n", "import pandas  as pd\n")
    book.edit("brief/records.py", "    met: bool\n", "    met: str\n")
    book.edit("README.md", "## Edit a table", "## Edit teh table")  # codespell:ignore
    book.edit("data/talent/statements.csv", ",100000,people,", ",1OO000,people,")
    said, ended = hooks(book)
    assert ended == dict.fromkeys(HOOK_IDS, "Failed"), said
    assert "README.md" in said and "chapters/talent.md" in said and "data/talent/statements.csv, row" in said


def test_hooks_are_the_commands_of_make():
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("$(BIN)", ".venv/bin")
    lint, check = (re.search(rf"^{name}:.*\n\t@(.*)", makefile, re.MULTILINE)[1] for name in ("lint", "check"))
    assert [hook["entry"] for hook in HOOKS] == [*lint.split(" && "), check]
