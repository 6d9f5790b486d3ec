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


def sums(rows: list[dict], of_requests: str, of_items: str):
    """Requests and the items they name, by half-year and economy; WLD is the sum of all rows, Europol's too.

    Two units, which go different ways: one request may name thousands of items.
    """
    counts: dict[str, dict[str, list[list[int | None]]]] = {}

    for row in rows:
        # "<10", and "?" of China in 2009 and 2010, are numbers that Google does not give: empty, and nought in WLD.
        numbers = [int(row[name]) if row.get(name, "").isdigit() else None for name in (of_requests, of_items)]
        period = counts.setdefault(row["Period Ending"], {})
        for code in filter(None, (ECONOMIES.get(row["CLDR Territory Code"]), "WLD")):
            period.setdefault(code, []).append(numbers)
    for when, period in sorted(counts.items()):
        for code, found in sorted(period.items()):
            asked, named = (total([row[place] for row in found]) for place in (0, 1))
            yield {"period_end": when, "economy": code, "requests": asked, "items": named}


def total(numbers: list[int | None]) -> int | None:
    """The sum of the numbers given; None where none is."""
    given = [number for number in numbers if number is not None]
    return sum(given) if given else None


def requests(files):
    """From June 2019 on, as Google counts today."""
    return sums(files["requests"][0].rows, "Number of Requests", "Items Requested To Be Removed")


def older_requests(files):
    """Before June 2019, by the count of then, which Google keeps apart."""
    rows = [row for row in files["historical"][0].rows if row["Period Ending"] < RECOUNTED]
    return sums(rows, OLD_COUNT, "All Requests: Items Requested To Be Removed")


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
FAMILY, PERIOD = "google-transparency-", ["period_end"]
TABLES = [
    Table("censorship/google_requests", ["requests"], requests, FAMILY, keyed(FAMILY), PERIOD),
    Table(
        "censorship/google_requests",
        ["historical"],
        older_requests,
        FAMILY,
        lambda _: "google-transparency-2022",  # the export that it came with
        PERIOD,
        ended="Google counts anew only from June 2019 on",
    ),
    Table("censorship/google_reasons", ["detailed"], reasons, FAMILY, keyed(FAMILY), PERIOD),
]
