"""Paper Copilot: lists of a conference's papers with the authors' affiliations, nips2016.json, icml2019.json."""

import re

from brief.refresh import Part, Publisher, PublisherFile, Table, Unreadable

PUBLISHER = Publisher(
    "Paper Copilot",
    address="https://papercopilot.com/paper-list/",
    licence="None stated in the repository; counts are ours",
    every=12,
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


def anywhere(record: dict) -> bool:
    """A keyword anywhere in affiliations, mail domains or addresses: what the table stood on, and wrong.

    It takes free mailboxes at yandex.com for Yandex, "Russian-Armenian" for Russia and iitpkd.ac.in for IITP.
    """
    text = " ".join(record.get(name) or "" for name in ("aff", "aff_domain", "aff_unique_url")).lower()
    return any(word in text for word in KEYWORDS)


def whole_words(record: dict) -> bool:
    """An affiliation names one of the keywords as a whole word."""
    return bool(RUSSIAN.search(record.get("aff") or ""))


def counted(files, russian, has_affiliation):
    for file in sorted(files["papers"], key=order):
        conference, year = edition(file)
        papers = [record for record in file.json if has_affiliation(record.get("aff") or "")]
        found = sum(map(russian, papers))
        yield {"conference": conference, "year": year, "papers": len(papers), "russian": found}


def papers(files):
    """As the table stands: an affiliation is whatever is in the field, were it only ";;;"."""
    return counted(files, anywhere, bool)


def papers_by_whole_words(files):
    """As it ought to be: records whose affiliation is more than separators."""
    return counted(files, whole_words, lambda affiliation: bool(affiliation.strip("; ")))


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
        corrected=papers_by_whole_words,
    )
]
