"""Our World in Data: the full CSV of a chart, with Entity, Code, Year and a column of values.

The rows stand in the order of the file, by entity and year.
"""

from brief.refresh import Part, Publisher, PublisherFile, Table, keyed

CHARTS = "https://ourworldindata.org/grapher/"
PUBLISHER = Publisher(
    "Our World in Data",
    address=CHARTS,
    licence="CC BY 4.0; V-Dem's index CC BY-SA 4.0; Reporters Without Borders: cite",
    every=12,
    passes_on=True,
)

# A chart's columns are renamed from time to time, so each value goes by the names seen.
EXPRESSION = (
    "Freedom of expression and alternative sources of information index (central estimate)",  # V-Dem v15
    "Freedom of expression index",  # v16
)
PUBLICATIONS = ("All", "Number of articles - Field: All")  # the newer vintage first
INVESTMENT = ("All", "Estimated investment - Field: All")
SYSTEMS = ("Cumulative number of large-scale AI systems by country",)
RESEARCHERS = ("Researchers in R&D (per million people)",)
PRESS = ("Press Freedom Score",)

# Russia, the leaders in AI, neighbours and cases to compare with.
EXPRESSION_OF = ["CHN", "DEU", "IND", "IRN", "ISR", "KAZ", "POL", "RUS", "KOR", "TUR", "UKR", "ARE", "USA", "VNM"]
PUBLICATIONS_OF = ["CHN", "FRA", "DEU", "IND", "IRN", "KAZ", "RUS", "KOR", "TUR", "UKR", "GBR", "USA", "OWID_WRL"]
INVESTMENT_OF = ["CHN", "IND", "RUS", "USA", "OWID_WRL"]
RESEARCHERS_OF = ["CHN", "DEU", "IND", "KAZ", "RUS", "KOR", "USA"]
PRESS_OF = ["CHN", "DEU", "IND", "IRN", "KAZ", "RUS", "TUR", "USA"]
# Aggregates have no code, or one of Our World in Data's own.
WORLD = {"OWID_WRL": "WLD"}


def column(file: PublisherFile, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in file.header), None)


def last_year(file: PublisherFile) -> str:
    return max(row["Year"] for row in file.rows)


def series(file: PublisherFile, names: tuple[str, ...], economies: list[str], since: int = 0, until: int = 9999):
    """(economy, year, text of the value) for the economies and years wanted, where there is a value."""
    value = column(file, names)
    for row in file.rows:
        if row["Code"] in economies and since <= int(row["Year"]) <= until and row[value] != "":
            yield WORLD.get(row["Code"], row["Code"]), int(row["Year"]), row[value]


def expression(files):
    for economy, year, value in series(files["freedom-of-expression"][0], EXPRESSION, EXPRESSION_OF, since=1990):
        yield {"economy": economy, "year": year, "index": float(value)}  # three decimals, as given


def researchers(files):
    for economy, year, value in series(files["researchers"][0], RESEARCHERS, RESEARCHERS_OF):
        yield {"economy": economy, "year": year, "researchers": round(float(value), 1)}


def press_freedom(files):
    """Editions by the old method, 0 best; from 2022 on another method counts the other way."""
    for economy, year, value in series(files["press-freedom"][0], PRESS, PRESS_OF, 2013, 2021):
        yield {"economy": economy, "year": year, "score": float(value)}


def publications(files):
    for economy, year, value in series(files["publications"][0], PUBLICATIONS, PUBLICATIONS_OF):
        yield {"economy": economy, "year": year, "articles": int(value)}


def investment(files):
    """Millions of dollars of 2021: the file is deflated by US consumer prices. The projected year is left out."""
    found = list(series(files["investment"][0], INVESTMENT, INVESTMENT_OF, 2019, 2024))
    for economy, year, value in found:
        millions = round(float(value) / 1e6, 2)
        yield {"economy": economy, "year": year, "counted_by": "CSET", "value": millions, "dollars": "of 2021"}


def systems(files):
    """Running totals of every economy of the file; its own total and "Multinational" have no code."""
    codes = sorted({row["Code"] for row in files["large-systems"][0].rows if len(row["Code"]) == 3})
    for economy, year, value in series(files["large-systems"][0], SYSTEMS, codes):
        yield {"economy": economy, "year": year, "systems": int(value)}


def chart(name: str, names: tuple[str, ...], says_release=False, also=lambda file: True) -> Part:
    """A chart's file, known by its column of values, and by more where other charts share that ("All")."""

    def knows(file: PublisherFile) -> bool:
        return file.header[:3] == ["Entity", "Code", "Year"] and bool(column(file, names)) and also(file)

    return Part(name, last_year, knows=knows, says_release=says_release)


def of_cset(file: PublisherFile) -> bool:
    return any(row["Entity"].endswith("(CSET)") for row in file.rows)


def of_investment(file: PublisherFile) -> bool:
    return "All" not in file.header or any("projected" in name for name in file.header)


PARTS = [
    # V-Dem's release is known by its last year: data to 2024 are version 15, of 2025.
    chart("freedom-of-expression", EXPRESSION, says_release=True),
    chart("researchers", RESEARCHERS),
    chart("press-freedom", PRESS),
    chart("publications", PUBLICATIONS, also=of_cset),
    chart("investment", INVESTMENT, also=of_investment),
    chart("large-systems", SYSTEMS),
]
TABLES = [
    Table(
        "ideology/freedom_of_expression",
        ["freedom-of-expression"],
        expression,
        "vdem-expression-",
        lambda release: f"vdem-expression-{int(release) + 1}",
        address=CHARTS + "freedom-of-expression-index",
    ),
    Table(
        "talent/researchers",
        ["researchers"],
        researchers,
        "owid-researchers-",
        keyed("owid-researchers-"),
        address=CHARTS + "researchers-in-rd-per-million-people",
    ),
    Table(
        "censorship/press_freedom",
        ["press-freedom"],
        press_freedom,
        "rsf-index-",
        lambda _: "rsf-index-2021",
        ended="the old method ends with the edition of 2021",
        address=CHARTS + "press-freedom-rsf",
    ),
    Table(
        "competitiveness/publications",
        ["publications"],
        publications,
        "owid-cset-publications-",
        keyed("owid-cset-publications-"),
        address=CHARTS + "annual-scholarly-publications-on-artificial-intelligence",
    ),
    Table(
        "competitiveness/investment",
        ["investment"],
        investment,
        "owid-cset-investment-",
        keyed("owid-cset-investment-"),
        address=CHARTS + "private-investment-in-artificial-intelligence-cset",
    ),
    Table(
        "competitiveness/large_systems",
        ["large-systems"],
        systems,
        "owid-epoch-large-systems-",
        keyed("owid-epoch-large-systems-"),
        address=CHARTS + "cumulative-number-of-large-scale-ai-systems-by-country",
    ),
]
