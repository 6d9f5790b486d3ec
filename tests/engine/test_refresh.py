"""`make refresh` on a small book: a publisher's file is known by its content, shown as a difference, and written."""

import contextlib
import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest

from brief.ext.checks import inputs
from brief.refresh import calendar, command, merge, recipe
from brief.refresh.difference import difference

RECIPE = '''"""The Mill's book: the file of each year, grain.csv, and the list of prices."""

from brief.refresh import Part, Publisher, Table, Unreadable, keyed

PUBLISHER = Publisher("The Mill", address="https://mill.example/book", licence="CC BY 4.0, with credit", every=12)


def grain(files):
    for row in files["book"][0].rows:
        if row["Tonnes"] == "rotten":
            raise Unreadable("has grain that nobody could weigh")
        yield {"year": int(row["Year"]), "tonnes": round(float(row["Tonnes"]), 1)}


def last_year(file):
    return max(row["Year"] for row in file.rows)


PARTS = [
    Part("book", last_year, columns=("Year", "Tonnes", "Miller")),
    Part("prices", last_year, columns=("Year", "Price", "Coin", "Market"), says_release=False),
]
TABLES = [
    Table("bread/grain", ["book"], grain, "mill-book-", keyed("mill-book-"), processing="To {release}."),
]
'''
ROWS = ["2023,100.04,Ben", "2024,125.5,Ben", "2025,150,Ben"]


@pytest.fixture
def bread(unbuilt):
    """The small book with a recipe, and the file held that its table was made from."""
    unbuilt.write("data/recipes/mill.py", RECIPE)
    unbuilt.edit("data/references.bib", "@misc{mill-book,", "@misc{mill-book-2025,")
    for path in sorted(unbuilt.root.rglob("*")):
        if path.suffix in (".csv", ".md"):
            path.write_text(path.read_text("utf-8").replace("mill-book", "mill-book-2025"), "utf-8")
    unbuilt.write(
        "data/recipes/files.csv", "recipe,part,release,reaches,released,retrieved,bytes,sha256,file,read_from\n"
    )
    status, text = refreshed(unbuilt, book(unbuilt), write=True)
    assert status == 0, text
    assert "no value changes" in text
    return unbuilt


def book(bread, *rows: str, header: str = "Year,Tonnes,Miller", name: str = "grain.csv") -> Path:
    """The Mill's file, with these rows after those it has always had."""
    file = bread.root.parent / name
    file.write_text("\n".join([header, *(rows or ROWS), ""]), "utf-8")
    return file


def refreshed(
    bread, source: Path | None, write: bool = False, released: str = "", read_from: str = ""
) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = command.refresh(bread.root, source and str(source), write, released, read_from)
    return status, said.getvalue()


def data(bread) -> dict[str, bytes]:
    """The files of its data, without what Python keeps of the recipes."""
    found = (path for path in (bread.root / "data").rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.name: path.read_bytes() for path in found}


def refused(bread, source: Path, released: str = "") -> str:
    """The one line that a file gets which changes nothing."""
    before = data(bread)
    status, text = refreshed(bread, source, write=True, released=released)
    assert status == 1 and data(bread) == before
    lines = text.splitlines()
    assert lines[-1] == "Nothing was written." and len(lines) == 2, text
    return lines[0]


def test_a_new_release_is_shown_and_changes_nothing_before_it_is_written(bread):
    before, new = data(bread), book(bread, "2023,90,Ben", *ROWS[1:], "2026,160,Ben")
    status, text = refreshed(bread, new)
    assert status == 0 and data(bread) == before
    assert "bread/grain, 2025 -> 2026: 1 rows new, 1 of 3 revised, 0 gone" in text
    assert "data/bread/grain.csv row 2 (2023), tonnes: 100 → 90 (-10.0%) [mill-book-2026]" in text
    assert "data/bread/grain.csv row 5 (2026) added: tonnes 160 [mill-book-2026]" in text
    assert "Nothing is written without WRITE=1." in text


