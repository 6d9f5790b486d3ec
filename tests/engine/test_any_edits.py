"""Whatever is edited, in whatever order: an incremental build leaves the very files that a clean one does."""

import os
import shutil

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

# Each edit: a file, what stands in it, what it becomes. None of them may break a finding.
EDITS = {
    "a value that is quoted": ("data/bread/statements.csv", "miller,90,", "miller,91,"),
    "a value that is drawn": ("data/bread/grain.csv", "2024,125.5", "2024,124.5"),
    "a value that pages share": ("data/bread/ovens.csv", "Alder,1200", "Alder,1300"),
    "prose": ("chapters/flour.md", "## Bottom line\n", "## Bottom line\n\nOne more sentence.\n"),
    "a heading": ("chapters/flour.md", "## What would change this", "## What may change this"),
    "a title": ("chapters/ovens.md", "# Ovens: heat was cheap", "# Ovens: heat was dear"),
    "the bibliography": ("data/references.bib", "Mill", "Windmill"),
    "a caveat": ("data/datapackage.json", '"caveats": "', '"caveats": "Mind: '),
    "the citation": ("CITATION.cff", '"2026.1"', '"2026.2"'),
    "a helper": ("brief/kernel/charts/bars.py", "size=16", "size=15"),
    "the ledger's code": ("brief/ext/pages/ledger.py", '"Unit, period"', '"Unit and period"'),
    "the style sheet": ("_static/bread.css", "The", "A"),
    "a format": ("brief/formats.py", '"{low} to {high}"', '"{low} until {high}"'),
    "a colour": ("brief/palette.py", '"#b84701", "#ff8f53"', '"#b84801", "#ff8f53"'),
    "a setting": ("_config.yml", "A brief on bread", "A report on bread"),
    "the engine's script": ("brief/static/brief.js", "In the evidence ledger", "In the ledger of evidence"),
    "the letters of drawings": ("brief/vegalite.py", "Brief Sans, Arial, Helvetica", "Brief Sans, Helvetica, Arial"),
    "a kind of record": ("brief/records.py", "vnd.brief.sketch+json", "vnd.brief.small+json"),
    "the epoch": ("brief/project.py", "EPOCH = 1", "EPOCH = 2"),
    "a condition": ("brief/ext/facts/conditions.py", '"falls with any change"', '"falls if it changes"'),
    "what is printed": ("brief/print/epub.py", '"""The EPUB: the pages', '"""The EPUB: all pages'),
    "part of the theme": ("brief/ext/html/theme/book-copyright.html", "a working copy: cite", "a working copy; cite"),
    "a template": ("brief/ext/templates/figure-menu.html", "All of it (zip)", "All in one (zip)"),
    "what a source was published as": ("data/shared/sources.csv", "mill-book,dataset", "mill-book,report"),
    "the summary": ("index.md", "A mill gave", "The mill gave"),
}

# Edits with which no build succeeds: it ends while pages are read, when all are, or after they are written.
SLIPS = {
    "a cell that fails": ("chapters/ovens.md", "```{code-cell} ipython3\n", "```{code-cell} ipython3\n1 / 0\n"),
    "a finding that fails": ("data/bread/grain.csv", "2025,150", "2025,90"),
    "a bare number": ("chapters/flour.md", "## Bottom line\n", "## Bottom line\n\nThere are 37 of them.\n"),
    "a reference to nothing": ("index.md", "A mill gave", "{ref}`nothing` A mill gave"),
}


def apply(own, name: str, how: str) -> None:
    """Make an edit, undo it (with an old file time, as a restored file has), or only touch the file."""
    path, old, new = (EDITS | SLIPS)[name]
    file = own.root / path
    text = file.read_text("utf-8")
    if how == "edit" and old in text:
        file.write_text(text.replace(old, new, 1), "utf-8")
    elif how == "undo" and new in text:
        file.write_text(text.replace(new, old, 1), "utf-8")
        os.utime(file, (1, 1))
    elif how == "touch":
        file.touch()


def test_every_edit_finds_its_place(own):
    for path, old, _new in (EDITS | SLIPS).values():
        assert old in (own.root / path).read_text("utf-8"), path


steps = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), st.sampled_from(["edit", "edit", "undo", "touch"])), max_size=3
)
quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(
    max_examples=int(os.environ.get("EDIT_SEQUENCES", "2")),
    deadline=None,
    suppress_health_check=quiet,
    derandomize=True,
)
@given(rounds=st.lists(st.tuples(steps, st.lists(st.sampled_from(sorted(SLIPS)), max_size=1)), min_size=1, max_size=2))
@example(rounds=[([("a value that is drawn", "edit"), ("prose", "edit")], ["a bare number"])])
@example(rounds=[([("what a source was published as", "edit")], [])])
@example(rounds=[([("a value that pages share", "edit")], [slip]) for slip in sorted(SLIPS)])
def test_incremental_equals_clean_after_any_edits(own, rounds):
    """Also after builds that fail, and with what was edited before these undone."""
    for edits, slips in rounds:
        for name, how in edits:
            apply(own, name, how)
        for slip in slips:
            apply(own, slip, "edit")
            assert own.build().returncode == 1
            apply(own, slip, "undo")
            for name, _how in edits[::2]:
                apply(own, name, "undo")
        result = own.build()
        assert result.returncode == 0, result.stdout
    incremental = own.files()
    shutil.rmtree(own.root / "_build")
    result = own.build()
    assert result.returncode == 0, result.stdout
    clean = own.files()
    assert sorted(clean) == sorted(incremental)
    assert [name for name in clean if clean[name] != incremental[name]] == []
