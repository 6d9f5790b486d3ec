"""What a folder of files is, for archives and whoever unpacks it: RO-Crate 1.1.

https://www.researchobject.org/ro-crate/1.1/
"""

import mimetypes

from brief.ext.citations import people
from brief.ext.citations.metadata import LANGUAGE, Publication

NAME = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
# What the standard library does not know by its ending everywhere.
_KINDS = {".md": "text/markdown", ".cff": "text/yaml", ".bib": "application/x-bibtex", "": "text/plain"}


def _ref(entities: list[dict]) -> list[dict]:
    return [{"@id": entity["@id"]} for entity in entities]


def _kind(path: str) -> str:
    suffix = f".{path.rpartition('.')[2]}" if "." in path.rpartition("/")[2] else ""
    return _KINDS.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def _authors(paper: Publication) -> tuple[list[dict], list[dict]]:
    """The authors, and the organisations that they belong to, which the format has as entities of their own."""
    authors, homes = [], []
    for place, author in enumerate(paper.credited, 1):
        made = people.linked(author)
        if "affiliation" in made:
            homes.append({"@id": f"#affiliation-{place}", **made["affiliation"]})
            made["affiliation"] = {"@id": f"#affiliation-{place}"}
        authors.append({"@id": made.pop("sameAs", "") or f"#author-{place}", **made})
    return authors, homes


def described(paper: Publication, files: dict[str, bytes], about: dict[str, tuple[str, str]]) -> dict:
    """The document for `files`, by their paths in the folder. about: title and description of those that have them."""
    authors, homes = _authors(paper)
    publisher = [{"@id": "#publisher", "@type": "Organization", "name": paper.publisher}] if paper.publisher else []
    licences = [{"@id": at, "@type": "CreativeWork", "name": name} for name, at in paper.licences.items()]
    held = [
        {
            "@id": path,
            "@type": "File",
            "name": about.get(path, (path, ""))[0],
            "description": about.get(path, ("", ""))[1],
            "encodingFormat": _kind(path),
            "contentSize": str(len(content)),
        }
        for path, content in sorted(files.items())
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": paper.title,
        "description": paper.fields["abstract"],
        "datePublished": paper.date.isoformat(),
        "version": paper.version,
        "inLanguage": LANGUAGE,
        "keywords": paper.fields.get("keywords", []),
        "license": _ref(licences),
        "author": _ref(authors),
        "publisher": _ref(publisher),
        "identifier": f"https://doi.org/{paper.doi}" if paper.doi else "",
        "url": paper.base,
        "hasPart": _ref(held),
    }
    itself = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }
    graph = [itself, root, *authors, *homes, *publisher, *licences, *held]
    return {"@context": f"{PROFILE}/context", "@graph": [_compact(entity) for entity in graph]}


def _compact(entity: dict) -> dict:
    """An entity without what is not known, and lists of one as that one, as the format asks."""
    known = {key: value for key, value in entity.items() if value not in ("", [])}
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in known.items()}
