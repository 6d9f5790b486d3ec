"""The smallest book builds, says what is wrong with it, and stays as it was when it does not build."""

from bs4 import BeautifulSoup


def test_the_minimal_book_quotes_its_facts(minimal_built):
    assert "376 t</a> of grain" in minimal_built.page("index")
    assert "25 to 40</a> logs" in minimal_built.page("chapters/ovens")


def test_an_edited_table_reaches_the_pages_that_quote_it(minimal):
    minimal.edit("data/bread/ovens.csv", "Birch,800", "Birch,900")
    status, said = minimal.quick()
    assert status == 0, said
    assert "2,100</a> loaves" in minimal.page("index")


def test_a_finding_that_fails_stops_the_build_and_is_named(minimal):
    before = minimal.files()
    minimal.edit("data/bread/grain.csv", "2025,150", "2025,90")
    status, said = minimal.quick()
    assert status == 1 and "chapters/flour.md:" in said and "finding flour.grain-rose no longer holds" in said
    assert minimal.files() == before
    status, said = minimal.quick(draft=True)
    assert status == 0, said
    flour = minimal.soup("chapters/flour")
    (marked,) = flour.select(".finding-unsupported")
    assert "No longer supported" in marked.get_text()
    drawings = [str(svg) for svg in flour.select(".drawing > svg")]
    was = BeautifulSoup(before["chapters/flour.html"], "html.parser")
    assert drawings and drawings != [str(svg) for svg in was.select(".drawing > svg")]


def test_a_figure_is_embedded_from_the_books_address_with_room_for_its_words(minimal_built):
    flour = minimal_built.soup("chapters/flour")
    menu = flour.select_one("#flour-grain-by-year .figure-menu")
    code = BeautifulSoup(menu.code.get_text(), "html.parser").iframe
    assert code["src"] == "https://bread.example/brief/2026.1/figures/flour-grain-by-year/index.html"
    assert code["title"] == "Grain rose in each year of the book"
    own = minimal_built.soup("figures/flour-grain-by-year/index")
    # Room for the title, the note and the source line, and not a screenful more.
    drawn = float(own.select_one(".drawing-wide svg")["height"])
    assert drawn + 200 <= int(code["height"]) <= drawn + 620


def test_a_comment_in_a_page_is_for_its_editors_alone(minimal):
    minimal.append("chapters/flour.md", "\n<!-- ask the miller again -->\n")
    status, said = minimal.quick()
    assert status == 0, said
    assert "miller again" not in (minimal.site / "search-passages.js").read_text("utf-8")
