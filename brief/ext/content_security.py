"""The Content-Security-Policy of a page: it forbids what the page does not need, other hosts above all."""

import base64
import hashlib
import re

_SCRIPT = r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>"
INLINE = re.compile(rf"\s*{_SCRIPT}", re.DOTALL)
_INLINE = re.compile(_SCRIPT, re.DOTALL)  # is found sooner, by its first letters
# Style stays free: the theme, Pygments and the drawings set some inline.
_POLICY = "style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'"


def policed(html: str) -> str:
    """A page that forbids what it does not need: script from elsewhere, inline or made at run time; any other host."""
    scripts = " ".join(["'self'", *(f"'{value}'" for value in sorted(inline_hashes(html)))])
    policy = f"default-src 'self'; script-src {scripts}; {_POLICY}"
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return re.sub(r'<meta charset="utf-8" ?/?>', rf"\g<0>\n    {tag}", html, count=1)


def inline_hashes(html: str) -> set[str]:
    """What a Content-Security-Policy must list for the scripts that stay inline: "sha256-..."."""
    bodies = (m.group(2) for m in _INLINE.finditer(html) if "json" not in m.group(1))
    return {"sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies}
