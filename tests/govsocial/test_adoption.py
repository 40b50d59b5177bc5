"""Adoption curves: known shapes, simulated truth, and the edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsocial import adoption, tables

MONTHS = pd.date_range("2007-01-01", "2015-08-01", freq="MS")
TRUE_CEILING = 0.75
TRUTH = {"logistic": (0.9, 4.5), "bass": (0.03, 0.7)}


def simulated(model: str, countries: int, seed: int = 7) -> pd.Series:
    """Return first months of countries that follow a known curve."""
    years = np.arange(1, len(MONTHS) + 1) / 12
    shares = TRUE_CEILING * adoption.MODELS[model].curve(years, *TRUTH[model])
    place = np.searchsorted(shares, np.random.default_rng(seed).uniform(size=countries))
    return pd.Series([MONTHS[i] if i < len(MONTHS) else pd.NaT for i in place])


def test_the_logistic_curve_has_half_at_its_midpoint() -> None:
    assert adoption.logistic(np.array([3.0]), 2.0, 3.0) == pytest.approx([0.5])
    assert adoption.logistic(np.array([4.0]), np.log(3), 3.0) == pytest.approx([0.75])


@pytest.mark.parametrize("model", ["logistic", "bass"])
def test_the_slopes_are_those_of_the_curve(model: str) -> None:
    point, step, months = np.array([0.4, *np.log(TRUTH[model])]), 1e-6, 90
    shares, *slopes = adoption._with_slopes(point, model, np.arange(1, months + 1) / 12)
    assert shares == pytest.approx(adoption._shares(point, model, months))
    assert len(slopes) == 3
    for index, slope in enumerate(slopes):
        moved = [point.copy(), point.copy()]
        moved[0][index] -= step
        moved[1][index] += step
        low, high = (adoption._shares(one, model, months) for one in moved)
        assert slope == pytest.approx((high - low) / (2 * step), rel=1e-6, abs=1e-8)


def test_the_bass_curve_starts_at_zero_and_peaks_where_bass_says() -> None:
    # Bass (1969), equation 9: sales peak at ln(q/p) / (p + q).
    p, q = 0.03, 0.38
    years = np.linspace(0, 30, 300_001)
    shares = adoption.bass(years, p, q)
    assert shares[0] == 0 and shares[-1] == pytest.approx(1, abs=1e-4)
    assert years[np.argmax(np.diff(shares))] == pytest.approx(np.log(q / p) / (p + q), abs=1e-3)


def test_without_imitation_the_bass_curve_is_exponential() -> None:
    years = np.array([0.5, 1.0, 4.0])
    assert adoption.bass(years, 0.3, 1e-12) == pytest.approx(1 - np.exp(-0.3 * years))


@pytest.mark.parametrize("model", adoption.MODELS)
def test_a_fit_finds_the_curve_that_made_the_countries(model: str) -> None:
    found = adoption.fit(simulated(model, 20_000), MONTHS, model, resamples=20)
    assert found.ceiling.value == pytest.approx(TRUE_CEILING, abs=0.02)
    for value, true in zip(found.parameters.values(), TRUTH[model], strict=True):
        assert value.value == pytest.approx(true, rel=0.06)


@pytest.mark.parametrize("model", adoption.MODELS)
def test_the_true_model_fits_better(model: str) -> None:
    first = simulated(model, 20_000)
    aic = {name: adoption.fit(first, MONTHS, name, resamples=2).aic for name in adoption.MODELS}
    assert min(aic, key=aic.__getitem__) == model


@pytest.mark.slow
def test_the_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    covered = 0
    for seed in range(40):
        fit = adoption.fit(simulated("logistic", 195, seed), MONTHS, "logistic", resamples=100)
        covered += fit.ceiling.low <= TRUE_CEILING <= fit.ceiling.high
    # 95% of 40 is 38; fewer than 33 has a chance below one in a thousand.
    assert covered >= 33


def test_a_forecast_does_not_see_what_it_must_not_know() -> None:
    first = simulated("bass", 195)
    hidden = first.where(first <= "2010-12-01")
    known, blind = (
        adoption.fit(months, MONTHS, "bass", until="2010-12-01", resamples=5)
        for months in (first, hidden)
    )
    assert known.curve["share"].tolist() == blind.curve["share"].tolist()


def test_the_same_countries_give_the_same_fit() -> None:
    one, two = (adoption.fit(simulated("bass", 100), MONTHS, "bass", resamples=5) for _ in "ab")
    assert one.curve.equals(two.curve) and one.ceiling == two.ceiling


def test_too_few_adopters_are_refused() -> None:
    first = pd.Series([MONTHS[3], MONTHS[9], pd.NaT])
    with pytest.raises(ValueError, match="only 2 countries"):
        adoption.fit(first, MONTHS, "bass")


@given(st.lists(st.one_of(st.none(), st.integers(0, len(MONTHS) - 1)), min_size=1, max_size=50))
def test_the_cumulative_curve_counts_everybody_once(places: list[int | None]) -> None:
    first = pd.Series([pd.NaT if i is None else MONTHS[i] for i in places], dtype="datetime64[us]")
    curve = adoption.cumulative(first, MONTHS)
    assert curve["adopters"].is_monotonic_increasing
    assert curve["adopters"].iloc[-1] == sum(i is not None for i in places)
    assert curve["share"].iloc[-1] == curve["adopters"].iloc[-1] / len(places)


def test_unseen_counts_by_group_and_leaves_out_the_ungrouped() -> None:
    first = pd.Series(pd.DatetimeIndex(["2010-01-01", None, None, "2011-01-01", None]))
    groups = pd.Series(pd.Categorical(["b", "b", "a", "a", None], ["a", "b", "c"]))
    counted = adoption.unseen(first, groups)
    assert counted[["group", "unseen", "countries", "value"]].to_numpy().tolist() == [
        ["a", 1, 2, 0.5],
        ["b", 1, 2, 0.5],
    ]
    # Wilson's interval for one of two.
    assert list(counted.loc[0, ["low", "high"]]) == pytest.approx([0.0945, 0.9055], abs=1e-4)


def test_no_liberal_democracy_stayed_away() -> None:
    regimes = tables.load("internet_censorship").query("year == 2014")
    both = tables.load("leader_first_months").merge(regimes, left_on="iso3", right_on="vdem_code")
    counted = adoption.unseen(both["first_any"], both["regime"]).set_index("group")
    assert counted["unseen"].to_dict() == {
        "closed autocracy": 6,
        "electoral autocracy": 17,
        "electoral democracy": 8,
        "liberal democracy": 0,
    }
    connected = ["BLR", "CHN", "KWT", "OMN"]
    assert both[both["iso3"].isin(connected)]["regime"].str.contains("autocracy").all()


def test_a_forecast_keeps_what_is_known_and_holds_the_chance_of_the_rest() -> None:
    first = simulated("bass", 300)
    until = "2012-12-01"
    fitted = adoption.fit(first, MONTHS, "bass", until=until, resamples=50)
    found = adoption.forecast(first, MONTHS, "bass", until, resamples=50)
    known = float((first <= pd.Timestamp(until)).mean())
    share = fitted.curve.set_index("month")["share"]
    now, then = share[until], share.iloc[-1]
    assert found.value == pytest.approx(known + (1 - known) * (then - now) / (1 - now))
    assert known <= found.low < found.value < found.high <= 1
    # The chance of those yet to come is in it, so that it is wider than the curve's interval.
    bounds = fitted.curve.iloc[-1]
    assert found.high - found.low > 0.5 * (bounds["high"] - bounds["low"])


def test_a_forecast_is_that_of_the_seed_that_is_said() -> None:
    options = (simulated("bass", 60), MONTHS, "bass", "2012-12-01")
    found = adoption.forecast(*options, resamples=40)
    assert found == adoption.forecast(*options, resamples=40, seed=2012)
    assert found != adoption.forecast(*options, resamples=40, seed=2013)


def test_a_forecast_is_that_of_the_maximum_and_not_of_where_a_search_gave_up() -> None:
    first = tables.load("leader_first_months")["first_facebook"]
    found = adoption.forecast(first, MONTHS, "bass", "2011-12-01", resamples=2)
    assert found.value == pytest.approx(0.71528, abs=2e-5)  # 0.71432 with the default tolerance


def test_a_forecast_of_today_is_what_is_known() -> None:
    first = simulated("bass", 100)
    found = adoption.forecast(first, MONTHS, "bass", str(MONTHS[-1]), resamples=5)
    assert found == (first.notna().mean(),) * 3
