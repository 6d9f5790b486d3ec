"""What the text of a chapter says and no cell of it computes: rows of tables, and facts of other chapters."""

from sphinx.application import Sphinx

from brief import formulas
from brief.ext.citations.sources import source
from brief.ext.compat.of_bibliographies import entries
from brief.ext.domain import register
from brief.ext.facts.quotes import text_of, what_of
from brief.ext.notebooks.plain_markdown import escaped
from brief.names import chapter_of


def listed(app: Sphinx, docname: str) -> list[str]:
    """A heading and a list of these numbers, each with how it was computed or what its row says, and its sources."""
    domain, known, items = register(app.env), entries(app.env), {}
    for quote in domain.of("quotes", docname):
        home, record = domain.find("facts", quote["target"], docname) or ("", None)
        if record and (home != docname or "row" in record):
            name = f"{chapter_of(home)}.{record['id']}"
            items[name] = _item(name, record, known)
    heading = "**Numbers of the text that no cell here computes**"
    return [heading, "\n".join(items.values())] if items else []


def _item(name: str, record: dict, known: dict) -> str:
    text = text_of(record)
    told = what_of(record, text)
    lines = [f"`{name}`: **{escaped(text)}** {escaped(told)}".strip()]
    lines += map(escaped, formulas.estimates(record) + formulas.explained(record, text))
    read = [source(known[key]) for key in record["sources"]]
    cited = [f"[{escaped(each.short)}]({each.url})" if each.url else escaped(each.short) for each in read]
    tables = ", ".join(record["tables"])
    return "  \n  ".join([f"- {lines[0]}", *lines[1:], f"{', '.join(cited)} · Data: {escaped(tables)}"])
