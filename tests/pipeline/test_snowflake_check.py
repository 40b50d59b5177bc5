"""Decoded against stated times, recomputed with pandas and the library's own decoder."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from govsocial import snowflake, tables
from pipeline import raw

FORMATS = {
    "dslabs-trump": ("prepared/trump_tweets.csv.gz", "id_str", "%Y-%m-%d %H:%M:%S"),
    "world-leaders-tweets-2008-2017": (
        "prepared/engagement_7_leaders.csv.gz",
        "id",
        "%a %b %d %H:%M:%S %z %Y",
    ),
}


@pytest.mark.parametrize("slug", FORMATS)
def test_every_post_with_a_snowflake_id_is_compared(slug: str) -> None:
    if raw.directory() is None:
        pytest.skip("the raw files are not on this machine")
    path, column, form = FORMATS[slug]
    frame = pd.read_csv(raw.locate(slug, path), usecols=[column, "created_at"])
    frame = frame[frame[column] >= snowflake.FIRST]
    stated = pd.to_datetime(frame["created_at"], format=form).to_numpy("datetime64[s]")
    difference = (snowflake.times(frame[column]).astype("datetime64[s]") - stated).astype(int)
    values, counts = np.unique(difference, return_counts=True)
    check = tables.load("snowflake_check")
    found = check[check["source"] == slug].groupby("difference")["posts"].sum()
    assert found.to_dict() == dict(zip(values.tolist(), counts.tolist(), strict=True))


def test_no_time_zone_but_utc_fits() -> None:
    assert tables.load("snowflake_check")["difference"].abs().max() == 3
