"""Values of the facts of the chapter on hardware."""

from datetime import date

from tests.book.reader.shown.values.computed import VALUES, one, single, value, where

FRONTIER = "hardware/top500_frontier"
TOP = "hardware/top500_by_economy"
RUSSIAN = "hardware/top500_russian_systems"
CLUSTERS = "hardware/clusters"
KNOWN = "hardware/gpu_clusters_by_economy"
IMPORTS = "hardware/chip_imports"
LISTS = {"now": "2026-06", "then": "2021-11", "before": "2021-06", "american": "2025-11"}


@value(*(f"hardware.ratio-{name}" for name in LISTS if name != "before"))
def ratio(t, id):
    rows = where(t(FRONTIER), list=LISTS[id.rpartition("-")[2]])
    return one(rows, "rmax", measure="rank_1")[0] / one(rows, "rmax", measure="best_russian")[0], {FRONTIER: rows}


@value("hardware.share-now", "hardware.share-then", "hardware.share-before")
def share_of_list(t, id):
    rows = where(t(TOP), list=LISTS[id.rpartition("-")[2]])
    russia, world = where(rows, economy="RUS"), where(rows, economy="WLD")
    return 100 * float(russia[0]["rmax"]) / float(world[0]["rmax"]), {TOP: russia + world}


@value("hardware.lag-eve", "hardware.lag-then", "hardware.lag-now")
def lag(t, id):
    when = LISTS[id.rpartition("-")[2].replace("eve", "before")]
    rows = [row for row in t(TOP) if row["economy"] in ("RUS", "USA")]
    return years_behind(t, when, "USA"), {TOP: rows}


def years_behind(t, when, other):
    """Years since the sum of the systems of `other` was Russia's of the list `when`."""
    russia, theirs = ({r["list"]: float(r["rmax"]) for r in where(t(TOP), economy=code)} for code in ("RUS", other))
    later = min(name for name, total in theirs.items() if total >= russia[when])
    earlier = max(name for name in theirs if name < later)
    part = (russia[when] - theirs[earlier]) / (theirs[later] - theirs[earlier])
    day, first, last = (date.fromisoformat(f"{name}-01").toordinal() for name in (when, earlier, later))
    return (day - first - part * (last - first)) / 365.25


@value("hardware.kazakhstan")
def kazakhstan(t):
    rows = where(t(TOP), list="2026-06")
    ours, theirs = where(rows, economy="RUS"), where(rows, economy="KAZ")
    return 100 * float(theirs[0]["rmax"]) / float(ours[0]["rmax"]), {TOP: ours + theirs}


@value("hardware.list-now")
def list_now(t):
    last = max(row["list"] for row in t(FRONTIER))
    return f"{last}-01", {FRONTIER: where(t(FRONTIER), list=last)}


@value("hardware.newest", "hardware.russian-systems", "hardware.nvidia-systems")
def systems(t, id):
    rows = where(t(RUSSIAN), list=max(row["list"] for row in t(RUSSIAN)))
    nvidia = [row for row in rows if "NVIDIA" in row["accelerator"]]
    found = {"newest": max(int(row["year_installed"]) for row in rows), "russian": len(rows), "nvidia": len(nvidia)}
    name = id.partition(".")[2].partition("-")[0]
    return found[name], {RUSSIAN: nvidia if name == "nvidia" else rows}


VALUES["hardware.mumbai-gpus"] = single(CLUSTERS, "h100_equivalents", name="Servers shipped through Mumbai")


VALUES["hardware.chervonenkis"] = single(CLUSTERS, "chips", name="Chervonenkis")


VALUES["hardware.chervonenkis-h100"] = single(CLUSTERS, "h100_equivalents", name="Chervonenkis")


VALUES["hardware.fire-flyer"] = single(CLUSTERS, "chips", name="Fire-Flyer")


VALUES["hardware.listed-h100e"] = single(KNOWN, "h100_equivalents", economy="RUS")


VALUES["hardware.listed-china"] = single(KNOWN, "h100_equivalents", economy="CHN")


VALUES["hardware.listed-usa"] = single(KNOWN, "h100_equivalents", economy="USA")


@value("hardware.china-ratio")
def china_ratio(t):
    (theirs, first), (ours, second) = (one(t(KNOWN), "h100_equivalents", economy=code) for code in ("CHN", "RUS"))
    return theirs / ours, {KNOWN: first + second}


@value("hardware.mumbai-ratio")
def mumbai_ratio(t):
    (route, ship), (listed, ours) = VALUES["hardware.mumbai-gpus"](t), VALUES["hardware.listed-h100e"](t)
    return route / listed, ship | ours


@value("hardware.chips-a-server")
def chips_a_server(t):
    route, ship = VALUES["hardware.mumbai-gpus"](t)
    servers, said = one(t("hardware/statements"), "value", id="mumbai-h100-servers")
    return route / servers, ship | {"hardware/statements": said}


@value("hardware.listed-share")
def listed_share(t):
    rows = t(KNOWN)
    listed = one(rows, "h100_equivalents", economy="RUS")[0]
    return 100 * listed / sum(float(row["h100_equivalents"]) for row in rows), {KNOWN: rows}


@value("hardware.price-ratio")
def price_of_a_kilogram(t):
    said = t("hardware/statements")
    (before, a), (after, b) = (one(said, "value", id=f"price-per-kg-{year}") for year in (2021, 2023))
    return after / before, {"hardware/statements": a + b}


@value(*(f"hardware.imports-{year}" for year in (2021, 2022, 2023)))
def nine_months(t, id):
    rows = [
        r for r in where(t(IMPORTS), period=f"{id[-4:]} Jan-Sep", scope="all") if not r["what"].startswith("of which")
    ]
    (row,) = (r for r in rows if "goods" not in r["what"])
    return float(row["value"]) / 1000, {IMPORTS: [row]}


@value("hardware.since-2021")
def highest_over_lowest(t):
    rows = [row for row in where(t(TOP), economy="RUS") if row["list"] >= LISTS["then"]]
    sums = [float(row["rmax"]) for row in rows]
    return max(sums) / min(sums), {TOP: rows}
