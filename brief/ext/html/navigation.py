"""Where things are, for readers who look for them: breadcrumbs, and what the search finds besides words of pages."""

from sphinx.application import Sphinx

from brief import project
from brief.ext import anchors
from brief.ext.domain import chapter_of
from brief.ext.facts.quotes import CATALOGUE, LEDGER


def objects(domain):
    """(name, shown name, type, page, anchor, priority) of each fact, finding, figure and table, for Sphinx's search."""
    for doc, r in domain.everything("facts"):
        name = f"{chapter_of(doc)} {r['id'].replace('-', ' ')}"
        said = ", ".join(part for part in (name, r["unit"], r["period"]) if part)
        yield said, said, "fact", LEDGER, anchors.fact(doc, r["id"]), 2
    for doc, r in domain.everything("findings"):
        name = f"{chapter_of(doc)} {r['id'].replace('-', ' ')}"
        yield name, name, "finding", doc, anchors.finding(r["id"]), 1
    for doc, r in domain.everything("figures"):
        yield r["title"], r["title"], "figure", doc, anchors.figure(doc, r["id"]), 1
    root = project.find_root(domain.env.srcdir)
    for entry in project.package(root)["resources"]:
        title = f"{entry['title']} ({entry['name']})"
        yield title, title, "table", CATALOGUE, anchors.table(entry["name"]), 1


def add_part(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Name the part of the contents that a page stands in."""
    site = getattr(app.env, "external_site_map", None) or app.config.external_site_map
    for tree in site.root.subtrees if site else ():
        if pagename in [str(item) for item in tree.items]:
            context["part"] = tree.caption


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_part)
