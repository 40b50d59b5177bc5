"""The figures of the ranking, and its interactive twin, hold what the tables say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from govsocial import ranking, reweigh, tables
from govsocial.charts import ranking as draw
from govsocial.findings import ranking as findings

INPUTS = tables.load("country_index_inputs")
POSITIONS = (
    INPUTS[INPUTS["edition"] == 2022].set_index("iso3").drop(columns="edition").astype(float)
)
SCORES = ranking.normalise(-POSITIONS)
WEIGHTS = ranking.equal_weights(SCORES)
PLACE = ranking.places(ranking.composite(SCORES, WEIGHTS))


def test_russias_places_are_shares_of_their_fields() -> None:
    names = ["facts", "egdi_ranks", "country_index_inputs"]
    names += ["leader_follower_places", "diplomatic_post_places"]
    drawn = draw.context(*map(tables.load, names)).drawn
    agency = drawn[drawn["ranking"] == "agency"]
    assert agency["place"].eq(14).all() and agency["countries"].tolist() == [120, 146, 150]
    assert (drawn["share"] == drawn["place"] / drawn["countries"]).all()
    assert list(drawn.set_index("ranking").loc["followers", ["place", "countries"]]) == [6, 86]


def test_the_ladder_draws_every_country_once_in_the_order_of_its_marks() -> None:
    ranges = ranking.place_intervals(ranking.places_over_weights(SCORES, WEIGHTS, 50))
    chart = draw.over_weights(ranges.assign(place=PLACE))
    assert chart.drawn["place"].is_monotonic_increasing and chart.drawn["iso3"].is_unique
    marks = next(c for c in chart.figure.axes[0].collections if c.get_gid() == draw.COUNTRIES)
    assert [y for _x, y in np.asarray(marks.get_offsets())] == chart.drawn["place"].tolist()


def test_the_matrix_shows_the_first_countries() -> None:
    drawn = draw.matrix(POSITIONS, WEIGHTS, PLACE, 15).drawn
    assert drawn["index_place"].tolist() == sorted(PLACE)[:15]
    assert drawn.set_index("iso3")["infrastructure"]["KOR"] == POSITIONS["infrastructure"]["KOR"]


def test_moves_without_an_indicator_keep_the_marked_country() -> None:
    moves = findings.left_out(SCORES).sub(PLACE, axis=0)
    drawn = draw.left_out(moves, "RUS").drawn.set_index("left_out")
    assert drawn["RUS"].to_dict() == moves.loc["RUS"].to_dict()
    assert (drawn["low"] <= drawn["high"]).all()


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 100), min_size=1))
def test_labels_are_pushed_apart_and_never_up(values: dict[str, float]) -> None:
    placed = draw._apart(values, 5)
    heights = sorted(placed.values())
    assert all(b - a >= 5 - 1e-9 for a, b in pairwise(heights))
    assert all(placed[name] >= values[name] for name in values)


def test_the_record_for_the_page_holds_every_place() -> None:
    record = reweigh.record(INPUTS)
    codes = [code for code, _name in record["countries"]]
    assert len(codes) == 193 and set(record["shown"]) <= set(codes)
    for edition, columns in record["places"].items():
        frame = INPUTS[INPUTS["edition"] == int(edition)].set_index("iso3").loc[codes]
        for name, column in zip(draw.indicators(), columns, strict=True):
            counted = frame[name].notna().all()
            assert column == (frame[name].tolist() if counted else None)
    assert all(len(preset["weights"]) == len(record["indicators"]) for preset in record["presets"])


def test_an_indicator_counted_for_some_countries_only_is_left_out_of_the_record() -> None:
    partial = INPUTS.assign(openness=pd.Series([5.0] + [None] * (len(INPUTS) - 1), dtype="float"))
    openness = list(draw.indicators()).index("openness")
    record = reweigh.record(partial)
    assert all(columns[openness] is None for columns in record["places"].values())


def test_an_organisation_left_out_leaves_the_other_alone() -> None:
    names = [*findings.ORGANISATIONS["un"], *findings.ORGANISATIONS["bank"]]
    scores = pd.DataFrame(
        [[0.9] * 4 + [0.1] * 3, [0.5] * 4 + [0.5] * 3, [0.1] * 4 + [0.9] * 3],
        index=["AAA", "BBB", "CCC"],
        columns=names,
    )
    places = findings.left_out(scores)
    assert places["bank"].to_dict() == {"AAA": 1, "BBB": 2, "CCC": 3}
    assert places["un"].to_dict() == {"AAA": 3, "BBB": 2, "CCC": 1}


def test_those_in_one_place_by_the_bank_are_counted() -> None:
    record = findings.moved(SCORES, PLACE)
    bank = findings.left_out(SCORES)["un"]
    assert record["first-bank-tied"] == (bank == record["first-bank"]).sum() == 3
    assert record["russia-bank-tied"] == (bank == bank["RUS"]).sum()


def test_published_errors_widen_the_places() -> None:
    estimates = pd.DataFrame(
        {
            "year": [2022] * 4 + [2020],
            "vdem_code": ["AAA", "BBB", "CCC", "ZZZ", "DDD"],
            "polyarchy": [0.9, 0.5, 0.49, 0.95, 0.8],
            "error": [0.001, 0.05, 0.05, 0.01, 0.01],
        }
    )
    ranks = pd.DataFrame(
        {"edition": 2022, "iso3": ["AAA", "BBB", "CCC", "DDD"], "epi_rank": [30, 60, 10, 1]}
    )
    found = findings.democracy(estimates, ranks)
    assert found.loc["AAA"].to_dict() == {"low": 1, "high": 1, "place": 1, "portal": 30}
    assert found.loc["CCC"].to_dict() == {"low": 2, "high": 3, "place": 3, "portal": 10}
    censorship = pd.DataFrame(
        {
            "year": [2022] * 3,
            "vdem_code": ["AAA", "BBB", "CCC"],
            "regime": ["liberal democracy", "closed autocracy", "electoral autocracy"],
        }
    )
    assert findings.autocratic_portals(ranks, censorship) == (1, 2)
