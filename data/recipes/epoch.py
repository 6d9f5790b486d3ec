"""Epoch AI: gpu_clusters.csv, notable_ai_models.csv and large_scale_ai_models.csv."""

from math import fsum

from brief.refresh import Part, Publisher, PublisherFile, Table, keyed

PUBLISHER = Publisher("Epoch AI", address="https://epoch.ai/data", licence="CC BY 4.0", every=3)

# Names as the files have them; GPU clusters lists them as ISO does.
ISO = {
    "Australia": "AUS", "Brazil": "BRA", "Canada": "CAN", "China": "CHN", "Czechia": "CZE", "Denmark": "DNK",
    "Finland": "FIN", "France": "FRA", "Germany": "DEU", "Hong Kong": "HKG", "Iceland": "ISL", "India": "IND",
    "Indonesia": "IDN", "Israel": "ISR", "Italy": "ITA", "Japan": "JPN", "Korea (Republic of)": "KOR",
    "Luxembourg": "LUX", "Malaysia": "MYS", "Mexico": "MEX", "Netherlands": "NLD", "Norway": "NOR",
    "Philippines (the)": "PHL", "Poland": "POL", "Russia": "RUS", "Saudi Arabia": "SAU", "Singapore": "SGP",
    "Slovenia": "SVN", "Spain": "ESP", "Sweden": "SWE", "Switzerland": "CHE", "Taiwan": "TWN", "Thailand": "THA",
    "United Arab Emirates": "ARE", "United Kingdom of Great Britain and Northern Ireland": "GBR",
    "United States of America": "USA", "Vietnam": "VNM",
}  # fmt: skip


def existing(file: PublisherFile) -> dict[str, list[dict]]:
    """Clusters at work by economy: planned and decommissioned ones, superseded phases and those without a country
    left out, possible duplicates kept."""
    groups: dict[str, list[dict]] = {}
    for row in file.rows:
        if row["Status"] == "Existing" and row["Country"] and not row["Superseded by"]:
            groups.setdefault(ISO[row["Country"]], []).append(row)
    return groups


def clusters_by_economy(files):
    """The sum of H100-equivalents, largest first; `clusters` counts those of unknown size too."""
    rows = []
    for economy, clusters in existing(files["gpu-clusters"][0]).items():
        sizes = [float(row["H100 equivalents"]) for row in clusters if row["H100 equivalents"]]
        rows.append({"economy": economy, "clusters": len(clusters), "h100_equivalents": round(fsum(sizes), 1)})
    return sorted(rows, key=lambda row: (-row["h100_equivalents"], row["economy"]))


# Russia's clusters and some foreign ones for scale: name in the file, our name, owner and note. The names are
# shortened by hand; MSU-270's 100 chips are an estimate by press, so the cell stays empty and the note says it.
OF_TOP500 = "chip count: Calculated from Top500"
MSU, LOMONOSOV = "Moscow State University", "Moscow State University Lomonosov 2"
MSU_270 = (
    "about 100 accelerators of unnamed make by press; H100-equivalents from the announced "
    '400 "AI" petaflops; never on the TOP500'
)
CLUSTERS = [
    ("Yandex Chervonenkis", "Chervonenkis", "Yandex", "chip count: GPU 1,592 NVIDIA A100 80G"),
    ("Yandex Lyapunov", "Lyapunov", "Yandex", "chip count: GPU 1,096 NVIDIA A100 40G"),
    ("Yandex Galushkin", "Galushkin", "Yandex", "chip count: GPU 1,088 NVIDIA A100 80G"),
    ("SberCloud Christofari Neo", "Christofari Neo", "SberCloud", OF_TOP500),
    ("MSU-270", "MSU-270", MSU, MSU_270),
    ("SberCloud Christofari", "Christofari", "SberCloud", OF_TOP500),
    ("MTS Grom", "MTS Grom", "MTS", OF_TOP500),
    (LOMONOSOV, LOMONOSOV, MSU, OF_TOP500),
    ("xAI Colossus Memphis Phase 3", "Colossus", "xAI", "150,000 H100, 50,000 H200 and 30,000 GB200"),
    ("Meta GenAI 2024b", "Meta GenAI, one of a pair", "Meta AI", None),
    ('"Jupiter, Jülich"', "Jupiter", "EuroHPC, Jülich Supercomputing Center", None),
    ("Microsoft Azure Eagle", "Azure Eagle", "Microsoft", None),
    ("Lawrence Livermore NL El Capitan Phase 2", "El Capitan", "US Department of Energy", None),
]


def clusters(files):
    """The chosen clusters; one that the file no longer has under its name is gone."""
    listed = {row["Name"]: row for row in files["gpu-clusters"][0].rows}
    for name, ours, owner, note in CLUSTERS:
        if row := listed.get(name):
            size = float(row["H100 equivalents"])
            yield {
                "name": ours,
                "economy": ISO[row["Country"]],
                "owner": owner,
                "standing": "listed",
                "date": row["First Operational Date"][:7],
                "chip": row["Chip type (primary)"] or None,
                "chips": None if note == MSU_270 else int(float(row["Total number of AI chips"])),
                "h100_equivalents": round(size, 1 if size < 1000 else 0),
                "note": note,
            }


