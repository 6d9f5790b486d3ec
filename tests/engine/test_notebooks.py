"""A chapter's notebook, of a small book: every kind of text as plain Markdown, its cells in their order, its charts."""

import json
import shutil

import nbformat
import pytest

FLOUR = "chapters/flour.md"
TEXT = """
## Notes on *bread* & more

:::{note}
Mills cost $5 to $6, or about 5 * 6 < 40 ~tonnes~, see [the ovens](ovens.md) and [elsewhere](https://flour.example/a).
:::

:::{admonition} By the way
It is `so_it_is`, 2. not_so, and H{sub}`2`O[^one].
:::

[^one]: Water.

1. One item
   - within, of {doc}`ovens`
2. A *second* **item**

Dough
: Flour and water.

| Mill | Grain |
|------|-------|
| Old  | a | b |

```python
print("|")
```

```{math}
a^2
```

```{code-cell} ipython3
:tags: [remove-cell]
print("hidden")
```

```{code-cell} ipython3
:tags: [hide-input]
print("shown")
```

After the cells.
"""
READ = r"""## Notes on *bread* & more

> **Note**
>
> Mills cost <span>&#36;</span>5 to <span>&#36;</span>6, or about 5 * 6 < 40 \~tonnes\~, see the ovens and [elsewhere](https://flour.example/a).

> **By the way**
>
> It is `so_it_is`, 2. not_so, and H<sub>2</sub>O\[1\].

1. One item

   - within, of Ovens: heat was cheap
2. A *second* **item**

- **Dough**: Flour and water.

| Mill | Grain |
| --- | --- |
| Old | a |

```python
print("|")
```

$$
a^2
$$"""


def notebook(book, chapter="flour"):
    made = nbformat.read(book.site / "notebooks" / f"{chapter}.ipynb", 4)
    nbformat.validate(made)
    return made


def outline(made) -> list[str]:
    """How each cell begins, behind what it is."""
    return [f"{cell.cell_type}: {cell.source.splitlines()[0][:40]}" for cell in made.cells]


def test_it_draws_charts_and_explains_numbers_as_it_lies(minimal_built):
    made = notebook(minimal_built)
    assert outline(made) == [
        "markdown: > This is a chapter of *Why loaves rise*",
        "code: from brief import bars, disputed, fact, ",
        "markdown: ## Bottom line",
        'code: fact("grain", grain["tonnes"].sum(), row',
        'code: shown = grain.assign(label=grain["year"]',
        "markdown: **Fig. 1.1.** Grain rose in each year of",
    ]
    head, address = made.cells[0].source, "https://bread.example/brief/2026.1/chapters/flour.html"
    assert f"edition 2026.1 of 15 January 2026, published at {address}. Its charts" in head
    assert head.endswith("# Flour: grain was dear")
    told = [output.data["text/plain"] for cell in made.cells for output in cell.get("outputs", [])]
    assert "ratio: 1.5 times\n    1.5 = 150 / 100\n    150: 2025: Tonnes\n    100: 2023: Tonnes" in told
    (drawn,) = [cell.source for cell in made.cells if "In words: " in cell.source]
    assert "Holds while: rose in each year: above 0 t; now 24.5; falls if the measure falls by 24.5" in drawn
    (chart,) = [o.data for cell in made.cells for o in cell.get("outputs", []) if len(o.data) > 1]
    assert list(chart) == ["application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"]


def test_its_text_is_plain_markdown_with_links_to_where_the_book_is_published(minimal_built):
    text = "\n".join(cell.source for cell in notebook(minimal_built).cells if cell.cell_type == "markdown")
    address = "https://bread.example/brief/2026.1"
    assert f"> Grain rose from year to year in the [mill]({address}/reference/glossary.html#term-mill)’s book" in text
    assert "> **Moderate confidence**: one mill kept the book" in text
    assert "| Grain of the last year | below 100 | 150 t | not met, 50 away (33% of today's value) |" in text
    assert f"**Tables:** [Grain]({address}/reference/data/bread/grain.html)" in text
    assert "Fig. 1.1 shows the mill" in text and "- **APA**: Baker, A. (2026)." in text
    assert not [mark for mark in ("{", ":::", "(flour)=", "../") if mark in text]


def test_every_kind_of_text_is_plain_markdown(minimal):
    minimal.append(FLOUR, TEXT)
    minimal.edit("CITATION.cff", "url: https://bread.example/brief\n", "")
    status, said = minimal.quick(draft=True)
    assert status == 0, said
    made = notebook(minimal)
    text = "\n\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")
    assert READ in text and "published at" not in made.cells[0].source
    assert outline(made)[-3:] == ['code: print("hidden")', 'code: print("shown")', "markdown: After the cells."]
    assert [cell.outputs[0].text for cell in made.cells[-3:-1]] == ["hidden\n", "shown\n"]


@pytest.mark.parametrize(
    ("more", "said"),
    [("repository-code: https://bread.example/code\n", "`git clone https://bread.example/code`"), ("", "get a copy")],
)
def test_it_says_where_the_book_can_be_cloned_from_when_that_is_known(minimal, more, said):
    minimal.append("CITATION.cff", more)
    status, told = minimal.quick()
    assert status == 0, told
    head = notebook(minimal).cells[0].source
    assert said in head


def test_it_follows_an_edit_as_its_page_does_and_stays_where_that_stays(minimal):
    before = minimal.files()
    minimal.edit("data/bread/grain.csv", "2025,150", "2025,160")
    status, said = minimal.quick()
    assert status == 0, said
    after = minimal.files()
    assert "notebooks/flour.ipynb" in after.differing(before)
    told = json.dumps(notebook(minimal).cells)
    assert "1.6 = 160 / 100" in told and "1.6 times the first" in told
    minimal.edit("data/bread/grain.csv", "2025,160", "2025,150")
    assert minimal.quick()[0] == 0
    assert minimal.files().differing(before) == []


def test_one_that_is_saved_in_the_book_is_no_page_of_it(minimal):
    before, stored = minimal.files(), minimal.site / "notebooks/flour.ipynb"
    shutil.copy(stored, minimal.root / "flour.ipynb")
    status, said = minimal.quick()
    assert status == 0, said
    assert minimal.files().differing(before) == []
    shutil.copy(stored, minimal.root / "chapters/flour.ipynb")  # where Sphinx would take it for the chapter
    status, said = minimal.quick()
    assert status == 1 and '"chapters/flour" is there twice, as chapters/flour.md and chapters/flour.ipynb' in said
    assert minimal.files().differing(before) == []
