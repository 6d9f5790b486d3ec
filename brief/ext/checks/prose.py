"""Warnings about prose, with file and line: what a machine can see of how a page reads. None of them stops a build.

The words to avoid and the names to introduce are the book's own (brief_avoid, brief_actors in _config.yml).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from brief import project, settings
from brief.ext.checks import contents
from brief.names import chapter_of

WORDS_IN_A_SENTENCE = 46
NUMBERS_IN_A_SENTENCE = 2
_FACT = re.compile(r"\{fact\}`(?:[^`<]*<)?([^`>|]*)[^`]*`")
_REFERENCE = re.compile(r"\{(?:numref|ref|doc)\}`[^`]*`")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PRESENT = re.compile(
    r"(?<!\bto )(?<!\bmay )(?<!\bcan )(?<!could )(?<!might )(?<!would )(?<!should )"
    r"\b(?:is|are|has|have|holds?|stands?|leads?|ranks?|scores?|costs|lies|needs|gives|remains|keeps)\b"
)
_CITATION = re.compile(r"\s*\{cite(?::\w+)?\}`[^`]*`")
_ROLE = re.compile(r"\{[\w:+-]+\}`([^`<]*?)\s*(?:<[^`]*>)?`")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_END = re.compile(r"(?<=[.!?:;])[*\"”]*\s+(?=[*\[]*[A-Z“\"{])")
_PROSE = ("{div}", "{finding}", "{grid-item-card}", "{grid}", "{admonition}", "{note}")  # directives that hold text


@dataclass(frozen=True)
class Block:
    """A part of a page: a heading, a paragraph, or a figure; line from 1."""

    kind: str
    line: int
    text: str

    def line_of(self, words: str) -> int:
        """The line on which these words of it begin; its first where markup stands between them."""
        begins = r"\s+".join(map(re.escape, words.split()[:4]))
        found = re.search(begins, self.text)
        return self.line + (self.text.count("\n", 0, found.start()) if found else 0)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(colon_fence_plugin)


def blocks(text: str, offset: int = 0) -> Iterator[Block]:
    """The parts of a page's Markdown in their order, also those within ::: fences, without tables and other code."""
    tokens, in_table = _parser().parse(text), 0
    for before, token in pairwise([None, *tokens]):
        in_table += (token.type == "table_open") - (token.type == "table_close")
        line = offset + (token.map[0] + 1 if token.map else 0)
        if token.type == "inline" and not in_table:
            yield Block("heading" if before.type == "heading_open" else "paragraph", line, token.content)
        elif token.type == "colon_fence" and token.info.strip().startswith(_PROSE):
            body = re.sub(r"^:(?:[\w-]+:| ).*$", "", token.content, flags=re.MULTILINE)  # options are no prose
            yield from blocks(body, line)
        elif token.type == "colon_fence" and token.info.strip().startswith("{chart}"):
            yield Block("figure", line, "")


