"""What a figure says in words stands in its chapter's text; the marks of a chart say themselves."""

import pytest

FLOUR = "chapters/flour.md"
TITLE, SUBTITLE = "Grain rose in each year of the book", "Grain ground by the mill, tonnes, by year"


def line_of(book, text: str) -> int:
    lines = (book.root / FLOUR).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_an_edit_of_a_figures_words_runs_no_cell(minimal):
    minimal.edit(FLOUR, SUBTITLE, "Grain of the mill, tonnes, by year")
    status, said = minimal.quick()
    assert status == 0 and "executed" not in said, said
    figure = minimal.soup("chapters/flour").select_one("figure.brief-figure")
    assert figure.select_one(".figure-subtitle").get_text() == "Grain of the mill, tonnes, by year"
    assert "Grain of the mill, tonnes, by year" in minimal.page("figures/flour-grain-by-year/index")


def test_a_chart_says_its_marks_and_follows_the_data(minimal):
    minimal.edit("data/bread/grain.csv", "2025,150,", "2025,190,")
    assert minimal.quick()[0] == 0
    drawings = minimal.soup("chapters/flour").select_one(".drawings")
    assert drawings["aria-label"].startswith("Bars: ") and drawings["aria-label"].endswith("2025: 190.0.")


def test_a_number_in_a_figures_words_is_a_fact(minimal):
    minimal.edit(FLOUR, SUBTITLE, "Grain, tonnes, {fact}`ratio` times the first year's ({fact}`grain|,.0f`)")
    status, said = minimal.quick()
    assert status == 0, said
    before = minimal.soup("chapters/flour").select_one(".figure-subtitle").get_text()
    assert "{fact}" not in before
    minimal.edit("data/bread/grain.csv", "2025,150,", "2025,300,")
    assert minimal.quick()[0] == 0
    after = minimal.soup("chapters/flour").select_one(".figure-subtitle").get_text()
    assert before != after and "times the first year's (" in after


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        (f":title: {TITLE}\n", "", "{chart}", "chart grain-by-year has no title"),
        (f":subtitle: {SUBTITLE}\n", "", "{chart}", "chart grain-by-year has no subtitle"),
        (TITLE, " word" * 13, "{chart}", "chart grain-by-year: its title has 13 words, more than 12"),
        (SUBTITLE, "up 🚀", "{chart}", "the letters of the drawings have no 🚀 (U+1F680, ROCKET), in its subtitle"),
        (
            SUBTITLE,
            "{fact}`flour-dust`",
            "{chart}",
            "chart grain-by-year: no cell above it records the fact 'flour-dust'",
        ),
        (SUBTITLE, "{fact}`ratio|day`", "{chart}", "chart grain-by-year: fact ratio: "),
        (SUBTITLE, "Grain of 17 mills", "{chart}", 'bare number "17" in "'),
        ("{chart} grain-by-year", "{chart} grain-by-day", "{chart}", "chart grain-by-day: no cell above"),
        ("{chart} grain-by-year", "{div} grain", "```{code-cell}", "figure grain-by-year is shown nowhere: "),
    ],
)
def test_what_is_wrong_with_the_words_is_named_with_its_line(minimal, old, new, at, message):
    before = minimal.files()
    minimal.edit(FLOUR, old, new)
    status, said = minimal.quick()
    (found,) = [line for line in said.splitlines() if message in line]
    assert status == 1 and minimal.files() == before
    line = line_of(minimal, at) if at == "{chart}" else int(found.split(":")[1])
    assert f"{FLOUR}:{line}: " in found


def test_a_figure_stands_once_on_its_page(minimal):
    text = (minimal.root / FLOUR).read_text("utf-8")
    chart = text[text.index(":::{chart}") : text.index("{numref}`flour-grain-by-year`")]
    minimal.append(FLOUR, f"\n{chart}")
    status, said = minimal.quick()
    assert status == 1 and "chart grain-by-year: it is on this page already" in said
