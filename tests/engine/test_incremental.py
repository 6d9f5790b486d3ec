"""A build after an edit does what follows from it and no more; whatever a chapter reads is found."""

import json
import os
import re
import shutil
import subprocess

import pytest

from tests.engine.conftest import copied

# Where a chapter's first cell begins, and its second.
IMPORTS, SECOND = "from brief import bars, disputed", 'fact("grain", '
GRAIN, FEWER = "2024,125.5", "2024,124.5"


def rebuilt(book) -> str:
    """What a build that succeeds says."""
    status, said = book.quick()
    assert status == 0, said
    return said


def read(said: str) -> list[str]:
    return re.findall(r"^chapter \d of \d: (\w+):", said, re.MULTILINE)


def executed(said: str) -> list[str]:
    return re.findall(r"^executed \d of \d: (\w+)", said, re.MULTILINE)


def git(book, *arguments: str) -> None:
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=book.root, check=True, capture_output=True)


def declare(book, change) -> None:
    """Change the list of tables."""
    path = book.root / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    change(package["resources"])
    path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")


def test_nothing_changed_and_a_touched_table_read_and_write_nothing(minimal):
    before = minimal.files()
    assert read(rebuilt(minimal)) == []
    (minimal.root / "data/bread/grain.csv").touch()
    assert read(rebuilt(minimal)) == []
    assert minimal.files() == before


def test_prose_reruns_no_cell(minimal):
    minimal.edit("chapters/flour.md", "## Bottom line\n", "## Bottom line\n\nA sentence that was not here before.\n")
    said = rebuilt(minimal)
    assert read(said) == ["flour"] and "executing" not in said
    assert "A sentence that was not here before." in minimal.page("chapters/flour")


def test_an_older_table_put_back_is_seen(minimal):
    path, pages = minimal.root / "data/bread/grain.csv", minimal.files()
    text = path.read_bytes()
    minimal.edit("data/bread/grain.csv", GRAIN, FEWER)
    rebuilt(minimal)
    assert minimal.files() != pages
    path.write_bytes(text)
    os.utime(path, (1, 1))  # as `cp -p` or a restored cache would leave it
    rebuilt(minimal)
    assert minimal.files() == pages


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("There are 37 of them.", 'bare number "37"'),
        ("It is {fact}`no-such-thing`.", "there is no fact 'no-such-thing'"),
        ("See {cite:p}`nobody-2000`.", "nobody-2000"),
    ],
)
def test_a_slip_in_prose_is_named_each_time_and_harms_nothing(minimal, new, expected):
    before = minimal.files()
    minimal.edit("chapters/flour.md", "## Bottom line\n", f"## Bottom line\n\n{new}\n")
    assert minimal.quick()[0] == 1
    status, said = minimal.quick()  # said again, and not forgotten because the page was read before
    assert status == 1 and minimal.files() == before
    line = next(line for line in said.splitlines() if expected in line)
    written = (minimal.root / "chapters/flour.md").read_text("utf-8").splitlines()
    assert new in written[int(re.search(r"chapters/flour\.md:(\d+)", line)[1]) - 1]


def test_a_killed_build_leaves_the_site_and_the_next_one_is_right(minimal):
    before = minimal.files()
    minimal.edit("data/bread/grain.csv", GRAIN, FEWER)
    with minimal.start("-c", "from jupyter_book.cli.main import main; main()", "build", ".") as child:
        for line in child.stdout:
            if "writing output" in line:
                child.kill()
                break
    assert minimal.files() == before
    rebuilt(minimal)
    assert "374 t</a> of grain" in minimal.page("index")


def test_two_builds_at_once_wait_for_each_other(minimal):
    minimal.edit("data/bread/grain.csv", GRAIN, FEWER)
    with minimal.start("-m", "brief", "build") as one, minimal.start("-m", "brief", "build") as two:
        said = one.communicate()[0] + two.communicate()[0]
    assert (one.returncode, two.returncode) == (0, 0), said
    assert "another build of this book is running: waiting for it" in said
    assert "374 t</a> of grain" in minimal.page("index")


