"""Pages without what the book does not use of its theme: half of what a reader would wait for.

Gone: Font Awesome's script and fonts (static/brief-icons.css has the few icons in use), source maps, translations,
the scripts of Thebe, toggle buttons and tabs, and all inline script but the theme's own first lines. Scripts are
deferred: nothing but style sheets and the letters holds up the first paint.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

from brief.ext.compat.of_sphinx import finish_pages
from brief.ext.content_security import INLINE, policed
from brief.ext.html.assets import LETTERS

_UNUSED_SCRIPTS = (
    "thebe", "togglebutton", "design-tabs", "fontawesome", "toggleHint", "toggleOpenOnPrint", "sphinx_highlight",
    "doctools",
)  # fmt: skip
# What a page has that some scripts are for; without it they are left out.
_FOR = {"clipboard": 'class="highlight', "copybutton": 'class="highlight', "brief-figures": 'class="drawings'}
_UNUSED_SHEETS = ("thebe", "togglebutton")
_UNUSED_FILES = (
    "scripts/fontawesome.js", "scripts/fontawesome.js.LICENSE.txt", "togglebutton.js", "togglebutton.css",
    "sphinx-thebe.js", "sphinx-thebe.css", "design-tabs.js", "webpack-macros.html", "sbt-webpack-macros.html",
    "searchtools.js", "language_data.js", "sphinx_highlight.js", "doctools.js", "file.png", "minus.png",
    "plus.png", "play-solid.svg",
)  # fmt: skip
_CONTENTS = "pst-page-toc-nav"
_KEPT = ("dataset.mode", "application/json", "application/ld+json")


def drop_unused(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Take off the page what nothing on it uses."""
    idle = tuple(script for script, sign in _FOR.items() if sign not in context.get("body", ""))
    for kind, unused in (("script_files", _UNUSED_SCRIPTS + idle), ("css_files", _UNUSED_SHEETS)):
        context[kind] = [f for f in context[kind] if not any(word in _described(f) for word in unused)]


def _described(asset) -> str:
    body = getattr(asset, "attributes", {}).get("body") or ""
    return f"{getattr(asset, 'filename', asset)} {body}"


def slim(html: str) -> str:
    """A finished page: no inline script but what is kept, all others deferred. What theme/layout.html can't say."""
    html = INLINE.sub(lambda m: m.group(0) if any(word in m.group(0) for word in _KEPT) else "", html)
    html = html.replace(
        ' onclick="window.print()"', " data-print"
    )  # brief.js prints: a policy may forbid inline script
    # The theme names a list of contents that is not there, and Bootstrap then follows every link of the page.
    spied = f'data-bs-target="#{_CONTENTS}"' if f'id="{_CONTENTS}"' in html else ""
    html = re.sub(
        r'data-bs-spy="scroll" data-bs-target="[^"]*"', f'data-bs-spy="scroll" {spied}' if spied else "", html
    )
    html = html.replace('role="doc-biblioentry"', 'role="listitem"')  # their list requires it; docutils' is deprecated
    html = re.sub(r'\s+autocorrect="\w+"', "", html)  # newer than the checker of HTML that the tests run
    return re.sub(rf"<script (?![^>]*\bdefer\b)(?![^>]*{LETTERS})(?=[^>]*\bsrc=)", "<script defer ", html)


def wrap_templates(app: Sphinx) -> None:
    """Slim each page as it leaves its template."""
    finish_pages(app, lambda _context, html: policed(slim(html)))


def tidy(app: Sphinx, error) -> None:
    """Remove static files that no page asks for."""
    if error:
        return
    static = Path(app.outdir) / "_static"
    unused = [static / name for name in _UNUSED_FILES] + list(static.rglob("*.map"))
    for folder in (static / "vendor", static / "locales"):
        unused += [file for file in folder.rglob("*") if file.is_file()]
    for file in unused:
        file.unlink(missing_ok=True)
