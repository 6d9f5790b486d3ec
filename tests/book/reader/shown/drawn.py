"""The rows that each figure draws, made anew from the tables: plain `csv` and arithmetic, no code of ours.

`DRAWN[figure](t)` gives rows as dicts, whose keys are the columns of the figure's CSV; numbers as numbers. Columns
that no table has (a label put together, a share, an index) are computed here; those are all that may be derived.
"""

import math

from tests.book.reader.shown.values.computed import where
from tests.book.reader.shown.values.hardware import TOP, years_behind
from tests.book.reader.shown.values.ideology import least_free
from tests.book.reader.shown.values.talent import AUTHORS, GITHUB, ends, interval

DRAWN = {}


def figure(name):
    def keep(make):
        DRAWN[name] = make
        return make

    return keep


def named(t, code):
    """The short name of an economy."""
    return where(t("shared/economies"), economy=code)[0]["name"]


def series(name, table, time, measure, codes, derived=lambda row: float(row), since="", column=""):
    """A figure of lines: a measure of some economies over time."""

    def make(t):
        rows = [r for r in t(table) if r["economy"] in codes and r[time] >= since and r[measure]]
        days = time not in ("year",)
        return [
            {
                "name": named(t, r["economy"]),
                time: r[time] if days else float(r[time]),
                column or measure: derived(r[measure]),
            }
            for r in rows
        ]

    DRAWN[name] = make


series(
    "hardware-listed-computing", "hardware/top500_by_economy", "list", "rmax",
    ("RUS", "USA", "CHN", "JPN", "DEU", "KAZ"), lambda rmax: float(rmax) / 1000, "2010-06", "listed_computing",
)  # fmt: skip
series(
    "ideology-expression", "ideology/freedom_of_expression", "year", "index",
    ("RUS", "CHN", "USA", "DEU", "IND"),
)  # fmt: skip


@figure("hardware-lag")
def lag(t):
    """Years since the sum of another country's systems was Russia's, on each list."""
    lists = sorted({r["list"] for r in t(TOP) if r["list"] >= "2014-11"})
    return [
        {"name": named(t, code), "list": when, "lag": years_behind(t, when, code)}
        for code in ("USA", "CHN")
        for when in lists
    ]


@figure("hardware-known-computing")
def known_computing(t):
    known = sorted(t("hardware/gpu_clusters_by_economy"), key=lambda r: -float(r["h100_equivalents"]))
    chosen = {r["economy"] for r in known[:3]} | {"JPN", "IND", "RUS"}
    (route,) = where(t("hardware/clusters"), name="Servers shipped through Mumbai")
    rows = [(named(t, r["economy"]), r) for r in known if r["economy"] in chosen]
    rows.append(("Sent to Russia through Mumbai in 2024", route))
    return [{"name": name, "h100_equivalents": float(r["h100_equivalents"]), "source": r["source"]} for name, r in rows]


@figure("hardware-chip-imports")
def chip_imports(t):
    rows = [r for r in where(t("hardware/chip_imports"), scope="all") if r["period"].endswith("Jan-Sep")]
    return [
        {
            "what_was_counted": f"{r['period'][:4]}, {r['counted_by']}: {r['what']}",
            "value": float(r["value"]),
            "source": r["source"],
        }
        for r in rows
        if not r["what"].startswith("of which") and "goods" not in r["what"]
    ]


@figure("hardware-sanctions")
def sanctions(t):
    rows = where(t("hardware/sanctions"), key="true")
    return [{k: r[k] for k in ("date", "actor", "event", "source")} for r in rows]


@figure("talent-departures")
def departures(t):
    endings = {"flow": "", "stock": ", people then abroad", "forecast": ", a forecast"}
    rows = [r for r in where(t("talent/departures"), scope="it_specialists") if r["kind"] != "hearsay"]
    made = []
    for r in rows:
        low, high = ends(r)
        central = float(r["central"]) if r["central"] else (low + high) / 2
        covers = "the first weeks" if "March 2022" in r["period"] else "later, or longer"
        about = {"time_covered": covers, "forecast": str(r["kind"] == "forecast"), "source": r["source"]}
        label = f"{r['period']}: {r['estimator']}{endings[r['kind']]}"
        made.append({"estimate": label, "low": low, "people": central, "high": high, **about})
    return made


@figure("talent-returns")
def returns(t):
    made = []
    for r in t("talent/returns"):
        low, high = float(r["low"]), float(r["high"])
        label = f"{r['stated'][:4]}, {r['estimator']}: {r['base']}"
        about = {"claimant": r["claimant"], "source": r["source"]}
        made.append({"estimate": label, "low": low, "share_returned": (low + high) / 2, "high": high, **about})
    return made


