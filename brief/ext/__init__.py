"""The Sphinx extension: from what the kernels recorded to pages. It never imports `kernel`.

Order of a build: validate the tables, drop cached runs whose inputs changed, read the pages and collect
what the kernels recorded, check it once, resolve it into pages, write.
"""

import os
from importlib import import_module
from pathlib import Path

from brief import project

# Each is a small extension of its own. Loaded in `setup`, since the command line wants some of them without Sphinx.
PARTS = (
    "checks.inputs",
    "checks.unique_addresses",
    "citations.bibtex_cache",
    "incremental.outdated",
    "nodes",
    "facts.quotes",
    "facts.judgements",
    "figures.drawings",
    "figures.sketches",
    "figures.release_age",
    "facts.standings",
    "facts.headings",
    "figures.downloads",
    "html.trim",
    "figures.vega_bundle",
    "figures.prerender",
    "html.code_folds",
    "pages.catalogue",
    "pages.ledger",
    "citations.metadata",
    "citations.csl",
    "citations.reference_files",
    "citations.directive",
    "html.meta_tags",
    "pages.changelog",
    "pages.verification",
    "pages.glossary",
    "html.navigation",
    "html.download_menu",
    "html.og_image",
    "facts.claims",
    "execution.execute",
    "facts.export",
    "html.assets",
    "checks.bare_numbers",
    "incremental.leftovers",
    "incremental.atomic_output",
    "incremental.standby",
)


# Folders of the package whose code no page passes through: what a kernel ran is in the key of its run, and what is
# printed is made anew from the pages.
_ELSEWHERE = ("kernel", "print")


def code() -> list[Path]:
    """The files of this package that a page's text passes through, sorted: modules, templates, schemas, fonts."""
    home = Path(__file__).parent.parent
    found = sorted(path for path in home.rglob("*.*") if path.is_file() and "__pycache__" not in path.parts)
    return [path for path in found if path.relative_to(home).parts[0] not in _ELSEWHERE]


def setup(app) -> dict:
    """Called by Sphinx."""
    app.add_config_value("brief_draft", bool(os.environ.get("BRIEF_DRAFT")), "html", types=bool)
    app.add_domain(import_module("brief.ext.domain").Register)
    for part in PARTS:
        import_module(f"brief.ext.{part}").setup(app)
    # What this code noted of a page is not what other code of ours would: read every page again after a change.
    key = project.digest(*(path.read_bytes() for path in code()))
    safe = {"parallel_read_safe": True, "parallel_write_safe": True}
    return {"version": "0.1", "env_version": int(key, 16), **safe}
