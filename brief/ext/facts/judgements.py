"""The {finding} and {indicators} directives: sentences with a condition, and what would change our mind."""

import re
from functools import partial

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from brief import names
from brief.ext import anchors
from brief.ext.domain import register
from brief.ext.facts import captions, conditions
from brief.ext.facts.conditions import expected, indicator_table
from brief.ext.facts.headings import filled_later
from brief.ext.facts.quotes import fact_quote, quoted
from brief.ext.nodes import plain_table
from brief.ext.places import refuse_repeated_options
from brief.names import chapter_of

logger = logging.getLogger(__name__)
CONFIDENCE = ("high", "moderate", "low")
# Words of likelihood and the range of probability, per cent, that each stands for.
LIKELIHOOD = {
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certainly": (95, 99),
}


class indicator_list(nodes.General, nodes.Element):
    """Where the chapter's indicators stand, until they are known."""


def _range(word: str) -> str:
    return "{} to {} per cent".format(*LIKELIHOOD[word])


class FindingDirective(SphinxDirective):
    """:::{finding} id, with its sentence as content."""

    required_arguments = 1
    has_content = True
    option_spec = {  # noqa: RUF012 (docutils' contract)
        "confidence": directives.unchanged_required,
        "because": directives.unchanged_required,
        "likelihood": directives.unchanged_required,
        "holds": directives.unchanged_required,
    }

    def run(self):
        refuse_repeated_options(self)
        missing = [name for name in ("confidence", "because", "holds") if name not in self.options]
        if missing:
            raise self.error(f"finding {self.arguments[0]} has no {' and no '.join(missing)}")
        id = self.arguments[0]
        for name, known in (("confidence", CONFIDENCE), ("likelihood", tuple(LIKELIHOOD))):
            if (given := self.options.get(name, known[0])) not in known:
                raise self.error(f"finding {id}: its {name} is {given!r}, which is none of {', '.join(known)}")
        try:
            names.check_record(id)
        except ValueError as error:
            raise self.error(f"finding: {error}") from error
        box = nodes.container(classes=["finding"], ids=[anchors.finding(id)])
        box["finding"] = id
        self.set_source_info(box)
        self.state.nested_parse(self.content, self.content_offset, box)
        if [type(node) for node in box] != [nodes.paragraph]:
            raise self.error(f"finding {id}: its content is not one paragraph, the sentence")
        if strange := sorted({role for role in filled_later(box) if role != "fact" and not role.startswith("cite:")}):
            raise self.error(f"finding {id}: {{{strange[0]}}} can't stand in it: its sentence is shown elsewhere too")
        note = nodes.paragraph(classes=["finding-confidence"])
        note += nodes.strong("", f"{self.options['confidence'].capitalize()} confidence")
        note += nodes.Text(f": {self.options['because']}")
        box += note
        likelihood = self.options.get("likelihood", "")
        if likelihood:  # in a sentence of its own: confidence speaks of the evidence, likelihood of the world
            text = f"{likelihood.capitalize()}: {_range(likelihood)}"
            box += nodes.paragraph("", text, classes=["finding-confidence", "generated"])
        said = [word for word in LIKELIHOOD if re.search(rf"\b{word}\b", box[0].astext(), re.IGNORECASE)]
        if said:
            raise self.error(f"finding {id}: {said[0]!r} stands in its sentence: use the option likelihood")
        record = {"id": id, "line": self.lineno, "confidence": self.options["confidence"]}
        record |= {"likelihood": likelihood, "because": self.options["because"], "sentence": _parts(box[0])}
        register(self.env).note("findings", self.env.docname, record)
        for line in self.options["holds"].splitlines():
            register(self.env).note_test(self.env.docname, "finding", id, line, self.lineno)
        return [box]


