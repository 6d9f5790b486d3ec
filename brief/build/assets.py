"""The page's own assets: house colours as CSS variables; nothing that points at another host."""

from pathlib import Path

from myst_nb.sphinx_ext import add_global_html_resources
from sphinx.application import Sphinx

from brief import palette

COLORS = "brief-colors.css"


def colors() -> str:
    """The palette as CSS variables, light and dark."""
    light = "".join(f"  --brief-{name}: {pair[0]};\n" for name, pair in palette.variables().items())
    dark = "".join(f"  --brief-{name}: {pair[1]};\n" for name, pair in palette.variables().items())
    return f":root {{\n{light}}}\n@media not print {{\nhtml[data-theme='dark'] {{\n{dark}}}\n}}\n"


def write_colors(app: Sphinx) -> None:
    """Make the colour sheet among the build's own static files, and add both sheets to every page."""
    folder = Path(app.doctreedir) / "brief-static"
    folder.mkdir(parents=True, exist_ok=True)
    sheet = folder / COLORS
    if not sheet.is_file() or sheet.read_text() != colors():
        sheet.write_text(colors())
    app.config.html_static_path.append(str(folder))
    app.add_css_file(COLORS)
    # MyST-NB copies its sheet at the end of a build, so that the first build's links lack the checksum
    # which the second one's have.
    (Path(app.outdir) / "_static").mkdir(parents=True, exist_ok=True)
    add_global_html_resources(app, None)


def without_thebe(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Take sphinx-thebe's files off the page: it is loaded by Jupyter Book unasked and points at a CDN."""
    for kind in ("script_files", "css_files"):
        if kind in context:
            context[kind] = [f for f in context[kind] if "thebe" not in _described(f)]


def with_list_items(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Give entries of the bibliography the role that their list requires: docutils' own is deprecated."""
    if "body" in context:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def _described(asset) -> str:
    body = getattr(asset, "attributes", {}).get("body") or ""
    return f"{getattr(asset, 'filename', asset)} {body}".lower()


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", write_colors)
    app.connect("html-page-context", without_thebe, priority=900)
    app.connect("html-page-context", with_list_items, priority=900)
