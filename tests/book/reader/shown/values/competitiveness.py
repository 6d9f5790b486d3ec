"""Values of the facts of the chapter on competitiveness."""

import random
from statistics import fmean

from tests.book.reader.shown.values.computed import VALUES, one, single, value, where

ARENA = "competitiveness/arena"
PRICE = "competitiveness/price_score"
PAPERS = "competitiveness/publications"
INVESTED = "competitiveness/investment"
INDEX = "competitiveness/tortoise"


@value("competitiveness.snapshots", "competitiveness.russian-on-arena")
def arena(t, id):
    text = [row for row in t(ARENA) if row["board"] != "text-to-video"]
    ours = where(text, economy="RUS")
    days = {row["date"] for row in text}
    return (len(days) if id.endswith("snapshots") else sum(int(row["models"]) for row in ours)), {ARENA: ours}


def behind(t, date):
    """Elo points by which China's best model is behind the best, on a day of the text board's history."""
    rows = where(t(ARENA), board="overall", series="history", date=date)
    best = max(float(row["best_score"]) for row in rows if row["best_score"])
    return best - one(rows, "best_score", economy="CHN")[0], rows


@value(
    "competitiveness.gap-first",
    "competitiveness.gap-r1",
    "competitiveness.gap-since-low",
    "competitiveness.gap-since-high",
)
def gap(t, id):
    days = sorted(
        {row["date"] for row in where(t(ARENA), board="overall", series="history", economy="CHN") if row["best_score"]}
    )
    if id.endswith(("first", "r1")):
        found, rows = behind(t, days[0] if id.endswith("first") else "2025-01-29")
        return found, {ARENA: rows}
    gaps = [behind(t, day) for day in days if day > "2025-01-29"]
    choose = min if id.endswith("low") else max
    return choose(found for found, _ in gaps), {
        ARENA: [row for _, rows in gaps for row in rows if row["economy"] == "CHN"]
    }


@value("competitiveness.gap-now")
def gap_now(t):
    rows = where(t(ARENA), board="overall", series="dataset")
    rows = where(rows, date=max(row["date"] for row in rows))
    best = max(float(row["best_score"]) for row in rows if row["best_score"])
    return best - one(rows, "best_score", economy="CHN")[0], {ARENA: rows}


@value(*(f"competitiveness.video-{end}" for end in ("first", "last")))
def videos(t, id):
    rows = sorted(where(t(ARENA), board="text-to-video"), key=lambda row: row["date"])
    row = rows[0 if "first" in id else -1]
    return int(row["printed_rank"]), {ARENA: [row]}


for name, model in {"deepseek": "DeepSeek-V3", "gigachat": "GigaChat 2 Max", "yandex": "YandexGPT 5 Pro"}.items():
    VALUES[f"competitiveness.score-{name}"] = single(PRICE, "score", model=model)
    if name != "yandex":
        VALUES[f"competitiveness.price-{name}"] = single(PRICE, "price", model=model)


def sold(t):
    """The best that is sold in Russia, and the Chinese models that score more."""
    best = max(
        where(t(PRICE), model="GigaChat 2 Max") + where(t(PRICE), model="YandexGPT 5 Pro"),
        key=lambda row: float(row["score"]),
    )
    return best, [row for row in where(t(PRICE), economy="CHN") if float(row["score"]) > float(best["score"])]


@value("competitiveness.better-chinese", "competitiveness.price-best", "competitiveness.price-better")
def better(t, id):
    best, rows = sold(t)
    if id.endswith("best"):
        return float(best["price"]), {PRICE: [best]}
    priced = [row for row in rows if row["price"]]
    if id.endswith("chinese"):
        return len(rows), {PRICE: rows}
    return max(float(row["price"]) for row in priced), {PRICE: priced}


@value("competitiveness.total-china", "competitiveness.total-russia")
def total(t, id):
    code = "CHN" if id.endswith("china") else "RUS"
    rows = [row for row in where(t(INDEX), economy=code) if row["pillar"] != "Total score"]
    return sum(float(row["score"]) for row in rows), {INDEX: rows}


for name, model in {"adapted": "RuadaptQwen 32B", "qwen": "Qwen 2.5 32B"}.items():
    VALUES[f"competitiveness.score-{name}"] = single(PRICE, "score", model=model)


for name, who in {"visits": "Digital Budget", "reach": "Mediascope", "said": "VCIOM", "seen": "Microsoft"}.items():
    for service in ("Alice", "DeepSeek", "ChatGPT") if name != "seen" else ("DeepSeek",):
        when = {"period": "2025 Jan-Oct"} if name == "visits" else {}
        VALUES[f"competitiveness.used-{name}-{service.lower()}"] = single(
            "censorship/ai_services", "share", measured_by=who, service=service, **when
        )


