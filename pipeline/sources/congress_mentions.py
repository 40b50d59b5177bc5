"""Mentions among members of the US Congress: a network, and the leaders' offices."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "us-congress-2016"

# The party leaders of both chambers in May 2016, by their accounts in the collection.
_OFFICES = {
    "speakerryan": "Speaker of the House",
    "gopleader": "House majority leader",
    "stevescalise": "House majority whip",
    "nancypelosi": "House minority leader",
    "whiphoyer": "House minority whip",
    "mcconnellpress": "Senate majority leader",
    "johncornyn": "Senate majority whip",
    "senatorreid": "Senate minority leader",
    "senatordurbin": "Senate minority whip",
}


def build(run: Run) -> list[Table]:
    """Return the tables of members, of mentions among them, and of mentions of the leaders."""
    members = _members(run)
    pairs = pd.read_csv(run.raw(_SLUG, "prepared/peer_mentions.csv"))
    return [_network_members(members), _network(pairs), _leaders(pairs, members)]


def _members(run: Run) -> pd.DataFrame:
    posts = run.connection.read_csv(str(run.raw(_SLUG, "prepared/posts_metadata.csv.gz")))
    rows = posts.group_by(account=posts.user.lower()).aggregate(
        party=posts.party.max(),
        state=posts.state.max(),
        chamber=(posts.title == "Sen").cast("int64").max(),
    )
    frame: pd.DataFrame = rows.to_pyarrow().to_pandas().set_index("account")
    frame["chamber"] = frame["chamber"].map({1: "Senate", 0: "House"})
    return frame.assign(member=frame.index)


def _network_members(members: pd.DataFrame) -> Table:
    return Table(
        name="congress_mention_members",
        title="Members of the US Congress as points of a network of mentions, May 2016",
        description=(
            "The 518 members whose latest posts (200 at most) were collected on 4 May 2016, by "
            "their official accounts, with party, chamber and state."
        ),
        frame=members[[field.name for field in _MEMBER_FIELDS]].sort_values("member"),
        fields=_MEMBER_FIELDS,
        key=("member",),
        slugs=(_SLUG,),
        caveats=("Delegates and the Resident Commissioner count with the House.",),
    )


def _network(pairs: pd.DataFrame) -> Table:
    frame = pd.DataFrame(
        {
            "source": pairs["source"],
            "target": pairs["target"],
            "mentions": pairs["n"],
        }
    )
    return Table(
        name="congress_mentions",
        title="Mentions among members of the US Congress, May 2016",
        description=(
            "How many of the latest posts (200 at most) of one of 518 members on 4 May 2016 name "
            "another of them, for every pair with at least one such post."
        ),
        frame=frame.sort_values(["source", "target"]),
        fields=_PAIR_FIELDS,
        key=("source", "target"),
        slugs=(_SLUG,),
        caveats=(_RETWEETS,),
    )


def _leaders(pairs: pd.DataFrame, members: pd.DataFrame) -> Table:
    by = pairs["source"].map(members["party"])
    counts = pd.crosstab(pairs["target"], by).reindex(list(_OFFICES), fill_value=0)
    party = members["party"].reindex(list(_OFFICES))
    frame = pd.DataFrame(
        {
            "office": list(_OFFICES.values()),
            "account": list(_OFFICES),
            "party": party.to_numpy(),
            "democrats": counts["D"].to_numpy(),
            "republicans": counts["R"].to_numpy(),
            "independents": counts["I"].to_numpy(),
        }
    )
    return Table(
        name="congress_leader_mentions",
        title="Members of the US Congress who mention a party leader, May 2016",
        description=(
            "How many of the other 517 members, by party, name a party leader's account in their "
            "latest posts (200 at most) of 4 May 2016."
        ),
        frame=frame.sort_values("office"),
        fields=_LEADER_FIELDS,
        key=("office",),
        slugs=(_SLUG,),
        caveats=(_RETWEETS, "Offices were assigned by hand."),
    )


_RETWEETS = "A retweet names its author: a mention can be a retweet."
_COUNT = {"required": True, "minimum": 0, "maximum": 517}
_WHO = {"required": True}
_PARTY = {"required": True, "enum": ["D", "I", "R"]}
_MEMBER_FIELDS = (
    Field("member", "string", "Account of the member on Twitter, lower case", constraints=_WHO),
    Field(
        "party", "string", "D: Democrat; R: Republican; I: independent, both senators", "", _PARTY
    ),
    Field("chamber", "string", "Chamber of Congress", constraints={"enum": ["House", "Senate"]}),
    Field(
        "state",
        "string",
        "Postal code of the state or territory",
        constraints={"pattern": "[A-Z]{2}"},
    ),
)
_PAIR_FIELDS = (
    Field("source", "string", "Account of the member who mentions", constraints=_WHO),
    Field("target", "string", "Account of the member who is mentioned", constraints=_WHO),
    Field(
        "mentions",
        "integer",
        "Posts that name the other",
        "posts",
        {"required": True, "minimum": 1, "maximum": 25},
    ),
)
_LEADER_FIELDS = (
    Field("office", "string", "Office of the party leader", constraints={"required": True}),
    Field("account", "string", "Account on Twitter, lower case", constraints={"required": True}),
    Field("party", "string", "Party of the office's holder", constraints=_PARTY),
    Field("democrats", "integer", "Democrats who mention it", "members", _COUNT),
    Field("republicans", "integer", "Republicans who mention it", "members", _COUNT),
    Field("independents", "integer", "Independents who mention it", "members", _COUNT),
)
