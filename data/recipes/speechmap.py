"""SpeechMap: judgments of what models answer when asked to criticise a government, compliance_*.jsonl by judge."""

import json

from brief.refresh import Part, Publisher, PublisherFile, Table, keyed

PUBLISHER = Publisher(
    "SpeechMap",
    address="https://github.com/xlr8harder/llm-compliance",
    licence="Apache-2.0",
    every=12,
)

# The older of two judges: models that were judged before the change have no judgment by the newer of the same day.
JUDGE = "openai/gpt-4o-2024-11-20"
# Leading models of each developer and those re-trained from DeepSeek's, in the order of the publisher's names.
MODELS = {
    "anthropic/claude-3-5-sonnet-20241022": ("Claude 3.5 Sonnet", "USA"),
    "anthropic/claude-3-7-sonnet-20250219": ("Claude 3.7 Sonnet", "USA"),
    "deepseek/deepseek-chat-v3-0324": ("DeepSeek-V3-0324", "CHN"),
    "deepseek/deepseek-chat": ("DeepSeek-V3", "CHN"),
    "deepseek/deepseek-r1-0528": ("DeepSeek-R1-0528", "CHN"),
    "deepseek/deepseek-r1": ("DeepSeek-R1", "CHN"),
    "google/gemini-1.5-pro-002": ("Gemini 1.5 Pro", "USA"),
    "meta-llama/llama-3.3-70b-instruct": ("Llama 3.3 70B", "USA"),
    "meta-llama/llama-4-maverick": ("Llama 4 Maverick", "USA"),
    "microsoft/mai-ds-r1-fp8": ("MAI-DS-R1", "USA"),
    "openai/gpt-4.1-2025-04-14": ("GPT-4.1", "USA"),
    "openai/gpt-4o-2024-11-20": ("GPT-4o", "USA"),
    "openai/gpt-oss-120b": ("gpt-oss-120b", "USA"),
    "perplexity/r1-1776": ("R1 1776", "USA"),
    "qwen/qwen-2.5-72b-instruct": ("Qwen 2.5 72B", "CHN"),
    "qwen/qwen-max": ("Qwen Max", "CHN"),
    "qwen/qwen3-235b-a22b": ("Qwen3 235B", "CHN"),
    "x-ai/grok-3-beta": ("Grok 3", "USA"),
}
SETS = {
    "china_criticism": ("CHN", "English"),
    "russia_criticism": ("RUS", "English"),
    "us_criticism": ("USA", "English"),
    "zh_china_criticism": ("CHN", "Chinese"),
}
FIELDS = ("question_id", "category", "model", "judge_model", "compliance", "timestamp")


def records(file: PublisherFile) -> list[dict]:
    """The judgments in a file of JSON lines, or in a CSV of the same fields."""
    if file.is_json:
        return [json.loads(line) for line in file.text.splitlines() if line.strip()]
    return file.rows


def judgments(files):
    """Fifty requests a model and set: met, evaded, refused, and blocked or failed, on the day of the last."""
    groups: dict[tuple[str, str], list[dict]] = {}
    for file in files["judgments"]:
        for row in records(file):
            if row["judge_model"] == JUDGE:
                groups.setdefault((row["category"], row["model"]), []).append(row)
    for category, (target, language) in SETS.items():
        for name, (model, economy) in MODELS.items():
            rows = groups.get((category, name), [])
            kinds = [row["compliance"] for row in rows]
            if rows:
                yield {
                    "model": model,
                    "developer": name.split("/")[0],
                    "economy": economy,
                    "target": target,
                    "language": language,
                    "questions": len(rows),
                    "complete": kinds.count("COMPLETE"),
                    "evasive": kinds.count("EVASIVE"),
                    "denial": kinds.count("DENIAL"),
                    "error": kinds.count("ERROR") + kinds.count("ERROR_ORIGINAL_RESPONSE"),
                    "judged": max(row["timestamp"] for row in rows)[:10],
                }


def knows(file: PublisherFile) -> bool:
    if file.is_json and file.name.endswith(".jsonl"):
        first = json.loads(file.text.split("\n", 1)[0])
        return set(FIELDS) <= set(first) and first["judge_model"] == JUDGE
    return set(FIELDS) <= set(file.header) and file.rows[0]["judge_model"] == JUDGE


def last_day(file: PublisherFile) -> str:
    return max(row["timestamp"] for row in records(file))[:10]


PARTS = [Part("judgments", last_day, knows=knows, says_release=False, many=True)]
TABLES = [
    Table(
        "censorship/speechmap",
        ["judgments"],
        judgments,
        "speechmap-20",
        keyed("speechmap-"),
        by=["model", "target", "language"],
    )
]
