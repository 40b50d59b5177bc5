"""The leaders' panel against plain counts of the upstream file and against what its authors say."""

from __future__ import annotations

import csv
from collections import Counter

import pandas as pd
import pytest

from govsocial import tables
from govsocial.countries.facts import UNSEEN
from govsocial.countries.misnamed import GIVEN
from pipeline import raw

_FLAGS = {
    ("twitter", "any"): "leader_active_tw_any",
    ("facebook", "institution"): "leader_active_fb_institution",
    ("any", "personal"): "leader_active_personal_any",
    ("any", "any"): "leader_active_any",
}


def _upstream(name: str = "data01-leader-adoption.csv") -> list[dict[str, str]]:
    root = raw.directory()
    if root is None:
        pytest.skip("no raw files here")
    path = root / "world-leaders-isq" / "data" / name
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_three_leaders_have_an_account_in_the_list_and_no_activity_in_the_panel() -> None:
    active = {row["iso3c"] for row in _upstream() if row["leader_active_tw_personal"] == "1"}
    listed = _upstream("world-leaders-social-media.csv")
    named = {row["iso3c"] for row in listed if row["Twitter_personal"] != "NA"}
    assert named - active == UNSEEN


def test_accounts_of_others_stand_in_the_list_as_we_say_and_in_the_caveats() -> None:
    rows = {row["iso3c"]: row for row in _upstream("world-leaders-social-media.csv")}
    audience = {row["merge"]: row["audience"] for row in _upstream("data02-user-profiles.csv")}
    caveats = {
        name: " ".join(tables.descriptor(name)["caveats"])
        for name in ("leader_adoption", "leader_first_months", "leader_follower_places")
    }
    for code, given in GIVEN.items():
        for platform, handle in given.handles.items():
            assert rows[code][f"{platform.title()}_{given.kind}"] == handle
        named = given.handles.get("twitter", given.handles.get("facebook", ""))
        assert named in caveats["leader_adoption"] and named in caveats["leader_first_months"]
        ids = [rows[code][f"Twitter_{kind}_id"] for kind in (given.kind, "personal")]
        # The place by followers is that of the account with more of them.
        decides = ids[0] in audience and ids[0] == max(
            (i for i in ids if i in audience), key=lambda i: int(audience[i])
        )
        assert (named in caveats["leader_follower_places"]) == decides, code


def _active() -> pd.Series:
    adoption = tables.load("leader_adoption")
    return adoption.set_index(["platform", "kind", "month"])["active"].sort_index()


def test_every_month_counts_what_a_plain_count_of_the_upstream_file_gives() -> None:
    rows = _upstream()
    adoption = _active()
    for (platform, kind), flag in _FLAGS.items():
        plain = Counter(row["month"] for row in rows if row[flag] == "1")
        ours = adoption.loc[platform, kind]
        assert {f"{month:%Y-%m-%d}": n for month, n in ours.items() if n} == dict(plain)


def test_nobody_leaves_so_first_months_and_monthly_counts_are_the_same_record() -> None:
    adoption = _active()
    first = tables.load("leader_first_months")
    assert adoption.groupby(level=["platform", "kind"]).diff().dropna().ge(0).all()
    for month in ("2008-06-01", "2012-07-01", "2015-08-01"):
        for (platform, kind), column in {
            ("twitter", "any"): "first_twitter",
            ("facebook", "personal"): "first_facebook_personal",
            ("any", "institution"): "first_institution",
            ("any", "any"): "first_any",
        }.items():
            arrived = (first[column] <= pd.Timestamp(month)).sum()
            assert adoption[platform, kind, pd.Timestamp(month)] == arrived


def test_the_last_month_has_the_counts_read_by_hand() -> None:
    counts = _active().xs(pd.Timestamp("2015-08-01"), level="month")
    assert counts["twitter", "any"] == 145
    assert counts["twitter", "personal"] == 111
    assert counts["twitter", "institution"] == 103
    assert counts["facebook", "any"] == 140
    assert counts["any", "any"] == 158


def test_the_authors_own_share_holds() -> None:
    # "By the end of 2014, over 76% of world leaders had an active presence on social media."
    assert _active()["any", "any", pd.Timestamp("2014-12-01")] / 195 > 0.76


def test_the_countries_are_the_united_nations_and_two_observers() -> None:
    first = tables.load("leader_first_months")
    members = set(tables.load("egdi_ranks")["iso3"])
    assert set(first["iso3"]) - members == {"VAT", "PSE"}
    assert len(members - set(first["iso3"])) == 0
    assert first["region"].value_counts().to_dict() == {
        "Europe & Central Asia": 53,
        "Sub-Saharan Africa": 48,
        "Latin America & Caribbean": 33,
        "East Asia & Pacific": 30,
        "Middle East & North Africa": 23,
        "South Asia": 6,
        "North America": 2,
    }


def test_either_is_the_earlier_of_both() -> None:
    first = tables.load("leader_first_months")
    for either, both in {
        "first_any": ["first_twitter", "first_facebook"],
        "first_twitter": ["first_twitter_personal", "first_twitter_institution"],
        "first_institution": ["first_twitter_institution", "first_facebook_institution"],
    }.items():
        pd.testing.assert_series_equal(first[either], first[both].min(axis=1), check_names=False)


def test_russia_is_the_prime_minister_of_2014() -> None:
    russia = tables.load("leader_first_months").set_index("iso3").loc["RUS"]
    assert russia["first_facebook_personal"] == pd.Timestamp("2010-02-01")
    assert russia["first_twitter_personal"] == pd.Timestamp("2010-07-01")


def test_audiences_add_up_to_the_world() -> None:
    audiences = tables.load("leader_audiences").set_index("region")
    for platform, accounts in (("twitter", 142), ("facebook", 133)):
        rows = audiences[audiences["platform"] == platform]
        parts = rows.drop("World")[["accounts", "total"]].sum()
        assert parts["accounts"] == rows["accounts"]["World"] == accounts
        assert abs(parts["total"] - rows["total"]["World"]) <= len(rows)
        assert (rows["lower_quartile"] <= rows["median"]).all()
        assert (rows["median"] <= rows["upper_quartile"]).all()


def test_one_account_held_43_percent_of_the_following() -> None:
    largest = tables.load("leader_largest_accounts").set_index("account")["followers"]
    whole = tables.load("leader_audiences").set_index(["platform", "region"])["total"]
    twitter = whole["twitter", "World"]
    assert largest.index[0] == "BarackObama" and largest.is_monotonic_decreasing
    assert round(largest.iloc[0] / twitter, 2) == 0.43
    assert round(largest.iloc[:5].sum() / twitter, 2) == 0.64


def test_three_leaders_have_an_account_that_the_panel_does_not_know() -> None:
    rows = _upstream()
    root = raw.directory()
    assert root
    path = root / "world-leaders-isq" / "data" / "world-leaders-social-media.csv"
    with path.open(encoding="utf-8") as file:
        named = {
            r["iso3c"] for r in csv.DictReader(file) if r["Twitter_personal"] not in {"", "NA"}
        }
    active = {row["iso3c"] for row in rows if row["leader_active_tw_personal"] == "1"}
    assert named - active == {"ESP", "NZL", "VNM"}
    for name in ("leader_first_months", "leader_adoption"):
        caveats = " ".join(tables.descriptor(name)["caveats"])
        assert "For New Zealand, Spain and Vietnam the study names a Twitter account" in caveats
