"""Sweden's public bodies on X: handle, state of the account and day of the last post."""

from __future__ import annotations

import re

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

SLUG = "politix-sweden-denmark"

# In this order: the first pattern that fits names the kind.
_KINDS = {
    "municipality": r" kommun$",
    "region": r"^Region |regionen$|^Länsstyrelsen ",
    "mission": (
        r"^Sveriges (?:ambassad|generalkonsulat|konsulat|ständiga|delegation|EU-|FN-)"
        r"|^Sveriges Generalkonsulat"
    ),
    "ministry": r"departementet$",
    "agency": r"[Nn]ämnd|[Mm]yndighet",
    "university": r"universitet(?:et)?$|[Hh]ögskola|^Karolinska Institutet$|^Konstfack$",
}


def build(run: Run) -> list[Table]:
    """Return the table ``swedish_bodies_x``."""
    bodies = pd.read_csv(run.raw(SLUG, "data/sweden/myndigheter.csv"), dtype="str")
    state, last = read(bodies, "x")
    frame = pd.DataFrame(
        {
            "body": bodies["name"],
            "kind": bodies["name"].map(_kind),
            "state": state,
            "last_post": last.dt.tz_localize(None).dt.normalize(),
        }
    )
    return [
        Table(
            name="swedish_bodies_x",
            title="Sweden's public bodies on X and their last post, February 2026",
            description=(
                "The 768 Swedish public bodies that Wikidata held on 7 February 2026 "
                "(municipalities, regions, county boards, agencies, courts, universities, missions "
                "abroad, ministries), with the state of the X account that Wikidata names for "
                "them and the day (UTC) of its last post or reply, read that morning by a script "
                "in the repository of Pierre Mesure."
            ),
            frame=frame.sort_values(["kind", "body"], ignore_index=True),
            fields=_FIELDS,
            key=("body",),
            slugs=(SLUG,),
            caveats=(
                "The kind is derived here from the Swedish name; regions include county boards, "
                "agencies include courts, funds and boards. Gotland, a municipality with the tasks "
                "of a region, counts as a region.",
                "A closed account is gone or ended according to Wikidata: when is not known.",
                "A post passed on counts as a post. Unread is an account without posts, or one "
                "whose reading failed.",
            ),
        )
    ]


def read(rows: pd.DataFrame, platform: str) -> tuple[pd.Series, pd.Series]:
    """Return state and last post (UTC) of the accounts of one platform.

    The state is ``dated``, ``closed``, ``protected``, ``unread`` (a handle whose posts could
    not be read) or ``unlisted`` (no handle).
    """
    posted = rows[f"{platform}_last_post"]
    last = pd.to_datetime(posted, errors="coerce", utc=True, format="ISO8601")
    known = posted.where(last.isna(), "dated").fillna("unread")
    state = known.where(rows[f"{platform}_handle"].notna(), "unlisted")
    return state, last.where(state == "dated")


def _kind(name: str) -> str:
    return next((kind for kind, form in _KINDS.items() if re.search(form, name)), "agency")


STATES = ("dated", "closed", "protected", "unread", "unlisted")
_FIELDS = (
    Field("body", "string", "Name of the public body, in Swedish", constraints={"unique": True}),
    Field(
        "kind",
        "string",
        "Kind of body, by its name",
        constraints={"required": True, "enum": [*_KINDS]},
    ),
    Field(
        "state",
        "string",
        "dated: the last post has a date; closed; protected: hidden; unread: a handle, but no "
        "post was read; unlisted: Wikidata names no handle",
        constraints={"required": True, "enum": [*STATES]},
    ),
    Field(
        "last_post",
        "date",
        "Day of the last post or reply (UTC)",
        constraints={"minimum": "2010-01-01", "maximum": "2026-02-07"},
    ),
)
