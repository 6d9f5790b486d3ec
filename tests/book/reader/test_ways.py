"""Finding the way: the first minute, breadcrumbs, search, glossary, keyboard, what can be taken away."""

import tempfile

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import CHAPTERS, PAGES, copy_book, serving


def test_the_summary_compares_russia_with_its_peers(built):
    table = built.soup("index").select_one("table.standings")
    head = [th.get_text(strip=True) for th in table.select("thead th")]
    assert head == ["Measure", "Russia", "China", "United States", "Germany", "India"]
    rows = table.select("tbody tr")
    assert len(rows) >= 5
    for row in rows:
        assert row.select_one("td a")["href"].startswith("chapters/")
        bars = [float(b["style"].split(":")[1].strip(" %;")) for b in row.select(".cell-bar")]
        assert max(bars) == 100 and len(bars) == 5


def test_each_of_the_five_numbers_has_a_sketch_that_is_told_in_words(built):
    cards = built.soup("index").select(".five-numbers .sd-card")
    assert len(cards) == 5
    for card in cards:
        assert len(card.select_one(".sketch[role=img]")["aria-label"]) > 20 and card.select_one(".sketch svg")


def test_the_summary_says_what_changed(built):
    soup = built.soup("index")
    section = soup.find(id="what-changed")
    assert "first edition" in section.get_text() and section.select_one("a[href^='reference/updates']")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_breadcrumbs_lead_home_and_name_the_part(built, chapter):
    crumbs = built.soup(f"chapters/{chapter}").select("nav.breadcrumbs li")
    assert crumbs[0].a["href"] == "../index.html" and crumbs[1].get_text(strip=True) == "The brief"
    assert crumbs[2]["aria-current"] == "page"


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    """The site under a path of its own, as a project's page on a shared host."""
    root = tmp_path_factory.mktemp("host")
    (root / "some").mkdir()
    (root / "some" / "path").symlink_to(built.site, target_is_directory=True)
    missing = []
    with serving(root, missing=missing) as address:
        yield f"{address}/some/path"
    assert not [path for path in missing if "favicon.ico" not in path]


@pytest.mark.browser
def test_the_site_works_under_a_path_and_the_menu_opens_by_keyboard(browser, served):
    page = browser.new_page()
    page.goto(f"{served}/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main-content"
    page.goto(f"{served}/chapters/talent.html")
    button = page.get_by_label("Download this page")
    button.focus()
    page.keyboard.press("Enter")
    item = page.get_by_role("link", name="Notebook")
    item.wait_for()
    outline = item.evaluate("e => { e.focus(); return getComputedStyle(e).outlineStyle }")
    assert outline != "none" or item.evaluate("e => getComputedStyle(e).boxShadow") != "none"
    page.close()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_can_be_downloaded_as_a_notebook(built, chapter):
    soup = built.soup(f"chapters/{chapter}")
    links = [a["href"] for a in soup.select(".article-header-buttons a[href]")]
    assert f"../notebooks/{chapter}.ipynb" in links


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The book as git gives it, to run notebooks in."""
    return copy_book(tmp_path_factory.mktemp("clone"))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_notebook_runs_in_a_clone_and_shows_there_what_it_showed(built, clone, chapter):
    place = clone.root / f"{chapter}.ipynb"
    place.write_bytes((built.site / "notebooks" / place.name).read_bytes())
    notebook = nbformat.read(place, 4)
    stored = shown(notebook)
    assert any("image/svg+xml" in data for data in stored)
    with tempfile.TemporaryDirectory() as folder:
        # over sockets in a folder: of the ports that are chosen for a kernel another may take one before it starts
        client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(place.parent)}})
        manager = client.create_kernel_manager()
        manager.transport, manager.connection_file = "ipc", f"{folder}/k.json"
        client.execute()
    assert shown(notebook) == stored


def shown(notebook) -> list[dict]:
    """What viewers show of each output of a notebook, by MIME type; the records in them are for the build."""
    found = [output.data for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    kept = [{mime: said for mime, said in data.items() if "vnd.brief" not in mime} for data in found]
    return [data for data in kept if any(data.values())]


def test_pages_forbid_what_they_do_not_need(built):
    for name in [*PAGES, "search"]:
        policy = built.soup(name).select_one("meta[http-equiv=Content-Security-Policy]")["content"]
        assert "default-src 'self'" in policy and "unsafe-eval" not in policy
        assert "script-src 'self' 'sha256-" in policy
