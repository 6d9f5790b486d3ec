"""Every recipe gives its rows of the table as committed, from the publishers' files where they lie beside the
checkout, and in any clone from small files in the publishers' formats."""

from functools import cache
from pathlib import Path

import pytest

from brief import project
from brief.refresh import difference, held, merge, publisher_file, recipe, recognition
from tests.conftest import ROOT
from tests.recipes.workbook import workbook

UPSTREAM = ROOT.parent / "shared" / "upstream"
SMALL = Path(__file__).parent / "files"
RECIPES = {found.name: found for found in recipe.found(ROOT)}
TABLES = [(name, table) for name, found in RECIPES.items() for table in found.tables]
HELD = held.read(ROOT)

upstream = pytest.mark.skipif(not UPSTREAM.is_dir(), reason=f"publishers' files are not at {UPSTREAM}")
every_table = pytest.mark.parametrize(
    ("name", "table"), TABLES, ids=[f"{name}:{table.name}:{table.parts[0]}" for name, table in TABLES]
)


@cache
def by_digest() -> dict[str, publisher_file.PublisherFile]:
    return {file.sha256: file for file in publisher_file.opened(UPSTREAM)}


def files_held(name: str, table: recipe.Table) -> recipe.Files:
    """The publisher's files that a table was made from."""
    files: recipe.Files = {}
    for row in held.of_table(HELD, RECIPES[name], table):
        files.setdefault(row.part, []).append(by_digest()[row.sha256])
    return files


def refreshed(table: recipe.Table, files: recipe.Files, release: str) -> tuple[bytes, bytes]:
    """The table as committed, and with the rows that follow from these files."""
    entry, content, _ = project.read_table(ROOT, table.name)
    columns, rows = merge.read(content)
    derived = table.derive(files, release)
    key = entry["schema"]["primaryKey"]
    return content, merge.written(columns, merge.merged(rows, derived, key, table.family, table.by))


@upstream
@every_table
def test_the_committed_rows_follow_from_the_files_that_the_table_names(name, table):
    files = files_held(name, table)
    old, new = refreshed(table, files, held.release(HELD, RECIPES[name], table))
    assert new == old


# Tables whose rows stand in an order that no rule gives: rows added by hand at their end.
BY_HAND = {"competitiveness/investment"}


@upstream
@every_table
def test_the_recipe_gives_the_rows_in_the_order_of_the_table(name, table):
    _, rows = merge.read((ROOT / "data" / f"{table.name}.csv").read_bytes())
    release = held.release(HELD, RECIPES[name], table)
    derived = merge.as_text(table.derive(files_held(name, table), release))
    values = merge.covered(derived, table.by)
    own = [row for row in rows if merge.own(row, table.family, table.by, values)]
    assert (derived == own) != (table.name in BY_HAND)
    assert sorted(map(str, derived)) == sorted(str({k: row[k] for k in derived[0]}) for row in own)


def release_given(name: str) -> str:
    return "2026"  # for the small files that do not say of which release they are


@pytest.mark.parametrize("name", sorted(path.name for path in SMALL.iterdir()))
def test_rows_from_small_files_in_the_publishers_formats(name):
    found, files, releases = RECIPES[name], {}, {}
    for path in sorted(path for path in (SMALL / name).iterdir() if path.is_file()):
        known = recognition.recognised(publisher_file.PublisherFile(path.name, path.read_bytes()), [*RECIPES.values()])
        assert known.recipe.name == name
        files.setdefault(known.part.name, []).append(known.file)
        releases[known.part.name] = known.reaches if known.part.says_release else release_given(name)
    for wanted in sorted((SMALL / name / "expected").glob("*.csv")):
        columns, rows = merge.read(wanted.read_bytes())
        derived = []
        for table in found.tables:
            if table.name.replace("/", "+") == wanted.stem and set(table.parts) <= set(files):
                derived += table.derive(files, max(releases[part] for part in table.parts))
        assert merge.written(columns, derived).decode() == wanted.read_text("utf-8")
        assert rows


def small_list() -> publisher_file.PublisherFile:
    """A list of 500 systems as TOP500 offers it since 2020: three Russian ones, South Korea first."""
    names = ["Rank", "Name", "Computer", "Site", "Country", "Year", "Rmax [TFlop/s]", "Accelerator/Co-Processor"]
    rows = [names]
    for rank in range(1, 501):
        country = {1: "South Korea", 7: "Russia", 9: "Russia", 499: "Russia"}.get(rank, "Atlantis")
        name, chip = ("", "NVIDIA A100\u200b 80GB") if rank == 7 else (f"System {rank}", "None")
        rows.append([rank, name, f"Model {rank}, Xeon", "A  site", country, 2021, 1000.25 - rank, chip])
    return publisher_file.PublisherFile("TOP500_202511.xlsx", workbook(rows))


