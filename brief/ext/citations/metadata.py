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
from brief.ext.citations import licences, origin, people
from brief.ext.reading import json_schema, yaml_lines
from brief.project import CITATION

LANGUAGE = "en-GB"
FROZEN = "BRIEF_EDITION"  # set while an edition is made: what it has besides the pages can be named
LATEST = "latest"  # what stands in the place of the newest edition's name
# The format asks for an author; what its guide gives for one who is not named, and what we read as none.
_NOBODY = {"name": "anonymous"}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Publication:
    """CITATION.cff of the book at `root`."""

    root: Path

    @cached_property
    def fields(self) -> dict:
        """The file as a dict: dates as text, each text on one line. It was found right before anything is built."""
        return json_schema.plain(yaml_lines.read(self.root, CITATION).value, lambda text: " ".join(text.split()))

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
        return {name: licences.address(name) for name in ([names] if isinstance(names, str) else names)}

    @property
    def terms(self) -> str:
        """ "CC BY 4.0" """
        return " or ".join(self.licences).replace("CC-BY-", "CC BY ")

    @property
    def doi(self) -> str:
        """The report's own DOI, else that of the citation that it prefers; ""."""
        return self.fields.get("doi") or self.fields.get("preferred-citation", {}).get("doi", "")

    @cached_property
    def kind(self) -> str:
        """What the book is, without its article: "Policy brief"."""
        words = re.sub(r"^(an?|the) ", "", settings.read(self.root)["brief_kind"], flags=re.IGNORECASE)
        return words[:1].upper() + words[1:]

    @property
    def publisher(self) -> str:
        return self.fields.get("preferred-citation", {}).get("publisher", {}).get("name", "")

    @property
    def authors(self) -> list[dict]:
        """As CSL has names: the parts of a person's, `literal` of an organisation or where no family name is known."""
        return [people.csl(author) for author in self.credited]

    @property
    def credited(self) -> list[dict]:
        """The authors as CITATION.cff has them; none where the book is nobody's yet."""
        return [author for author in self.fields["authors"] if author != _NOBODY]

    @property
    def names(self) -> list[str]:
        """The authors as they are written."""
        return [people.written(author) for author in self.authors]

    @property
    def home(self) -> str:
        """Where all editions are, with a slash at its end; "" before that is known."""
        return f"{self.fields['url'].rstrip('/')}/" if "url" in self.fields else ""

    @property
    def base(self) -> str:
        """Where this edition is and stays, with a slash at its end; "" before that is known."""
        return f"{self.home}{self.version}/" if self.home else ""

    def newest(self, docname: str = "index") -> str:
        """Where the newest edition is, or its page of this name: a frozen file cannot know which that is; "" before
        the address is known."""
        at = f"{self.home}{LATEST}/"
        return (at if docname == "index" else f"{at}{docname}.html") if self.home else ""

    def address(self, docname: str, anchor: str = "") -> str:
        """The address of a page in this edition, or of a place on it; "" before that is known."""
        if not self.base:
            return ""
        return (self.base if docname == "index" else f"{self.base}{docname}.html") + (f"#{anchor}" if anchor else "")

    def file(self, path: str) -> str:
        """The address of a file in this edition; "" before that is known."""
        return f"{self.base}{path}" if self.base else ""

    @property
    def repository(self) -> str:
        """Where the book's files can be cloned from; "" before that is known."""
        return self.fields.get("repository-code", "")

    def pdf(self, docname: str) -> str:
        """The address of a page's PDF, which an edition has; "" before it is frozen."""
        name = "brief" if docname == "index" else docname.rpartition("/")[2]
        return self.file(f"downloads/{name}.pdf") if self.frozen else ""

    def page(self, role: str) -> str:
        """The address of a page with a role: "ledger", "catalogue" ... of `settings.PAGES`."""
        return self.address(settings.read(self.root)[f"brief_{role}_page"])

    @property
    def frozen(self) -> bool:
        """Whether an edition is being made, rather than a working copy built."""
        return bool(os.environ.get(FROZEN))

    @property
    def key(self) -> str:
        """A name for citation keys: "bread-2026.1", of the address, or of the title's first words."""
        place = unquote(self.home.rstrip("/").rpartition("/")[2]) or "-".join(self.title.lower().split()[:3])
        place = re.sub(r"[^0-9A-Za-z._-]+", "-", place).strip("-")
        return f"{place or 'brief'}-{self.version}"

    @property
    def short(self) -> str:
        """Authors (year), title, edition; without authors, the title takes their place."""
        lead = f"{', '.join(self.names)} ({self.date.year}), {self.title}" if self.names else ""
        return f"{lead or f'{self.title} ({self.date.year})'}, edition {self.version}"

    @property
    def imprint(self) -> str:
        """ "Ann Baker. Edition 2026.1, 15 January 2026" """
        return f"{'. '.join([', '.join(self.names)] * bool(self.names) + [f'Edition {self.version}'])}, {self.day}"

    def unset(self) -> list[str]:
        """What the publisher has yet to say in CITATION.cff."""
        said = {"authors": self.names, "publisher": self.publisher, "address": self.home}
        return [name for name, known in said.items() if not known]


def publication(app: Sphinx) -> Publication:
    """That of the book being built; read once in a build."""
    if not hasattr(app, "brief_publication"):
        app.brief_publication = Publication(project.find_root(Path(app.srcdir)))
    return app.brief_publication


def table_address(app: Sphinx, name: str) -> str:
    """The address of a table's page in this edition; "" before it is known."""
    return publication(app).file(anchors.table_page(app.config.brief_catalogue_page, name))


def configure(app: Sphinx, config) -> None:
    """Give Sphinx, and the pages, what would else stand in _config.yml a second time."""
    paper = publication(app)
    config.project = config.html_title = paper.title
    config.author = ", ".join(paper.names)
    config.copyright = ", ".join([str(paper.date.year), *paper.names])
    config.html_baseurl = paper.base
    config.myst_substitutions = {**config.myst_substitutions, "title": paper.title, "edition": paper.version}


def remind(app: Sphinx, error) -> None:
    """Say what the publisher has yet to set."""
    if not error and (unset := publication(app).unset()):
        logger.info(f"{CITATION}: not set yet: {', '.join(unset)}; citations and editions go without")
        if "address" in unset and (offered := origin.pages_address(publication(app).root)):
            logger.info(f"{CITATION}: a site of this repository is usually served at {offered}: as `url`, if it is")
