"""The published site holds what this build made, readable by a server, the same bytes wherever it was made."""

import os
import shutil
import stat
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.engine.conftest import SmallBook, copied

IDENTITY = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]


def without_ovens(book):
    book.edit("_toc.yml", "      - file: chapters/ovens\n", "")
    book.edit("index.md", ", and bakers {fact}`ovens.loaves` loaves", "")
    (book.root / "chapters" / "ovens.md").unlink()


def renamed_ovens(book):
    book.edit("_toc.yml", "chapters/ovens", "chapters/hearths")
    book.edit("index.md", "ovens.loaves", "hearths.loaves")
    (book.root / "chapters" / "ovens.md").rename(book.root / "chapters" / "hearths.md")


def without_the_figure(book):
    text = (book.root / "chapters" / "flour.md").read_text("utf-8")
    start = text.index("```{code-cell} ipython3\nshown =")
    book.write("chapters/flour.md", text[:start] + text[text.index("## What would change") :])


def another_sheet(book):
    (book.root / "_static" / "bread.css").rename(book.root / "_static" / "crust.css")


@pytest.mark.parametrize("change", [without_ovens, renamed_ovens, without_the_figure, another_sheet])
def test_nothing_of_an_earlier_build_is_left(minimal, change):
    change(minimal)
    status, said = minimal.quick()
    assert status == 0, said
    incremental = minimal.files()
    shutil.rmtree(minimal.root / "_build" / ".html-next")
    shutil.rmtree(minimal.root / "_build" / "html")
    shutil.rmtree(minimal.root / "_build" / ".doctrees", ignore_errors=True)
    status, said = minimal.quick()
    assert status == 0, said
    assert minimal.files() == incremental
    assert ("chapters/ovens.html" in incremental) == (change in (without_the_figure, another_sheet))


def test_a_server_may_read_what_was_built_under_a_strict_umask(minimal):
    minimal.append("chapters/ovens.md", "\nOne more sentence.\n")
    before = os.umask(0o077)
    try:
        status, said = minimal.quick()
    finally:
        os.umask(before)
    assert status == 0, said
    modes = {stat.S_IMODE(path.stat().st_mode) for path in minimal.site.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in [minimal.site, *minimal.site.rglob("*")] if path.is_dir()}
    assert modes == {0o644} and folders == {0o755}


def test_tables_saved_with_windows_line_ends_are_the_same_data(minimal_built, minimal):
    for name in ("data/bread/grain.csv", "data/bread/ovens.csv", "data/datapackage.json", "data/references.bib"):
        file = minimal.root / name
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    status, said = minimal.quick()
    assert status == 0, said
    assert minimal.files() == minimal_built.files()


def test_line_ends_of_a_clone_do_not_depend_on_its_settings(unbuilt, tmp_path):
    shutil.copyfile(ROOT / ".gitattributes", unbuilt.root / ".gitattributes")
    for command in (["init", "-q"], ["add", "-A"], [*IDENTITY, "commit", "-qm", "The book"]):
        subprocess.run(["git", *command], cwd=unbuilt.root, check=True)
    clone = tmp_path / "clone"
    settings = ["-c", "core.autocrlf=true"]
    subprocess.run(["git", *settings, "clone", "-q", *settings, str(unbuilt.root), str(clone)], check=True)
    for file in (unbuilt.root / "data").rglob("*.*"):
        assert (clone / file.relative_to(unbuilt.root)).read_bytes() == file.read_bytes()


