"""Whether a drawing can be read: every letter is there, no text is cut or runs out of the frame, marks have places."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from brief.typography import absent, width

_SVG = "{http://www.w3.org/2000/svg}"
_NO_NUMBER = re.compile(r"\b(NaN|undefined|Infinity)\b")
_SLACK = 3  # pixels that text may reach into the padding's edge


def problem(svg: str) -> str:
    """What cannot be read of a drawing that Vega made, in a line; "" when all can."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (of our own drawing)
    across, down = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter():
        for name in ("d", "transform", "x", "y", "width", "height"):
            if _NO_NUMBER.search(element.get(name, "")):
                return f"a mark has no place: its {name} is {element.attrib[name][:40]}"
    for text, size, bold, x, y in _texts(root, 0.0, 0.0):
        if letter := absent(text):
            return f"the letters of the drawings have no {letter}, in {text!r}"
        if text.endswith("…"):
            return f"a text is cut: {text!r}; choose a shorter one"
        long = width(text, size, bold)
        left = x[0] - {"end": long, "middle": long / 2}.get(x[1], 0)
        if left < -_SLACK or left + long > across + _SLACK or y - size > down or y < -_SLACK:
            return f"the text {text!r} runs out of the frame of {across:g} by {down:g} pixels"
    return ""


def _moved(element: ElementTree.Element) -> tuple[float, float, bool]:
    """How far an element is moved, and whether it is turned."""
    transform = element.get("transform", "")
    shift = re.search(r"translate\(([-\d.e]+)(?:,([-\d.e]+))?\)", transform)
    turned = re.search(r"rotate\((?!0\))", transform)
    return (float(shift[1]), float(shift[2] or 0), bool(turned)) if shift else (0.0, 0.0, bool(turned))


def _texts(element: ElementTree.Element, x: float, y: float) -> Iterator[tuple]:
    """Each line of text: itself, its size, whether it is bold, (its x, its anchor) and its baseline."""
    dx, dy, turned = _moved(element)
    x, y = x + dx, y + dy
    if element.tag == f"{_SVG}text":
        size, anchor = float(element.get("font-size", "11").removesuffix("px")), element.get("text-anchor", "start")
        bold = element.get("font-weight") in ("bold", "600", "700")
        lines = [element, *element.iter(f"{_SVG}tspan")]
        for number, line in enumerate(line for line in lines if (line.text or "").strip()):
            if float(element.get("opacity", "1")) and not turned:
                yield line.text, size, bold, (x, anchor), y + number * size
        return
    for child in element:
        yield from _texts(child, x, y)
