"""What a build checks: the inputs before anything runs, the register once when every page is read."""

from pathlib import Path

from sphinx.application import Sphinx

from brief import project
from brief.ext.checks import book_files, unique_addresses
from brief.ext.checks.inputs import all_errors
from brief.ext.compat.of_sphinx import has_failing_warnings
from brief.ext.domain import register
from brief.ext.facts.captions import report_captions
from brief.ext.facts.judgements import compare_facts, report_findings
from brief.ext.facts.quotes import report_quotes
from brief.ext.figures.chart_directive import report_wordless
from brief.ext.incremental import atomic_output
from brief.ext.reading.input_file import refuse


def validate(app: Sphinx) -> None:
    """Stop before anything executes or is written when an input is not valid, or a value under sphinx.config."""
    errors = all_errors(project.find_root(Path(app.srcdir)))
    if errors or has_failing_warnings(app):  # Sphinx has said what it does not know of its configuration
        atomic_output.leave(app)
        refuse(errors or ["_config.yml: sphinx.config: nothing was built"])


def check_register(app: Sphinx, env) -> list[str]:
    """Report bad quotes, captions that nothing backs, and findings and captions that the data deny."""
    register(env).settle_rows()
    compare_facts(app, env)
    unique_addresses.report_records(app, env)
    report_quotes(app, env)
    report_captions(app, env)
    report_wordless(app, env)
    report_findings(app, env)
    return []


def setup(app: Sphinx) -> None:
    # Before any of us reads a file that may be wrong. _config.yml and _toc.yml have been read by now.
    refuse(book_files.errors(project.find_root(Path(app.srcdir))))
