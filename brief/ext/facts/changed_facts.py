"""What differs between two facts.json documents: facts, findings, indicators and figures, a line each."""

from dataclasses import dataclass, field


@dataclass
class Changes:
    """Lines that say what differs; each list is sorted by id."""

    facts: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    HEADINGS = {  # noqa: RUF012 (not a field: it has no annotation)
        "facts": ("fact changed", "facts changed"),
        "findings": ("finding flipped", "findings flipped"),
        "indicators": ("indicator crossed", "indicators crossed"),
        "figures": ("figure redrawn", "figures redrawn"),
        "reworded": ("figure reworded", "figures reworded"),
        "added": ("added", "added"),
        "gone": ("gone", "gone"),
    }

    def summary(self) -> str:
        """One line: "2 facts changed, 1 figure redrawn", or that nothing did."""
        counts = ((len(getattr(self, name)), words) for name, words in self.HEADINGS.items())
        parts = [f"{n} {words[n > 1]}" for n, words in counts if n]
        return ", ".join(parts) or "no fact, finding or figure changed"

    def listed(self, most: int = 20) -> str:
        """The summary, and below it a line for each of the first `most`: "  fact bread.ovens: 12 → 13 (+8.3%)"."""
        kinds = {"facts": "fact ", "findings": "finding ", "indicators": "indicator ", "figures": "figure "}
        kinds |= {"reworded": "figure ", "added": "new: ", "gone": "gone: "}
        lines = [f"  {words}{line}" for name, words in kinds.items() for line in getattr(self, name)]
        rest = [f"  and {len(lines) - most:,} more"] if len(lines) > most else []
        return "\n".join([self.summary(), *lines[:most], *rest])

    def text(self) -> str:
        """Everything, a line each, under headings."""
        return self._listed("{}:", "  {}")

    def markdown(self) -> str:
        """The same for a pull request."""
        return self._listed("### {}\n", "- {}")

    def _listed(self, heading: str, item: str) -> str:
        blocks = [self.summary()]
        for name, words in self.HEADINGS.items():
            if lines := getattr(self, name):
                title = words[len(lines) > 1].capitalize()
                blocks.append("\n".join([heading.format(title), *(item.format(line) for line in lines)]))
        return "\n\n".join(blocks)


def relative(old, new) -> str:
    """The relative change of a number, in brackets; nothing where it means nothing."""
    if not isinstance(old, int | float) or not isinstance(new, int | float) or not old:
        return ""
    return f" ({(new - old) / abs(old):+.1%})"


def compare(old: dict, new: dict) -> Changes:
    """What differs between two facts.json documents."""
    changes = Changes()
    for kind in ("facts", "findings", "indicators", "figures"):
        before, after = ({r["id"]: r for r in side[kind]} for side in (old, new))
        changes.added += [f"{kind[:-1]} {id}" for id in sorted(after.keys() - before.keys())]
        changes.gone += [f"{kind[:-1]} {id}" for id in sorted(before.keys() - after.keys())]
        for id in sorted(before.keys() & after.keys()):
            if line := _difference(kind, before[id], after[id]):
                getattr(changes, kind).append(f"{id}: {line}")
            elif kind == "figures" and _reworded(before[id], after[id]):
                changes.reworded.append(f"{id}: {after[id]['title']}")
    return changes


def _reworded(a: dict, b: dict) -> bool:
    """Whether a figure says something else; older documents have its title alone."""
    return any(a.get(name, b[name]) != b[name] for name in ("title", "subtitle", "note"))


def _difference(kind: str, a: dict, b: dict) -> str:
    if kind == "facts" and (a["value"], a["text"]) != (b["value"], b["text"]):
        return f"{a['text']} → {b['text']}{relative(a['value'], b['value'])}"
    if kind == "findings" and a["value"] != b["value"]:
        return ("holds again: " if b["value"] else "no longer holds: ") + b["text"]
    if kind == "indicators" and a["met"] != b["met"]:
        return f"{b['says']}: {'now met' if b['met'] else 'no longer met'} ({a['left']} → {b['left']})"
    if kind == "figures" and a["digest"] != b["digest"]:
        return b["title"]
    return ""
