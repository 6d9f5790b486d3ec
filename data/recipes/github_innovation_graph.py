"""GitHub Innovation Graph: developers.csv, git_pushes.csv and economy_collaborators.csv of a quarterly release."""

from brief.refresh import Part, Publisher, PublisherFile, Table

PUBLISHER = Publisher(
    "GitHub Innovation Graph",
    address="https://github.com/github/innovationgraph/tree/main/data",
    licence="CC0 1.0",
    every=3,
)

ECONOMIES = {
    "AE": "ARE", "AM": "ARM", "CN": "CHN", "CY": "CYP", "DE": "DEU", "GE": "GEO", "IN": "IND", "KZ": "KAZ",
    "RS": "SRB", "RU": "RUS", "TR": "TUR", "US": "USA",
}  # fmt: skip
# The collaboration table has Russia's partners, without India: where Russians went, and the three largest powers.
PARTNERS = set(ECONOMIES) - {"IN", "RU"}


def release(file: PublisherFile) -> str:
    return max(f"{row['year']}Q{row['quarter']}" for row in file.rows)


def first_day(row: dict) -> str:
    return f"{row['year']}-{int(row['quarter']) * 3 - 2:02}-01"


def activity(files):
    """Developers and pushes by quarter and economy; WLD is the sum of all codes but EU, which is an aggregate."""
    (developers,), (pushes,) = files["developers"], files["git_pushes"]
    pushed = {(row["year"], row["quarter"], row["iso2_code"]): int(row["git_pushes"]) for row in pushes.rows}
    found, world = [], {}
    for row in developers.rows:
        when, code = first_day(row), row["iso2_code"]
        both = [int(row["developers"]), pushed.get((row["year"], row["quarter"], code), 0)]
        if code != "EU":
            total = world.setdefault(when, [0, 0])
            total[0], total[1] = total[0] + both[0], total[1] + both[1]
        if code in ECONOMIES:
            found.append((when, ECONOMIES[code], *both))
    found += [(when, "WLD", *total) for when, total in world.items()]
    for row in sorted(found):
        yield dict(zip(("quarter", "economy", "developers", "pushes"), row, strict=True))


def collaboration(files):
    """From Russia into an economy's repositories, and back. The publisher leaves out flows below 100: no row."""
    for row in files["economy_collaborators"][0].rows:
        ends = row["source"], row["destination"]
        for partner, direction in ((ends[1], "out_of_russia"), (ends[0], "into_russian")):
            if partner in PARTNERS and ends == (("RU", partner) if direction == "out_of_russia" else (partner, "RU")):
                yield {
                    "quarter": first_day(row),
                    "economy": ECONOMIES[partner],
                    "direction": direction,
                    "pushes": int(row["weight"]),
                }


PERIOD = ("year", "quarter")
PARTS = [
    Part("developers", release, columns=("developers", "iso2_code", *PERIOD)),
    Part("git_pushes", release, columns=("git_pushes", "iso2_code", *PERIOD)),
    Part("economy_collaborators", release, columns=("weight", "source", "destination", *PERIOD)),
]


def key(release: str) -> str:
    return f"github-innovation-graph-{release.lower()}"


FAMILY = "github-innovation-graph-"
TABLES = [
    Table(
        "talent/github_activity",
        ["developers", "git_pushes"],
        activity,
        FAMILY,
        key,
        processing="Eleven economies and Russia from the release of {release}; WLD is the sum of all economies without "
        "the aggregate of the European Union.",
    ),
    Table(
        "talent/collaboration",
        ["economy_collaborators"],
        collaboration,
        FAMILY,
        key,
        processing="Ten partners of the release of {release}.",
    ),
]
