"""The names of authors: from CITATION.cff to CSL, and from CSL to a sentence, BibTeX, RIS and linked data."""

from pybtex.database import Person

# CSL's name of each part of a person's, by the name that the Citation File Format has for it.
_PARTS = {
    "given": "given-names",
    "non-dropping-particle": "name-particle",
    "family": "family-names",
    "suffix": "name-suffix",
}


def csl(author: dict) -> dict:
    """An author of CITATION.cff as CSL has names. One who goes by one name, or by an alias, has a literal one."""
    if "name" in author:
        return {"literal": author["name"]}
    if "family-names" not in author:
        given = " ".join(author[key] for key in ("given-names", "name-suffix") if key in author)
        return {"literal": given or author["alias"]}
    return {part: author[key] for part, key in _PARTS.items() if key in author}


def written(name: dict) -> str:
    """A CSL name as a sentence has it: "Ludwig van Beethoven Jr."."""
    return name.get("literal") or " ".join(name[part] for part in _PARTS if part in name)


def bibtex(name: dict) -> Person:
    """A CSL name for BibTeX. In braces no program takes it apart."""
    if "literal" in name:
        return Person(last=f"{{{name['literal']}}}")
    person = Person()
    keys = {"first": "given", "prelast": "non-dropping-particle", "last": "family", "lineage": "suffix"}
    for part, key in keys.items():
        text = name.get(key, "")
        held = f"{{{text}}}" if "," in text or " and " in text else text
        setattr(person, f"{part}_names", [held] if held else [])
    return person


def whole_family(name: dict) -> dict:
    """A CSL name whose particle is part of the family name: "van Beethoven"."""
    if "non-dropping-particle" not in name:
        return name
    family = f"{name['non-dropping-particle']} {name['family']}"
    return {part: text for part, text in name.items() if part != "non-dropping-particle"} | {"family": family}


def ris(name: dict) -> str:
    """A CSL name for RIS: "van Beethoven, Ludwig, Jr."."""
    parts = [whole_family(name).get("family", ""), name.get("given", ""), name.get("suffix", "")]
    return name.get("literal") or ", ".join(parts).rstrip(", ")


def indexed(name: dict) -> str:
    """A CSL name for the tags that Google Scholar and Zotero read: "van Beethoven, Ludwig".

    Zotero takes a name apart at its last space, or at its comma where it has one; a comma at its end keeps that of an
    organisation whole. A single author's is taken for two where both sides of the comma have a space, but for one that
    does not break.
    """
    if "literal" in name or "given" not in name:
        return f"{written(name)},"
    parts = [whole_family(name)["family"], name["given"].replace(" ", "\N{NO-BREAK SPACE}"), name.get("suffix", "")]
    return ", ".join(filter(None, parts))


def linked(author: dict) -> dict:
    """An author of CITATION.cff in schema.org's terms."""
    name = csl(author)
    made = {"@type": "Organization" if "name" in author else "Person", "name": written(name)}
    known = {
        "givenName": name.get("given"),
        "familyName": whole_family(name).get("family"),
        "honorificSuffix": name.get("suffix"),
    }
    known |= {"alternateName": author.get("alias"), "url": author.get("website"), "sameAs": author.get("orcid")}
    known["affiliation"] = {"@type": "Organization", "name": author["affiliation"]} if "affiliation" in author else None
    known["alternateName"] = None if known["alternateName"] == made["name"] else known["alternateName"]
    return made | {key: value for key, value in known.items() if value}
