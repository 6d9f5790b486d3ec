"""The EPUB: the pages of the PDF, one file each, with the drawings as SVG images.

Made from the built pages and not by Sphinx's epub builder, which would read the book a second time into another
environment, with the theme's pages, ledgers and controls, and put clocks and random ids in its package. What is left
to do is a zip with four small files of its own, and EPUBCheck says whether they are right.
"""

import textwrap
import uuid
from pathlib import Path

from brief import project, vegalite
from brief.ext.citations.metadata import Publication
from brief.ext.output import zipped
from brief.print import fonts, links, printed_pages
from brief.print.sheets import colors, render

FOLDER, NAME = "_build/epub", "brief.epub"
INSIDE = "OEBPS/"


def made(root: Path, site: Path) -> dict[str, bytes]:
    """The EPUB of the built site, by file name."""
    print("packing the EPUB", flush=True)
    return {NAME: zipped(files(root, site), {"mimetype": b"application/epub+zip"})}


def files(root: Path, site: Path) -> dict[str, bytes]:
    """Every file inside it, by path."""
    printed, about = printed_pages.read(root, site), Publication(root)
    led = links.Links(
        printed, about.base, lambda name, id: f"{printed_pages.slug(name)}.xhtml" + (f"#{id}" if id else "")
    )
    inside: dict[str, bytes] = {"epub.css": render("epub.css").encode(), "cover.png": cover(about)}
    for page in printed:
        led.lead(page)
        for image in page.body.select("img[src]"):
            image["src"] = f"figures/{image['src']}.svg"
        inside[f"{page.slug}.xhtml"] = render("page.xhtml", page=page).encode()
    drawings = {f"figures/{label}.svg": drawing for page in printed for label, drawing in page.drawings.items()}
    inside |= {name: drawing.encode() for name, drawing in fonts.carried(drawings).items()}
    context = {
        "paper": about,
        "pages": printed,
        "fingerprint": project.fingerprint(root),
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, f"{about.base or about.title}{about.version}").urn,
    }
    for name in ("nav.xhtml", "cover.xhtml", "package.opf"):
        inside[name] = render(name, **context).encode()
    container = {"META-INF/container.xml": render("container.xml").encode()}
    return container | {INSIDE + name: content for name, content in inside.items()}


def cover(paper: Publication) -> bytes:
    """The cover as PNG, since not every reader shows an SVG there; shelves show it small: the title and little else."""
    lines, mark = textwrap.wrap(paper.title, 20), colors(paper.root)["mark"]
    return vegalite.drawn("png", render("cover.svg", paper=paper, lines=lines, mark=mark, font=vegalite.FONT), 1)
