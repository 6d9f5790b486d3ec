"""The files made for paper: where they lie, and how they get on the site.

A build of the site knows nothing of them and replaces `_build/html` whole, so they are put there last.
"""

import shutil
from pathlib import Path

from brief.ext.output import write_folder

FOLDER = "downloads"


def keep(made: dict[str, bytes], target: Path) -> list[Path]:
    """Write what was made to `target`, and nothing else stays there: a chapter that is gone has no PDF."""
    write_folder(target, made)
    return [target / name for name in made]


def offer(files: list[Path], site: Path) -> list[Path]:
    """Copy `files` to the site's downloads."""
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    return [Path(shutil.copyfile(file, folder / file.name)) for file in files]


def told(files: list[Path], root: Path) -> str:
    """A line for each file: where it is and its size."""
    return "\n".join(f"{file.relative_to(root)}  {file.stat().st_size / 1000:,.0f} kB" for file in files)
