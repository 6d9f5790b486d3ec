"""What the title and the alt text of a figure say of its data: a trend or an extreme is backed by a condition.

"since-2021 < 1.1: stood still since 2021" among what its {chart} holds under backs those words. Words of a title or an
alt text that claim such a thing and are within no words so backed are an error, and so are backed words that stand
nowhere.
"""

import re

from sphinx.application import Sphinx
from sphinx.util import logging

from brief.ext.domain import register
from brief.ext.facts.conditions import expected
from brief.names import chapter_of

logger = logging.getLogger(__name__)
# What follows from the data drawn, or is wrong: extremes, changes, comparisons, and what is always or never so.
CLAIMS = re.compile(
    r"\b(?:lowest|highest|largest|smallest|biggest|greatest|fastest|slowest|newest|oldest|strongest|weakest|best|worst"
    r"|(?<!\bat )(?:most|least)|flat|stood still|r[io]ses?|risen|falls?|fell|fallen|gr[eo]ws?|grown|outgr[eo]ws?"
    r"|shr[aiu]nks?|narrow(?:s|ed)|widen(?:s|ed)|declin(?:es|ed)|drop(?:s|ped)|climb(?:s|ed)|lag(?:s|ged)|trail(?:s|ed)|leads|led"
    r"|overtakes|overtook|above|below|higher|lower|larger|smaller|faster|slower|more|less|fewer"
    r"|never|always|throughout|none)\b",
    re.IGNORECASE,
)


def unbacked(text: str, backed: list[str]) -> list[str]:
    """The words of `text` that claim something and stand within none of the phrases in `backed`."""
    spans = [match.span() for phrase in backed for match in re.finditer(re.escape(phrase), text)]
    found = CLAIMS.finditer(text)
    return [m[0] for m in found if not any(a <= m.start() and m.end() <= b for a, b in spans)]


def _shown(domain, docname: str) -> list[tuple[str, dict, dict[str, str]]]:
    """(id, record, texts) of each figure and small chart of a page; the two kinds may share an id."""
    records = [r for kind in ("figures", "sketches") for r in domain.of(kind, docname)]
    found = []
    for r in records:  # what a chart says of itself are the values that it draws
        names = ("title", "alt") if r["own_words"] else ("title",)
        found.append((r["id"], r, {name: r[name] for name in names if name in r}))
    return found


def report_captions(app: Sphinx, env) -> None:
    """Warn of claims that nothing backs, and of backed words that no figure of the page has, with file and line."""
    domain = register(env)
    for doc in sorted(env.found_docs):
        backing = [c for c in domain.of("conditions", doc) if c["kind"] == "figure"]
        known = _shown(domain, doc)
        for condition in backing:
            shown = [text for id, _, own in known if id == condition["id"] for text in own.values()]
            if not any(condition["says"] in text for text in shown):
                own = any(r["own_words"] for id, r, _ in known if id == condition["id"])
                lacks = "neither its title nor its alt text says" if own else "its title does not say"
                message = f"chart {condition['id']}: {lacks} {condition['says']!r}"
                logger.warning(message, location=(doc, condition["line"]), type="brief", subtype="caption")
        for id, record, texts in known:
            phrases = [c["says"] for c in backing if c["id"] == id]
            for name, text in texts.items():
                for word in unbacked(text, phrases):
                    message = f"figure {id}: its {name} says {word!r}: back that with the option holds of its {{chart}}"
                    logger.warning(message, location=(doc, record["line"]), type="brief", subtype="caption")


def broken(env) -> list[tuple[str, int, str]]:
    """(docname, line, message) for each claim of a title or an alt text that the data no longer bear out."""
    found = []
    for doc, c in register(env).everything("conditions"):
        if c["kind"] == "figure" and not c["met"]:
            message = f"figure {chapter_of(doc)}.{c['id']} no longer shows {c['says']!r}: "
            found.append((doc, c["line"], message + expected(c)))
    return found
