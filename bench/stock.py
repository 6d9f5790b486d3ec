"""The stock side: a Sphinx extension that shows what the kernels recorded and knows nothing of rebuilding.

The chapters are the same, so their directives must be known. What this leaves out is what the benchmark measures:
validation, dependencies, the cache of runs, parallel runs, what is loaded meanwhile, staging. Jupyter Book's own
`execute_notebooks: force` with `--all` is the only correct rebuild then.
"""

from brief import ext
from brief.ext.domain import Register

REBUILDING = {
    "checks.build", "checks.unique_addresses", "incremental.outdated", "incremental.leftovers",
    "incremental.atomic_output", "incremental.standby", "execution.execute", "datasets.published", "write_pages",
}  # fmt: skip


def setup(app) -> dict:
    """Called by Sphinx."""
    ext.add_settings(app)
    app.add_domain(Register)
    ext.connect(app, without=REBUILDING)
    return {"version": "0.1"}
