"""The figures of the chapter on leaving draw what their tables say."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from govsocial import survival, tables
from govsocial.charts import exit as figures
from govsocial.charts.style import Chart
from govsocial.findings import exit as findings
from tests.govsocial.drawn import bars, xs


def test_the_lines_and_the_bars_of_canada_hold_the_same_counts() -> None:
    chart = figures.crossing(tables.load("canada_accounts"))
    assert "other" not in set(chart.drawn["platform"])
    widths = [round(bar.get_width()) for bar in bars(chart.figure.axes[1])]
    days = chart.drawn.sort_values("date").groupby("platform")["accounts"]
    assert sorted(widths) == sorted((days.last() - days.first()).tolist())


def test_each_body_is_in_one_part_of_one_bar() -> None:
    parts = {"posting": 1, "silent": 2, "closed": 3, "unknown": 4, "unlisted": 5}
    chart = figures.states(pd.DataFrame(parts, index=list(figures._kinds())))
    widths = [bar.get_width() for bar in bars(chart.figure.axes[0])]
    assert sum(widths) == pytest.approx(len(figures._kinds()))
    assert chart.drawn.loc[0, "unlisted"] == 5


def test_a_curve_goes_on_to_the_end_of_watching() -> None:
    curve = survival.kaplan_meier([1, 2, 9], [True, True, False])
    longer = figures._until(curve, 9)
    assert longer["time"].tolist() == [0, 1, 2, 9]
    assert longer["survival"].iloc[-1] == longer["survival"].iloc[-2]


@pytest.mark.parametrize(
    ("draw", "by"), [(figures.groups, "group"), (figures.countries, "country")]
)
def test_shares_of_members_lie_within_their_intervals(
    draw: Callable[[pd.DataFrame], Chart], by: str
) -> None:
    meps = tables.load("mep_accounts")
    drawn = draw(meps[meps["by"] == by]).drawn
    assert (drawn["value"] == drawn["listed"] / drawn["members"]).all()
    assert (drawn["low"] <= drawn["value"] + 1e-12).all()
    assert (drawn["value"] <= drawn["high"] + 1e-12).all()


def test_every_list_of_x_accounts_has_its_row() -> None:
    places = tables.load("parliament_accounts")
    drawn = figures.parliaments(places).drawn
    assert len(drawn) == (places["platform"] == "X").sum()
    assert drawn["body"].isin(figures._bodies()).all()
    twice = drawn.index[drawn["body"] == "Riksdag"]
    assert len(twice) == 2 and twice[1] - twice[0] == 1


def test_links_to_x_lead_in_the_larger_delegations_but_for_two() -> None:
    meps = tables.load("mep_accounts")
    drawn = figures.countries(meps[meps["by"] == "country"]).drawn
    wide = drawn.pivot(index="name", columns="platform", values="value")
    assert (drawn.loc[drawn["platform"] == "X", "members"] >= figures._LARGE).all()
    assert set(wide.index[wide["Bluesky"] >= wide["X"]]) == {"NL", "PT"}


def test_the_day_that_the_campaign_named_is_marked_where_it_lies() -> None:
    start = pd.Timestamp("2025-01-10")
    curve = survival.kaplan_meier([3, 40], [True, False])
    camps = dict.fromkeys(figures._camps(), curve)
    weekly = tables.load("french_deputies_accounts")
    above = figures.deputies(camps, start, 40, weekly).figure.axes[0]
    upright = [line for line in above.lines if len(set(xs(line))) == 1]
    assert [xs(line)[0] for line in upright] == [10]


def test_agencies_without_a_date_are_told_as_those_of_the_towns() -> None:
    bodies = tables.load("swedish_bodies_x")
    agencies = bodies[bodies["kind"] == "agency"]
    told = findings.agencies_before_the_sale(bodies)
    without = (agencies["state"] != "unlisted").sum() - told["agencies-dated"]
    assert told["agencies-unknown"] == without == 21
    assert (round(told["agencies"], 2), round(told["agencies-most"], 2)) == (0.12, 0.29)
