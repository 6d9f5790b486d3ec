"""The engine knows no book: what it must be told of one stands in _config.yml, and reaches the pages from there."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from brief import settings
from brief.ext.checks import inputs
from brief.kernel import comparison, tracking
from tests.conftest import CHAPTERS, ROOT

# What is compared, with a row of the summary for it.
COMPARED = """
```{code-cell} ipython3
import pandas as pd
from brief import standing
standing("milled", pd.Series({"ATL": 3.0, "UTO": 9.0}), rows=grain, label="Grain milled", unit="t", period="2025")
```

```{indicators}
"""
# Names that this repository's book is about, besides those that its settings and its contents hold.
SUBJECT = (
    "Sber Sberbank Yandex Kremlin Moscow Ukraine Putin Nvidia TOP500 Tortoise Epoch LMArena Roskomnadzor sanctions"
)
ADJECTIVES = "Russian Chinese American German Indian Soviet rouble roubles GPU"


def subject_words() -> list[str]:
    """The words that say what this repository's book is about, taken from it where it has them."""
    said = settings.read(ROOT)
    rows = [line.split(",") for line in (ROOT / "data/shared/economies.csv").read_text("utf-8").splitlines()]
    peers = [row[1] for row in rows if row[0] in said["brief_peers"]]
    return [*peers, *said["brief_peers"], *said["brief_number_names"], *CHAPTERS, *SUBJECT.split(), *ADJECTIVES.split()]


def test_no_word_of_this_book_stands_in_the_engine():
    words = subject_words()
    assert {"Russia", "China", "DeepSeek", "GigaChat"} <= set(words)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
    found = []
    for path in sorted((ROOT / "brief").rglob("*.*")):
        if path.suffix in (".py", ".js", ".css", ".html", ".xhtml", ".opf", ".json", ".md", ".yml"):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                found += [f"{path.relative_to(ROOT)}:{number}: {word}" for word in pattern.findall(line)]
    assert found == []


def test_every_setting_says_what_it_is_and_its_default_is_neutral():
    for name, setting in settings.SETTINGS.items():
        assert name.startswith("brief_") and setting.about.endswith(".") and len(setting.about) > 40, name
        assert not setting.default or not list(Draft7Validator(setting.rule).iter_errors(setting.default)), name


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (
            "brief_peers: [UTO, XYZ]",
            '_config.yml:40: sphinx.config.brief_peers.2: "XYZ" is not in data/shared/economies.csv',
        ),
        (
            'brief_colors: { QQQ: ["#7a3fa9", "#cf9df5"] }',
            '_config.yml:40: sphinx.config.brief_colors.QQQ: "QQQ" is not in data/shared/economies.csv',
        ),
        (
            "brief_claims_table: shared/claim",
            '_config.yml:40: sphinx.config.brief_claims_table: no table "shared/claim" in data/datapackage.json',
        ),
    ],
)
def test_a_setting_names_what_the_book_has(unbuilt, new, says):
    old = "brief_colors: {" if new.startswith("brief_colors") else "brief_kind: A brief on bread"
    text = (unbuilt.root / "_config.yml").read_text("utf-8")
    lines = [line for line in text.splitlines() if "brief_colors" not in line]
    kept = [f"    {new}" if "brief_kind" in line else line for line in lines]
    unbuilt.write("_config.yml", "\n".join(kept) + "\n")
    assert old in text and inputs.all_errors(unbuilt.root) == [says]


@pytest.mark.slow
def test_settings_reach_the_pages_and_only_what_they_touch_runs_again(minimal):
    minimal.edit("chapters/flour.md", "\n```{indicators}\n", COMPARED)
    minimal.append("index.md", "\n```{standings}\n```\n")
    minimal.edit(
        "_config.yml", "    brief_kind: A brief on bread", "    brief_kind: A loaf\n    brief_peers: [UTO, ATL]"
    )
    status, said = minimal.quick()
    assert status == 0, said
    page = minimal.page("index")
    assert page.index("Utopia") < page.index("Atlantis") and "A loaf by Ann Baker" in page
    colors = (minimal.site / "_static" / "brief-colors.css").read_text("utf-8")
    assert "--brief-peer1: var(--brief-uto);" in colors and "--brief-peer2: var(--brief-rest);" in colors
    assert "--brief-accent: var(--brief-cat1);" in colors

    minimal.edit("_config.yml", "A loaf", "A bun")
    status, said = minimal.quick()
    assert status == 0 and "executed" not in said, said
    assert "A bun by Ann Baker" in minimal.page("index")

    minimal.edit("_config.yml", "[UTO, ATL]", "[ATL, UTO]")
    status, said = minimal.quick()
    assert status == 0 and re.findall(r"^executed .*: (\w+)", said, re.MULTILINE) == ["flour"], said
    page = minimal.page("index")
    assert page.index("Atlantis") < page.index("Utopia")


def test_a_name_of_the_book_may_have_a_version_beside_it(minimal):
    minimal.edit("chapters/ovens.md", "Bakers made", "With Dough 2.0, bakers made")
    status, said = minimal.quick()
    assert status == 1 and 'bare number "2.0"' in said
    minimal.edit("_config.yml", "    brief_kind", "    brief_number_names: [Dough]\n    brief_kind")
    status, said = minimal.quick()
    assert status == 0, said


def test_a_comparison_of_nobody_says_which_setting_is_missing(unbuilt, monkeypatch):
    monkeypatch.setenv("BRIEF_ROOT", str(unbuilt.root))
    monkeypatch.setattr(comparison, "economy_names", lambda: {})
    with pytest.raises(ValueError, match=r"standing milled: _config\.yml names no brief_peers"):
        comparison.standing("milled", comparison.pd.Series({"ATL": 3.0}), rows=None, label="", unit="", period="")
    assert tracking.setting("brief_peers") == []


def test_the_engines_own_style_goes_before_the_books(minimal_built):
    page = minimal_built.page("index")
    assert 0 < page.index("_static/brief-sheets.css") < page.index("_static/bread.css")
    assert (minimal_built.site / "_static" / "fonts" / "brief-sans-bold.woff2").is_file()
    assert not Path(minimal_built.root / "_static" / "brief.css").exists()
