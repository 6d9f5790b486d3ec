"""Is data/datapackage.json a descriptor that we can read? A line for each error: table, column, key, value, rule.

Its structure is checked by datapackage.schema.json beside this file; here stands what that cannot say: that names are
unique and columns exist, that bounds and words are of their column's type. Whether it says enough is for `checks`.
"""

import json
import re
import string
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator, ValidationError

from brief.cellvalues import NOUNS, shown
from brief.ext.checks.constraints import constant
from brief.ext.checks.rules import declared_errors
from brief.ext.reading.characters import broken_rule, unseen

FILE = "data/datapackage.json"
SCHEMA = Path(__file__).with_name("datapackage.schema.json")
MOST = 20  # lines, before the rest are only counted
_NOUNS = {"resources": "table", "fields": "column", "rules": "rule", "licenses": "licence"}
_TYPES = {"object": "an object", "array": "a list", "string": "text", "integer": "a whole number"}
_TYPES |= {"boolean": "true or false", "number": "a number"}
_PATTERNS = {
    r"\S": "is blank",
    r"^https?://\S+$": "is no http or https address",
    r"^data/recipes/[a-z0-9_]+\.py$": "is no recipe: a Python file of data/recipes/",
    "table": "is no name of a table: small letters, digits, - and _, in folders parted by /",
    "path": "is no path of a CSV file within data/: letters, digits, -, _ and ., in folders parted by /",
}


