"""An address that was public leads on after what it names was renamed or moved, without script and from disk."""

import re

import pytest

from brief.ext.checks import inputs
from tests.conftest import restored
from tests.engine.conftest import SmallBook

REDIRECTS = """    brief_redirects:
      chapters/ovens: chapters/stoves
      chapters/flour#finding-grain-rose: chapters/flour#finding-grain-grew
      chapters/flour#flour-grain-by-year: chapters/flour#flour-grain-each-year
      reference/evidence#fact-flour-ratio: reference/evidence#fact-flour-growth
      chapters/flour#heat: chapters/stoves#stoves
      chapters/flour#dear-grain: chapters/flour
      reference/data/bread/baking: reference/data/bread/ovens
"""


@pytest.fixture(scope="module")
def moved(minimal_place):
    """books/minimal with a chapter, a finding, a figure and a fact of other names."""
    book = SmallBook(restored(minimal_place))
    (book.root / "chapters/ovens.md").rename(book.root / "chapters/stoves.md")
    named = {"chapters/ovens": "chapters/stoves", "(ovens)=": "(stoves)=", "ovens.": "stoves.", "<ovens>": "<stoves>"}
    named |= {"grain-rose": "grain-grew", "grain-by-year": "grain-each-year", "ovens-": "stoves-"}
    named |= {'"ratio"': '"growth"', "`ratio`": "`growth`", "flour.ratio": "flour.growth", "`ovens`": "`stoves`"}
    for page in [
        *book.root.glob("*.md"),
        *book.root.glob("*/*.md"),
        book.root / "_toc.yml",
        book.root / "data/shared/claims.csv",
    ]:
        text = page.read_text("utf-8")
        for old, new in named.items():
            text = text.replace(old, new)
        page.write_text(text, "utf-8")
    book.append("_config.yml", REDIRECTS)
    status, said = book.quick()
    assert status == 0, said
    return book


def test_a_renamed_page_leads_on_without_script_and_within_its_policy(moved):
    for old, new in [
        ("chapters/ovens", "../chapters/stoves.html"),
        ("figures/flour-grain-by-year/index", "../../figures/flour-grain-each-year/index.html"),
        ("reference/data/bread/baking", "../../../reference/data/bread/ovens.html"),
    ]:
        page = moved.soup(old)
        assert page.a["href"] == page.select_one("link[rel=canonical]")["href"] == new
        assert page.select_one("meta[http-equiv=refresh]")["content"] == f"1; url={new}"
        assert (moved.site / old / ".." / new).resolve().is_file()
        assert "default-src 'self'" in page.select_one("meta[http-equiv=Content-Security-Policy]")["content"]


def test_old_anchors_stand_where_the_things_are_now(moved):
    flour, ledger = moved.soup("chapters/flour"), moved.soup("reference/evidence")
    assert flour.select_one("#finding-grain-grew #finding-grain-rose")
    assert flour.select_one("#flour-grain-each-year #flour-grain-by-year")
    assert flour.select_one("article > #dear-grain:first-child")
    assert ledger.select_one("tr#fact-flour-growth > td:first-child > #fact-flour-ratio")
    facts = [row["id"] for row in ledger.select("tr[id^=fact-stoves-]")]
    assert facts and all(ledger.select_one(f"#{id} #{id.replace('stoves', 'ovens')}") for id in facts)
    assert moved.soup("reference/data").select_one("#table-bread-ovens #table-bread-baking")


def test_what_is_on_another_page_now_is_said_to_who_asks_for_it(moved, open_page):
    page, trouble = open_page((moved.site / "chapters/flour.html").as_uri(), "file:", javascript=False)
    assert not page.locator("#heat").is_visible()
    page.goto((moved.site / "chapters/flour.html").as_uri() + "#heat")
    page.locator("#heat a").click()
    assert page.url.endswith("/chapters/stoves.html#stoves")
    page.goto((moved.site / "chapters/ovens.html").as_uri())
    page.wait_for_url("**/chapters/stoves.html")
    assert trouble == []


def test_with_script_the_place_on_the_page_is_kept(moved, open_page):
    page, trouble = open_page((moved.site / "chapters/ovens.html").as_uri() + "#data-and-sources", "file:")
    page.wait_for_url("**/chapters/stoves.html#data-and-sources")
    assert [each for each in trouble if "theme mode" not in each] == []


def test_a_redirect_that_leads_nowhere_stops_the_build(moved):
    before = moved.files()
    moved.edit("_config.yml", "chapters/flour#finding-grain-grew", "chapters/flour#finding-nothing")
    status, said = moved.quick()
    assert status == 1 and said.count("WARNING") == 1
    assert (
        "_config.yml:44: WARNING: brief_redirects.chapters/flour#finding-grain-rose: chapters/flour#finding-nothing:"
        " there is no #finding-nothing on page chapters/flour\n"
    ) in said
    assert moved.files() == before


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("chapters/flour: index", '.chapters/flour: "chapters/flour" is a page of the book, and leads nowhere else'),
        ("chapters/old: chapters/odl", '.chapters/old: "chapters/odl" leads to no page of the book'),
        ("chapters/old#a: index", '.chapters/old#a: "chapters/old" is no page of _toc.yml, nor a redirect itself'),
        ("chapters/old: https://example.org", '.chapters/old: "https://example.org" does not match '),
        ("chapters/old.html: index", ': "chapters/old.html" does not match '),
    ],
)
def test_a_redirect_is_checked_before_anything_runs(unbuilt, line, says):
    unbuilt.append("_config.yml", f"    brief_redirects:\n      {line}\n")
    (said,) = inputs.all_errors(unbuilt.root)
    assert re.match(r"_config.yml:4[23]: sphinx.config.brief_redirects", said) and says in said
