"""The bibliography's style: author, year, title, publisher, note and link, sorted by author and year."""

from typing import ClassVar

from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style, date
from pybtex.style.template import field, first_of, href, join, optional, optional_field, sentence, words

from brief import formats
from brief.ext.citations import sources


class BriefStyle(Style):
    """Plain for people who read no journals: nothing abbreviated, the address printed as a link.

    One form for every type of entry, as `sources` has normalised it: what an entry does not have is left out.
    """

    default_sorting_style = "author_year_title"
    known: ClassVar[dict] = {}  # (label, entry as text): how it reads

    def format_entry(self, label, entry, bib_data=None):
        """As pybtex formats it; once for the list, its tooltip and later builds, since this is slow."""
        key = label, repr(entry)
        if key not in self.known:
            context = {"entry": entry, "style": self, "bib_data": bib_data}
            self.known[key] = FormattedEntry(entry.key, self.template(entry).format_data(context), label)
        return self.known[key]

    def template(self, e):
        """How an entry reads."""
        lead = [self.format_names("author")] if e.persons.get("author") else []
        if e.persons.get("editor") and not lead:
            lead = [sentence[join[self.format_names("editor", as_sentence=False), " (ed.)"]]]
        title = sentence(capfirst=False)[field("title")]  # as it is written: capitals are the source's own
        year = sentence(capfirst=False)[date] if "year" in e.fields else sentence["No date"]
        tail = [
            optional[sentence[field("note")]],
            optional[href[field("url", raw=True), field("url", raw=True)]],
            optional[words["Archived:", href[field("archiveurl", raw=True), field("archiveurl", raw=True)]]],
            optional[join["Read ", field("urldate", apply_func=lambda day: formats.render(str(day), "day")), "."]],
        ]
        return join(sep=" ")[[*lead, year, title, *self.holders(e), *tail]]

    def holders(self, e):
        """What holds the source and who brought it out: a journal with its volume, a book, a publisher."""
        number = optional[join["(", field("number"), ")"]]
        volume = [optional_field("volume"), number, optional_field("pages")]
        plain = {"capfirst": False}
        made = []
        if "journal" in e.fields:
            made.append(sentence(**plain)[words[field("journal"), *volume]])
        elif "booktitle" in e.fields:
            made.append(sentence(**plain)[words["In:", field("booktitle"), *volume]])
        elif "number" in e.fields:
            made.append(sentence(**plain)[words[optional_field("type"), field("number")]])
        bodies = [name for name in sources.BODIES if e.fields.get(name)]
        return [*made, optional[sentence(**plain)[first_of[[field(name) for name in bodies]]]]] if bodies else made
