"""Tortoise Media: the Global AI Index, scores of 62 economies; by the order of its leaders the edition of 2021."""

from brief.refresh import Part, Publisher, Table

PUBLISHER = Publisher(
    "Tortoise Media",
    address="https://www.tortoisemedia.com/intelligence/global-ai/",
    licence="None stated; facts with citation",
    ended="no file of a later edition is offered",
)

# The countries of the G20, chosen by that rule and not by what they score.
G20 = {
    "United States": "USA", "China": "CHN", "United Kingdom": "GBR", "Canada": "CAN", "South Korea": "KOR",
    "Germany": "DEU", "France": "FRA", "Australia": "AUS", "Japan": "JPN", "India": "IND", "Saudi Arabia": "SAU",
    "Italy": "ITA", "Russia": "RUS", "Brazil": "BRA", "Mexico": "MEX", "Argentina": "ARG", "Turkey": "TUR",
    "Indonesia": "IDN", "South Africa": "ZAF",
}  # fmt: skip
PILLARS = (
    "Talent", "Infrastructure", "Operating Environment", "Research", "Development", "Government Strategy",
    "Commercial", "Total score",
)  # fmt: skip


def index(files):
    """Scores as printed; the rank is ours, over all rows: one more than the number of higher scores."""
    rows = files["index"][0].rows
    scores = {pillar: [float(row[pillar]) for row in rows] for pillar in PILLARS}
    for row in rows:
        for pillar in PILLARS if row["Country"] in G20 else ():
            score = float(row[pillar])
            rank = 1 + sum(other > score for other in scores[pillar])
            yield {
                "economy": G20[row["Country"]],
                "pillar": pillar,
                "score": score,
                "rank": rank,
                "of": len(rows),
            }


PARTS = [Part("index", reaches=lambda file: "", columns=("Country", *PILLARS), says_release=False)]
TABLES = [Table("competitiveness/tortoise", ["index"], index, "tortoise-index-", lambda _: "tortoise-index-2021")]
