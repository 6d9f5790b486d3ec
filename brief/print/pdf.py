"""The PDFs: the whole brief, and each chapter by itself.

WeasyPrint, since it alone of what was tried has all that a printed brief needs: page numbers in the contents
(target-counter), running heads that follow the text (string-set), bookmarks, tags for screen readers, and drawings that
stay vectors with their letters. Chromium's print has none of the first two; LaTeX would be a second set of pages.
It needs Pango, which `system_deps` sees to.
"""

import copy
import os
import time
from calendar import timegm
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bs4 import Tag

if TYPE_CHECKING:
    from weasyprint import Document

from brief import parent, project
from brief.ext.citations.metadata import LANGUAGE, Publication
from brief.ext.compat.of_weasyprint import mend_lines
from brief.print import links, one_page, printed_pages, slides
from brief.print.sheets import as_data, colors, render
from brief.vegalite import FONTS

FOLDER = "_build/pdf"
WHOLE = "brief"
# What is not set as a book: its style sheet, and sizes of text when it has to fit on one page.
_OTHERWISE = {one_page.NAME: ("one-page.css", one_page.SIZES), slides.NAME: ("slides.css",)}
_VARIANT = "pdf/ua-1"


def documents(root: Path, site: Path) -> dict[str, str]:
    """The HTML of each PDF by its name: the whole brief, the chapters, what fits on one page, the slides."""
    printed, paper = printed_pages.read(root, site), Publication(root)
    chapters = [page for page in printed if page.is_chapter]
    last = next(page for page in printed if page.is_bibliography)
    parts = {page.slug: [copy.deepcopy(page), cited(page, copy.deepcopy(last))] for page in chapters}
    context = {"paper": paper, "fingerprint": project.fingerprint(root), "colors": colors(root)}
    more = {one_page.NAME: one_page.document(printed, context), slides.NAME: slides.document(printed, context)}
    made = {name: _html(part, context) for name, part in {WHOLE: printed, **parts}.items()}
    return made | {name: html for name, html in more.items() if html}


def cited(chapter: printed_pages.Page, bibliography: printed_pages.Page) -> printed_pages.Page:
    """The bibliography, cut down to what a chapter cites."""
    here = links.Links([bibliography], "", lambda name, id: f"#{id}")
    wanted = {here.resolved(chapter.name, link["href"])[1:] for link in chapter.body.select("a.internal[href]")}
    for entry in bibliography.body.select(".citation"):
        if entry["id"] not in wanted:
            entry.decompose()
    bibliography.body.h1.string = bibliography.title = "References"
    if about := bibliography.body.select_one("h1 + p"):
        about.string = "What this chapter cites, and what the rows of its tables rest on."
    return bibliography


def _html(parts: list[printed_pages.Page], context: dict) -> str:
    """Several pages as one document."""
    led = links.Links(parts, context["paper"].base)
    for page in parts:
        led.lead(page)
        for image in page.body.select("img[src]"):
            image["src"] = as_data(page.drawings[image["src"]])
        _mark(page, context["paper"].title)
        links.tell_apart(page)
    whole = parts[0].name == "index"
    return render("brief.html", pages=parts, whole=whole, **context)


def _mark(page: printed_pages.Page, book: str) -> None:
    """What the style sheet asks of a page: running head, number, bookmark."""
    heading: Tag = page.body.h1
    heading["data-book"] = book
    heading["data-bookmark"] = f"{page.number} {page.title}".strip()
    if page.number:
        heading["data-number"] = page.number


def pdf(html: str, paper: Publication, sheet: str = "print.css", sizes: Sequence[float] = ()) -> bytes:
    """A typeset document; the same bytes for the same HTML, in a process that `_begin` has begun.

    sheet: its style sheet. sizes: of its text in points, the largest first, when all of it has to fit on one page.
    Raises one_page.TooLong when it does in none of them.
    """
    if sizes:
        tried = (_rendered(html, sheet, f"html {{ font-size: {size}pt; }}") for size in sizes)
        document = next((document for document in tried if len(document.pages) == 1), None)
        if document is None:
            raise one_page.TooLong
    else:
        document = _rendered(html, sheet)
    return document.write_pdf(pdf_variant=_VARIANT, finisher=lambda _, made: _add_rights(made, paper))


def _add_rights(made: Any, paper: Publication) -> None:
    """Add to WeasyPrint's metadata, which have title, authors, subject and dates, what it has no name for."""
    said = render("rights.xml", paper=paper, language=LANGUAGE)
    for part in made.objects:
        if getattr(part, "extra", {}).get("Type") == "/Metadata":
            part.stream[:] = [b"".join(part.stream).replace(b"</rdf:RDF>", f"{said}</rdf:RDF>".encode())]


def _rendered(html: str, sheet: str, more: str = "") -> "Document":
    """HTML laid out on pages, by a style sheet and `more` rules."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    mend_lines()
    fonts, base = FontConfiguration(), FONTS.as_uri() + "/"
    style = CSS(string=render("fonts.css") + render(sheet) + more, base_url=base, font_config=fonts)
    return HTML(string=html, base_url=base).render(stylesheets=[style], font_config=fonts, pdf_variant=_VARIANT)


def _begin(day: date) -> None:
    """Begin a process that typesets. Subsets of fonts carry the time when they were made: let that be the edition's."""
    parent.end_with_parent()
    os.environ["SOURCE_DATE_EPOCH"] = str(timegm(day.timetuple()))


def made(root: Path, site: Path, *names: str) -> dict[str, bytes]:
    """Every PDF of the built site, or those of `names`, by file name."""
    htmls, paper = documents(root, site), Publication(root)
    htmls = {name: html for name, html in htmls.items() if name in (names or htmls)}
    print(f"typesetting {len(htmls)} PDFs: {', '.join(htmls)}", flush=True)
    begun = time.monotonic()
    # The whole takes as long as all chapters: two at a time, in Pythons of their own (Pango and fork do not mix).
    with ProcessPoolExecutor(2, get_context("spawn"), _begin, (paper.date,)) as pool:
        try:
            with parent.shielded():  # submitting begins the processes
                asked = {pool.submit(pdf, html, paper, *_OTHERWISE.get(name, ())): name for name, html in htmls.items()}
            for number, one in enumerate(as_completed(asked), 1):
                one.result()
                seconds = time.monotonic() - begun
                print(f"typeset {number} of {len(asked)}: {asked[one]} (after {seconds:.0f} s)", flush=True)
        except BaseException:  # nobody waits for the rest
            for process in active_children():
                process.kill()
            raise
    return {f"{name}.pdf": one.result() for one, name in asked.items()}
