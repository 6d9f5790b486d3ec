"""What describes the book, checked before anything runs: configuration, contents, citation, bibliography, pages."""

import sys
from pathlib import Path

from brief.ext.checks import bibliography_file, citation_cff, contents, edition_files, front_matter, site_config


def errors(root: Path) -> list[str]:
    """Everything wrong with the metadata of the book at `root`, a line each."""
    lines = (
        site_config.errors(root)
        + citation_cff.errors(root)
        + bibliography_file.errors(root)
        + edition_files.errors(root)
    )
    listed = contents.errors(root)
    return lines + (listed or [line for name in contents.pages(root) for line in front_matter.errors(root, name)])


def refuse(lines: list[str]) -> None:
    """Print each line and end the process with status 1, when there are any.

    Sphinx would wrap an exception in words of its own, and Jupyter Book add a traceback.
    """
    if lines:
        sys.stdout.flush()
        print("\n".join(lines), file=sys.stderr, flush=True)
        raise SystemExit(1)
