"""World leaders on Twitter (Barberá and Zeitzoff): countries by their leaders' followers."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "world-leaders-isq"


def build(run: Run) -> list[Table]:
    """Return the table ``leader_follower_places``."""
    followers = _followers(run)
    place = followers.rank(method="min", ascending=False).rename("place")
    return [
        Table(
            name="leader_follower_places",
            title="Countries by the followers of their leaders on Twitter",
            description=(
                "Countries by the followers of the leader's own account or of the office's, "
                "whichever has more, where Barberá and Zeitzoff counted at least one of them."
            ),
            frame=place.reset_index().sort_values("iso3"),
            fields=(
                Field("iso3", "string", "ISO 3166-1 alpha-3 code", "", {"pattern": "[A-Z]{3}"}),
                Field("place", "integer", "Place by followers", "place of 86", _PLACE),
            ),
            key=("iso3",),
            slugs=(_SLUG,),
            caveats=(
                "The day of the count is not given; the file is of April 2017, when several of the "
                "leaders had left office.",
                "A follower is an account, not a person; one person can follow many leaders.",
                "Two accounts are by their names somebody else's, and are counted as the study "
                "gives them: for the leader of Saudi Arabia Jordan's royal court (@RHCJO), of "
                "Switzerland the government's spokesman (@BR_Sprecher).",
            ),
        )
    ]


_PLACE = {"required": True, "minimum": 1, "maximum": 86}


def _followers(run: Run) -> pd.Series[float]:
    profiles = pd.read_csv(run.raw(_SLUG, "data/data02-user-profiles.csv"))
    twitter = profiles[profiles["platform"] == "Number of Followers on Twitter"]
    leaders = pd.read_csv(
        run.raw(_SLUG, "data/world-leaders-social-media.csv"), na_values=["NA"], index_col="iso3c"
    )
    audience = twitter.set_index(twitter["merge"].astype(float))["audience"]
    accounts = leaders[["Twitter_personal_id", "Twitter_institution_id"]].astype(float)
    best: pd.Series[float] = accounts.apply(lambda ids: ids.map(audience)).max(axis=1).dropna()
    return best.rename_axis("iso3")