def test_a_release_is_written_with_its_metadata_and_its_source(bread):
    status, text = refreshed(bread, book(bread, *ROWS, "2026,160,Ben"), write=True)
    assert status == 0, text
    table = (bread.root / "data/bread/grain.csv").read_text("utf-8")
    assert table.splitlines()[-1] == "2026,160,mill-book-2026" and "mill-book-2025" not in table
    entry = next(e for e in json.loads(data(bread)["datapackage.json"])["resources"] if e["name"] == "bread/grain")
    assert (entry["recipe"], entry["release"], entry["next_expected"]) == ("data/recipes/mill.py", "2026", "2027-12")
    assert entry["retrieved"] == dt.date.today().isoformat() and entry["processing"] == "To 2026."
    bib = data(bread)["references.bib"].decode()
    added = bib[bib.index("@misc{mill-book-2026,") :]
    assert "year = {2026}" in added and "note = {Release of 2026}" in added and "author = {Miller, Ben}" in added
    assert b'mill-book-2026,dataset,original,,"CC BY 4.0, with credit"' in data(bread)["sources.csv"]
    assert "@misc{mill-book-2025," in bib  # other tables still use it
    assert "Does it hold? bread/grain, caveats: Made up for tests." in text
    assert inputs.all_errors(bread.root) == []
    again = refreshed(bread, book(bread, *ROWS, "2026,160,Ben"), write=True)
    assert again[0] == 0 and "held already, byte for byte: grain.csv" in again[1] and "Nothing to write." in again[1]


def test_a_copy_is_cited_as_one(bread):
    copy = "https://copies.example/grain.csv"
    assert refreshed(bread, book(bread, *ROWS, "2026,160,Ben"), write=True, read_from=copy)[0] == 0
    bib = data(bread)["references.bib"].decode()
    added = bib[bib.index("@misc{mill-book-2026,") :]
    assert f"url = {{{copy}}}" in added and "note = {Release of 2026, read in a copy}" in added
    assert b'mill-book-2026,dataset,copy,The Mill,"CC BY 4.0, with credit"' in data(bread)["sources.csv"]
    assert data(bread)["files.csv"].decode().splitlines()[1].endswith(f",grain.csv,{copy}")


def test_a_file_held_is_read_again_when_the_rule_has_changed(bread):
    before = data(bread)
    bread.edit("data/recipes/mill.py", 'round(float(row["Tonnes"]), 1)', 'round(float(row["Tonnes"]) / 10, 1)')
    status, text = refreshed(bread, book(bread), write=True)
    assert status == 0 and "bread/grain, release 2025: 0 rows new, 3 of 3 revised, 0 gone" in text
    after = data(bread)
    assert b"2024,12.6,mill-book-2025" in after["grain.csv"]
    assert {name for name in after if after[name] != before[name]} == {"grain.csv", "mill.py"}


def test_what_is_known_of_data_that_a_publisher_passes_on_holds_of_the_next_release(bread):
    bread.edit("data/recipes/mill.py", "every=12", "every=12, passes_on=True")
    bread.edit("data/shared/sources.csv", "mill-book-2025,dataset,original,,", "mill-book-2025,dataset,copy,The Guild,")
    assert refreshed(bread, book(bread, *ROWS, "2026,160,Ben"), write=True)[0] == 0
    row = b'mill-book-2026,dataset,copy,The Guild,"CC BY 4.0, with credit"\n'
    assert row in data(bread)["sources.csv"]


def test_it_says_which_facts_and_findings_would_change(minimal):
    """From a draft of a copy, compared with the book as built; the book itself is not touched."""
    minimal.write(
        "data/recipes/mill.py",
        RECIPE.replace('"mill-book-", keyed("mill-book-")', '"mill-", lambda release: "mill-book"'),
    )
    before, site = data(minimal), minimal.files()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = command.refresh(minimal.root, str(book(minimal, *ROWS[:2], "2025,90,Ben")), write=False, facts=True)
    text = said.getvalue()
    assert status == 0 and data(minimal) == before and minimal.files() == site
    assert "flour.ratio: 1.5 → 0.9 (-40.0%)" in text
    assert "flour.grain-rose: no longer holds: Grain rose from year to year" in text


def test_rows_that_are_not_the_recipes_stay_as_they_are(bread):
    bread.append("data/bread/grain.csv", "2022,80,bakers-guild\n")
    assert refreshed(bread, book(bread, *ROWS, "2026,160,Ben"), write=True)[0] == 0
    rows = (bread.root / "data/bread/grain.csv").read_text("utf-8").splitlines()
    assert rows[-2:] == ["2026,160,mill-book-2026", "2022,80,bakers-guild"]
    line = refused(bread, book(bread, "2022,79,Ben", *ROWS, "2027,160,Ben"))
    assert "the row 2022 is another source's" in line


