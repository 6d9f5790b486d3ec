"""What takes long to make is made once, and what was kept is never trusted blindly."""

import os
import time

import jinja2
import pytest

from brief import store
from brief.ext.templating import Compiled


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty store of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for known in (store._folder, store._prune):
        known.cache_clear()
    yield tmp_path / "cache" / "brief"
    for known in (store._folder, store._prune):
        known.cache_clear()


DAMAGES = [lambda whole: whole[:-1], lambda whole: whole.replace(b"made", b"mode"), lambda _: b""]


class Maker:
    """Counts how often it is asked."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return b"made\nof lines"


def test_the_same_is_made_once_and_another_anew(folder):
    make = Maker()
    assert not store.stands("txt", b"flour", b"water")
    assert [store.kept("txt", make, b"flour", b"water") for _ in range(2)] == [b"made\nof lines"] * 2
    assert make.times == 1 and store.stands("txt", b"flour", b"water")
    store.kept("txt", make, b"flourwater")
    assert make.times == 2


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_not_whole_is_made_anew(folder, damage):
    make = Maker()
    store.kept("txt", make, b"flour")
    (file,) = folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert store.kept("txt", make, b"flour") == b"made\nof lines" and make.times == 2
    assert store.kept("txt", make, b"flour") == b"made\nof lines" and make.times == 2


def test_without_a_folder_to_write_to_everything_is_made(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    make = Maker()
    assert [store.kept("txt", make, b"flour") for _ in range(2)] == [b"made\nof lines"] * 2
    assert make.times == 2


def test_what_was_of_no_use_for_long_goes_and_what_was_of_use_stays(folder):
    long_ago = time.time() - (store.DAYS + 1) * 24 * 3600
    for name in (b"old", b"used"):
        store.kept("txt", Maker(), name)
    for file in folder.iterdir():
        os.utime(file, (long_ago, long_ago))
    make = Maker()
    store.kept("txt", make, b"used")
    store._prune.cache_clear()
    store.kept("txt", Maker(), b"new")
    assert not make.times and store.stands("txt", b"used") and not store.stands("txt", b"old")


def rendered(text, **options):
    """A template as a new environment renders it."""
    loader = jinja2.DictLoader({"page.html": text})
    templates = jinja2.Environment(loader=loader, bytecode_cache=Compiled(), **options)
    return templates.get_template("page.html").render(x="&")


def test_templates_are_compiled_once_for_the_same_text_and_options(folder):
    assert [rendered("{{ x }}.") for _ in range(2)] == ["&."] * 2
    assert len(list(folder.iterdir())) == 1
    assert rendered("{{ x }}!") == "&!" and rendered("{{ x }}.", autoescape=True) == "&amp;."
    assert len(list(folder.iterdir())) == 3


def test_a_compiled_template_is_read_and_none_that_is_not_whole(folder, monkeypatch):
    rendered("{{ x }}.")
    (file,) = folder.iterdir()
    with monkeypatch.context() as patch:
        patch.delattr(jinja2.Environment, "_generate")  # it compiles
        assert rendered("{{ x }}.") == "&."
    file.write_bytes(file.read_bytes()[:-1])
    assert rendered("{{ x }}.") == "&."
