"""The town hall: shares with a true zero, doors by year, figures that draw what they get."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pandas as pd
import pytest
from matplotlib.container import ErrorbarContainer

from govsocial import tables
from govsocial.charts import town_hall as charts
from govsocial.findings import town_hall
from govsocial.uncertainty import share
from tests.govsocial.drawn import bars, xs

ROOT = Path(__file__).resolve().parents[2]


def test_a_share_counts_those_that_were_looked_for() -> None:
    bodies = pd.DataFrame(
        {
            "facebook": [True, True, False, True],
            "instagram": [False, True, False, True],
            "youtube": [pd.NA, pd.NA, pd.NA, pd.NA],
            "x": [False, False, False, True],
            "tiktok": [False, pd.NA, pd.NA, pd.NA],
        },
        dtype="boolean",
    )
    found = town_hall.listed(bodies).set_index("platform")
    assert found[["listed", "bodies"]].to_dict("index") == {
        "Facebook": {"listed": 3, "bodies": 4},
        "Instagram": {"listed": 2, "bodies": 4},
        "X": {"listed": 1, "bodies": 4},
        "TikTok": {"listed": 0, "bodies": 1},
    }
    assert tuple(found.loc["Facebook", ["value", "low", "high"]]) == pytest.approx(share(3, 4))


def test_town_halls_and_authorities_differ_as_the_list_says() -> None:
    halls = town_hall.listed(tables.load("german_town_halls")).set_index("platform")
    assert halls["listed"].to_dict() == {
        "Facebook": 374,
        "Instagram": 372,
        "YouTube": 319,
        "X": 176,
        "TikTok": 57,
    }
    editions = town_hall.by_edition(tables.load("german_agencies"))
    on_x = editions[editions["platform"] == "X"]
    assert on_x["listed"].tolist() == [222, 229, 227]
    assert on_x["bodies"].tolist() == [379, 378, 382]
    assert "TikTok" not in editions.loc[editions["edition"] == "2023-04", "platform"].tolist()


def test_the_older_lists_accounts_are_counted_once() -> None:
    lists = pd.DataFrame({"both": [3, 0], "only_older": [1, 2], "only_newer": [5, 9]})
    assert town_hall.older_still_listed(lists) == pytest.approx(share(3, 6))


def test_a_door_is_a_citizens_door() -> None:
    requests = pd.DataFrame(
        {
            "city": ["A"] * 5,
            "month": pd.to_datetime(["2012-01-01", "2012-02-01", "2012-02-01", "2012-03-01"] * 2)[
                :5
            ],
            "channel": ["phone", "phone", "Twitter", "staff", "app"],
            "requests": [6, 1, 2, 90, 1],
        }
    )
    found = town_hall.doors(requests).set_index("channel")
    assert found["total"].unique().tolist() == [10]
    assert found["value"].to_dict() == pytest.approx({"phone": 0.7, "Twitter": 0.2, "app": 0.1})


def test_bars_of_two_lists_fill_the_whole() -> None:
    chart = charts.lists(tables.load("german_town_halls_x_lists"))
    parts = bars(chart.figure.axes[0])
    ends = {round(bar.get_y(), 2): 0.0 for bar in parts}
    for bar in parts:
        ends[round(bar.get_y(), 2)] += bar.get_width()
    assert list(ends.values()) == pytest.approx([1] * 8)


def test_platforms_are_drawn_where_their_shares_are() -> None:
    halls = town_hall.listed(tables.load("german_town_halls"))
    agencies = tables.load("german_agencies")
    latest = town_hall.listed(agencies[agencies["edition"] == town_hall.LATEST])
    axes = charts.platforms(halls, latest).figure.axes[0]
    containers = cast("list[ErrorbarContainer]", axes.containers)
    drawn = [xs(container.lines[0]) for container in containers]
    assert drawn[0] == pytest.approx(halls["value"].tolist())
    assert drawn[1] == pytest.approx(latest["value"].tolist())


def test_the_other_figures_draw_their_tables() -> None:
    requests = charts.doors(town_hall.doors(tables.load("city_requests")))
    assert set(requests.drawn["city"]) == {"San Francisco", "Boston"}
    assert requests.drawn["year"].between(2009, 2015).all()
    hours = charts.closing(tables.load("san_francisco_closing"))
    assert hours.figure.axes[0].get_xscale() == "log"
    assert hours.drawn["category"].nunique() == 4
    left, right = hours.figure.axes[0].get_xlim()
    assert left < hours.drawn["low"].min() and hours.drawn["high"].max() < right


def test_twitter_in_boston_came_late_in_the_year() -> None:
    found = town_hall.boston_tweets(tables.load("city_requests"))
    assert (found["boston-tweets"], found["boston-late"]) == (61, 57)
    assert found["boston-late-twitter"] == pytest.approx(57 / 20325)


def test_those_on_no_platform_are_town_halls_where_the_chapter_says_so() -> None:
    """Many authorities are on none, too: the sentence stands before they come up."""
    bodies, agencies = tables.load("german_town_halls"), tables.load("german_agencies")
    none = ~bodies[list(town_hall.PLATFORMS)].any(axis=1)
    assert set(bodies.loc[none, "kind"]) == {"county"}
    latest = agencies[agencies["edition"] == town_hall.LATEST]
    assert (~latest[list(town_hall.PLATFORMS)].any(axis=1)).sum() == 67
    chapter = (ROOT / "chapters" / "town-hall.md").read_text(encoding="utf-8")
    assert 0 < chapter.index("`hall-none`") < chapter.index("For the {glue:text}`hall-authorities`")
