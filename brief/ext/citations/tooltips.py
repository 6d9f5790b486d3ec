"""In the ledger the tooltip of a citation, its whole reference, stands at the first mention of a source.

Hundreds of mentions would repeat a tenth of what the page weighs; brief-filter.js puts it back at each.
"""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class SayOnce(SphinxPostTransform):
    """Take the references off all mentions but the first, once citations are links."""

    def run(self, **kwargs):
        if self.env.docname != self.config.brief_ledger_page:
            return
        told = set()
        for link in self.document.findall(nodes.reference):
            if "reftitle" in link and "bibtex-citation" in link.parent.get("classes", ()):
                if link["refuri"] in told:
                    del link["reftitle"]
                told.add(link["refuri"])