def test_a_helper_reruns_the_chapters_that_import_it(own):
    path = own.root / "brief/kernel/charts/bars.py"
    path.write_text(path.read_text("utf-8") + "\n# A remark.\n", "utf-8")
    result = own.build()
    assert result.returncode == 0 and "brief/kernel/charts/bars.py changed" in result.stdout
    assert executed(result.stdout) == ["flour"]


def test_a_display_tag_reruns_nothing_and_shows(minimal):
    cell = "{code-cell} ipython3\n"
    minimal.edit("chapters/flour.md", cell + IMPORTS, f"{cell}:tags: [remove-input]\n{IMPORTS}")
    said = rebuilt(minimal)
    assert read(said) == ["flour"] and executed(said) == []
    assert "from brief import bars" not in minimal.page("chapters/flour").replace("</span>", "")


def test_an_environment_variable_that_is_read(minimal, monkeypatch):
    asked = "asked = os.environ.get('BRIEF_ASKED', 'nothing')\n"
    minimal.edit("chapters/flour.md", IMPORTS, f"import os\n{asked}{IMPORTS}")
    minimal.edit("chapters/flour.md", SECOND, asked + SECOND)
    rebuilt(minimal)
    monkeypatch.setenv("BRIEF_OTHER", "x")
    assert executed(rebuilt(minimal)) == []
    monkeypatch.setenv("BRIEF_ASKED", "x")
    said = rebuilt(minimal)
    assert "flour: the environment variable BRIEF_ASKED changed" in said and executed(said) == ["flour"]


def test_a_file_that_is_opened_and_a_module_of_the_books_own(minimal):
    minimal.write("chapters/note.txt", "one")
    minimal.write("chapters/ours.py", "NUMBER = 1\n")
    extra = "import sys\nsys.path.insert(0, '.')\nimport ours\nnote = open('note.txt').read()\n"
    minimal.edit("chapters/flour.md", SECOND, extra + SECOND)
    rebuilt(minimal)
    assert executed(rebuilt(minimal)) == []
    for name, text in (("note.txt", "two"), ("ours.py", "NUMBER = 2\n")):
        minimal.write(f"chapters/{name}", text)
        said = rebuilt(minimal)
        assert f"flour: chapters/{name} changed" in said and executed(said) == ["flour"]


def test_a_schema_reruns_the_chapters_that_read_its_table(minimal):
    def describe(resources):
        (entry,) = [r for r in resources if r["name"] == "bread/ovens"]
        entry["schema"]["fields"][0]["description"] = "Where the oven stands."

    declare(minimal, describe)
    said = rebuilt(minimal)
    assert executed(said) == ["ovens"] and "data/bread/ovens.csv changed" in said


def test_a_tables_new_title_stands_under_its_figures_and_no_cell_runs(minimal):
    def call(resources):
        (entry,) = [r for r in resources if r["name"] == "bread/grain"]
        entry["title"] = "All the corn"

    declare(minimal, call)
    assert executed(rebuilt(minimal)) == []
    page = minimal.soup("chapters/flour")
    for place in (".brief-figure .figure-source", ".used-tables"):
        assert [a["title"] for a in page.select(f"{place} a") if a.text == "All the corn"] == ["bread/grain"]


def test_a_table_that_is_renamed(minimal):
    (minimal.root / "data/bread/grain.csv").rename(minimal.root / "data/bread/corn.csv")

    def rename(resources):
        (entry,) = [r for r in resources if r["name"] == "bread/grain"]
        entry |= {"name": "bread/corn", "path": "bread/corn.csv"}

    declare(minimal, rename)
    status, said = minimal.quick()
    assert status == 1 and "no table 'bread/grain' in data/datapackage.json; it has" in said
    assert any(line.startswith("chapters/flour.md:") for line in said.splitlines())
    for call in ("load", "table"):
        minimal.edit("chapters/flour.md", f'{call}("bread/grain")', f'{call}("bread/corn")')
    assert executed(rebuilt(minimal)) == ["flour"]
    files = minimal.files()
    assert "data/bread/corn.csv" in files and "data/bread/grain.csv" not in files
    assert not [name for name, content in files.items() if b"bread/grain" in content]


