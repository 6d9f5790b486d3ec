"""Cells of tables that pages quote, looked up without a build: `make check` says of them what a build would."""

import re
from collections.abc import Iterator
from pathlib import Path

from brief import formats
from brief.ext.checks import contents
from brief.ext.facts import cells

_QUOTED = re.compile(r"(?<!`)\{fact\}`([^`\n]+)`")
_FENCE = re.compile(r"\s*(`{3,})")  # of code and of directives whose text is none; directives with text have colons


def errors(root: Path) -> list[str]:
    """One line for each cell that can't be quoted: "chapters/flour.md:12: {fact}`...`: there is no row ..."."""
    tables, found = cells.Tables(root), []
    for path in contents.files(root):
        page = path.relative_to(root).with_suffix("").as_posix()
        for line, text in _quotations(path.read_text("utf-8")):
            try:
                name, target, fmt = cells.parsed(text)
                if name or "#" in target:
                    fact = cells.looked_up(tables, page, name, target, fmt)
                    formats.render(fact["value"], fmt or fact["fmt"])
            except ValueError as error:
                found.append(f"{page}.md:{line}: {{fact}}`{text}`: {error}")
    return found


def _quotations(text: str) -> Iterator[tuple[int, str]]:
    """The line and the text of each {fact} of a page, but for what stands in code."""
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        if opened := _FENCE.match(line):
            fence = "" if fence and line.strip().startswith(fence) else fence or opened[1]
        elif not fence:
            yield from ((number, quoted) for quoted in _QUOTED.findall(line.replace("\\|", "|")))
