"""simple-evals-ru: the table of scores and prices in the README of A. Kukushkin's repository."""

import re

from bs4 import BeautifulSoup

from brief.refresh import Part, Publisher, PublisherFile, Table, keyed

PUBLISHER = Publisher(
    "Alexander Kukushkin",
    address="https://github.com/kuk/simple-evals-ru",
    licence="MIT",
    ended="one run, of March 2025",
)

SCRATCH, TUNED = "proprietary, from scratch", "fine-tune of Qwen 2.5"
PRO_5 = "proprietary, begun from Qwen 2.5"
# The model in the table: our name, developer, economy, and by what we know of it where its weights come from. Two
# community re-trainings of YandexGPT and Ruadapt's second model are left out: each firm by its own models.
MODELS = {
    "gigachat-2-lite": ("GigaChat 2 Lite", "Sber", "RUS", SCRATCH),
    "gigachat-2-pro": ("GigaChat 2 Pro", "Sber", "RUS", SCRATCH),
    "gigachat-2-max": ("GigaChat 2 Max", "Sber", "RUS", SCRATCH),
    "gigachat-lite": ("GigaChat Lite", "Sber", "RUS", SCRATCH),
    "gigachat-pro": ("GigaChat Pro", "Sber", "RUS", SCRATCH),
    "gigachat-max": ("GigaChat Max", "Sber", "RUS", SCRATCH),
    "yandexgpt-5-lite": ("YandexGPT 5 Lite", "Yandex", "RUS", "proprietary"),
    "yandexgpt-5-pro": ("YandexGPT 5 Pro", "Yandex", "RUS", PRO_5),
    "yandexgpt-4-lite": ("YandexGPT 4 Lite", "Yandex", "RUS", "proprietary"),
    "yandexgpt-4-pro": ("YandexGPT 4 Pro", "Yandex", "RUS", "proprietary"),
    "t-lite-8b": ("T-lite 8B", "T-Bank", "RUS", TUNED),
    "t-pro-32b": ("T-pro 32B", "T-Bank", "RUS", TUNED),
    "ruadapt-qwen-32b": (
        "RuadaptQwen 32B", "Moscow State University (Ruadapt)", "RUS", "adaptation of Qwen 2.5 32B",
    ),
    "qwen-2.5-7b": ("Qwen 2.5 7B", "Alibaba", "CHN", "open weights"),
    "qwen-2.5-32b": ("Qwen 2.5 32B", "Alibaba", "CHN", "open weights"),
    "qwen-2.5-72b": ("Qwen 2.5 72B", "Alibaba", "CHN", "open weights"),
    "deepseek-v3": ("DeepSeek-V3", "DeepSeek", "CHN", "open weights"),
}  # fmt: skip
PRICE = "$ / m tokens"


def scores(files):
    """Price, average and its margin; a model that is not sold ("selfhost") has no price."""
    page = BeautifulSoup(files["scores"][0].text, "html.parser")
    table = next(table for table in page.find_all("table") if PRICE in table.get_text())
    for row in table.find_all("tr"):
        cells = [cell.get_text().strip().replace("\u2011", "-") for cell in row.find_all(["th", "td"])]
        if cells[0] in MODELS:
            name, developer, economy, weights = MODELS[cells[0]]
            score, margin = re.fullmatch(r"([\d.]+)±([\d.]+)%", cells[2]).groups()
            yield {
                "model": name,
                "developer": developer,
                "economy": economy,
                "weights": weights,
                "price": float(cells[1].lstrip("$")) if cells[1].startswith("$") else None,
                "score": float(score),
                "margin": float(margin),
            }


def knows(file: PublisherFile) -> bool:
    return b"<table" in file.content and PRICE.encode() in file.content and b"gigachat" in file.content


PARTS = [Part("scores", reaches=lambda file: "", knows=knows, says_release=False)]
TABLES = [Table("competitiveness/price_score", ["scores"], scores, "simple-evals-ru-", keyed("simple-evals-ru-"))]
