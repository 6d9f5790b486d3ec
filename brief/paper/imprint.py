"""What the book says of itself on a cover and in a file's metadata: CITATION.cff is the one truth."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from brief.build.publication import Publication


@dataclass(frozen=True)
class Imprint:
    """Title, authors, edition, date and address of the book."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    publisher: str
    version: str
    released: date
    address: str
    licence: str
    keywords: tuple[str, ...]

    @property
    def day(self) -> str:
        """ "24 November 2026" """
        return f"{self.released.day} {self.released:%B %Y}"

    @property
    def moment(self) -> str:
        """The date as a file's metadata has it: no clock in the output."""
        return f"{self.released.isoformat()}T00:00:00Z"

    @property
    def terms(self) -> str:
        """ "CC BY 4.0" """
        return self.licence.replace("CC-BY-", "CC BY ")


def read(root: Path) -> Imprint:
    """The imprint of the book at `root`."""
    paper = Publication(root)
    return Imprint(
        title=paper.title,
        abstract=paper.fields["abstract"],
        authors=tuple(paper.names),
        publisher=paper.publisher,
        version=paper.version,
        released=paper.date,
        address=paper.base,
        licence=paper.fields["license"],
        keywords=tuple(paper.fields["keywords"]),
    )
