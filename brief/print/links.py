"""Where a link leads on paper: to the printed page that holds its target, else to the site's address."""

import posixpath
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from brief.print.printed_pages import Page, slug


def anchor(name: str, id: str) -> str:
    """The id, in a file that holds several pages, of what has `id` on the page `name`."""
    return f"{slug(name)}.{id}" if id else slug(name)


class Links:
    """The links of the printed `pages`: `within` gives the address of a page and an id in the file being made.

    If that holds several pages, ids are told apart by their page's name.
    """

    def __init__(
        self, pages: list[Page], address: str, within: Callable[[str, str], str] = lambda *at: f"#{anchor(*at)}"
    ) -> None:
        self.held = {page.name: {tag["id"] for tag in page.body.select("[id]")} for page in pages}
        self.address, self.within = address, within

    def lead(self, page: Page) -> None:
        """Turn each link of a page."""
        for link in page.body.select("a[href]"):
            link["href"] = self.resolved(page.name, link["href"])
            if not link["href"]:  # on the site alone, whose address is not known yet: its words stay
                link.unwrap()
            elif link["href"].startswith("#"):
                link["class"] = [*link.get("class", []), "inside"]

    def resolved(self, name: str, href: str) -> str:
        """`href` as it stands on the page `name`, for paper."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return href
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path)) if parts.path else f"{name}.html"
        target, fragment = path.removesuffix(".html"), unquote(parts.fragment)
        if target in self.held and path.endswith(".html"):
            return self.within(target, fragment if fragment in self.held[target] else "")
        return self.address and self.address + path + (f"#{parts.fragment}" if parts.fragment else "")


def tell_apart(page: Page) -> None:
    """Give each id of a page its page's name, and the page itself an id."""
    for tag in page.body.select("[id]"):
        tag["id"] = anchor(page.name, tag["id"])
    page.body["id"] = anchor(page.name, "")
