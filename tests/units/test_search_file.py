"""What the search finds is read as it was written, though its file says nothing twice."""

import json

from brief.ext.html.search_file import NAME, Passage, read, written

SENTENCE = "Of 𝟏𝟐 ovens “two” are new."  # its digits are two letters each to JavaScript


def test_what_is_written_is_read_and_a_sentence_stands_there_once(tmp_path):
    titles = {"ledger": "Ledger", "chapters/bread": "Bread", "data/ovens": "Ovens"}
    page = Passage(
        kind="page", title="🍞 Ovens", page="chapters/bread", anchor="ovens", text=f"First. {SENTENCE} Last.",
        of="chapters/bread",
    )  # fmt: skip
    fact = Passage(kind="fact", title="12", page="ledger", anchor="fact-ovens", text=f"{SENTENCE} · Who", of=page["of"])
    lone = fact | {"anchor": "fact-lone", "text": "Said nowhere else."}
    table = Passage(kind="table", title="Ovens", page="data/ovens", anchor="", text="All ovens.", of="data/ovens")
    rows = table | {"columns": [["2021", "2022"], ["1.50", "a"]], "rows": [(0, 1), (1, 0), (1, 1)]}
    found = [lone | {"quoted": "Said nowhere else."}, page, fact | {"quoted": SENTENCE}, rows]
    (tmp_path / NAME).write_bytes(text := written(titles, found))
    assert read(tmp_path) == [lone, page, fact, table]
    assert text.decode().count(SENTENCE) == 1
    *_, last = json.loads(text.decode().removeprefix("window.briefPassages = ").removesuffix(";\n"))["found"]
    assert last[-2:] == [[[2021, 2022], ["a", "1.50"]], ["002", "001"]]


def test_a_table_without_rows_is_written(tmp_path):
    table = Passage(kind="table", title="t", page="t", anchor="", text="", of="t")
    (tmp_path / NAME).write_bytes(written({"t": "t"}, [table | {"columns": [[], []], "rows": []}]))
    assert read(tmp_path) == [table]


def test_places_beyond_the_letters_that_no_file_can_hold(tmp_path):
    table = Passage(kind="table", title="t", page="t", anchor="", text="", of="t")
    table |= {"columns": [[str(i) for i in range(60_000)]], "rows": [*zip(range(60_000)), (59_999,), (0,)]}
    letters = json.loads(written({"t": "t"}, [table])[len("window.briefPassages = ") : -2])["found"][0][-1][0]
    assert letters[:60_000] == "0" * 60_000
    assert [ord(letter) for letter in letters[60_000:]] == [ord("0") + 60_000 + 0x800, ord("1")]
