"""What a chapter imports: read a table, record a fact, assert a finding, show a figure.

The names below come from the kernel floor and are loaded on first use, so that the build floor can
import `brief.door` without loading pandas and Altair.
"""

from importlib import import_module

_HOME = {
    "load": "tables",
    "named": "tables",
    "fact": "facts",
    "stated": "facts",
    "disputed": "facts",
    "holds": "findings",
    "shows": "findings",
    "watch": "findings",
    "figure": "figures",
    "economy_color": "theme",
    "category_color": "theme",
    "lanes": "lanes",
    "lines": "lines",
    "bars": "rows",
    "dots": "rows",
    "timeline": "timeline",
    "sketch": "sketches",
    "spark": "sketches",
    "spark_bars": "sketches",
    "spark_spans": "sketches",
    "standing": "standings",
    "ranked": "weights",
    "share_of_weightings": "weights",
}
__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"module 'brief' has no attribute {name!r}")
    import_module("brief.kernel.reads").watch()  # from a chapter's first line on
    import_module("brief.kernel.theme")  # any use of the kernel floor switches the house theme on
    return getattr(import_module(f"brief.kernel.{_HOME[name]}"), name)
