"""What a page's first view asks for and whether it moves while it comes."""

import gzip
from pathlib import Path

BUDGET = 200_000  # bytes, compressed as a static host would
# Words alone do not count: a bracket that was painted before the link behind it came goes to the next line with it.
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(({value, sources}) => {
    const elements = sources.map(source => source.node).filter(node => node?.nodeType !== Node.TEXT_NODE);
    if (elements.length) window.shifts.push([value, elements.map(each => each?.outerHTML.slice(0, 200))]);
})).observe({type: 'layout-shift', buffered: true});
"""


def is_light_and_still(page, asked: list[Path]) -> None:
    """A page that was opened with SHIFTS as its script, and asked for these files, did not move, and is light."""
    paths = {path.with_name(path.name.partition("?")[0]) for path in asked}
    weights = {path.name: len(gzip.compress(path.read_bytes())) for path in paths}
    assert sum(weights.values()) <= BUDGET, weights
    assert not [name for name in weights if "vega" in name or "live.js" in name]
    shifts = page.evaluate("window.shifts")
    assert sum(share for share, _ in shifts) < 0.002, shifts  # a fiftieth of what readers are said to bear
