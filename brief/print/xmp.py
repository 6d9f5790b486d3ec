"""What a PDF says of its rights: the licence and, once one is set, the publisher, in its XMP metadata."""

from html import escape
from typing import Any

from brief.ext.citations.metadata import LANGUAGE, Publication

_NAMES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'


def add_rights(made: Any, paper: Publication) -> None:
    """Add to a PDF of WeasyPrint's, which says title, authors, subject and dates, what that knows nothing of."""
    for part in made.objects:
        if getattr(part, "extra", {}).get("Type") == "/Metadata":
            part.stream[:] = [b"".join(part.stream).replace(b"</rdf:RDF>", f"{rights(paper)}</rdf:RDF>".encode())]


def rights(paper: Publication) -> str:
    """An RDF description: licence, language, address, publisher."""
    terms = f"{paper.terms}: {', '.join(paper.licences.values())}"
    said = {
        "dc:rights": f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(terms)}</rdf:li></rdf:Alt>',
        "dc:language": f"<rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag>",
        "xmpRights:Marked": "True",
        "xmpRights:WebStatement": escape(next(iter(paper.licences.values()))),
    }
    if paper.base:
        said["dc:identifier"] = escape(paper.base)
    if paper.publisher:
        said["dc:publisher"] = f"<rdf:Bag><rdf:li>{escape(paper.publisher)}</rdf:li></rdf:Bag>"
    parts = "".join(f"<{name}>{text}</{name}>" for name, text in said.items())
    return f'<rdf:Description rdf:about="" {_NAMES}>{parts}</rdf:Description>'
