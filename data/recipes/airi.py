"""AIRI and Skoltech: the object "results" of the page on geopolitical bias, as JSON."""

from brief.refresh import Part, Publisher, PublisherFile, Table, keyed

PUBLISHER = Publisher(
    "AIRI and Skoltech",
    address="https://github.com/s-nlp/geopolitical_llm_bias",
    licence="MIT",
    ended="one study, of June 2025",
)

MODELS = {
    "GigaChat-Max": ("GigaChat-Max", "RUS"),
    "Qwen2.5 72B": ("Qwen 2.5 72B", "CHN"),
    "Llama-4-Mav.": ("Llama 4 Maverick", "USA"),
    "GPT-4o-mini": ("GPT-4o mini", "USA"),
}
# Without a persona, and in the plain setting; of six pairs the two that concern the book.
LANGUAGES, PAIRS, SETTING = ("English", "Chinese", "Russian"), ("USA-China", "USSR-USA"), "Baseline"
# Events in a pair: every published share is a multiple of one in so many.
EVENTS = {"USA-China": 14, "USSR-USA": 25}


def preference(files):
    """Four shares an answer, in the order of the page's script, and the events behind each."""
    results = files["results"][0].json
    for language in LANGUAGES:
        for pair in PAIRS:
            answers = [*(f"favoured {country}" for country in pair.split("-"))]
            answers += ["both positions incorrect", "both positions equal"]
            for name, (model, economy) in MODELS.items():
                for answer, share in zip(answers, results[language][pair][name][SETTING], strict=True):
                    row = {"model": model, "economy": economy, "pair": pair, "language": language, "answer": answer}
                    row |= {"share": float(share), "events": round(share * EVENTS[pair] / 100), "of": EVENTS[pair]}
                    yield row


def knows(file: PublisherFile) -> bool:
    return file.is_json and isinstance(file.json, dict) and set(LANGUAGES) <= set(file.json)


FAMILY = "airi-geopolitical-bias-"
PARTS = [Part("results", reaches=lambda file: "", knows=knows, says_release=False)]
TABLES = [Table("censorship/geopolitical_preference", ["results"], preference, FAMILY, keyed(FAMILY))]
