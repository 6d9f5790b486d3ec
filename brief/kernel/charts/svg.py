"""Draw a Vega-Lite specification as SVG."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from brief import vegalite
from brief.kernel.legible import problem


def svg(spec: dict, prefix: str) -> str:
    """`spec` as SVG text. Ids in it begin with `prefix`, since a page holds many drawings.

    Raises ValueError when some of it cannot be read.
    """
    text = vegalite.drawn("svg", json.dumps(spec, sort_keys=True, default=str)).decode()
    if said := problem(text):
        raise ValueError(said)
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{prefix}-", text)


@contextmanager
def of(what: str) -> Iterator[None]:
    """What is wrong within names what it is wrong with: "figure budgets: ..."."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{what}: {error}") from error
