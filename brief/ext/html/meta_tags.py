"""What each page says of itself to machines: citation tags, a description, a card for shared links, linked data."""

from html import escape

from sphinx.application import Sphinx

from brief import project, settings
from brief.ext.citations import csl, standing, tags
from brief.ext.citations.metadata import publication
from brief.ext.citations.sources import Source, source
from brief.ext.compat.of_bibliographies import entries
from brief.ext.compat.of_sphinx import parts_of_contents
from brief.ext.html import jsonld
from brief.ext.html.og_image import card_address
from brief.ext.templating import json_in_script


def reference(source: Source) -> str:
    """A source as Google Scholar takes a `citation_reference`: its parts, each under its tag's name."""
    parts = [("author", name) for name in source.authors]
    parts += [("title", source.title), ("publication_date", source.year), ("journal_title", source.journal)]
    parts += [("publisher", source.publisher), ("fulltext_html_url", source.url)]
    return "; ".join(f"citation_{tag}={text}" for tag, text in parts if text)


def kind_of(app: Sphinx, docname: str) -> str:
    """What a page is, as its tags say it."""
    known = {app.config.root_doc: tags.BOOK, app.config.brief_catalogue_page: tags.TABLES}
    return known.get(docname, tags.CHAPTER if settings.is_chapter(docname, app.config) else tags.PAGE)


def add_head(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Add what the theme's templates say, and the tags to a page with a text of its own; to the search, what it is."""
    env, paper = app.env, publication(app)
    context["paper"], context["fingerprint"] = paper, project.fingerprint(paper.root)[:12] if paper.frozen else ""
    context["citing_page"] = app.config.brief_citing_page
    context["part"] = next((caption for caption, pages in parts_of_contents(app) if pagename in pages), "")
    if doctree is None:
        said = escape(f"{context.get('title', 'Index')} of the book \u201c{paper.title}\u201d")
        context["metatags"] = f'{context.get("metatags", "")}<meta name="description" content="{said}">\n'
        return
    chapter = settings.is_chapter(pagename, app.config)
    whole = pagename == app.config.root_doc
    known = entries(env)
    sources = [source(known[key]) for key in sorted(standing.behind(env, pagename)) if key in known]
    title = paper.title if whole else env.titles[pagename].astext()
    description = env.metadata[pagename].get("description") or paper.fields["abstract"]
    data = jsonld.of_page(app, pagename, title, description, sources)
    context["metatags"] = context.get("metatags", "") + tags.tags(
        app,
        kind_of(app, pagename),
        title,
        description,
        paper.address(pagename),
        pdf=paper.pdf(pagename) if chapter or whole else "",
        references=[reference(each) for each in sources] if chapter else [],
        card=card_address(app, pagename),
        citation=csl.cited(csl.item(app, pagename), "APA"),
        linked=json_in_script(data),
    )
