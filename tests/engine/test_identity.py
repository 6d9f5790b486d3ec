"""Each thing has an id, a file and an address of its own, or the build stops and says which two do not."""

import json

import pytest

from brief import names
from brief.ext import anchors
from brief.ext.checks import contents, page_names
from brief.ext.facts.claim_rows import claim_errors
from brief.kernel.provenance import emit

FACT = "application/vnd.brief.fact+json"


@pytest.mark.parametrize("id", ["gdp-ru", "v3", "2026", "a-1-b"])
def test_an_id_is_small_latin_letters_and_digits_with_hyphens(id):
    assert names.is_record(id) and anchors.fact("chapters/x", id) == f"fact-x-{id}"


@pytest.mark.parametrize(
    "id",
    ["gdp_ru", "GDP", "ввп", "a.b", "a b", "a--b", "-a", "a-", "", "a\n", "é", "ａ", "٣", "a/b", None],
)
def test_any_other_id_is_refused_where_it_is_recorded(id):
    with pytest.raises(ValueError, match="is no id: only small Latin letters"):
        emit(FACT, {"id": id}, "")


def test_a_page_is_refused_whose_name_is_no_address_or_another_pages(unbuilt):
    chapters = "chapters/печи", "chapters/my ovens", "chapters/Ovens", "chapters/old/flour", "chapters/brief"
    more = "".join(f"      - file: {name}\n" for name in (*chapters, "data/oven", "search"))
    unbuilt.edit("_toc.yml", "      - file: chapters/ovens\n", "      - file: chapters/ovens\n" + more)
    said = page_names.page_errors(unbuilt.root, contents.pages(unbuilt.root))
    for line, name, why in [
        (9, "chapters/печи", "only small Latin letters"),
        (10, "chapters/my ovens", "only small Latin letters"),
        (11, "chapters/Ovens", "only small Latin letters"),
        (12, "chapters/old/flour", "its files would be those of page chapters/flour"),
        (13, "chapters/brief", "files of the whole book are called brief"),
        (14, "data/oven", "the site has something else at data"),
        (15, "search", "the site has something else at search"),
    ]:
        assert [s for s in said if s.startswith(f"_toc.yml:{line}: page {name}: ") and why in s], name
    assert len(said) == 7


def test_a_table_is_refused_whose_name_is_no_address_or_another_tables(unbuilt):
    package = json.loads((unbuilt.root / "data/datapackage.json").read_text("utf-8"))
    grain = next(entry for entry in package["resources"] if entry["name"] == "bread/grain")
    wrong = {"Bread/grain": "", "bread/a__b": "", "bread/зерно": "", "bread": "", "bread-x/y": "", "bread/x_y": ""}
    wrong |= {"bread/elsewhere": "../x.csv"}
    package["resources"] += [grain | {"name": name, "path": path or f"{name}.csv"} for name, path in wrong.items()]
    unbuilt.write("data/datapackage.json", json.dumps(package))
    said = page_names.table_errors(unbuilt.root)
    assert [line.split(", table ")[1].split(":")[0] for line in said] == [*list(wrong)[:4], *list(wrong)[5:]]
    assert "its address #table-bread-x-y would be that of table bread-x/y" in said[4]
    assert "its path is '../x.csv', not 'bread/elsewhere.csv'" in said[5]


def test_a_claim_is_refused_whose_id_is_no_address(unbuilt):
    unbuilt.append("data/shared/claims.csv", "Bread_Rises,flour,x,x,x,x,x,x,x\n")
    assert claim_errors(unbuilt.root)[0].startswith("data/shared/claims.csv, row 3, column id: 'Bread_Rises' is no id")


def test_two_things_at_one_address_are_named_with_their_lines(minimal):
    again = '\nfact("dough-b", 1, rows=ovens)\nfact("loaves", 1, rows=ovens)\n'
    minimal.edit("chapters/ovens.md", '\ndisputed("wood"', f'{again}disputed("wood"')
    text = (minimal.root / "chapters/ovens.md").read_text("utf-8").replace('"dough-b"', '"b"').replace("(ovens)=", "")
    minimal.write("chapters/ovens-dough.md", text.replace('fact("loaves", 1, rows=ovens)\n', ""))
    more = f"\n## Main content\n\n## Finding one\n\n{FINDING}\n## Печи\n\n(stoves)=\n## Печи\n"
    minimal.append("chapters/ovens-dough.md", more)
    toc = "      - file: chapters/ovens\n"
    minimal.edit("_toc.yml", toc, f"{toc}      - file: chapters/ovens-dough\n")
    status, said = minimal.quick()
    assert status == 1, said
    for line in (
        "ovens.md:14: WARNING: fact ovens.loaves is recorded twice, first at line 12",
        "ovens-dough.md:13: WARNING: fact ovens-dough.b and fact ovens.dough-b would both be at fact-ovens-dough-b",
        "ovens-dough.md:29: WARNING: two things on this page would both be at #main-content: rename one",
        "ovens-dough.md:33: WARNING: two things on this page would both be at #finding-one: rename one",
        "ovens-dough.md:40: WARNING: the address of this heading would be a number: put (a-name)= on a line before it",
    ):
        assert f"/chapters/{line}\n" in said
    assert said.count("WARNING") == 5


FINDING = """:::{finding} one
:confidence: low
:because: nobody looked
:holds: loaves > 1: Ovens
Ovens were warm.
:::
"""