# The first rows of the table, in its order; the other economies of the file follow by code.
FIRST = [
    "USA", "CHN", "GBR", "FRA", "CAN", "DEU", "KOR", "ISR", "JPN", "IND", "ARE", "SAU", "HKG", "SGP", "CHE", "FIN",
    "POL", "IRN", "RUS",
]  # fmt: skip
NAMES = ISO | {
    "Argentina": "ARG", "Austria": "AUT", "Belgium": "BEL", "Iran (Islamic Republic of)": "IRN", "Ireland": "IRL",
}  # fmt: skip
NOT_ECONOMIES = {"", "Multinational"}


def notable_counts(file: PublisherFile) -> dict[str, dict[int, int]]:
    """Models by economy and year of publication from 2012; one of several economies counts once in each."""
    counts: dict[str, dict[int, int]] = {}
    for row in file.rows:
        year = int(row["Publication date"][:4] or 0)
        names = {name.strip() for name in row["Country (of organization)"].split(",")} - NOT_ECONOMIES
        for name in sorted(names) if year >= 2012 else ():
            of = counts.setdefault(NAMES[name], {})
            of[year] = of.get(year, 0) + 1
    return counts


def notable(files):
    """Every economy that the file has from 2012 on, with nought for the years in which it has no model."""
    counts = notable_counts(files["notable-models"][0])
    last = max(year for of in counts.values() for year in of)
    first = [economy for economy in FIRST if economy in counts]
    for economy in first + sorted(set(counts) - set(first)):
        for year in range(2012, last + 1):
            yield {"economy": economy, "year": year, "models": counts[economy].get(year, 0)}


# The models that the chapter speaks of and that have an estimate.
COMPUTE_OF = [
    "YaLM", "ruGPT-3.5 13B", "Llama 3.1-405B", "DeepSeek-V3", "DeepSeek-R1", "Grok 3", "YandexGPT 5 Lite",
    "Qwen3-235B-A22B", "Grok 4", "Kimi K2", "DeepSeek-V3.2-Exp",
]  # fmt: skip


def compute(files):
    """By day of publication; the operations of a run in the file's full digits."""
    listed = {row["Model"].strip(): row for row in files["large-models"][0].rows}
    for name in sorted((name for name in COMPUTE_OF if name in listed), key=lambda n: listed[n]["Publication date"]):
        row = listed[name]
        yield {
            "model": name,
            "developer": row["Organization"],
            "economy": ISO[row["Country (of organization)"]],
            "published": row["Publication date"],
            "compute": float(row["Training compute (FLOP)"]),
            "chips": int(float(row["Hardware quantity"])) if row["Hardware quantity"] else None,
            "confidence": row["Confidence"].lower(),
        }


def newest(column: str):
    """The last day in a column: of a list that only grows it says which is newer. No file names its release."""
    return lambda file: max(row[column] for row in file.rows if row.get("Status") != "Planned")


MODELS = ("Model", "Organization", "Publication date", "Country (of organization)", "Training compute (FLOP)")
PARTS = [
    Part(
        "gpu-clusters",
        newest("First Operational Date"),
        columns=("Name", "Status", "Country", "H100 equivalents", "Superseded by", "First Operational Date"),
        says_release=False,
    ),
    # Both lists of models have MODELS; only the notable ones say why they are notable.
    Part(
        "notable-models",
        newest("Publication date"),
        columns=(*MODELS, "Notability criteria"),
        says_release=False,
    ),
    Part(
        "large-models",
        newest("Publication date"),
        columns=(*MODELS, "Hardware quantity", "Confidence"),
        knows=lambda file: "Notability criteria" not in file.header,
        says_release=False,
    ),
]
TABLES = [
    Table(
        "hardware/gpu_clusters_by_economy",
        ["gpu-clusters"],
        clusters_by_economy,
        "epoch-gpu-clusters-",
        keyed("epoch-gpu-clusters-"),
        address="https://epoch.ai/data/gpu-clusters",
    ),
    Table(
        "hardware/clusters",
        ["gpu-clusters"],
        clusters,
        "epoch-gpu-clusters-",
        keyed("epoch-gpu-clusters-"),
        address="https://epoch.ai/data/gpu-clusters",
    ),
    Table(
        "competitiveness/notable_models",
        ["notable-models"],
        notable,
        "epoch-notable-models-",
        keyed("epoch-notable-models-"),
        address="https://epoch.ai/data/ai-models",
    ),
    Table(
        "hardware/training_compute",
        ["large-models"],
        compute,
        "epoch-large-models-",
        keyed("epoch-large-models-"),
        address="https://epoch.ai/data/ai-models",
    ),
]
