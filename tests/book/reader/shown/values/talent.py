"""Values of the facts of the chapter on talent."""

from tests.book.reader.shown.values.computed import VALUES, one, single, value, where

GITHUB = "talent/github_activity"
ARTICLES = "talent/ai_articles"


def year_of_pushes(t, economy, quarter):
    """Pushes of the four quarters to `quarter`, and their rows."""
    rows = sorted((r for r in where(t(GITHUB), economy=economy) if r["quarter"] <= quarter), key=lambda r: r["quarter"])
    return sum(int(row["pushes"]) for row in rows[-4:]), rows[-4:]


def share_of_pushes(t, quarter):
    (ours, a), (world, b) = (year_of_pushes(t, economy, quarter) for economy in ("RUS", "WLD"))
    return 100 * ours / world, {GITHUB: a + b}


QUARTERS = {"base": "2021-10-01", "2022": "2022-10-01", "2024": "2024-10-01", "now": "2025-10-01"}


for name, quarter in QUARTERS.items():
    VALUES[f"talent.share-{name}"] = lambda t, quarter=quarter: share_of_pushes(t, quarter)


@value("talent.ratio-2024")
def share_ratio(t):
    (now, a), (base, b) = share_of_pushes(t, QUARTERS["2024"]), share_of_pushes(t, QUARTERS["base"])
    return 100 * now / base, {GITHUB: a[GITHUB] + b[GITHUB]}


@value("talent.world-jump")
def jump(t):
    (now, a), (before, b) = (year_of_pushes(t, "WLD", QUARTERS[year]) for year in ("now", "2024"))
    return 100 * (now / before - 1), {GITHUB: a + b}


@value(
    "talent.russia-index",
    *(f"talent.{name}-change" for name in ("russia", "world", "china")),
    *(f"talent.{name}-since-2022" for name in ("russia", "world")),
)
def index_of_pushes(t, id):
    name, _, what = id.partition(".")[2].partition("-")
    economy = {"russia": "RUS", "world": "WLD", "china": "CHN"}[name]
    then = "2022" if what == "since-2022" else "base"
    (now, a), (base, b) = (year_of_pushes(t, economy, QUARTERS[name]) for name in ("now", then))
    return (abs(100 * now / base - 100) if what == "change" else 100 * now / base), {GITHUB: a + b}


@value("talent.peaks-apart")
def peaks(t):
    """Years from the peak of one count of papers to that of the other, with the rows of the two peaks."""
    found = {}
    for name in (ARTICLES, "competitiveness/publications"):
        found[name] = max(where(t(name), economy="RUS"), key=lambda row: int(row["articles"]))
    ours, theirs = (int(row["year"]) for row in found.values())
    return theirs - ours, {name: [row] for name, row in found.items()}


@value("talent.others-below-half")
def below_half(t):
    rows = t("talent/returns")
    half = min(float(row["low"]) for row in where(rows, claimant="officials")) / 2
    others = [row for row in rows if row["claimant"] != "officials"]
    return 100 * sum(float(row["high"]) < half for row in others) / len(others), {"talent/returns": others}


@value("talent.elsewhere-least")
def least_elsewhere(t):
    rows = [row for row in where(t(AUTHORS), first_years="2018 to 2022") if row["economy"] != "RUS"]
    least = min(rows, key=lambda row: int(row["moved"]) / int(row["seen_again"]))
    return 100 * int(least["moved"]) / int(least["seen_again"]), {AUTHORS: [least]}


VALUES["talent.ioi-gold-2025"] = single("talent/contests", "gold", contest="IOI", year="2025")
for year in ("2020", "2021"):
    VALUES[f"talent.articles-{year}"] = single(ARTICLES, "articles", economy="RUS", year=year)
for year in ("2021", "2022"):
    VALUES[f"talent.cset-papers-{year}"] = single("competitiveness/publications", "articles", economy="RUS", year=year)


@value("talent.best-share")
def best_share(t):
    rows = t("talent/conference_papers")
    shares = [100 * float(row["russian"]) / float(row["papers"]) for row in rows if row["russian"] and row["papers"]]
    return max(shares), {"talent/conference_papers": rows}


