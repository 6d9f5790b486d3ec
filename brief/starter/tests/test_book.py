"""The book builds, and what its pages say is what its tables hold."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SITE = ROOT / "_build" / "html"


@pytest.fixture(scope="session", autouse=True)
def built():
    """The book, built as `make book` builds it."""
    result = subprocess.run(
        [sys.executable, "-m", "brief", "build"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert result.returncode == 0, result.stdout


def facts() -> dict:
    return {fact["id"]: fact for fact in json.loads((SITE / "facts.json").read_text("utf-8"))["facts"]}


def test_the_summary_quotes_the_last_row_of_the_table():
    *_, last = csv.DictReader((ROOT / "data/weather/rain.csv").open(encoding="utf-8"))
    assert f"{last['rain']} mm</a> of rain" in (SITE / "index.html").read_text("utf-8")
    assert facts()["rain.latest"]["value"] == float(last["rain"])


def test_every_fact_names_its_table_and_its_source():
    assert facts() and all(fact["tables"] and fact["sources"] for fact in facts().values())
