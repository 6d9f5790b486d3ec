"""What is used of the two themes under a page, sphinx-book-theme and pydata-sphinx-theme, beyond what they promise."""

import re
from pathlib import Path

import pydata_sphinx_theme


def theme_file(name: str) -> str:
    """A static file of the theme, as text.

    Knows where they lie in the package: a theme publishes its files only as copies in a finished site. Seen in
    pydata-sphinx-theme 0.16.1.
    """
    folder = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
    return (folder / name).read_text("utf-8")


def icons(script: str) -> dict[str, tuple[str, str, str]]:
    """Width, height and path of each solid icon of Font Awesome by name, out of its script, `scripts/fontawesome.js`.

    Reads minified JavaScript: the theme brings Font Awesome in no other form. Seen in pydata-sphinx-theme 0.16.1.
    """
    found = re.findall(r'[{,]"?([a-z0-9-]+)"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"\]', script)
    return {name: tuple(shape) for name, *shape in found}  # the outlined icon comes first, the solid one last


def without_icon_font(sheet: str) -> str:
    """The theme's style sheet, `styles/pydata-sphinx-theme.css`, less Font Awesome's part of it.

    Reads minified CSS: the theme has it in one piece. Seen in pydata-sphinx-theme 0.16.1.
    """
    sheet = re.sub(r"@font-face\{[^}]*fontawesome[^}]*\}", "", sheet)
    return re.sub(r"\.fa[srb]?(?:-[a-z0-9-]+)?[^{}]*:?:before\{content:[^}]*\}", "", sheet)


def download_menu(context: dict) -> dict | None:
    """The group of buttons for downloads in a page's header, with its list `buttons`; None when the page has none.

    Uses `header_buttons` of the page's context and the group's label: options of the theme only turn the menu on
    and off. Seen in sphinx-book-theme 1.2.0.
    """
    groups = context.get("header_buttons", [])
    return next((group for group in groups if group.get("label") == "download-buttons"), None)


NOTEBOOK_BUTTON = "download-notebook-button"  # the label of the theme's own button for a page's source
