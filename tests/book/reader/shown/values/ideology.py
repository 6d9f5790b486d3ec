"""Values of the facts of the chapter on ideology."""

from tests.book.reader.shown.values.computed import VALUES, one, single, value, where

SPEECH = "ideology/freedom_of_expression"
BUDGETS = "ideology/budgets"
MONEY = "ideology/ai_investment"


for place, year in {
    "russia-now": 2025,
    "china-now": 2025,
    "russia-1993": 1993,
    "russia-2021": 2021,
}.items():
    economy = {"russia": "RUS", "china": "CHN"}[place.partition("-")[0]]
    VALUES[f"ideology.{place}"] = single(SPEECH, "index", economy=economy, year=str(year))


VALUES["ideology.ai-line"] = single(BUDGETS, "amount", item="Federal budget line for AI", period="2024")
VALUES["ideology.ai-2025"] = single(BUDGETS, "amount", item="Federal AI project within Data Economy", period="2025")


for name, item in {
    "ai-asked": "Federal AI project as first proposed",
    "ai-approved": "Federal AI project as approved in 2020",
    "roadmap-2019": "Technology roadmap for AI of 2019",
    "roadmap-2023": "Technology roadmap for AI of 2023",
}.items():
    VALUES[f"ideology.{name}"] = single(BUDGETS, "amount", item=item)


def media(t, year):
    return one(where(t(BUDGETS), item="State media", period=year, status="derived"), "amount")


@value("ideology.media-ratio")
def media_over_ai(t):
    (sum_, a), (ai, b) = media(t, "2024"), VALUES["ideology.ai-line"](t)
    return sum_ / ai, {BUDGETS: a + b[BUDGETS]}


@value("ideology.media-rise")
def media_rise(t):
    (now, a), (before, b) = media(t, "2024"), media(t, "2021")
    return 100 * (now / before - 1), {BUDGETS: a + b}


@value("ideology.price-rise")
def price_rise(t):
    said = t("ideology/statements")
    (a, rows), (b, more) = (one(said, "value", id=f"prices-{year}") for year in (2022, 2023))
    return 100 * ((1 + a / 100) * (1 + b / 100) - 1), {"ideology/statements": rows + more}


VALUES["ideology.gdp-target"] = single("ideology/targets_2030", "value", target="Contribution of AI to GDP")


def least_free(t):
    """The states of the table that score below 0.2 in its last year."""
    last = max(row["year"] for row in t(SPEECH))
    return [row for row in where(t(SPEECH), year=last) if float(row["index"]) < 0.2]


VALUES["ideology.unfree-states"] = lambda t: (len(least_free(t)), {SPEECH: least_free(t)})


VALUES["ideology.unfree-highest"] = lambda t: (
    max(float(row["index"]) for row in least_free(t)),
    {SPEECH: least_free(t)},
)


@value("ideology.lead-now", "ideology.lead-first")
def lead(t, id):
    year = "1993" if id.endswith("first") else max(row["year"] for row in t(SPEECH))
    (ours, a), (theirs, b) = (one(t(SPEECH), "index", economy=code, year=year) for code in ("RUS", "CHN"))
    return ours - theirs, {SPEECH: a + b}


@value("ideology.china-highest", "ideology.russia-lowest")
def extreme(t, id):
    code, choose, last = ("CHN", max, 3000) if id.endswith("highest") else ("RUS", min, 2021)
    rows = [row for row in where(t(SPEECH), economy=code) if 1993 <= int(row["year"]) <= last]
    return choose(float(row["index"]) for row in rows), {SPEECH: rows}


@value("ideology.years-before")
def years_before(t):
    events = t("ideology/doctrine")
    words = min(int(row["sort"][:4]) for row in where(events, kind="words"))
    drafts = [row for row in events if "draft law" in row["event"] or "bill says" in row["event"]]
    return min(int(row["sort"][:4]) for row in drafts) - words, {"ideology/doctrine": where(events, key="true")}


def ranks(values):
    """The rank of each value, of equal ones their mean."""
    return [sum(v < one_ for v in values) + (1 + values.count(one_)) / 2 for one_ in values]


@value("ideology.order-apart")
def orders_apart(t):
    """The most places by which a state stands otherwise by money than by systems."""
    states = [row["economy"] for row in least_free(t)]
    private = where(t(MONEY), counted_by="CSET")
    systems = t("competitiveness/large_systems")
    counted = [r for r in where(systems, year=max(row["year"] for row in systems)) if r["economy"] in states]
    money = {row["economy"]: float(row["amount"]) for row in private if row["economy"] in states}
    built = {row["economy"]: int(row["systems"]) for row in counted}
    by_money, by_systems = ranks([*money.values()]), ranks([built.get(code, 0) for code in money])
    apart = max(abs(a - b) for a, b in zip(by_money, by_systems, strict=True))
    return apart, {SPEECH: least_free(t), MONEY: private, "competitiveness/large_systems": counted}


@value("ideology.emirates-money")
def emirates(t):
    private = where(t(MONEY), counted_by="CSET")
    (theirs, a), (ours, b) = (one(private, "amount", economy=code) for code in ("ARE", "RUS"))
    return theirs / ours, {MONEY: a + b}
