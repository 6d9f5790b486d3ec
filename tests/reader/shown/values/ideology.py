"""Values of the facts of the chapter on ideology."""

from tests.reader.shown.values.computed import VALUES, one, single, value, where

SPEECH = "ideology/freedom_of_expression"
BUDGETS = "ideology/budgets"
MONEY = "ideology/ai_investment"


for place, year in {
    "russia-now": 2025,
    "china-now": 2025,
    "emirates-now": 2025,
    "russia-1993": 1993,
    "russia-2021": 2021,
}.items():
    economy = {"russia": "RUS", "china": "CHN", "emirates": "ARE"}[place.partition("-")[0]]
    VALUES[f"ideology.{place}"] = single(SPEECH, "index", economy=economy, year=str(year))


VALUES["ideology.ai-line"] = single(BUDGETS, "amount", item="Federal line for AI", period="2024")


VALUES["ideology.media-2026"] = single(BUDGETS, "amount", item="State media", period="2026")


VALUES["ideology.media-2021"] = single(BUDGETS, "amount", item="State media", period="2021", status="count")


VALUES["ideology.filters"] = single(BUDGETS, "amount", item="Traffic-filter boxes")


VALUES["ideology.china-private"] = single(MONEY, "amount", economy="CHN", year="2025", kind="private")


VALUES["ideology.us-private"] = single(MONEY, "amount", economy="USA", year="2025", kind="private")


VALUES["ideology.skills-target"] = single("ideology/targets_2030", "value", target="Workers with AI skills")


VALUES["ideology.gdp-target"] = single("ideology/targets_2030", "value", target="Contribution of AI to GDP")


@value("ideology.media-rise")
def media_rise(t):
    (now, a), (before, b) = VALUES["ideology.media-2026"](t), VALUES["ideology.media-2021"](t)
    return 100 * (now / before - 1), {BUDGETS: a[BUDGETS] + b[BUDGETS]}


@value("ideology.ai-line-usd")
def line_in_dollars(t):
    billions, rows = one(t(MONEY), "amount", economy="RUS", year="2024", kind="public")
    return 1000 * billions, {MONEY: rows}


@value("ideology.china-events")
def dealings(t):
    rows = [r for r in where(t("ideology/doctrine"), kind="China") if r["sort"] >= "2024-12-01"]
    return len(rows), {"ideology/doctrine": rows}
