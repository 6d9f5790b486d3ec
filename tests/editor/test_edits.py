"""An editor changes a row and rebuilds: what follows from it changes, and nothing else."""

import csv
import os
import re
import shutil

import pytest
from bs4 import BeautifulSoup

from tests.conftest import CHAPTERS


def change(book, table, pick, **values):
    """Change the one row of a table that `pick` accepts."""
    path = book.root / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [r for r in rows if pick(r)]
    row |= values
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def chapters_read(result):
    return re.findall(r"^chapter \d of \d: (\w+):", result.stdout, re.MULTILINE)


def fact(book, page, id):
    """The text of a quoted fact on a page."""
    soup = BeautifulSoup(book.page(page), "html.parser")
    return {a.get_text() for a in soup.select(f"a.fact[href$='#fact-{id}']")}


def test_a_build_with_nothing_changed_reads_and_writes_nothing(book):
    before = book.files()
    result = book.build()
    assert result.returncode == 0, result.stdout
    assert chapters_read(result) == []
    assert book.files() == before


def test_touching_a_table_reruns_nothing(book):
    (book.root / "data" / "talent" / "statements.csv").touch()
    assert chapters_read(book.build()) == []


def test_prose_reruns_no_cell(book):
    book.edit("chapters/talent.md", "## Bottom line\n", "## Bottom line\n\nA sentence that was not here before.\n")
    result = book.build()
    assert result.returncode == 0, result.stdout
    assert chapters_read(result) == ["talent"]
    assert "executing" not in result.stdout
    assert "A sentence that was not here before." in book.page("chapters/talent")


def test_an_older_table_put_back_is_seen(book):
    path = book.root / "data" / "talent" / "statements.csv"
    text, pages = path.read_bytes(), book.files()
    change(book, "talent/statements", lambda r: r["id"] == MINISTER, value="90000")
    assert book.build().returncode == 0
    assert book.files() != pages
    path.write_bytes(text)
    os.utime(path, (1, 1))  # as `cp -p` or a restored cache would leave it
    assert book.build().returncode == 0
    assert book.files() == pages


MINISTER = "minister-abroad"


def test_a_number_changes_everywhere_it_is_quoted_and_nowhere_else(book):
    before = book.files()
    change(book, "talent/statements", lambda r: r["id"] == MINISTER, value="90000")
    result = book.build()
    assert result.returncode == 0, result.stdout
    assert chapters_read(result) == ["talent"]
    assert "executed 1 of 1: talent" in result.stdout
    assert "data/talent/statements.csv changed" in result.stdout
    assert fact(book, "chapters/talent", f"talent-{MINISTER}") == {"90,000"}
    assert "90,000" in book.page("reference/evidence")
    after = book.files()
    changed = {name for name in after if before.get(name) != after[name]}
    assert "chapters/talent.html" in changed and "data/talent/statements.csv" in changed
    untouched = {f"chapters/{c}.html" for c in CHAPTERS if c != "talent"} | {"reference/methods.html"}
    assert not changed & untouched


def test_a_chart_follows_its_table(book):
    before = drawings(book, "hardware")
    grown(book, 50_000)
    result = book.build("--draft")
    assert result.returncode == 0, result.stdout
    assert drawings(book, "hardware") != before


def grown(book, rmax):
    """Give Russia's largest machine of the last list another performance, in the three tables that its rules tie."""
    sums = {"list": "2026-06", "economy": "RUS"}
    with (book.root / "data/hardware/top500_by_economy.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [r for r in csv.DictReader(file) if sums.items() <= r.items()]
    best = {"list": "2026-06", "rank": row["best_rank"]}
    change(book, "hardware/top500_russian_systems", lambda r: best.items() <= r.items(), rmax=str(rmax))
    first = {"list": "2026-06", "measure": "best_russian"}
    change(book, "hardware/top500_frontier", lambda r: first.items() <= r.items(), rmax=str(rmax))
    together = str(int(row["rmax"]) - 21_530 + rmax)
    change(book, "hardware/top500_by_economy", lambda r: sums.items() <= r.items(), rmax=together)


def drawings(book, chapter):
    soup = BeautifulSoup(book.page(f"chapters/{chapter}"), "html.parser")
    return [str(svg) for svg in soup.select(".drawing > svg")]


def test_a_finding_that_the_data_deny_stops_the_build_with_its_file_and_line(book):
    before = book.files()
    grown(book, 500_000)
    result = book.build()
    assert result.returncode == 1
    assert re.search(
        r"^chapters/hardware\.md:\d+: finding hardware\.[\w-]+ no longer holds: .*expected .*, the data now say ",
        result.stdout,
        re.MULTILINE,
    ), result.stdout
    assert "Traceback" not in result.stdout
    assert book.files() == before
    draft = book.build("--draft")
    assert draft.returncode == 0, draft.stdout
    marked = BeautifulSoup(book.page("chapters/hardware"), "html.parser").select(".finding-unsupported")
    assert marked and "No longer supported" in marked[0].get_text()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("## Bottom line\n", "## Bottom line\n\nThere are 37 of them.\n", r'bare number "37"'),
        ("## Bottom line\n", "## Bottom line\n\nIt is {fact}`no-such-thing`.\n", "there is no fact 'no-such-thing'"),
        ("## Bottom line\n", "## Bottom line\n\nSee {cite:p}`nobody-2000`.\n", "nobody-2000"),
    ],
)
def test_a_slip_in_prose_is_named_with_file_and_line_and_harms_nothing(book, old, new, expected):
    before = book.files()
    book.edit("chapters/ideology.md", old, new)
    assert book.build().returncode == 1
    result = book.build()  # said again, and not forgotten because the page was read before
    assert result.returncode == 1
    assert book.files() == before
    line = next(line for line in result.stdout.splitlines() if expected in line)
    written = (book.root / "chapters" / "ideology.md").read_text("utf-8").splitlines()
    number = int(re.search(r"chapters/ideology\.md:(\d+)", line).group(1))
    assert new.strip().splitlines()[-1] in written[number - 1]


def test_a_killed_build_leaves_the_site_and_the_next_one_is_right(book):
    before = book.files()
    change(book, "talent/statements", lambda r: r["id"] == MINISTER, value="95000")
    with book.start("-c", "from jupyter_book.cli.main import main; main()", "build", ".") as child:
        for line in child.stdout:
            if "writing output" in line:
                child.kill()
                break
    assert book.files() == before
    assert book.build().returncode == 0
    assert fact(book, "chapters/talent", f"talent-{MINISTER}") == {"95,000"}


def test_two_builds_at_once_wait_for_each_other(book):
    change(book, "talent/statements", lambda r: r["id"] == MINISTER, value="95000")
    with book.start("-m", "brief", "build") as one, book.start("-m", "brief", "build") as two:
        said = one.communicate()[0] + two.communicate()[0]
    assert (one.returncode, two.returncode) == (0, 0), said
    assert "another build of this book is running: waiting for it" in said
    assert fact(book, "chapters/talent", f"talent-{MINISTER}") == {"95,000"}


def test_incremental_equals_clean(book):
    change(book, "talent/statements", lambda r: r["id"] == MINISTER, value="95000")
    assert book.build().returncode == 0
    incremental = book.files()
    shutil.rmtree(book.root / "_build")
    assert book.build().returncode == 0
    assert book.files() == incremental
