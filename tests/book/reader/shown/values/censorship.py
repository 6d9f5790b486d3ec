"""Values of the facts of the chapter on censorship."""

import math

from tests.book.reader.shown.values.computed import VALUES, one, single, value, where

MAP = "censorship/speechmap"
SIDES = "censorship/geopolitical_preference"
SAID = "censorship/statements"
BLOCKS = "censorship/deepseek_blocks"


def complete(table=MAP, **wanted):
    def make(t):
        (row,) = where(t(table), **wanted)
        return 100 * int(row["complete"]) / int(row["questions"]), {table: [row]}

    return make


VALUES["censorship.r1-russia"] = complete(model="DeepSeek-R1-0528", target="RUS", language="English")


VALUES["censorship.r1-china-en"] = complete(model="DeepSeek-R1-0528", target="CHN", language="English")


VALUES["censorship.r1-china-zh"] = complete(model="DeepSeek-R1-0528", target="CHN", language="Chinese")


VALUES["censorship.claude-russia"] = complete(model="Claude 3.5 Sonnet", target="RUS")


VALUES["censorship.claude-next"] = complete(model="Claude 3.7 Sonnet", target="RUS")


for name, model in {"zero-zh": "DeepSeek-R1-Zero", "released-zh": "DeepSeek-R1", "mai-zh": "MAI-DS-R1"}.items():
    VALUES[f"censorship.{name}"] = complete(BLOCKS, model=model, judge="GPT-4o", language="Chinese")
VALUES["censorship.r1-finnish"] = complete(BLOCKS, model="DeepSeek-R1-0528", judge="GPT-4o", language="Finnish")


for side in ("USA", "USSR"):
    VALUES[f"censorship.sber-{side.lower().removesuffix('a')}-russian"] = single(
        SIDES, "share", model="GigaChat-Max", pair="USSR-USA", language="Russian", answer=f"favoured {side}"
    )


@value("censorship.lead-low", "censorship.lead-high")
def end_of_lead(t, id):
    """The ends of what chance leaves open of the lead of one share of a sample over another."""
    rows = where(t(SIDES), model="GigaChat-Max", pair="USSR-USA", language="Russian")
    a, b = (one(rows, "share", answer=f"favoured {side}")[0] for side in ("USA", "USSR"))
    reach = 1.96 * math.sqrt((100 * (a + b) - (a - b) ** 2) / int(rows[0]["of"]))
    return a - b + (reach if id.endswith("high") else -reach), {SIDES: rows}


VALUES["censorship.sber-events"] = single(
    SIDES, "of", model="GigaChat-Max", pair="USSR-USA", language="Russian", answer="favoured USA"
)


@value("censorship.growth")
def growth(t):
    rows = where(t("censorship/blocked_by_year"), measure="blocked_or_removed", counted_by="Roskomnadzor")
    (before, a), (now, b) = (one(rows, "items", year=year) for year in ("2024", "2025"))
    return 100 * (now / before - 1), {"censorship/blocked_by_year": a + b}


@value("censorship.war-fakes")
def change_of_topic(t):
    rows = t("censorship/removed_by_topic")
    row = next(row for row in rows if "war" in row["topic"])
    return float(row["change"]), {"censorship/removed_by_topic": [row]}


@value("censorship.r1-china-zh-high", "censorship.alice-low", "censorship.alice-high")
def ends_of_intervals(t, id):
    """Ends of Wilson's interval: where the distance to the share is 1.96 of the standard errors at that end."""
    if "alice" in id:
        rows = [r for r in t(SAID) if r["id"] in ("alice-narratives", "alice-questions")]
        of = int(one(rows, "value", id="alice-questions")[0])
        hits, behind = round(of * one(rows, "value", id="alice-narratives")[0] / 100), {SAID: rows}
    else:
        (row,) = where(t(MAP), model="DeepSeek-R1-0528", target="CHN", language="Chinese")
        hits, of, behind = int(row["complete"]), int(row["questions"]), {MAP: [row]}
    share, z = hits / of, 1.96
    a, b, c = 1 + z * z / of, -(2 * share + z * z / of), share * share
    root = (b * b - 4 * a * c) ** 0.5
    return 100 * (-b + (root if id.endswith("high") else -root)) / (2 * a), behind


for name, when in {"first": "2024-12", "later": "2025-11", "now": "2026-04"}.items():
    VALUES[f"censorship.filings-{name}"] = single("censorship/china_filings", "services", date=when)
VALUES["censorship.hks-repeat"] = single("censorship/audits", "share", study="HKS Misinformation Review 2025")


for service in ("ChatGPT", "DeepSeek"):
    VALUES[f"censorship.visits-{service.lower()}"] = single(
        "censorship/ai_services", "share", service=service, period="2025 Jan-Oct"
    )