def test_the_same_files_give_the_same_bytes_whatever_their_history(minimal_built, minimal, tmp_path, monkeypatch):
    """In a repository, in a clone whose history was cut off, and where there is no git; each in a place of its own."""
    committed = os.environ | {f"GIT_{who}_DATE": "2031-01-01T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}

    def git(*command, at=minimal.root):
        subprocess.run(["git", *IDENTITY, *command], cwd=at, check=True, env=committed)

    git("init", "-q")
    for text in ("\n", "\n\n"):
        minimal.append("chapters/flour.md", text)
        git("add", "--", ".", ":(exclude)_build")
        git("commit", "-qm", "A change")
    git("clone", "-q", "--depth", "1", minimal.root.as_uri(), "a clone", at=tmp_path)
    shutil.copytree(minimal.root / "_build", tmp_path / "a clone" / "_build")
    shutil.copytree(minimal.root, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    sites = []
    for place in (minimal.root, tmp_path / "a clone", tmp_path / "copy"):
        if place.name == "copy":
            monkeypatch.setenv("PATH", "")
        status, said = SmallBook(place).quick()
        assert status == 0, said
        sites.append(SmallBook(place).files())
    assert sites[0] == sites[1] and sites[0] == sites[2]
    assert '<meta name="citation_publication_date" content="2026/01/15">' in minimal.page("chapters/flour")


@pytest.mark.parametrize("builder", ["singlehtml", "linkcheck", "latex", "text"])
def test_another_builder_is_refused_in_a_line(minimal, builder):
    before = minimal.files()
    more = [builder] if builder in ("singlehtml", "linkcheck", "latex") else ["custom", "--custom-builder", builder]
    run = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-P", "-c", run, "build", ".", "--builder", *more]
    result = subprocess.run(command, cwd=minimal.root, env=minimal.environment, capture_output=True, text=True)
    told = result.stdout + result.stderr
    assert result.returncode == 1 and "Traceback" not in told
    assert f"this book is not made for the builder '{builder}'" in told
    assert minimal.files() == before


CELL = "\n```{code-cell} ipython3\nrows = 1\n```\n\n```{code-cell} ipython3\n%s\n```\n"


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("import os; os._exit(3)", "the kernel died"),
        ("import os; os.kill(os.getpid(), 9)", "the kernel died"),
        ("while True: pass", "the cell ran for more than 3 seconds"),
        ("raise SystemExit(2)", "SystemExit: 2"),
        ("input('How many? ')", "the cell ran for more than 3 seconds"),
        ("print('x' * 5_000_000)", "the cell prints 5,000,001 characters, more than the 1,000,000"),
        ("'x' * 5_000_000", "the cell prints 5,000,002 characters, more than the 1,000,000"),
        ("import sys; _ = sys.stderr.write('x' * 5_000_000)", "the cell prints 5,000,000 characters"),
    ],
)
def test_a_cell_that_does_not_end_as_a_cell_should_is_named(minimal_built, tmp_path, code, what):
    book = copied(minimal_built.root, tmp_path / "book")
    book.edit("_config.yml", "timeout: 60", "timeout: 3")
    book.append("chapters/ovens.md", CELL % code)
    line = (book.root / "chapters" / "ovens.md").read_text("utf-8").splitlines().index(code) + 1
    status, said = book.quick()
    assert status == 1 and "Traceback" not in said, said
    assert any(told.startswith(f"chapters/ovens.md:{line}") and what in told for told in said.splitlines()), said


def test_cells_may_close_their_standard_streams(minimal):
    minimal.append("chapters/ovens.md", CELL % "import os; os.close(1); os.close(2)" + CELL % "print('said after')")
    status, said = minimal.quick()
    assert status == 0, said
    assert "said after" in minimal.page("chapters/ovens")


def test_a_revision_that_does_not_build_says_why(minimal):
    minimal.edit("data/bread/grain.csv", "2025,150", "2025,15O")
    for command in (["init", "-q"], ["add", "-A"], [*IDENTITY, "commit", "-qm", "The book"]):
        subprocess.run(["git", *command], cwd=minimal.root, check=True)
    command = [sys.executable, "-P", "-m", "brief", "changes", "HEAD"]
    result = subprocess.run(command, cwd=minimal.root, env=minimal.environment, capture_output=True, text=True)
    assert result.returncode == 1 and "Traceback" not in result.stderr
    first, second = result.stderr.splitlines()[:2]
    assert first == "the book at HEAD does not build:"
    assert second.startswith('data/bread/grain.csv, row 4, column tonnes: "15O"')