def test_a_source_that_nothing_uses_any_more_goes(bread):
    for path in [*bread.root.glob("data/*/*.csv"), *bread.root.glob("chapters/*.md"), bread.root / "index.md"]:
        if path.name not in ("grain.csv", "sources.csv"):
            path.write_text(path.read_text("utf-8").replace("mill-book-2025", "bakers-guild"), "utf-8")
    assert refreshed(bread, book(bread, *ROWS, "2026,160,Ben"), write=True)[0] == 0
    assert b"mill-book-2025" not in data(bread)["references.bib"] + data(bread)["sources.csv"]
    assert inputs.all_errors(bread.root) == []


def test_a_zip_and_a_folder_may_hold_what_is_nobodys(bread):
    new = book(bread, *ROWS, "2026,160,Ben")
    packed = bread.root.parent / "download.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(new, "files/grain.csv")
        archive.writestr("readme.md", "How to read it")
    folder = bread.root.parent / "folder"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", "utf-8")
    new.rename(folder / "grain.csv")
    for source, stranger in ((packed, "download.zip/readme.md"), (folder, "notes.txt")):
        status, text = refreshed(bread, source)
        assert status == 0 and "2025 -> 2026: 1 rows new" in text
        assert f"left aside: {stranger} is not a file that a recipe knows" in text


