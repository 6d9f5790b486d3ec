"""What takes long to make is made once, and what was kept is never trusted blindly."""

import os
import time

import pytest

from brief import store


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


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:-1], lambda whole: whole.replace(b"made", b"mode"), lambda _: b""]
)
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
