"""What becomes of a table on a phone: one that fits is left alone, of another each cell says its head."""

from types import SimpleNamespace

from brief.ext.phone_tables import stack

HEADS = ["Who counts & what", "Dollars", "Russia, 2020", "Russia, 2021", "China, 2024", "United States, 2024"]


def written(heads, *rows, classes="table"):
    """A page's body after it went through: a table as docutils writes it."""
    head = "\n".join(f'<th class="head"><p>{cell.replace("&", "&amp;")}</p></th>' for cell in heads)
    lines = "\n".join(f'<tr class="row-odd">{"".join(f"<td><p>{c}</p></td>" for c in row)}\n</tr>' for row in rows)
    body = (
        f'<p>a</p><table class="{classes}">\n<thead>\n<tr>{head}\n</tr>\n</thead>\n<tbody>\n{lines}\n</tbody>\n</table>'
    )
    context = {"body": body}
    stack(SimpleNamespace(), "page", "page.html", context, None)
    return body, context["body"]


def test_a_table_too_wide_for_a_phone_says_its_heads_at_each_cell():
    _, made = written(HEADS, ["CSET", "of 2021", '<a href="#a">$30 million</a>', "", "5", "6"])
    assert '<p>a</p><table class="table stacks">\n<thead>' in made
    assert '<td data-head="Who counts &amp; what"><p>CSET</p></td><td data-head="Dollars"><p>of 2021</p></td>' in made
    assert '<td data-head="Russia, 2020"><p><a href="#a">$30 million</a></p></td>' in made
    assert made.count("data-head=") == len(HEADS)


def test_where_the_first_column_is_a_number_the_second_is_a_title_too():
    lettered = written(["No.", *HEADS[1:]], ['<a href="#a">A</a>', *"23456"], ["", *"23456"])[1]
    assert '<table class="table numbered stacks">' in lettered
    assert "numbered" not in written(HEADS, ["A", *"23456"], ["CSET", *"23456"])[1]


def test_a_table_that_fits_or_has_its_own_form_stays_as_it_is():
    fits, made = written(["Words", "Range"], ["Very unlikely", "5 to 20 per cent"])
    assert made == fits
    own, made = written(HEADS, ["1"] * 6, classes="ledger ledger-facts table")
    assert made == own
    assert "stacks" in written(["A", "B"], ["one", "w" * 50])[1]  # a word is never parted
