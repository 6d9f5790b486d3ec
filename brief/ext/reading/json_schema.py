"""What a JSON schema finds wrong with a YAML file: a line for each error, with the file's line, key, value and rule."""

import datetime as dt
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from jsonschema import Draft7Validator, ValidationError

from brief.ext.reading.input_file import quoted
from brief.ext.reading.keys import dotted, nearest, unknown
from brief.ext.reading.yaml_lines import Marked

_KINDS = {
    "string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
    "array": "a list", "object": "a mapping of keys to values", "null": "nothing",
}  # fmt: skip


def errors(marked: Marked, schema: dict, says: Callable[[ValidationError], str | None] = lambda _: None) -> list[str]:
    """Each error of the file by the schema. `says` words an error, where it knows better than this module."""
    found = [leaf for e in Draft7Validator(schema).iter_errors(plain(marked.value)) for leaf in _leaves(e)]
    # A misspelt key is missing by its right name too: said once.
    meant = {
        (*leaf.absolute_path, near)
        for leaf in found
        if leaf.validator == "additionalProperties"
        for key in _extra(leaf)
        if (near := nearest(key, leaf.schema["properties"]))
    }
    lines: dict[tuple, list[str]] = {}
    for leaf in sorted(found, key=lambda leaf: len(leaf.absolute_path)):
        # What an alias repeats is wrong once.
        node = marked.node_at(*leaf.absolute_path)
        lines.setdefault((id(node), leaf.message), _lines(marked, leaf, says, meant))
    return list(dict.fromkeys(line for of_one in lines.values() for line in of_one))


def plain(value: object, text: Callable[[str], str] = str) -> object:
    """A YAML value as JSON has it: dates as text, keys as text. text: what each text becomes."""
    if isinstance(value, dict):
        return {str(key): plain(item, text) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, text) for item in value]
    value = value.isoformat() if isinstance(value, dt.date) else value
    return text(value) if isinstance(value, str) else value


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """What is wrong beneath an "any of": the complaints of the branch that fits best."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        yield error
        return
    branches: dict[int, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    for inner in min(branches.values(), key=lambda found: sum(map(_weight, found))):
        yield from _leaves(inner)


def _weight(error: ValidationError) -> int:
    """How far a branch is from what stands there: another type says that it was not meant at all."""
    if error.validator == "additionalProperties":
        return 2 * len(_extra(error))
    return 10 if error.validator == "type" and len(error.relative_path) == 0 else 1


def _extra(error: ValidationError) -> list[str]:
    return [key for key in error.instance if key not in error.schema.get("properties", {})]


def _lines(marked: Marked, error: ValidationError, says, meant: set[tuple]) -> list[str]:
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        return [marked.told(*path, key, what=unknown(key, known)) for key in _extra(error)]
    if error.validator == "required":
        missing = [k for k in error.validator_value if k not in error.instance and (*path, k) not in meant]
        return [f"{marked.at(*path)}: {dotted(path, key)}: is missing" for key in missing]
    return [marked.told(*path, what=says(error) or _rule(marked, path, error))]


def _rule(marked: Marked, path: list, error: ValidationError) -> str:
    value, rule = error.instance, error.validator_value
    if error.validator == "type":
        wanted = [rule] if isinstance(rule, str) else [kind for kind in rule if kind != "null"]
        kinds = " or ".join(_KINDS[kind] for kind in wanted)
        if "string" in wanted and isinstance(value, bool | int | float):
            return f"{quoted(marked.written(*path) or value)} is not text to YAML: put it in quotes"
        if value is None:
            return f"is empty, not {kinds}"
        return f"{quoted(marked.written(*path) or value)} is not {kinds}"
    if error.validator == "enum":
        value = marked.written(*path) or value
        if len(rule) == 1:
            return f"{quoted(value)} is not {rule[0]}"
        if len(rule) <= 12:
            return f"{quoted(value)} is not one of {', '.join(map(str, rule))}"
        near = get_close_matches(str(value), list(map(str, rule)), n=1, cutoff=0.5)
        return f"{quoted(value)} is not one of the names that are known" + (f": {near[0]}?" if near else "")
    if error.validator in ("minLength", "minItems") and not value:
        return "is empty"
    if error.validator in ("minItems", "maxItems"):
        return f"holds {len(value)}, not {rule}"
    if error.validator == "uniqueItems":
        return "holds the same item twice"
    if error.validator == "pattern":
        return f"{quoted(value)} does not match {rule}"
    return " ".join(error.message.split())
