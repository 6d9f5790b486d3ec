"""The rows that the figures on competitiveness draw, made anew from the tables (see `drawn`)."""

from tests.reader.shown.drawn import day, figure, named
from tests.reader.shown.values.competitiveness import ARENA, INDEX, PRICE
from tests.reader.shown.values.computed import where


@figure("competitiveness-arena-gap")
def arena_gap(t):
    rows = [r for r in where(t(ARENA), board="overall", series="history") if r["best_score"]]
    best = {}
    for r in rows:
        best[r["date"]] = max(best.get(r["date"], 0), float(r["best_score"]))
    return [
        {"name": named(t, r["economy"]), "date": r["date"], "gap": float(r["best_score"]) - best[r["date"]]}
        for r in rows
    ]


@figure("competitiveness-which-board")
def which_board(t):
    short = {"As the article has it": "the article", "Ru-Arena-General": "Ru-Arena"}
    return [
        {
            "line": "Chatbot Arena" if r["board"].startswith("Chatbot Arena") else short.get(r["board"], r["board"]),
            "date": day(r["date"]),
            "models": float(r["models"]),
        }
        for r in t("competitiveness/arena_candidates")
        if r["models"]
    ]


@figure("competitiveness-price-score")
def price_score(t):
    own = ("model", "source")
    return [
        {
            "name": named(t, r["economy"]),
            "price": float(r["price"]),
            "score": float(r["score"]),
            **{k: r[k] for k in own},
        }
        for r in t(PRICE)
        if r["price"]
    ]


@figure("competitiveness-deepseek-cost")
def deepseek_cost(t):
    who = {"company": "the company", "analyst": "an analyst", "critic": "a critic of the analyst"}
    made = []
    for r in t("competitiveness/deepseek_cost"):
        low, high = float(r["low"]), float(r["high"])
        about = {"label": f"{r['what']}, by {r['counted_by']}", "who": who[r["kind"]], "source": r["source"]}
        made.append({"low": low, "middle": (low + high) / 2, "high": high, **about})
    return made


@figure("competitiveness-weights")
def weights(t):
    made = {}
    for r in t(INDEX):
        if r["pillar"] != "Total score":
            made.setdefault(r["economy"], {"name": named(t, r["economy"])})[r["pillar"]] = float(r["score"])
    return list(made.values())
