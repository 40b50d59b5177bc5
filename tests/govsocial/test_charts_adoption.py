"""The figures of the chapter on adoption draw what their tables say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from govsocial import adoption, tables
from govsocial.charts import adoption as charts
from govsocial.findings import adoption as findings

MONTHS = pd.date_range("2007-01-01", "2015-08-01", freq="MS")


def test_the_curves_end_at_the_counts_of_the_last_month() -> None:
    drawn = charts.curves(tables.load("leader_adoption")).drawn
    last = drawn[drawn["month"] == MONTHS[-1]].set_index(["platform", "kind"])["active"]
    assert last.to_dict() == {
        ("any", "any"): 158,
        ("twitter", "any"): 145,
        ("facebook", "any"): 140,
        ("any", "personal"): 132,
        ("any", "institution"): 108,
    }


def test_the_map_shows_every_country_once() -> None:
    drawn = charts.world(tables.load("leader_first_months"), tables.load("world_map")).drawn
    assert len(drawn) == 195 and drawn["first_any"].isna().sum() == 37


def test_small_states_have_a_dot() -> None:
    chart = charts.world(tables.load("leader_first_months"), tables.load("world_map"))
    axes = chart.figure.axes[0]
    scattered = [each for each in axes.collections if each.get_zorder() == 3]
    dots = sum(len(np.asarray(each.get_offsets())) for each in scattered)
    outlines = tables.load("world_map")
    studied = outlines["iso3"].isin(tables.load("leader_first_months")["iso3"])
    assert dots == (studied & (outlines["area_km2"] < 15_000)).sum()


def test_a_fit_and_a_forecast_draw_the_observed_months_beside_them() -> None:
    first = tables.load("leader_first_months")["first_twitter"]
    observed = adoption.cumulative(first, MONTHS)
    known = adoption.fit(first, MONTHS, "bass", until="2010-12-01", resamples=3)
    for chart in (
        charts.fits(observed, [known] * 2),
        charts.forecasts(observed, {"2010-12-01": known, "2011-12-01": known}),
    ):
        assert chart.drawn["share_observed"].notna().all()
        assert chart.drawn["share_observed"].max() == pytest.approx(145 / 195)


def test_the_forecasts_start_from_who_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "FORECAST_AT", ["2010-12-01", "2013-12-01"])
    drawn = charts.foretold(findings.forecasts(tables.load("leader_first_months"), MONTHS)).drawn
    assert (drawn["low"] >= drawn["then"]).all() and (drawn["value"] <= drawn["high"]).all()
    rows = drawn.set_index(["series", "known"])
    assert rows["then"]["twitter", "2010-12-01"] == pytest.approx(57 / 195)
    assert rows["came"]["undoubted"].iloc[0] == pytest.approx(131 / 186)
    assert rows["high"]["twitter", "2010-12-01"] < rows["came"]["twitter", "2010-12-01"]


def test_the_largest_accounts_and_the_others_are_all() -> None:
    largest = tables.load("leader_largest_accounts")
    drawn = charts.audiences(largest, 202_000_000, 142).drawn
    assert drawn["followers"].sum() == 202_000_000 and len(drawn) == 11
    assert drawn["account"].iloc[0] == "BarackObama" and drawn["account"].iloc[-1] == ""


def test_those_not_rated_are_a_group_of_their_own() -> None:
    profiles = findings.profiles(
        tables.load("leader_first_months"),
        tables.load("countries"),
        tables.load("internet_censorship"),
    )
    drawn = charts.unseen(findings.unseen(profiles)).drawn
    regimes = drawn[drawn["grouping"] == "regime"].set_index("group")
    assert regimes["countries"].sum() == 195
    assert list(regimes.loc["not rated", ["unseen", "countries"]]) == [6, 22]
    assert list(regimes.loc["liberal democracy", ["unseen", "countries"]]) == [0, 39]


def test_each_country_has_both_kinds_of_account_or_one_or_none() -> None:
    columns = [
        f"first_{p}_{k}" for p in ("twitter", "facebook") for k in ("personal", "institution")
    ]
    day = pd.Timestamp("2011-01-01")
    rows = [(day, None, None, day), (None, None, day, None), (None, day, None, None), [None] * 4]
    counts = findings.kinds(pd.DataFrame([rows[0], *rows, rows[2]], columns=columns))
    assert counts.to_dict() == {"both": 2, "person": 1, "office": 2, "neither": 1}


def test_of_two_kinds_of_account_one_was_seen_first_or_both_in_one_month() -> None:
    early, middle, late = pd.to_datetime(["2010-01-01", "2011-01-01", "2012-01-01"])
    rows = [
        (late, middle, early, None),
        (middle, early, late, None),
        (early, middle, None, early),
        (early, None, None, None),
        (None, late, None, middle),
    ]
    columns = [
        f"first_{p}_{k}" for p in ("twitter", "facebook") for k in ("personal", "institution")
    ]
    assert findings.who_came(pd.DataFrame(rows, columns=columns)) == {
        "both": 3,
        "only-person": 1,
        "only-office": 1,
        "person-first": 1,
        "office-first": 1,
    }


def test_a_first_month_before_there_were_pages_is_doubtful() -> None:
    days = pd.DatetimeIndex(["2007-10-01", "2007-11-01", None])
    assert findings.undoubted(pd.DataFrame({"first_facebook": days})).index.tolist() == [1, 2]


def test_a_year_of_a_published_series_stands_for_its_december() -> None:
    published = findings.published(tables.load("facts")).set_index("id")
    assert published.loc["F001", "date"] == pd.Timestamp("2011-08-01")
    assert published.loc["F008", "share"] == pytest.approx(125 / 193)
    assert set(published["series"]) == {"Twiplomacy", "Digital Policy Council"}


def test_the_shares_of_each_region_are_of_its_own_countries() -> None:
    first = tables.load("leader_first_months")
    shares = pd.concat(
        adoption.cumulative(rows["first_any"], MONTHS).assign(region=name, countries=len(rows))
        for name, rows in first.groupby("region")
        if name != "North America"
    )
    drawn = charts.regions(shares).drawn
    last = drawn[drawn["month"] == MONTHS[-1]].set_index("region")
    assert last.loc["Latin America & Caribbean", "adopters"] == 32
    assert last.loc["Sub-Saharan Africa", "share"] == pytest.approx(30 / 48)
