"""The EPUB: the pages of the PDF, one file each, with the drawings as SVG images.

Made from the built pages and not by Sphinx's epub builder, which would read the book a second time into another
environment, with the theme's pages, ledgers and controls, and put clocks and random ids in its package. What is left
to do is a zip with four small files of its own, and EPUBCheck says whether they are right.
"""

import io
import uuid
import zipfile
from pathlib import Path

from brief import project
from brief.ext.citations.metadata import Publication
from brief.print import cover, fonts, links, printed_pages
from brief.print.sheets import render, text

FOLDER, NAME = "_build/epub", "brief.epub"
INSIDE = "OEBPS/"


def made(root: Path, site: Path) -> dict[str, bytes]:
    """The EPUB of the built site, by file name."""
    print("packing the EPUB", flush=True)
    return {NAME: zipped(files(root, site))}


def files(root: Path, site: Path) -> dict[str, bytes]:
    """Every file inside it, by path."""
    printed, about = printed_pages.read(root, site), Publication(root)
    led = links.Links(
        printed, about.base, lambda name, id: f"{printed_pages.slug(name)}.xhtml" + (f"#{id}" if id else "")
    )
    inside: dict[str, bytes] = {"epub.css": text("epub.css").encode(), "cover.png": cover.png(root, about)}
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
    container = {"META-INF/container.xml": text("container.xml").encode()}
    return container | {INSIDE + name: content for name, content in inside.items()}


def zipped(inside: dict[str, bytes]) -> bytes:
    """The package: its type first and not compressed, as the standard has it; no clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in sorted(inside.items()):
            archive.writestr(_entry(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # of 1980, the first day that a zip knows
    entry.external_attr = 0o644 << 16
    return entry
