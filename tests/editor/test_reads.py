"""Whatever a chapter reads is found, and a change of it re-runs that chapter and no other."""

import csv
import json
import os
import shutil
import subprocess

from bs4 import BeautifulSoup

from tests.conftest import copy_book
from tests.editor.test_edits import MINISTER, change, chapters_read, fact

IMPORTS = "import pandas as pd\nfrom brief import disputed, dots,"


def rebuilt(book):
    result = book.build()
    assert result.returncode == 0, result.stdout
    return result


def executed(result):
    return [line.split(": ")[1].split(" ")[0] for line in result.stdout.splitlines() if line.startswith("executed ")]


def test_a_helper_reruns_the_chapters_that_import_it(book):
    rerun = []
    for name in ("charts/timeline", "charts/bars"):
        path = book.root / "brief" / "kernel" / f"{name}.py"
        path.write_text(path.read_text("utf-8") + "\n# A remark.\n", "utf-8")
        result = rebuilt(book)
        assert f"brief/kernel/{name}.py changed" in result.stdout
        rerun.append(set(executed(result)))
    importing = [
        {
            p.stem
            for p in (book.root / "chapters").glob("*.md")
            if any(f" {f}," in p.read_text("utf-8") for f in functions)
        }
        for functions in (["timeline"], ["bars", "dots"])
    ]
    assert rerun == importing


def test_a_display_tag_reruns_nothing_and_shows(book):
    book.edit(
        "chapters/talent.md",
        "{code-cell} ipython3\n" + IMPORTS,
        "{code-cell} ipython3\n:tags: [remove-input]\n" + IMPORTS,
    )
    result = rebuilt(book)
    assert chapters_read(result) == ["talent"] and executed(result) == []
    assert "from brief import disputed" not in book.page("chapters/talent").replace("</span>", "")


def test_an_environment_variable_that_is_read(book, monkeypatch):
    book.edit("chapters/talent.md", IMPORTS, f"import os\nasked = os.environ.get('BRIEF_ASKED', 'nothing')\n{IMPORTS}")
    book.edit(
        "chapters/talent.md", "base, now = pd", "asked = os.environ.get('BRIEF_ASKED', 'nothing')\nbase, now = pd"
    )
    rebuilt(book)
    assert executed(rebuilt(book)) == []
    monkeypatch.setenv("BRIEF_OTHER", "x")
    assert executed(rebuilt(book)) == []
    monkeypatch.setenv("BRIEF_ASKED", "x")
    result = rebuilt(book)
    assert "talent: the environment variable BRIEF_ASKED changed" in result.stdout
    assert executed(result) == ["talent"]


def test_a_file_that_is_opened_and_a_module_of_the_books_own(book):
    (book.root / "chapters" / "note.txt").write_text("one", "utf-8")
    (book.root / "chapters" / "ours.py").write_text("NUMBER = 1\n", "utf-8")
    extra = "import sys\nsys.path.insert(0, '.')\nimport ours\nnote = open('note.txt').read()\n"
    book.edit("chapters/talent.md", "base, now = pd", extra + "base, now = pd")
    rebuilt(book)
    assert executed(rebuilt(book)) == []
    for name, text in (("note.txt", "two"), ("ours.py", "NUMBER = 2\n")):
        (book.root / "chapters" / name).write_text(text, "utf-8")
        result = rebuilt(book)
        assert f"talent: chapters/{name} changed" in result.stdout
        assert executed(result) == ["talent"]


def test_a_schema_reruns_the_chapters_that_read_its_table(book):
    path = book.root / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    (entry,) = [r for r in package["resources"] if r["name"] == "talent/returns"]
    entry["schema"]["fields"][0]["description"] += "."
    path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")
    result = rebuilt(book)
    assert executed(result) == ["talent"]
    assert "data/talent/returns.csv changed" in result.stdout


def test_a_table_saved_while_its_page_is_built_is_read_again(book):
    path = book.root / "data" / "talent" / "statements.csv"
    later = path.read_text("utf-8").replace(",100000,people,", ",90000,people,")
    assert later != path.read_text("utf-8")
    # The chapter itself saves the table, after reading it: the surest way to be between the two.
    save = f"with open('../data/talent/statements.csv', 'w') as file:\n    _ = file.write({later!r})\n"
    book.edit("chapters/talent.md", "base, now = pd", save + "base, now = pd")
    said = rebuilt(book).stdout
    assert "data/talent/statements.csv was saved while the book was built: not published" in said
    assert fact(book, "chapters/talent", f"talent-{MINISTER}") == {"90,000"}
    assert executed(rebuilt(book)) == []


