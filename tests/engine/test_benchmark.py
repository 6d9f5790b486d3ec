"""`make bench` measures books that build, by edits that a book takes."""

import subprocess
from functools import partial

import pytest

from bench import books, stock
from bench.__main__ import STOCK
from bench.__main__ import stock as make_stock
from brief import ext
from brief.ext.checks import inputs
from tests.conftest import Book


def test_what_the_benchmark_leaves_out_is_in_the_tables():
    assert {name.partition(":")[0] for _event, _priority, name, _why in ext.EVENTS} >= stock.REBUILDING


def test_the_benchmark_compares_two_sides_with_the_same_numbers(tmp_path):
    """Ours is built as everybody's is, stock's as Jupyter Book builds what has our directives."""
    ours, theirs = Book(tmp_path / "ours"), Book(tmp_path / "theirs")
    for book in (ours, theirs):
        books.generated(book.root, 1)
    make_stock(theirs.root)
    assert (result := ours.build()).returncode == 0, result.stdout
    result = subprocess.run(STOCK, cwd=theirs.root, env=theirs.environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    quoted = [[a.get_text() for a in book.soup("chapters/c001").select("a.fact")] for book in (ours, theirs)]
    assert quoted[0] == quoted[1] and len(quoted[0]) == 2


@pytest.mark.parametrize("make", [books.this_book, partial(books.generated, chapters=5)])
def test_the_benchmarks_edits_are_of_good_tables(tmp_path, make):
    edits = make(tmp_path)
    assert inputs.all_errors(tmp_path) == []
    for edit in edits:
        edit.apply(tmp_path)
    assert inputs.all_errors(tmp_path) == []