for name, (economy, year, who) in {
    "cset-china": ("CHN", "2024", "CSET"),
    "cset-us": ("USA", "2024", "CSET"),
    "index-2020": ("RUS", "2020", "Stanford AI Index"),
    "index-2021": ("RUS", "2021", "Stanford AI Index 2022"),
    "index-china": ("CHN", "2024", "Stanford AI Index 2025"),
    "index-us": ("USA", "2024", "Stanford AI Index 2025"),
    "nti-2020": ("RUS", "2020", "NTI centre"),
}.items():
    VALUES[f"competitiveness.money-{name}"] = single(INVESTED, "value", economy=economy, year=year, counted_by=who)


@value("competitiveness.price-ratio")
def price_ratio(t):
    (ours, a), (theirs, b) = (one(t(PRICE), "price", model=model) for model in ("GigaChat 2 Max", "DeepSeek-V3"))
    return ours / theirs, {PRICE: a + b}


@value("competitiveness.papers-fall", "competitiveness.papers-world")
def change_of_papers(t, id):
    economy = {"fall": "RUS", "world": "WLD"}[id.rpartition("-")[2]]
    (before, a), (after, b) = (one(t(PAPERS), "articles", economy=economy, year=year) for year in ("2021", "2023"))
    return 100 * (after / before - 1) * (-1 if economy == "RUS" else 1), {PAPERS: a + b}


@value("competitiveness.capital-us", "competitiveness.capital-china")
def capital(t, id):
    rows = where(t(INVESTED), year="2024", counted_by="CSET")
    economy, nearest = ("USA", 100) if id.endswith("us") else ("CHN", 10)
    (theirs, a), (ours, b) = (one(rows, "value", economy=code) for code in (economy, "RUS"))
    return nearest * round(theirs / ours / nearest), {INVESTED: a + b}


for year in (2020, 2021, 2022, 2023, 2024):
    VALUES[f"competitiveness.cset-{year}"] = single(INVESTED, "value", economy="RUS", year=str(year), counted_by="CSET")


for name, who in {"people": "Microsoft", "month": "Mediascope"}.items():
    VALUES[f"competitiveness.use-{name}"] = single("competitiveness/adoption", "share", base="people", counted_by=who)


@value("competitiveness.capital-china-before")
def capital_before(t):
    rows = where(t(INVESTED), year="2021", counted_by="CSET")
    (theirs, a), (ours, b) = (one(rows, "value", economy=code) for code in ("CHN", "RUS"))
    return 10 * round(theirs / ours / 10), {INVESTED: a + b}


@value("competitiveness.releases", "competitiveness.on-chinese", "competitiveness.on-weights")
def releases(t, id):
    rows = [row for row in t("competitiveness/russian_models") if row["date"] >= "2025-01"]
    if not id.endswith("releases"):
        columns = ("weights_from", "design_from") if id.endswith("chinese") else ("weights_from",)
        rows = [row for row in rows if "CHN" in [row[column] for column in columns]]
    return len(rows), {"competitiveness/russian_models": rows}


PILLARS = {
    "strategy": "Government Strategy",
    "market": "Commercial",
    "climate": "Operating Environment",
}


for name, pillar in PILLARS.items():
    VALUES[f"competitiveness.rank-{name}"] = single(INDEX, "rank", economy="RUS", pillar=pillar)


VALUES["competitiveness.ranked"] = single(INDEX, "of", economy="RUS", pillar="Total score")
VALUES["competitiveness.deepseek-run"] = single("competitiveness/deepseek_cost", "low", what="Last training run of V3")


@value("competitiveness.means-least")
def least_means(t):
    rows = [row for row in t("competitiveness/deepseek_cost") if row["kind"] != "company"]
    return min(float(row["low"]) for row in rows), {"competitiveness/deepseek_cost": rows}


@value(*(f"competitiveness.newest{what}" for what in ("", "-own", "-design")))
def of_2026(t, id):
    rows = [r for r in t("competitiveness/russian_models") if r["weights_from"] and r["date"] >= "2026"]
    wanted = {"own": {"weights_from": "RUS"}, "design": {"design_from": "CHN"}}.get(id.rpartition("-")[2], {})
    return len(where(rows, **wanted)), {"competitiveness/russian_models": where(rows, **wanted)}


for economy, name in {"RUS": "russia", "DEU": "germany"}.items():
    VALUES[f"competitiveness.large-{name}"] = single(
        "competitiveness/large_systems", "systems", economy=economy, year="2025"
    )


@value("competitiveness.low-share")
def low_share(t):
    """Russia's share of random weightings among the lower half: drawn anew, so right to about half a point."""
    rows = [row for row in t(INDEX) if row["pillar"] != "Total score"]
    pillars = sorted({row["pillar"] for row in rows})
    scores = {row["economy"]: {} for row in rows}
    for row in rows:
        scores[row["economy"]][row["pillar"]] = float(row["score"])
    draw, half, low = random.Random(1), len(scores) // 2, []
    for _ in range(4000):
        weights = [draw.expovariate(1) for _ in pillars]
        means = {e: sum(w * s[p] for w, p in zip(weights, pillars, strict=True)) for e, s in scores.items()}
        low.append(sum(mean < means["RUS"] for mean in means.values()) < half)
    return 100 * fmean(low), {INDEX: rows}
