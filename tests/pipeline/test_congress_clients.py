"""Programs of members of Congress, counted anew with pandas."""

from __future__ import annotations

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw


@pytest.fixture(scope="module")
def posts() -> pd.DataFrame:
    """All posts of the upstream file, with their times."""
    if raw.directory() is None:
        pytest.skip("the raw files are not on this machine")
    path = raw.locate("us-congress-2016", "prepared/posts_metadata.csv.gz")
    return pd.read_csv(path, usecols=["uid", "source", "t"], parse_dates=["t"])


def test_all_programs_with_300_posts_are_there(posts: pd.DataFrame) -> None:
    sizes = posts["source"].value_counts()
    clients = tables.load("congress_clients").set_index("client")
    assert clients["posts"].to_dict() == sizes[sizes >= 300].to_dict()
    members = posts.groupby("source")["uid"].nunique()
    assert clients["members"].to_dict() == members[clients.index].to_dict()


def test_seconds_and_minutes(posts: pd.DataFrame) -> None:
    clients = tables.load("congress_clients").set_index("client")
    seconds = tables.load("congress_client_seconds").set_index(["client", "second"])["posts"]
    for client, rows in posts[posts["source"].isin(clients.index)].groupby("source"):
        counts = rows["t"].dt.second.value_counts()
        assert seconds[client][counts.index].tolist() == counts.tolist()
        assert clients["first_five"][client] == (rows["t"].dt.second < 5).sum()
        assert clients["round_minute"][client] == (rows["t"].dt.minute % 5 == 0).sum()
    assert seconds.sum() == clients["posts"].sum()
