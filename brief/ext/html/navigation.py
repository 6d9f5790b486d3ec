"""Where a page stands in the contents, for the breadcrumbs above it."""

from sphinx.application import Sphinx


def add_part(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Name the part of the contents that a page stands in."""
    site = getattr(app.env, "external_site_map", None) or app.config.external_site_map
    for tree in site.root.subtrees if site else ():
        if pagename in [str(item) for item in tree.items]:
            context["part"] = tree.caption
