"""All that CITATION.cff may rightly say reaches the pages, the citations in each style, the files and linked data."""

import json
import re

import bibtexparser
import pytest
import rispy
from bs4 import BeautifulSoup

from brief.cli import editions, site_index
from brief.ext.citations import origin
from brief.ext.citations.citation_cff import right_orcid
from brief.ext.citations.metadata import Publication
from brief.print.sheets import render
from tests.engine.conftest import copied

AUTHORS = """\
  - family-names: Beethoven
    given-names: Ludwig
    name-particle: van
    name-suffix: Jr.
    orcid: https://orcid.org/0000-0002-1825-0097
    affiliation: Conservatory of Bread
  - family-names: García Márquez
    given-names: Ann-Marie
  - family-names: Madonna
  - alias: rye_fan
  - name: Bakers' Guild & Sons
    website: https://guild.example
"""
NAMES = ["Ludwig van Beethoven Jr.", "Ann-Marie García Márquez", "Madonna", "rye_fan", "Bakers' Guild & Sons"]
ONE = "authors:\n  - family-names: Baker\n    given-names: Ann\nversion"
CITED = {
    "APA": "van Beethoven, L., Jr., García Márquez, A.-M., Madonna, rye_fan, & Bakers' Guild & Sons. (2026).",
    "Chicago": "Beethoven, Ludwig van, Jr., Ann-Marie García Márquez, Madonna, rye_fan, and Bakers' Guild & Sons.",
    "MLA": "van Beethoven, Ludwig, Jr., et al. ",
    "Harvard": "van Beethoven, L., Jr. et al. (2026)",
}


@pytest.fixture(scope="module")
def authored(minimal_built, tmp_path_factory):
    """books/minimal by five authors of five kinds, under a choice of two licences, with a DOI and a quoted date."""
    book = copied(minimal_built.root, tmp_path_factory.mktemp("authored") / "book")
    book.edit("CITATION.cff", ONE, f"authors: &all\n{AUTHORS}version")
    book.edit("CITATION.cff", "  authors:\n    - family-names: Baker\n      given-names: Ann\n", "  authors: *all\n")
    book.edit("CITATION.cff", "date-released: 2026-01-15", 'date-released: "2026-01-15"\ndoi: 10.5281/zenodo.1234567')
    book.edit("CITATION.cff", "license: CC-BY-4.0", "license: [CC-BY-4.0, MIT]")
    book.edit(
        "CITATION.cff",
        "abstract: A tiny brief on bread, for tests of the engine.",
        "abstract: >\n  A brief\n  on bread.",
    )
    book.edit("CITATION.cff", "keywords: [bread]\n", "")
    status, said = book.quick()
    assert status == 0, said
    return book


def test_the_masthead_and_the_citations_name_all_authors(authored):
    masthead = authored.soup("index").select_one(".masthead").get_text()
    assert masthead == f"A brief on bread by {', '.join(NAMES)}. Edition 2026.1, 15 January 2026."
    shown = authored.soup("reference/cite").select_one(".citations")
    terms, said = shown.select("dt"), shown.select("dd > p")
    styles = {t.get_text(): d.find(string=True).strip() for t, d in zip(terms, said, strict=True)}
    for style, start in CITED.items():
        assert styles[style].startswith(start), styles[style]
        assert "10.5281/zenodo.1234567" in styles[style] or style == "Harvard"


def test_reference_managers_read_all_authors(authored):
    folder = authored.site / "citations"
    (csl,) = json.loads((folder / "book.json").read_text("utf-8"))
    assert csl["author"] == [
        {"given": "Ludwig", "family": "van Beethoven", "suffix": "Jr."},
        {"given": "Ann-Marie", "family": "García Márquez"},
        {"family": "Madonna"},
        {"literal": "rye_fan"},
        {"literal": "Bakers' Guild & Sons"},
    ]
    assert csl["DOI"] == "10.5281/zenodo.1234567" and csl["issued"] == {"date-parts": [[2026, 1, 15]]}
    (ris,) = rispy.loads((folder / "book.ris").read_text("utf-8"))
    assert ris["authors"] == [
        "van Beethoven, Ludwig, Jr.", "García Márquez, Ann-Marie", "Madonna", "rye_fan", "Bakers' Guild & Sons",
    ]  # fmt: skip
    (entry,) = bibtexparser.loads((folder / "book.bib").read_text("utf-8")).entries
    people = ["van Beethoven, Jr., Ludwig", "García Márquez, Ann-Marie", "Madonna", r"{rye\_fan}"]
    assert entry["author"].split(" and ") == [*people, r"{Bakers' Guild \& Sons}"]


