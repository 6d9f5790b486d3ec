"""LMArena: the text board in four forms: a history by model, dated CSVs, the catalog, and the data set of 2026."""

import re

from brief.refresh import Part, Publisher, PublisherFile, Table, Unreadable, keyed

PUBLISHER = Publisher(
    "LMArena",
    address="https://huggingface.co/datasets/lmarena-ai/leaderboard-dataset",
    licence="CC BY 4.0 (data set of 2026); before as published by LMArena",
    every=3,
)

SHOWN = ("USA", "CHN", "FRA", "RUS")  # Russia is kept with nought models
# The developer's economy, by organisation as the files write it, without case. None: of no economy (a community).
ORGANISATIONS = {
    economy: names.split(";")
    for economy, names in {
        "USA": "ai2;allen ai;allenai;allenai/uw;amazon;anthropic;cognitive computations;databricks;google;huggingface;"
        "ibm;inception-ai;lmsys;meta;microsoft;mosaicml;nexusflow;nomic ai;nousresearch;nvidia;openai;perplexity ai;"
        "princeton;reka ai;snowflake;stanford;thinky;together ai;uc berkeley;uw;xai",
        "CHN": "01 ai;alibaba;ant-group;baidu;bytedance;deepseek;deepseek ai;internlm;meituan;minimax;moonshot;stepfun;"
        "tencent;tsinghua;xiaomi;z.ai;zai;zhipu;zhipu ai",
        "FRA": "mistral",
        "CAN": "cohere",
        "ISR": "ai21 labs",
        "ARE": "tii",
        "KOR": "upstage;upstage ai",
        "GBR": "stability ai",
        "DEU": "openassistant",
        None: "openchat;rwkv",
    }.items()
}
BY_ORGANISATION = {name: economy for economy, names in ORGANISATIONS.items() for name in names}
# The same where a file has only the model's name: how names begin. Re-trainings go by who re-trained, so Nous's and
# Cognitive Computations' Mistrals are American, as in the files that name organisations.
TUNED = "dolphin-2.2.1-mistral;nous-hermes-2-mixtral;openhermes-2.5-mistral"
NAMES = {
    "USA": "alpaca;amazon-nova;athene;bard;chatgpt;claude;codellama;dbrx;dolly;early-grok;fastchat;gemini;gemma;gpt;"
    "granite;grok;guanaco;ibm-granite;im-also-a-late-june;inkling;intellect;koala;late-june;llama;mai-;mercury;mpt;"
    "muse;nemotron;nova;nvidia;o1;o3;o4;olmo;molmo;palm;phi-;pplx;reka;smollm;snowflake;starling;stripedhyena;trinity;"
    "tulu;vicuna;wizardlm;zephyr;" + TUNED,
    "CHN": "chatglm;deepseek;dola-seed;ernie;glm;hunyuan;hy3;internlm;kimi;ling-;longcat;mimo;minimax;qwen;qwq;ring-;"
    "step-;yi-",
    "FRA": "magistral;ministral;mistral;mixtral",
    "CAN": "c4ai;command",
    "ISR": "jamba",
    "ARE": "falcon",
    "KOR": "solar",
    "GBR": "stablelm",
    "DEU": "oasst",
    None: "openchat;rwkv",
}
PREFIXES = [(prefix, economy) for economy, names in NAMES.items() for prefix in names.split(";")]
Model = dict  # name, economy, score, and printed rank where the file has one


def by_name(name: str) -> str | None:
    """Economy of a model by its name; raises Unreadable for a name that the recipe does not know."""
    for prefix, economy in PREFIXES:
        if name.lower().startswith(prefix):
            return economy
    raise Unreadable(f"has a model of no economy that the recipe knows: {name!r}")


def by_organisation(name: str, organisation: str) -> str | None:
    if not organisation:
        return by_name(name)
    if organisation.lower() not in BY_ORGANISATION:
        raise Unreadable(f"has an organisation of no economy that the recipe knows: {organisation!r}")
    return BY_ORGANISATION[organisation.lower()]


