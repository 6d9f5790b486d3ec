"""Files for paper and editions are made of the inputs that the site was built from, or not at all."""

import sys

import pytest

from brief import __main__ as cli
from brief.cli import build
from brief.ext.incremental import snapshot
from brief.print import epub, pdf, slides, system_deps


@pytest.fixture
def brief(monkeypatch, capsys):
    """`python -m brief ...` of a book, in this process; gives its status and what it said."""

    def run(book, *arguments):
        monkeypatch.chdir(book.root)
        monkeypatch.setattr(sys, "argv", ["brief", *arguments])
        status = cli.main()
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


class Built:
    """A build that has ended well, of the book as it is now."""

    status = 0

    def __init__(self, root):
        self.root, self.begun_with = root, snapshot.snapshot(root)


def saving(file, old, new):
    """What makes files of the built book while somebody saves another one."""

    def make(_root, _site):
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        if "[" in new:
            raise ValueError("half a file")
        return {"brief.pdf": b"of two states"}

    return make


@pytest.mark.parametrize(
    ("command", "maker", "made"),
    [
        (["pdf"], pdf, "_build/pdf/brief.pdf"),
        (["pdf", "--site"], epub, "_build/html/downloads/brief.pdf"),
        (["epub"], epub, "_build/epub/brief.pdf"),
        (["slides"], slides, "_build/slides/brief.pdf"),
        (["edition"], pdf, "site/2026.1"),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [("data/bread/ovens.csv", "Birch,800", "Birch,900"), ("CITATION.cff", '"2026.1"', "[2026.2")],
    ids=["table", "broken citation"],
)
def test_nothing_is_made_of_two_states(minimal, brief, monkeypatch, command, maker, made, path, old, new):
    monkeypatch.setattr(build, "Build", lambda root, draft: pytest.fail("built"))
    monkeypatch.setattr(build, "ended", Built)
    monkeypatch.setattr(system_deps, "ensure", lambda: True)
    for each in (pdf, epub, slides):
        monkeypatch.setattr(each, "made", lambda *_: {"brief.pdf": b""})
    monkeypatch.setattr(maker, "made", saving(minimal.root / path, old, new))
    status, said = brief(minimal, *command)
    assert said == f"{path} was saved after the book was built: nothing was made of it, try again\n"
    assert status == 1 and not (minimal.root / made).exists() and not (minimal.root / "site" / ".2026.1").exists()