def test_tags_linked_data_and_the_footer_name_authors_and_licences(authored):
    page = authored.soup("index")

    def tags(name):
        return [tag["content"] for tag in page.select(f'meta[name="{name}"]')]

    # Zotero takes a name apart at its comma; one at the end keeps an organisation, or a single name, whole.
    indexed = [
        "van Beethoven, Ludwig, Jr.",
        "García Márquez, Ann-Marie",
        "Madonna,",
        "rye_fan,",
        "Bakers' Guild & Sons,",
    ]
    assert tags("citation_author") == indexed and tags("DC.creator") == NAMES
    # and a page with these for a report, of this number.
    assert tags("citation_technical_report_institution") == ["The Mill"] and tags("DC.type") == ["Report"]
    assert tags("citation_technical_report_number") == ["2026.1"]
    assert tags("citation_author_orcid") == ["https://orcid.org/0000-0002-1825-0097"]
    assert tags("citation_doi") == ["10.5281/zenodo.1234567"] and tags("description") == ["A brief on bread."]
    addresses = ["https://creativecommons.org/licenses/by/4.0/", "https://spdx.org/licenses/MIT.html"]
    assert tags("DC.rights") == addresses
    (report,) = json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"]
    assert [author["@type"] for author in report["author"]] == ["Person"] * 4 + ["Organization"]
    assert report["author"][0] == {
        "@type": "Person", "name": NAMES[0], "givenName": "Ludwig", "familyName": "van Beethoven",
        "honorificSuffix": "Jr.", "sameAs": "https://orcid.org/0000-0002-1825-0097",
        "affiliation": {"@type": "Organization", "name": "Conservatory of Bread"},
    }  # fmt: skip
    assert report["license"] == addresses and report["identifier"].endswith("10.5281/zenodo.1234567")
    assert "CC-BY-4.0 or MIT, values under" in " ".join(page.select_one(".copyright").get_text().split())


def test_paper_says_the_same(authored):
    paper = Publication(authored.root)
    assert paper.terms == "CC BY 4.0 or MIT" and paper.names == NAMES
    html = render(
        "brief.html", paper=paper, pages=[], whole=True, fingerprint="", figures=[], colors={}, kind="A brief"
    )
    assert ", ".join(NAMES[:4]) in html and "CC BY 4.0 or MIT" in html


def test_a_book_without_a_publisher_names_none(unbuilt):
    unbuilt.edit("CITATION.cff", "  publisher:\n    name: The Mill\n", "")
    status, said = unbuilt.quick()
    assert status == 0, said
    html = unbuilt.page("index")
    assert "citation_publisher" not in html and "DC.publisher" not in html and '"publisher"' not in html
    assert "publisher" not in json.loads((unbuilt.site / "citations/book.json").read_text("utf-8"))[0]


