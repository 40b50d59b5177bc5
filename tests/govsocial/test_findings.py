"""The findings of the last chapter: whole, sourced, and what their tables say."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import lessons
from govsocial.findings import effects, emergency, ranking, summary
from govsocial.findings import exit as leaving
from govsocial.uncertainty import ALPHA
from tests.govsocial.drawn import xs

ROOT = Path(__file__).resolve().parents[2]


def test_every_finding_has_a_place_in_the_figure() -> None:
    found = summary.findings()
    drawn = {item for _title, words in lessons._panels().values() for item in words}
    assert set(found["item"]) == drawn
    pairs = found["item"].duplicated(keep=False)
    assert set(found.loc[pairs, "key"]) <= set(lessons._marks()) <= set(found["key"])


def test_estimates_lie_within_their_intervals() -> None:
    found = summary.findings()
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
    assert set(found["grade"]) == {summary.STRONG, summary.MODERATE, summary.SUGGESTIVE}


def test_the_tables_named_are_the_tables_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read, load = set[str](), tables.load

    def noted(name: str) -> pd.DataFrame:
        read.add(name)
        return load(name)

    monkeypatch.setattr(tables, "load", noted)
    summary.findings()
    assert read == set(summary.TABLES)


def test_the_figure_stays_within_its_scales() -> None:
    chart = lessons.evidence(summary.findings())
    for axis in chart.figure.axes:
        low, high = axis.get_xlim()
        for line in axis.get_lines()[:-1]:
            assert low <= min(xs(line)) and max(xs(line)) <= high


SWEDES = pd.DataFrame(
    {
        "kind": ["agency", "agency", "agency", "mission"],
        "state": ["dated", "dated", "closed", "unread"],
        "last_post": pd.DatetimeIndex(["2020-01-01", "2026-02-01", None, None]),
    }
)
"""Two accounts with a date, one before the sale and one that goes on; a closed one; one unread."""


def test_a_closed_account_counts_as_gone_only_where_one_says_so() -> None:
    counts = leaving.states(SWEDES)
    assert list(counts.loc["agency", ["posting", "silent", "closed"]]) == [1, 1, 1]
    assert counts.loc["mission", "unknown"] == 1
    assert leaving.going_on(counts)["agency"] == pytest.approx(1 / 3)


def test_the_pace_of_a_kind_is_ends_over_its_own_years() -> None:
    pace = leaving.pace(SWEDES[SWEDES["kind"] == "agency"])
    years = 2.0 + 4.82  # one account until 2020, the other until the sale
    assert pace.loc["agency", "before"] == pytest.approx(100 / years, rel=0.01)
    assert pace.loc["agency", "after"] == 0


def test_bluesky_is_compared_within_groups() -> None:
    both = pd.DataFrame(
        {
            "group": ["A", "A", "A", "A", "B", "B"],
            "x_link": [True, True, False, False, True, False],
            "bluesky": [True, False, True, False, False, True],
            "members": [3, 1, 1, 4, 5, 2],
        }
    )
    assert leaving.groups_with_more(both) == [1, 2]
    assert [found.value for found in leaving.on_bluesky(both)] == [3 / 9, 3 / 7]


def test_bulk_accounts_are_no_part_of_what_was_kept() -> None:
    months = pd.DataFrame(
        {
            "snapshot": pd.to_datetime(["2025-02-21", "2025-10-01", "2025-10-01", "2025-10-01"]),
            "kind": ["public body", "public body", "bulk", "public body"],
            "month": pd.to_datetime(["2022-11-01", "2022-11-01", "2022-11-01", "2023-05-01"]),
            "accounts": [9, 7, 5, 3],
            "posting": [9, 4, 5, 2],
        }
    )
    kept = leaving.kept(months).set_index("opened")
    assert list(kept.loc["wave", ["accounts", "posting"]]) == [7, 4]
    assert list(kept.loc["2023", ["accounts", "posting"]]) == [3, 2]


def test_only_accounts_that_posted_first_can_go_on() -> None:
    rows = {
        "kind": ["public body", "public body", "public body", "party or politician"],
        "posting": [True, True, False, True],
        "state": ["posting", "silent", "posting", "posting"],
        "accounts": [5, 2, 8, 4],
    }
    found = leaving.went_on(pd.DataFrame(rows))
    assert list(found.loc["public body", ["accounts", "posting"]]) == [7, 5]


def test_studies_are_counted_by_what_they_measured() -> None:
    studies = pd.DataFrame(
        {
            "country": ["Italy", "Italy", "not stated", "Kenya"],
            "outcome": ["trust", "answers", "trust", "trust"],
            "design": ["survey", "experiment", "experiment", "survey"],
            "direction": ["positive", "positive", "none", "positive"],
        }
    )
    found = effects.counts(studies)
    assert found.to_dict() == {
        "studies": 4,
        "countries": 2,
        "trust": 3,
        "trust-experiments": 1,
        "trust-positive": 2,
    }


ITALIANS = pd.DataFrame(
    [
        ("country", "IT", "X", 76, 33, None),
        ("country", "IT", "Bluesky", 76, 7, 0),
        ("delegation", "IT ECR", "Bluesky", 24, 0, 0),
        ("delegation", "IT S&D", "Bluesky", 21, 5, 0),
        ("delegation", "IT The Left", "Bluesky", 10, 0, 0),
        ("group", "ECR", "Bluesky", 80, 6, 1),
        ("group", "S&D", "Bluesky", 136, 65, 14),
        ("group", "The Left", "Bluesky", 46, 24, 12),
    ],
    columns=["by", "name", "platform", "members", "listed", "week"],
)
"""Counted in the two lists of members of the European Parliament without the pipeline."""


def test_italian_members_are_those_of_both_lists() -> None:
    found = leaving.italian_members(tables.load("mep_accounts"))
    assert found == leaving.italian_members(ITALIANS)
    shares = {"italy-x-share": 33 / 76, "of-ecr": 6 / 80, "of-socialists": 65 / 136}
    assert {key: found[key] for key in shares} == pytest.approx(shares)
    assert found["italy-bluesky-share"] == pytest.approx((7 / 76, 0.0453, 0.1781), abs=1e-4)
    members = [found[f"italy-{key}"] for key in ("members", "ecr", "socialists", "left")]
    assert members == [76, 24, 21, 10]
    assert [found[f"italy-{key}"] for key in ("x", "bluesky", "socialists-found")] == [33, 7, 5]
    assert found["of-left"] == pytest.approx(24 / 46)


@pytest.mark.parametrize(("row", "column"), [(1, "week"), (2, "listed"), (4, "listed")])
def test_the_box_on_italian_members_says_none_only_where_there_is_none(
    row: int, column: str
) -> None:
    more = ITALIANS.copy()
    more.loc[row, column] = 1
    with pytest.raises(ValueError, match="than the chapter says"):
        leaving.italian_members(more)


def test_italy_is_found_less_often_than_each_group_of_its_larger_delegations() -> None:
    rows = tables.load("mep_accounts").query("platform == 'Bluesky'").set_index("name")
    shares = rows["listed"] / rows["members"]
    own = shares[rows["by"].eq("delegation") & rows.index.str.startswith("IT ")]
    assert set(own.index) == {"IT ECR", "IT S&D", "IT The Left"}
    assert all(share < shares[str(name).removeprefix("IT ")] for name, share in own.items())


def test_a_score_has_a_place_by_each_rule_for_ties() -> None:
    places = {2012: [1, 1, 3, 3, 3, 6], 2016: [1, 2, 2, 4, 4, 6], 2024: [6, 1, 1, 1, 4, 4]}
    codes = ["ITA", "AAA", "BBB", "CCC", "DDD", "EEE"]
    ranks = pd.concat(
        pd.DataFrame({"edition": edition, "iso3": codes, "epi_rank": ranked})
        for edition, ranked in places.items()
    )
    found = ranking.italian_places(ranks)
    of_edition = {
        edition: [found[f"italy-{edition}-{name}"] for name in ("best", "worst", "dense", "of")]
        for edition in places
    }
    assert of_edition == {2012: [1, 2, 1, 3], 2016: [1, 1, 1, 4], 2024: [6, 6, 3, 3]}


def test_italy_stood_best_in_the_edition_that_is_called_its_best() -> None:
    ranks = tables.load("egdi_ranks")
    italy = ranks[ranks["iso3"] == "ITA"].set_index("edition")["epi_rank"]
    _of_the_post, best, newest = ranking.ITALY
    assert italy.idxmin() == best
    assert italy.index.max() == newest
    found = ranking.italian_places(ranks)
    rows = [[*range(56, 60)], [*range(8, 12)], [*range(61, 66)]]
    assert [
        [*range(found[f"italy-{edition}-best"], found[f"italy-{edition}-worst"] + 1)]
        for edition in ranking.ITALY
    ] == rows
    dense = [(22, 32), (6, 57), (24, 69)]
    assert [
        (found[f"italy-{edition}-dense"], found[f"italy-{edition}-of"]) for edition in ranking.ITALY
    ] == dense


def test_the_range_over_weights_is_that_of_the_newest_edition() -> None:
    lines = pd.DataFrame(
        {
            "iso3": ["ITA", "ITA", "RUS"],
            "edition": [2022, 2024, 2024],
            "low": [27, 43, 2],
            "high": [49, 62, 3],
        }
    )
    assert ranking.italian_range(lines) == {"italy-weights-low": 43, "italy-weights-high": 62}


def test_three_italian_accounts_did_not_clearly_rise_with_the_ministry_of_health() -> None:
    ratios = emergency.waves(tables.load("covid_posting_weeks"))
    found = emergency.italian_accounts(ratios)
    # Posts by ids in the fourteen weeks of each wave and in the 52 weeks before.
    posts = {
        "italy-pace-first": 707 / 14,
        "italy-pace-second": 257 / 14,
        "palazzo-first": 270 / 14 / (1165 / 52),
        "conte-first": 153 / 14 / (586 / 52),
        "farnesina-first": 729 / 14 / (1556 / 52),
        "farnesina-second": 655 / 14 / (1556 / 52),
    }
    assert {key: getattr(found[key], "value", found[key]) for key in posts} == pytest.approx(posts)
    sure = ratios.set_index(["account", "wave"])["pvalue"] < ALPHA
    assert sure.loc[["MinisteroSalute"]].all()
    others = ["Palazzo_Chigi", "GiuseppeConteIT", "ItalyMFA"]
    assert sure.unstack().loc[others, ["first", "second"]].to_numpy().tolist() == [
        [False, False],
        [False, False],
        [False, True],
    ]
    assert (
        found["farnesina-second"].value
        >= ratios.set_index(["account", "wave"]).loc[("MinisteroSalute", "second"), "value"]
    )


def test_french_ecologists_stopped_around_one_date_and_not_all_on_it() -> None:
    """All but one of eleven stopped in the fortnight around 20 January, six of them on it."""
    stops = tables.load("french_deputies_stops").query("camp == 'ecologist' and state == 'silent'")
    near = stops["last_post"].between("2025-01-19", "2025-01-26")
    on = stops["last_post"] == "2025-01-20"
    assert [stops.loc[rows, "deputies"].sum() for rows in (near, on)] == [10, 6]
    assert stops["deputies"].sum() == 11
    chapter = (ROOT / "chapters" / "exit.md").read_text(encoding="utf-8")
    assert "nearly all of those who stopped did so around one date" in chapter


def test_of_bluesky_the_opening_says_who_was_found_and_who_posted() -> None:
    """Of public bodies in the Fediverse most post: "few that post" holds for politicians only."""
    months = tables.load("german_fediverse_months").query("kind == 'public body'")
    latest = months[months["snapshot"] == months["snapshot"].max()].sum(numeric_only=True)
    assert latest["posting"] > 0.6 * latest["accounts"]
    opening = (ROOT / "chapters" / "exit.md").read_text(encoding="utf-8").split(":::", 1)[0]
    assert "{glue:text}`exit-mep-bluesky` have been found on Bluesky" in opening
    assert "`exit-mep-week` posted there in a week" in opening
