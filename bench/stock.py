"""The stock side: a Sphinx extension that shows what the kernels recorded and knows nothing of rebuilding.

The chapters are the same, so their directives must be known. What this leaves out is what the benchmark measures:
validation, dependencies, the cache of runs, parallel runs, staging. Jupyter Book's own `execute_notebooks: force`
with `--all` is the only correct rebuild then.
"""

from importlib import import_module

from brief.ext import PARTS
from brief.ext.domain import Register

REBUILDING = {"checks", "freshness", "execution", "staging"}


def setup(app) -> dict:
    """Called by Sphinx."""
    app.add_config_value("brief_draft", False, "html", types=bool)
    app.add_domain(Register)
    for part in PARTS:
        if part not in REBUILDING:
            import_module(f"brief.ext.{part}").setup(app)
    return {"version": "0.1"}
