"""What no page asks for is cut from a style sheet, and nothing else."""

import pytest

from brief.ext.html.style_sheet import cut, relinked

USED = {"card", "row", "bs-"}


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".card{color:red}", ".card{color:red}"),
        (".toast{color:red}", ""),
        (".toast,.card > p,h1{color:red}", ".card > p,h1{color:red}"),
        (".card.toast{color:red}", ""),
        (".card:not(.toast){color:red}", ".card:not(.toast){color:red}"),
        (":is(.toast, .card) p{color:red}", ":is(.toast, .card) p{color:red}"),
        (".bs-tooltip-auto{color:red}", ".bs-tooltip-auto{color:red}"),
        (r".row.\31 0{color:red}", ""),
        ("@media print{.toast{color:red}.card{color:red}}", "@media print{.card{color:red}}"),
        ("@media print{.toast{color:red}}", ""),
        ("@font-face{x:y}@keyframes z{to{x:y}}", "@font-face{x:y}@keyframes z{to{x:y}}"),
        ('@charset "UTF-8";@import "../basic.css";h1{x:y}', "h1{x:y}"),
        ('a[class*="toast"]{content:".toast,"}', 'a[class*="toast"]{content:".toast,"}'),
    ],
)
def test_rules_go_that_ask_for_a_class_of_no_page(sheet, left):
    assert cut(sheet, USED) == left


def test_a_page_asks_for_one_sheet_in_the_place_of_the_first_and_again_asks_for_the_same():
    page = """<head>
    <link rel="icon" href="../_static/favicon.svg">
    <link href="../_static/styles/theme.css?digest=1" rel="stylesheet" />
    <link rel="stylesheet" type="text/css" href="../_static/brief.css?v=2" />
    <link rel="stylesheet" type="text/css" href="../_static/own.css?v=3" />
</head>"""
    once = relinked(page, {"styles/theme.css", "brief.css"}, "4")
    assert once.count("<link") == 3 and '<link rel="stylesheet" href="../_static/brief-sheets.css?v=4">' in once
    assert once.index("favicon.svg") < once.index("brief-sheets") < once.index("own.css?v=3")
    assert relinked(once, {"styles/theme.css", "brief.css"}, "4") == once
