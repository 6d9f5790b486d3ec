"""Slides: each figure 16:9, as SVG and PNG, and all of them as one deck, each with its title, note and source."""

from pathlib import Path

from bs4 import Tag

from brief import vegalite
from brief.ext.citations.metadata import Publication
from brief.poster import Slide
from brief.print import printed_pages
from brief.print.printed_pages import Page
from brief.print.sheets import as_data, render

FOLDER, NAME = "_build/slides", "slides"
SCALE = 1.5  # 1920 by 1080 pixels


def of_page(page: Page, paper: Publication) -> dict[str, tuple[str, Slide]]:
    """The number and the slide of each figure that a page numbers, by the figure's label."""
    made = {}
    for label, number, title in page.figures():
        figure = page.body.select_one(f"figure[id='{label}']")
        footers = [_words(p).split(" · Data")[0] for p in figure.select(".legend p")]
        source = ", ".join(filter(None, [paper.short, paper.base]))
        subtitle = _words(figure.select_one(".figure-subtitle"))
        alt = figure.img["alt"]
        made[label] = number, Slide(page.drawings[label], title, subtitle, [*footers, source], alt)
    return made


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def document(printed: list[Page], context: dict) -> str | None:
    """The HTML of the deck; None in a book without figures."""
    parts = [(page, of_page(page, context["paper"])) for page in printed]
    if not any(slides for _, slides in parts):
        return None
    return render("slides.html", parts=parts, as_data=as_data, **context)


def name(label: str, kind: str) -> str:
    """The file of a figure's slide."""
    return f"{label}-slide.{kind}"


def made(root: Path, site: Path) -> dict[str, bytes]:
    """The slides of the built site as images, by file name."""
    paper, files = Publication(root), {}
    print("drawing the slides", flush=True)
    for page in printed_pages.read(root, site):
        for label, (_, slide) in of_page(page, paper).items():
            svg = slide.image()
            files |= {name(label, "svg"): svg.encode(), name(label, "png"): vegalite.drawn("png", svg, SCALE)}
    return files
