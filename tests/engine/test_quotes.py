"""A key that nothing bears is named in a line of its own, wherever it stands, and nothing else goes wrong."""

import re

import pytest

CHAPTER = """
Loaves {fact}`nothing`, {fact}`a.b.c`, {fact}`loaves|zz`, {fact}`|,`, {sketch}`no`, {cite:p}`nobody` and {term}`nope`.

A note[^a], {cite:t}`mill-book,nobody-two`, {numref}`zip`, {ref}`zap`.

| Loaves | Said by |
| --- | --- |
| {fact}`of-table` | {cite:p}`in-table` |

:::{table} Loaves, {fact}`of-caption`
:name: kinds
| Rye | Wheat |
| --- | --- |
| yes | no |
:::

See {ref}`kinds`, {ref}`a table of {fact} <kinds>` and {numref}`kinds`.

## Loaves: {fact}`loaves` {cite:p}`mill-book`

:::{admonition} Loaves: {fact}`loaves`
More: {fact}`of-admonition`.
:::

[^a]: Says {fact}`of-note` and {cite:p}`in-note`.
"""
EXPECTED = [  # (file, what stands in the line, message)
    ("chapters/flour.md", "`of-finding`", "there is no fact 'of-finding'"),
    ("chapters/flour.md", "`in-finding`", 'could not find bibtex key "in-finding"'),
    ("chapters/ovens.md", "description:", "{fact} in the page's description: it is shown as it stands"),
    ("chapters/ovens.md", "`nothing`", "there is no fact 'nothing'"),
    ("chapters/ovens.md", "`a.b.c`", "there is no fact 'a.b.c'"),
    ("chapters/ovens.md", "`|,`", "there is no fact ''"),
    (
        "chapters/ovens.md",
        "loaves|zz",
        "fact loaves: 2000 cannot be written as 'zz': no such format of a int; named ones are "
        "number, words, ordinal, intword, fraction, day, month, date, year",
    ),
    ("chapters/ovens.md", "`no`", "there is no sketch 'no'"),
    ("chapters/ovens.md", "`nobody`", 'could not find bibtex key "nobody"'),
    ("chapters/ovens.md", "`nope`", "term not in glossary: 'nope'"),
    ("chapters/ovens.md", "nobody-two", 'could not find bibtex key "nobody-two"'),
    ("chapters/ovens.md", "`zip`", "undefined label: 'zip'"),
    ("chapters/ovens.md", "`zap`", "undefined label: 'zap'"),
    ("chapters/ovens.md", "`of-table`", "there is no fact 'of-table'"),
    ("chapters/ovens.md", "`in-table`", 'could not find bibtex key "in-table"'),
    ("chapters/ovens.md", ":name: kinds", "there is no fact 'of-caption'"),
    ("chapters/ovens.md", "{ref}`kinds`", "Failed to create a cross reference. A title or caption not found: 'kinds'"),
    (
        "chapters/ovens.md",
        "## Loaves",
        "{cite:p} in a heading: contents and links take its text before that is filled in",
    ),
    (
        "chapters/ovens.md",
        "## Loaves",
        "{fact} in a heading: contents and links take its text before that is filled in",
    ),
    ("chapters/ovens.md", "`of-admonition`", "there is no fact 'of-admonition'"),
    ("chapters/ovens.md", "`of-note`", "there is no fact 'of-note'"),
    ("chapters/ovens.md", "`in-note`", 'could not find bibtex key "in-note"'),
    ("index.md", "`of-summary`", "there is no fact 'of-summary'"),
    ("index.md", "`flour.no`", "there is no sketch 'flour.no'"),
    ("index.md", "`in-summary`", 'could not find bibtex key "in-summary"'),
    ("reference/cite.md", "`of-reference`", "there is no fact 'of-reference'"),
    ("reference/glossary.md", "`of-term`", "there is no fact 'of-term'"),
    (
        "reference/glossary.md",
        "`flour.grain` of it",
        "{fact} in a term of the glossary: contents and links take its text before that is filled in",
    ),
]


@pytest.fixture
def slipped(minimal):
    """A book with a slip of each kind."""
    minimal.append("chapters/ovens.md", CHAPTER)
    minimal.edit("chapters/ovens.md", "Ovens and loaves.", "Ovens and {fact}`loaves` loaves.")
    minimal.edit("chapters/flour.md", "{cite:p}`mill-book`.", "{cite:p}`in-finding` **{fact}`of-finding`**.")
    minimal.append("index.md", "\n{fact}`of-summary` {sketch}`flour.no` {cite:p}`in-summary`\n")
    minimal.append("reference/cite.md", "\n{fact}`of-reference`\n")
    minimal.edit(
        "reference/glossary.md", "flour.\n```", "flour.\n\n{fact}`flour.grain` of it\n  Is {fact}`of-term`.\n```"
    )
    return minimal


def line_of(book, file, mark):
    """The first line of a file in which `mark` stands."""
    lines = (book.root / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if mark in line)


def test_an_unknown_key_gives_its_own_line_and_nothing_more(slipped):
    before = slipped.files()
    status, said = slipped.quick()
    assert status == 1 and slipped.files() == before
    expected = [f"{file}:{line_of(slipped, file, mark)}: {message}" for file, mark, message in EXPECTED]
    found = re.findall(r"/book/(\S+?:\d*): WARNING: (.*)", said)
    assert sorted(": ".join(pair) for pair in found) == sorted(expected)
    assert "Extension error" not in said and "Traceback" not in said


def test_a_draft_shows_an_unknown_key_as_it_was_written(slipped):
    status, said = slipped.quick(draft=True)
    assert status == 0, said
    assert ">{fact}`nothing`</span>" in slipped.page("chapters/ovens")
    assert ">{sketch}`flour.no`</span>" in slipped.page("index")
    assert "{fact}`of-table`" in (slipped.site / "notebooks/ovens.ipynb").read_text("utf-8")
