"""What is used of the two themes under a page, sphinx-book-theme and pydata-sphinx-theme, beyond what they promise."""

import re


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
