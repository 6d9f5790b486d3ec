"""The parts of a chapter say something: headings state, policy names who is to act."""

import pytest

from tests.conftest import CHAPTERS


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_headings_between_findings_and_counter_evidence_state_something(built, chapter):
    article = built.soup(f"chapters/{chapter}").select_one("article.bd-article")
    headings = [h.find(string=True).strip() for h in article.select("h2")]
    own = headings[headings.index("Key findings") + 1 : headings.index("What cuts the other way")]
    assert own and all(len(heading.split()) >= 4 for heading in own)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_policy_paragraph_names_an_actor_and_leads_to_an_option_or_names_a_risk(built, chapter):
    section = built.soup(f"chapters/{chapter}").select_one("#implications-for-policy")
    actors = [p.strong.get_text() for p in section.select("p") if p.strong]
    assert len(actors) == 3 and all(actor.startswith("For a") for actor in actors)
    advice = [p for p in section.select("p") if p.strong]
    assert sum(bool(p.select("a[href*='options.html#option-']")) or "risk" in p.get_text() for p in advice) >= 2
