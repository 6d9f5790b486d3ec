"""The map of the code has every module, and says what the modules say."""

import re
from pathlib import Path

import pytest

from brief import codemap


def test_the_map_is_up_to_date():
    written = (codemap.HERE / "README.md").read_text("utf-8")
    assert written == codemap.text(), "run `make map`"


def test_the_table_of_events_is_up_to_date_and_every_place_is_there():
    written = codemap.ARCHITECTURE.read_text("utf-8")
    assert written == codemap.architecture(written), "run `make map`"
    named = re.findall(
        r"`((?:brief|data|_static)/[\w./-]+|[\w-]+\.(?:cff|toml|yml))`", written.partition(codemap.MARK)[0]
    )
    assert len(named) > 30
    assert [path for path in named if not (codemap.HERE.parent / path).exists()] == []


def test_every_module_is_on_it_once():
    text = codemap.text()
    modules = [path for path in codemap.modules() if path.name != "__init__.py"]
    assert len(modules) > 50
    assert all(text.count(f"({path.as_posix()})") == 1 for path in modules)
    folders = {path.parent for path in modules}
    assert all(text.count(f"## `{(Path('brief') / folder).as_posix()}/`") == 1 for folder in folders)


@pytest.mark.parametrize(
    ("docstring", "sentence"),
    [
        ('"""Reads data/x.json: all\nof it. And more."""', "Reads data/x.json: all of it."),
        ('"""One thing.\n\nThe rest."""', "One thing."),
    ],
)
def test_the_first_sentence_is_taken(tmp_path, docstring, sentence):
    (tmp_path / "a.py").write_text(docstring, "utf-8")
    assert codemap.first_sentence(tmp_path / "a.py") == sentence


def test_a_module_without_a_docstring_is_named(tmp_path):
    (tmp_path / "__init__.py").write_text('"""A package."""', "utf-8")
    (tmp_path / "a.py").write_text("x = 1\n", "utf-8")
    with pytest.raises(ValueError, match=r"a\.py"):
        codemap.text(tmp_path)
