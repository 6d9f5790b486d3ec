"""What README.md, CONTRIBUTING.md and CHANGELOG.md name is there."""

import re
import struct

import pytest

from tests.conftest import CFF, ROOT

TEXTS = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")}
# Made by a command that the text names, or by the reader who follows it.
MADE = (
    "_build",
    ".venv",
    "site",
    "editions",
    "facts.json",
    "chapters/olympiads.md",
    "data/olympiads",
    "ro-crate-metadata.json",
    ".zenodo.json",
    "croissant.json",
)
SUFFIXES = "md|py|csv|bib|json|yml|toml|txt|cff|png"


@pytest.mark.parametrize("name", TEXTS)
def test_every_target_exists(name):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:`|^ {4})make ([a-z-]+)", TEXTS[name], re.MULTILINE))
    assert named and named <= targets, named - targets


@pytest.mark.parametrize("name", TEXTS)
def test_every_path_exists(name):
    paths = re.findall(rf"`([\w./-]+\.(?:{SUFFIXES})|[\w.-]+/[\w./-]*|LICENSE\S*)`", TEXTS[name])
    paths += re.findall(r"\]\(((?!http)[^)#]+)\)", TEXTS[name])
    missing = [path for path in paths if not path.startswith(MADE) and not (ROOT / path).exists()]
    assert missing == []


def test_the_picture_is_small_and_described():
    ((alt, path),) = re.findall(r"!\[([^]]*)\]\(([^)]+)\)", TEXTS["README.md"])
    image = (ROOT / path).read_bytes()
    width, height = struct.unpack(">II", image[16:24])
    assert len(alt) > 40 and len(image) < 150_000 and 800 <= width <= 1280 and height < 1000


def test_a_readers_version_and_the_supported_pythons_are_those_of_the_files():
    released = re.findall(r"^## \[(\d{4}\.\d\d\S*)\] - (\d{4}-\d\d-\d\d)$", TEXTS["CHANGELOG.md"], re.MULTILINE)
    assert released[0] == (str(CFF["version"]), CFF["date-released"].isoformat())
    assert "## [Unreleased]" in TEXTS["CHANGELOG.md"]
    assert f"# {CFF['title']}\n" in TEXTS["README.md"]
    oldest = re.search(r'requires-python = ">=(\S+)"', (ROOT / "pyproject.toml").read_text("utf-8"))[1]
    assert f"You need Python {oldest}" in TEXTS["README.md"]
