"""Licences by their SPDX names: where each is to be read, and which one somebody's terms name."""

import re

# Those that data are published under, as terms write them: with spaces for hyphens.
_KNOWN = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC0-1.0", "MIT", "Apache-2.0", "ODbL-1.0")
_CREATIVE = re.compile(r"CC-(BY[A-Z-]*)-([\d.]+)")


def address(name: str) -> str:
    """Where a licence is to be read."""
    if found := _CREATIVE.fullmatch(name):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    if name == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return f"https://spdx.org/licenses/{name}.html"


def named(terms: str) -> str:
    """The licence that terms are, alone or before a comma: "CC-BY-4.0" of "CC BY 4.0, through the guild"; else ""."""
    said = terms.partition(",")[0].strip(" .").replace(" ", "-")
    return said if said in _KNOWN else ""
