"""TOP500.org: the list files of June and November, TOP500_YYYYMM.xls or .xlsx."""

import re
from math import fsum

from brief.refresh import Part, Publisher, PublisherFile, Table, Unreadable, keyed

PUBLISHER = Publisher(
    "TOP500.org",
    address="https://top500.org/lists/top500/",
    licence="None stated on the list files; facts, credit TOP500",
    months=(6, 11),
)

# The lists name countries in words, and some in two ways; "Saudia Arabia" is the publisher's slip of 2007 and 2009.
# Hong Kong has a name of its own in the lists and is not added to China.
ECONOMIES = {
    "Brazil": "BRA", "China": "CHN", "France": "FRA", "Germany": "DEU", "India": "IND", "Italy": "ITA",
    "Japan": "JPN", "Kazakhstan": "KAZ", "Russia": "RUS", "Saudi Arabia": "SAU", "Saudia Arabia": "SAU",
    "Korea, South": "KOR", "South Korea": "KOR", "United Arab Emirates": "ARE", "United Kingdom": "GBR",
    "United States": "USA",
}  # fmt: skip
# Rmax is in GFlop/s to 2016 and in TFlop/s since, and the column's name says which; we keep TFlop/s.
RMAX = {"RMax": 1000, "Rmax": 1000, "Rmax [TFlop/s]": 1}
LENGTH = 500


def table(file: PublisherFile) -> list[dict]:
    """The systems of a list: its header is the first row that has "Rank" (the first or second of the sheet)."""
    top = next((n for n, row in enumerate(file.sheet[:5]) if "Rank" in row), None)
    if top is None:
        raise Unreadable('has no row with "Rank" at its head')
    names = [str(name).strip() for name in file.sheet[top]]
    systems = [dict(zip(names, row, strict=False)) for row in file.sheet[top + 1 :] if row and row[0] != ""]
    lacking = [name for name in ("Rank", "Country", "Computer", "Site", "Year") if name not in names]
    if lacking or not set(RMAX) & set(names):
        raise Unreadable(f"has no column {', '.join(lacking) or 'Rmax'}; it has {', '.join(names[:12])}")
    if len(systems) != LENGTH:
        raise Unreadable(f"has {len(systems)} systems, a list has {LENGTH}: is it cut?")
    unit = next(name for name in RMAX if name in names)
    return [system | {"rmax": system[unit] / RMAX[unit], "rank": int(system["Rank"])} for system in systems]


def is_list(file: PublisherFile) -> bool:
    return file.is_workbook and any("Rmax" in str(c) or "RMax" in str(c) for row in file.sheet[:5] for c in row)


def month(file: PublisherFile) -> str:
    """Only the file's name has the month: TOP500_202606.xlsx is of 2026-06."""
    found = re.search(r"(20\d\d)(06|11)", file.name.rsplit("/", 1)[-1])
    if not found:
        raise Unreadable("does not say of which list it is: its name needs the month, as in TOP500_202606.xlsx")
    return "-".join(found.groups())


def lists(files) -> list[tuple[str, list[dict]]]:
    return [(month(file), table(file)) for file in sorted(files["list"], key=month)]


def by_economy(files):
    """Systems, the sum of their Rmax and the best rank of each economy, and of the whole list as WLD."""
    order = list(dict.fromkeys(ECONOMIES.values()))
    for when, systems in lists(files):
        groups = {}
        for system in systems:
            if code := ECONOMIES.get(system["Country"].strip()):
                groups.setdefault(code, []).append(system)
        for code in [*(code for code in order if code in groups), "WLD"]:
            own = groups.get(code, systems)
            yield {
                "list": when,
                "economy": code,
                "systems": len(own),
                # Ten sums end in 5 at the next decimal: summed without error, then Python's round.
                "rmax": round(fsum(system["rmax"] for system in own), 1),
                "best_rank": min(system["rank"] for system in own),
            }


def frontier(files):
    """Rmax of the first and the last system of a list and of the best Russian one."""
    for when, systems in lists(files):
        russian = [system for system in systems if system["Country"].strip() == "Russia"]
        first, last = systems[0], systems[-1]
        yield _measure(when, "rank_1", ECONOMIES[first["Country"].strip()], first)
        yield _measure(when, "rank_500", None, last)  # whose it is says nothing
        yield _measure(when, "best_russian", "RUS", russian[0] if russian else None)


def _measure(when, measure, economy, system):
    return {"list": when, "measure": measure, "economy": economy, "rmax": system and round(system["rmax"], 2)}


def russian_systems(files):
    """Each Russian system from June 2015: older lists say too little of accelerators."""
    for when, systems in lists(files):
        for system in systems:
            if system["Country"].strip() == "Russia" and when >= "2015-06":
                chip = tidy(system["Accelerator/Co-Processor"])
                yield {
                    "list": when,
                    "rank": system["rank"],
                    # A system without a name goes by its model: the part of Computer before the first comma.
                    "name": tidy(system["Name"]) or tidy(system["Computer"].split(",")[0]),
                    "site": tidy(system["Site"]),
                    "year_installed": int(system["Year"]),
                    "rmax": round(system["rmax"], 1),
                    "accelerator": None if chip == "None" else chip,
                }


def tidy(text: str) -> str:
    """Without zero-width spaces ("NVIDIA A100\u200b 80GB") and double ones."""
    return " ".join(str(text).replace("\u200b", "").split())


PARTS = [Part("list", reaches=month, knows=is_list, many=True)]
TABLES = [
    Table(name, ["list"], rows, "top500-lists-", keyed("top500-lists-"), by=["list"])
    for name, rows in [
        ("hardware/top500_by_economy", by_economy),
        ("hardware/top500_frontier", frontier),
        ("hardware/top500_russian_systems", russian_systems),
    ]
]
