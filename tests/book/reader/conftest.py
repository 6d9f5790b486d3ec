"""What the reader has in hand: the built site, the PDFs and the EPUB, each made once for all tests."""

import os

import pytest
from filelock import FileLock

from brief.print import epub as packed
from brief.print import pdf as typeset
from tests.book.reader.shown.reading import Site


@pytest.fixture(scope="session")
def site(built) -> Site:
    """The built book, parsed."""
    return Site(built.root)


def papers(built, tmp_path_factory, folder: str, make) -> dict[str, bytes]:
    """Files made of the built book, once for all workers; those of a book that `make audit` corrupted, as they are."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    there = (built.root if "BRIEF_BUILT" in os.environ else shared) / folder
    with FileLock(shared / f"{there.name}.lock"):
        if not there.exists():
            there.mkdir(parents=True)
            for name, content in make(built.root, built.site).items():
                (there / name).write_bytes(content)
    return {path.name: path.read_bytes() for path in sorted(there.iterdir())}


@pytest.fixture(scope="session")
def pdfs(built, tmp_path_factory) -> dict[str, bytes]:
    """The PDFs by file name."""
    return papers(built, tmp_path_factory, typeset.FOLDER, typeset.made)


@pytest.fixture(scope="session")
def epub(built, tmp_path_factory) -> bytes:
    """The EPUB."""
    return papers(built, tmp_path_factory, packed.FOLDER, packed.made)["brief.epub"]
