"""A build of what did not change is no build: found out at once, and never where something did."""

import json
import os

import pytest

from brief.ext.incremental import unchanged

NOTHING = "Nothing changed since the last build. Open "


def touch_the_site(book):
    page = book.site / "index.html"
    page.write_text(page.read_text("utf-8").replace("bread", "cakes"), "utf-8")


def lose_a_page(book):
    (book.site / "chapters" / "ovens.html").unlink()


CHANGES = {
    "a table": lambda book: book.edit("data/bread/ovens.csv", "Birch,800", "Birch,900"),
    "prose": lambda book: book.append("chapters/ovens.md", "\nOne more sentence.\n"),
    "the configuration": lambda book: book.append("_config.yml", "\n# a remark\n"),
    "the licence, which is no kind of page": lambda book: book.append("LICENSE-TEXT", "\nMore terms.\n"),
    "a static file": lambda book: book.append("_static/bread.css", "\np { color: #222; }\n"),
    "a new table, which nobody lists yet": lambda book: book.write("data/bread/new.csv", "a,b\n1,2\n"),
    "a page by hand": touch_the_site,
    "a page that is gone": lose_a_page,
}


def test_nothing_changed_is_said_and_nothing_is_built(minimal):
    before = minimal.files()
    times = {path: path.stat().st_mtime_ns for path in minimal.site.rglob("*")}
    result = minimal.build()
    assert (result.returncode, result.stdout) == (0, f"{NOTHING}{(minimal.site / 'index.html').as_uri()}\n")
    assert minimal.files() == before
    assert {path: path.stat().st_mtime_ns for path in minimal.site.rglob("*")} == times


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changed_is_built(minimal, change):
    assert unchanged.stands(minimal.root)
    change(minimal)
    assert not unchanged.stands(minimal.root)


def test_a_site_by_hand_is_put_right(minimal):
    before = minimal.files()
    touch_the_site(minimal)
    assert minimal.files() != before
    assert minimal.quick()[0] == 0 and minimal.files() == before and unchanged.stands(minimal.root)


@pytest.mark.parametrize("what", ["libraries", "variables"])
def test_what_a_build_runs_with_counts_too(minimal, monkeypatch, what):
    note = minimal.root / "_build" / unchanged.NAME
    if what == "variables":
        monkeypatch.setenv("BRIEF_EDITION", "2026.2")
    else:
        note.write_text(json.dumps(json.loads(note.read_text("utf-8")) | {what: "others"}), "utf-8")
    assert not unchanged.stands(minimal.root)


@pytest.mark.slow
def test_a_variable_that_a_chapter_reads_counts(minimal, monkeypatch):
    monkeypatch.setenv("FLOUR", "rye")
    minimal.append("chapters/flour.md", "\n```{code-cell} python\nimport os\nos.environ.get('FLOUR')\n```\n")
    assert minimal.quick()[0] == 0 and unchanged.stands(minimal.root)
    os.environ["FLOUR"] = "wheat"
    assert not unchanged.stands(minimal.root)


@pytest.mark.slow
def test_a_draft_and_a_site_with_warnings_are_always_built(minimal):
    minimal.append("chapters/flour.md", "\nSee {ref}`nowhere`.\n")
    assert minimal.quick()[0] == 1
    minimal.quick(draft=True)
    assert not unchanged.stands(minimal.root)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"files": 1}'])
def test_a_note_that_cannot_be_read_is_none(minimal, damage):
    (minimal.root / "_build" / unchanged.NAME).write_text(damage, "utf-8")
    assert not unchanged.stands(minimal.root)
