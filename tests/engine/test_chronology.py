"""{chronology}: a table's events in order, in strands, with their sources; a table without what it needs is refused."""

import json

from bs4 import BeautifulSoup

EVENTS = """date,strand,event,source
2024-05,Ovens,The oven cools,mill-book
2023-12-24,Flour,The mill stops,bakers-guild
2025,Flour,The mill turns,mill-book
"""


def described(book, fields=("date", "strand", "event", "source"), strands=None) -> None:
    """Add the table that EVENTS are, with a schema, to the book's descriptor."""
    path = book.root / "data/datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    like = json.loads(json.dumps(package["resources"][0]))
    columns = [{"name": n, "type": "string", "title": n, "description": n} for n in fields]
    if strands:
        columns[1]["constraints"] = {"enum": strands}
    like |= {"name": "shared/events", "path": "shared/events.csv", "title": "Events", "schema": {"fields": columns}}
    reference = {"resource": "shared/sources", "fields": ["source"]}
    like["schema"] |= {"primaryKey": ["date"], "foreignKeys": [{"fields": ["source"], "reference": reference}]}
    like.pop("recipe", None)
    package["resources"].append(like)
    path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")


def listed(book) -> list[tuple[str, ...]]:
    """Class, head and event of each item on the glossary's page."""
    items = BeautifulSoup(book.page("reference/glossary"), "lxml").select("ul.chronology > li")
    return [(i["class"][0], i.strong.get_text(), i.select_one(".event").get_text()) for i in items]


def test_events_stand_in_order_in_the_strands_of_the_schema_and_follow_the_table(minimal):
    minimal.write("data/shared/events.csv", EVENTS)
    described(minimal, strands=["Ovens", "Flour"])
    minimal.append("reference/glossary.md", "\n```{chronology} shared/events\n```\n")
    status, said = minimal.quick()
    assert status == 0, said
    assert listed(minimal) == [
        ("strand-2", "24 December 2023 · Flour", "The mill stops"),
        ("strand-1", "May 2024 · Ovens", "The oven cools"),
        ("strand-2", "2025 · Flour", "The mill turns"),
    ]
    page = BeautifulSoup(minimal.page("reference/glossary"), "lxml")
    assert [label.get_text(strip=True) for label in page.select(".chronology-choice label")] == [
        "Everything",
        "Ovens",
        "Flour",
    ]
    assert len(page.select("ul.chronology a[href*=bibliography]")) == 3
    minimal.edit("data/shared/events.csv", "2025,Flour,The mill turns", "2025-02-01,Flour,The mill turns again")
    status, said = minimal.quick()
    assert status == 0, said
    assert listed(minimal)[-1] == ("strand-2", "1 February 2025 · Flour", "The mill turns again")


def test_a_table_that_is_not_there_or_lacks_a_column_is_said_with_its_line(minimal):
    minimal.append("reference/glossary.md", "\n```{chronology} shared/happenings\n```\n")
    status, said = minimal.quick()
    assert status == 1
    assert "glossary.md:" in said
    assert "no table 'shared/happenings'" in said
    minimal.edit("reference/glossary.md", "shared/happenings", "shared/sources")
    status, said = minimal.quick()
    assert status == 1
    assert "shared/sources has no column date, strand, event" in said
