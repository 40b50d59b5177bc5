"""Figures of the post-id chapter: what is drawn is what the tables hold."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from govsocial import rhythm, snowflake, tables
from govsocial.charts import style
from govsocial.charts import tweet_clock as clock
from govsocial.findings import tweet_clock as findings
from govsocial.uncertainty import add_shares


def test_the_bits_drawn_are_those_of_the_id() -> None:
    number = snowflake.encode(dt.datetime(2012, 7, 9, 9, 30, tzinfo=dt.UTC), 1, 2, 3)
    chart = clock.anatomy(number)
    assert chart.drawn["bits"].sum() == len(chart.figure.axes[0].patches) == 64
    filled = [box.get_facecolor()[:3] != (1, 1, 1) for box in chart.figure.axes[0].patches]
    assert int("".join("01"[one] for one in filled), 2) == number
    assert chart.drawn["value"].tolist()[1:] == ["2012-07-09 09:30:00.000 UTC", "1", "2", "3"]


def test_years_with_few_posts_are_not_drawn() -> None:
    drawn = clock.agreement(tables.load("snowflake_check")).drawn
    assert drawn["posts"].min() >= 50
    assert set(drawn["year"]) == set(range(2010, 2018))


def test_shares_by_second_sum_to_one_in_each_panel() -> None:
    chart = clock.second_hands(tables.load("posting_seconds"), ["WHO", "GOVUK", "HHSGov", "PHE_uk"])
    assert chart.drawn.groupby("account")["share"].sum().tolist() == pytest.approx([1] * 4)
    assert [axes.get_title("left") for axes in chart.figure.axes] == [
        "WHO",
        "GOVUK",
        "HHSGov",
        "PHE_uk",
    ]


def test_shares_by_minute_sum_to_one_in_each_panel() -> None:
    drawn = clock.minute_hand(tables.load("posting_minutes")).drawn
    assert drawn.groupby("part")["share"].sum().tolist() == pytest.approx([1, 1])


def test_every_account_has_its_dot_and_its_name() -> None:
    accounts = tables.load("posting_accounts")
    chart = clock.by_account(findings.versus_chance(tables.load("posting_months")), accounts)
    words = {text.get_text() for axes in chart.figure.axes for text in axes.texts}
    assert set(accounts["account"]) <= words
    assert len(chart.drawn) == len(accounts)
    dots = [line for axes in chart.figure.axes for line in axes.lines if line.get_marker() == "o"]
    clear = [dot for dot in dots if dot.get_color() == style.BLUE]
    assert len(clear) == findings.above_chance(tables.load("posting_months")) < len(dots)


def test_a_calibration_is_drawn_whole() -> None:
    calibration = tables.load("account_id_calibration")
    errors = tables.load("account_id_error_quantiles")
    drawn = clock.dating(calibration, errors).drawn
    assert drawn["panel"].value_counts().to_dict() == {
        "calibration": len(calibration),
        "error": len(errors),
    }


def test_only_the_chosen_accounts_are_drawn_by_month() -> None:
    monthly = add_shares(tables.load("posting_months"), "first_five", "posts")
    drawn = clock.habits(monthly, ["HHSGov", "CDCgov", "GOVUK", "WHO"]).drawn
    assert set(drawn["account"]) == {"HHSGov", "CDCgov", "GOVUK", "WHO"}


def test_both_marks_of_a_scheduler_are_drawn() -> None:
    accounts, months = tables.load("posting_accounts"), tables.load("posting_months")
    chance = findings.versus_chance(months)
    drawn = clock.two_hands(chance, findings.later_round(accounts), ["WHO"]).drawn
    who = accounts.set_index("account").loc["WHO"]
    row = drawn.set_index("account").loc["WHO"]
    assert row["value"] == pytest.approx(who["first_five"] / who["posts"])
    assert row["value_round"] == pytest.approx(
        who["later_round"] / (who["posts"] - who["first_five"])
    )


def test_kinds_partition_the_accounts() -> None:
    seconds, accounts = tables.load("posting_seconds"), tables.load("posting_accounts")
    found = findings.by_kind(seconds, accounts)
    assert found["accounts"].sum() == len(accounts)
    assert found["value"].idxmax() == "health"
    few = pd.DataFrame(
        {"account": list("abcd"), "kind": ["health", "executive", "foreign", "leader"]}
    )
    rows = [
        (name, second, 1 + (second == 0) * extra)
        for name, extra in zip("abcd", (6, 5, 4, 3), strict=True)
        for second in range(60)
    ]
    made = pd.DataFrame(rows, columns=["account", "second", "posts"])
    assert findings.kinds_alike(made, few).statistic == pytest.approx(3)
    assert findings.kinds_alike(made, few).df == 3


def test_stated_days_add_up() -> None:
    differences = pd.DataFrame({"difference": [-800, -300, -1, 0, 2], "accounts": [1, 2, 4, 8, 16]})
    assert findings.stated_days(differences).to_dict() == {
        "all": 31,
        "same": 8,
        "eve": 4,
        "years": 1,
        "rest": 18,
    }


def test_solutions_print_what_their_code_gives() -> None:
    assert snowflake.encode(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)) == 1212161512043446272
    assert [round(part, 2) for part in rhythm.clockwork(250, 1000)] == [0.18, 0.15, 0.21]
    wide = tables.load("posting_seconds").pivot(index="account", columns="second", values="posts")
    total = wide.sum(axis=1)
    excess = {n: wide.loc[:, : n - 1].sum(axis=1) / total - n / 60 for n in (5, 10)}
    grown = (excess[10] - excess[5]).astype(float).sort_values()
    assert set(grown.index[-2:]) == {"CDCGlobal", "CDCemergency"}
    assert grown.iloc[-2] > 2 * grown.iloc[-3]
    assert abs(excess[10]["anvisa_oficial"]) < 0.03
