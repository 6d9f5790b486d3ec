"""A built page as print has it: the text and the wide drawings, no controls, menus, folds or navigation."""

import re
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from brief import settings
from brief.ext.checks import contents

_SCREEN = "script, button, details, .headerlink, .figure-controls, .toctree-wrapper, .screen-only, .papers"
# Taken out before the page is parsed: an HTML parser writes SVG's names in lower case, and viewBox is not viewbox.
_DRAWING = re.compile(r'<div class="drawing drawing-(\w+)"[^>]*>(<svg.*?</svg>)</div>', re.DOTALL)
_SKETCH = re.compile(
    r'<span class="sketch" role="img" aria-label="([^"]*)"><span[^>]*>(<svg.*?</svg>)</span></span>', re.DOTALL
)
_VARIABLE = re.compile(r"var\(--brief-[\w-]+,\s*(#[0-9a-fA-F]{6})\)")


def order(root: Path) -> list[str]:
    """The pages that are printed, in the order of the book's contents: not those to search, choose and filter in."""
    said = settings.read(root)
    apart = {said[f"brief_{role}_page"] for role in ("ledger", "catalogue", "explorer")}
    return [name for name in contents.pages(root) if name not in apart]


def slug(name: str) -> str:
    """The last part of a page's name: "flour" for chapters/flour."""
    return name.rpartition("/")[2]


class Page:
    """One page of the built site, made ready for paper: `body` to be written out, `drawings` as SVG by label.

    narrow: the drawings of figures again, as a phone has them, for narrow columns. said: the book's settings.
    """

    def __init__(self, site: Path, name: str, said: dict) -> None:
        self.name, self.slug = name, slug(name)
        self.is_chapter, self.is_bibliography = settings.is_chapter(name, said), name == said["brief_bibliography_page"]
        self.drawings: dict[str, str] = {}
        self.narrow: dict[str, str] = {}
        article = _article((site / f"{name}.html").read_text("utf-8"), drawings := [], narrow := {})
        for tag in article.select("details.to-print"):
            tag.summary.decompose()
            tag.unwrap()
        for tag in article.select(_SCREEN):
            tag.decompose()
        # A link of a PDF is tagged as one where its text is its own.
        for tag in article.select("a.fact, .pst-scrollable-table-container, a span, a em"):
            tag.unwrap()
        for figure in article.select("figure.brief-figure"):
            self._put_together(figure, drawings, narrow)
        for number, image in enumerate(article.select("img.sketch")):
            label = f"sketch-{number}"
            self.drawings[label], image["src"] = drawings[int(image["src"])], label
        for section in article.select("section"):  # what held a fold and nothing else
            if not section.find(True):
                section.decompose()
        number = article.h1.select_one(".section-number")
        self.number = number.extract().get_text().strip(" .") if number else ""
        if name == "index":  # the cover has the book's title
            article.h1.string = "Summary"
        self.title = " ".join(article.h1.get_text().split())
        self.body: Tag = article

    def _put_together(self, figure: Tag, drawings: list[str], narrow: dict[int, str]) -> None:
        """Caption, image, papers, one after another: the built page holds a caption within its caption."""
        label, holder = figure["id"], figure.select_one(".drawings")
        image = BeautifulSoup("", "html.parser").new_tag("img", src=label, alt=holder["aria-label"])
        number = int(holder.img["src"])
        self.drawings[label], self.narrow[label] = drawings[number], narrow[number]
        captions = [p.extract() for p in figure.select("figcaption > p")]
        legend = figure.select_one(".legend").extract()
        caption = BeautifulSoup("", "html.parser").new_tag("figcaption")
        caption.extend(captions)
        figure.clear()
        figure.extend([caption, image, legend])

    def html(self) -> str:
        """What the page says, as HTML that is well-formed XML too."""
        return self.body.decode_contents()

    def sections(self) -> list[tuple[str, str]]:
        """Id and title of each section."""
        found = self.body.select("section > section")
        return [(section["id"], section.find(["h2", "h3"]).get_text().strip()) for section in found if section.h2]

    def figures(self) -> list[tuple[str, str, str]]:
        """Label, "Figure 1.2" and title of each figure."""
        found = []
        for figure in self.body.select("figure.brief-figure:has(.caption-number)"):  # others are shown from elsewhere
            number, title = (figure.select_one(f".caption-{part}").get_text().strip() for part in ("number", "text"))
            found.append((figure["id"], number, title))
        return found


def _article(html: str, drawings: list[str], narrow: dict[int, str]) -> Tag:
    """The article of a page. Its wide drawings go to `drawings`, and an image that names its place there stays.

    narrow: takes the narrow drawing by the place of the wide one, behind which it stands.
    """

    def taken(match: re.Match) -> str:
        drawing = _VARIABLE.sub(r"\1", match.group(2))  # paper is white: the light colour
        if match.group(1) != "wide":
            narrow[len(drawings) - 1] = drawing
            return ""
        drawings.append(drawing)
        return f'<img src="{len(drawings) - 1}">'

    def sketched(match: re.Match) -> str:
        drawings.append(_VARIABLE.sub(r"\1", match.group(2)))
        return f'<img class="sketch" src="{len(drawings) - 1}" alt="{match.group(1)}">'

    html = _SKETCH.sub(sketched, _DRAWING.sub(taken, html))
    return BeautifulSoup(html, "html.parser").select_one("article.bd-article")


def read(root: Path, site: Path) -> list[Page]:
    """The pages of the built site that are printed, in order."""
    return [Page(site, name, settings.read(root)) for name in order(root)]
