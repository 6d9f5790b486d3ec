"""The PDFs: the whole brief, and each chapter by itself.

WeasyPrint, since it alone of what was tried has all that a printed brief needs: page numbers in the contents
(target-counter), running heads that follow the text (string-set), bookmarks, tags for screen readers, and drawings that
stay vectors with their letters. Chromium's print has none of the first two; LaTeX would be a second set of pages.
It needs Pango, which `needs` sees to.
"""

import base64
import copy
import os
import threading
import time
from calendar import timegm
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import date
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path

from bs4 import Tag

from brief import parent, project
from brief.ext.citations.metadata import Publication
from brief.print import links, printed_pages
from brief.print.sheets import colors, kind, render, text
from brief.vegalite import FONTS

FOLDER = "_build/pdf"
WHOLE = "brief"


def documents(root: Path, site: Path) -> dict[str, str]:
    """The HTML of each PDF by its name: the whole brief, then the chapters."""
    printed, paper = printed_pages.read(root, site), Publication(root)
    chapters = [page for page in printed if page.is_chapter]
    last = next(page for page in printed if page.is_bibliography)
    parts = {page.slug: [copy.deepcopy(page), cited(page, copy.deepcopy(last))] for page in chapters}
    context = {"paper": paper, "fingerprint": project.fingerprint(root), "colors": colors(root), "kind": kind(root)}
    return {name: _html(part, context) for name, part in {WHOLE: printed, **parts}.items()}


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
    led = links.Links(parts, context["paper"].base, links.in_one_file)
    for page in parts:
        led.lead(page)
        for image in page.body.select("img[src]"):
            drawing = base64.b64encode(page.drawings[image["src"]].encode()).decode()
            image["src"] = f"data:image/svg+xml;base64,{drawing}"
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


def pdf(html: str, released: date) -> bytes:
    """A typeset document; the same bytes for the same HTML."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    base = FONTS.as_uri() + "/"
    style = CSS(string=text("print.css"), base_url=base, font_config=fonts)
    document = HTML(string=html, base_url=base)
    with _stopped_clock(released):
        return document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


@contextmanager
def _stopped_clock(day: date) -> Iterator[None]:
    """Subsets of fonts carry the time when they were made: let that be the edition's."""
    name, before = "SOURCE_DATE_EPOCH", os.environ.get("SOURCE_DATE_EPOCH")
    os.environ[name] = str(timegm(day.timetuple()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def made(root: Path, site: Path) -> dict[str, bytes]:
    """Every PDF of the built site, by file name."""
    htmls, released = documents(root, site), Publication(root).date
    print(f"typesetting {len(htmls)} PDFs: {', '.join(htmls)}", flush=True)
    begun = time.monotonic()
    # The whole takes as long as all chapters: two at a time, in Pythons of their own (Pango and fork do not mix).
    with ProcessPoolExecutor(2, get_context("spawn"), _end_with_parent) as pool:
        try:
            with parent.shielded():  # submitting begins the processes
                asked = {pool.submit(pdf, html, released): name for name, html in htmls.items()}
            for number, one in enumerate(as_completed(asked), 1):
                one.result()
                seconds = time.monotonic() - begun
                print(f"typeset {number} of {len(asked)}: {asked[one]} (after {seconds:.0f} s)", flush=True)
        except BaseException:  # nobody waits for the rest
            for process in active_children():
                process.kill()
            raise
    return {f"{name}.pdf": one.result() for one, name in asked.items()}


def _end_with_parent() -> None:
    """In a process that typesets: when the parent is gone there is nobody to typeset for."""
    ended = parent_process().sentinel
    threading.Thread(target=lambda: (wait([ended]), os._exit(1)), daemon=True).start()
