"""What no page asks for is cut from a style sheet, and nothing else."""

import pytest

from brief.ext.html.unused_styles import cut

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
        ('a[class*="toast"]{content:".toast,"}', 'a[class*="toast"]{content:".toast,"}'),
    ],
)
def test_rules_go_that_ask_for_a_class_of_no_page(sheet, left):
    assert cut(sheet, USED) == left
