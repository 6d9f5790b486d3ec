"""A figure of a chapter is shown once more on another page, and follows its data there."""

QUOTED = "\n```{quoted-figure} flour.grain-by-year\n```\n"


def test_a_figure_stands_on_another_page_with_its_sources_and_the_way_to_its_own(minimal):
    minimal.append("index.md", QUOTED)
    status, said = minimal.quick()
    assert status == 0, said
    figure = minimal.soup("index").select_one("figure.brief-figure")
    own = minimal.soup("chapters/flour").select_one("figure.brief-figure")
    assert figure["id"] == "quoted-flour-grain-by-year" and figure.select_one(".caption-number") is None
    assert figure.select_one(".caption-text").get_text() == own.select_one(".caption-text").get_text()
    drawn = [one.select_one(".drawings")["aria-label"] for one in (figure, own)]
    assert drawn[0] == drawn[1] and str(figure.svg) == str(own.svg)
    ways = [a["href"] for a in figure.select(".figure-source a")]
    assert "chapters/flour.html#flour-grain-by-year" in ways
    assert any(way.startswith("reference/bibliography.html#") for way in ways)

    minimal.edit("data/bread/grain.csv", "2025,150,", "2025,190,")
    assert minimal.quick()[0] == 0
    assert "2025: 190" in minimal.page("index")


def test_a_figure_that_no_chapter_has_is_named_with_its_line(minimal):
    before = minimal.files()
    minimal.append("index.md", QUOTED.replace("grain-by-year", "grain-by-day"))
    line = (minimal.root / "index.md").read_text("utf-8").splitlines().index(
        "```{quoted-figure} flour.grain-by-day"
    ) + 1
    status, said = minimal.quick()
    assert status == 1 and f"index.md:{line}: WARNING: there is no figure 'flour.grain-by-day'" in said
    assert minimal.files() == before
