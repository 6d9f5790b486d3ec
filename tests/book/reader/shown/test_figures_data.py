"""What a figure draws is what its tables say: its CSV, table, zip, live chart, metadata; and the catalogue's files."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable

import pytest
import yaml

from tests.book.reader.shown import drawn_boards  # noqa: F401 (fills DRAWN)
from tests.book.reader.shown.drawn import DRAWN
from tests.book.reader.shown.reading import STRAIGHT, cells, rows_of, soup_of, words
from tests.book.reader.shown.test_facts import names
from tests.book.reader.shown.written import figure_rows

FIGURES = sorted(DRAWN)
# What a live chart calls some columns: ends of a range, the category that colours a mark, the words of an event.
OTHERWISE = {"low": ["from_"], "high": ["to_"], "what": ["color_said"], "who": ["color_said"], "event": ["text_said"]}


def alike(cell) -> str:
    """A cell to be compared with another copy of it: numbers to twelve digits, dates by their day."""
    if isinstance(cell, bool):
        return str(cell)
    try:
        return f"{float(cell):.12g}"
    except (TypeError, ValueError):
        text = "" if cell is None else str(cell)
        return text[:10] if text[10:] in ("T00:00:00", " 00:00:00") else text


def straight(row: Iterable[str]) -> list[str]:
    """A row's texts as a page has them: spaces and quotation marks made alike."""
    return [" ".join(text.translate(STRAIGHT).split()) for text in row]


def as_rows(rows, columns) -> list[tuple[str, ...]]:
    """Rows (dicts or lists) as comparable tuples of `columns`, in an order of their own."""
    return sorted(tuple(alike(row[c]) for c in columns) for row in rows)


def folder(site, name):
    return site.html / "figures" / name


def csv_of(site, name):
    return rows_of(folder(site, name) / f"{name}.csv")


def live_of(site, name) -> dict:
    """The charts that a reader can act on, by width."""
    text = (folder(site, name) / "live.js").read_text("utf-8")
    key, _, spec = text.partition("] = ")
    assert key.endswith(json.dumps(name))
    return json.loads(spec.rstrip(";\n"))


def test_every_figure_is_made_anew(site):
    assert sorted(site.figures) == FIGURES == sorted(path.name for path in (site.html / "figures").iterdir())


@pytest.mark.parametrize("name", FIGURES)
def test_the_csv_is_what_the_tables_say(site, name):
    expected, found = DRAWN[name](site.table), csv_of(site, name)
    columns = list(found[0])
    assert set(columns) == set(expected[0])
    assert as_rows(found, columns) == as_rows(expected, columns)


@pytest.mark.parametrize("name", FIGURES)
def test_the_table_on_its_page_is_the_csv(site, name):
    page = soup_of(folder(site, name) / "index.html")
    rows = [cells(row) for row in page.select("#table tbody tr")]
    expected = [straight(row) for row in figure_rows(folder(site, name))]
    if "source" in (columns := [*csv_of(site, name)[0]]):
        at = columns.index("source")
        cited = {(row.pop(at), own.pop(at)) for row, own in zip(rows, expected, strict=True)}
        assert all(names(site.sources[key], short) for short, key in cited)
    assert rows == expected
    heads = [words(head) for head in page.select("#table thead th")]
    assert len(set(heads)) == len(heads) and all(not head[0].islower() and "_" not in head for head in heads), heads
    assert f"({len(rows)} rows)" in words(page.select_one("#table summary"))


@pytest.mark.parametrize("name", FIGURES)
def test_the_zip_holds_the_files_beside_it(site, name):
    with zipfile.ZipFile(folder(site, name) / f"{name}.zip") as packed:
        inside = {file: packed.read(file) for file in packed.namelist()}
    beside = {path.name: path.read_bytes() for path in folder(site, name).iterdir() if path.name.startswith(name)}
    del beside[f"{name}.zip"]
    assert {file: inside[file] for file in beside} == beside
    told = [field["name"] for field in json.loads(inside["datapackage.json"])["resources"][0]["schema"]["fields"]]
    assert told == list(csv_of(site, name)[0])


