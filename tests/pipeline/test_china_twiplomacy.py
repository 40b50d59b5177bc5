"""Chinese diplomats' accounts, counted a second way and held against the team's own totals."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from govsocial import tables
from govsocial.inequality import gini
from pipeline import raw

present = pytest.mark.skipif(
    raw.directory() is None, reason="the raw files are not on this machine"
)
WHOLE, FIRST = "2019-11-01..2022-04-30", "2019-11-01..2021-02-28"


def lines(name: str) -> list[dict[str, str]]:
    folder = raw.directory()
    assert folder is not None
    path: Path = folder / "china-twiplomacy" / "prepared" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accounts(period: str) -> list[dict[str, str]]:
    rows = lines("accounts_by_period.csv")
    return [row for row in rows if row["group"] == "diplomacy" and row["period"] == period]


@present
def test_the_sums_are_the_totals_that_the_team_prints_but_for_one_day() -> None:
    sums = tables.load("china_periods").set_index("period")
    printed = {
        (row["period"], row["item"]): int(row["value"].replace(".", ""))
        for row in lines("dataset_sizes.csv")
        if "Diplomacy " in row["item"]
    }
    posts, retweets = "1a. Diplomacy original tweets", "1b. Diplomacy retweets"
    assert printed[WHOLE, posts] == sums.loc["whole", "posts"]
    assert printed[WHOLE, retweets] == sums.loc["whole", "retweets"]
    second = "2021-03-01..2022-04-30"
    assert printed[second, posts] == sums.loc["second", "posts"]
    # The team's total of the first period holds one day more than its table of accounts.
    day = printed[FIRST, posts] - sums["posts"]["first"]
    assert day == sums["posts"]["whole"] - sums.loc[["first", "second"], "posts"].sum() == 120


@present
def test_two_handles_of_hamburg_are_one_account() -> None:
    columns = (
        "original_tweets_in_period",
        "retweets_by_handle_in_period",
        "total_tweets_in_period",
    )
    first = {row["handle"]: [int(row[c]) for c in columns] for row in accounts(FIRST)}
    old, new = first["@GeneralkonsulDu (suspended)"], first["@ChinaCG_HH"]
    assert all(abs(a - b) <= 1 for a, b in zip(old, new, strict=True))


@present
def test_the_team_counted_nearly_the_same_two_years_later() -> None:
    later = {row["User"]: int(row["Total"]) for row in lines("china_twitter2_diplomats.csv")}
    for row in accounts(WHOLE):
        handle = row["handle"].removeprefix("@").removesuffix(" (suspended)")
        # One handle got an underscore in between.
        again = later.get(handle) or later[f"{handle}_"]
        assert again == pytest.approx(int(row["total_tweets_in_period"]), rel=0.005)


@present
def test_october_is_not_january() -> None:
    months = [row["date_created"] for row in accounts(WHOLE) if "suspended" not in row["handle"]]
    opened = tables.load("china_account_openings")
    per_year = opened.groupby(opened["quarter"].dt.year)["accounts"].sum()
    assert per_year.to_dict() == {
        year: count for year in range(2010, 2023)
        if (count := sum(month.startswith(f"{year}.") for month in months))
    }  # fmt: skip
    autumn = opened[opened["quarter"] == "2019-10-01"]["accounts"].sum()
    assert autumn == sum(month in {"2019.10", "2019.11", "2019.12"} for month in months) == 9


@present
@pytest.mark.parametrize(
    ("measure", "column"),
    [("followers", "followers"), ("retweets", "retweets_by_handle_in_period")],
)
def test_classes_leave_the_inequality_as_it_is(measure: str, column: str) -> None:
    sizes = tables.load("china_account_sizes").query("measure == @measure")
    exact = [float(row[column]) for row in accounts(WHOLE) if "suspended" not in row["handle"]]
    assert len(exact) == sizes["accounts"].sum() == 64
    assert gini(sizes["value"], sizes["accounts"]) == pytest.approx(gini(exact), abs=0.002)
    assert (sizes["value"] * sizes["accounts"]).sum() == pytest.approx(sum(exact), abs=1)


@pytest.mark.parametrize("measure", ["followers", "posts", "retweets"])
def test_no_class_is_one_account_but_for_those_whose_size_is_a_finding(measure: str) -> None:
    sizes = tables.load("china_account_sizes").query("measure == @measure")
    total = (sizes["value"] * sizes["accounts"]).sum()
    single = sizes[sizes["accounts"] < 3]
    assert (single["value"] > 0.05 * total).all() and len(single) in (3, 4)


@present
def test_one_consul_general_made_28_percent_of_all_retweets() -> None:
    column = "retweets_by_handle_in_period"
    exact = [float(row[column]) for row in accounts(WHOLE) if "suspended" not in row["handle"]]
    assert max(exact) / sum(exact) == pytest.approx(0.2849, abs=5e-5)
    sizes = tables.load("china_account_sizes").query("measure == 'retweets'")
    assert sizes["value"].max() == max(exact)


def test_seats_hold_all_accounts_and_all_followers() -> None:
    seats = tables.load("china_account_seats")
    sizes = tables.load("china_account_sizes").query("measure == 'followers'")
    total = (sizes["value"] * sizes["accounts"]).sum()
    assert seats["accounts"].sum() == sizes["accounts"].sum() == 64
    assert seats["followers"].sum() == pytest.approx(total, rel=1e-3)


def test_every_account_is_in_each_table_once() -> None:
    abroad = tables.load("china_missions_twitter")["accounts"].sum()
    by_host = tables.load("china_post_languages").set_index("hosts")["accounts"]
    assert abroad + by_host["at home"] == by_host.sum() == 64
    assert tables.load("china_account_openings")["accounts"].sum() == 64


@present
def test_the_ratio_of_an_ambassador_to_the_embassy() -> None:
    followers = {row["handle"]: float(row["followers"] or 0) for row in accounts(WHOLE)}
    heads = tables.load("china_heads_and_offices").set_index(["place", "head"])["ratio"]
    embassy = followers["@ChineseEmbinUK"]
    former, serving = followers["@AmbLiuXiaoMing"], followers["@AmbZhengZeguang"]
    assert heads["United Kingdom", "former"] == pytest.approx(former / embassy, rel=0.05)
    assert heads["United Kingdom", "in office"] == pytest.approx(serving / embassy, rel=0.05)
    assert len(heads) == 12


@present
def test_the_former_ambassador_in_london_went_on_posting_and_the_one_in_washington_hardly() -> None:
    second = {
        row["handle"]: int(row["original_tweets_in_period"])
        for row in accounts("2021-03-01..2022-04-30")
    }
    posts = tables.load("china_heads_and_offices").set_index(["place", "head"])["posts"]
    found = posts[["United Kingdom", "United States"]]
    names = ["@AmbLiuXiaoMing", "@AmbZhengZeguang", "@AmbCuiTiankai", "@AmbQinGang"]
    assert found.tolist() == [float(f"{second[name]:.1e}") for name in names]
    # The chapter and the lessons say so.
    assert found["United Kingdom", "former"] > 1.5 * found["United Kingdom", "in office"]
    assert found["United States", "former"] < 0.1 * found["United States", "in office"]


@present
def test_the_bounds_hold_what_the_lists_say() -> None:
    listed = {
        (row["hashtag"], row["period"]): int(row["n"])
        for row in lines("hashtags_by_period.csv")
        if row["table"] == "4"
    }
    bounds = tables.load("china_hashtags").set_index(["hashtag", "period"])["at_most"]
    assert bounds["#covid19", "first"] == listed["#covid19", FIRST]
    assert bounds["#coronavirus", "second"] == (
        listed["#coronavirus", WHOLE] - listed["#coronavirus", FIRST]
    )
    # In neither list of the whole: no more than the last of the thirty.
    last = min(n for (_hashtag, period), n in listed.items() if period.startswith("2021"))
    assert ("#cpec", WHOLE) not in listed and bounds["#cpec", "second"] == last


def test_a_known_use_is_its_own_bound() -> None:
    table = tables.load("china_hashtags")
    known = table[table["uses"].notna()]
    assert (known["uses"] == known["at_most"]).all() and len(known) < len(table)