def descriptor_errors(root: Path) -> list[str]:
    """Everything wrong with the descriptor, a line each; what it asks of others only when its structure is right."""
    try:
        package = json.loads(
            (root / FILE).read_text("utf-8"), object_pairs_hook=_object, parse_constant=_no_number, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        return [f"{FILE}:{error.lineno}:{error.colno}: is not JSON: {error.msg}"]
    except UnicodeDecodeError:
        return [f"{FILE}: is not UTF-8: save it as UTF-8"]
    except RecursionError:
        return [f"{FILE}: is not JSON that we read: objects stand too deep in one another"]
    except ValueError as error:
        return [f"{FILE}: {error}"]
    found = sorted(_structure().iter_errors(package), key=lambda error: [str(part) for part in error.absolute_path])
    lines = [f"{_place(package, list(error.absolute_path))}: {_sentence(error)}" for error in found]
    lines = lines or list(_texts(package, package)) or [*_meaning(package), *_recipes(root, package)]
    lines = [f"{FILE}{line}" for line in dict.fromkeys(lines)]
    return lines[:MOST] + ([f"{FILE}: {len(lines) - MOST} more errors"] if len(lines) > MOST else [])


@cache
def _structure() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def _object(pairs: list[tuple[str, object]]) -> dict:
    """An object whose keys stand once; JSON itself would take the last and say nothing."""
    for key, count in Counter(key for key, _ in pairs).items():
        if count > 1:
            name = next((value for name, value in pairs if name == "name" and isinstance(value, str)), None)
            raise ValueError(f"key {shown(key)} stands twice in one object{f' ({shown(name)})' if name else ''}")
    return dict(pairs)


def _no_number(text: str):
    raise ValueError(f"{text} is not a number that JSON has")


def _integer(text: str) -> int:
    if len(text) > 20:
        raise ValueError(f"{text[:20]}… is too large a number")
    return int(text)


def _place(package, path: list) -> str:
    """Where in the descriptor an error stands: ", table bread/ovens, column wood_low, constraints, minimum"."""
    words, here = [], package
    for number, part in enumerate(path):
        here = here[part]
        if isinstance(part, int):
            name = here.get("name") if isinstance(here, dict) else None
            name = shown(name)[1:-1] if isinstance(name, str) and name.strip() else f"number {part + 1}"
            words.append(f"{_NOUNS.get(path[number - 1], path[number - 1])} {name}")
        elif number == len(path) - 1 or not (part in ("resources", "schema") or isinstance(path[number + 1], int)):
            words.append(part)
    return "".join(f", {word}" for word in words)


def _sentence(error: ValidationError) -> str:
    """One error of structure in words."""
    value, rule = error.instance, error.validator_value
    said = shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    if error.validator == "required":
        return f"has no {next(key for key in rule if key not in value)}"
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        odd = next(key for key in value if key not in known)
        near = get_close_matches(odd, known, 1, 0.6)
        return f"key {shown(odd)} is not known" + (f": {near[0]}?" if near else f": there are {', '.join(known)}")
    if error.validator == "type":
        kinds = [rule] if isinstance(rule, str) else rule
        return f"{said} is not {' or '.join(_TYPES[kind] for kind in kinds)}"
    if error.validator == "enum":
        return f"{said} is not one of {', '.join(rule)}"
    if error.validator == "const":
        return f"{said} is not {rule}, which is all that we read"
    if error.validator == "pattern":
        last = error.absolute_path[-1]
        return f"{said} {_PATTERNS.get(rule) or _PATTERNS['path' if last == 'path' else 'table']}"
    words = {"minItems": "is an empty list", "uniqueItems": "has one of its words twice"}
    return f"{said} {words.get(error.validator) or f'breaks the rule {error.validator} {rule}'}"


def _texts(package, value, path: tuple = ()) -> Iterator[str]:
    """Texts anywhere in the descriptor that hold what nobody can see."""
    if isinstance(value, str):
        if found := unseen(value):
            yield f"{_place(package, list(path))}: {shown(value)} holds {found}"
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(package, inner, (*path, key))


def _meaning(package: dict) -> Iterator[str]:
    """What a descriptor of the right structure still says wrongly."""
    entries = package["resources"]
    for key in ("name", "path"):
        yield from (
            f", table {name}: its {key} stands twice" for name in _twice(entry[key].lower() for entry in entries)
        )
    schemas = {entry["name"]: entry["schema"] for entry in entries}
    for entry in entries:
        where, schema = f", table {entry['name']}", entry["schema"]
        types = {field["name"]: field["type"] for field in schema["fields"]}
        yield from (f"{where}: column {name} stands twice" for name in _twice(f["name"] for f in schema["fields"]))
        for field in schema["fields"]:
            if trouble := broken_rule(field["name"], key=True):
                yield f"{where}: column {shown(field['name'])} {trouble}"
            said = [*_constraints(field), *_quoted_as(field, types)]
            yield from (f"{where}, column {field['name']}, {line}" for line in said)
        for name in schema.get("primaryKey", []):
            if name not in types:
                yield f"{where}, primaryKey: there is no column {shown(name)}"
        for key in schema.get("foreignKeys", []):
            yield from (f"{where}, foreignKeys: {line}" for line in _foreign_key(key, types, entry["name"], schemas))
        yield from (f"{where}{line}" for line in declared_errors(entry, schemas))
        read = _twice(rule["column"] for rule in entry.get("rules", []) if rule["rule"] == "reads")
        yield from (f"{where}, rules: column {shown(name)} reads in two ways" for name in read)


def _recipes(root: Path, package: dict) -> Iterator[str]:
    """Recipes that are not there: the site offers each beside the table that it made."""
    for entry in package["resources"]:
        if "recipe" in entry and not (root / entry["recipe"]).is_file():
            yield f", table {entry['name']}, recipe: there is no file {entry['recipe']}"


def _twice(names) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _quoted_as(field: dict, types: dict[str, str]) -> Iterator[str]:
    """What a value is said to be, with columns that are not there or not in braces that close."""
    template = field.get("quoted_as", "")
    try:
        parts = [part for part in string.Formatter().parse(template) if part[1] is not None]
    except ValueError as error:
        yield f"quoted_as: {shown(template)} is no text with columns in braces: {error}"
        return
    for _text, name, spec, conversion in parts:
        if name not in types:
            yield f"quoted_as: there is no column {shown(name)}"
        elif spec or conversion:
            yield f"quoted_as: column {name} stands in braces with a format: it is taken as the file has it"


def _constraints(field: dict) -> Iterator[str]:
    """Constraints that do not fit the column's type."""
    kind, constraints = field["type"], field.get("constraints", {})
    if "pattern" in constraints:
        if kind != "string":
            yield f"pattern: is for text, the column is {NOUNS[kind]}"
        try:
            re.compile(constraints["pattern"])
        except (re.error, OverflowError, RecursionError) as error:
            yield f"pattern: {shown(constraints['pattern'])} is no regular expression: {error}"
    bounds = {}
    for name in ("minimum", "maximum"):
        if name in constraints:
            try:
                bounds[name] = constant(constraints[name], kind)
            except ValueError as error:
                yield f"{name}: {shown(str(constraints[name]))} {error}"
            if kind in ("string", "boolean"):
                yield f"{name}: is for numbers and dates, the column is {NOUNS[kind]}"
    if len(bounds) == 2 and bounds["minimum"] > bounds["maximum"]:
        yield f"minimum: {constraints['minimum']} is above the maximum {constraints['maximum']}"
    for word in constraints.get("enum", []):
        try:
            if not isinstance(word, str if kind in ("string", "date", "yearmonth") else bool | int | float | str):
                raise ValueError(f"is not {NOUNS[kind]} (type: {kind})")
            constant(word, kind)
        except ValueError as error:
            yield f"enum: {shown(json.dumps(word) if not isinstance(word, str) else word)} {error}"


def _foreign_key(key: dict, types: dict[str, str], own: str, schemas: dict[str, dict]) -> Iterator[str]:
    """What is wrong with a key into another table."""
    target, theirs = key["reference"]["resource"] or own, key["reference"]["fields"]
    if target not in schemas:
        near = get_close_matches(target, schemas, 1)
        yield f"there is no table {shown(target)}" + (f": {near[0]}?" if near else "")
        return
    other = {field["name"]: field["type"] for field in schemas[target]["fields"]}
    missing = [f"there is no column {shown(name)}" for name in key["fields"] if name not in types]
    missing += [f"{target} has no column {shown(name)}" for name in theirs if name not in other]
    yield from missing
    if len(key["fields"]) != len(theirs):
        yield f"{len(key['fields'])} columns point to {len(theirs)} of {target}"
    elif not missing:
        for name, their in zip(key["fields"], theirs, strict=True):
            if types[name] != other[their]:
                yield f"column {name} is {types[name]}, column {their} of {target} is {other[their]}"
