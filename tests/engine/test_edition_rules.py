"""Which edition may follow which, and of what it may be made: said before anything is built."""

import json
import random
import shutil
import subprocess

import pytest

from brief.cli import editions
from brief.ext.facts import edition_records
from tests.conftest import ROOT

MINIMAL = ROOT / "tests" / "engine" / "books" / "minimal"

GIT = ["git", "-c", "user.name=Baker", "-c", "user.email=baker@example.org"]


@pytest.fixture
def root(tmp_path):
    """books/minimal, dated 15 January 2026, edition 2026.1, after an edition that a test names."""
    shutil.copytree(MINIMAL, tmp_path / "book")
    return tmp_path / "book"


def record(root, version, day):
    (root / "editions").mkdir(exist_ok=True)
    kinds = {kind: [] for kind in ("facts", "findings", "indicators", "figures", "claims")}
    text = json.dumps({"edition": version, "date": day, "fingerprint": "f"} | kinds)
    (root / "editions" / f"{version}.json").write_text(text, "utf-8")


def refused(root) -> str:
    try:
        editions.permit(root, root / "site")
    except editions.Refused as reason:
        return str(reason)
    return ""


def test_versions_are_sorted_as_numbers():
    ordered = ["2025.12", "2026.1", "2026.9", "2026.10", "2026.10.1", "2026.11", "2027.1-beta"]
    mixed = random.Random(1).sample(ordered, len(ordered))
    assert sorted(mixed, key=edition_records.order) == ordered
    records = [{"date": "2026-11-24", "edition": version} for version in mixed]
    assert [each["edition"] for each in sorted(records, key=edition_records.age)] == ordered


@pytest.mark.parametrize(
    ("version", "day", "said"),
    [
        ("2025.12", "2025-12-01", ""),
        (
            "2025.12",
            "2026-01-15",
            "date-released is 2026-01-15: set it to after 2026-01-15,",
        ),
        (
            "2025.12",
            "2026-02-01",
            "date-released is 2026-01-15: set it to after 2026-02-01,",
        ),
        ("2026.1.1", "2025-12-01", "version is 2026.1, not after 2026.1.1, the last edition: set it to one that is"),
        ("2026.11", "2025-12-01", "version is 2026.1, not after 2026.11, the last edition: set it to one that is"),
        ("2026.1", "2026-01-15", ""),  # made before, and made anew
    ],
)
def test_an_edition_comes_after_the_last_by_day_and_version(root, version, day, said):
    record(root, version, day)
    why = refused(root)
    assert why.startswith(f"CITATION.cff: {said}") if said else why == ""


def test_an_edition_is_made_of_what_is_committed(root):
    assert editions.made_of(root, editions.permit(root, root / "site"))["commit"] is None  # no repository: it says so
    subprocess.run([*GIT, "init", "-q", str(root)], check=True)
    subprocess.run([*GIT, "-C", str(root), "add", "-A"], check=True)
    subprocess.run([*GIT, "-C", str(root), "commit", "-qm", "Bread"], check=True)
    assert refused(root) == "" and len(editions.made_of(root, editions.permit(root, root / "site"))["commit"]) == 40
    (root / "data" / "bread" / "spare.csv").write_text("a\n1\n", "utf-8")
    assert refused(root).startswith("data/bread/spare.csv is not committed")
    (root / "data" / "bread" / "spare.csv").unlink()
    with (root / "index.md").open("a", encoding="utf-8") as page:
        page.write("\nMore.\n")
    assert refused(root).startswith("index.md is not committed")


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("references.bib", "urldate = {2026-01-10}", "urldate = {2026-01-16}", "data/references.bib: {} was read"),
        ("datapackage.json", '"schema"', '"retrieved": "2026-01-16", "schema"', "data/datapackage.json: {} was taken"),
    ],
)
def test_an_edition_is_not_of_a_day_before_what_it_shows_was_taken(root, file, old, new, what):
    path, named = root / "data" / file, {"references.bib": "mill-book", "datapackage.json": "shared/economies"}[file]
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new.replace("16", "15"), 1), "utf-8")
    assert refused(root) == ""  # of the same day it is
    path.write_text(text.replace(old, new, 1), "utf-8")
    said = "CITATION.cff: date-released is 2026-01-15, and by {} on 2026-01-16: set it to that day or later"
    assert refused(root) == said.format(what.format(named))


def test_an_edition_whose_checks_are_too_old_is_refused(root):
    with (root / "_config.yml").open("a", encoding="utf-8") as config:
        config.write("    brief_checked_within: 30\n")
    (root / "checks").mkdir()
    head, row = "date,chapter,table,key,outcome,against,note\n", "{},{},bread/grain,*,agrees,the book,\n"
    (root / "checks" / "a.csv").write_text(head + row.format("2025-12-15", "flour"), "utf-8")
    assert refused(root).splitlines() == [
        "checks/: flour was last checked on 2025-12-15, 31 days before the edition; brief_checked_within: 30",
        "checks/: ovens was never checked; brief_checked_within: 30",
    ]
    newer = "".join(row.format("2025-12-16", name) for name in ("flour", "ovens"))
    (root / "checks" / "b.csv").write_text(head + newer, "utf-8")
    assert refused(root) == ""
