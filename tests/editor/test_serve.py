"""`make serve`: a saved table is on the open page in seconds; one that does not build shows its error there."""

import socket

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def served(book):
    """A book that is being served; gives its address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    with book.start("-m", "brief", "serve", "--port", str(port)) as server:
        for line in server.stdout:
            if line.startswith("Serving"):
                break
        yield f"http://localhost:{port}"
        server.terminate()
        server.stdout.read()


def test_an_edit_is_on_the_open_page_and_a_bad_one_says_what_is_wrong(browser, book, served):
    page = browser.new_page()
    page.goto(f"{served}/chapters/talent.html")
    quoted = page.locator("a.fact[href$='#fact-talent-minister-abroad']").first
    assert quoted.text_content() == "100,000"
    before = book.files()

    book.edit("data/talent/statements.csv", ",100000,people,", ",9OOOO,people,")
    alert = page.locator("pre[role=alert]")
    alert.wait_for()
    assert '"9OOOO" is not a number' in alert.text_content()
    assert "data/talent/statements.csv, row 3, column value" in alert.text_content()
    assert quoted.text_content() == "100,000" and book.files() == before

    # A page that is opened meanwhile is told too.
    second = browser.new_page()
    second.goto(f"{served}/index.html")
    second.locator("pre[role=alert]").wait_for()

    book.edit("data/talent/statements.csv", ",9OOOO,people,", ",90000,people,")
    page.locator("a.fact[href$='#fact-talent-minister-abroad']", has_text="90,000").first.wait_for()
    assert page.locator("pre[role=alert]").count() == 0

    # A chapter whose code fails names its line; a helper that is edited is the one that runs next.
    book.edit("chapters/talent.md", "base, now = pd", "nothing_here\nbase, now = pd")
    alert.wait_for()
    assert "NameError: name 'nothing_here' is not defined" in alert.text_content()
    assert "chapters/talent.md:" in alert.text_content()
    book.edit("chapters/talent.md", "nothing_here\nbase, now = pd", "base, now = pd")
    alert.wait_for(state="detached")
    book.edit(
        "brief/ext/facts/quotes.py", 'text = text_of(record, node["fmt"])', 'text = text_of(record, node["fmt"]) + "!"'
    )
    page.locator("a.fact[href$='#fact-talent-minister-abroad']", has_text="90,000!").first.wait_for()
