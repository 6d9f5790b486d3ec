"""YAML that remembers the line of each key, so that an error about a value can name it."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from brief.ext.reading import input_file
from brief.ext.reading.input_file import Refused, quoted
from brief.ext.reading.keys import dotted

LARGEST = 100_000  # values in a file, its aliases written out


class Marked:
    """A YAML file: `value` as yaml.safe_load reads it, and where each key of it stands.

    A path is keys and positions from the top: ("authors", 0, "name").
    """

    def __init__(self, name: str, value: object, node: yaml.Node | None, before: int = 0):
        self.name, self.value, self.node, self.before = name, value, node, before

    def at(self, *path) -> str:
        """ "CITATION.cff:12": the file and the line of a key, or of the last part of its path that is there."""
        mark, node = self.node.start_mark if self.node else None, self.node
        for part in path:
            key, node = _child(node, part)
            if key is None:
                break
            mark = key.start_mark
        return f"{self.name}:{mark.line + 1 + self.before}" if mark else self.name

    def told(self, *path, what: str) -> str:
        """ "CITATION.cff:12: authors.1.name: ..." """
        return f"{self.at(*path)}: {dotted(path)}: {what}"

    def node_at(self, *path) -> yaml.Node | None:
        """What YAML holds at a path: one and the same node where an alias stands for another value."""
        node = self.node
        for part in path:
            _key, node = _child(node, part)
        return node

    def written_keys(self) -> list[yaml.ScalarNode]:
        """The keys of the file's mapping as they are written: YAML reads 2026.10 as 2026.1."""
        return [key for key, _value in self.node.value] if isinstance(self.node, yaml.MappingNode) else []

    def written(self, *path) -> str:
        """A plain value as it stands in the file, where YAML has read a number or a date."""
        node = self.node_at(*path)
        return node.value if isinstance(node, yaml.ScalarNode) else ""


def _child(node: yaml.Node | None, part) -> tuple[yaml.Node | None, yaml.Node | None]:
    """What marks a part's place (its key, or the item itself) and its value; None twice when it is not there."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part or str(key.value) == str(part):
                return key, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None, None


def read(root: Path, name: str) -> Marked:
    """A YAML file of the book. Raises Refused."""
    return parse(name, input_file.read(root, name))


def judged(root: Path, name: str, judge: Callable[[Marked, dict], list[str]]) -> list[str]:
    """What `judge` finds wrong with a file that is one mapping, or the line that says why it cannot be read as that."""
    try:
        marked = read(root, name)
        return judge(marked, mapping(marked))
    except Refused as refused:
        return [str(refused)]


@lru_cache(maxsize=1000)
def parse(name: str, text: str, before: int = 0) -> Marked:
    """YAML text that stands in the file `name`, below `before` other lines; several checks ask for it, and none changes
    what it gets. Raises Refused.
    """
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        _refuse_twins(name, node, before)
        _size(node, {})
        return Marked(name, loader.construct_document(node) if node else None, node, before)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = text.split("\n")[mark.line] if mark.line < text.count("\n") + 1 else ""
        what = "a tab stands where YAML wants spaces" if "'\\t'" in str(error.problem) else error.problem
        within = f", in {quoted(line)}" if line.strip() else ""
        raise Refused(f"{name}:{mark.line + 1 + before}: is not YAML: {what}{within}") from None
    except yaml.YAMLError as error:
        raise Refused(f"{name}: is not YAML: {quoted(error)}") from None
    except RecursionError:
        raise Refused(f"{name}: is not YAML: too deep") from None
    except ValueError as error:
        if isinstance(error, Refused):
            raise
        raise Refused(_unreadable(name, node, before)) from None
    finally:
        loader.dispose()


def _unreadable(name: str, node: yaml.Node, before: int) -> str:
    """The scalar that looks like a date or a number and is none, such as 2026-13-45."""
    for scalar in (n for n in _nodes(node) if isinstance(n, yaml.ScalarNode)):
        try:
            yaml.SafeLoader("").construct_object(scalar)
        except ValueError as error:
            return f"{name}:{scalar.start_mark.line + 1 + before}: {quoted(scalar.value)} cannot be read: {error}"
    return f"{name}: is not YAML that can be read"


def _refuse_twins(name: str, node: yaml.Node | None, before: int) -> None:
    """YAML takes the last of two equal keys and says nothing."""
    for mapping in (n for n in _nodes(node) if isinstance(n, yaml.MappingNode)):
        first: dict[str, int] = {}
        for key, _value in mapping.value:
            line = key.start_mark.line + 1 + before
            if not isinstance(key, yaml.ScalarNode):
                raise Refused(f"{name}:{line}: a list or a mapping stands where a key should")
            if key.value in first:
                raise Refused(f"{name}:{line}: {key.value}: stands twice, first at line {first[key.value]}")
            first[key.value] = line


def _size(node: yaml.Node | None, known: dict[int, int]) -> int:
    """How many values a node holds with its aliases written out; an alias within itself would never end."""
    if id(node) not in known:
        known[id(node)] = LARGEST
        below = [n for pair in node.value for n in pair] if isinstance(node, yaml.MappingNode) else []
        below = node.value if isinstance(node, yaml.SequenceNode) else below
        known[id(node)] = 1 + sum(_size(n, known) for n in below)
    if known[id(node)] >= LARGEST:
        raise yaml.MarkedYAMLError(problem="aliases that never end", problem_mark=node.start_mark)
    return known[id(node)]


def _nodes(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """A node and all below it, each once: an alias leads to a node that was met already, perhaps above itself."""
    waiting, met = [node] if node else [], set()
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [n for pair in reversed(node.value) for n in reversed(pair)]
        elif isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)


def mapping(marked: Marked) -> dict:
    """The file's value as a mapping. Raises Refused for a list, a text, nothing."""
    if not isinstance(marked.value, dict):
        kinds = {list: "a list", str: "a text", type(None): "empty"}
        found = kinds.get(type(marked.value), "a single value")
        raise Refused(f"{marked.at()}: is {found}, not a mapping of keys to values")
    return marked.value
