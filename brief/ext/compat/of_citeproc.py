"""What is used of citeproc-py beyond what it promises."""

from collections.abc import Callable
from functools import cache

from citeproc.model import CitationStylesElement, Number, Parent, Substitute, Text

_written: list[str] = []  # variables that the entry being written has, in order
_silent: set[str] = set()  # those that stood in for missing authors, and are not written again


def forget_written() -> None:
    """Begin an entry: what the last one wrote stands in for nothing in this. Seen in citeproc-py 0.11.1."""
    _written.clear()
    _silent.clear()


def write_substitutes_once() -> None:
    """Have what stands in for missing authors not written a second time, as CSL asks of cs:substitute.

    Replaces `_variable` of Text, `process` of Number and `render` of Substitute: citeproc-py forgets what a macro wrote
    there, so that a work without authors has its title twice. Seen in citeproc-py 0.11.1.
    """
    substituted = Substitute.render

    def once(written: Callable) -> Callable:
        def unless_silent(self, *args, **kwargs):
            name = self.get("variable")
            found = None if name in _silent else written(self, *args, **kwargs)
            if found:
                _written.append(name)
            return found

        return unless_silent

    def substitute(self, *args, **kwargs):
        before = len(_written)
        found = substituted(self, *args, **kwargs)
        _silent.update(_written[before:])
        return found

    if Text._variable.__module__ != __name__:
        Text._variable, Number.process = once(Text._variable), once(Number.process)
        Substitute.render = substitute


def know_styles_by_heart() -> None:
    """Have what follows from a style alone worked out once, not for each citation: half of what one takes.

    Caches `get_macro` of CitationStylesElement, `calls_variable` of Parent and Text. Seen in citeproc-py 0.11.1.
    """
    for kind, name in ((CitationStylesElement, "get_macro"), (Parent, "calls_variable"), (Text, "calls_variable")):
        if not hasattr(function := vars(kind)[name], "cache_info"):
            setattr(kind, name, cache(function))
