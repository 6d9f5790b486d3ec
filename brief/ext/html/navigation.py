"""Where a page stands in the contents, for the breadcrumbs above it."""

from sphinx.application import Sphinx

from brief.ext.compat.of_sphinx import parts_of_contents


def add_part(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Name the part of the contents that a page stands in."""
    for caption, pages in parts_of_contents(app):
        if pagename in pages:
            context["part"] = caption
