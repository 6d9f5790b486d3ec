"""A chart that can't be drawn stops the build with the line of its cell: figure, column, row and rule."""

import re

CELL = """
```{code-cell} ipython3
from brief import bars, figure
figure("loaves", bars(ovens.assign(loaves=[None] * len(ovens)), "town", "loaves"), rows=ovens)
```
"""


def test_a_missing_value_names_figure_column_row_and_rule(minimal):
    minimal.append("chapters/ovens.md", CELL)
    before = minimal.files()
    status, said = minimal.quick()
    assert status == 1 and "Traceback" not in said
    line = next(line for line in said.splitlines() if "figure loaves" in line)
    assert re.search(
        r"chapters/ovens\.md:\d+: ValueError: figure loaves: column 'loaves', row 1 \(.+\): no value", line
    )
    assert minimal.files() == before