@figure("talent-authors")
def authors(t):
    made = []
    for r in t(AUTHORS):
        if r["first_years"] == "2014 to 2018" and r["economy"] != "RUS":
            continue
        moved, found = int(r["moved"]), int(r["seen_again"])
        low, high = interval(moved, found)
        label = f"{named(t, r['economy'])}, {r['first_years']}: {moved} of {found}"
        own = {"authors": label, "moved_abroad": 100 * moved / found, "source": r["source"]}
        made.append(own | {"low": low, "high": high})
    return made


@figure("talent-ai-papers")
def papers(t):
    counts = {"NCSES": "talent/ai_articles", "CSET": "competitiveness/publications"}
    return [
        {"counted_by": who, "year": float(r["year"]), "articles": float(r["articles"])}
        for who, table in counts.items()
        for r in where(t(table), economy="RUS")
        if int(r["year"]) >= 2015
    ]


@figure("talent-pushes")
def pushes(t):
    made = []
    for code in {r["economy"] for r in t(GITHUB)}:
        rows = sorted((r for r in where(t(GITHUB), economy=code)), key=lambda r: r["quarter"])
        assert all(r["pushes"] for r in rows)
        years = {rows[n]["quarter"]: sum(int(r["pushes"]) for r in rows[n - 3 : n + 1]) for n in range(3, len(rows))}
        base = years["2021-10-01"]
        made += [
            {"name": named(t, code), "quarter": q[:7], "percent_of_2021": 100 * n / base} for q, n in years.items()
        ]
    return made


@figure("ideology-unfree")
def unfree(t):
    money = {r["economy"]: float(r["amount"]) for r in where(t("ideology/ai_investment"), counted_by="CSET")}
    systems = {r["economy"]: int(r["systems"]) for r in t("competitiveness/large_systems")}  # the last year's stay
    made = []
    for r in least_free(t):
        dollars, code = money.get(r["economy"]), r["economy"]
        told = "no private money counted"
        if dollars is not None:
            amount = f"{dollars:.1f} billion" if dollars >= 1 else f"{1000 * dollars:.0f} million"
            told = f"${amount} of private money"
        label = f"{named(t, code)}: freedom {float(r['index']):.3f}, {told}"
        made.append({"state": label, "systems": systems.get(code, 0)})
    return made


@figure("ideology-budgets")
def budgets(t):
    rows = where(t("ideology/budgets"), period="2024")
    return [{"item": r["item"], "amount": float(r["amount"]), "source": r["source"]} for r in rows]


@figure("ideology-doctrine")
def doctrine(t):
    made = []
    for r in where(t("ideology/doctrine"), key="true"):
        rule = "Decree" if r["event"].startswith("Decree") else "Draft or plan"
        kind = "Speech" if r["kind"] == "words" else rule
        made.append({"kind_of_event": kind, **{k: r[k] for k in ("date", "event", "source")}})
    return made


PICKED = ["DeepSeek-R1-0528", "DeepSeek-V3", "Qwen Max", "Qwen3 235B", "Claude 3.5 Sonnet", "Claude 3.7 Sonnet"]
PICKED += ["GPT-4.1", "Llama 3.3 70B"]


def around(hits, of):
    return dict(zip(("low", "high"), interval(hits, of), strict=True))


@figure("censorship-refusals")
def refusals(t):
    about = {"CHN": "China", "RUS": "Russia"}
    made = []
    for r in where(t("censorship/speechmap"), language="English"):
        if r["model"] in PICKED and r["target"] in about:
            of = int(r["questions"])
            unmet = of - int(r["complete"])
            own = {"model": r["model"], "criticism_of": about[r["target"]], "source": r["source"]}
            made.append(own | {"not_met_in_full": 100 * unmet / of} | around(unmet, of))
    return made


@figure("censorship-blocks")
def blocks(t):
    made = []
    for r in where(t("censorship/deepseek_blocks"), judge="GPT-4o", language="Chinese"):
        met, of = int(r["complete"]), int(r["questions"])
        own = {"version": f"{r['model']}, {r['state']}", "trained_by_a_firm_of": named(t, r["economy"])}
        made.append(own | {"requests_met_in_full": 100 * met / of, "source": r["source"]} | around(met, of))
    return made


@figure("censorship-history")
def history(t):
    """The lead of the American account over the Soviet, with its interval: two shares of one sample."""
    rows = where(t("censorship/geopolitical_preference"), pair="USSR-USA")
    made = []
    for r in where(rows, answer="favoured USA"):
        if r["language"] in ("English", "Russian"):
            (other,) = where(rows, answer="favoured USSR", model=r["model"], language=r["language"])
            a, b, of = float(r["share"]), float(other["share"]), int(r["of"])
            reach = 1.96 * math.sqrt((100 * (a + b) - (a - b) ** 2) / of)
            own = {"model_and_language": f"{r['model']}, asked in {r['language']}", "source": r["source"]}
            made.append(own | {"low": a - b - reach, "lead": a - b, "high": a - b + reach})
    return made
