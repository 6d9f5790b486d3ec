"""`make serve`: a saved table is on the open page. What else it does is tested on a small book (tests/engine)."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def served(book):
    """A book that is being served; gives its address."""
    with book.start("-m", "brief", "serve", "--port", "0") as server:
        for line in server.stdout:
            if line.startswith("Serving"):
                break
        yield line.split()[1]
        server.terminate()
        server.stdout.read()


def test_an_edit_is_on_the_open_page_and_a_bad_one_says_what_is_wrong(browser, book, served):
    page = browser.new_page()
    page.set_default_timeout(180_000)  # of a machine that does much else
    page.goto(f"{served}/chapters/talent.html")
    quoted = page.locator("a.fact[href$='#fact-talent-minister-abroad']").first
    assert quoted.text_content() == "100,000"
    book.edit("data/talent/statements.csv", ",100000,people,", ",9OOOO,people,")
    alert = page.locator("pre[role=alert]")
    alert.wait_for()
    assert 'data/talent/statements.csv, row 3, column value: "9OOOO" is not a number' in alert.text_content()
    assert quoted.text_content() == "100,000"
    book.edit("data/talent/statements.csv", ",9OOOO,people,", ",90000,people,")
    page.locator("a.fact[href$='#fact-talent-minister-abroad']", has_text="90,000").first.wait_for()
    assert alert.count() == 0
