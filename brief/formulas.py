"""How a number was computed, in words and numbers: the formula, what each number in it is, what its row says of it."""

from collections.abc import Callable, Mapping
from typing import Any

from brief import formats
from brief.records import CellRead, Estimate, Step

SPELLED = 4  # cells: a sum of more is one number in the formula
_SIGNS = {"+": "+", "-": "\N{MINUS SIGN}", "*": "×", "/": "/"}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
_WHOLE = 3  # of what needs no brackets
# What a row says of the value in it, in the order of the card; the first column of a kind that the row has is shown.
_SAID = {
    "Says who": ("stated_by", "counted_by", "who"),
    "In words": ("quote",),
    "Stated": ("stated",),
    "Status": ("status",),
    "Caveat": ("caveat", "note"),
}


def named_cell(
    row: Mapping[str, float | int | str], column: str, fields: Mapping[str, dict], economy: Callable[[str], str]
) -> str:
    """What a cell is, by its row's key and its column's title: "Alder, 2021: Loaves".

    fields: the columns of the table by name, as its schema has them. economy: gives an economy's name by its code.
    """

    def said(name: str, part: float | int | str) -> str:
        if name == "row":
            return f"row {part}"
        return (
            economy(str(part))
            if name == "economy"
            else formats.render(part, formats.OF_TYPE.get(fields[name]["type"], ""))
        )

    key = [said(name, part) for name, part in row.items()]
    return f"{', '.join(key)}: {fields[column].get('title', column)}"


def formula(record: dict[str, Any], text: str) -> str:
    """ "4.5 = 7,984 / 1,772" for a fact that reads `text`; nothing where nothing was computed."""
    step = record["calculation"]
    if step is None or not (step["of"] or _spelled(step)):
        return ""
    return f"{text} = {_said(step, record['cells'])[0]}"


def operands(record: dict[str, Any]) -> list[tuple[str, str, CellRead]]:
    """Each number of the formula, what it is, and its cell, the first of several; a fact taken as it stands has one."""
    found: dict[tuple[str, str, str], CellRead] = {}
    if record["calculation"] is not None:
        _collect(record["calculation"], record["cells"], found)
    return [(text, words, cell) for (text, words, _), cell in found.items()]


def said(record: dict[str, Any]) -> list[tuple[str, str]]:
    """What the only row behind a fact says of it: who says it, in what words, how sure that is, what to mind."""
    row, lines = record["said"], []
    for name, columns in _SAID.items():
        if text := next((row[column] for column in columns if column in row), ""):
            lines.append((name, f"“{text.strip('“”')}”" if name == "In words" else text))
    if "confidence" in row:
        own = f"{row['confidence']} confidence" if "status" in row else row["confidence"]
        lines = [(name, f"{text}, {own}" if name == "Status" else text) for name, text in lines]
        lines += [] if "status" in row else [("Confidence", own)]
    return lines


def estimate(each: Estimate, fmt: str) -> str:
    """One estimate's value or range as it reads."""
    return formats.render([each["low"], each["high"]], fmt)


def estimates(record: dict[str, Any]) -> list[str]:
    """What each source says where sources disagree: "8,000 to 9,000: Guild (ovens)"."""
    counted = [(each, f" ({each['what']})" if each["what"] else "") for each in record["estimates"]]
    return [f"{estimate(each, record['fmt'])}: {each['who']}{what}" for each, what in counted]


def explained(record: dict[str, Any], text: str) -> list[str]:
    """How a fact that reads `text` was computed, what each number of that is, what its row says of it: a line each."""
    made = formula(record, text)
    lines = [made] if made else []
    lines += [f"{number}: {words}" for number, words, _ in operands(record) if made or words]
    return lines + [f"{name}: {text}" for name, text in said(record)]


def _spelled(step: Step) -> bool:
    """Whether a sum is written as its summands."""
    return step["op"] == "sum" and 1 < len(step["cells"]) <= SPELLED


def _said(step: Step, cells: list[CellRead]) -> tuple[str, int]:
    """A step in numbers and signs, and how tightly it binds."""
    op, of = step["op"], step["of"]
    if _spelled(step):
        return " + ".join(cells[place]["text"] for place in step["cells"]), _RANK["+"]
    if not of:
        return step["text"], _WHOLE
    if op == "abs":
        return f"|{_said(of[0], cells)[0]}|", _WHOLE
    if op == "round":
        digits = int(float(of[1]["value"]))
        to = f"to {digits} decimals" if digits > 0 else f"to the nearest {10**-digits:,}"
        to = to if digits else "to a whole number"
        return f"({_said(of[0], cells)[0]}, rounded {to})", _WHOLE
    left, right = (_said(part, cells) for part in of)
    if op.endswith("end"):
        hits, among = (text if binds == _WHOLE else f"({text})" for text, binds in (left, right))
        return f"{hits} in {among}, {op} of the 95% interval", 0
    rank = _RANK[op]
    first = f"({left[0]})" if left[1] < rank else left[0]
    second = f"({right[0]})" if right[1] < rank + (op in "-/") else right[0]
    if op == "-" and all(isinstance(part["value"], str) for part in of):
        return f"({first} {_SIGNS[op]} {second} in days)", _WHOLE
    return f"{first} {_SIGNS[op]} {second}", rank


def _collect(step: Step, cells: list[CellRead], found: dict[tuple[str, str, str], CellRead]) -> None:
    if _spelled(step):
        for cell in (cells[i] for i in step["cells"]):
            found.setdefault((cell["text"], cell["words"], cell["table"]), cell)
    elif step["cells"]:
        cell = cells[step["cells"][0]]
        found.setdefault((step["text"], step["words"], cell["table"]), cell)
    for part in step["of"]:
        _collect(part, cells, found)
