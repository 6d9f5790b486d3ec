"""What a Vega-Lite specification tells a reader who points at its marks."""

import json
import re


def layers(spec: dict, data: dict | None = None) -> list[dict]:
    """Every unit of a specification, each with the data that it draws."""
    data = spec.get("data", data)
    found = [{**spec, "data": data}] if "mark" in spec else []
    return found + [unit for part in spec.get("layer", []) for unit in layers(part, data)]


def tooltip(unit: dict) -> dict[str, str]:
    """Title to column of what is told of a unit's marks."""
    tip = unit.get("encoding", {}).get("tooltip", [])
    if isinstance(tip, dict):
        return dict(
            (json.loads(title), json.loads(column))
            for title, column in re.findall(
                r'("(?:[^"\\]|\\.)*"): \(datum\.datum \|\| datum\)\[("(?:[^"\\]|\\.)*")\]', str(tip["value"]["expr"])
            )
        )
    return {entry["title"]: entry["field"] for entry in tip}
