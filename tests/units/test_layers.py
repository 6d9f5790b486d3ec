"""What may import what, as pyproject.toml says: kept by the package as it stands, broken by an import upwards."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def package(tmp_path) -> Path:
    """A copy of the package and its contracts."""
    shutil.copytree(ROOT / "brief", tmp_path / "brief", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("brief/kernel/facts.py", "from brief.ext import anchors"),
        ("brief/ext/facts/quotes.py", "from brief.kernel import tables"),
        ("brief/ext/anchors.py", "from brief.ext import domain"),
        ("brief/ext/pages/ledger.py", "from brief.ext.html import trim"),
        ("brief/ext/pages/changelog.py", "from brief.cli import changes"),
        ("brief/formats.py", "from brief.ext import output"),
    ],
)
@pytest.mark.slow
def test_an_import_upwards_is_named(package, module, line):
    file = package / module
    file.write_text(file.read_text("utf-8") + f"\n{line}\n", "utf-8")
    ended = lint(package)
    assert ended.returncode == 1 and f"{module[:-3].replace('/', '.')} ->" in ended.stdout, ended.stdout


def test_a_new_module_of_the_extension_has_a_layer(package):
    (package / "brief" / "ext" / "elsewhere.py").write_text('"""A module that no layer names."""\n', "utf-8")
    ended = lint(package)
    assert ended.returncode == 1 and "elsewhere" in ended.stdout, ended.stdout


def test_the_package_keeps_its_contracts():
    ended = lint(ROOT)
    assert ended.returncode == 0, ended.stdout


def test_no_import_within_a_function_dodges_a_circle():
    """`__main__` alone loads a command's modules when the command is given; what is slow to load is another's."""
    found = []
    for path in sorted((ROOT / "brief").rglob("*.py")):
        functions = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.FunctionDef))
        inner = (node for function in functions for node in ast.walk(function) if isinstance(node, ast.ImportFrom))
        found += [(path.name, node.module) for node in inner if (node.module or "").startswith("brief")]
    assert {found for found in found if found[0] != "__main__.py"} == {("editions.py", "brief.print")}  # WeasyPrint
