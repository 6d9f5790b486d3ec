"""What a machine can keep of the prose: short sentences, reading ease, no filler, no doubled word, one spelling."""

import re
import statistics

import pyphen
import pytest
from bs4 import BeautifulSoup

from tests.conftest import CHAPTERS

SYLLABLES = pyphen.Pyphen(lang="en_GB")
TEXTS = ["index", *(f"chapters/{chapter}" for chapter in CHAPTERS)]
FILLER = (
    "it is important to note",
    "it should be noted",
    "it is worth noting",
    "plays a crucial role",
    "in today's world",
    "at the end of the day",
    "needless to say",
    "in order to",
    "due to the fact that",
    "a wide range of",
    "delve",
    "landscape",
    "leverage",
    "robust",
    "game-changer",
    "cutting-edge",
    "paradigm",
    "holistic",
    "significantly",
    "very unique",
)
# How the book spells what others spell otherwise.
SPELLINGS = {
    r"\bAI-index\b": "AI Index",
    r"\bTop500\b|\bTop 500\b|\bTOP 500\b": "TOP500",
    r"\bGigachat\b|\bGiga Chat\b": "GigaChat",
    r"\bDeepseek\b|\bDeep Seek\b": "DeepSeek",
    r"\bYandex GPT\b": "YandexGPT",
    r"\bHuggingface\b": "Hugging Face",
    r"\bsupercomputor": "supercomputer",
    r"\bdata ?center": "data centre",
    r"\bpercent\b": "per cent",
    r"\w+ization\b|\blabor\b|\bcolor\b|\bdefense\b|\bprogram\b": "British spelling",
    r"\bdatacentre": "data centre",
    r"\bRoskomnadzor's register of\b": "the register",
}


def paragraphs(book, name):
    """The running text of a page: paragraphs and list items, without figures, folds, tables and lists of papers."""
    article = BeautifulSoup(book.page(name), "html.parser").select_one("article.bd-article")
    aside = (
        "figure, details, table, .citations, .citation-papers, .finding-confidence, .headerlink, .sd-card, .masthead"
    )
    for part in article.select(f"{aside}, #data-and-sources, #cite-this-chapter, script, style"):
        part.decompose()
    return [" ".join(p.get_text().split()) for p in article.select("p, li")]


def sentences(text):
    return [s for s in re.split(r"(?<=[.!?:;])\s+(?=[A-Z“\"])", text) if len(s.split()) > 1]


def syllables(word):
    return max(1, len(SYLLABLES.positions(word)) + 1)


@pytest.mark.parametrize("name", TEXTS)
def test_sentences_are_short_and_easy_enough(built, name):
    said = [s for text in paragraphs(built, name) for s in sentences(text)]
    lengths = [len(s.split()) for s in said]
    assert statistics.mean(lengths) <= 18
    assert statistics.quantiles(lengths, n=10)[-1] <= 33
    assert max(lengths) <= 46, max(said, key=lambda s: len(s.split()))
    words = re.findall(r"[A-Za-z][A-Za-z'’]*", " ".join(said))
    ease = (
        206.835 - 1.015 * len(words) / len(said) - 84.6 * sum(map(syllables, words)) / len(words)
    )  # Flesch; a hyphenation point stands for a syllable, so all scores are high
    assert ease >= 70, f"reading ease {ease:.0f}"


@pytest.mark.parametrize("name", TEXTS)
def test_no_filler_no_doubled_word_one_spelling(built, name):
    text = "\n".join(paragraphs(built, name))
    assert [phrase for phrase in FILLER if re.search(rf"\b{phrase}\b", text, re.IGNORECASE)] == []
    assert re.findall(r"\b(\w+) \1\b", text, re.IGNORECASE) == []
    wrong = {right: found for bad, right in SPELLINGS.items() if (found := re.findall(bad, text))}
    assert wrong == {}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_headings_between_findings_and_counter_evidence_state_something(built, chapter):
    article = BeautifulSoup(built.page(f"chapters/{chapter}"), "html.parser").select_one("article.bd-article")
    headings = [h.find(string=True).strip() for h in article.select("h2")]
    own = headings[headings.index("Key findings") + 1 : headings.index("What cuts the other way")]
    assert own and all(len(heading.split()) >= 4 for heading in own)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_policy_paragraph_names_an_actor_and_leads_to_an_option_or_names_a_risk(built, chapter):
    section = BeautifulSoup(built.page(f"chapters/{chapter}"), "html.parser").select_one("#implications-for-policy")
    actors = [p.strong.get_text() for p in section.select("p") if p.strong]
    assert len(actors) == 3 and all(actor.startswith("For a") for actor in actors)
    advice = [p for p in section.select("p") if p.strong]
    assert sum(bool(p.select("a[href*='options.html#option-']")) or "risk" in p.get_text() for p in advice) >= 2
