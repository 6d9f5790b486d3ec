"""The {claims} directive: what others assert, with verdict, reason, findings and source."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from brief import project
from brief.ext import anchors, filters
from brief.ext.dependencies import note_input
from brief.ext.domain import register
from brief.ext.facts.claim_rows import claims, table
from brief.ext.nodes import cite, plain_table, separated
from brief.names import chapter_of

logger = logging.getLogger(__name__)


class claim_table(nodes.General, nodes.Element):
    """Where the claims go, until the findings they name are known: `rows`."""


class ClaimsDirective(SphinxDirective):
    """{claims}: the table of claims."""

    def run(self):
        root = project.find_root(Path(self.env.srcdir))
        note_input(self.env, root / "data" / f"{table(root)}.csv")
        register(self.env).note("whole", self.env.docname, {"view": "claims"})
        node = claim_table(rows=claims(root))
        self.set_source_info(node)
        return [node]


class ShowClaims(SphinxPostTransform):
    """Fill the table; a claim that names a finding which does not exist is an error."""

    default_priority = 5

    def run(self, **kwargs):
        for node in list(self.document.findall(claim_table)):
            rows = [self.row(r, node) for r in node["rows"]]
            head = (self.config.brief_claims_heading, "Verdict", "Why", "Findings", "Decided by")
            ids = [anchors.claim(r["id"]) for r in node["rows"]]
            table = plain_table(head, rows, classes=["ledger", "claims"], ids=ids)
            choices = [
                (name, title, filters.counted(r[name] for r in node["rows"]))
                for name, title in (("verdict", "Verdict"), ("chapter", "Chapter"))
            ]
            form = filters.form("#claims-list", f"{len(rows)} claims", choices, items="tbody > tr")
            node.replace_self([form, nodes.container("", table, classes=["filtered"], ids=["claims-list"])])

    def row(self, r: dict, node: nodes.Node) -> tuple:
        """One claim: its text, verdict, reason, links to findings, and the source that decides it."""
        links = []
        for name in r["findings"].split():
            found = register(self.env).find("findings", name, self.env.docname)
            if found is None:
                message = f"claim {r['id']}: there is no finding {name}"
                logger.warning(message, location=node, type="brief", subtype="claim")
                continue
            doc, record = found
            uri = self.app.builder.get_relative_uri(self.env.docname, doc)
            uri += "#" + anchors.finding(record["id"])
            text = f"{chapter_of(doc)}: {record['id']}"
            links.append(nodes.reference("", text, internal=True, refuri=uri))
        verdict = [nodes.strong("", r["verdict"].capitalize(), classes=["verdict", f"verdict-{r['verdict']}"])]
        claim = [nodes.Text(r["claim"]), filters.facets(chapter=r["chapter"], verdict=r["verdict"])]
        return claim, verdict, r["reason"], separated(links), [cite([r["source"]], self.env.docname)]


def setup(app: Sphinx) -> None:
    app.add_node(claim_table)
    app.add_directive("claims", ClaimsDirective)
