"""One style sheet for all pages, of a dozen: the theme's and the extensions', less what no page asks for, and ours.

A rule of theirs goes when its selector asks for a class that no page has and no script names: two thirds of their
weight. What is left depends on all pages of the site, so it is made when they are written. Pages ask for one file, and
a browser need not wait for a dozen, one of them behind another.
"""

import itertools
import json
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx
from tinycss2.ast import Node

from brief import project, store
from brief.ext.compat.of_theme import without_icon_font

NAME = "brief-sheets.css"
# In the order of the pages' links. Of the theme and of extensions: whole frameworks, of which a book uses a part.
_MAIN = "styles/pydata-sphinx-theme.css"
_THEIRS = (
    "basic.css", "styles/theme.css", _MAIN, "pygments.css", "styles/sphinx-book-theme.css",
    "copybutton.css", "mystnb.*.css", "sphinx-design.min.css",
)  # fmt: skip
_OURS = ("brief-icons.css", "brief-colors.css", "brief-fonts.css", "brief.css")  # figures' and tables' pages ask too
_LARGE = {"brief-vega.js", "brief-letters.js"}  # scripts that name no class of a sheet
_NESTED = {"media", "supports"}
_NOT_WITHIN = {"import", "charset"}  # what they import stands before them
_LINK = re.compile(r'[ \t]*<link [^>]*href="([^"]*_static/)([^"?]+)[^"]*"[^>]*>\n?')
_CODE = Path(__file__).read_bytes()


def bundle(app: Sphinx, error: Exception | None) -> None:
    """Make the sheet of the finished site, have the theme's pages ask for it, remove what only they asked for."""
    if error:
        return
    static = Path(app.outdir) / "_static"
    theirs = [sheet for name in _THEIRS for sheet in sorted(static.glob(name))]
    if (static / _MAIN).is_file():  # else no page was written, and no sheet copied
        pages = {page: page.read_text("utf-8") for page in sorted(Path(app.outdir).rglob("*.html"))}
        themed = {page: text for page, text in pages.items() if any(f"_static/{n}" in text for n in (NAME, _MAIN))}
        names = _words(static).union(*(_classes(text) for text in themed.values()))
        whole = "\n".join(_rebased(sheet.read_text("utf-8"), sheet.relative_to(static)) for sheet in theirs)
        asked = json.dumps(sorted(names)).encode()
        left = store.kept("css", lambda: cut(whole, names).encode(), whole.encode(), asked, _CODE)
        made = left + b"\n" + b"".join((static / name).read_bytes() for name in _OURS)
        (static / NAME).write_bytes(made)
        bundled = {sheet.relative_to(static).as_posix() for sheet in theirs} | set(_OURS)
        for page, text in themed.items():
            if (linked := relinked(text, bundled, project.digest(made)[:8])) != text:
                page.write_text(linked, "utf-8")
    for sheet in theirs:
        sheet.unlink()


def relinked(page: str, bundled: set[str], version: str) -> str:
    """A page that asks for the one sheet where it asked for the first of those `bundled`."""
    links = itertools.count()

    def one(link: re.Match) -> str:
        if link[2] not in bundled | {NAME}:
            return link[0]
        return "" if next(links) else f'  <link rel="stylesheet" href="{link[1]}{NAME}?v={version}">\n'

    head, end, body = page.partition("</head>")
    return _LINK.sub(one, head) + end + body


def _rebased(sheet: str, place: Path) -> str:
    """A sheet at `place`, without fonts of icons, whose addresses of files then begin where `NAME` lies."""

    def one(found: re.Match) -> str:
        return f"{found[1]}{posixpath.normpath(posixpath.join(place.parent.as_posix(), found[2]))}"

    return re.sub(r"""(\burl\(["']?)(?![a-z]+:|/|#)([^"')]+)""", one, without_icon_font(sheet))


def _classes(page: str) -> set[str]:
    return set(" ".join(re.findall(r' class="([^"]*)"', page)).split())


def _words(static: Path) -> set[str]:
    """Words of the scripts. Scripts also put names together: what ends in a hyphen stands for all that begin so."""
    scripts = [path for path in sorted(static.rglob("*.js")) if path.name not in _LARGE]
    return {word for path in scripts for word in re.findall(r"[\w-]+", path.read_text("utf-8"))}


def cut(sheet: str, names: set[str]) -> str:
    """A style sheet less the selectors that ask for a class not in `names`, and the rules that have no other.

    What stands in brackets, as in `:not(.a)` and `:is(.a, .b)`, is not looked at: it may match all the same.
    """
    begin = tuple(name for name in names if len(name) > 2 and name.endswith("-"))
    return "".join(_rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), names, begin))


def _rules(rules: Iterable[Node], names: set[str], begin: tuple[str, ...]) -> Iterable[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            parts = _selectors(rule.prelude)
            selectors = [text for text, asked in parts if all(n in names or n.startswith(begin) for n in asked)]
            if selectors:
                yield f"{','.join(selectors)}{{{tinycss2.serialize(rule.content).strip()}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTED:
            within = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if left := "".join(_rules(within, names, begin)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{left}}}"
        elif getattr(rule, "lower_at_keyword", "") not in _NOT_WITHIN:
            yield rule.serialize()


def _selectors(prelude: list[Node]) -> Iterable[tuple[str, set[str]]]:
    """Each selector of a rule, and the classes that it asks for outside of brackets."""
    commas = [i for i, node in enumerate(prelude) if node == ","]
    for first, end in zip([-1, *commas], [*commas, len(prelude)], strict=True):
        nodes = prelude[first + 1 : end]
        asked = {b.value for a, b in itertools.pairwise(nodes) if a == "." and b.type == "ident"}
        yield tinycss2.serialize(nodes).strip(), asked