def declare(book, change):
    path = book.root / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    change(package["resources"])
    path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")


def test_a_table_that_is_renamed(book):
    data = book.root / "data" / "talent"
    (data / "returns.csv").rename(data / "comebacks.csv")

    def rename(resources):
        (entry,) = [r for r in resources if r["name"] == "talent/returns"]
        entry |= {"name": "talent/comebacks", "path": "talent/comebacks.csv"}

    declare(book, rename)
    failed = book.build()
    assert failed.returncode == 1
    assert "no table 'talent/returns' in data/datapackage.json; it has" in failed.stdout
    assert any(line.startswith("chapters/talent.md:") for line in failed.stdout.splitlines())
    book.edit("chapters/talent.md", 'load("talent/returns")', 'load("talent/comebacks")')
    assert executed(rebuilt(book)) == ["talent"]
    files = book.files()
    assert "data/talent/comebacks.csv" in files and "data/talent/returns.csv" not in files
    assert not [name for name, content in files.items() if b"talent/returns" in content]


def test_a_table_that_is_added_reruns_no_chapter_and_is_in_the_catalogue(book):
    data = book.root / "data" / "talent"
    shutil.copyfile(data / "returns.csv", data / "again.csv")

    def add(resources):
        (entry,) = [r for r in resources if r["name"] == "talent/returns"]
        resources.append(entry | {"name": "talent/again", "path": "talent/again.csv", "title": "Returns, again"})

    declare(book, add)
    assert executed(rebuilt(book)) == []
    assert "Returns, again" in book.page("reference/data")


def test_switching_branches_back_and_forth(book):
    def git(*arguments):
        identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=book.root, check=True, capture_output=True)

    git("init", "-b", "main")
    git("add", "-A")
    git("commit", "-m", "The book")
    rebuilt(book)  # from now on chapters have git's dates
    before = book.files()
    git("checkout", "-b", "other")
    change(book, "talent/statements", lambda r: r["id"] == MINISTER, value="90000")
    git("commit", "-am", "Another number")
    rebuilt(book)
    other = book.files()
    assert other != before
    for branch, pages in (("main", before), ("other", other)):
        git("checkout", branch)
        rebuilt(book)
        assert book.files() == pages


def test_a_cache_restored_in_another_place_runs_that_places_chapters(built, tmp_path):
    moved = copy_book(tmp_path / "elsewhere")
    shutil.copytree(built.root / "_build", moved.root / "_build")
    change(moved, "talent/statements", lambda r: r["id"] == MINISTER, value="90000")
    assert executed(rebuilt(moved)) == ["talent"]
    assert fact(moved, "chapters/talent", f"talent-{MINISTER}") == {"90,000"}


def test_two_clean_builds_are_alike_whatever_the_place_the_hour_and_the_hash_seed(built, tmp_path, monkeypatch):
    for name, value in {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}.items():
        monkeypatch.setenv(name, value)
    other = copy_book(tmp_path / "a place with a longer name")
    rebuilt(other)
    ours, theirs = built.files(), other.files()
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert os.environ["PYTHONHASHSEED"] == "7"


def test_what_a_cell_holds_is_shown_as_text_and_harmless_in_downloads(book):
    cells = ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1;x", "-a1", "<img src=x onerror=alert(1)>"]
    path = book.root / "data" / "talent" / "departures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, cell in zip(rows, cells, strict=False):  # the first rows: the catalogue's preview shows them
        row["estimator"] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    rebuilt(book)
    shown = {"reference/data": cells, "reference/evidence": cells[:1], "chapters/talent": cells[:1]}
    for name, expected in shown.items():
        page = BeautifulSoup(book.page(name), "html.parser")
        text = page.get_text().replace("'", "’")
        assert all(cell.replace("'", "’") in text for cell in expected), name
        assert not page.select("img[onerror]")
    downloads = (book.site / "data/talent/departures.csv").read_text("utf-8").splitlines()[1:]
    for cell, line in zip(cells, downloads, strict=False):
        assert line.lstrip('"')[0] == ("<" if cell.startswith("<") else "'")
