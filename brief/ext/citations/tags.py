"""The tags in a page's head by which machines learn what it is, whose and of when, and how to cite it.

For Google Scholar and Zotero (Highwire's tags), libraries (Dublin Core), links that are shared (Open Graph). What
Zotero makes of a page: a report, a section of a book, a data set or a web page.
"""

from sphinx.application import Sphinx

from brief.ext.citations import people
from brief.ext.citations.metadata import LANGUAGE, publication
from brief.ext.templating import render

# What a page can be, as Dublin Core's type says it.
BOOK, CHAPTER, FIGURE, TABLES, PAGE = "Report", "BookChapter", "StillImage", "Dataset", "WebPage"


def tags(app: Sphinx, kind: str, title: str, description: str, address: str, **more: object) -> str:
    """The tags of a page that is one of the kinds above, as HTML.

    address: where it is in this edition; "" before that is known. more: what some pages have: `pdf`, the address of
    theirs; `card`, of a picture for shared links; `references`, the sources as citation_reference; `linked`, JSON-LD.
    """
    paper = publication(app)
    return render(
        "head.html",
        paper=paper,
        kind=kind,
        title=title,
        description=description,
        authors=[people.indexed(name) for name in paper.authors],
        orcids=[author.get("orcid", "") for author in paper.credited],
        day=paper.date,
        part=kind in (CHAPTER, FIGURE),
        report=kind == BOOK,
        language=LANGUAGE,
        address=address,
        **more,
    )
