"""Which addresses may stand on a page: http and https, and nothing that a browser would run."""

import re
from urllib.parse import urlsplit

_ODD = re.compile(r'[\s<>"`{}|\\^\x00-\x20\x7f]')


def broken_address(url: str) -> str | None:
    """What is wrong with an address, as the end of a sentence about it; None when nothing is."""
    if url != url.strip():
        return "has a space at its beginning or end"
    if odd := _ODD.search(url):
        return f"holds {'a space' if odd.group().isspace() else odd.group()}, which no address may"
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "is not an address"
    if parts.scheme not in ("http", "https"):
        return "is not an address that begins with http:// or https://"
    return None if host and not host.startswith((".", "-")) else "names no host"
