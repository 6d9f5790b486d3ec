"""Is _toc.yml in the form that Jupyter Book reads, and is each page that it lists there? One line for each error."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sphinx_external_toc.parsing import TOCTREE_OPTIONS, MalformedError, parse_toc_data

from brief.ext.reading import yaml_lines
from brief.ext.reading.addresses import broken_address
from brief.ext.reading.input_file import quoted
from brief.ext.reading.keys import unknown
from brief.ext.reading.yaml_lines import Marked
from brief.settings import folders

NAME = "_toc.yml"
FORMAT, ROOT = "jb-book", "index"
SUFFIXES = (".md", ".ipynb", ".rst")
_TOP = ("format", "root", "parts", "chapters", "options", "defaults", "meta", "title")
_ENTRY = ("file", "url", "title", "sections", "subtrees", "options")
# What each option of a part takes, and how to say so.
_TAKES = {
    "caption": ((str,), "text"),
    "numbered": ((bool, int), "a number, true or false"),
    "maxdepth": ((int,), "a number"),
}
_PART = (*TOCTREE_OPTIONS, "chapters", "sections", "entries")


def errors(root: Path) -> list[str]:
    """Everything wrong with the contents of the book at `root`."""
    return yaml_lines.judged(root, NAME, partial(_errors, root))


def _errors(root: Path, marked: Marked, top: dict) -> list[str]:
    lines = [marked.told(key, what=unknown(key, _TOP)) for key in top if key not in _TOP]
    if top.get("format") != FORMAT:
        said = f"{quoted(top['format'])} is not {FORMAT}" if "format" in top else f"is missing: {FORMAT}"
        lines.append(marked.told("format", what=said))
    if top.get("root") != ROOT:
        said = f"{quoted(top['root'])} is not {ROOT}, the page that leads" if "root" in top else f"is missing: {ROOT}"
        lines.append(marked.told("root", what=said))
    elif not _found(root, ROOT):
        lines.append(marked.told("root", what=f"there is no {ROOT}.md"))
    lines += _tree(root, marked, top)
    return lines or _refused_by_its_reader(marked)


def places(root: Path) -> dict[str, str]:
    """The pages that the contents list, the first page first, each with its line: "_toc.yml:7". For contents without
    errors."""
    marked = yaml_lines.read(root, NAME)
    entries = [(path, entry["file"]) for path, entry in _entries(marked.value, ()) if "file" in entry]
    return {ROOT: marked.at("root")} | {name: marked.at(*path, "file") for path, name in entries}


def pages(root: Path) -> list[str]:
    """The names of the pages that the contents list, the first page first."""
    return list(places(root))


def files(root: Path) -> list[Path]:
    """The book's pages in Markdown, also those that the contents do not list yet."""
    found = [root / f"{ROOT}.md", *(path for folder in folders(root) for path in sorted((root / folder).glob("*.md")))]
    return [path for path in found if path.is_file()]


def _tree(root: Path, marked: Marked, top: dict) -> list[str]:
    seen = {ROOT: marked.at("root")}
    lines = [marked.told(*path, what=trouble) for path, trouble in _misshapen(top, ())]
    for path, entry in _entries(top, ()):
        if odd := next((key for key in entry if key not in _ENTRY), None):
            said = "is of a part: it belongs below parts" if odd in _PART else unknown(odd, _ENTRY)
            said = "is not used: a book says which page follows which" if odd == "glob" else said
            lines.append(marked.told(*path, odd, what=said))
            continue
        if "url" in entry and (trouble := broken_address(str(entry["url"]))):
            lines.append(marked.told(*path, "url", what=f"{quoted(entry['url'])} {trouble}"))
        if ("file" in entry) == ("url" in entry):
            said = "names a file and a url" if "file" in entry else "names neither a file nor a url"
            lines.append(marked.told(*path, what=said))
        if "file" not in entry:
            continue
        name = entry["file"]
        trouble = _broken_page(root, name) or (name in seen and f"is listed twice, first at {seen[name]}")
        if trouble:
            lines.append(marked.told(*path, "file", what=f"{quoted(name)} {trouble}"))
        else:
            seen[name] = marked.at(*path, "file")
    return lines


def _broken_page(root: Path, name: object) -> str | None:
    if not isinstance(name, str) or not name.strip():
        return "is not the name of a file"
    if name.startswith("/") or ".." in name.split("/") or "\\" in name:
        return "is not a path within the book"
    if name.endswith(SUFFIXES):
        return f"has the ending of a file: write {name.rpartition('.')[0]}"
    found = _found(root, name)
    if len(found) > 1:  # Sphinx would take one of them
        return f"is there twice, as {' and '.join(found)}: move one away"
    return None if found else f"is not there: no {name}.md"


def _found(root: Path, name: str) -> list[str]:
    names = [f"{name}{suffix}" for suffix in SUFFIXES]
    return [name for name in names if (root / name).is_file()]


# The keys under which a mapping holds others, and whether those are parts rather than entries.
_HOLD = {"parts": True, "subtrees": True, "chapters": False, "sections": False, "entries": False}


def _entries(node: dict, path: tuple) -> Iterator[tuple[tuple, dict]]:
    """Each entry that names a page or an address, with its path, in the order of the book."""
    for key, parts in _HOLD.items():
        for number, item in enumerate(node[key] if isinstance(node.get(key), list) else []):
            if isinstance(item, dict):
                if not parts:
                    yield (*path, key, number), item
                yield from _entries(item, (*path, key, number))


def _misshapen(node: dict, path: tuple) -> Iterator[tuple[tuple, str]]:
    """Where a list or a mapping should stand and does not, and unknown keys of parts."""
    for key in (key for key in _HOLD if key in node):
        here, parts = (*path, key), _HOLD[key]
        if not isinstance(node[key], list) or not node[key]:
            yield here, f"is {'empty' if not node[key] else 'not a list'}: a list of {'parts' if parts else 'files'}"
            continue
        for number, item in enumerate(node[key]):
            if not isinstance(item, dict):
                such = "caption: ..." if parts else "file: ..."
                yield (*here, number), f"{quoted(item)} is not a mapping such as {such}"
                continue
            for option, value in item.items() if parts else ():
                kinds, words = _TAKES.get(option, ((bool,), "true or false"))
                if option not in _PART:
                    yield (*here, number, option), unknown(option, _PART)
                elif option in TOCTREE_OPTIONS and not isinstance(value, kinds):
                    yield (*here, number, option), f"{quoted(value)} is not {words}"
            yield from _misshapen(item, (*here, number))


def _refused_by_its_reader(marked: Marked) -> list[str]:
    """What only sphinx-external-toc knows of its format, in its words."""
    try:
        parse_toc_data(marked.value)
    except (MalformedError, TypeError, ValueError) as error:
        return [f"{marked.name}: {' '.join(str(error).split())}"]
    return []
