"""zapret-info: dumps of Roskomnadzor's register of banned sites, dump.csv, one a date."""

import re
from collections import Counter

from brief.refresh import Part, Publisher, PublisherFile, Table, Unreadable, keyed

PUBLISHER = Publisher(
    "Roskomnadzor, through zapret-info",
    address="https://github.com/zapret-info/z-i",
    licence="None stated; counts are ours",
    ended="later dumps are in parts, which were not read",
    passes_on=True,
)

AGENCIES = {
    "Роспотребнадзор": "Consumer watchdog (suicide)",
    "ФСКН": "Drug control service",
    "Мосгорсуд": "Moscow City Court (copyright)",
    "Генпрокуратура": "Prosecutor General",
    "Роскомнадзор": "Roskomnadzor",
    "ФНС": "Tax service (gambling)",
}
COURTS = "Courts"  # all others with "суд" in their name: most dumps say only "суд", some name the court


def stamp(file: PublisherFile) -> str:
    """The day in the first line, "Updated: 2016-06-13 12:04:00 +0000"."""
    found = re.search(rb"Updated: (\d{4}-\d\d-\d\d)", file.content[:100])
    if not found:
        raise Unreadable("does not say in its first line of when it is")
    return found[1].decode()


def agencies(file: PublisherFile) -> list[str]:
    """The agency of each entry. In a dump it is the third field from the right: addresses hold semicolons, so that
    counting from the left loses up to six entries a dump. An excerpt has it in a column of its own."""
    if file.content.startswith(b"stamp,"):
        return [line.split(",")[1] for line in file.text.splitlines()[2:]]
    lines = file.content.decode("cp1251").splitlines()[1:]
    return [line.split(";")[-3].strip() for line in lines if line.count(";") >= 3]


def named(agency: str) -> str:
    name = AGENCIES.get(agency) or (COURTS if "суд" in agency.lower() else None)
    if name is None:
        raise Unreadable(f"has an agency that the recipe does not name: {agency!r}")
    return name


def by_agency(files):
    """Entries by agency in the last dump of each quarter."""
    last = {}
    for file in sorted(files["dump"], key=stamp):
        day = stamp(file)
        last[day[:4], (int(day[5:7]) + 2) // 3] = file
    for file in last.values():
        for agency, entries in sorted(Counter(named(agency) for agency in agencies(file)).items()):
            yield {"date": stamp(file), "agency": agency, "entries": entries}


PARTS = [Part("dump", stamp, knows=lambda file: b"Updated: " in file.content[:100], many=True)]
TABLES = [
    Table(
        "censorship/register_by_agency", ["dump"], by_agency, "zapret-register-", keyed("zapret-register-"), by=["date"]
    )
]
