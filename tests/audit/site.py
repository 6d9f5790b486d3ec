"""Ways to make the built site say something false."""

# ruff: noqa: E501 (a corruption a line)

import io
import json
import re
import zipfile

from brief.print import pdf, slides
from tests.audit.book import Copy, Corruption

NEXT = str.maketrans("0123456789", "1234567890")
TALENT, HARDWARE = "chapters/talent.html", "chapters/hardware.html"
EVIDENCE, DATA, METHODS = "reference/evidence.html", "reference/data.html", "reference/methods.html"
RETURNS = "reference/data/talent/returns.html"
TAKEN = "tests/book/reader/test_take_away.py"
IMPORTS = "figures/hardware-chip-imports/hardware-chip-imports"
FACT = r'(<a class="fact[^>]*>)([^<]*\d[^<]*)(</a>)'


def other_digits(copy: Copy, page: str, pattern: str, count: int = 0) -> None:
    """Each digit of the second group of a pattern becomes the next."""
    file = copy.site / page
    text = file.read_text("utf-8")
    changed = re.sub(pattern, lambda m: m[1] + m[2].translate(NEXT) + m[3], text, count=count, flags=re.DOTALL)
    assert changed != text, (page, pattern)
    file.write_text(changed, "utf-8")


def record(copy: Copy, change) -> None:
    """Change facts.json."""
    path = copy.site / "facts.json"
    held = json.loads(path.read_text("utf-8"))
    change(held)
    path.write_text(json.dumps(held, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


def cards(copy: Copy, page: str, change) -> None:
    """Change what the cards of a page say."""
    file = copy.site / page
    text = file.read_text("utf-8")
    found = re.search(r'(id="brief-facts">)(.*?)(</script>)', text, re.DOTALL)
    held = json.loads(found[2])
    for card in held["facts"].values():
        change(card)
    made = json.dumps(held, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    file.write_text(text[: found.start(2)] + made + text[found.end(2) :], "utf-8")


def repacked(path, name: str, change) -> None:
    """Change one file of an archive."""
    with zipfile.ZipFile(path) as old:
        inside = {info: old.read(info) for info in old.infolist()}
    before = next(content for info, content in inside.items() if info.filename == name)
    after = change(before.decode()).encode()
    if after == before:
        raise ValueError(f"{name} of {path.name} has nothing to change")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for info, content in inside.items():
            new.writestr(info, after if info.filename == name else content)
    path.write_bytes(out.getvalue())


def typeset_of(copy: Copy, page: str, name: str, corrupt) -> None:
    """A PDF made of a page that `corrupt` changed, which the page itself is no more."""
    file = copy.site / page
    before = file.read_text("utf-8")
    corrupt()
    (copy.root / pdf.FOLDER / f"{name}.pdf").write_bytes(pdf.made(copy.root, copy.site, name)[f"{name}.pdf"])
    file.write_text(before, "utf-8")


def pdf_of_wrong_numbers(copy: Copy) -> None:
    """A chapter's PDF with other numbers."""
    typeset_of(copy, HARDWARE, "hardware", lambda: other_digits(copy, HARDWARE, FACT))


def one_page_of_a_wrong_number(copy: Copy) -> None:
    """One number of the brief on one page."""
    first = rf'(<p class="one-page">.*?{FACT[1:]}'
    typeset_of(copy, "index.html", "one-page", lambda: other_digits(copy, "index.html", first, 1))


def deck_of_other_drawings(copy: Copy) -> None:
    """In the deck two figures stand under each other's title."""

    def exchange() -> None:
        page = copy.site / HARDWARE
        text = page.read_text("utf-8")
        one, two = re.findall(r'<div class="drawing drawing-wide".*?</svg></div>', text, re.DOTALL)[:2]
        page.write_text(text.replace(one, "\0").replace(two, one).replace("\0", two), "utf-8")

    typeset_of(copy, HARDWARE, "slides", exchange)


def slides_changed_places(copy: Copy) -> None:
    """A slide's file holds another figure."""
    one, two = (copy.root / slides.FOLDER / slides.name(f"hardware-{id}", "svg") for id in ("lag", "sanctions"))
    held = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(held)


def other_words(text: str) -> str:
    """Paragraphs with other digits: an EPUB has no links to facts."""
    return re.sub(r"(<p>)([^<]*\d[^<]*)", lambda m: m[1] + m[2].translate(NEXT), text)


def swapped(copy: Copy, page: str, one: str, two: str) -> None:
    """Two texts of a page change places."""
    file = copy.site / page
    text = file.read_text("utf-8")
    assert one in text and two in text, (page, one, two)
    file.write_text(text.replace(one, "\0").replace(two, one).replace("\0", two), "utf-8")


def first_bar_elsewhere(copy: Copy) -> None:
    """In the comparison the bars of Russia and China change places."""
    file = copy.site / "index.html"
    text = file.read_text("utf-8")
    bars = re.findall(r'<span class="cell-bar"[^>]*>[^<]*</span>', text)[:2]
    file.write_text(text.replace(bars[0], "\0").replace(bars[1], bars[0]).replace("\0", bars[1]), "utf-8")


def sources(item: dict) -> None:
    item["sources"] = item["sources"][:1] if len(item["sources"]) > 1 else []


def computed(change):
    """A change of the cards that show a formula."""
    return lambda card: change(card) if card["formula"] else None


def other_operand(card: dict) -> None:
    """The last digit of the first operand, in the formula and beside what it is."""
    (text, what, address), *others = card["operands"]
    wrong = text[:-1] + text[-1].translate(NEXT)
    card.update(formula=card["formula"].replace(text, wrong), operands=[[wrong, what, address], *others])


SITE = [
    Corruption("every number quoted in a chapter has other digits", "facts", lambda c: other_digits(c, TALENT, FACT)),
    Corruption("one number of the summary", "facts", lambda c: other_digits(c, "index.html", FACT, 1)),
    Corruption("a value in facts.json", "facts", lambda c: record(c, lambda r: r["facts"][0].update(value=1))),
    Corruption("a text in facts.json", "facts", lambda c: record(c, lambda r: r["facts"][9].update(text="12"))),
    Corruption("units in facts.json are bananas", "facts", lambda c: record(c, lambda r: [f.update(unit="bananas") for f in r["facts"]])),
    Corruption("a fact in facts.json lacks a source", "values", lambda c: record(c, lambda r: [sources(f) for f in r["facts"] if len(f["sources"]) > 4])),
    Corruption("a condition in facts.json compares the other way", "judgements", lambda c: record(c, lambda r: r["indicators"][0].update(op="<"))),
    Corruption("facts that a condition compares change places", "judgements", lambda c: record(c, lambda r: [t["facts"].reverse() for f in r["findings"] for t in f["conditions"] if "facts" in t])),
    Corruption("the fingerprint in facts.json", "papers", lambda c: record(c, lambda r: r.update(fingerprint="0" * 24))),
    Corruption("a value in the ledger", "facts", lambda c: other_digits(c, EVIDENCE, r'(id="fact-talent-share-now".*?<p>)([\d.]+)(%)', 1)),
    Corruption("a unit in the ledger", "facts", lambda c: c.html(EVIDENCE, "<p>people, December 2022</p>", "<p>families, December 2022</p>")),
    Corruption("a source is missing in the ledger", "facts", lambda c: c.html(EVIDENCE, r'(id="fact-talent-spread".*?</span></span>) <span class="source">.*?</span></span>', r"\1", 1)),
    Corruption("a badge in the ledger", "facts", lambda c: c.html(EVIDENCE, r'(id="fact-talent-spread".*?)At second hand', r"\1Original", 1)),
    Corruption("a number's place is not named in the ledger", "facts", lambda c: c.html(EVIDENCE, r'<a class="reference internal" href="../chapters/talent.html#quote-[^>]*>Talent</a>', "Talent", 1)),
    Corruption("how many numbers rest on second hand", "source_quality", lambda c: other_digits(c, "reference/source-quality.html", r"(At second hand</span></th><td>\d+</td><td>)(\d+)(<)")),
    Corruption("ledger rows lead to another chapter", "facts", lambda c: c.html(EVIDENCE, r"\.\./chapters/talent\.html#quote-", "../chapters/hardware.html#quote-")),
    Corruption("cards name one source only", "facts", lambda c: cards(c, TALENT, sources)),
    Corruption("cards have another unit", "facts", lambda c: cards(c, HARDWARE, lambda card: card.update(unit="furlongs"))),
    Corruption("a card's table is another", "facts", lambda c: cards(c, HARDWARE, lambda card: card["tables"][0].__setitem__(1, "../reference/data/talent/returns.html"))),
    Corruption("an operand on a card, in its formula too", "calculations", lambda c: cards(c, HARDWARE, computed(other_operand))),
    Corruption("a sign in a card's formula", "calculations", lambda c: cards(c, HARDWARE, computed(lambda card: card.update(formula=card["formula"].replace(" / ", " × "))))),
    Corruption("a card's formula gives another number", "calculations", lambda c: cards(c, HARDWARE, computed(lambda card: card.update(formula=card["formula"].translate(NEXT))))),
    Corruption("brackets of a formula are gone", "calculations", lambda c: cards(c, HARDWARE, computed(lambda card: card.update(formula=card["formula"].replace("(", "").replace(")", ""))))),
    Corruption("an operand is said to be another row's", "calculations", lambda c: cards(c, HARDWARE, computed(lambda card: card["operands"][0].__setitem__(1, "China: H100-equivalents")))),
    Corruption("an operand leads to another table", "calculations", lambda c: cards(c, HARDWARE, computed(lambda card: card["operands"][-1].__setitem__(2, "../reference/data/talent/returns.html")))),
    Corruption("a quotation on a card", "calculations", lambda c: cards(c, TALENT, lambda card: card.update(said=[[n, t.upper() if n == "In words" else t] for n, t in card["said"]]))),
    Corruption("a formula in the ledger", "calculations", lambda c: other_digits(c, EVIDENCE, r'(id="fact-hardware-mumbai-ratio".*?<p class="calculation">)([^<]*)(</p>)', 1)),
    Corruption("a cell in facts.json", "calculations", lambda c: record(c, lambda r: next(f for f in r["facts"] if f["id"] == "hardware.mumbai-ratio")["cells"][0].update(value=7985))),
    Corruption("a step in facts.json", "calculations", lambda c: record(c, lambda r: next(f for f in r["facts"] if f["id"] == "hardware.mumbai-ratio")["calculation"].update(op="*"))),
    Corruption("hover text of numbers", "facts", lambda c: c.html(TALENT, r"(<a class=\"fact[^>]*title=\")[^,\"]*,", r"\g<1>99,")),
    Corruption("bars stand under the wrong country", "summary", first_bar_elsewhere),
    Corruption("a bar is too long", "summary", lambda c: c.html("index.html", r"--share: 33\.8%", "--share: 63.8%")),
    Corruption("two rows of the comparison change their names", "summary", lambda c: swapped(c, "index.html", "Computing on the TOP500 list", "GPU clusters that are publicly known")),
    Corruption("an indicator says above for below", "judgements", lambda c: c.html("chapters/ideology.html", "<p>below 0", "<p>above 0")),
    Corruption("an indicator's threshold", "judgements", lambda c: c.html(HARDWARE, r"(<p>above )1\.00", r"\g<1>10.00")),
    Corruption("an indicator's sign", "judgements", lambda c: c.html("chapters/competitiveness.html", "<p>−4", "<p>4")),
    Corruption("an indicator is met", "judgements", lambda c: c.html(HARDWARE, "<p>not met, at the threshold", "<p>met")),
    Corruption("what would flip a finding, the other way", "judgements", lambda c: c.html(EVIDENCE, "falls if the measure rises by", "falls if the measure falls by")),
    Corruption("a threshold in the ledger of findings", "judgements", lambda c: c.html(EVIDENCE, r"(above )1\.5 times", r"\g<1>2.5 times")),
    Corruption("likely is 45 to 80 per cent", "judgements", lambda c: c.html(METHODS, "<p>55 to 80 per cent", "<p>45 to 80 per cent")),
    Corruption("a finding's confidence", "judgements", lambda c: c.html(HARDWARE, "<strong>High confidence", "<strong>Low confidence")),
    Corruption("a claim's verdict", "judgements", lambda c: c.html("reference/article.html", r'(<strong class="verdict[^>]*>)Partly<', r"\1Supported<", 1)),
    Corruption("a head on a phone", "tests/book/reader/test_site.py", lambda c: swapped(c, "index.html", 'data-head="China too?"', 'data-head="Since then"')),
    Corruption("counts of checks", "judgements", lambda c: other_digits(c, METHODS, r"(agrees with the evidence</p></td>\n<td[^>]*><p>)(\d+)(</p>)")),
    Corruption("a figure's CSV", "figures_data", lambda c: c.html(f"{IMPORTS}.csv", "2450", "2540")),
    Corruption("a figure's table", "figures_data", lambda c: c.html("figures/hardware-chip-imports/index.html", r"<td>2,450", "<td>2,540")),
    Corruption("the CSV in a figure's zip", "figures_data", lambda c: repacked(c.site / f"{IMPORTS}.zip", "hardware-chip-imports.csv", lambda t: t.replace("2450", "2540"))),
    Corruption("live data of a figure", "figures_data", lambda c: c.html("figures/hardware-chip-imports/live.js", r"2450\.0", "2540.0")),
    Corruption("what a live figure says on hover", "figures_data", lambda c: c.html("figures/talent-returns/live.js", r'("tooltip": \[\{"field": ")\w+', r"\g<1>nothing")),
    Corruption("a bar of a drawing is shorter", "drawings", lambda c: c.html(HARDWARE, r'(mark-rect role-mark.*?d="M0,[\d.]+h)(\d+)', r"\g<1>50", 1)),
    Corruption("a number in a drawing", "drawings", lambda c: c.html(HARDWARE, r">\$2,450 m<", ">$2,540 m<")),
    Corruption("lines of Russia and China change colours", "drawings", lambda c: swapped(c, HARDWARE, 'stroke="var(--brief-rus,#b84700)" stroke-width="2.5"', 'stroke="var(--brief-chn,#0064a6)" stroke-width="2.5"')),
    Corruption("a dot moves in the downloaded image only", "drawings", lambda c: c.html("figures/talent-returns/talent-returns.svg", r">85%<", ">58%<")),
    Corruption("numbers in an alt text", "figures_words", lambda c: other_digits(c, HARDWARE, r'(aria-label="A timeline of )(\d+)( events)')),
    Corruption("numbers in a small chart's alt text", "summary", lambda c: other_digits(c, "index.html", r'(aria-label="Bars: the American account )(\d+)(%)')),
    Corruption("a figure's title", "figures_words", lambda c: c.html(TALENT, "stopped growing after 2022, and", "grew after 2022, and")),
    Corruption("a figure's source leads elsewhere", "figures_words", lambda c: c.html("figures/hardware-chip-imports/index.html", r'(Sources:\s*<a href=")[^"]*', r"\1https://example.com/")),
    Corruption("a figure's citation has another year", "figures_words", lambda c: c.html(HARDWARE, r"(<dt>APA</dt><dd><p>[^<]*\()2026\)", r"\g<1>2025)")),
    Corruption("the RIS of a chapter has another day", "papers", lambda c: c.html("citations/talent.ris", r"2026/11/\d\d", "2026/10/01")),
    Corruption("a chapter's citation in one style", "papers", lambda c: c.html("chapters/ideology.html", r'(?s)(id="cite-this-chapter".*?<dt>MLA</dt>.*?)2026', r"\g<1>2025", 1)),
    Corruption("a chapter's fingerprint", "papers", lambda c: c.html(TALENT, r"Fingerprint of its data: \w{4}", "Fingerprint of its data: 0000")),
    Corruption("units for machines are furlongs", "papers", lambda c: c.html(RETURNS, r'"unitText": "[^"]*"', '"unitText": "furlongs"')),
    Corruption("the day for machines", "papers", lambda c: c.html(TALENT, r'"datePublished": "2026-11-\d\d"', '"datePublished": "2026-10-04"')),
    Corruption("row counts of all tables", "table_pages", lambda c: other_digits(c, DATA, r'(card-size">)([\d,]+)( rows, )')),
    Corruption("a row of a table's page stands under another's key", "table_pages", lambda c: swapped(c, RETURNS, *re.findall(r'id="row-[^"]*"', c.page(RETURNS.removesuffix(".html")))[:2])),
    Corruption("a value in a table's page", "table_pages", lambda c: other_digits(c, RETURNS, r'(<td class="number">)([\d.]+)(<)', 1)),
    Corruption("a source in a table's page", "table_pages", lambda c: c.html(RETURNS, r'(<td><a href="[^"#]*)#source-[\w-]+', r"\1#source-ioi2016-22-results-ioi", 1)),
    Corruption("a finding that uses a table is not named on its page", "table_pages", lambda c: c.html(RETURNS, r'(<ul class="uses-findings">\n)<li>.*?</li>', r"\1", 1)),
    Corruption("a number's row on a table's page is another", "table_pages", lambda c: other_digits(c, RETURNS, r'(<span class="of-rows">\(row <a [^>]*>)(\d+)(<)', 1)),
    Corruption("an operand leads to another row", "table_pages", lambda c: cards(c, TALENT, lambda card: [o.__setitem__(2, "../reference/data/talent/returns.html#row-Oreshkin-president-s-aide-_2023-06") for o in card["operands"] if "returns.html" in o[2]])),
    Corruption("a unit on a table's page", "table_pages", lambda c: c.html(RETURNS, r"(<td>)%(</td>)", r"\1people\2", 1)),
    Corruption("a downloaded table", "figures_data", lambda c: c.html("data/talent/statements.csv", ",100000,people,", ",10000,people,")),
    Corruption("a downloaded schema", "figures_data", lambda c: c.html("data/datapackage.json", '"unit": "%"', '"unit": "roubles"')),
    Corruption("the search leads to another number", "travel", lambda c: c.html("search-passages.js", "fact-talent-share-now", "fact-talent-share-base")),
    Corruption("a number in a notebook", "notebooks", lambda c: other_digits(c, "notebooks/hardware.ipynb", r"(November and is )(\d+)( times)")),
    Corruption("who says a number, in a notebook", "notebooks", lambda c: c.html("notebooks/talent.ipynb", r"Says who: Maksut", "Says who: Dmitry", 1)),
    Corruption("code in a notebook", "notebooks", lambda c: c.html("notebooks/talent.ipynb", r"rolling\(4\)\.sum", "rolling(5).sum", 1)),
    Corruption("a source's year", "papers", lambda c: c.html("reference/bibliography.html", r"(<p>1RNews\. )2024", r"\g<1>2014")),
    Corruption("a source at second hand is an original", "papers", lambda c: c.html("reference/bibliography.html", r"At second hand, from Kommersant", "Original", 1)),
    Corruption("an event of the story has another day", "papers", lambda c: c.html("reference/story.html", "20 January 2025 · China", "21 January 2025 · China", 1)),
    Corruption("a citation leads to another source", "papers", lambda c: c.html("chapters/ideology.html", r"bibliography\.html#source-[\w-]+\" title=\"Kommersant", r'bibliography.html#source-ioi2016-22-results-ioi" title="Kommersant', 1)),
    Corruption("the date of the edition", "papers", lambda c: c.html("index.html", r"(masthead\">[^<]*, )\d+ Nov", r"\g<1>14 Nov")),
    Corruption("the date of the edition on paper", "papers", lambda c: c.html(TALENT, r"(content: \"[^\"]*2026\.11, )\d+", r"\g<1>14")),
    Corruption("a card's chapter on the summary", "summary", lambda c: c.html("index.html", r'(sd-card-footer.*?href=")chapters/hardware', r"\1chapters/talent", 1)),
    Corruption("a table that a chapter read is not listed", "judgements", lambda c: c.html(TALENT, r'(Tables: </strong>)<a [^>]*>.*?</a>, ', r"\1", 1)),
    Corruption("numbers in the EPUB", "travel", lambda c: repacked(c.root / "_build/epub/brief.epub", "OEBPS/talent.xhtml", other_words)),
    Corruption("numbers in a PDF", "travel", pdf_of_wrong_numbers, paper=True),
    Corruption("a number of the brief on one page", TAKEN, one_page_of_a_wrong_number, paper=True),
    Corruption("a figure of the deck stands under another's title", TAKEN, deck_of_other_drawings, paper=True),
    Corruption("two slides changed places", TAKEN, slides_changed_places, paper=True),
    Corruption("a slide's source", TAKEN, lambda c: c.change(f"{slides.FOLDER}/hardware-lag-slide.svg", "TOP500.org, 20", "TOP500.org, 19"), paper=True),
]  # fmt: skip
