"""The figures and findings on conversation draw and count what their tables say."""

from __future__ import annotations

import matplotlib.dates as mdates
import pandas as pd
import pytest

from govsocial import inequality, tables
from govsocial.charts import conversation as figures
from govsocial.findings import conversation as findings
from tests.govsocial.drawn import ys


def congress() -> pd.DataFrame:
    return tables.load("congress_conversation")


def test_every_member_is_in_one_bar_and_the_silent_in_the_first() -> None:
    drawn = figures.members(congress()).drawn
    assert drawn["members"].sum() == len(congress())
    assert drawn["none"].tolist() == [109] + [0] * (len(drawn) - 1)


def test_the_first_champion_is_first_by_both_kinds_of_replies() -> None:
    drawn = figures.champions(congress(), 3).drawn
    assert drawn["account"][0].lower() == "repstephenlynch"
    assert drawn[["replies", "threads"]].iloc[0].tolist() == [18, 94]


def test_a_group_has_a_wider_interval_when_members_are_resampled() -> None:
    members = congress().query("party != 'I'")
    shares = inequality.pooled_shares(members, ["chamber", "party"], "replies", "posts")
    drawn = figures.groups(shares).drawn
    assert len(drawn) == 4
    assert ((drawn["high"] - drawn["low"]) > (drawn["post_high"] - drawn["post_low"])).all()


def test_naming_and_replying_are_shares_of_all_posts_of_a_quarter() -> None:
    quarters = pd.DataFrame(
        {
            "quarter": pd.to_datetime(["2011-10-01", "2013-01-01", "2013-04-01"]),
            "posts": [5, 20, 10],
            "replies": [5, 4, 0],
            "threads": [0, 0, 0],
            "naming": [0, 10, 3],
            "retweets_q1": [1, 2, 3],
            "retweets_median": [2, 3, 4],
            "retweets_q3": [3, 4, 5],
        }
    )
    chart = figures.withdrawal(quarters)
    assert chart.drawn["reply_share"].tolist() == [0.2, 0.0]
    assert chart.drawn["naming_share"].tolist() == [0.5, 0.3]
    naming, replies = chart.figure.axes[0].lines[:2]
    assert ys(naming) == [0.5, 0.3] and ys(replies) == [0.2, 0.0]
    assert mdates.num2date(float(chart.figure.axes[0].get_xlim()[0])).year >= 2012


def test_years_tell_replies_from_naming_in_the_other_posts() -> None:
    quarters = pd.DataFrame(
        {
            "quarter": pd.to_datetime(["2016-01-01", "2016-04-01", "2017-01-01"]),
            "posts": [40, 60, 50],
            "replies": [15, 5, 10],
            "threads": [4, 1, 9],
            "naming": [15, 15, 4],
        }
    )
    years = findings.by_year(quarters)
    assert years["reply_share"].tolist() == [0.2, 0.2]
    assert years["naming_share"].tolist() == [30 / 80, 4 / 40]
    assert findings.rule(years) == [5, 20, 9, 10]


def test_a_thread_is_one_of_the_replies_of_its_quarter() -> None:
    quarters = tables.load("trump_quarters")
    assert (quarters["threads"] <= quarters["replies"]).all()
    assert findings.rule(findings.by_year(quarters)) == [1, 2396, 33, 45]


def test_spells_are_named_by_who_held_the_office() -> None:
    spells = findings.spells(tables.load("president_posts"))
    assert spells.index.tolist() == ["obama", "former", "candidate", "elect", "president"]
    assert spells.loc["former", "posts"] == 38
    ratio = spells["ratio"].to_dict()
    assert ratio["former"].value < 0.1 < ratio["obama"].value


def test_young_posts_are_left_out_of_the_second_median() -> None:
    posts = pd.DataFrame(
        {
            "account": ["realDonaldTrump"] * 4 + ["BarackObama"],
            "day": pd.to_datetime(
                ["2017-09-30", "2017-10-02", "2017-10-15", "2017-10-16", "2017-10-03"]
            ),
            "replies": [9, 2, 4, 0, 7],
            "retweets": [1, 2, 1, 1, 1],
        }
    )
    assert findings.october(posts) == [1.0, 2.5]


def test_notes_under_congress_are_taken_out_of_the_others() -> None:
    months = pd.DataFrame(
        {
            "author_known": [100, 110],
            "helpful_author_known": [12, 13],
            "congress_notes": [20, 40],
            "congress_helpful": [1, 2],
        }
    )
    shown = findings.shown(months)
    assert shown["notes"].tolist() == [60, 150]
    assert [share.value for share in shown["share"]] == pytest.approx([3 / 60, 22 / 150])


