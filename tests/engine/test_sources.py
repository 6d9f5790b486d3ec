"""What a bibliography says of its sources reads the same wherever a source is named, whichever program wrote it."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pybtex.database import parse_string
from pybtex.richtext import Text

from brief.ext.checks import bibliography_file
from brief.ext.citations import sources
from tests.engine.conftest import copied

HOSTILE = "</script><script>alert(1)</script> \"q\" 'a' <b>"
# As Zotero 7 exports it in BibLaTeX; the last with what an attacker, or a careless page, might put in a title.
ZOTERO = rf"""
@book{{mill-book,
	location = {{London}},
	edition = {{2}},
	title = {{The Mill's Book}},
	subtitle = {{{{AI}} \& chips}},
	isbn = {{978-3-16-148410-0}},
	pagetotal = {{200}},
	publisher = {{M{{\"u}}ller \& Sons}},
	author = {{M{{\"u}}ller, Ben and von der Mühle, Ann}},
	date = {{2025-03}},
	langid = {{english}},
	keywords = {{bread, 50\% rye}},
	file = {{C\:\\mill\\book.pdf:application/pdf}},
}}

@article{{baker_rise_2024,
	title = {{50\% of {{\textless}}loaves{{\textgreater}} rise, \emph{{all}} sour}},
	volume = {{12}},
	number = {{3}},
	pages = {{1--9}},
	journaltitle = {{Bread \& Butter}},
	shortjournal = {{B\&B}},
	author = {{Baker, Ann and Cook, Bo and Miller, Cy}},
	doi = {{10.1000/182}},
	date = {{2024-05-01}},
	urldate = {{2026-01-10}},
}}

@report{{guild_flour_2023,
	title = {{Flour at \$5}},
	type = {{Annual report}},
	number = {{7}},
	institution = {{Bakers' Guild}},
	date = {{2023/2024}},
	url = {{https://guild.example/flour?a=1&b=50%25}},
}}

@legislation{{bread_act,
	title = {{The Bread Act}},
	date = {{1999-12-31}},
}}

@online{{bakers-guild,
	title = {{{HOSTILE}}},
	url = {{https://guild.example/ovens}},
	author = {{{{Bakers' Guild}}}},
	urldate = {{2026-01-10}},
	year = {{2024}},
}}

@incollection{{edited,
	title = {{Crusts}},
	booktitle = {{Handbook of Bread}},
	editor = {{Cook, Bo and others}},
	publisher = {{Crumb Press}},
	date = {{2020}},
}}
"""
ADDED = ("baker_rise_2024", "guild_flour_2023", "bread_act", "edited")
# By key: title, short citation, address; as every page says them.
READ = {
    "mill-book": ("The Mill's Book: AI & chips", "Müller and von der Mühle 2025", ""),
    "baker_rise_2024": ("50% of <loaves> rise, all sour", "Baker et al. 2024", "https://doi.org/10.1000/182"),
    "guild_flour_2023": ("Flour at $5", "Bakers' Guild 2023", "https://guild.example/flour?a=1&b=50%25"),
    "bread_act": ("The Bread Act", "The Bread Act 1999", ""),
    "bakers-guild": (HOSTILE, "Bakers' Guild 2024", "https://guild.example/ovens"),
    "edited": ("Crusts", "Cook et al. 2020", ""),
}
LISTED = {
    "mill-book": "Ben Müller and Ann von der Mühle. 2025. The Mill's Book: AI & chips. Müller & Sons.",
    "baker_rise_2024": "Ann Baker, Bo Cook, and Cy Miller. 2024. 50% of <loaves> rise, all sour. "
    "Bread & Butter 12 (3) 1–9. https://doi.org/10.1000/182 Read 10 January 2026.",
    "guild_flour_2023": "Bakers' Guild. 2023. Flour at $5. Annual report 7. https://guild.example/flour?a=1&b=50%25",
    "bread_act": "1999. The Bread Act.",
    "bakers-guild": f"Bakers' Guild. 2024. {HOSTILE}. https://guild.example/ovens Read 10 January 2026.",
    "edited": "Bo Cook and others (ed.). 2020. Crusts. In: Handbook of Bread. Crumb Press.",
}


@pytest.fixture(scope="module")
def zotero(minimal_built, tmp_path_factory):
    """books/minimal with a bibliography from Zotero, which its first chapter cites."""
    book = copied(minimal_built.root, tmp_path_factory.mktemp("zotero") / "book")
    book.write("data/references.bib", ZOTERO)
    first = (book.root / "data/shared/sources.csv").read_text("utf-8").splitlines()[1]
    book.append("data/shared/sources.csv", "".join(first.replace("mill-book", key) + "\n" for key in ADDED))
    book.edit("chapters/flour.md", "{cite:p}`mill-book`", f"{{cite:p}}`mill-book,{','.join(ADDED)},bakers-guild`")
    status, said = book.quick()
    assert status == 0, said
    return book


def test_zoteros_export_is_well_formed(zotero):
    assert bibliography_file.errors(zotero.root) == []


def test_an_entry_is_read_once_and_rightly():
    entries = parse_string(ZOTERO, "bibtex").entries
    for key, (title, short, url) in READ.items():
        entry = sources.normalised(entries[key])
        found = sources.source(entry)
        assert (found.title, found.short, found.url) == (title, short, url)
        again = sources.normalised(entry)
        assert repr(again) == repr(entry) and sources.source(again) == found


def test_the_bibliography_lists_each_kind_of_entry(zotero):
    soup = zotero.soup("reference/bibliography")
    for badge in soup.select(".standing"):
        badge.decompose()  # what each is to us: see test_standing
    for uses in soup.select(".used-in"):
        uses.decompose()
    listed = sorted(" ".join(p.get_text().split()) for p in soup.select(".citation > p"))
    assert listed == sorted(LISTED.values())
    links = {a["href"] for a in soup.select(".citation a.external")}
    assert links == {url for _, _, url in READ.values() if url}


def test_linked_data_and_tags_say_the_same(zotero):
    soup = zotero.soup("chapters/flour")
    (data,) = soup.select('script[type="application/ld+json"]')
    cited = json.loads(data.string)["@graph"][0]["citation"]
    assert {(c["name"], c["alternateName"], c.get("url", "")) for c in cited} == set(READ.values())
    tags = [tag["content"] for tag in soup.select('meta[name="citation_reference"]')]
    assert any("citation_title=50% of <loaves> rise, all sour; " in tag for tag in tags)
    assert any("citation_journal_title=Bread & Butter" in tag for tag in tags)
    assert any("citation_author=Müller, Ben; citation_author=von der Mühle, Ann; " in tag for tag in tags)
    assert not [tag for tag in tags if re.search(r"[{}\\]", tag)]


def test_cards_images_and_notebooks_say_the_same(zotero):
    soup = zotero.soup("chapters/flour")
    shown = json.loads(soup.select_one("#brief-facts").string)["facts"]
    names = {name for fact in shown.values() for name, *_ in fact["sources"]}
    assert names == {"Müller and von der Mühle 2025"}
    folder = zotero.site / "figures" / "flour-grain-by-year"
    assert "Source: Müller and von der Mühle 2025." in (folder / "flour-grain-by-year.svg").read_text("utf-8")
    assert "Müller and von der Mühle 2025" in (folder / "index.html").read_text("utf-8")
    notebook = json.loads((zotero.site / "notebooks" / "flour.ipynb").read_text("utf-8"))
    text = "\n\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    read = BeautifulSoup(MarkdownIt("commonmark").render(text), "html.parser")
    told = soup.select_one(".finding .bibtex-citation").get_text()
    assert told in read.get_text()
    names = "The Bread Act, 1999, Cook and others, 2020, Baker et al., 2024, Bakers' Guild, 2023, Bakers' Guild, 2024"
    assert told.replace("\xa0", " ") == f"[{names}, Müller and von der Mühle, 2025]"
    assert {url for _, _, url in READ.values() if url} <= {link["href"] for link in read.find_all("a")}


def test_a_hostile_title_stays_text(zotero):
    for page in zotero.site.rglob("*.html"):
        html = page.read_text("utf-8")
        assert "<script>alert(1)" not in html, page.name
        soup = BeautifulSoup(html, "html.parser")
        assert not [s for s in soup.select("script:not([type])") if "alert(1)" in (s.string or "")]
    tips = zotero.soup("chapters/flour").select("[title]")
    assert any(HOSTILE in tip["title"] for tip in tips)


PLAIN = {
    r"AI \& chips": "AI & chips",
    r"M{\"u}ller": "Müller",
    r"M\"{u}ller": "Müller",
    r"{{World Bank}}": "World Bank",
    r"{D}eep{S}eek": "DeepSeek",
    r"50\%": "50%",
    r"top\_score \#1": "top_score #1",
    r"\emph{Nature} and \textit{Science}": "Nature and Science",
    r"H$_2$O at 10$^{25}$": "H₂O at 10²⁵",
    r"\$5 or $5": "$5 or $5",
    "``so'' -- 'no'": "“so” – 'no'",
    r"{\textless}b{\textgreater}": "<b>",
    r"\v{C}apek, \'{I}da \o": "Čapek, Ída ø",
    "A & B_c #1 ~ d": "A & B_c #1 \xa0 d",
    "Чапек «и» Ко": "Чапек «и» Ко",
}


@pytest.mark.parametrize("latex", PLAIN)
def test_latex_is_read_as_plain_words(latex):
    assert sources.plain(latex) == PLAIN[latex]


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="ab -`',<>?!$^_\\{}%~&#\"5.:;/éя", max_size=8))
def test_plain_words_stay_when_pybtex_reads_them_again(latex):
    try:
        plain = sources.plain(latex)
    except sources.NotPlain:
        return
    kept = sources.kept(plain)
    assert sources.plain(kept) == str(Text.from_latex(kept)) == plain
