"""What the conditions of findings and indicators compare, computed anew: `CONDITIONS[id](t)` is a list of pairs."""

from tests.book.reader.shown.values import VALUES
from tests.book.reader.shown.values.competitiveness import INDEX, PAPERS, PRICE
from tests.book.reader.shown.values.computed import one, where
from tests.book.reader.shown.values.ideology import SPEECH, least_free
from tests.book.reader.shown.values.talent import AUTHORS

CONDITIONS = {}


def compares(id):
    def keep(make):
        CONDITIONS[id] = make
        return make

    return keep


def facts(id, *pairs):
    """Conditions whose sides are facts computed anew, or plain numbers."""

    def side(t, what):
        return VALUES[what](t)[0] if isinstance(what, str) and what in VALUES else what

    CONDITIONS[id] = lambda t: [(side(t, left), side(t, right)) for left, right in pairs]


def said(chapter, id):
    """A statement's number."""
    return lambda t: one(t(f"{chapter}/statements"), "value", id=id)[0]


facts("hardware.frontier-ran-away", ("hardware.share-now", "hardware.share-then"), ("hardware.newest", 2021))
facts("hardware.new-machine", ("hardware.newest", 2021))
facts("hardware.share-one", ("hardware.share-now", 1))
facts("hardware.kazakhstan-passes", ("hardware.kazakhstan", 100))
facts("hardware.back-door", ("hardware.mumbai-gpus", "hardware.listed-h100e"))
facts("talent.counters-differ", ("talent.spread", 3))
facts("talent.best-left", ("talent.wachs-ratio", 3))
facts("talent.share-recovers", ("talent.share-now", 3))
facts(
    "censorship.china-selective",
    ("censorship.r1-russia", "censorship.r1-china-en"),
    ("censorship.r1-russia", "censorship.r1-china-zh"),
    ("censorship.r1-china-en", 50),
)
facts("ideology.money-elsewhere", ("ideology.media-ratio", 10), ("ideology.media-rise", "ideology.price-rise"))
facts("censorship.gigachat-turns", ("censorship.sber-ussr-russian", "censorship.sber-us-russian"))
facts("censorship.not-orthodox", ("censorship.sber-us-russian", "censorship.sber-ussr-russian"))
facts("censorship.machine-grows", ("Ways round the blocks", "Ways round the blocks"), ("censorship.growth", 20))
facts("competitiveness.absent", ("competitiveness.russian-on-arena", 0))
facts("competitiveness.appears", ("competitiveness.russian-on-arena", 0))
facts(
    "competitiveness.dearer-and-weaker",
    ("competitiveness.score-gigachat", "competitiveness.score-deepseek"),
    ("competitiveness.price-gigachat", "competitiveness.price-deepseek"),
)
facts(
    "competitiveness.money-stopped",
    *((f"competitiveness.cset-{year}", "competitiveness.cset-2021") for year in (2022, 2023, 2024)),
)
CONDITIONS["talent.seniors"] = lambda t: [(said("talent", "senior-resumes")(t), 3.9)]


@compares("hardware.flow-continued")
def flow(t):
    imports = [VALUES[f"hardware.imports-{year}"](t)[0] for year in (2022, 2021)]
    return [(VALUES["hardware.price-ratio"](t)[0], 1.5), tuple(imports)]


@compares("hardware.lag-older")
def lag(t):
    eve, now = (VALUES[f"hardware.lag-{name}"](t)[0] for name in ("eve", "now"))
    return [(eve, said("hardware", "lag-2010")(t)), (now, eve)]


@compares("talent.authors-unclear")
def authors(t):
    rows = [row for row in where(t(AUTHORS), first_years="2018 to 2022") if row["economy"] != "RUS"]
    lowest = min(100 * float(row["moved"]) / float(row["seen_again"]) for row in rows)
    return [(VALUES["talent.chance-low"](t)[0], lowest)]


@compares("talent.code-share-fell")
def code_share(t):
    base, later, now = (VALUES[f"talent.share-{year}"](t)[0] for year in ("base", "2024", "now"))
    return [(later, 0.85 * base), (now, later), (VALUES["talent.russia-index"](t)[0], 100)]


