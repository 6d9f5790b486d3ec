"""What is used of sphinxcontrib-bibtex and pybtex beyond what they promise."""

from functools import cache

import pybtex.plugin
from pybtex.database.output.bibtex import Writer


def entries(env) -> dict:
    """The bibliography's entries by key; one may be set anew, before pages are read.

    Uses `bibdata.data.entries` of the citation domain, which has no public way to an entry. Seen in
    sphinxcontrib-bibtex 2.7.0.
    """
    return env.get_domain("cite").bibdata.data.entries


def cited_on(env, docname: str) -> set[str]:
    """The keys that the text of a page cites.

    Uses `citation_refs` of the citation domain. Seen in sphinxcontrib-bibtex 2.7.0.
    """
    refs = env.get_domain("cite").citation_refs
    return {target.key for ref in refs if ref.docname == docname for target in ref.targets}


def bibliography_pages(env) -> set[str]:
    """The pages that list sources.

    Uses `bibliographies` of the citation domain. Seen in sphinxcontrib-bibtex 2.7.0.
    """
    return {key.docname for key in env.get_domain("cite").bibliographies}


def citation_ids(env) -> dict[str, str]:
    """The id of each listed source on its page, by key; known from `env-updated` on.

    Uses `citations` of the citation domain. Seen in sphinxcontrib-bibtex 2.7.0.
    """
    return {each.key: each.citation_id for each in env.get_domain("cite").citations}


def remember_plugins() -> None:
    """Have pybtex look up each of its plugins once in a process.

    Replaces `pybtex.plugin.find_plugin`: sphinxcontrib-bibtex asks for each citation, and the answer is searched for
    through all installed metadata each time. Seen in pybtex 0.26.1.
    """
    pybtex.plugin.find_plugin = cache(pybtex.plugin.find_plugin)


class AddressWriter(Writer):
    """Writes BibTeX as pybtex does, but an address as it is: no reader takes an escaped "#" out of one.

    Overrides `_write_field`: what it escapes is not a choice that pybtex gives. Seen in pybtex 0.26.1.
    """

    def _write_field(self, stream, type, value):
        if type in ("url", "doi"):
            stream.write(f",\n    {type} = {self.quote(value)}")
        else:
            super()._write_field(stream, type, value)
