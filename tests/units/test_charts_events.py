"""Time lines: an event for each row, with its date, its lane and its words."""

import pandas as pd
import pytest

from brief.kernel.charts.theme import ink
from brief.kernel.charts.timeline import timeline
from tests.units.conftest import AWKWARD, DRAWN, LONG, UNDRAWN, WORDS

FORMS = ("wide", "narrow")


def events(**columns):
    base = {
        "date": pd.to_datetime(["2021-03-01", "2020-05-01", "2022-01-15"]),
        "lane": ["law", "speech", "law"],
        "text": ["It passes", "He speaks", "It binds"],
    }
    return pd.DataFrame({**base, **columns})


def drawn_timeline(df, names=("date", "lane", "text")):
    return timeline(df, names[0], names[2], names[1])


@pytest.mark.parametrize("name", [*AWKWARD, "hue", "px"])
@pytest.mark.slow
def test_a_column_of_any_name(shown, name):
    names = [name, f"lane.{name}", f"text[{name}"]
    drawn = shown(drawn_timeline(events().set_axis(names, axis=1), names))
    for form in FORMS:
        assert len(drawn.marks("mark-symbol", form)) == 3
    assert drawn.record["data"]["columns"][:2] == names[:2]


@pytest.mark.parametrize("text", [LONG, WORDS, *DRAWN])
@pytest.mark.slow
def test_a_lane_and_a_text_of_any_kind_wrap(shown, text):
    drawn = shown(drawn_timeline(events(lane=[text, "speech", "law"], text=[text, "He speaks", "It binds"])))
    for form in FORMS:
        whole = "".join(drawn.texts(form)).replace(" ", "")
        assert whole.count("".join(text.split())) == 2


@pytest.mark.parametrize(("text", "letter"), UNDRAWN.items())
def test_what_there_are_no_letters_for_is_refused(refused, text, letter):
    refused(f"have no .*{letter}", lambda: drawn_timeline(events(lane=[text, "speech", "law"])))


def test_lanes_that_are_highlighted_stand_out(shown, refused):
    drawn = shown(timeline(events(), "date", "text", "lane", highlight=["law"]))
    fills = [mark.get("fill") for mark in drawn.marks("mark-symbol")]
    assert [fill == ink("rest") for fill in fills] == [True, False, False]
    refused("highlight: no 'rule'", lambda: timeline(events(), "date", "text", "lane", highlight=["rule"]))


def test_what_is_missing_is_named(refused):
    chart = drawn_timeline
    none = pd.Timestamp("NaT")
    refused(r"column 'date', row 2 \(He speaks\): nothing", lambda: chart(events(date=[none, none, none]).assign(
        date=pd.to_datetime(["2021-03-01", None, "2022-01-15"]))))  # fmt: skip
    refused(r"column 'lane', row 1 \(It passes\): nothing", lambda: chart(events(lane=[None, "b", "c"])))
    refused(r"column 'text', row 3: nothing", lambda: chart(events(text=["a", "b", " "])))
    refused("no rows to draw", lambda: chart(events()[:0]))
    refused("no columns 'lnae'", lambda: chart(events().rename(columns={"lane": "lnae_"}), ("date", "lnae", "text")))


def test_more_lanes_than_colours_are_told_apart_by_their_names(shown):
    df = pd.DataFrame(
        {
            "date": pd.date_range("2020-01-01", periods=20, freq="MS"),
            "lane": [f"lane {n}" for n in range(20)],
            "text": "x",
        }
    )
    assert len(shown(timeline(df, "date", "text", "lane")).marks("mark-symbol")) == 20


def test_dates_of_any_precision_stand_in_a_timeline_as_they_are_given(shown, refused):
    texts = shown(drawn_timeline(events(date=["2021-03", "2020", "2022-01-15"]))).texts()
    assert {"2020 · speech", "March 2021 · law", "15 January 2022 · law"} <= set(texts)
    assert (
        "5 May 2020 · speech"
        in shown(drawn_timeline(events(date=pd.to_datetime(["2021-03-01", "2020-05-05", "2022-01-15"])))).texts()
    )
    refused(
        r"column 'date', row 1 \(It passes\): .*soon", lambda: drawn_timeline(events(date=["soon", "2020", "2021"]))
    )
    refused(
        "cannot be written as 'month'",
        lambda: timeline(events(date=["2021", "2020", "2022"]), "date", "text", "lane", fmt="month"),
    )
