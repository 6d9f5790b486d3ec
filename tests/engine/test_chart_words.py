"""What a figure says in words stands in its chapter's text; the marks of a chart say themselves."""

import pytest

from tests.engine.conftest import Slips, slips

FLOUR = "chapters/flour.md"
TITLE, SUBTITLE = "Grain rose in each year of the book", "Grain ground by the mill, tonnes, by year"


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


# The words of a figure, and what an editor is told of them.
GOOD = f":title: {TITLE.replace('rose', 'stood')}\n:subtitle: {SUBTITLE}\n"
WRONG = {
    GOOD.replace(":title: ", ":note: "): "has no title",
    GOOD.replace(":subtitle: ", ":note: "): "has no subtitle",
    GOOD.replace(TITLE.replace("rose", "stood"), " word" * 13): "its title has 13 words, more than 12",
    GOOD.replace(SUBTITLE, "up 🚀"): "the letters of the drawings have no 🚀 (U+1F680, ROCKET), in its subtitle",
    GOOD.replace(SUBTITLE, "{fact}`dust`"): "fact 'dust': no cell or sentence above it records it",
    GOOD.replace(SUBTITLE, "{fact}`ratio|day`"): "fact 'ratio': ",
    GOOD.replace(SUBTITLE, "Grain of 17 mills"): 'bare number "17" in "',
}


@pytest.fixture(scope="module")
def misworded(minimal_place) -> Slips:
    """A page with all of `WRONG`, a figure that no {chart} shows, one shown twice, and a {chart} of none."""
    draw = 'figure("more-{}", bars(shown, "label", "tonnes"), rows=shown)\n'
    cells = "".join(draw.format(number) for number in range(len(WRONG) + 1))
    charts = [f":::{{chart}} more-{number}\n{words}:::\n" for number, words in enumerate(WRONG)]
    charts += [f":::{{chart}} grain-by-year\n{GOOD}:::\n", f":::{{chart}} grain-by-day\n{GOOD}:::\n"]
    cell = f"```{{code-cell}} ipython3\n{cells}```\n\n"
    more = f"\n{cell}" + "\n".join(charts)
    return slips(minimal_place, FLOUR, "\n## What would", f"{more}\n## What would")


@pytest.mark.parametrize(("words", "told"), WRONG.items())
def test_what_is_wrong_with_the_words_is_named_with_its_line(misworded, words, told):
    line = misworded.lines.index(f":::{{chart}} more-{[*WRONG].index(words)}") + 1
    assert misworded.refused(line, told), misworded.said


def test_each_figure_stands_once_on_its_page(misworded):
    lines = misworded.lines
    twice = max(number for number, line in enumerate(lines, 1) if line == ":::{chart} grain-by-year")
    nothing = lines.index(":::{chart} grain-by-day") + 1
    for line, told in (
        (twice, "chart grain-by-year: it is on this page already"),
        (nothing, "chart grain-by-day: no cell above it records it"),
    ):
        assert misworded.refused(line, told), misworded.said
    cell = max(number for number, line in enumerate(lines, 1) if line.startswith("```{code-cell}"))
    shown_nowhere = f"figure more-{len(WRONG)} is shown nowhere: {{chart}} more-{len(WRONG)} says where"
    assert misworded.refused(cell + 1 + len(WRONG), shown_nowhere)  # of the call, in its cell
    assert misworded.said.count("is shown nowhere") == 1
