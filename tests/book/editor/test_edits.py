"""An editor changes a row and rebuilds: what follows from it changes, and nothing else."""

import csv
import json
import re

from tests.conftest import CHAPTERS, copy_book


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
    soup = book.soup(page)
    return {a.get_text() for a in soup.select(f"a.fact[href$='#fact-{id}']")}


MINISTER = "minister-abroad"


def edit(book):
    """A number that is quoted as it stands, and one end of a range that several pages quote, a figure draws."""
    change(book, "talent/statements", lambda row: row["id"] == MINISTER, value="90000")
    change(book, "talent/departures", lambda row: row["kind"] == "stock", central="123456")


def register(book):
    return json.loads((book.site / "facts.json").read_text("utf-8"))


def test_a_number_changes_everywhere_and_nothing_else_as_in_a_clean_build_elsewhere(book, tmp_path, monkeypatch):
    before, registered = book.files(), register(book)
    assert "7,000 to 100,000" in book.page("index")
    edit(book)
    result = book.build()
    assert result.returncode == 0, result.stdout
    assert chapters_read(result) == ["talent"]
    assert "executed 1 of 1: talent" in result.stdout
    assert re.search(r"data/talent/\w+\.csv.* changed", result.stdout), result.stdout
    assert re.search(r"Since the last build: \d facts? changed, 1 figure redrawn", result.stdout), result.stdout
    assert f"\n  fact talent.{MINISTER}: 100,000 → 90,000 (-10.0%)\n" in result.stdout
    assert "\n  figure talent.departures: " in result.stdout
    assert fact(book, "chapters/talent", f"talent-{MINISTER}") == {"90,000"}
    assert "90,000" in book.page("reference/evidence")
    for page in ("chapters/talent", "index", "reference/evidence"):
        assert "7,000 to 123,456" in book.page(page) and "7,000 to 100,000" not in book.page(page)
    assert "123,456" in book.soup("index").select_one("script#brief-facts").string
    (departures,) = [each for each in register(book)["facts"] if each["id"] == "talent.departures-range"]
    assert departures["value"] == [7000, 123456]
    assert register(book)["fingerprint"] != registered["fingerprint"]
    after = book.files()
    changed = {name for name in after if before.get(name) != after[name]}
    assert "chapters/talent.html" in changed and "data/talent/statements.csv" in changed
    untouched = {f"chapters/{c}.html" for c in CHAPTERS if c != "talent"} | {"reference/methods.html"}
    assert not changed & untouched

    for name, value in {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}.items():
        monkeypatch.setenv(name, value)
    clean = copy_book(tmp_path / "a place with a longer name")
    edit(clean)
    result = clean.build()
    assert result.returncode == 0, result.stdout
    assert clean.files() == after


def test_nothing_stays_of_a_build_that_failed(book):
    """What it wrote before it ended is forgotten, also on pages that the next build does not read."""
    before = book.files()
    change(book, "hardware/clusters", lambda row: row["name"] == "Chervonenkis", h100_equivalents="503")
    book.edit("chapters/ideology.md", "## Bottom line\n", "## Bottom line\n\nThere were 17 of them.\n")
    assert book.build().returncode == 1 and book.files() == before
    change(book, "hardware/clusters", lambda row: row["name"] == "Chervonenkis", h100_equivalents="502")
    book.edit("chapters/ideology.md", "## Bottom line\n\nThere were 17 of them.\n", "## Bottom line\n")
    book.edit("chapters/talent.md", "in large numbers after", "in great numbers after")
    result = book.build()
    assert result.returncode == 0, result.stdout
    assert sorted(chapters_read(result)) == ["hardware", "ideology", "talent"]  # what was read then, and what changed
    after = book.files()
    of_numbers = {"facts.json", "reference/evidence.html", "chapters/hardware.html", "chapters/ideology.html"}
    assert not {name for name in of_numbers if before[name] != after[name]}
    assert "in great numbers after" in book.page("chapters/talent")
