"""The bibliography's style: author, year, title, publisher, note and link, sorted by author and year."""

from typing import ClassVar

from pybtex.style.formatting.unsrt import Style, date
from pybtex.style.template import field, href, join, optional, sentence, words

from brief import formats


def _day(text: str) -> str:
    """ "24 November 2026" of an ISO date."""
    return formats.render(str(text), "day")


class BriefStyle(Style):
    """Plain for people who read policy: nothing abbreviated, the address printed as a link."""

    default_sorting_style = "author_year_title"
    known: ClassVar[dict] = {}  # (label, entry as text): how it reads

    def format_entry(self, label, entry, bib_data=None):
        """As pybtex formats it; once for the list, its tooltip and later builds, since this is slow."""
        key = label, repr(entry)
        if key not in self.known:
            self.known[key] = super().format_entry(label, entry, bib_data)
        return self.known[key]

    def _entry(self, e, *middle):
        who = "author" if "author" in e.persons else None
        lead = [self.format_names("author")] if who else []
        tail = [
            optional[sentence[field("note")]],
            optional[href[field("url", raw=True), field("url", raw=True)]],
            optional[words["Archived:", href[field("archiveurl", raw=True), field("archiveurl", raw=True)]]],
            optional[join["Read ", field("urldate", apply_func=_day), "."]],
        ]
        title = sentence(capfirst=False)[self.format_title(e, "title", as_sentence=False)]
        year = sentence(capfirst=False)[date] if "year" in e.fields else sentence["No date"]
        return join(sep=" ")[[*lead, year, title, *middle, *tail]]

    def get_misc_template(self, e):
        return self._entry(e, optional[sentence(capfirst=False)[field("howpublished")]])

    def get_techreport_template(self, e):
        return self._entry(e, sentence(capfirst=False)[field("institution")])

    def get_article_template(self, e):
        journal = sentence(capfirst=False)[words[field("journal"), optional[field("volume")]]]
        return self._entry(e, journal)

    get_online_template = get_misc_template
    get_report_template = get_techreport_template
