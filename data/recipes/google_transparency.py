"""Google Transparency Report: the export of government requests to remove content, by requester and by reason."""

from brief.refresh import Part, Publisher, PublisherFile, Table, keyed

PUBLISHER = Publisher(
    "Google",
    address="https://transparencyreport.google.com/government-removals/overview",
    licence="Google's terms; cite",
    every=6,
)

ECONOMIES = {
    "BR": "BRA", "CN": "CHN", "DE": "DEU", "FR": "FRA", "GB": "GBR", "IN": "IND", "IR": "IRN", "KR": "KOR",
    "RU": "RUS", "TR": "TUR", "TW": "TWN", "US": "USA",
}  # fmt: skip
# Counted anew from here on. This half-year is in both files and differs (Russia 10,965 and 10,991): the newer wins.
RECOUNTED = "2019-06-30"
OLD_COUNT = "All Requests: Number of Requests"


def release(file: PublisherFile) -> str:
    return max(row["Period Ending"] for row in file.rows)


def requests(files):
    """Requests and the items they name, by half-year and economy; WLD is the sum of all rows, Europol's too.

    Two units, which go different ways: one request may name thousands of items.
    """
    counts: dict[str, dict[str, list[list[int | None]]]] = {}

    def add(row: dict, columns: tuple[str, str]) -> None:
        # "<10", and "?" of China in 2009 and 2010, are numbers that Google does not give: empty, and nought in WLD.
        numbers = [int(row[name]) if row.get(name, "").isdigit() else None for name in columns]
        period = counts.setdefault(row["Period Ending"], {})
        for code in filter(None, (ECONOMIES.get(row["CLDR Territory Code"]), "WLD")):
            period.setdefault(code, []).append(numbers)

    for file in files.get("historical", []):
        for row in file.rows:
            if row["Period Ending"] < RECOUNTED:
                add(row, (OLD_COUNT, "All Requests: Items Requested To Be Removed"))
    for row in files["requests"][0].rows:
        add(row, ("Number of Requests", "Items Requested To Be Removed"))
    for when, period in sorted(counts.items()):
        for code, rows in sorted(period.items()):
            sums = [total([row[place] for row in rows]) for place in (0, 1)]
            yield {"period_end": when, "economy": code, "requests": sums[0], "items": sums[1]}


def total(numbers: list[int | None]) -> int | None:
    """The sum of the numbers given; None where none is."""
    given = [number for number in numbers if number is not None]
    return sum(given) if given else None


def reasons(files):
    """Russia's requests by reason, over all products. From June 2012: of 2011 there are four rows."""
    totals: dict[tuple[str, str], int] = {}
    for row in files["detailed"][0].rows:
        if row["CLDR Territory Code"] == "RU" and row["Period Ending"] >= "2012-06-30":
            at = row["Period Ending"], row["Reason"]
            totals[at] = totals.get(at, 0) + int(row["Total"])
    for (when, reason), total in sorted(totals.items()):
        yield {"period_end": when, "economy": "RUS", "reason": reason, "requests": total}


PLACE = ("Period Ending", "Country/Region", "CLDR Territory Code")
PARTS = [
    # The column before these two is "Requester" in the export of 2022 and "Requestor" in that of 2025.
    Part("requests", release, columns=(*PLACE, "Number of Requests", "Items Requested To Be Removed")),
    Part("historical", release, columns=(*PLACE, OLD_COUNT)),
    Part("detailed", release, columns=(*PLACE, "Product", "Reason", "Total")),
]
KEY = keyed("google-transparency-")
TABLES = [
    Table(
        "censorship/google_requests",
        ["requests"],
        requests,
        "google-transparency-",
        KEY,
        by=["period_end"],
        optional=["historical"],
    ),
    Table("censorship/google_reasons", ["detailed"], reasons, "google-transparency-", KEY, by=["period_end"]),
]
