"""What describes the book, checked before anything runs: configuration, contents, citation, bibliography, pages."""

from pathlib import Path

from brief.ext.checks import bibliography_file, contents, edition_files, front_matter, site_config
from brief.ext.citations import citation_cff


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
