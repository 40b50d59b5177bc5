"""Snowflake ids: known times, the whole range there and back; sequential ids by interpolation."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsocial import snowflake, tables

MILLISECONDS = st.integers(1, (1 << 41) - 1)
FIVE_BITS = st.integers(0, 31)


@pytest.mark.parametrize(
    ("number", "time"),
    [
        # The worked example of https://en.wikipedia.org/wiki/Snowflake_ID, then
        # (1577836800000 - 1288834974657) * 2**22 for a new year's midnight.
        (1541815603606036480, dt.datetime(2022, 6, 28, 16, 7, 40, 105_000, dt.UTC)),
        (1212161512043446272, dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
    ],
)
def test_ids_of_known_times(number: int, time: dt.datetime) -> None:
    assert snowflake.decode(number).time == time


def test_the_published_example_decodes_in_all_its_parts() -> None:
    # 01 0111 1010 is the machine of the example: data centre 01011, worker 11010.
    parts = snowflake.decode(1541815603606036480)
    assert (parts.datacenter, parts.worker, parts.sequence) == (0b01011, 0b11010, 0)


@given(MILLISECONDS, FIVE_BITS, FIVE_BITS, st.integers(0, 4095))
def test_there_and_back(elapsed: int, datacenter: int, worker: int, sequence: int) -> None:
    number = elapsed << 22 | datacenter << 17 | worker << 12 | sequence
    if number < snowflake.FIRST:
        return
    assert snowflake.encode(*snowflake.decode(number)) == number


@given(MILLISECONDS, MILLISECONDS)
def test_a_later_moment_has_a_larger_id(one: int, other: int) -> None:
    zero = dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(milliseconds=snowflake.EPOCH_MS)
    ids = [snowflake.encode(zero + dt.timedelta(milliseconds=ms)) for ms in (one, other)]
    assert (ids[0] < ids[1]) == (one < other)


@pytest.mark.parametrize("number", [0, 29_674_109_995, snowflake.FIRST - 1, 1 << 63])
def test_what_is_no_snowflake_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no snowflake id"):
        snowflake.decode(number)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        snowflake.encode(dt.datetime(2012, 7, 9))


@pytest.mark.parametrize(
    ("parts", "name"),
    [((32, 0, 0), "datacenter"), ((0, -1, 0), "worker"), ((0, 0, 4096), "sequence")],
)
def test_parts_that_do_not_fit_are_refused(parts: tuple[int, int, int], name: str) -> None:
    with pytest.raises(ValueError, match=name):
        snowflake.encode(dt.datetime(2012, 7, 9, tzinfo=dt.UTC), *parts)


def test_a_moment_before_the_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="time does not fit"):
        snowflake.encode(dt.datetime(2009, 1, 1, tzinfo=dt.UTC))


def test_many_ids_at_once_agree_with_one_by_one() -> None:
    ids = np.array([[1541815603606036480, 5], [1212161512043446272, 879632001798144]])
    found = snowflake.times(ids)
    assert found.shape == ids.shape
    assert np.isnat(found[0, 1])
    for number, moment in zip(ids[1], found[1], strict=True):
        assert moment == np.datetime64(snowflake.decode(int(number)).time.replace(tzinfo=None))


def test_no_ids_give_no_times() -> None:
    assert snowflake.times([]).shape == (0,)


CURVE = pd.DataFrame(
    {
        "id": [1_000, 3_000, 3_000],
        "start": pd.to_datetime(["2009-01-01", "2009-01-03", "2009-01-03"]),
    }
)


def test_an_old_account_lies_between_its_neighbours() -> None:
    days = snowflake.account_days([999, 1_000, 2_000, 3_000, 3_001], CURVE)
    assert np.isnat(days[[0, 4]]).all()
    noon = np.array(["2009-01-01T12", "2009-01-02T12", "2009-01-03T12"], "datetime64[ms]")
    assert (days[1:4] == noon).all()


def test_a_new_account_is_dated_exactly() -> None:
    days = snowflake.account_days([1541815603606036480], CURVE)
    assert days[0] == np.datetime64("2022-06-28T16:07:40.105")


@pytest.mark.parametrize("rows", [[0], [1, 0], []])
def test_a_calibration_that_falls_or_is_too_short_is_refused(rows: list[int]) -> None:
    with pytest.raises(ValueError, match="calibration"):
        snowflake.account_days([2_000], CURVE.iloc[rows])


@given(st.lists(st.integers(804_000, 4_919_083_000), min_size=2, max_size=50))
def test_the_book_s_calibration_never_dates_a_later_number_earlier(numbers: list[int]) -> None:
    calibration = tables.load("account_id_calibration")
    days = snowflake.account_days(sorted(numbers), calibration[calibration["kept"]])
    assert not np.isnat(days).any()
    assert (np.diff(days) >= np.timedelta64(0)).all()


def test_the_first_id_has_a_time_and_the_one_before_has_none() -> None:
    dated, undated = snowflake.times([snowflake.FIRST, snowflake.FIRST - 1])
    assert not np.isnat(dated) and np.isnat(undated)
    line = pd.DataFrame({"id": [1, snowflake.FIRST], "start": pd.to_datetime(["2006", "2010"])})
    (day,) = snowflake.account_days([snowflake.FIRST], line)
    assert day == dated  # by its own clock, not by the line


def test_the_parts_that_are_not_given_are_zero() -> None:
    parts = snowflake.decode(snowflake.encode(dt.datetime(2016, 5, 4, tzinfo=dt.UTC)))
    assert (parts.datacenter, parts.worker, parts.sequence) == (0, 0, 0)
    assert sum(bits for _name, bits in snowflake.LAYOUT) == 64


@pytest.mark.parametrize(
    ("ids", "days"), [([1, 3, 2], [1, 2, 3]), ([1, 2, 3], [1, 3, 2])], ids=["ids", "days"]
)
def test_one_fall_in_a_calibration_is_enough(ids: list[int], days: list[int]) -> None:
    starts = [pd.Timestamp(2006, 1, day) for day in days]
    with pytest.raises(ValueError, match="never fall"):
        snowflake.account_days([1], pd.DataFrame({"id": ids, "start": starts}))
    with pytest.raises(ValueError, match="never fall"):
        snowflake.account_days([1], pd.DataFrame({"id": [1, 2, 3], "start": [*starts[:2], pd.NaT]}))