def plain(text: str) -> str:
    """A paragraph as it is read: a fact is one number, a citation nothing, a link its words."""
    text = _CITATION.sub("", _FACT.sub("0", text))
    return " ".join(_LINK.sub(r"\1", _ROLE.sub(r"\1", text)).split())


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, as they are written."""
    return [part for part in _END.split(" ".join(text.split())) if part]


def warnings(root: Path) -> list[str]:
    """One line for each: "chapters/flour.md:12: a sentence of 50 words: at most 46"."""
    said, known = settings.read(root), quotable(root)
    found = []
    for path in contents.files(root):
        name = path.relative_to(root).as_posix()
        parts = list(blocks(path.read_text("utf-8")))
        told = [*of_sentences(parts), *of_words(parts, said["brief_avoid"])]
        told += of_tense(parts, chapter_of(name.removesuffix(".md")), *known)
        if settings.is_chapter(name, said):
            told += [*of_figures(parts), *of_actors(parts, said["brief_actors"])]
        found += [f"{name}:{line}: {what}" for line, what in sorted(told)]
    return found


def of_sentences(parts: list[Block]) -> Iterator[tuple[int, str]]:
    """Sentences that are too long, or that hold more numbers than a reader keeps."""
    for part in (part for part in parts if part.kind == "paragraph"):
        for sentence in sentences(part.text):
            begins = f'"{" ".join(plain(sentence).split()[:6])} ..."'
            if (count := len(plain(sentence).split())) > WORDS_IN_A_SENTENCE:
                yield part.line_of(sentence), f"{begins} is a sentence of {count} words: at most {WORDS_IN_A_SENTENCE}"
            if (count := len(_FACT.findall(sentence))) > NUMBERS_IN_A_SENTENCE:
                what = f"{begins} holds {count} numbers: at most {NUMBERS_IN_A_SENTENCE} in a sentence"
                yield part.line_of(sentence), what


def quotable(root: Path) -> tuple[dict[str, dict], int]:
    """The facts of the last build by "chapter.id", and the year of its edition; none before a first build."""
    try:
        held = json.loads((root / "_build" / "html" / project.FACTS).read_text("utf-8"))
        return {fact["id"]: fact for fact in held["facts"]}, int(held["date"][:4])
    except (OSError, ValueError, KeyError, TypeError):
        return {}, 0


def of_tense(parts: list[Block], chapter: str, known: Mapping[str, dict], year: int) -> Iterator[tuple[int, str]]:
    """Sentences that speak in the present tense of an earlier year, when neither they nor the one before names it."""
    for part in (part for part in parts if part.kind == "paragraph"):
        before = ""
        for sentence in sentences(part.text):
            facts = [known[name] for target in _FACT.findall(sentence) if (name := _named(target, chapter)) in known]
            told = " ".join([before, _FACT.sub("", sentence), *(fact["text"] for fact in facts)])
            of = [int(found) for fact in facts for found in _YEAR.findall(fact["period"])]
            if (
                of
                and max(of) < year
                and not _YEAR.search(told)
                and _PRESENT.search(_FACT.sub("", _REFERENCE.sub("", sentence)))
            ):
                begins = f'"{" ".join(plain(sentence).split()[:6])} ..."'
                yield part.line_of(sentence), f"{begins} speaks as of today of {max(of)}: say when"
            before = sentence


def _named(target: str, chapter: str) -> str:
    """The fact that {fact} quotes on a page, as facts.json names it: of a row, by the table's folder."""
    table, mark, id = target.strip().rpartition("#")
    folder = table.rpartition("/")[0]
    return f"{folder or chapter}.{id}" if mark or "." not in id else id


def of_words(parts: list[Block], avoid: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Words that the book avoids, and a word written twice."""
    for part in (part for part in parts if part.kind != "figure"):
        text = plain(part.text)
        for pattern, better in avoid.items():
            for found in re.finditer(rf"\b(?:{pattern})\b", text):
                told = better or "leave it out"
                yield part.line_of(found.group()), f'"{found.group()}": {told}'
        for found in re.finditer(r"\b([A-Za-z]+) \1\b(?!-)", text):
            yield part.line_of(found.group()), f'"{found.group()}": a word twice'


def of_figures(parts: list[Block]) -> Iterator[tuple[int, str]]:
    """Figures that no sentence leads to, or after which none says what follows."""
    for before, part, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        if part.kind == "figure":
            if before is None or before.kind != "paragraph":
                yield part.line, "a figure without a sentence before it that says what it answers"
            if after is None or after.kind != "paragraph":
                yield part.line, "a figure without a sentence after it that says what follows"


def of_actors(parts: list[Block], actors: dict[str, list[str]]) -> Iterator[tuple[int, str]]:
    """Names that a chapter does not introduce where it first names them: `actors` has words of which one should."""
    told = [part for part in parts if part.kind == "paragraph"]
    for name, words in actors.items():
        first = next((part for part in told if re.search(rf"\b{re.escape(name)}\b", plain(part.text))), None)
        if first and not any(word in plain(first.text) for word in words):
            yield first.line_of(name), f"{name} is named and not introduced: say {' or '.join(words)} here"
