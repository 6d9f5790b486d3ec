"""The pages' own assets: style, scripts and letters, house colours as CSS variables, the theme."""

import base64
import json
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from brief import palette, project
from brief.ext.compat.of_notebooks import STYLE_SHEET, add_cell_styles
from brief.ext.compat.of_sphinx import keep_compiled
from brief.ext.templating import Compiled

COLORS = "brief-colors.css"
THEME, PARENT = "brief", "sphinx_book_theme"
STATIC = Path(project.__file__).parent / "static"
# In the order in which pages ask for them, before what a book has of its own in _static.
SHEETS, PRINTED = ("brief-icons.css", "brief-fonts.css", "brief.css"), "brief-print.css"
SCRIPTS = ("brief.js", "brief-edition.js", "brief-figures.js", "brief-search.js")
LETTERS = "brief-letters.js"
_LETTERS = """// Source Sans 3 by Adobe, renamed, under the SIL Open Font License: the files of fonts/, decoded at once.
for (const [weight, data] of Object.entries(%s)) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  document.fonts.add(new FontFace("Brief Sans", bytes, { weight }));
}
"""
_EARLY = 700  # Sphinx's priority of a book's own is 800


def colors(config: Config) -> str:
    """The palette as CSS variables, light and dark, and by what they are for: accent, mark, peer1, peer2."""
    economies = config.brief_colors
    known = palette.variables(economies)
    light = "".join(f"  --brief-{name}: {pair[0]};\n" for name, pair in known.items())
    dark = "".join(f"  --brief-{name}: {pair[1]};\n" for name, pair in known.items())
    roles = palette.roles(economies, config.brief_accents, config.brief_peers)
    named = "".join(f"  --brief-{role}: var(--brief-{name});\n" for role, name in roles.items())
    return f":root {{\n{light}{named}}}\n@media not print {{\nhtml[data-theme='dark'] {{\n{dark}}}\n}}\n"


def keep_templates(app: Sphinx) -> None:
    """Compile the theme's templates once, not in each build."""
    keep_compiled(app, Compiled())


def add_static(app: Sphinx) -> None:
    """Serve style, scripts and letters from this package; a file of the same name in the book's _static goes before."""
    app.config.html_static_path.insert(0, str(STATIC))
    for name in SHEETS:
        app.add_css_file(name, priority=_EARLY)
    app.add_css_file(PRINTED, priority=_EARLY, media="print")
    for name in SCRIPTS:
        app.add_js_file(name, priority=_EARLY)


def add_asset(app: Sphinx, name: str, text: str) -> None:
    """Put a sheet or a script among the static files before any page is written: its link carries its checksum."""
    folder = Path(app.doctreedir) / "brief-static"
    folder.mkdir(parents=True, exist_ok=True)
    app.__dict__.setdefault("brief_assets", set()).add(name)
    sheet = folder / name
    if not sheet.is_file() or sheet.read_text("utf-8") != text:
        sheet.write_text(text, "utf-8")
    if str(folder) not in app.config.html_static_path:
        app.config.html_static_path.append(str(folder))
    (app.add_js_file if name.endswith(".js") else app.add_css_file)(name)


def write_letters(app: Sphinx) -> None:
    """Add the letters as a script, which has them ready before the first paint, on the first page and from disk too.

    A style sheet's come after it: a page would show other letters first, and then move.
    """
    files = {
        weight: STATIC / "fonts" / f"brief-sans-{name}.woff2" for name, weight in (("regular", 400), ("bold", 700))
    }
    faces = {weight: base64.b64encode(file.read_bytes()).decode() for weight, file in files.items()}
    add_asset(app, LETTERS, _LETTERS % json.dumps(faces))


def drop_stale(app: Sphinx) -> None:
    """Forget sheets that no part writes any more."""
    for file in (Path(app.doctreedir) / "brief-static").glob("*"):
        if file.name not in app.brief_assets:
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
    add_asset(app, COLORS, colors(app.config))
    (Path(app.outdir) / "_static").mkdir(parents=True, exist_ok=True)
    add_cell_styles(app)


def with_filters(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Give a page that has a list to filter what that takes; other pages do not ask for it."""
    if 'class="filter ' in context.get("body", ""):
        app.add_css_file("brief-tables.css", priority=_EARLY)
        app.add_js_file("brief-filter.js", priority=_EARLY)


def choose_theme(app: Sphinx, config: Config) -> None:
    """Pages have our theme where a book names none: Jupyter Book's, with the templates of theme/."""
    if config.html_theme == PARENT:
        config.html_theme = THEME


def setup(app: Sphinx) -> None:
    app.add_html_theme(THEME, str(Path(__file__).parent / "theme"))
