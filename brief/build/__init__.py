"""Downstairs: the Sphinx extension. Knows Sphinx; never imports a chapter.

Order of a build: validate the tables, drop cached runs whose inputs changed, read the pages and collect
what the kernels recorded, check it once, resolve it into pages, write.
"""

import os
from pathlib import Path

from sphinx.application import Sphinx

from brief import book
from brief.build import (
    assets,
    catalogue,
    cells,
    checks,
    citing,
    claims,
    execution,
    export,
    facts,
    figures,
    findings,
    freshness,
    ledger,
    parts,
    prose,
    staging,
)
from brief.build.register import Register


def setup(app: Sphinx) -> dict:
    app.add_config_value("brief_draft", bool(os.environ.get("BRIEF_DRAFT")), "html", types=bool)
    app.add_domain(Register)
    modules = (
        checks,
        freshness,
        parts,
        facts,
        findings,
        figures,
        cells,
        catalogue,
        ledger,
        citing,
        claims,
        execution,
        export,
        assets,
        prose,
        staging,
    )
    for part in modules:
        part.setup(app)
    # What this code noted of a page is not what other code of ours would: read every page again after a change.
    code = book.digest(*(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.*"))))
    safe = {"parallel_read_safe": True, "parallel_write_safe": True}
    return {"version": "0.1", "env_version": int(code, 16), **safe}
