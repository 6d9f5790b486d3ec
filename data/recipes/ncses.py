"""NCSES (US National Science Foundation): table APBS-1, AI-related articles, in a copy that lost its years."""

from brief.refresh import Part, Publisher, Table, Unreadable, keyed

PUBLISHER = Publisher(
    "National Center for Science and Engineering Statistics",
    address="https://ncses.nsf.gov/indicators",
    licence="US government work",
    every=24,
)

# The name is the last part of a label; the path before it is scrambled ("World -> Seychelles -> China").
ECONOMIES = {
    "World": "WLD", "Russia": "RUS", "China": "CHN", "United States": "USA", "India": "IND", "Germany": "DEU",
    "Iran": "IRN", "South Korea": "KOR", "Japan": "JPN", "France": "FRA",
}  # fmt: skip
YEARS = range(2003, 2023)  # the rows of a label are these, in order: the copy has no column for them


def articles(files):
    values: dict[str, list[int]] = {}
    for row in files["apbs-1"][0].rows:
        values.setdefault(row["time_period"].split(" -> ")[-1], []).append(int(row["value"]))
    for name, economy in ECONOMIES.items():
        if len(values.get(name, [])) != len(YEARS):
            raise Unreadable(f"has {len(values.get(name, []))} rows of {name}, not {len(YEARS)}, a year each")
        for year, value in zip(YEARS, values[name], strict=True):
            yield {"economy": economy, "year": year, "articles": value}


PARTS = [
    Part(
        "apbs-1",
        reaches=lambda file: str(YEARS[-1]),
        columns=("table_id", "row_id", "time_period", "value"),
        knows=lambda file: file.rows[0]["table_id"] == "9968",
        says_release=False,
    )
]
TABLES = [Table("talent/ai_articles", ["apbs-1"], articles, "ncses-ai-articles-", keyed("ncses-ai-articles-"))]
