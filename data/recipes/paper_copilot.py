"""Paper Copilot: lists of a conference's papers with the authors' affiliations, nips2016.json, icml2019.json."""

import re

from brief.refresh import Part, Publisher, PublisherFile, Table, Unreadable

PUBLISHER = Publisher(
    "Paper Copilot",
    address="https://papercopilot.com/paper-list/",
    licence="None stated in the repository; counts are ours",
    ended="later lists are larger than the copy holds; their rows were counted by hand",
)

CONFERENCES = {"nips": "NeurIPS", "icml": "ICML"}
# What a Russian affiliation is known by.
KEYWORDS = (
    "russia", "moscow", "skoltech", "skolkovo", "higher school of economics", "hse", "yandex", "mipt", "phystech",
    "lomonosov", "st petersburg", "steklov", "itmo", "novosibirsk", "sberbank", "innopolis", "iitp",
)  # fmt: skip
# "russia" as a whole word is also in "Russian-Armenian University", which is in Yerevan: so "russian" only in these.
RUSSIAN = re.compile(
    r"\b(?:" + "|".join(KEYWORDS) + r"|russian federation|russian academy)\b".replace(" ", r"[\s.-]+"), re.IGNORECASE
)


def edition(file: PublisherFile) -> tuple[str, int]:
    """Conference and year, which only the file's name has."""
    found = re.match(r"(nips|icml)(\d{4})\b", file.name.rsplit("/", 1)[-1])
    if not found:
        raise Unreadable("does not say of which conference it is: its name needs it, as in nips2016.json")
    return CONFERENCES[found[1]], int(found[2])


def order(file: PublisherFile) -> tuple[int, int]:
    conference, year = edition(file)
    return list(CONFERENCES.values()).index(conference), year


def papers(files):
    """Records whose affiliations are more than separators, and those of them that name a keyword as a whole word.

    Only in the affiliations: mail domains would take free mailboxes at yandex.com for Yandex, and parts of words the
    address iitpkd.ac.in for IITP.
    """
    for file in sorted(files["papers"], key=order):
        conference, year = edition(file)
        affiliations = [text for record in file.json if (text := (record.get("aff") or "").strip("; "))]
        found = sum(bool(RUSSIAN.search(text)) for text in affiliations)
        row = {"conference": conference, "year": year, "papers": len(affiliations), "russian": found}
        yield row | {"method": "words in affiliations"}


def knows(file: PublisherFile) -> bool:
    return file.is_json and isinstance(file.json, list) and {"id", "title", "aff"} <= set(file.json[0])


FAMILY = "papercopilot-conferences-"
PARTS = [Part("papers", lambda file: str(edition(file)[1]), knows=knows, many=True)]
TABLES = [
    Table(
        "talent/conference_papers",
        ["papers"],
        papers,
        FAMILY,
        lambda release: FAMILY + release,
        by=["conference", "year"],
    )
]
