"""What a page can be taken away as: the menu in its header, and in an edition the line under its title."""

import re

from sphinx.application import Sphinx

from brief import settings
from brief.ext.citations.metadata import publication
from brief.ext.compat.of_theme import NOTEBOOK_BUTTON, download_menu
from brief.ext.domain import register
from brief.ext.nodes import way_up
from brief.ext.notebooks.chapter_notebooks import FOLDER
from brief.names import chapter_of

DOWNLOADS = "downloads"
_ON_ONE_PAGE = re.compile(r'class="[^"]*\bone-page\b')


def _button(url: str, text: str, what: str) -> dict:
    return {"type": "link", "url": url, "text": text, "icon": "fas fa-download", "tooltip": what, "label": "take-away"}


def offer(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Fill the header's menu: the notebook and the source of a chapter, PDF and EPUB of an edition, printing."""
    menu = download_menu(context)
    if menu is None:
        return
    up, chapter = way_up(app.builder, pagename), settings.is_chapter(pagename, app.config)
    name = chapter_of(pagename) if chapter else "brief"
    offered = []
    if publication(app).frozen and (chapter or pagename == app.config.root_doc):
        offered.append(_button(f"{up}{DOWNLOADS}/{name}.pdf", "PDF", "This chapter as PDF" if chapter else "PDF"))
        offered += [] if chapter else [_button(f"{up}{DOWNLOADS}/brief.epub", "EPUB", "The brief as EPUB")]
    if chapter:
        offered.append(_button(f"{up}{FOLDER}/{name}.ipynb", "Notebook", "This chapter as a notebook to run"))
    menu["buttons"] = offered + [button for button in menu["buttons"] if button.get("label") != NOTEBOOK_BUTTON]


def link_papers(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Name the files made for paper under the title of the summary and of each chapter.

    Only in an edition, which has them always: a working copy is built without them, and its next build removes those
    that `make pdf` put on it.
    """
    chapter, whole = settings.is_chapter(pagename, app.config), pagename == app.config.root_doc
    if not publication(app).frozen or not (chapter or whole) or "body" not in context:
        return
    files = {f"{chapter_of(pagename)}.pdf": "This chapter as PDF"} if chapter else {}
    if whole:
        files = {"one-page.pdf": "On one page"} if _ON_ONE_PAGE.search(context["body"]) else {}
        files |= {"brief.pdf": "The whole brief as PDF", "brief.epub": "as EPUB"}
        files |= {"slides.pdf": "slides"} if app.config.numfig and register(app.env).everything("figures") else {}
    folder = f"{way_up(app.builder, pagename)}{DOWNLOADS}/"
    links = ", ".join(f'<a href="{folder}{name}">{text}</a>' for name, text in files.items())
    context["body"] = context["body"].replace("</h1>", f'</h1>\n<p class="papers">{links}</p>', 1)
