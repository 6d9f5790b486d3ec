"""What a chapter imports: read a table, record a fact, draw a figure, say what it shows.

The names below come from `brief.kernel` and are loaded on first use, so that `brief.ext` can import
`brief.records` without loading pandas and Altair.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "load": "tables",
    "table": "tables",
    "named": "tables",
    "fact": "facts",
    "disputed": "facts",
    "interval": "intervals",
    "with_shares": "intervals",
    "figure": "figures",
    "economy_color": "charts.theme",
    "lines": "charts.lines",
    "bars": "charts.bars",
    "dots": "charts.bars",
    "timeline": "charts.timeline",
    "matrix": "charts.matrix",
    "sketch": "charts.sparklines",
    "spark": "charts.sparklines",
    "spark_bars": "charts.sparklines",
    "spark_spans": "charts.sparklines",
    "standing": "comparison",
    "ranked": "charts.ranking",
    "share_of_weightings": "charts.ranking",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'brief' has no attribute {name!r}")
    import_module("brief.kernel.tracking").watch()  # from a chapter's first line on
    import_module("brief.kernel.charts.theme")  # any use of the kernel switches the house theme on
    return getattr(import_module(f"brief.kernel.{_HOME[name]}"), name)
