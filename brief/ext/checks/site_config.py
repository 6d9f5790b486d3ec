"""Is _config.yml what Jupyter Book and this package read? One line for each error.

The keys and their types are Jupyter Book's own: its schema, and its file of defaults, which it calls the list of all
keys that are allowed.
"""

import json
from functools import cache, partial, reduce
from importlib.resources import files
from pathlib import Path

import yaml

from brief import palette
from brief.ext.reading import json_schema, yaml_lines
from brief.ext.reading.input_file import quoted
from brief.ext.reading.keys import unknown
from brief.ext.reading.yaml_lines import Marked
from brief.settings import NAME, SETTINGS

EXTENSION = "brief.ext"
BIBLIOGRAPHY = ["data/references.bib"]
# Set from CITATION.cff, whatever stands in _config.yml.
_SET = [("title",), ("author",), ("copyright",), ("html", "baseurl")]
_SET += [("sphinx", "config", key) for key in ("project", "author", "copyright", "html_title", "html_baseurl")]
# What Jupyter Book reads besides; each of these it names in config.py alone.
_MORE = {
    "": {"project": {"type": "string"}},
    "parse": {"myst_substitutions": {"type": "object"}},
    "html": {"navbar_footer_text": {"type": "string"}},
}
_TYPES = {bool: "boolean", str: "string", list: "array", dict: "object"}


def errors(root: Path) -> list[str]:
    """Everything wrong with the configuration of the book at `root`."""
    return yaml_lines.judged(root, NAME, lambda marked, top: json_schema.errors(marked, schema()) or _ours(marked, top))


@cache
def schema() -> dict:
    """Jupyter Book's schema of its configuration, closed: a key that it does not know is a slip."""
    package = files("jupyter_book")
    made = json.loads(package.joinpath("config_schema.json").read_text("utf-8"))
    _close(made, yaml.safe_load(package.joinpath("default_config.yml").read_text("utf-8")), "")
    for name in (
        "exclude_patterns",
        "execute.exclude_patterns",
        "parse.myst_enable_extensions",
        "sphinx.extra_extensions",
    ):
        part = made
        for key in name.split("."):
            part = part["properties"][key]
        part["items"] = {"type": "string"}
    execute = made["properties"]["execute"]["properties"]
    execute["timeout"]["exclusiveMinimum"] = 0
    execute["execute_notebooks"] = {"enum": ["cache"]}
    config = made["properties"]["sphinx"]["properties"]["config"]
    config["properties"] = {name: setting.rule for name, setting in SETTINGS.items()}
    return made


def _close(part: dict, defaults: dict, name: str) -> None:
    """Add the keys that have a default and no rule, and allow no others."""
    properties = part.setdefault("properties", {})
    for key, default in defaults.items():
        properties.setdefault(key, {"type": _TYPES[type(default)]} if type(default) in _TYPES else {})
        if isinstance(default, dict) and name == "":
            _close(properties[key], default, key)
    properties.update(_MORE.get(name, {}))
    part["additionalProperties"] = False


def _ours(marked: Marked, top: dict) -> list[str]:
    """What this package asks besides."""
    lines = []
    for *path, key in _SET:
        part = reduce(lambda part, name: part.get(name) or {}, path, top)
        if key in part:
            lines.append(marked.told(*path, key, what=f"{quoted(part[key])} has no effect: CITATION.cff says it"))
    sphinx = top.get("sphinx") or {}
    if EXTENSION not in (sphinx.get("extra_extensions") or []):
        lines.append(marked.told("sphinx", "extra_extensions", what=f"does not name {EXTENSION}"))
    config, told = sphinx.get("config") or {}, partial(marked.told, "sphinx", "config")
    if config.get("bibtex_bibfiles") != BIBLIOGRAPHY:
        said = quoted(config["bibtex_bibfiles"]) if "bibtex_bibfiles" in config else "nothing"
        lines.append(told("bibtex_bibfiles", what=f"{said} is not {BIBLIOGRAPHY}, the file that is checked"))
    lines += [
        told(key, what=unknown(key, SETTINGS))
        for key in config
        if str(key).startswith("brief_") and key not in SETTINGS
    ]
    economies, seen = (
        config.get("brief_colors", {}),
        {light: name for name, (light, _) in palette.variables({}).items()},
    )
    for code, (light, _dark) in economies.items():  # by which a page could not tell two things apart
        if str(code).lower() in seen.values():
            own = f"is a name of this package's own: {', '.join(palette.variables({}))}"
            lines.append(told("brief_colors", code, what=own))
        elif light in seen:
            same = f"{light} is the light colour of {seen[light]} already: pages tell them apart by it"
            lines.append(told("brief_colors", code, what=same))
        seen.setdefault(light, code)
    return lines + [
        told("brief_accents", number, what=f"{quoted(code)} has no colour in brief_colors")
        for number, code in enumerate(config.get("brief_accents", []))
        if code not in economies
    ]
