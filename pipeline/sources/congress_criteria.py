"""The 2012 ranking's three criteria for accounts of the US Congress, as far as data allow."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "us-congress-2016"


def build(run: Run) -> list[Table]:
    """Return the table ``congress_criteria``."""
    frame = _posts(run).join(_popularity(run)).join(_cited(run)).fillna({"cited_by": 0})
    return [
        Table(
            name="congress_criteria",
            title="Popularity, engagement and trust of 518 congressional accounts, May 2016",
            description=(
                "What can be counted of three criteria for the Twitter accounts of members of the "
                "US Congress on 4 May 2016: place by followers, replies to somebody among the "
                "latest posts (200 at most, retweets included) and how many other members "
                "mentioned the account in theirs."
            ),
            frame=frame.reset_index()[[field.name for field in _FIELDS]].sort_values("account"),
            fields=_FIELDS,
            key=("account",),
            slugs=(_SLUG,),
            caveats=(
                "A reply that names no account, the continuation of the account's own post, is "
                "not counted; one that names an account may still be one.",
                "A retweet names its author: a mention can be a retweet.",
                "Delegates and the Resident Commissioner count with the House.",
            ),
        )
    ]


_COUNT = {"required": True, "minimum": 0}
_FIELDS = (
    Field("account", "string", "Account on Twitter, lower case", constraints={"required": True}),
    Field("chamber", "string", "Chamber of Congress", constraints={"enum": ["House", "Senate"]}),
    Field(
        "popularity_place",
        "number",
        "Place by followers; tied accounts share the mean of their places",
        "place of 518",
        {"required": True, "minimum": 1, "maximum": 518},
    ),
    Field("own_posts", "integer", "Posts read that are not retweets", "posts", _COUNT),
    Field("replies", "integer", "Replies among them that name an account", "posts", _COUNT),
    Field("cited_by", "integer", "Other members who mention the account", "accounts", _COUNT),
)


def _posts(run: Run) -> pd.DataFrame:
    posts = run.connection.read_csv(run.raw(_SLUG, "prepared/posts_metadata.csv.gz"))
    own = ~posts.isrt
    counts = posts.group_by(account=posts.user.lower()).aggregate(
        own_posts=posts.count(where=own),
        # A reply that names no account continues the account's own post.
        replies=posts.count(where=own & posts.isreply & (posts.nment > 0)),
        senators=posts.count(where=posts.title == "Sen"),
    )
    frame: pd.DataFrame = counts.to_pyarrow().to_pandas().set_index("account")
    return frame.assign(chamber=frame["senators"].gt(0).map({True: "Senate", False: "House"}))


def _popularity(run: Run) -> pd.Series[float]:
    profiles = pd.read_csv(run.raw(_SLUG, "prepared/congress-twitter-profiles.csv"))
    followers = profiles.set_index(profiles["screen_name"].str.lower())["followers_count"]
    return followers.rank(ascending=False).rename("popularity_place")


def _cited(run: Run) -> pd.Series[int]:
    pairs = pd.read_csv(run.raw(_SLUG, "prepared/peer_mentions.csv"))
    others = pairs[pairs["source"] != pairs["target"]]
    return others.groupby("target")["source"].nunique().rename("cited_by")