def test_rows_from_a_small_list_of_systems():
    known = recognition.recognised(small_list(), [*RECIPES.values()])
    assert (known.recipe.name, known.part.name, known.reaches) == ("top500", "list", "2025-11")
    rows = {table.name: merge.as_text(table.derive({"list": [known.file]}, "2025-11")) for table in known.recipe.tables}
    texts = {name: [",".join(row.values()) for row in of] for name, of in rows.items()}
    assert texts == {
        "hardware/top500_by_economy": [
            "2025-11,RUS,3,2485.8,7,top500-lists-2025",
            "2025-11,KOR,1,999.2,1,top500-lists-2025",
            "2025-11,WLD,500,374875,1,top500-lists-2025",
        ],
        "hardware/top500_frontier": [
            "2025-11,rank_1,KOR,999.25,top500-lists-2025",
            "2025-11,rank_500,,500.25,top500-lists-2025",
            "2025-11,best_russian,RUS,993.25,top500-lists-2025",
        ],
        "hardware/top500_russian_systems": [
            "2025-11,7,Model 7,A site,2021,993.2,NVIDIA A100 80GB,top500-lists-2025",
            "2025-11,9,System 9,A site,2021,991.2,,top500-lists-2025",
            "2025-11,499,System 499,A site,2021,501.2,,top500-lists-2025",
        ],
    }


def test_every_recipe_is_tried_on_a_small_file_and_says_who_publishes():
    assert {path.name for path in SMALL.iterdir()} | {"top500"} == set(RECIPES)
    for found in RECIPES.values():
        assert found.publisher.name and found.publisher.licence and found.publisher.address.startswith("https://")
        assert bool(found.publisher.every or found.publisher.months) != bool(found.publisher.ended), found.name


def test_every_table_has_a_recipe_or_says_that_it_was_compiled_by_hand():
    made = {table.name: f"{recipe.FOLDER}/{name}.py" for name, table in TABLES}
    for entry in project.package(ROOT)["resources"]:
        assert entry.get("recipe") == made.get(entry["name"]), entry["name"]
        assert "recipe" in entry or "by hand" in entry["processing"], entry["name"]


def test_every_file_held_belongs_to_a_part_of_a_recipe():
    for row in HELD:
        assert row.part in [part.name for part in RECIPES[row.recipe].parts]
        assert len(row.sha256) == 64 and int(row.bytes)
    assert held.written(HELD) == (ROOT / recipe.FOLDER / held.NAME).read_bytes()


def files_in(name: str, folder: str) -> recipe.Files:
    """The files of a release, as `make refresh` knows them."""
    files: recipe.Files = {}
    for file in publisher_file.opened(UPSTREAM / folder):
        try:
            known = recognition.recognised(file, [RECIPES[name]])
        except publisher_file.Unreadable:
            continue
        files.setdefault(known.part.name, []).append(known.file)
    return files


def change(table: recipe.Table, old: list[dict], new: list[dict]) -> tuple[int, int, dict]:
    """Rows new, rows gone, and the cells revised, by key and column, from one state of a table's rows to another."""
    values = merge.covered(new, table.by)
    sides = [row for row in merge.as_text(old) if merge.own(row, table.family, table.by, values)], merge.as_text(new)
    found = difference.difference(project.resource(ROOT, table.name), *sides, sides)
    return len(found.after - found.before), len(found.before - found.after), found.revised