WRONG = {
    "unknown": (
        ("2026,1,2",),
        "Year,Loaves,Ovens",
        "grain.csv is not a file that a recipe knows: its first line is Year, Loaves, Ovens",
    ),
    "a renamed column": (
        (*ROWS, "2026,160,Ben"),
        "Year,Tonnes,Baker",
        "grain.csv looks like book of The Mill, but has no column 'Miller'; it has Year, Tonnes, Baker",
    ),
    "cut in a row": ((*ROWS, "2026,16"), "Year,Tonnes,Miller", "but row 5 has 2 cells, the header 3: is it cut?"),
    "cut in a quote": ((*ROWS, '2026,160,"Be'), "Year,Tonnes,Miller", "but ends inside a quoted cell: is it cut?"),
    "cut in a cell": (
        (*ROWS, "2026,160,B"),
        "Year,Tonnes,Miller",
        "but does not end with the end of a line: is it cut?",
    ),
    "cut between rows": ((ROWS[2],), "Year,Tonnes,Miller", "was it altered, or revised?"),
    "cut at its head": (("2026,160,Ben",), "Year,Tonnes,Miller", "bytes; the one held has 63: is it cut?"),
    "older": (ROWS[:2], "Year,Tonnes,Miller", "is book of The Mill of 2024, older than 2025, which is held"),
    "altered": (
        ("2023,101,Ben", *ROWS[1:]),
        "Year,Tonnes,Miller",
        "says that it is book of The Mill of 2025, but is not the file held (sha256 ",
    ),
    "what the recipe refuses": ((*ROWS, "2026,rotten,Ben"), "Year,Tonnes,Miller", "has grain that nobody could weigh"),
    "no number": ((*ROWS, "2026,many,Ben"), "Year,Tonnes,Miller", "grain.csv does not make bread/grain: ValueError"),
    "a key twice": (
        (*ROWS, "2026,1,Ben", "2026,2,Ben"),
        "Year,Tonnes,Miller",
        "1 derived rows have the key of another",
    ),
    "no row": ((), "Year,Tonnes,Miller\n2026,1", "is it cut?"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_gets_one_line_and_changes_nothing(bread, kind):
    rows, header, words = WRONG[kind]
    file = book(bread, *rows, header=header)
    if kind == "cut in a cell":
        file.write_bytes(file.read_bytes()[:-1])
    assert words in refused(bread, file)


def test_bytes_that_are_no_text_and_a_place_where_nothing_is(bread):
    odd = bread.root.parent / "grain.csv"
    odd.write_bytes(b"Year,Tonnes,Miller\n2026,\xff,Ben\n")
    assert "grain.csv looks like book of The Mill, but is not UTF-8 text" in refused(bread, odd)
    odd.unlink()
    assert "is not there" in refused(bread, odd)


def test_a_file_that_does_not_say_its_release_needs_to_be_told(bread):
    prices = book(bread, "2025,7,penny,Alder", header="Year,Price,Coin,Market", name="prices.csv")
    assert "add RELEASED=" in refused(bread, prices)
    status, text = refreshed(bread, prices, released="2026-07-19")
    assert status == 0 and "data/recipes/files.csv" in text


def test_tables_that_would_not_be_valid_are_not_written(bread):
    """The rows of a release pass the same checks as an editor's."""
    package = json.loads(data(bread)["datapackage.json"])
    field = next(e for e in package["resources"] if e["name"] == "bread/grain")["schema"]["fields"][1]
    field["constraints"] = {"maximum": 155}
    bread.write("data/datapackage.json", json.dumps(package))
    before = data(bread)
    status, text = refreshed(bread, book(bread, *ROWS, "2026,160,Ben"), write=True)
    assert status == 1 and data(bread) == before
    assert 'data/bread/grain.csv, row 5, column tonnes: "160" is above 155' in text


def test_alone_it_says_what_is_held_and_what_is_due(bread):
    status, text = refreshed(bread, None)
    assert status == 0 and "bread/grain" in text and "The Mill: 2025" in text
    on = {day: calendar.overview(bread.root, dt.date.fromisoformat(day)) for day in ("2026-03-01", "2027-02-01")}
    assert on["2026-03-01"].endswith("2025, 3 months old, taken " + dt.date.today().isoformat() + "; next due 2026-12")
    assert on["2027-02-01"].endswith("next was due 2026-12")


def test_months_of_release_and_names_of_releases():
    def due(release: str, **when) -> str:
        table = recipe.Table("bread/grain", ["book"], list, "mill-", str, ended=when.pop("over", ""))
        publisher = recipe.Publisher("The Mill", "https://mill.example", "CC0", **when)
        held = calendar.Held("mill", "book", release, "", "", "", "1", "0" * 64, "grain.csv")
        return calendar.expected(recipe.Recipe("mill", publisher, [], [table]), "bread/grain", [held])

    assert [due(r, months=(6, 11)) for r in ("2026-06", "2026-11")] == ["2026-11", "2027-06"]
    assert [due(r, every=3) for r in ("2025Q4", "2026-07-19", "2024")] == ["2026-03", "2026-10", "2025-03"]
    assert [due("2024", ended="it closed"), due("2024", every=12, over="no more"), due("spring", every=12)] == [""] * 3


def test_what_looks_like_a_new_definition_is_said():
    def rows(values: dict[tuple[str, int], float]) -> list[dict]:
        return [
            {"town": town, "year": str(year), "loaves": str(v), "source": "s"} for (town, year), v in values.items()
        ]

    fields = [
        {"name": "town", "type": "string"},
        {"name": "year", "type": "year"},
        {"name": "loaves", "type": "number"},
    ]
    entry = {"path": "bread/loaves.csv", "schema": {"fields": fields, "primaryKey": ["town", "year"]}}

    def redefined(before, after) -> list[str]:
        sides = rows(before), rows(after)
        return difference(entry, *sides, sides).redefined()

    old = {(town, year): 100 for town in ("Alder", "Birch", "Cedar") for year in range(2020, 2026)}
    news = old | {("Alder", 2025): 130, ("Birch", 2025): 80}
    assert redefined(old, news) == []
    moved = old | {("Alder", year): 60 for year in (2023, 2024, 2025)} | {("Birch", 2025): 140}
    assert redefined(old, moved) == ["town Alder: all 3 revised rows go down, loaves 300 -> 180 in sum"]
    renamed = {(town.replace("Cedar", "Zeder"), year): value for (town, year), value in old.items()}
    assert redefined(old, renamed) == ["town Cedar: no row is left; has it another name in the file?"]
    anew = {at: 101 if at[0] != "Cedar" else 100 for at in old}
    assert redefined(old, anew) == ["12 of 18 rows that were published are revised, half of the values by 1.0% or more"]


def test_a_row_keeps_its_place_and_a_new_one_follows_the_one_before_it():
    def rows(text: str) -> list[dict]:
        return [dict(zip(("year", "source"), row.split(), strict=True)) for row in text.split(",")]

    def merged(old: str, new: str, by: tuple[str, ...] = ()) -> str:
        found = merge.merged(rows(old), rows(new), ["year"], "mill-", by)
        return ",".join(" ".join(row.values()) for row in found)

    assert merged("3 mill-1,1 mill-1,9 other", "1 mill-2,2 mill-2,3 mill-2") == "3 mill-2,1 mill-2,2 mill-2,9 other"
    assert merged("1 mill-1,2 mill-1,9 other", "0 mill-2,2 mill-2") == "0 mill-2,2 mill-2,9 other"
    assert merged("9 other", "1 mill-2") == "9 other,1 mill-2"
    assert merged("1 mill-1,2 mill-1", "2 mill-2,3 mill-2", by=("year",)) == "1 mill-1,2 mill-2,3 mill-2"
    assert [merge.cell(value) for value in (None, 530.0, 2.2e23, 0.1, "a", 7)] == [
        "",
        "530",
        "2.2e+23",
        "0.1",
        "a",
        "7",
    ]
