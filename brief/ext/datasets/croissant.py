"""The tables for programs that learn from data: Croissant, schema.org's Dataset with each file, column and type.

http://mlcommons.org/croissant/1.0
"""

import hashlib

from sphinx.application import Sphinx

from brief.ext.citations.csl import item
from brief.ext.citations.linked_data import known
from brief.ext.citations.metadata import publication
from brief.ext.citations.reference_files import bibtex
from brief.ext.datasets.dataset import DATA, whole
from brief.ext.datasets.published import Published, published

# The terms of the specification's own context: readers warn of any other.
_TERMS = """citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes isLiveDataset
jsonPath key md5 parentField path recordSet references regex repeated replace samplingRate separator source subField
transform"""
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
} | {term: f"cr:{term}" for term in _TERMS.split()}
# A month is no day, and a year is a number.
_TYPES = {"integer": "Integer", "year": "Integer", "number": "Float", "boolean": "Boolean", "date": "Date"}


def _file(table: Published) -> dict:
    path = table.entry["path"]
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "encodingFormat": "text/csv",
        "contentSize": f"{len(table.file)} B",
        "sha256": hashlib.sha256(table.file).hexdigest(),
    }


def _column(path: str, name: str) -> dict:
    """A column of a file. mlcroissant 1.1 can't read what refers to another table's field instead."""
    return {"fileObject": {"@id": path}, "extract": {"column": name}}


def _records(table: Published) -> dict:
    """The rows of a table: what each column is, and into which other table it leads."""
    paths = {name: other.entry["path"] for name, other in published(table.app).items()}
    name, schema = table.entry["name"], table.entry["schema"]
    leads = {
        key["fields"][0]: _column(paths[key["reference"]["resource"]], key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", [])
        if len(key["fields"]) == 1
    }
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{name}/{field['name']}",
            "name": field["name"],
            "description": field.get("description", ""),
            "dataType": f"sc:{_TYPES.get(field['type'], 'Text')}",
            "references": leads.get(field["name"], ""),
            "source": _column(table.entry["path"], field["name"]),
        }
        for field in schema["fields"]
    ]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{table.entry['title']}. {table.entry['description']}",
        "key": [{"@id": f"{name}/{column}"} for column in schema.get("primaryKey", [])],
        "field": fields,
    }


def described(app: Sphinx) -> dict:
    """The document, to stand in the folder of the tables."""
    tables = published(app).values()
    # Without addresses before one is known: the file also lies in the archive, from where none leads to a page.
    left = {"@type", "subjectOf"} | (set() if publication(app).base else {"@id", "url", "isPartOf"})
    about = {key: value for key, value in whole(app).items() if key not in left}
    made = {
        "@type": "sc:Dataset",
        **about,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "citeAs": bibtex(item(app, "index")),
        "isLiveDataset": False,
        "distribution": [_file(table) for table in tables],
        "recordSet": [_records(table) for table in tables],
    }
    return {"@context": _CONTEXT, **known(made, "../" * DATA.count("/"))}
