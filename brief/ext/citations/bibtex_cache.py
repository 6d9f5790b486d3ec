"""sphinxcontrib-bibtex, taught BibLaTeX, and to remember: it formats each entry and citation anew in every build."""

from functools import cache

import pybtex.plugin
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain

from brief.ext.citations.bibstyle import BriefStyle
from brief.ext.citations.sources import normalised


class Citations(BibtexDomain):
    """The citation domain; what it wrote once in a build it copies."""

    def env_updated(self):
        """Take over what the last build formatted before forgetting it."""
        for citation in self.citations:
            BriefStyle.known[citation.formatted_entry.label, repr(citation.entry)] = citation.formatted_entry
        self.resolved = {}
        return super().env_updated()

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        key = fromdocname, builder.name, typ, target
        if key not in self.resolved:
            self.resolved[key] = super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        return self.resolved[key].deepcopy()


def normalise(app: Sphinx) -> None:
    """Have the entries, which sphinxcontrib-bibtex has read by now, say what they say in one way."""
    entries = app.env.get_domain("cite").bibdata.data.entries
    for key, entry in list(entries.items()):
        entries[key] = normalised(entry)


def setup(app: Sphinx) -> None:
    # It looks its plugins up for each citation, through all installed metadata each time.
    pybtex.plugin.find_plugin = cache(pybtex.plugin.find_plugin)
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(Citations, override=True)