@compares("talent.returns-split")
def returns(t):
    return [(VALUES["talent.returned-ministry"](t)[0], 2 * VALUES["talent.returned-poll"](t)[0])]


@compares("talent.papers-recover")
def recovered(t):
    ours = sorted(where(t(PAPERS), economy="RUS"), key=lambda row: row["year"])
    return [(float(ours[-1]["articles"]), max(float(row["articles"]) for row in ours))]


def leads(t):
    """Russia's freedom of expression less China's, by year."""
    rows = t(SPEECH)
    years = {row["year"] for row in where(rows, economy="RUS")} & {row["year"] for row in where(rows, economy="CHN")}
    index = {(row["economy"], row["year"]): float(row["index"]) for row in rows}
    return {year: index["RUS", year] - index["CHN", year] for year in years}


CONDITIONS["ideology.china-less-free"] = lambda t: [(min(leads(t).values()), 0)]
facts("ideology.below-china", ("ideology.russia-now", "ideology.china-now"))


@compares("ideology.unfree-build")
def unfree_build(t):
    states = {row["economy"]: float(row["index"]) for row in least_free(t)}
    rows = t("competitiveness/large_systems")
    last = where(rows, year=max(row["year"] for row in rows))
    built = {row["economy"]: int(row["systems"]) for row in last if row["economy"] in states}
    return [(built.pop("CHN"), max(built.values())), (states["CHN"], min(states.values()))]


@compares("ideology.doctrine-light-law")
def late_law(t):
    events = t("ideology/doctrine")
    first = min(row["sort"][:4] for row in where(events, kind="words"))
    planned = min(row["sort"][:4] for row in where(events, planned="true"))
    return [(int(first), int(planned)), *in_force(t)]


@compares("ideology.dependence")
def orders(t):
    return [(sum("to work with China" in row["event"] for row in t("ideology/doctrine")), 1)]


@compares("ideology.values-law")
def in_force(t):
    events = where(t("ideology/doctrine"), planned="false")
    return [(sum("enters into force" in row["event"] for row in events), 0)]


@compares("censorship.blocks-come-off")
def come_off(t):
    rows = where(t("censorship/deepseek_blocks"), language="Chinese")
    met = {m: [int(r["complete"]) for r in where(rows, model=m)] for m in {r["model"] for r in rows}}
    released = max(met["DeepSeek-R1"])
    return [(released, min(met["DeepSeek-R1-Zero"])), (min(met["R1-1776"] + met["MAI-DS-R1"]), released)]


def russian_refusals(t):
    """Rates of refusal of Russian models among the audits."""
    return [(len([r for r in where(t("censorship/audits"), developer_country="Russia") if "refus" in r["measure"]]), 0)]


CONDITIONS["censorship.unmeasured"] = CONDITIONS["censorship.tested"] = russian_refusals


@compares("competitiveness.own-weights")
def own_weights(t):
    known = [row for row in t("competitiveness/russian_models") if row["weights_from"]]
    newest = [row for row in known if row["date"] >= "2026"]
    others = [row for row in known if not ("Sber" in row["developer"] or "Yandex" in row["developer"])]
    return [
        (sum(row["weights_from"] == "RUS" for row in newest), len(newest)),
        (sum(row["design_from"] == "CHN" for row in newest), len(newest)),
        (sum(row["weights_of"] == "Alibaba" for row in others), len(others)),
    ]


@compares("competitiveness.russian-best")
def russian_best(t):
    ours = max(float(row["score"]) for row in where(t(PRICE), economy="RUS"))
    return [(ours, float(where(t(PRICE), model="DeepSeek-V3")[0]["score"]))]


@compares("competitiveness.cost-misquoted")
def cost(t):
    rows = t("competitiveness/deepseek_cost")
    means = min(float(row["low"]) for row in rows if row["kind"] != "company")
    return [(means, 10 * next(float(row["low"]) for row in rows if row["what"].startswith("Last training run")))]


@compares("competitiveness.leads-china")
def best_part(t):
    scores = {(row["economy"], row["pillar"]): float(row["score"]) for row in t(INDEX)}
    parts = {pillar for _, pillar in scores if pillar != "Total score"}
    return [(max(scores["RUS", part] - scores["CHN", part] for part in parts), 0)]
