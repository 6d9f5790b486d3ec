"""`make changes` says what an edit did: in words for a terminal, in Markdown for a pull request."""

import shutil
import subprocess
import sys

GRAIN = "data/bread/grain.csv"


def changes(book, *arguments):
    command = [sys.executable, "-P", "-m", "brief", "changes", *arguments]
    return subprocess.run(command, cwd=book.root, capture_output=True, text=True)


def test_what_changed_is_told_in_text_and_markdown_with_findings_that_flip(minimal, tmp_path):
    old = shutil.copytree(minimal.site, tmp_path / "old")
    minimal.edit(GRAIN, "2025,150", "2025,90")
    minimal.edit("chapters/flour.md", ":holds: least-rise > 0: rose in each year\n", "")
    minimal.edit("chapters/flour.md", "Grain rose in each year of the book", "Grain by year")
    result = minimal.build("--draft")
    assert result.returncode == 0, result.stdout
    for form, item in (([], "  "), (["--markdown"], "- ")):
        told = changes(minimal, str(old), *form)
        lines = told.stdout.splitlines()
        assert told.returncode == 0, told.stdout + told.stderr
        assert f"{item}flour.grain: 376 t → 316 t (-16.0%)" in lines, lines
        assert any(line.startswith(f"{item}flour.grain-rose: no longer holds: ") for line in lines), lines
        assert any(line.startswith(f"{item}flour.grain-falls: ") and "now met" in line for line in lines), lines
        assert f"{item}flour.grain-by-year: Grain by year" in lines
    told = changes(minimal, str(old / "facts.json"), "--pictures", str(tmp_path / "shown"))
    assert told.stdout.endswith(f"\n1 of the figures before and after: {tmp_path}/shown/index.html\n")
    page = (tmp_path / "shown" / "index.html").read_text("utf-8")
    drawn = "figures/flour-grain-by-year/flour-grain-by-year.svg"
    for when, site in (("before", old), ("after", minimal.site)):
        assert f'src="flour-grain-by-year-{when}.svg"' in page
        shown = (tmp_path / "shown" / f"flour-grain-by-year-{when}.svg").read_bytes()
        assert shown == (site / drawn).read_bytes()
    assert b"Grain rose" in (tmp_path / "shown" / "flour-grain-by-year-before.svg").read_bytes()


def test_an_unknown_revision_is_one_line(minimal_built):
    told = changes(minimal_built, "no-such-thing")
    assert told.returncode == 1 and told.stdout == ""
    assert told.stderr == "no-such-thing is neither a facts.json, a built site nor a git revision\n"
