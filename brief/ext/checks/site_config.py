"""Is _config.yml what Jupyter Book and this package read? One line for each error.

The keys and their types are Jupyter Book's own: its schema, and its file of defaults, which it calls the list of all
keys that are allowed.
"""

import json
from functools import cache
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
_SET = {"title": (), "author": (), "copyright": (), "baseurl": ("html",)}
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
    for key, path in _SET.items():
        part = top.get(path[0], {}) if path else top
        if part and key in part:
            where = ".".join((*path, key))
            lines.append(f"{marked.at(*path, key)}: {where}: {quoted(part[key])} has no effect: CITATION.cff says it")
    sphinx = top.get("sphinx") or {}
    if EXTENSION not in (sphinx.get("extra_extensions") or []):
        lines.append(f"{marked.at('sphinx', 'extra_extensions')}: sphinx.extra_extensions: does not name {EXTENSION}")
    config = sphinx.get("config") or {}
    if config.get("bibtex_bibfiles") != BIBLIOGRAPHY:
        said = quoted(config["bibtex_bibfiles"]) if "bibtex_bibfiles" in config else "nothing"
        where = marked.at("sphinx", "config", "bibtex_bibfiles")
        lines.append(f"{where}: sphinx.config.bibtex_bibfiles: {said} is not {BIBLIOGRAPHY}, the file that is checked")
    for key in ("project", "author", "copyright", "html_title", "html_baseurl"):
        if key in config:
            where = marked.at("sphinx", "config", key)
            lines.append(f"{where}: sphinx.config.{key}: {quoted(config[key])} has no effect: CITATION.cff says it")
    for key in config:
        if str(key).startswith("brief_") and key not in SETTINGS:
            lines.append(f"{marked.at('sphinx', 'config', key)}: sphinx.config.{key}: {unknown(key, SETTINGS)}")
    return lines + _colors(marked, config.get("brief_colors", {}), config.get("brief_accents", []))


def _colors(marked: Marked, economies: dict, accents: list) -> list[str]:
    """Colours by which a page could not tell two things apart, and accents that have no colour."""
    lines, seen = [], {light: name for name, (light, _dark) in palette.variables({}).items()}
    for code, (light, _dark) in economies.items():
        where = f"{marked.at('sphinx', 'config', 'brief_colors', code)}: sphinx.config.brief_colors.{code}"
        if str(code).lower() in seen.values():
            lines.append(f"{where}: is a name of this package's own: {', '.join(palette.variables({}))}")
        elif light in seen:
            lines.append(f"{where}: {light} is the light colour of {seen[light]} already: pages tell them apart by it")
        seen.setdefault(light, code)
    for number, code in enumerate(accents):
        if code not in economies:
            where = (
                f"{marked.at('sphinx', 'config', 'brief_accents', number)}: sphinx.config.brief_accents.{number + 1}"
            )
            lines.append(f"{where}: {quoted(code)} has no colour in brief_colors")
    return lines