def test_a_book_that_is_nobodys_yet_invents_nothing(unbuilt):
    """No author, publisher or address: each style begins with the title, and nothing names or leads to what is not."""
    unbuilt.edit("CITATION.cff", ONE, "authors:\n  - name: anonymous\nversion")
    unbuilt.edit("CITATION.cff", "    - family-names: Baker\n      given-names: Ann\n", "    - name: anonymous\n")
    unbuilt.edit("CITATION.cff", "  publisher:\n    name: The Mill\n", "")
    unbuilt.edit("CITATION.cff", "url: https://bread.example/brief\n", "")
    status, said = unbuilt.quick()
    assert status == 0 and "not set yet: authors, publisher, address" in said, said
    block = unbuilt.soup("reference/cite").select_one("section")
    texts = [d.find(string=True).strip() for d in block.select(".citations dd > p")]
    assert texts == [
        "Why loaves rise (Brief on Bread 2026.1). (2026).",
        "Why Loaves Rise. 2026. Brief on Bread 2026.1.",
        "Why Loaves Rise. Brief on bread 2026.1, 15 Jan. 2026.",
        "Why loaves rise (2026). Brief on bread 2026.1.",
    ]
    assert "authors, publisher, address" in block.select_one(".to-come").get_text()
    (item,) = json.loads((unbuilt.site / "citations/book.json").read_text("utf-8"))
    assert not {"author", "publisher", "URL"} & item.keys() and item["id"] == "why-loaves-rise-2026.1"
    for path in [*unbuilt.site.rglob("*.html"), *(unbuilt.site / "citations").iterdir(), unbuilt.site / "facts.json"]:
        text = path.read_text("utf-8")
        assert not re.search(r"anonymous|bread\.example|\bNone\b", text), path
        page = BeautifulSoup(text, "html.parser") if path.suffix == ".html" else None
        if page and page.select_one("meta[name=citation_title]"):
            names = {tag.get("name") or tag.get("property") for tag in page.select("meta")}
            assert not names & {"citation_author", "citation_public_url", "og:url", "og:image", "DC.identifier", ""}
            assert [tag["name"] for tag in page.select("meta[content='']")] in ([], ["docsearch:version"])
            assert not page.select("link[rel=canonical]")
        for data in page.select("script[type='application/ld+json']") if page else []:
            assert '""' not in data.string and '"author"' not in data.string and "here:" not in data.string
    assert unbuilt.soup("reference/evidence").select_one("a.cite-number")["href"].startswith("#fact-")
    about = {"paper": Publication(unbuilt.root), "pages": [], "whole": True, "fingerprint": "", "figures": []}
    made = render("brief.html", colors={}, kind="A brief", **about)
    assert 'href=""' not in made and "None" not in made


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:Bakers/Bread.git", "https://bakers.github.io/Bread"),
        ("https://github.com/bakers/bread", "https://bakers.github.io/bread"),
        ("https://name:token@gitlab.com/bakers/bread.git", "https://bakers.gitlab.io/bread"),
        ("https://github.com/bakers/bakers.github.io", "https://bakers.github.io"),
        ("/srv/git/bread.git", ""),
        ("https://git.example/bakers/bread", ""),
        ("", ""),
    ],
)
def test_the_pages_of_a_known_host_are_offered(remote, address):
    assert origin.of_remote(remote) == address


def test_an_orcid_has_the_digit_that_follows_from_the_others():
    assert right_orcid("https://orcid.org/0000-0002-1825-0097") and right_orcid("https://orcid.org/0000-0002-1694-233X")
    assert not right_orcid("https://orcid.org/0000-0002-1825-0079") and not right_orcid("0000-0002-1825-0097")


def test_every_page_has_a_policy(minimal_built):
    """The site's own pages, the figures', those that an edition adds: no script from elsewhere, none inline."""
    pages = {path.name: path.read_text("utf-8") for path in minimal_built.site.rglob("*.html")}
    pages |= {str(path): path.read_text("utf-8") for path in minimal_built.site.glob("figures/*/index.html")}
    pages["404"] = site_index.not_found(Publication(minimal_built.root)).decode()
    pages["latest"] = editions.leading("../", "../2026.1/index.html")
    assert any("figures" in name for name in pages)
    for name, html in pages.items():
        policy = BeautifulSoup(html, "html.parser").select_one('meta[http-equiv="Content-Security-Policy"]')
        assert policy, name
        rules = dict(rule.strip().split(" ", 1) for rule in policy["content"].split(";"))
        assert rules["default-src"] == "'self'" and rules["object-src"] == rules["base-uri"] == "'none'"
        assert rules["script-src"].startswith("'self'") and "unsafe" not in rules["script-src"]


@pytest.mark.browser
def test_a_figures_page_runs_no_script_but_its_own(minimal_built, open_page, tmp_path):
    """From disk, in a frame: the figure stands, a `javascript:` address and a script that got in do nothing."""
    folder = tmp_path / "site"
    copied(minimal_built.site, folder)
    page = folder / "figures/flour-grain-by-year/index.html"
    html = page.read_text("utf-8")
    page.write_text(
        html.replace("</main>", '<a id="bad" href="javascript:document.title=1">x</a><script>alert(1)</script></main>')
    )
    frame = tmp_path / "frame.html"
    frame.write_text(f'<!DOCTYPE html><title>frame</title><iframe src="{page.as_uri()}"></iframe>')
    opened, _trouble = open_page(frame.as_uri(), own=tmp_path.as_uri())
    inner = opened.frame_locator("iframe")
    inner.get_by_role("heading", name="Grain rose in each year of the book").wait_for()
    opened, trouble = open_page(page.as_uri(), own=tmp_path.as_uri())
    opened.locator("#bad").evaluate("link => link.click()")
    assert opened.title() == "Grain rose in each year of the book"
    assert any("Content Security Policy" in line for line in trouble)
    opened, trouble = open_page((minimal_built.site / page.relative_to(folder)).as_uri(), minimal_built.site.as_uri())
    assert not [line for line in trouble if "Policy" in line]
