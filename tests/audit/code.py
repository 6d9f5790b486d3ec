"""Ways to break the code that makes the site: each a small slip, after which the book builds as before."""

# ruff: noqa: E501 (a corruption a line)

from tests.audit.book import Copy, Corruption


def slip(what: str, by: str, path: str, old: str, new: str, paper: bool = False) -> Corruption:
    """One place in a module of the package, written otherwise."""

    def make(copy: Copy) -> None:
        copy.edit(f"brief/{path}", old, new)

    return Corruption(what, by, make, code=True, paper=paper)


CODE = [
    slip("the ends of a range change places", "facts", "formats.py", 'f"{low} to {high}"', 'f"{high} to {low}"'),
    slip("minus signs are dropped", "facts", "formats.py", "return MINUS + text[1:] if", "return text[1:] if"),
    slip("values are rounded", "values", "kernel/facts.py", "    known = plain(value)\n", "    known = plain(value)\n    known = round(known) if isinstance(known, float) else known\n"),
    slip("a fact's unit stands for its period", "facts", "kernel/facts.py", '"period": period,', '"period": unit,'),
    slip("a quoted row states the value of the row above it", "values", "ext/facts/rows.py", 'return found[0]', 'return max(found[0] - 1, 0)'),
    slip("a quoted row loses its format", "facts", "ext/facts/rows.py", 'fmt or _format(entry, texts, column) or', "fmt or"),
    slip("a quoted cell has the unit of its column for what it is", "facts", "ext/facts/rows.py", 'field.get("quoted_as", "").format_map(texts) or unit', "unit"),
    slip("a quoted cell of no time has no release", "facts", "ext/facts/rows.py", '_released(entry.get("release", ""))', '""'),
    slip("an empty lane has no colour of its own", "drawings", "kernel/charts/lines.py", "economy_colors().get(name, ink())", "ink()"),
    slip("squares have the colour of the rest", "drawings", "kernel/charts/matrix.py", 'df[economy].map(hues)', 'df[economy].map({})'),
    slip("a condition over facts has the second one's unit", "judgements", "ext/facts/conditions.py", "measure = facts[0]", "measure = facts[0] | {'unit': facts[-1]['unit'] + 's'}"),
    slip("a condition over facts rests on the first one's sources", "judgements", "ext/facts/conditions.py", 'for fact in facts for key in fact["sources"]', 'for fact in facts[:1] for key in fact["sources"]'),
    slip("only the first source is kept", "values", "kernel/provenance.py", '"sources": sorted(sources)', '"sources": sorted(sources)[:1]'),
    slip("only the first table is kept", "values", "kernel/provenance.py", '"tables": sorted(tables)', '"tables": sorted(tables)[:1]'),
    slip("above reads below", "judgements", "ext/facts/conditions.py", '">": "above"', '">": "below"'),
    slip("a finding falls the other way", "judgements", "ext/facts/conditions.py", 'way = "rises" if op', 'way = "falls" if op'),
    slip("peers stand under each other's name", "summary", "kernel/comparison.py", 'for code in peers]', 'for code in peers[::-1]]'),
    slip("bars share the smallest value", "summary", "ext/facts/standings.py", "most = max(", "most = min("),
    slip("likely begins at 45", "judgements", "ext/facts/judgements.py", '"likely": (55, 80)', '"likely": (45, 80)'),
    slip("ledger rows lead to the summary", "facts", "ext/pages/ledger.py", "self.link(page, used_by", 'self.link("index", used_by'),
    slip("formulas lose the brackets on their right", "calculations", "formulas.py", 'rank + (op in "-/")', "rank"),
    slip("a sum names all cells but the last", "calculations", "kernel/selection.py", 'return self._value("sum", known[column].sum(), self._cells(column, known))', 'return self._value("sum", known[column].sum(), self._cells(column, known)[:-1])'),
    slip("what is divided and by what change places on cards", "calculations", "formulas.py", 'left, right = (_said(part, cells) for part in of)', 'left, right = (_said(part, cells) for part in of[::-1])'),
    slip("a calculation knows its first operand only", "values", "kernel/values.py", "for part in self.parts:", "for part in self.parts[:1]:"),
    slip("cards take the first source", "facts", "ext/facts/quotes.py", '"sources": sorted(sources)', '"sources": sorted(sources)[:1]'),
    slip("a number's own format is lost", "facts", "ext/facts/quotes.py", "text_of(found[1], fmt) if found", "text_of(found[1]) if found"),
    slip("embeds are cut", "tests/engine/test_minimal.py", "ext/figures/downloads.py", "+ 190 +", "- 190 +"),
    slip("the last row of each CSV is lost", "figures_data", "ext/figures/downloads.py", 'for row in data["rows"]])', 'for row in data["rows"][:-1]])'),
    slip("bars begin at one", "drawings", "kernel/charts/bars.py", "start, first = 0.0, min(low, 0.0)", "start, first = 1.0, min(low, 0.0)"),
    slip("lines are drawn a tenth too high", "drawings figures_data", "kernel/charts/lines.py", "    names = sorted(data[series_].unique())\n", "    data[y_] *= 1.1\n    names = sorted(data[series_].unique())\n"),
    slip("rows of tables' pages have the address of the row above", "table_pages", "ext/pages/table_pages.py", "zip(table.ids, texts, strict=True)", "zip(table.ids[-1:] + table.ids[:-1], texts, strict=True)"),
    slip("tables do not know the findings that rest on them", "table_pages", "ext/pages/used_by.py", "found[name].findings.append(use)", "found[name].findings.copy()"),
    slip("units for machines are names", "papers", "ext/datasets/dataset.py", '"unitText": str(f["unit"])', '"unitText": f["name"]'),
    slip("the fingerprint forgets the bibliography", "papers", "project.py", ', root / "data" / "references.bib"]', "]"),
    slip("facts for machines lose their format", "facts", "ext/facts/export.py", '"text": text_of(r)', '"text": str(r["value"])'),
    slip("notebooks link every source to the first", "notebooks", "ext/notebooks/plain_markdown.py", "return self.cited[anchor]", "return next(iter(self.cited.values()))"),
    slip("code in notebooks stands behind the text it stood before", "notebooks", "ext/notebooks/chapter_notebooks.py", "[*blocks(app, docname), *", "[*sorted(blocks(app, docname), key=lambda b: isinstance(b, int)), *"),
    slip("charts in notebooks say their name for their words", "notebooks", "kernel/viewers.py", '"description": figure["alt"]', '"description": figure["id"]'),
    slip("a line says where it turns for where it ends", "figures_words", "kernel/charts/chart.py", "places = [0, *turn, len(values) - 1]", "places = [0, *turn, len(values) - 2]"),
    slip("a figure's note is its subtitle", "figures_words", "ext/figures/chart_directive.py", '"subtitle": "", **words}, spelled', '"subtitle": "", **words, "note": words.get("subtitle", "")}, spelled'),
    slip("days and months change places in citations", "papers", "ext/citations/csl.py", "[[day.year, day.month, day.day]]", "[[day.year, day.day % 12 + 1, day.month]]"),
    slip("a small chart stands on its head", "summary", "kernel/charts/sparklines.py", 'scale=alt.Scale(zero=True))', 'scale=alt.Scale(zero=True, reverse=True))'),
    slip("the feed has the first edition's day", "tests/book/citer/test_feed.py", "cli/site_index.py", 'about[0]["date"]', 'about[-1]["date"]'),
    slip("the search leads nowhere", "travel", "ext/html/search_passages.py", "anchors.fact(doc, record[\"id\"]), \" · \"", "anchors.fact(doc, record[\"id\"]) + \"-x\", \" · \""),
    slip("the EPUB says the title of a figure for its alt text", "tests/book/reader/test_print.py", "print/printed_pages.py", 'alt=holder["aria-label"]', 'alt=holder["data-figure"]', paper=True),
]  # fmt: skip
