"""What the reader has in hand: the built site, the PDFs and the EPUB, each made once for all tests."""

import pytest

from tests.reader.shown.reading import Site


@pytest.fixture(scope="session")
def site(built) -> Site:
    """The built book, parsed."""
    return Site(built.root)
