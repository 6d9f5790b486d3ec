"""Values of the facts of the chapter on censorship."""

from tests.reader.shown.values.computed import VALUES, one, single, value, where

MAP = "censorship/speechmap"
SIDES = "censorship/geopolitical_preference"
REQUESTS = "censorship/google_requests"


def complete(**wanted):
    def make(t):
        (row,) = where(t(MAP), **wanted)
        return 100 * int(row["complete"]) / int(row["questions"]), {MAP: [row]}

    return make


VALUES["censorship.r1-russia"] = complete(model="DeepSeek-R1-0528", target="RUS", language="English")


VALUES["censorship.r1-china-en"] = complete(model="DeepSeek-R1-0528", target="CHN", language="English")


VALUES["censorship.r1-china-zh"] = complete(model="DeepSeek-R1-0528", target="CHN", language="Chinese")


VALUES["censorship.claude-russia"] = complete(model="Claude 3.5 Sonnet", target="RUS")


VALUES["censorship.claude-next"] = complete(model="Claude 3.7 Sonnet", target="RUS")


VALUES["censorship.qwen-max-russia"] = complete(model="Qwen Max", target="RUS")


for side, language in ((side, language) for side in ("USA", "USSR") for language in ("English", "Russian")):
    short = {"USA": "us", "USSR": "ussr"}[side]
    VALUES[f"censorship.sber-{short}-{language.lower()}"] = single(
        SIDES, "share", model="GigaChat-Max", pair="USSR-USA", language=language, answer=f"favoured {side}"
    )


@value("censorship.growth")
def growth(t):
    rows = where(t("censorship/blocked_by_year"), measure="blocked_or_removed", counted_by="Roskomnadzor")
    (before, a), (now, b) = (one(rows, "items", year=year) for year in ("2024", "2025"))
    return 100 * (now / before - 1), {"censorship/blocked_by_year": a + b}


@value("censorship.bypass", "censorship.war-fakes")
def change_of_topic(t, id):
    rows = t("censorship/removed_by_topic")
    top = max(rows, key=lambda row: float(row["change"]))
    row = top if id.endswith("bypass") else next(row for row in rows if "war" in row["topic"])
    return float(row["change"]), {"censorship/removed_by_topic": [row]}


def of_google(t, half):
    """Russia's share of requests in a half-year; a small count is hidden, and nought."""
    rows = where(t(REQUESTS), period_end=half)
    ours, world = where(rows, economy="RUS"), where(rows, economy="WLD")
    return 100 * sum(float(row["requests"] or 0) for row in ours) / float(world[0]["requests"]), {
        REQUESTS: ours + world
    }


@value("censorship.google-peak", "censorship.google-last", "censorship.google-peak-date")
def google(t, id):
    halves = sorted({row["period_end"] for row in t(REQUESTS)})
    peak = max(halves, key=lambda half: of_google(t, half)[0])
    found, rows = of_google(t, halves[-1] if id.endswith("last") else peak)
    return (peak if id.endswith("date") else found), rows


@value("censorship.google-before", "censorship.google-items-before", "censorship.google-items-last")
def google_of_two_years(t, id):
    halves = sorted({row["period_end"] for row in t(REQUESTS)})
    half = halves[-1 if id.endswith("last") else -3]
    if "items" not in id:
        return of_google(t, half)
    items, row = one(t(REQUESTS), "items", period_end=half, economy="RUS")
    return items, {REQUESTS: row}


@value("censorship.google-copyright")
def copyright_requests(t):
    ours, rows = one(t("censorship/google_reasons"), "requests", period_end="2020-12-31", reason="Copyright")
    asked, all_of_them = one(t(REQUESTS), "requests", period_end="2020-12-31", economy="RUS")
    return 100 * ours / asked, {"censorship/google_reasons": rows, REQUESTS: all_of_them}


@value("censorship.drugs-courts", "censorship.prosecutor")
def register(t, id):
    rows = t("censorship/register_by_agency")
    rows = where(rows, date=max(row["date"] for row in rows))
    asked = ("Prosecutor General",) if id.endswith("prosecutor") else ("Drug control service", "Courts")
    part = sum(float(row["entries"]) for row in rows if row["agency"] in asked)
    return 100 * part / sum(float(row["entries"]) for row in rows), {"censorship/register_by_agency": rows}


@value("censorship.filings-now", "censorship.filings-first")
def filings(t, id):
    rows = sorted(t("censorship/china_filings"), key=lambda row: row["date"])
    row = rows[-1 if id.endswith("now") else 0]
    return int(row["services"]), {"censorship/china_filings": [row]}


for service in ("ChatGPT", "DeepSeek"):
    VALUES[f"censorship.visits-{service.lower()}"] = single(
        "censorship/ai_services", "share", service=service, period="2025 Jan-Oct"
    )
