"""What _config.yml says to this package: the `brief_*` values under `sphinx.config`, with their defaults and rules.

One table for all who read them: `ext` registers it with Sphinx and checks the file by it, `kernel` and `print` read
the file through `read`. Used by all of them; imports none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from brief import project

try:
    from yaml import CSafeLoader as SafeLoader  # eight times as fast
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

NAME = "_config.yml"
LARGEST = 1_000_000  # bytes; the checks refuse a file that takes minutes to parse
_CODES = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
_WORDS = {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True}
_COLOR = {"type": "string", "pattern": "^#[0-9a-f]{6}$"}
_PART = "[a-z0-9]+(-[a-z0-9]+)*"
_PAGE = {"type": "string", "pattern": f"^{_PART}(/{_PART})*$"}
# A page, or a thing on it by its anchor; tables' own pages have underscores.
_ADDRESS = {"type": "string", "pattern": r"^[a-z0-9_/-]+(#[\w-]+)?$"}


@dataclass(frozen=True)
class Setting:
    """A value that a book can set.

    default: in a book that does not. rule: a JSON schema. rebuild: what Sphinx makes anew when it changes ("env" reads
    all pages again, "html" writes them again). about: what it means, in a sentence.
    """

    default: Any
    rule: dict
    rebuild: str
    about: str


def _page(role: str, default: str) -> Setting:
    """The setting that says which page has a role: others lead there."""
    return Setting(default, _PAGE, "env", f"The page that {role}, as _toc.yml names it; others lead there.")


# Pages by their roles. A published address must not change: set these before the first edition.
PAGES = {
    "brief_ledger_page": _page("lists every fact, finding and figure", "reference/evidence"),
    "brief_catalogue_page": _page("describes every table", "reference/data"),
    "brief_bibliography_page": _page("lists the sources", "reference/bibliography"),
    "brief_glossary_page": _page("defines the terms", "reference/glossary"),
    "brief_updates_page": _page("says what changed from edition to edition", "reference/updates"),
    "brief_citing_page": _page("says how to cite the book", "reference/cite"),
}
SETTINGS = PAGES | {
    "brief_chapters": Setting(
        "chapters",
        {"type": "string", "pattern": f"^{_PART}$"},
        "env",
        "The folder whose pages are the book's chapters: what is cited, printed and downloaded by itself.",
    ),
    "brief_explorer_page": Setting(
        "reference/explorer",
        _PAGE,
        "env",
        "The page where readers compare economies: for screens, so it is not printed.",
    ),
    "brief_kind": Setting(
        "A brief",
        {"type": "string", "minLength": 1},
        "html",
        "What the book is, with its article, on the summary, the cover and the picture of a shared link.",
    ),
    "brief_colors": Setting(
        {},
        {
            "type": "object",
            "additionalProperties": {"type": "array", "items": _COLOR, "minItems": 2, "maxItems": 2},
        },
        "html",
        "The colour of each economy in light and in dark pages, by its code in data/shared/economies.csv.",
    ),
    "brief_accents": Setting(
        [],
        _CODES | {"minItems": 2, "maxItems": 2},
        "html",
        "Two economies of brief_colors whose colours the book takes as its own: for links, and for what stands out.",
    ),
    "brief_peers": Setting(
        [],
        _CODES,
        "html",
        "The economies that a standing compares, in this order; the first two are those the book is about.",
    ),
    "brief_claims_table": Setting(
        "shared/claims", {"type": "string", "minLength": 1}, "env", "The table of others' claims that the book judges."
    ),
    "brief_claims_heading": Setting(
        "Claim", {"type": "string", "minLength": 1}, "html", "The head of the column that gives those claims."
    ),
    "brief_avoid": Setting(
        {},
        {"type": "object", "additionalProperties": {"type": "string"}},
        "",
        "Words that prose avoids, as regular expressions, each with what is better; `make check` warns of them.",
    ),
    "brief_actors": Setting(
        {},
        {"type": "object", "additionalProperties": _WORDS},
        "env",
        "Names that each chapter introduces where it first has them, with words of which one should stand there. "
        "Their first mention on a page leads to the glossary.",
    ),
    "brief_checked_within": Setting(
        0,
        {"type": "integer", "minimum": 0},
        "",
        "Days before an edition within which checks/ has a check of each chapter, or it is refused; 0 asks for none.",
    ),
    "brief_redirects": Setting(
        {},
        {"type": "object", "propertyNames": _ADDRESS, "additionalProperties": _ADDRESS},
        "html",
        "Addresses of earlier editions, page or page#anchor without .html, each with the one that its thing has now.",
    ),
    "brief_number_names": Setting(
        [], _WORDS, "env", "Names that a version number may follow in prose without being a quantity: Dough 2.0."
    ),
    "brief_number_units": Setting(
        ["people"], _WORDS, "env", "Words before which million and the like name a unit, not a quantity."
    ),
}


@lru_cache(2)
def parsed(content: bytes) -> Any:
    """A configuration as YAML reads it, for who changes none of it. Raises yaml.YAMLError, ValueError."""
    return yaml.load(content, Loader=SafeLoader)


@lru_cache(2)
def _of_file(content: bytes) -> dict[str, Any]:
    """Every setting, as a configuration with this content has it; the defaults where it says nothing of them."""
    try:
        said = parsed(content)["sphinx"]["config"]
    except (yaml.YAMLError, ValueError, TypeError, KeyError):  # the checks say what is wrong with it
        said = {}
    said = said if isinstance(said, dict) else {}
    return {name: said.get(name, setting.default) for name, setting in SETTINGS.items()}


def read(root: Path) -> dict[str, Any]:
    """Every setting of the book at `root`, by name."""
    try:
        content = (root / NAME).read_bytes()
    except OSError:
        content = b""
    return _of_file(content if len(content) < LARGEST else b"")


def is_chapter(docname: str, said: Mapping[str, Any]) -> bool:
    """Whether a page is one of the book's chapters. said: what `read` gives, or Sphinx's configuration."""
    return docname.startswith(f"{said['brief_chapters']}/")


def folders(root: Path) -> list[str]:
    """Where the book's pages lie, but for those beside its configuration: chapters, and pages with a role."""
    said = read(root)
    named = [f"{said['brief_chapters']}/", *(said[name] for name in PAGES)]
    return list(dict.fromkeys(page.rpartition("/")[0] for page in named if isinstance(page, str) and "/" in page))


def digest(root: Path, name: str) -> str:
    """Digest of a setting's value, or "absent" when there is none of that name any more."""
    found = read(root)
    return project.digest(repr(found[name]).encode()) if name in found else "absent"