def test_notes_are_drawn_as_they_are_counted() -> None:
    months = findings.shown(tables.load("community_notes_months"))
    groups = findings.shown_by_group(tables.load("community_notes_groups"))
    drawn = figures.notes(months, groups).drawn.set_index("group")
    assert drawn.loc["institution or official account", "share"] == pytest.approx(413 / 10675)
    assert drawn["notes"].tolist()[:2] == [3884, 130051]
    assert groups["accounts"].sum() == 200


def test_two_accounts_make_most_of_the_notes_shown_under_official_ones() -> None:
    found = findings.two_russian_accounts(tables.load("community_notes_groups"))
    assert found == pytest.approx([243 / 2083, 170 / 8592])


def test_replies_were_an_episode_of_five_quarters() -> None:
    found = findings.withdrawal(tables.load("trump_quarters"))
    assert found["trump-earlier"] == pytest.approx(161 / 2720)
    assert found["trump-episode"] == pytest.approx(2138 / 2441)


def test_pages_grow_by_posts_times_interactions_per_post() -> None:
    kinds = tables.load("canada_page_kinds").set_index("kind")
    growth = findings.kind_growth(kinds)
    pd.testing.assert_series_equal(
        growth["posts"] * growth["each"], growth["interactions"], check_names=False
    )
    pages = findings.page_growth(tables.load("canada_public_pages"))
    drawn = figures.pages(pages).drawn.set_index("kind")
    assert drawn.loc["government", "value"] == pytest.approx(
        growth.loc["government", "interactions"]
    )
    assert drawn.index[0] == "prime minister"


def test_beside_one_page_the_others_of_its_kind_grow() -> None:
    pages = pd.DataFrame(
        {
            "kind": ["premier", "premier", "police"],
            "page": ["a", "b", "c"],
            findings.INTERACTIONS[0]: [4, 8, 1],
            findings.INTERACTIONS[1]: [30, 10, 5],
        }
    )
    assert findings.beside_one(pages, "a", "premier") == pytest.approx([0.75, 5])


def test_one_page_is_a_part_of_its_kind() -> None:
    pages = pd.DataFrame(
        {"page": ["a", "b", "c"], "kind": ["x", "x", "y"], "interactions_2020": [1, 3, 9]}
    )
    assert findings.part_of(pages, "b", "x") == 0.75


def test_the_posts_of_candidates_are_counted_from_the_given_retweets() -> None:
    counts = pd.DataFrame(
        {
            "kind": ["plain", "reply", "passed_on", "plain"],
            "retweets": [1000, 2000, 9000, 999],
            "candidate": [True, False, True, True],
            "posts": [3, 1, 50, 70],
        }
    )
    assert findings.of_candidates(counts, 1000) == 0.75
    assert findings.middle_retweets(counts.replace("passed_on", "thread")) == [999, 9000, 2000]


def test_the_curves_of_attention_end_with_everything() -> None:
    counts = tables.load("congress_retweet_counts")
    own = findings.own_posts(counts)
    some = dict.fromkeys(("posts", "members", "followers"), findings.reply_share(congress()))
    drawn = figures.shared_out(own, congress(), some).drawn
    assert drawn.groupby("curve")["total"].max().tolist() == pytest.approx([1, 1, 1])


def test_the_tail_is_drawn_from_its_start() -> None:
    own = findings.own_posts(tables.load("congress_retweet_counts"))
    drawn = figures.tails(own, inequality.tail(own.index, own, start=5000)).drawn
    assert drawn.loc[drawn["power_law"].notna(), "value"].min() >= 5000
    assert drawn["observed"].max() <= 1


def test_the_middle_of_members_is_a_coefficient() -> None:
    classes, counts = (
        tables.load("congress_retweet_classes"),
        tables.load("congress_retweet_counts"),
    )
    assert findings.gini_within(classes, counts) == pytest.approx(0.58, abs=0.005)


def test_bodies_and_persons_grow_as_the_sums_of_their_kinds() -> None:
    kinds = [*findings.BODIES, *findings.PERSONS, "other"]
    columns = [*findings.INTERACTIONS, *findings.POSTS]
    table = pd.DataFrame(1, index=kinds, columns=columns)
    table.loc["police", findings.INTERACTIONS] = 17, 2
    table.loc["premier", findings.INTERACTIONS[1]] = 3
    grown = findings.printed_growth(table)
    assert grown["all-bodies"] == pytest.approx(4 * 5 / 20)
    assert grown["all-persons"] == pytest.approx(4 * 4 / 2)
