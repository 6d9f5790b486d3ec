"""What a published site says to machines that look for pages: site map, robots, a feed of editions, a page for 404."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as xml

from brief.ext.citations.metadata import Publication
from brief.ext.content_security import policed
from brief.ext.templating import render

_ATOM, _MAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"
_ASIDE = ("search.html", "genindex.html", "404.html")


def _written(root: xml.Element) -> bytes:
    xml.indent(root, " ")
    return xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def sitemap(edition: Path, home: str, day: str) -> bytes:
    """The pages of an edition's folder, with the edition's day: an edition is never rewritten."""
    root = xml.Element("urlset", xmlns=_MAP)
    for page in sorted(edition.rglob("*.html")):
        name = page.relative_to(edition).as_posix()
        leads_on = b'http-equiv="refresh"' in page.read_bytes()
        if name not in _ASIDE and not name.startswith("figures/") and not leads_on:
            entry = xml.SubElement(root, "url")
            xml.SubElement(entry, "loc").text = f"{home}{edition.name}/{name}"
            xml.SubElement(entry, "lastmod").text = day
    return _written(root)


def robots(home: str) -> bytes:
    """Everything may be read; older editions keep their own addresses."""
    return ("User-agent: *\nAllow: /\n" + (f"Sitemap: {home}sitemap.xml\n" if home else "")).encode()


CACHE, FRAMES, TYPES = "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options"


def header_rules(home: str, versions: list[str]) -> list[tuple[str, str, str]]:
    """(path, header, value): how long to keep a file, who may frame it. A path that ends in * stands for all below it.

    An edition's files never change; what stands beside editions does. Only figures are made to be framed elsewhere.
    """
    top = urlsplit(home).path or "/"
    beside = ("", "index.html", "latest/*", "versions.js", "versions.json", "feed.xml", "sitemap.xml")
    rules = [(f"{top}*", TYPES, "nosniff"), *((f"{top}{name}", CACHE, "no-cache") for name in beside)]
    for version in versions:
        rules.append((f"{top}{version}/*", CACHE, "public, max-age=31536000, immutable"))
        rules += [(f"{top}{version}/{part}/*", FRAMES, "frame-ancestors 'self'") for part in ("chapters", "reference")]
    return rules


def headers(rules: list[tuple[str, str, str]]) -> bytes:
    """_headers, which Netlify, Cloudflare Pages and others read."""
    return "".join(f"{path}\n  {name}: {value}\n" for path, name, value in rules).encode()


def nginx(rules: list[tuple[str, str, str]]) -> bytes:
    """The same for nginx: included from its `http` block; what then stands in `server` is said at the end."""
    lines, said = [], []
    for name in dict.fromkeys(name for _path, name, _value in rules):
        variable = f"$brief_{name.lower().replace('-', '_')}"
        lines += [f"map $uri {variable} {{", '  default "";']
        lines += [f'  "~{_pattern(path)}" "{value}";' for path, of, value in rules if of == name] + ["}"]
        said.append(f"#   add_header {name} {variable};")
    return "\n".join([*lines, "# In `server`:", *said, ""]).encode()


def apache(rules: list[tuple[str, str, str]]) -> bytes:
    """The same for Apache 2.4 with mod_headers: included from its configuration or a virtual host's."""
    lines = (
        f'<LocationMatch "{_pattern(path)}">\n  Header set {name} "{value}"\n</LocationMatch>\n'
        for path, name, value in rules
    )
    return "".join(lines).encode()


def _pattern(path: str) -> str:
    return f"^{re.escape(path.removesuffix('*'))}{'' if path.endswith('*') else '$'}"


def feed(about: list[dict], paper: Publication) -> bytes:
    """The editions as an Atom feed, the newest first: what changed is each one's text."""
    root = xml.Element("feed", xmlns=_ATOM)
    xml.SubElement(root, "title").text = paper.title
    xml.SubElement(root, "id").text = paper.home
    xml.SubElement(root, "updated").text = _moment(about[0]["date"])
    xml.SubElement(root, "link", rel="self", href=f"{paper.home}feed.xml")
    xml.SubElement(root, "link", rel="alternate", href=paper.home)
    for name in paper.names:
        xml.SubElement(xml.SubElement(root, "author"), "name").text = name
    for edition in about:
        entry, address = xml.SubElement(root, "entry"), f"{paper.home}{edition['edition']}/"
        xml.SubElement(entry, "title").text = f"Edition {edition['edition']}"
        xml.SubElement(entry, "id").text = address
        xml.SubElement(entry, "updated").text = _moment(edition["date"])
        xml.SubElement(entry, "link", rel="alternate", href=address)
        xml.SubElement(entry, "summary").text = edition["changes"].capitalize()
    return _written(root)


def _moment(day: str) -> str:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), dt.UTC).isoformat()


def not_found(paper: Publication) -> bytes:
    """The page for an address that leads nowhere. It may be shown at any depth, so its links are whole addresses."""
    return policed(render("404.html", paper=paper)).encode()
