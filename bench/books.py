"""Books to measure: a copy of this one, and generated ones of any number of chapters, each with a table of its own."""

import csv
import io
import json
import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORDS = (
    "the",
    "share",
    "of",
    "what",
    "was",
    "counted",
    "fell",
    "when",
    "a",
    "new",
    "list",
    "came",
    "out",
    "and",
    "rose",
)


@dataclass
class Edit:
    """A change of one cell of a table: in the file at `path`, `old` (which stands there once) becomes `new`."""

    path: str
    old: str
    new: str
    page: str

    def apply(self, root: Path) -> None:
        """Make the change; a second time it is undone."""
        file = root / self.path
        text = file.read_text("utf-8")
        old, new = (self.old, self.new) if text.count(self.old) == 1 else (self.new, self.old)
        assert text.count(old) == 1, f"{self.path}: {old!r}"
        file.write_text(text.replace(old, new), "utf-8")


# One cell of one table of each chapter of this book; no finding falls with it.
EDITS = [
    Edit("data/hardware/top500_by_economy.csv", "2026-06,RUS,5,68979,", "2026-06,RUS,5,68979.1,", "chapters/hardware"),
    Edit("data/talent/statements.csv", ",100000,people,", ",101000,people,", "chapters/talent"),
    Edit("data/ideology/budgets.csv", ",137.2,", ",138.2,", "chapters/ideology"),
    Edit("data/censorship/removed_by_topic.csv", "Suicide,32200,", "Suicide,32300,", "chapters/censorship"),
    Edit("data/competitiveness/publications.csv", "RUS,2022,3663,", "RUS,2022,3664,", "chapters/competitiveness"),
]


def this_book(target: Path) -> list[Edit]:
    """Copy what git tracks, or would."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return EDITS


def generated(target: Path, chapters: int) -> list[Edit]:
    """A book of the house's shape: each chapter reads a table, quotes two facts, asserts a finding, draws a figure."""
    names = [f"c{n:03}" for n in range(1, chapters + 1)]
    for folder in ("chapters", "reference", "data/shared", *(f"data/{name}" for name in names)):
        (target / folder).mkdir(parents=True, exist_ok=True)
    for name in ("_config.yml", "CITATION.cff", "LICENSE-TEXT"):
        shutil.copyfile(ROOT / name, target / name)
    for name in ("_static", "brief", "bench"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    _write(target / "index.md", "# A generated book\n\nEach chapter reads a table.\n")
    _write(target / "reference/evidence.md", "# Ledger\n\n```{fact-ledger}\n```\n")
    _write(target / "reference/data.md", "# Tables\n\n```{catalogue}\n```\n")
    _write(target / "reference/bibliography.md", "# Bibliography\n\n```{bibliography}\n:all:\n```\n")
    for name in names:
        _write(target / f"chapters/{name}.md", _chapter(name))
        _write(target / f"data/{name}/series.csv", _table(name))
    pages = [f"chapters/{name}" for name in names] + ["reference/evidence", "reference/data", "reference/bibliography"]
    toc = "".join(f"  - file: {page}\n" for page in pages)
    _write(target / "_toc.yml", f"format: jb-book\nroot: index\nchapters:\n{toc}")
    _write(target / "data/references.bib", _SOURCE)
    _write(target / "data/datapackage.json", json.dumps(_package(names), indent=1))
    _write(target / "data/shared/sources.csv", _SOURCES)
    _write(target / "data/shared/economies.csv", _economies())
    middle = names[chapters // 2]
    line = _table(middle).splitlines()[100]
    year, _, source = line.split(",")
    return [Edit(f"data/{middle}/series.csv", line, f"{year},123.45,{source}", f"chapters/{middle}")]


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _table(name: str) -> str:
    chance = random.Random(name)
    rows = (f"{year},{chance.uniform(10, 99):.2f},made-up-for-timing" for year in range(1826, 2026))
    return "year,value,source\n" + "\n".join(rows) + "\n"


def _chapter(name: str) -> str:
    chance = random.Random(name)
    prose = "\n\n".join(" ".join(chance.choices(WORDS, k=60)).capitalize() + "." for _ in range(5))
    return f"""---
file_format: mystnb
kernelspec: {{name: python3, display_name: Python 3}}
description: A chapter to measure.
---
({name})=
# A chapter: {" ".join(chance.choices(WORDS, k=4))}

```{{code-cell}} ipython3
import altair as alt
from brief import fact, figure, load
series = load("{name}/series")
```

```{{code-cell}} ipython3
fact("mean", series["value"].mean(), rows=series, unit="points", period="two centuries", fmt=".2f")
fact("most", series["value"].max(), rows=series, unit="points", period="two centuries", fmt=".2f")
fact("least", series["value"].min(), rows=series, unit="points", period="two centuries", fmt=".2f")
```

:::{{finding}} positive
:confidence: high
:because: the numbers are made up that way
:holds: least > 0: Lowest value
The values average {{fact}}`mean` and reach {{fact}}`most`.
:::

```{{code-cell}} ipython3
chart = alt.Chart(series).mark_line().encode(x="year:Q", y="value:Q")
figure("values", chart, alt="A line.", rows=series)
```

:::{{chart}} values
:title: The values go up and down
:subtitle: Points a year
:::

{prose}
"""


_SOURCE = """@misc{made-up-for-timing,
  author = {{The benchmark}}, title = {Numbers made up for timing}, year = {2026},
  howpublished = {This repository}, url = {https://example.org/}
}
"""
_SOURCES = "source,kind,standing,original,licence\nmade-up-for-timing,dataset,original,,none\n"


def _economies() -> str:
    """Those of this book, which its settings name, from the one source."""
    with (ROOT / "data/shared/economies.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row | {"source": "made-up-for-timing"} for row in csv.DictReader(lines)]
    writer = csv.DictWriter(text := io.StringIO(), list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _package(names: list[str]) -> dict:
    ours = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
    shared = [entry for entry in ours["resources"] if entry["name"] in ("shared/economies", "shared/sources")]
    texts = dict.fromkeys(("title", "description", "processing", "caveats", "licence_note"), "Made up for timing.")
    field = {"title": "Column", "description": "A column."}
    schema = {
        "fields": [
            {"name": "year", "type": "integer", "unit": "year", "decimals": 0, **field},
            {"name": "value", "type": "number", "unit": "points", "decimals": 2, **field},
            {"name": "source", "type": "string", "constraints": {"required": True}, **field},
        ],
        "primaryKey": ["year"],
        "foreignKeys": [{"fields": ["source"], "reference": {"resource": "shared/sources", "fields": ["source"]}}],
    }
    tables = [
        {"name": f"{name}/series", "path": f"{name}/series.csv", "profile": "tabular-data-resource", "schema": schema}
        for name in names
    ]
    return ours | {"resources": shared + [table | texts for table in tables]}
