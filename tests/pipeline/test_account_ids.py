"""Account ids: the largest rising set, the calibration, and its errors computed a second way."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsocial import snowflake, tables
from pipeline import raw
from pipeline.sources.account_ids import _longest_rise


@pytest.mark.parametrize(
    ("values", "places"),
    [([], []), ([7], [0]), ([3, 2, 1], [2]), ([1, 1, 1], [0, 1, 2]), ([5, 1, 2, 9, 3], [1, 2, 4])],
)
def test_the_longest_rise_of_known_values(values: list[int], places: list[int]) -> None:
    assert _longest_rise(values) == places


@given(st.lists(st.integers(0, 9), max_size=9))
def test_no_longer_rise_exists(values: list[int]) -> None:
    found = _longest_rise(values)
    assert found == sorted(found)
    assert all(values[one] <= values[other] for one, other in pairwise(found))
    longer = combinations(values, len(found) + 1)
    assert not any(all(a <= b for a, b in pairwise(chosen)) for chosen in longer)


def test_the_calibration_names_nobody() -> None:
    calibration = tables.load("account_id_calibration")
    assert (calibration["id"] % 1_000 == 0).all()
    assert list(calibration) == ["id", "start", "kept"]


def test_kept_dates_never_fall() -> None:
    calibration = tables.load("account_id_calibration")
    kept = calibration[calibration["kept"]]
    assert kept["id"].is_monotonic_increasing and kept["start"].is_monotonic_increasing
    assert len(kept) == 1_574


def test_members_of_congress_are_dated_as_the_library_dates_them() -> None:
    """With the whole calibration, which holds most members: errors can only be smaller."""
    if raw.directory() is None:
        pytest.skip("the raw files are not on this machine")
    path = raw.locate("us-congress-2016", "prepared/congress-twitter-profiles.csv")
    profiles = pd.read_csv(path, usecols=["id", "created_at"])
    made = pd.to_datetime(profiles["created_at"], format="%a %b %d %H:%M:%S %z %Y")
    calibration = tables.load("account_id_calibration")
    dated = snowflake.account_days(profiles["id"], calibration[calibration["kept"]])
    days = np.abs((dated - made.to_numpy("datetime64[ms]")) / np.timedelta64(1, "D"))
    apart = tables.load("account_id_error_quantiles").set_index("share")["error"]
    # The register of the source found a median of 0.27 days with its own interpolation.
    assert np.median(days) == pytest.approx(0.27, abs=0.01)
    assert np.median(days) < apart[0.5]


def test_errors_by_year_and_quantiles_speak_of_the_same_accounts() -> None:
    by_year = tables.load("account_id_errors")
    quantiles = tables.load("account_id_error_quantiles")["error"]
    assert by_year["accounts"].sum() == 518
    assert by_year["largest_error"].max() == pytest.approx(quantiles.max(), abs=0.01)
    assert quantiles.is_monotonic_increasing


def test_most_snowflake_accounts_have_the_stated_day() -> None:
    check = tables.load("account_snowflake_check").set_index("difference")["accounts"]
    assert check.sum() == 352
    assert check[0] == 302