@value("talent.conference-before", "talent.conference-after")
def conference_era(t, id):
    first, last = (2018, 2021) if id.endswith("before") else (2023, 2030)
    rows = [row for row in t("talent/conference_papers") if first <= int(row["year"]) <= last]
    russian, papers = (sum(int(row[name]) for row in rows) for name in ("russian", "papers"))
    return 100 * russian / papers, {"talent/conference_papers": rows}


@value("talent.implied-base")
def implied(t):
    said = t("talent/statements")
    (abroad, a), (share, b) = (one(said, "value", id=name) for name in ("minister-abroad", "minister-share"))
    return 100 * abroad / share, {"talent/statements": a + b}


@value("talent.wachs-ratio")
def times_as_often(t):
    said = t("talent/statements")
    (ours, a), (theirs, b) = (one(said, "value", id=f"wachs-moved{name}") for name in ("", "-elsewhere"))
    return round(ours / theirs), {"talent/statements": a + b}


@value("talent.density")
def density(t):
    rows = where(t("talent/researchers"), year="2020")
    ours, theirs = (one(rows, "researchers", economy=code)[0] for code in ("RUS", "CHN"))
    return ours / theirs, {"talent/researchers": rows}


@value("talent.spread")
def spread(t):
    rows = counts_of_weeks(t)
    lows, highs = zip(*(ends(row) for row in rows), strict=True)
    return max(highs) / min(lows), {"talent/departures": rows}


def counts_of_departures(t):
    rows = where(t("talent/departures"), scope="it_specialists")
    return [row for row in rows if row["kind"] not in ("hearsay", "forecast")]


def counts_of_weeks(t):
    return [row for row in counts_of_departures(t) if "March 2022" in row["period"]]


for name, period in {"spring": "Spring 2022", "autumn": "September to December 2022"}.items():
    column = "central" if name == "spring" else "low"
    VALUES[f"talent.wave-{name}"] = single("talent/departures", column, scope="it_specialists", period=period)


def ends(row):
    """The lowest and the highest of an estimate's numbers."""
    known = [float(row[name]) for name in ("low", "central", "high") if row.get(name)]
    return known[0], known[-1]


VALUES["talent.junior-resumes"] = single(
    "talent/it_workforce", "value", measure="resumes a vacancy, junior", period="2025"
)


VALUES["talent.returned-ministry"] = single("talent/returns", "low", stated="2024-04")


VALUES["talent.returned-poll"] = single("talent/returns", "low", estimator="NEWHR Data")


VALUES["talent.returned-demographer"] = single(
    "talent/returns", "low", estimator="Alexei Raksha, independent demographer"
)


AUTHORS = "talent/authors_moved"


def moved(t, economy, first_years="2018 to 2022"):
    """Authors seen again, and those of them who moved, with their row."""
    rows = where(t(AUTHORS), economy=economy, first_years=first_years)
    return one(rows, "seen_again")[0], one(rows, "moved")[0], {AUTHORS: rows}


@value("talent.authors-moved-share")
def share_moved(t):
    found, gone, rows = moved(t, "RUS")
    return 100 * gone / found, rows


for name, column in {"followed": "seen_again", "moved": "moved"}.items():
    VALUES[f"talent.authors-{name}"] = single(AUTHORS, column, economy="RUS", first_years="2018 to 2022")


@value("talent.chance-low", "talent.chance-high")
def chance(t, id):
    found, gone, rows = moved(t, "RUS")
    return interval(gone, found)[id.endswith("high")], rows


def interval(gone, found, z=1.96):
    """The shares, in per cent, whose distance from the one seen is 1.96 of their own standard errors."""
    seen = gone / found
    a, b, c = 1 + z**2 / found, -(2 * seen + z**2 / found), seen**2
    root = (b * b - 4 * a * c) ** 0.5
    return [100 * (-b + side * root) / (2 * a) for side in (-1, 1)]
