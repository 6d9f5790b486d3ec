"""The pages' own assets: house colours as CSS variables, parts of the theme's templates that we replace."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

from brief import palette
from brief.ext.compat.of_notebooks import STYLE_SHEET, add_cell_styles
from brief.ext.compat.of_sphinx import put_templates_first

COLORS = "brief-colors.css"


def colors() -> str:
    """The palette as CSS variables, light and dark."""
    light = "".join(f"  --brief-{name}: {pair[0]};\n" for name, pair in palette.variables().items())
    dark = "".join(f"  --brief-{name}: {pair[1]};\n" for name, pair in palette.variables().items())
    return f":root {{\n{light}}}\n@media not print {{\nhtml[data-theme='dark'] {{\n{dark}}}\n}}\n"


def add_sheet(app: Sphinx, name: str, text: str) -> None:
    """Put a style sheet among the static files before any page is written, whose link carries its checksum."""
    folder = Path(app.doctreedir) / "brief-static"
    folder.mkdir(parents=True, exist_ok=True)
    app.__dict__.setdefault("brief_sheets", set()).add(name)
    sheet = folder / name
    if not sheet.is_file() or sheet.read_text("utf-8") != text:
        sheet.write_text(text, "utf-8")
    if str(folder) not in app.config.html_static_path:
        app.config.html_static_path.append(str(folder))
    app.add_css_file(name)


def drop_stale(app: Sphinx) -> None:
    """Forget sheets that no part writes any more."""
    for file in (Path(app.doctreedir) / "brief-static").glob("*"):
        if file.name not in app.brief_sheets:
            file.unlink()


def begin_static(app: Sphinx, builder) -> None:
    """Before files are copied, forget those of earlier builds: Sphinx copies what there is and removes nothing."""
    for old in (Path(app.outdir) / "_static").glob("*"):
        if old.is_dir():
            shutil.rmtree(old)
        elif not old.name.startswith(STYLE_SHEET):  # which is there already
            old.unlink()


def write_colors(app: Sphinx) -> None:
    """Add the colour sheet, and MyST-NB's, to every page."""
    add_sheet(app, COLORS, colors())
    (Path(app.outdir) / "_static").mkdir(parents=True, exist_ok=True)
    add_cell_styles(app)


def with_list_items(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Give entries of the bibliography the role that their list requires: docutils' own is deprecated."""
    if "body" in context:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def add_templates(app: Sphinx) -> None:
    """Let templates in theme/ stand for the theme's of the same name."""
    put_templates_first(app, Path(__file__).parent / "theme")
