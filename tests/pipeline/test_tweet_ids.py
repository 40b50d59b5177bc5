"""Posts by second, minute and month against the id files, counted anew in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from govsocial import snowflake, tables
from pipeline import raw

SLUG = "covid-institutions-tweet-ids"


@pytest.fixture(scope="module")
def ids() -> dict[str, set[int]]:
    """Distinct ids by account, as the files write them."""
    root = raw.directory()
    if root is None:
        pytest.skip("the raw files are not on this machine")
    found: dict[str, set[int]] = defaultdict(set)
    for path in raw.paths(SLUG):
        if path.endswith("_id.txt"):
            account = Path(path).name.removesuffix("_id.txt")
            lines = (root / SLUG / path).read_text().splitlines()
            found[account] |= {int(line) for line in lines if line.isdigit()}
    return found


def test_every_dated_post_is_in_each_table(ids: dict[str, set[int]]) -> None:
    dated = sum(number >= snowflake.FIRST for numbers in ids.values() for number in numbers)
    assert dated == 276_495
    assert tables.load("posting_accounts")["posts"].sum() == dated
    assert tables.load("posting_seconds")["posts"].sum() == dated
    assert tables.load("posting_months")["posts"].sum() == dated


def test_the_distinct_ids_are_those_of_the_register(ids: dict[str, set[int]]) -> None:
    accounts = tables.load("posting_accounts")
    assert accounts["posts"].sum() + accounts["undated"].sum() == 276_765
    assert sum(map(len, ids.values())) == 276_765


def test_one_account_second_by_second_and_month_by_month(ids: dict[str, set[int]]) -> None:
    times = [snowflake.decode(number).time for number in ids["DHSCgovuk"]]
    seconds = tables.load("posting_seconds")
    posts = seconds[seconds["account"] == "DHSCgovuk"].set_index("second")["posts"]
    assert posts.to_dict() == Counter(time.second for time in times)
    months = tables.load("posting_months")
    rows = months[months["account"] == "DHSCgovuk"].set_index("month")
    expected = Counter(datetime(time.year, time.month, 1) for time in times)
    assert rows["posts"].to_dict() == expected
    prompt = Counter(datetime(t.year, t.month, 1) for t in times if t.second < 5)
    assert rows.loc[rows["first_five"] > 0, "first_five"].to_dict() == prompt


def test_round_minutes_of_one_account(ids: dict[str, set[int]]) -> None:
    times = [snowflake.decode(number).time for number in ids["anvisa_oficial"]]
    row = tables.load("posting_accounts").set_index("account").loc["anvisa_oficial"]
    round_minutes = Counter(time.second < 5 for time in times if time.minute % 5 == 0)
    assert row["later_round"] == round_minutes[False]
    assert row["first_five_round"] == round_minutes[True]


def test_minutes_of_all_accounts(ids: dict[str, set[int]]) -> None:
    times = [
        snowflake.decode(number).time
        for numbers in ids.values()
        for number in numbers
        if number >= snowflake.FIRST
    ]
    minutes = tables.load("posting_minutes").set_index("minute")
    assert minutes["first_five"].to_dict() == Counter(t.minute for t in times if t.second < 5)
    assert minutes["later"].to_dict() == Counter(t.minute for t in times if t.second >= 20)


def test_the_tables_agree_with_each_other() -> None:
    accounts = tables.load("posting_accounts").set_index("account")
    seconds = tables.load("posting_seconds")
    months = tables.load("posting_months")
    first = seconds[seconds["second"] < 5].groupby("account")["posts"].sum()
    assert first.to_dict() == accounts["first_five"].to_dict()
    assert months.groupby("account")["first_five"].sum().to_dict() == first.to_dict()
    assert months.groupby("account")["month"].min().to_dict() == accounts["first_month"].to_dict()
    assert tables.load("posting_minutes")["first_five"].sum() == first.sum()


def test_no_post_is_younger_than_the_last_collection() -> None:
    collected = datetime(2021, 2, 17, tzinfo=UTC).replace(tzinfo=None)
    assert tables.load("posting_months")["month"].max() <= collected


def test_the_licence_travels_with_the_tables() -> None:
    for name in ("posting_accounts", "posting_seconds", "posting_minutes", "posting_months"):
        assert tables.descriptor(name)["licenses"] == [{"name": "CC-BY-NC-SA-4.0"}]
