"""What has been cited stays where it was: the addresses of facts, findings, figures and tables."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from brief import project as project

# As edition 2026.11 has them.
KNOWN = {
    "reference/evidence": ["fact-hardware-sber-gpus", "fact-talent-articles-2021"],
    "reference/article": ["claim-arena-board"],
    "reference/bibliography": ["source-top500-lists-2026"],
    "reference/data": ["table-hardware-chip-imports", "table-shared-claims"],
    "reference/data/hardware/statements": ["row-sber-gpus"],
    "reference/data/hardware/top500_by_economy": ["row-2007-06_BRA"],
    "chapters/hardware": ["finding-back-door", "hardware-sanctions", "quote-hardware-sber-gpus"],
}


@pytest.fixture(scope="module")
def ids(built) -> dict[str, list[str]]:
    """The ids of each page, in order."""
    pages = {path: BeautifulSoup(path.read_bytes(), "lxml") for path in built.site.rglob("*.html")}
    named = {path.relative_to(built.site).with_suffix("").as_posix(): page for path, page in pages.items()}
    return {name: [tag["id"] for tag in page.select("[id]")] for name, page in named.items()}


def test_no_id_stands_twice_on_a_page(ids):
    assert [(name, id) for name, found in ids.items() for id in set(found) if found.count(id) > 1] == []


def test_an_address_is_a_name_and_no_number_that_an_edit_would_move(built, ids):
    numbered = {name: [id for id in found if re.fullmatch(r"id\d+", id)] for name, found in ids.items()}
    assert {name: found for name, found in numbered.items() if found} == {}
    listed = [id.removeprefix("source-") for id in ids["reference/bibliography"] if id.startswith("source-")]
    keys = re.findall(r"^@\w+\{([^,]+),", (built.root / "data/references.bib").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(keys)


def test_everything_recorded_is_where_its_name_says(built, ids):
    made = json.loads((built.site / "facts.json").read_text("utf-8"))
    expected = [("reference/evidence", f"fact-{r['id'].replace('.', '-')}") for r in made["facts"]]
    expected += [(f"chapters/{r['chapter']}", f"finding-{r['id'].partition('.')[2]}") for r in made["findings"]]
    expected += [(f"chapters/{r['chapter']}", r["id"].replace(".", "-")) for r in made["figures"]]
    expected += [("reference/article", f"claim-{r['id']}") for r in made["claims"]]
    tables = [entry["name"] for entry in project.package(built.root)["resources"]]
    expected += [("reference/data", "table-" + name.replace("/", "-").replace("_", "-")) for name in tables]
    expected += [(page, id) for page, known in KNOWN.items() for id in known]
    assert [(page, id) for page, id in expected if id not in ids[page]] == []
    assert all((built.site / "figures" / r["id"].replace(".", "-") / "index.html").is_file() for r in made["figures"])
