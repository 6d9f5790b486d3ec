"""What the code imports is declared, what is declared is pinned, what is pinned is known by its hashes."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MAIN = {canonicalize_name(r.name): r for r in map(Requirement, PROJECT["dependencies"])}
TEST = {canonicalize_name(r.name): r for r in map(Requirement, PROJECT["optional-dependencies"]["test"])}
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
# Packages of which we use what they do not promise to keep.
INSIDE = ("sphinx", "docutils", "myst-nb", "pydata-sphinx-theme", "sphinx-book-theme", "sphinxcontrib-bibtex", "pybtex")
INSIDE += ("jupyter-cache", "nbclient", "jupyter-book")
INSTALLED = packages_distributions()  # by the name that is imported
OURS = {"brief", "bench", "tests", "chapters", "data"}


def imported(source: str) -> set[str]:
    """The top-level names of other people's packages that some code imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module)
    return {name.partition(".")[0] for name in found} - sys.stdlib_module_names - OURS


def undeclared(source: str, declared: set[str]) -> list[str]:
    """Imports of `source` that no declared package brings."""
    brings = {name: {canonicalize_name(d) for d in INSTALLED.get(name, [])} for name in imported(source)}
    return sorted(name for name, packages in brings.items() if not packages & declared)


def cells(page: str) -> str:
    """The code of a chapter's cells."""
    blocks = re.findall(r"^(`{3,}|~{3,})\{code-cell\}.*\n((?:.*\n)*?)\1$", page, re.MULTILINE)
    code = "\n".join(block for _fence, block in blocks)
    return re.sub(r"^(:.*|---\n(?:.*\n)*?---)$", "", code, flags=re.MULTILINE)


STARTER = ROOT / "brief" / "starter"  # the files of another book, with its own requirements


@pytest.mark.parametrize("folder", ["brief", "bench", "tests", "data"])
def test_every_import_is_a_declared_dependency(folder):
    declared = set(MAIN) | (set() if folder == "brief" else set(TEST))
    wrong = {
        path: undeclared(path.read_text("utf-8"), declared)
        for path in (ROOT / folder).rglob("*.py")
        if not path.is_relative_to(STARTER)
    }
    assert {str(path): names for path, names in wrong.items() if names} == {}


def test_every_import_of_a_chapter_is_a_declared_dependency():
    pages = {path: cells(path.read_text("utf-8")) for path in ROOT.glob("chapters/*.md")}
    assert all("from brief import" in code for code in pages.values())
    assert {str(path): undeclared(code, set(MAIN)) for path, code in pages.items() if undeclared(code, set(MAIN))} == {}


def test_an_import_that_only_another_package_brings_is_named():
    assert undeclared("import pandas, markupsafe\nfrom click.testing import x\nimport os, brief", set(MAIN)) == [
        "click",
        "markupsafe",
    ]


@pytest.mark.parametrize("name", INSIDE)
def test_a_package_whose_inside_is_used_has_an_upper_bound(name):
    assert any(s.operator in ("<", "==") for s in MAIN[name].specifier), f"{name}: which version is the first too new?"


def test_every_dependency_has_a_bound_and_a_reason():
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    listed = [line for line in lines if re.match(r'  "[\w\[\]-]+[<>=]', line)]
    assert len(listed) == len(MAIN) + len(TEST)
    assert [line for line in listed if not re.search(r'",\s*# \S', line)] == []


def pins() -> dict[str, list[str]]:
    """The versions of each package in requirements.lock; more than one where it depends on the Python."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize("name", sorted(MAIN | TEST))
def test_what_is_declared_is_pinned_within_its_bounds(name):
    assert pins().get(name), f"{name} is not in requirements.lock: make requirements"
    assert all(version in (MAIN | TEST)[name].specifier for version in pins()[name])


def test_every_pin_has_hashes():
    blocks = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) > 100
    assert [block.splitlines()[0] for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)] == []


def test_plain_pip_installs_the_same():
    """requirements.txt is requirements.lock without the hashes, which pip does not take beside `-e .`."""
    bare = re.sub(r"^    --hash=.*\n", "", LOCK, flags=re.MULTILINE).replace(" \\\n", "\n")
    assert (ROOT / "requirements.txt").read_text("utf-8") == f"-e .\n{bare}"


def test_no_test_downloads_a_tool():
    fetching = re.compile(r'"tool", "run"|\buvx\b|\bnpx\b|"pip", "download"')
    files = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    assert [str(path) for path in files if fetching.search(path.read_text("utf-8"))] == []