GRAPH = ("github-innovation-graph/2025Q3", "github-innovation-graph/2025Q4")
TRANSPARENCY = ("google-transparency/2022H1", "google-transparency/2025H1")
# recipe, table, folders of the older and the newer release: rows new, rows gone, cells revised, and some of these
RELEASES = [
    ("github_innovation_graph", "talent/github_activity", GRAPH, 13, 0, 0, {}),
    ("github_innovation_graph", "talent/collaboration", GRAPH, 20, 0, 0, {}),
    (
        "google_transparency",
        "censorship/google_requests",
        TRANSPARENCY,
        68,
        0,
        83,
        {("2022-06-30", "RUS", "requests"): ("21863", "21841"), ("2022-06-30", "WLD", "requests"): ("37951", "35220")},
    ),
    (
        "google_transparency",
        "censorship/google_reasons",
        TRANSPARENCY,
        106,
        0,
        4,
        {("2021-06-30", "RUS", "National Security", "requests"): ("3797", "3840")},
    ),
    (
        "owid",
        "ideology/freedom_of_expression",
        ("owid/2025", "owid/2026"),
        14,
        0,
        445,
        {("RUS", "2022", "index"): ("0.148", "0.156"), ("RUS", "2024", "index"): ("0.079", "0.08")},
    ),
    (
        "epoch",
        "hardware/gpu_clusters_by_economy",
        ("epoch/2025-12", "epoch/2026-04"),
        0,
        0,
        1,
        {("CHN", "h100_equivalents"): ("231251", "231451")},
    ),
    ("epoch", "hardware/clusters", ("epoch/2025-12", "epoch/2026-04"), 0, 0, 0, {}),
    (
        "epoch",
        "competitiveness/notable_models",
        ("epoch/2026-01-26", "epoch/2026-07"),
        33,
        0,
        10,
        {("GBR", "2023", "models"): ("20", "6"), ("USA", "2025", "models"): ("50", "60")},
    ),
    ("epoch", "competitiveness/notable_models", ("epoch/2025-12", "epoch/2026-01-26"), 0, 0, 4, {}),
    (
        "owid",
        "competitiveness/publications",
        ("owid/2025-04", "owid/2026-05"),
        0,
        26,
        117,
        {("CHN", "2015", "articles"): ("26126", "22041")},
    ),
    (
        "owid",
        "competitiveness/investment",
        ("owid/2025-05", "owid/2026-05"),
        5,
        0,
        22,
        {("RUS", "2020", "CSET", "value"): ("24.08", "30.36"), ("RUS", "2023", "CSET", "value"): ("0.89", "104.05")},
    ),
]


def table_of(name: str, table: str, part: str | None = None) -> recipe.Table:
    return next(t for t in RECIPES[name].tables if t.name == table and part in (None, t.parts[0]))


@upstream
@pytest.mark.parametrize(
    ("name", "table", "folders", "new", "gone", "revised", "some"), RELEASES, ids=lambda value: str(value)[:40]
)
def test_from_one_release_to_the_next_a_table_changes_as_it_should(name, table, folders, new, gone, revised, some):
    rule = table_of(name, table)
    old, fresh = (rule.derive(files_in(name, folder), "2026") for folder in folders)
    found = change(rule, old, fresh)
    assert (found[0], found[1], len(found[2])) == (new, gone, revised)
    assert some.items() <= found[2].items()


# What a first reading of the files had wrong: a table, a row by its key, and the values that are right.
CORRECTED = [
    # with keywords as parts of words, and papers whose affiliations are only separators
    ("talent/conference_papers", {"conference": "NeurIPS", "year": "2016"}, {"papers": "498", "russian": "6"}),
    ("talent/conference_papers", {"conference": "ICML", "year": "2019"}, {"papers": "726", "russian": "8"}),
    # with American re-trainings counted as French
    (
        "competitiveness/arena",
        {"date": "2024-05-27", "board": "overall", "economy": "FRA"},
        {"models": "7", "best_rank": "34", "best_model": "mistral-large-2402"},
    ),
    # of equal scores the second was put a place lower
    (
        "competitiveness/arena",
        {"date": "2025-07-28", "board": "overall", "economy": "CHN"},
        {"best_rank": "6", "printed_rank": "7"},
    ),
    # only clusters of known size were counted
    ("hardware/gpu_clusters_by_economy", {"economy": "CHN"}, {"clusters": "223"}),
    # "all economies" were not all
    ("competitiveness/notable_models", {"economy": "AUS", "year": "2012"}, {"models": "0"}),
    ("competitiveness/large_systems", {"economy": "CHE", "year": "2019"}, {}),
]


@pytest.mark.parametrize(("table", "key", "right"), CORRECTED, ids=lambda value: str(value)[:40])
def test_what_was_wrong_in_a_table_is_right(table, key, right):
    _, rows = merge.read((ROOT / "data" / f"{table}.csv").read_bytes())
    (row,) = [row for row in rows if key.items() <= row.items()]
    assert right.items() <= row.items()


