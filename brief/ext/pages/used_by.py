"""Who uses a table, and who quotes a fact: the register read the other way round."""

from dataclasses import dataclass, field

from sphinx.application import Sphinx

from brief.ext import anchors
from brief.ext.domain import Register, register
from brief.ext.facts import claim_rows, judgements, quotes
from brief.ext.figures.downloads import Papers, all_papers, resources
from brief.names import chapter_of

SHOWN = 12  # rows named of what rests on many


@dataclass(frozen=True)
class Use:
    """Something that rests on a table: its name, where it stands (from the site's top), its words, rows' ids."""

    name: str
    to: str
    words: str = ""
    rows: tuple[str, ...] = ()


@dataclass
class Uses:
    """Whatever rests on one table. figures: with their drawings."""

    facts: list[Use] = field(default_factory=list)
    findings: list[Use] = field(default_factory=list)
    claims: list[Use] = field(default_factory=list)
    figures: list[Papers] = field(default_factory=list)


def quoting(domain: Register) -> dict[tuple[str, str], list[str]]:
    """The pages that quote each (page, fact id), its own first."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for page, quote in domain.everything("quotes"):
        if quoted := domain.find("facts", quote["target"], page):
            found.setdefault((quoted[0], quoted[1]["id"]), {})[page] = None
    return {key: sorted(pages, key=lambda page: (page != key[0], page)) for key, pages in found.items()}


def called(env, page: str) -> str:
    """A page's name in a list of who uses something: its title, up to a colon."""
    title: str = env.titles[page].astext()
    return "Summary" if page == env.config.root_doc else title.partition(":")[0]


def by_table(app: Sphinx) -> dict[str, Uses]:
    """What rests on each table, in the order of pages and lines."""
    domain, schemas = register(app.env), {name: entry["schema"] for name, entry in resources(app).items()}
    found = {name: Uses() for name in schemas}
    quoted = quoting(domain)
    for doc, record in domain.everything("facts"):
        to = f"{app.config.brief_ledger_page}.html#{anchors.fact(doc, record['id'])}"
        if pages := quoted.get((doc, record["id"])):
            to = f"{pages[0]}.html#{anchors.quote(doc, record['id'])}"
        text = quotes.text_of(record)
        words = ", ".join(filter(None, (text, quotes.what_of(record, text))))
        for name in record["tables"]:
            cells = [cell["row"] for cell in record["cells"] if cell["table"] == name]
            rows = dict.fromkeys(anchors.row(schemas[name], key) for key in cells)
            found[name].facts.append(Use(f"{chapter_of(doc)}.{record['id']}", to, words, tuple(rows)[:SHOWN]))
    for doc, record in domain.everything("findings"):
        use = Use(
            f"{chapter_of(doc)}.{record['id']}",
            f"{doc}.html#{anchors.finding(record['id'])}",
            judgements.sentence_of(domain, doc, record),
        )
        for name in sorted({name for test in domain.tests_of(doc, record["id"]) for name in test["tables"]}):
            found[name].findings.append(use)
    for papers in all_papers(app).values():
        for name in papers.record["tables"]:
            found[name].figures.append(papers)
    for page, view in domain.everything("whole"):
        if view["view"] == "claims":
            name = claim_rows.table(app.srcdir)
            rows = [Use(row["id"], f"{page}.html#{anchors.claim(row['id'])}") for row in claim_rows.claims(app.srcdir)]
            found[name].claims.extend(rows)
    return found
