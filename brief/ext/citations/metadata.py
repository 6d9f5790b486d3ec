"""What is published, by whom, when and where: CITATION.cff, and nothing else says so.

Every page has the edition's date: the same files give the same pages, whatever history a copy of them comes with.
"""

import datetime as dt
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from sphinx.application import Sphinx
from sphinx.util import logging

from brief import formats, project, settings
from brief.ext import anchors
from brief.ext.citations import people
from brief.ext.citations.citation_cff import NAME
from brief.ext.reading import json_schema, yaml_lines

LANGUAGE = "en-GB"
FROZEN = "BRIEF_EDITION"  # set while an edition is made: what it has besides the pages can be named
# What stands in CITATION.cff until a publisher fills it in.
_NOWHERE = "https://example.org"
_PLACEHOLDERS = {"authors": "The brief's authors", "publisher": "The brief's publisher", "url": _NOWHERE}
_LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Publication:
    """CITATION.cff of the book at `root`."""

    root: Path

    @cached_property
    def fields(self) -> dict:
        """The file as a dict: dates as text, each text on one line. It was found right before anything is built."""
        return _on_one_line(json_schema.plain(yaml_lines.read(self.root, NAME).value))

    @property
    def title(self) -> str:
        return self.fields["title"]

    @property
    def version(self) -> str:
        return self.fields["version"]

    @property
    def date(self) -> dt.date:
        """When the edition was released."""
        return dt.date.fromisoformat(self.fields["date-released"])

    @property
    def day(self) -> str:
        """ "15 January 2026" """
        return formats.render(self.date.isoformat(), "day")

    @property
    def moment(self) -> str:
        """The date as a file's metadata has it: no clock in the output."""
        return f"{self.date.isoformat()}T00:00:00Z"

    @property
    def licences(self) -> dict[str, str]:
        """The address of each licence by its SPDX name. Of several, a reader may choose."""
        names = self.fields["license"]
        return {
            name: _LICENCES.get(name, f"https://spdx.org/licenses/{name}.html")
            for name in ([names] if isinstance(names, str) else names)
        }

    @property
    def terms(self) -> str:
        """ "CC BY 4.0" """
        return " or ".join(self.licences).replace("CC-BY-", "CC BY ")

    @property
    def doi(self) -> str:
        """The report's own DOI, else that of the citation that it prefers; ""."""
        return self.fields.get("doi") or self.fields.get("preferred-citation", {}).get("doi", "")

    @property
    def publisher(self) -> str:
        return self.fields.get("preferred-citation", {}).get("publisher", {}).get("name", "")

    @property
    def authors(self) -> list[dict]:
        """As CSL has names: the parts of a person's, `literal` of an organisation or where no family name is known."""
        return [people.csl(author) for author in self.fields["authors"]]

    @property
    def names(self) -> list[str]:
        """The authors as they are written."""
        return [people.written(author) for author in self.authors]

    @property
    def home(self) -> str:
        """Where all editions are, with a slash at its end."""
        return self.fields["url"].rstrip("/") + "/"

    @property
    def base(self) -> str:
        """Where this edition is and stays, with a slash at its end."""
        return f"{self.home}{self.version}/"

    def address(self, docname: str) -> str:
        """The address of a page in this edition."""
        return self.base if docname == "index" else f"{self.base}{docname}.html"

    @property
    def placed(self) -> bool:
        """Whether it is known where the book is published."""
        return "url" not in self.unset()

    @property
    def repository(self) -> str:
        """Where the book's files can be cloned from; "" before that is known."""
        address = self.fields.get("repository-code", "")
        return "" if address.startswith(_NOWHERE) else address

    def pdf(self, docname: str) -> str:
        """The address of a page's PDF, which an edition has; "" before it is frozen."""
        name = "brief" if docname == "index" else docname.rpartition("/")[2]
        return f"{self.base}downloads/{name}.pdf" if self.frozen else ""

    def page(self, role: str) -> str:
        """The address of a page with a role: "ledger", "catalogue" ... of `settings.PAGES`."""
        return self.address(settings.read(self.root)[f"brief_{role}_page"])

    @property
    def frozen(self) -> bool:
        """Whether an edition is being made, rather than a working copy built."""
        return bool(os.environ.get(FROZEN))

    @property
    def key(self) -> str:
        """A name for citation keys: "bread-2026.1"."""
        place = re.sub(r"[^0-9A-Za-z._-]+", "-", unquote(self.home.rstrip("/").rpartition("/")[2])).strip("-")
        return f"{place or 'brief'}-{self.version}"

    @property
    def short(self) -> str:
        """Authors (year), title, edition."""
        return f"{', '.join(self.names)} ({self.date.year}), {self.title}, edition {self.version}"

    def unset(self) -> list[str]:
        """The names of what is still a placeholder."""
        said = {"authors": self.names, "publisher": [self.publisher], "url": [self.fields["url"]]}
        return [name for name, text in _PLACEHOLDERS.items() if any(s.startswith(text) for s in said[name])]


def _on_one_line(value: object) -> object:
    """Texts of a value without the line breaks that YAML's folded style leaves."""
    if isinstance(value, dict):
        return {key: _on_one_line(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_on_one_line(item) for item in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def publication(app: Sphinx) -> Publication:
    """That of the book being built; read once in a build."""
    if not hasattr(app, "brief_publication"):
        app.brief_publication = Publication(project.find_root(Path(app.srcdir)))
    return app.brief_publication


def table_address(app: Sphinx, name: str) -> str:
    """The address of a table's page in this edition."""
    return publication(app).base + anchors.table_page(app.config.brief_catalogue_page, name)


def configure(app: Sphinx, config) -> None:
    """Give Sphinx, and the pages, what would else stand in _config.yml a second time."""
    paper = publication(app)
    config.project = config.html_title = paper.title
    config.author = ", ".join(paper.names)
    config.copyright = f"{paper.date.year}, {config.author}"
    config.html_baseurl = paper.base
    config.myst_substitutions = {**config.myst_substitutions, "title": paper.title, "edition": paper.version}


def remind(app: Sphinx, error) -> None:
    """Say what the publisher has yet to set."""
    if not error and (unset := publication(app).unset()):
        logger.info(f"{NAME}: {', '.join(unset)} are still placeholders")