@pytest.mark.parametrize("name", FIGURES)
def test_the_live_chart_draws_the_csv(site, name):
    drawn = csv_of(site, name)
    if "data-live" not in site.figures[name].select_one(".drawings").attrs:
        assert not (folder(site, name) / "live.js").exists()
        return
    columns = [column for column in drawn[0] if column != "source"]
    months = [column for column in columns if re.fullmatch(r"\d{4}-\d\d", drawn[0][column])]
    for spec in live_of(site, name).values():
        datasets = [[as_named(row, columns, months) for row in rows] for rows in spec["datasets"].values() if rows]
        whole = [rows for rows in datasets if set(columns) <= set(rows[0])]
        held = {found for rows in whole for found in as_rows(rows, columns)}
        assert held == set(as_rows(drawn, columns))


def as_named(row: dict, columns: list[str], months: list[str]) -> dict:
    """A row of a live chart with the names of the CSV's columns for what the chart calls otherwise, months as there."""
    row = row | {column: row[column][:7] for column in months if column in row}
    for column in columns:
        for other in OTHERWISE.get(column, ()):
            if column not in row and other in row:
                row = row | {column: row[other]}
    return row


def within(thing, key):
    """What stands under a key anywhere in a chart."""
    if isinstance(thing, dict):
        yield from ([thing[key]] if key in thing else [])
        thing = list(thing.values())
    for part in thing if isinstance(thing, list) else ():
        yield from within(part, key)


@pytest.mark.parametrize("name", FIGURES)
def test_what_is_said_on_hover_is_in_the_data(site, name):
    if not (folder(site, name) / "live.js").exists():
        return
    for spec in live_of(site, name).values():
        made = {field for rows in spec.pop("datasets").values() for field in rows[0]} | set(within(spec, "as"))
        tips = [tip for tip in within(spec, "tooltip") if isinstance(tip, list | dict)]
        fields = set(within(tips, "field"))
        fields |= {field for said in within(tips, "expr") for field in re.findall(r'datum\)\["(\w+)"\]', said)}
        assert fields and fields <= made


@pytest.mark.parametrize("name", FIGURES)
def test_units_of_its_columns_are_those_of_their_tables(site, name):
    with zipfile.ZipFile(folder(site, name) / f"{name}.zip") as packed:
        (resource,) = json.loads(packed.read("datapackage.json"))["resources"]
    tables = next(f for f in site.record["figures"] if f["id"].replace(".", "-", 1) == name)["tables"]
    known = {f["name"]: f for table in tables for f in site.package[table]["schema"]["fields"]}
    for field in resource["schema"]["fields"]:
        if field["name"] in known:
            assert field.get("unit") == known[field["name"]].get("unit"), field["name"]


def test_downloads_are_the_tables(site):
    """A table as it is downloaded, alone or with all others, has the cells of the book's own."""
    with zipfile.ZipFile(site.html / "data" / "brief-data.zip") as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    for name, entry in site.package.items():
        file = (site.html / "data" / entry["path"]).read_bytes()
        assert inside[entry["path"]] == file
        read = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))
        harmless = [{k: v.removeprefix("'") if v[1:2] in set("=+-@\t\r\n") else v for k, v in r.items()} for r in read]
        assert harmless == list(site.table(name)), name
    for file in ("datapackage.json", "references.bib"):
        assert (site.html / "data" / file).read_bytes() == inside[file]
    assert inside["references.bib"] == (site.root / "data" / "references.bib").read_bytes()
    own = json.loads((site.root / "data" / "datapackage.json").read_text("utf-8"))
    package = json.loads(inside["datapackage.json"])
    for mine, theirs in zip(own.pop("resources"), package["resources"], strict=True):
        assert {key: theirs[key] for key in mine} == mine
    assert {key: package[key] for key in own} == own
    cff = yaml.safe_load((site.root / "CITATION.cff").read_text("utf-8"))
    assert (package["version"], package["created"][:10]) == (cff["version"], str(cff["date-released"]))
    assert package["keywords"] == cff["keywords"]
    assert cff["title"] in inside["README.md"].decode() and b"MIT" in inside["LICENSE-CODE"]
