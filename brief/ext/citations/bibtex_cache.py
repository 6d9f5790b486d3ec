"""sphinxcontrib-bibtex, taught BibLaTeX, and to remember: it formats each entry and citation anew in every build."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain

from brief import project
from brief.ext import anchors
from brief.ext.citations import standing
from brief.ext.citations.bibstyle import BriefStyle
from brief.ext.citations.sources import normalised
from brief.ext.compat.of_bibliographies import entries, remember_plugins


class Citations(BibtexDomain):
    """The citation domain; what it wrote once in a build it copies."""

    def env_updated(self):
        """Take over what the last build formatted before forgetting it."""
        for citation in self.citations:
            BriefStyle.known[citation.formatted_entry.label, repr(citation.entry)] = citation.formatted_entry
        self.resolved = {}
        return super().env_updated()

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        node["ids"].clear()  # numbers, which no one links to
        key = fromdocname, builder.name, typ, target
        if key not in self.resolved:
            self.resolved[key] = super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        return self.resolved[key].deepcopy()


def name_ids(app: Sphinx, config) -> None:
    """Have listed sources called by their keys, where the book says nothing else; they would be numbered."""
    config.bibtex_cite_id = config.bibtex_cite_id or anchors.SOURCE
    config.bibtex_bibliography_id = config.bibtex_bibliography_id or anchors.SOURCES


def normalise(app: Sphinx) -> None:
    """Have the entries, which sphinxcontrib-bibtex has read by now, say what they say in one way, and what they are."""
    found, badges = entries(app.env), standing.read(project.find_root(Path(app.srcdir)))
    for key, entry in list(found.items()):
        found[key] = normalised(entry)
        standing.mark(found[key], *badges.get(key, ("", "")))


def setup(app: Sphinx) -> None:
    remember_plugins()
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(Citations, override=True)