def test_a_table_that_is_added_reruns_no_chapter_and_is_in_the_catalogue(minimal):
    shutil.copyfile(minimal.root / "data/bread/ovens.csv", minimal.root / "data/bread/again.csv")

    def add(resources):
        (entry,) = [r for r in resources if r["name"] == "bread/ovens"]
        resources.append(entry | {"name": "bread/again", "path": "bread/again.csv", "title": "Ovens, again"})

    declare(minimal, add)
    assert executed(rebuilt(minimal)) == []
    assert "Ovens, again" in minimal.page("reference/data")


def test_switching_branches_back_and_forth(minimal):
    git(minimal, "init", "-b", "main")
    minimal.write(".gitignore", "_build/\n")
    git(minimal, "add", "-A")
    git(minimal, "commit", "-m", "The book")
    rebuilt(minimal)
    pages = {"main": minimal.files()}
    git(minimal, "checkout", "-b", "other")
    minimal.edit("data/bread/grain.csv", GRAIN, FEWER)
    git(minimal, "commit", "-am", "Another number")
    rebuilt(minimal)
    pages["other"] = minimal.files()
    assert pages["main"] != pages["other"]
    for branch in ("main", "other"):
        git(minimal, "checkout", branch)
        rebuilt(minimal)
        assert minimal.files() == pages[branch]


def test_a_cache_restored_in_another_place_runs_that_places_chapters(minimal_built, tmp_path):
    moved = copied(minimal_built.root, tmp_path / "elsewhere")
    moved.edit("data/bread/grain.csv", GRAIN, FEWER)
    assert executed(rebuilt(moved)) == ["flour"]
    assert "374 t</a> of grain" in moved.page("index")


def test_runs_that_are_kept_no_more_run_again_for_the_notebooks(minimal):
    before = minimal.files()
    shutil.rmtree(minimal.root / "_build/.jupyter_cache")
    minimal.edit("CITATION.cff", "abstract: ", "abstract: Now ")  # each page is written again, and with it its notebook
    assert executed(rebuilt(minimal)) == ["flour", "ovens"]
    minimal.edit("CITATION.cff", "abstract: Now ", "abstract: ")
    assert executed(rebuilt(minimal)) == []
    assert minimal.files() == before


def test_what_a_cell_holds_is_shown_as_text_and_harmless_in_downloads(minimal):
    cells = ["=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>"]
    minimal.edit("data/bread/ovens.csv", "Alder,", f"{cells[0]},")
    minimal.edit("data/bread/ovens.csv", "Birch,", f"{cells[1]},")
    rebuilt(minimal)
    shown = {"reference/data/bread/ovens": cells, "reference/evidence": cells[:1]}
    for name, expected in shown.items():
        page = minimal.soup(name)
        text = page.get_text().replace("'", "’")
        assert all(cell.replace("'", "’") in text for cell in expected), name
        assert not page.select("img[onerror]")
    downloads = (minimal.site / "data/bread/ovens.csv").read_text("utf-8").splitlines()[1:]
    assert [row.lstrip('"')[0] for row in downloads] == ["'", "<"]


def test_a_chapter_of_a_changed_table_runs_once_and_of_a_bad_one_not_at_all(minimal, tmp_path):
    """Its run begins while Sphinx still loads, and is the one that its page takes."""
    ran = tmp_path / "ran"
    first = "from brief import disputed, fact, load"
    minimal.edit("chapters/ovens.md", first, f"_ = open({str(ran)!r}, 'a').write('x')\n{first}")
    for old, new, status, runs in (("800", "800", 0, "x"), ("800", "810", 0, "xx"), ("810", "8x0", 1, "xx")):
        minimal.edit("data/bread/ovens.csv", f"Birch,{old},", f"Birch,{new},")
        assert minimal.build().returncode == status and ran.read_text("utf-8") == runs
