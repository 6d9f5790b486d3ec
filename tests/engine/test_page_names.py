"""Pages may have other names: _config.yml says which is the ledger or the catalogue, and where chapters lie."""

import json
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from brief.ext.checks import inputs
from brief.print import epub, pdf
from tests.engine.conftest import BOOKS, copied

RENAMED = {
    "reference/evidence": ("numbers", "brief_ledger_page"),
    "reference/data": ("back/tables", "brief_catalogue_page"),
    "reference/bibliography": ("back/sources", "brief_bibliography_page"),
    "reference/glossary": ("words", "brief_glossary_page"),
    "reference/updates": ("back/news", "brief_updates_page"),
    "reference/cite": ("back/citing", "brief_citing_page"),
}


@pytest.fixture(scope="module")
def renamed(tmp_path_factory):
    """books/minimal with other names for all its pages but the first, built."""
    book = copied(BOOKS / "minimal", tmp_path_factory.mktemp("renamed") / "book")
    (book.root / "back").mkdir()
    (book.root / "chapters").rename(book.root / "parts")
    for old, (new, _) in RENAMED.items():
        (book.root / f"{old}.md").rename(book.root / f"{new}.md")
    (book.root / "reference").rmdir()
    for page in [*book.root.rglob("*.md"), book.root / "_toc.yml"]:
        text = page.read_text("utf-8").replace("chapters/", "parts/")
        for old, (new, _) in RENAMED.items():
            text = text.replace(old, new)
        page.write_text(text, "utf-8")
    said = "".join(f"    {setting}: {new}\n" for new, setting in RENAMED.values())
    book.append("_config.yml", f"    brief_chapters: parts\n{said}")
    status, said = book.quick()
    assert status == 0, said
    return book


def soups(book) -> dict[str, BeautifulSoup]:
    pages = [path for path in book.site.rglob("*.html") if path.parent.name != "_static"]
    return {path.relative_to(book.site).as_posix(): BeautifulSoup(path.read_bytes(), "html.parser") for path in pages}


def test_every_link_within_the_book_leads_to_what_is_there(renamed):
    read = soups(renamed)
    assert {"numbers.html", "back/tables.html", "parts/flour.html"} <= read.keys()
    ids = {name: {tag["id"] for tag in soup.select("[id]")} for name, soup in read.items()}
    wrong, seen = [], 0
    for name, soup in read.items():
        cards = soup.select_one("#brief-facts")
        shown = json.loads(cards.string)["facts"].values() if cards else ()
        hrefs = [a["href"] for a in soup.select("a[href]")]
        hrefs += [href for card in shown for _, href, *_ in card["tables"] + card["sources"]]
        for parts in (urlsplit(urljoin(f"https://book/{name}", href)) for href in hrefs):
            if parts.netloc == "book" and parts.path.endswith(".html"):
                target, anchor, seen = parts.path[1:], unquote(parts.fragment), seen + 1
                if target not in read or (anchor and anchor not in ids[target]):
                    wrong.append(f"{name}: {target}#{anchor}")
    assert wrong == [] and seen > 200


def test_what_a_chapter_has_it_has_in_any_folder(renamed):
    assert (renamed.site / "notebooks" / "flour.ipynb").is_file() and (renamed.site / "cards" / "flour.png").is_file()
    flour = renamed.soup("parts/flour")
    assert {a["href"] for a in flour.select("a[href^='../citations/flour.']")}
    data = json.loads(flour.select_one('script[type="application/ld+json"]').string)["@graph"][0]
    assert data["@type"] == "Chapter" and all("/back/tables/" in each for each in data["isBasedOn"])
    assert data["image"][0]["acquireLicensePage"].endswith("/back/citing.html")
    terms = json.loads(flour.select_one("#brief-terms").string)
    assert [said for _name, said in terms.values()] == ["A house in which grain becomes flour."]
    assert [a["href"] for a in flour.select("a.term")] == list(terms)


def test_no_page_has_an_address_of_another_book(renamed):
    told = [path for path in renamed.site.rglob("*.*") if path.suffix in (".html", ".js", ".json", ".txt", ".ipynb")]
    assert [path.name for path in told if b"reference/" in path.read_bytes() or b"chapters/" in path.read_bytes()] == []


def test_print_knows_its_chapters_and_its_bibliography(renamed):
    documents = pdf.documents(renamed.root, renamed.site)
    assert list(documents) == ["brief", "flour", "ovens", "one-page", "slides"]
    assert "numbers.html" in documents["brief"] and 'id="numbers"' not in documents["brief"]
    files = epub.files(renamed.root, renamed.site)
    assert b'epub:type="backmatter"' in files["OEBPS/sources.xhtml"]
    assert b'epub:type="bibliography" href="sources.xhtml"' in files["OEBPS/nav.xhtml"]


@pytest.mark.parametrize("setting", sorted(setting for _, setting in RENAMED.values()))
def test_a_page_that_is_not_there_is_named(unbuilt, setting):
    unbuilt.append("_config.yml", f"    {setting}: nowhere/at-all\n")
    line = (unbuilt.root / "_config.yml").read_text("utf-8").count("\n")
    says = f'_config.yml:{line}: sphinx.config.{setting}: no page "nowhere/at-all" in _toc.yml'
    assert inputs.all_errors(unbuilt.root) == [says]
