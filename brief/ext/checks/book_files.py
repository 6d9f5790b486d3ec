"""What describes the book, checked before anything runs: configuration, contents, citation, bibliography, pages."""

from pathlib import Path

from brief.ext.checks import contents, edition_files, front_matter, verdicts
from brief.project import CITATION
from brief.settings import NAME

BIBLIOGRAPHY = "data/references.bib"
_JUDGES = {
    NAME: "checks.site_config:errors",
    CITATION: "citations.citation_cff:errors",
    BIBLIOGRAPHY: "checks.bibliography_file:errors",
}


def errors(root: Path) -> list[str]:
    """Everything wrong with the metadata of the book at `root`, a line each."""
    lines = [line for name, judge in _JUDGES.items() for line in verdicts.said(judge, root, [name])]
    lines += edition_files.errors(root)
    listed = contents.errors(root)
    return lines + (listed or [line for name in contents.pages(root) for line in front_matter.errors(root, name)])