def summary(when: str, board: str, series: str, models: list[Model]):
    """How many models an economy has on a board, and its best by score.

    `best_rank` is by score, and models of one score share a rank; `printed_rank`, where a file has it, is LMArena's
    own, which puts models level that are within the error.
    """
    models = sorted(models, key=lambda model: -model["score"])
    found = []
    for economy in SHOWN:
        own = [model for model in models if model["economy"] == economy]
        row = {"date": when, "board": board, "series": series, "economy": economy, "models": len(own)}
        row |= dict.fromkeys(("best_rank", "printed_rank", "best_model", "best_score"))
        row["models_total"] = len(models)
        if own:
            best = own[0]
            row["best_rank"] = 1 + sum(model["score"] > best["score"] for model in models)
            row["printed_rank"] = best.get("printed")
            row |= {"best_model": best["name"], "best_score": round(best["score"], 1)}
        if own or economy == "RUS":
            found.append(row)
    return sorted(found, key=lambda row: row["best_rank"] or len(models) + 1)


def day(file: PublisherFile) -> str:
    """Neither the CSVs nor the catalog say of when they are; the file's name must."""
    found = re.search(r"20\d\d-\d\d-\d\d", file.name.rsplit("/", 1)[-1])
    if not found:
        raise Unreadable("does not say of when it is: its name needs the day, as in 2025-08-04.csv")
    return found[0]


def history_day(row: dict) -> str:
    return f"{row[''][:4]}-{row[''][4:6]}-{row[''][6:]}"


def history(files):
    """The last day of each month, from two on the board; a column a model, and nought for one that is absent.

    To June 2024: since then CSVs, which have organisations.
    """
    last = {}
    for row in files["history"][0].rows:
        if history_day(row) < "2024-07":
            last[history_day(row)[:7]] = row
    for row in last.values():
        scores = {name: float(text) for name, text in row.items() if name and float(text)}
        models = [{"name": name, "economy": by_name(name), "score": score} for name, score in scores.items()]
        yield from summary(history_day(row), "overall", "history", models)


def dated(files):
    """The CSV of a day, in the file's order where scores are equal; the economy by organisation."""
    for file in sorted(files["csv"], key=day):
        models = [
            {
                "name": row["model"],
                "economy": by_organisation(row["model"], row["organization"]),
                "score": float(row["arena_score"]),
                "printed": int(row["rank"]),
            }
            for row in file.rows
        ]
        yield from summary(day(file), "overall", "history", models)


def catalog(files):
    """The boards "full" and "russian". In spring 2025 the CSVs have the whole board of the same method: not twice."""
    for file in sorted(files["catalog"], key=day):
        when = day(file)
        series = "history" if when < "2025-08-05" else "catalog"  # style control came in between
        for key, board in (("full", "overall"), ("russian", "russian")):
            if series == "catalog" or board == "russian":
                models = [
                    {"name": name, "economy": by_name(name), "score": entry["rating"]}
                    for name, entry in file.json[key].items()
                ]
                yield from summary(when, board, series, models)


def dataset(files):
    """Overall and Russian board of the data set, with style control: a third series, not to be joined."""
    for file in sorted(files["dataset"], key=published):
        for board in ("overall", "russian"):
            models = [
                {
                    "name": row["model_name"],
                    "economy": by_organisation(row["model_name"], row["organization"]),
                    "score": row["rating"],
                    "printed": int(row["rank"]),
                }
                for row in file.json["rows"]
                if row["category"] == board
            ]
            yield from summary(published(file), board, "dataset", models)


def published(file: PublisherFile) -> str:
    return file.json["meta"]["leaderboard_publish_date"]


def is_catalog(file: PublisherFile) -> bool:
    return file.is_json and isinstance(file.json, dict) and {"full", "russian"} <= set(file.json)


def is_dataset(file: PublisherFile) -> bool:
    """With style control, as the catalog seems to be since November 2025; the plain board is another file."""
    if not (file.is_json and isinstance(file.json, dict) and "rows" in file.json):
        return False
    return file.json.get("meta", {}).get("subset") == "text_style_control"


PARTS = [
    Part(
        "history",
        lambda file: history_day(file.rows[-1]),
        columns=("", "gpt-4-0314", "claude-2.0", "chatglm-6b"),
    ),
    Part("csv", day, columns=("rank", "model", "arena_score", "votes", "organization"), many=True),
    Part("catalog", day, knows=is_catalog, many=True),
    Part("dataset", published, knows=is_dataset, many=True),
]
FORMS = {"history": history, "csv": dated, "catalog": catalog, "dataset": dataset}
TABLES = [
    Table("competitiveness/arena", [form], rows, f"lmarena-{form}-", keyed(f"lmarena-{form}-"), ["date"])
    for form, rows in FORMS.items()
]
