"""Faults of style and form in a chapter's cells are named with the page's line, and the form can be written."""

from brief.cellstyle import faults

PAGE = """# Bread

```{code-cell} ipython3
from brief import load, table
grain = table( 'bread/grain' )
```

Words that are  not code = 1.

```python
x  =  1
```

```{code-cell} ipython3
loaves = grain.sum("tonnes") * kilograms
```
"""


def test_style_is_judged_across_cells_with_the_lines_of_the_page(tmp_path):
    page = tmp_path / "bread.md"
    page.write_text(PAGE, "utf-8")
    found = faults(page)
    assert f"{page}:4:19: F401" in found and f"{page}:15:32: F821 Undefined name `kilograms`" in found
    assert "grain = table(" in found and "F821 Undefined name `grain`" not in found
    (tmp_path / "ruff.toml").write_text('lint.select = ["E", "F"]', "utf-8")
    page.write_text(PAGE.replace('sum("tonnes")', f'sum("{"t " * 45}")'), "utf-8")
    assert f"{page}:15:101: E501" in faults(page)


def test_form_is_written_into_the_page_and_then_holds(tmp_path):
    page = tmp_path / "bread.md"
    page.write_text(PAGE.replace("load, ", "").replace(" * kilograms", ""), "utf-8")
    assert not faults(page, fix=True)
    assert page.read_text("utf-8") == (
        PAGE.replace("load, ", "")
        .replace(" * kilograms", "")
        .replace("table( 'bread/grain' )", 'table("bread/grain")')
        .replace("import table\n", "import table\n\n")
        .replace("x  =  1", "x = 1")
    )
    assert not faults(page)