def test_no_economy_stands_in_a_list_that_does_not_have_it():
    """Ukraine stood among the notable models with noughts of ours."""
    _, rows = merge.read((ROOT / "data/competitiveness/notable_models.csv").read_bytes())
    assert {row["economy"] for row in rows if row["models"] == "0"} <= {
        r["economy"] for r in rows if r["models"] != "0"
    }


@upstream
def test_shares_of_events_are_whole_numbers_of_them():
    """The published shares are of 14 events for one pair and of 25 for the other, not of about 25."""
    rule = table_of("airi", "censorship/geopolitical_preference")
    for row in rule.derive(files_held("airi", rule), "2025"):
        assert round(row["events"] / row["of"] * 100, 1) == row["share"], row


@upstream
def test_requests_to_google_fell_and_the_items_they_name_did_not():
    rule = table_of("google_transparency", "censorship/google_requests")
    rows = rule.derive(files_in("google_transparency", TRANSPARENCY[1]), "2025-06-30")
    russia = {row["period_end"]: (row["requests"], row["items"]) for row in rows if row["economy"] == "RUS"}
    assert [russia[half] for half in ("2024-06-30", "2024-12-31", "2025-06-30")] == [
        (25397, 328452),
        (22242, 431563),
        (8273, 380115),
    ]


@upstream
def test_the_data_set_of_2026_has_no_russian_model():
    rule = table_of("lmarena", "competitiveness/arena", "dataset")
    files = {"dataset": [file for file in publisher_file.opened(UPSTREAM / "lmarena/dataset") if "style" in file.name]}
    rows = {(row["date"], row["board"], row["economy"]): row for row in rule.derive(files, "2026-08-19")}
    best = rows["2026-08-19", "overall", "USA"], rows["2026-08-19", "overall", "CHN"]
    assert [(row["best_model"], row["best_score"]) for row in best] == [
        ("claude-fable-5", 1507.3),
        ("kimi-k3-max", 1489.7),
    ]
    assert rows["2026-08-19", "russian", "RUS"]["models"] == 0


@every_table
def test_the_text_on_a_table_that_names_the_release_is_the_recipes(name, table):
    if table.processing:
        entry = project.resource(ROOT, table.name)
        release = held.release(HELD, RECIPES[name], table)
        assert entry["processing"] == table.processing.format(release=release)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_workbook_that_was_cut_is_refused_in_words(kind):
    """The reader of workbooks panics on some: that is no answer for an editor."""
    content = small_list().content if kind == "xlsx" else b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
    for length in (len(content) // 2, len(content) // 512 * 512, len(content) - 3):
        cut = publisher_file.PublisherFile(f"TOP500_202511.{kind}", content[:length])
        with pytest.raises(publisher_file.Unreadable, match="is not an Excel file that can be read: is it cut"):
            recognition.recognised(cut, [*RECIPES.values()])


def test_a_list_that_lacks_a_system_is_refused():
    rows = small_list().sheet[:-1]
    short = publisher_file.PublisherFile("TOP500_202511.xlsx", workbook(rows))
    with pytest.raises(publisher_file.Unreadable, match="has 499 systems, a list has 500: is it cut"):
        RECIPES["top500"].tables[0].derive({"list": [short]}, "2025-11")


@pytest.mark.parametrize(
    ("folder", "name", "old", "new", "said"),
    [
        (
            "github_innovation_graph",
            "git_pushes.csv",
            "git_pushes,",
            "pushes,",
            "looks like developers or git_pushes of GitHub Innovation Graph, but has no column 'developers'",
        ),
        (
            "google_transparency",
            "google-government-removal-requests.csv",
            ",Number of Requests",
            ",Requests",
            "looks like requests or historical of Google, but has no column 'Number of Requests'",
        ),
        # cut: its columns are all there, so it is no other file that lacks one
        (
            "github_innovation_graph",
            "git_pushes.csv",
            "\n",
            None,
            "looks like git_pushes of GitHub Innovation Graph, but does not end with the end of a line: is it cut?",
        ),
    ],
)
def test_a_file_that_is_all_but_one_of_a_publishers_is_told_as_that(folder, name, old, new, said):
    content = (SMALL / folder / name).read_text("utf-8")
    content = content[: content.rindex(old)] if new is None else content.replace(old, new, 1)
    with pytest.raises(publisher_file.Unreadable) as told:
        recognition.recognised(publisher_file.PublisherFile(name, content.encode()), [*RECIPES.values()])
    assert said in str(told.value)