def compare_facts(app: Sphinx, env) -> None:
    """Test the conditions over facts, on pages read now or before; warn, with file and line, of those that can't be."""
    domain = register(env)

    def known(target: str, doc: str) -> dict:
        found = domain.find("facts", target, doc)
        if found is None:
            raise ValueError(f"there is no fact {target!r}{domain.nearest('facts', target, doc)}")
        return {**found[1], "full": f"{chapter_of(found[0])}.{found[1]['id']}"}

    for doc in env.found_docs:
        kept = []
        for test in domain.of("tests", doc):
            try:
                kept.append(conditions.tested(test, partial(known, doc=doc)))
            except ValueError as error:
                where = (doc, test["line"])
                logger.warning(f"{test['kind']} {test['id']}: {error}", location=where, type="brief", subtype="finding")
        domain.keep("conditions", doc, kept)


class LikelihoodDirective(SphinxDirective):
    """{likelihood-words}: the table of the words and what they mean."""

    def run(self):
        rows = [(word.capitalize(), _range(word)) for word in LIKELIHOOD]
        return [plain_table(("Words", "Range of probability"), rows)]


class IndicatorsDirective(SphinxDirective):
    """{indicators}: a table of the chapter's indicators and where each stands.

    Its content may have some of them, a line each: "id: fact < 3: what it measures".
    """

    has_content = True

    def run(self):
        for number, text in enumerate(self.content):
            id, _, test = text.partition(":")
            try:
                names.check_record(id)
            except ValueError as error:
                raise self.error(f"indicator: {error}") from error
            line = self.content_offset + number + 1
            register(self.env).note_test(self.env.docname, "indicator", id, test, line)
        node = indicator_list()
        self.set_source_info(node)
        return [node]


def _parts(sentence: nodes.Element) -> list:
    """The sentence as text and quotes, to be joined when the facts are known; emphasis and links are text too."""
    parts = []
    for node in sentence.children:
        if isinstance(node, fact_quote):
            parts.append([node["target"], node["fmt"]])
        elif isinstance(node, nodes.Text):
            parts.append(node.astext())
        elif node.get("refdomain") != "cite":  # sources stand beside it
            parts += _parts(node)
    return parts


def sentence_of(domain, docname: str, record: dict) -> str:
    """A finding's sentence with its facts filled in."""
    text = ""
    for part in record["sentence"]:
        if isinstance(part, str):
            text += part
        else:
            text += quoted(domain, docname, *part) or ""
    return re.sub(r" ([.,;:])", r"\1", " ".join(text.split()))


class ShowStanding(SphinxPostTransform):
    """Fill indicator tables; in a draft, mark the findings that the data no longer support."""

    default_priority = 5

    def run(self, **kwargs):
        domain, docname = register(self.env), self.env.docname
        known = domain.of("conditions", docname)
        for node in list(self.document.findall(indicator_list)):
            node.replace_self(indicator_table([c for c in known if c["kind"] == "indicator"]))
        failed = {c["id"] for c in known if c["kind"] == "finding" and not c["met"]}
        for box in self.document.findall(nodes.container):
            if box.get("finding") in failed:
                box["classes"].append("finding-unsupported")
                mark = nodes.paragraph("", "No longer supported by the data.", classes=["finding-mark"])
                box.insert(0, mark)


def broken(env) -> list[tuple[str, int, str]]:
    """(docname, line, message) for each condition of a finding that does not hold."""
    domain, found = register(env), []
    for doc, record in domain.everything("findings"):
        for condition in domain.tests_of(doc, record["id"]):
            if not condition["met"]:
                message = f"finding {chapter_of(doc)}.{record['id']} no longer holds: {condition['says']}: "
                found.append((doc, record["line"], message + expected(condition)))
    return found


def report_findings(app: Sphinx, env) -> None:
    """Stop the build, naming sentence, file and line, when a finding's condition fails (a draft only marks it)."""
    failures = broken(env) + captions.broken(env)
    if failures and not app.config.brief_draft:
        lines = [f"{env.doc2path(doc, False)}:{line}: {message}" for doc, line, message in failures]
        raise ExtensionError("\n".join(lines))
    for doc, line, message in failures:
        logger.info(f"draft: {env.doc2path(doc, False)}:{line}: {message}")


def setup(app: Sphinx) -> None:
    app.add_node(indicator_list)
    app.add_directive("finding", FindingDirective)
    app.add_directive("indicators", IndicatorsDirective)
    app.add_directive("likelihood-words", LikelihoodDirective)
