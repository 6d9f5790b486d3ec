"""A file that did not change is not judged twice, and one that did is judged as if nothing had been kept."""

import json
from collections.abc import Iterator
from unittest import mock

import pytest

from brief import project, store
from brief.ext.checks import inputs
from tests.engine.conftest import BOOKS, SmallBook, copied

RECIPE = "data/recipes/mill.py"


@pytest.fixture(scope="module")
def known(tmp_path_factory) -> Iterator[SmallBook]:
    """A book with a recipe, in which nothing is wrong, checked before with a store of its own."""
    place = tmp_path_factory.mktemp("known")
    book = copied(BOOKS / "minimal", place / "book")
    book.write(RECIPE, "")
    package = project.package(book.root)
    package["resources"][0]["recipe"] = RECIPE
    book.write("data/datapackage.json", json.dumps(package, indent=1))
    with mock.patch.object(store, "_folder", lambda: place / "store"):
        assert inputs.all_errors(book.root) == []
        yield book


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("_config.yml", "execute_notebooks: cache", "execute_notebooks: never"),
        ("_config.yml", "brief_colors: { UTO:", "brief_colors: { XYZ:"),
        ("_toc.yml", "chapters/ovens", "chapters/stoves"),
        ("CITATION.cff", "version:", "versions:"),
        ("data/references.bib", "urldate = {2026-01-10}", "urldate = {10 January}"),
        ("data/references.bib", "@misc{mill-book,", "@misc{mill-books,"),
        ("data/datapackage.json", '"title": "', '"heading": "'),
        ("data/bread/ovens.csv", "Alder,1200,30,40", "Alder,1200,30,4O"),
        ("data/bread/ovens.csv", "Birch,", "Alder,"),
        ("data/bread/ovens.csv", "logs of pine,bakers-guild", "logs of pine,bakers-gild"),
        ("data/shared/sources.csv", "mill-book,dataset", "mills-book,dataset"),
        ("data/shared/claims.csv", "bread-rose,", "Bread rose,"),
        ("chapters/flour.md", "description: Grain and its price.", "description:"),
        ("chapters/flour.md", "Mills ground", "<<<<<<< HEAD\nMills ground"),
        (RECIPE, None, None),
        ("chapters/ovens.md", None, None),
        ("data/bread/ovens.csv", None, None),
    ],
)
def test_what_an_edit_makes_wrong_is_said_as_without_anything_kept(known, tmp_path, file, old, new):
    path = known.root / file
    right = path.read_text("utf-8")
    if old is None:
        path.unlink()
    else:
        assert old in right
        path.write_text(right.replace(old, new, 1), "utf-8")
    said = [inputs.all_errors(known.root) for _ in range(2)]
    with mock.patch.object(store, "_folder", lambda: tmp_path / "store"):
        said.append(inputs.all_errors(known.root))
    path.write_text(right, "utf-8")
    assert said[0] and said == [said[0]] * 3
    assert inputs.all_errors(known.root) == []


FACT = {"id": "flour.grain", "text": "5 t", "period": "2023"}


def test_what_reads_badly_is_said_as_the_page_the_settings_and_the_facts_are_now(known, tmp_path):
    book = copied(known.root, tmp_path / "book")
    said = [inputs.all_warnings(book.root)]

    def edited(path, text):
        book.write(path, text)
        said.append(inputs.all_warnings(book.root))
        assert inputs.all_warnings(book.root) == said[-1] and said[-1] not in said[:-1]

    page = (book.root / "chapters/flour.md").read_text("utf-8")
    edited("chapters/flour.md", f"{page}\nGrain is {{fact}}`grain` now now.\n")
    edited(f"_build/html/{project.FACTS}", json.dumps({"facts": [FACT], "date": "2026-01-01"}))
    config = (book.root / "_config.yml").read_text("utf-8")
    edited("_config.yml", f"{config.rstrip()}\n    brief_avoid: {{dear: costly}}\n")
    edited("reference/more.md", "# More\n\nGrain and and flour.\n")


# What takes longest to load; the check of a book in which nothing changed needs none of it.
PARSERS = ("jsonschema", "pybtex", "markdown_it", "sphinx")
CHECK = f"""
import sys
from brief.__main__ import command
status = command()
print(*sorted(set(sys.modules) & set({PARSERS})), file=sys.stderr)
sys.exit(status)
"""


def test_a_second_check_prints_the_same_and_loads_no_parser(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "store"))
    book, said = copied(BOOKS / "minimal", tmp_path / "book"), []
    book.append("chapters/flour.md", "\nGrain and and flour.\n")
    for _ in range(2):
        with book.start("-c", CHECK, "check") as child:
            said.append(child.communicate()[0].splitlines())
        assert child.returncode == 0, said
    assert said[0][-1].split() == sorted(PARSERS)[:-1] and said[1][-1] == ""
    assert said[0][:-1] == said[1][:-1] and '"and and": a word twice' in said[1][0]
