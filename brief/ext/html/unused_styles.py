"""The style sheets of theme and extensions, less the rules for what stands on no page: two thirds of their weight.

A rule goes when its selector asks for a class that no page has and no script names. What is left depends on all pages
of the site, so it is cut when they are written, and their links then say which cut they mean.
"""

import itertools
import json
import re
from collections.abc import Iterable
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx
from tinycss2.ast import Node

from brief import project, store

# Of the theme and of extensions: whole frameworks, of which a book uses a part.
SHEETS = (
    "styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css", "sphinx-design.min.css", "basic.css",
    "mystnb.*.css",
)  # fmt: skip
_LARGE = {"brief-vega.js", "brief-letters.js"}  # scripts that name no class of a sheet
_NESTED = {"media", "supports"}


def drop(app: Sphinx, error: Exception | None) -> None:
    """Cut the sheets in the finished site, and write into each page's links the digest of what is left."""
    static = Path(app.outdir) / "_static"
    sheets = [found for name in SHEETS for found in sorted(static.glob(name))]
    if error or not sheets:
        return
    themed = {page: text for page, text in _pages(Path(app.outdir)).items() if f"_static/{SHEETS[0]}" in text}
    names = _words(static).union(*(_classes(text) for text in themed.values()))
    follows_from, digests = json.dumps(sorted(names)).encode(), {}
    for sheet in sheets:
        whole = sheet.read_bytes()
        left = store.kept("css", lambda whole=whole: cut(whole.decode(), names).encode(), whole, follows_from, _CODE)
        sheet.write_bytes(left)
        digests[sheet.relative_to(static).as_posix()] = project.digest(left)[:8]
    links = re.compile(rf"(_static/({'|'.join(map(re.escape, digests))}))\?\w+=\w+")
    for page, text in themed.items():
        linked = links.sub(lambda link: f"{link[1]}?v={digests[link[2]]}", text)
        if linked != text:
            page.write_text(linked, "utf-8")


_CODE = Path(__file__).read_bytes()


def _pages(site: Path) -> dict[Path, str]:
    return {page: page.read_text("utf-8") for page in sorted(site.rglob("*.html"))}


def _classes(page: str) -> set[str]:
    return set(" ".join(re.findall(r'\bclass="([^"]*)"', page)).split())


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
        else:
            yield rule.serialize()


def _selectors(prelude: list[Node]) -> Iterable[tuple[str, set[str]]]:
    """Each selector of a rule, and the classes that it asks for outside of brackets."""
    commas = [i for i, node in enumerate(prelude) if node == ","]
    for first, end in zip([-1, *commas], [*commas, len(prelude)], strict=True):
        nodes = prelude[first + 1 : end]
        asked = {b.value for a, b in itertools.pairwise(nodes) if a == "." and b.type == "ident"}
        yield tinycss2.serialize(nodes).strip(), asked
