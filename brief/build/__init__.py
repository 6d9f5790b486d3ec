"""Downstairs: the Sphinx extension. Knows Sphinx; never imports a chapter.

Order of a build: validate the tables, drop cached runs whose inputs changed, read the pages and collect
what the kernels recorded, check it once, resolve it into pages, write.
"""

import os
from importlib import import_module
from pathlib import Path

# Each is a small extension of its own. Loaded in `setup`, since the command line wants some of them without Sphinx.
PARTS = (
    "checks",
    "citations",
    "freshness",
    "parts",
    "facts",
    "findings",
    "figures",
    "sketches",
    "standings",
    "figurepages",
    "lean",
    "vega",
    "drafts",
    "cells",
    "catalogue",
    "ledger",
    "publication",
    "citing",
    "citationfiles",
    "citeblock",
    "head",
    "updates",
    "reviews",
    "terms",
    "places",
    "takeaway",
    "cards",
    "claims",
    "execution",
    "export",
    "assets",
    "prose",
    "staging",
    "ahead",
)


def _code(folder: Path) -> list[Path]:
    """The files of this package, templates too."""
    return [path for path in folder.rglob("*.*") if path.is_file() and "__pycache__" not in path.parts]


def setup(app) -> dict:
    """Called by Sphinx."""
    from brief import book
    from brief.build.register import Register

    app.add_config_value("brief_draft", bool(os.environ.get("BRIEF_DRAFT")), "html", types=bool)
    app.add_domain(Register)
    for part in PARTS:
        import_module(f"brief.build.{part}").setup(app)
    # What this code noted of a page is not what other code of ours would: read every page again after a change.
    code = book.digest(*(path.read_bytes() for path in sorted(_code(Path(__file__).parent))))
    safe = {"parallel_read_safe": True, "parallel_write_safe": True}
    return {"version": "0.1", "env_version": int(code, 16), **safe}
