"""Posts of 518 members of the US Congress: who replies, and how often posts are passed on."""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "us-congress-2016"
_FILE = "prepared/posts_metadata.csv.gz"

# The members who ran for president until the posts were collected, Cruz to the day before; Rubio,
# who is among the 518 as well, had given up in March.
_CANDIDATES = ("SenSanders", "SenTedCruz")

# Lower bounds of the classes of retweets: every number up to 31, then four per doubling.
_EDGES = np.unique(np.r_[0:32, np.round(32 * 2 ** (np.arange(60) / 4)).astype(int)])


def build(run: Run) -> list[Table]:
    """Return the tables of posts per member, and of posts by number of retweets."""
    posts = kinds(run.connection.read_csv(str(run.raw(_SLUG, _FILE))))
    counted = retweets(posts).to_pyarrow().to_pandas()
    return [_members(posts), _counts(counted), _classes(counted)]


def kinds(posts: Any) -> Any:
    """Add ``account`` and ``kind`` to the rows of the upstream file, as an Ibis expression.

    A reply that names no account answers the member's own earlier post: Twitter took a post
    for a reply to another account only if its text named that account.
    """
    own = ibis.ifelse(posts.nment > 0, "mention", "plain")
    reply = ibis.ifelse(posts.nment > 0, "reply", "thread")
    kind = ibis.ifelse(posts.isrt, "passed_on", ibis.ifelse(posts.isreply, reply, own))
    return posts.mutate(account=posts.user, kind=kind)


def retweets(posts: Any) -> Any:
    """Count the posts of each account and kind by their number of retweets."""
    keys = ["account", "kind", "retweets"]
    rows = posts.mutate(retweets=posts.rt.cast("int64"))
    return rows.group_by(keys).aggregate(posts=rows.count()).order_by(keys)


def accounts(posts: Any) -> Any:
    """Sum the posts of each account up, as an Ibis expression."""
    own = posts.kind != "passed_on"
    return posts.group_by("account").aggregate(
        title=posts.title.min(),
        party=posts.party.min(),
        followers=posts.followers.max(),
        posts=posts.count(),
        passed_on=posts.count(where=~own),
        mentions=posts.count(where=posts.kind == "mention"),
        replies=posts.count(where=posts.kind == "reply"),
        threads=posts.count(where=posts.kind == "thread"),
        retweets=posts.rt.sum(where=own),
        replies_unshared=posts.count(where=(posts.kind == "reply") & (posts.rt == 0)),
        others_unshared=posts.count(where=posts.kind.isin(["plain", "mention"]) & (posts.rt == 0)),
    )


def _members(posts: Any) -> Table:
    frame = accounts(posts).to_pyarrow().to_pandas()
    frame["chamber"] = frame["title"].map(lambda title: "Senate" if title == "Sen" else "House")
    names = [field.name for field in _MEMBER_FIELDS]
    return Table(
        name="congress_conversation",
        title="Replies, mentions and retweets of 518 members of the US Congress, May 2016",
        description=(
            "The latest posts, at most 200 each, of 518 members of the US Congress on Twitter, "
            "collected on 4 May 2016: how many pass on another account's post, name another "
            "account, or reply, and how often the member's own posts were retweeted by that day."
        ),
        # A member without own posts has no retweets of them.
        frame=frame[names].fillna({"retweets": 0}).sort_values("account"),
        fields=_MEMBER_FIELDS,
        key=("account",),
        slugs=(_SLUG,),
        caveats=(_THREAD, "Delegates and the Resident Commissioner count with the House."),
    )


def _counts(counted: pd.DataFrame) -> Table:
    frame = counted.assign(candidate=counted["account"].isin(_CANDIDATES))
    keys = ["kind", "candidate", "retweets"]
    return Table(
        name="congress_retweet_counts",
        title="Posts of members of the US Congress by number of retweets, May 2016",
        description=(
            "How many of the 102,434 collected posts of 518 members of the US Congress had been "
            "retweeted 0, 1, 2 … times by 4 May 2016, by kind of post, with the posts of the two "
            "members who ran for president until May 2016 or longer apart."
        ),
        frame=frame.groupby(keys)["posts"].sum().reset_index(),
        fields=_COUNT_FIELDS,
        key=tuple(keys),
        slugs=(_SLUG,),
        caveats=(
            "A post that was passed on carries the retweets of the original, which are not the "
            "member's.",
            _THREAD,
        ),
    )


def _classes(counted: pd.DataFrame) -> Table:
    own = counted[counted["kind"] != "passed_on"]
    place = np.searchsorted(_EDGES, own["retweets"].to_numpy(), side="right") - 1
    keys = ["account", "retweets_from"]
    frame = own.assign(retweets_from=_EDGES[place])
    return Table(
        name="congress_retweet_classes",
        title="Own posts of each member of the US Congress by class of retweets, May 2016",
        description=(
            "How many of the own posts of each of 518 members of the US Congress (what they "
            "passed on left out) had been retweeted so often by 4 May 2016, in classes: every "
            "number up to 31, then four classes for each doubling."
        ),
        frame=frame.groupby(keys)["posts"].sum().reset_index(),
        fields=_CLASS_FIELDS,
        key=tuple(keys),
        slugs=(_SLUG,),
    )


_THREAD = (
    "Whom a reply answers is not recorded. A reply that names no account is counted as a thread, "
    "the continuation of the member's own post; one that names an account may still be a thread."
)
_COUNT = {"minimum": 0, "maximum": 200}
_ACCOUNT = Field("account", "string", "Account on Twitter", constraints={"required": True})
_POSTS = Field("posts", "integer", "Number of posts", "posts", {"minimum": 1})
_MEMBER_FIELDS = (
    _ACCOUNT,
    Field("chamber", "string", "Chamber of Congress", constraints={"enum": ["House", "Senate"]}),
    Field(
        "party",
        "string",
        "Democrat, Republican or independent",
        constraints={"enum": ["D", "R", "I"]},
    ),
    Field("followers", "integer", "Followers on 4 May 2016", "accounts", {"minimum": 0}),
    Field("posts", "integer", "Collected posts", "posts", {"minimum": 1, "maximum": 200}),
    Field("passed_on", "integer", "Posts of other accounts passed on", "posts", _COUNT),
    Field("mentions", "integer", "Own posts that name an account, no replies", "posts", _COUNT),
    Field("replies", "integer", "Replies that name an account", "posts", _COUNT),
    Field("threads", "integer", "Replies that name no account", "posts", _COUNT),
    Field("retweets", "integer", "Retweets of own posts, replies included", "retweets"),
    Field("replies_unshared", "integer", "Replies that nobody retweeted", "posts", _COUNT),
    Field(
        "others_unshared",
        "integer",
        "Own posts that nobody retweeted, replies and threads left out",
        "posts",
        _COUNT,
    ),
)
_COUNT_FIELDS = (
    Field(
        "kind",
        "string",
        "Own post without (plain) or with the name of an account (mention), reply with (reply) or "
        "without one (thread), or another account's post (passed_on)",
        constraints={"enum": ["plain", "mention", "reply", "thread", "passed_on"]},
    ),
    Field(
        "candidate", "boolean", "Member ran for president until May 2016 or longer (Sanders, Cruz)"
    ),
    Field("retweets", "integer", "Retweets of the post by 4 May 2016", "retweets", {"minimum": 0}),
    _POSTS,
)
_CLASS_FIELDS = (
    _ACCOUNT,
    Field(
        "retweets_from",
        "integer",
        "Lowest number of retweets of the class; the next higher one in the table ends it",
        "retweets",
        {"minimum": 0},
    ),
    _POSTS,
)
