"""Citations read as the styles' own manuals and guides have them, and as a second CSL processor writes them.

citations_by_pandoc.json holds items of each kind that a book has, with and without authors and publisher, and what
pandoc 3.9 (`--citeproc`, the same styles) makes of them; its curly apostrophes are straight here.
"""

import json
from pathlib import Path

import pytest

from brief.ext.citations import csl

MADE = json.loads((Path(__file__).parent / "citations_by_pandoc.json").read_text("utf-8"))
TOLD = f" (Accessed: {csl.ACCESSED})"


def person(given: str, family: str) -> dict:
    return {"given": given, "family": family}


# Style, item without what all have, the manual's own example.
MANUALS = [
    (
        "APA",  # apastyle.apa.org, reference examples: report by a government agency
        {"type": "report", "author": [{"literal": "National Cancer Institute"}], "genre": "NIH Publication",
         "number": "No. 18-2059", "title": "Taking time: support for people with cancer", "publisher":
         "U.S. Department of Health and Human Services, National Institutes of Health", "year": 2019,
         "URL": "https://www.cancer.gov/publications/patient-education/takingtime.pdf"},
        "National Cancer Institute. (2019). Taking time: Support for people with cancer (NIH Publication No. 18-2059). "
        "U.S. Department of Health and Human Services, National Institutes of Health. "
        "https://www.cancer.gov/publications/patient-education/takingtime.pdf",
    ),
    (
        "Chicago",  # The Chicago Manual of Style, citation quick guide, author-date: book
        {"type": "book", "author": [person("Brian", "Grazer"), person("Charles", "Fishman")], "year": 2015,
         "title": "A Curious Mind: The Secret to a Bigger Life", "publisher": "Simon & Schuster"},
        "Grazer, Brian, and Charles Fishman. 2015. A Curious Mind: The Secret to a Bigger Life. Simon & Schuster.",
    ),
    (
        "Chicago",  # the same: chapter of an edited book
        {"type": "chapter", "author": [person("Henry David", "Thoreau")], "title": "Walking", "year": 2016,
         "container-title": "The Making of the American Essay", "editor": [person("John", "D’Agata")],
         "publisher": "Graywolf Press"},
        "Thoreau, Henry David. 2016. “Walking.” In The Making of the American Essay, edited by John D’Agata. "
        "Graywolf Press.",
    ),
    (
        "MLA",  # MLA Style Center, works cited: essay in a collection
        {"type": "chapter", "author": [person("Maria", "Edgeworth")], "title": "The Limerick Gloves", "year": 2010,
         "container-title": "The Oxford Book of Irish Short Stories", "editor": [person("William", "Trevor")],
         "publisher": "Oxford UP", "page": "27-51"},
        "Edgeworth, Maria. “The Limerick Gloves.” The Oxford Book of Irish Short Stories, edited by William Trevor, "
        "Oxford UP, 2010, pp. 27–51.",
    ),
    (
        "Harvard",  # Cite Them Right: chapter of an edited book
        {"type": "chapter", "author": [person("A.W.", "Franklin")], "title": "Management of the problem", "year": 2012,
         "container-title": "The maltreatment of children", "editor": [person("S.M.", "Smith")], "publisher": "MTP",
         "publisher-place": "Lancaster", "page": "83-95"},
        "Franklin, A.W. (2012) ‘Management of the problem’, in S.M. Smith (ed.) The maltreatment of children. "
        "Lancaster: MTP, pp. 83–95.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("style", "item", "example"), MANUALS)
def test_a_citation_reads_as_the_manuals_example(style, item, example):
    year = item["year"]
    made = {key: value for key, value in item.items() if key != "year"}
    made |= {"id": "key", "issued": {"date-parts": [[year]]}, "language": "en"}
    assert csl.cited(made, style) == example


@pytest.mark.parametrize("style", csl.STYLES)
@pytest.mark.parametrize("made", MADE, ids=[made["item"]["id"] for made in MADE])
def test_a_second_processor_writes_the_same(made, style):
    said = csl.cited(made["item"], style)
    assert (TOLD in said) == (style == "Harvard" and "URL" in made["item"])
    assert said.replace(TOLD, "") == made["texts"][style]
