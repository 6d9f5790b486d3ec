"""The public addresses of a built site, and which of an earlier edition's lead nowhere any more.

An address is a page or page#anchor, without .html: each page and, of those that the search leads to, each section,
finding, figure, number, term and source, and claims and the catalogue's cards of tables. Rows of tables and quotes in
prose come and go with what they show.
"""

import re
from pathlib import Path

from brief.ext.html import search_file

_ASIDE = {"search", "genindex", "404"}
_REFRESH = re.compile(r'<meta http-equiv="refresh" content="1; url=([^"#]*)\.html(?:#([^"]*))?">')


def of(site: Path) -> list[str]:
    """Every public address of a site in a folder, sorted."""
    pages = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    pages = {page for page in pages - _ASIDE if not page.startswith("_static/")}
    found = {f"{p['page']}#{p['anchor']}".removesuffix("#") for p in search_file.read(site)}
    for page in pages:
        found |= {f"{page}#{id}" for id in re.findall(r'\sid="((?:table|claim)-[^"]+)"', _text(site, page))}
    return sorted(pages | found)


def lost(site: Path, addresses: list[str], told: dict[str, str]) -> list[str]:
    """Those of `addresses` that lead nowhere in a site, but for what is `told` by address: a page's goes for all on it,
    and "page#fact-flour" for all whose anchors go on from there."""
    return [at for at in addresses if not _leads(site, at) and not any(_covers(said, at) for said in told)]


def _covers(said: str, address: str) -> bool:
    return address == said or address.startswith((f"{said}#", f"{said}/") if "#" not in said else f"{said}-")


def _leads(site: Path, address: str) -> bool:
    page, _, anchor = address.partition("#")
    if not (site / f"{page}.html").is_file():
        return False
    if anchor and (on := _REFRESH.search(_text(site, page))):  # which takes the anchor along when it has none itself
        there = (site / page).parent / on[1]
        page, anchor = there.resolve().relative_to(site.resolve()).as_posix(), on[2] or anchor
    return not anchor or f' id="{anchor}"' in _text(site, page)


def _text(site: Path, page: str) -> str:
    return (site / f"{page}.html").read_text("utf-8")
