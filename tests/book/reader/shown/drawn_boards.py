"""The rows that the figures on competitiveness draw, made anew from the tables (see `drawn`)."""

from tests.book.reader.shown.drawn import figure, named
from tests.book.reader.shown.values.competitiveness import ARENA, INDEX, PRICE
from tests.book.reader.shown.values.computed import where


@figure("competitiveness-arena-gap")
def arena_gap(t):
    """The best of each economy against the best of the day; of the boards since, which are rings, China's alone."""
    rows = [r for r in where(t(ARENA), board="overall") if r["series"] in ("history", "dataset") and r["best_score"]]
    best = {}
    for r in rows:
        best[r["date"]] = max(best.get(r["date"], 0), float(r["best_score"]))
    return [
        {
            "name": named(t, r["economy"]),
            "date": r["date"],
            "behind_the_leader": float(r["best_score"]) - best[r["date"]],
        }
        for r in rows
        if r["series"] == "history" or r["economy"] == "CHN"
    ]


@figure("competitiveness-family")
def family(t):
    """Models whose weights are known, by month; the first of each year has the year before its name."""
    known = sorted((r for r in t("competitiveness/russian_models") if r["weights_from"]), key=lambda r: r["date"])
    years, made = set(), []
    for r in known:
        year = r["date"][:4]
        own = {k: r[k] for k in ("weights_of", "design_of", "source")}
        own["release"] = r["model"] if year in years else f"{year} · {r['model']}"
        own["country_of_weights"] = named(t, r["weights_from"])
        own["country_of_design"] = named(t, r["design_from"]) if r["design_from"] else "not stated"
        years.add(year)
        made.append(own)
    return made


@figure("competitiveness-money")
def money(t):
    rows = where(t("competitiveness/investment"), economy="RUS", counted_by="CSET")
    marked = {"2022": "2022, Russia invades Ukraine"}
    return [
        {"name": "Russia", "year": marked.get(r["year"], r["year"]), "value": float(r["value"]), "source": r["source"]}
        for r in rows
    ]


@figure("competitiveness-price-score")
def price_score(t):
    return [
        {
            "model_and_price": f"{r['model']}: ${float(r['price']):.2f} a million tokens",
            "name": named(t, r["economy"]),
            "score": float(r["score"]),
            "low": float(r["score"]) - float(r["margin"]),
            "high": float(r["score"]) + float(r["margin"]),
            "source": r["source"],
        }
        for r in t(PRICE)
        if r["price"] and (r["economy"] == "CHN" or r["model"] in ("GigaChat 2 Max", "YandexGPT 5 Pro"))
    ]


@figure("competitiveness-deepseek-cost")
def deepseek_cost(t):
    made = []
    for r in t("competitiveness/deepseek_cost"):
        low, high = float(r["low"]), float(r["high"])
        about = {"what_was_counted": f"{r['counted_by']}: {r['what']}", "source": r["source"]}
        made.append({"low": low, "cost": (low + high) / 2, "high": high, **about})
    return made


@figure("competitiveness-weights")
def weights(t):
    made = {}
    for r in t(INDEX):
        if r["pillar"] != "Total score":
            made.setdefault(r["economy"], {"name": named(t, r["economy"])})[r["pillar"]] = float(r["score"])
    return list(made.values())
