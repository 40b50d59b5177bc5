"""Notes that readers put under posts of officials on X, as counts."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "community-notes"
_RATED = ["helpful", "not_helpful", "needs_more_ratings"]
_INSTITUTION = "institution or official account"


def build(run: Run) -> list[Table]:
    """Return the tables ``community_notes_months`` and ``community_notes_groups``."""
    return [_months(run), _groups(run)]


def _months(run: Run) -> Table:
    raw = pd.read_csv(run.raw(_SLUG, "prepared/notes_by_month_2021-01_2023-07.csv"))
    frame = raw.assign(month=pd.to_datetime(raw["month"] + "-01"))
    return Table(
        name="community_notes_months",
        title="Notes under posts on X by month, and under those of members of Congress, 2021–2023",
        description=(
            "The 178,788 notes that readers wrote for Community Notes (called Birdwatch until "
            "November 2022) under posts on X from January 2021 to July 2023, with those that were "
            "rated helpful and so shown to all, and the same for posts of 662 accounts that the "
            "list of the United States Congress named between 2020 and 2023. Counted from the "
            "metadata in the repository of Travis Brown."
        ),
        frame=frame[[field.name for field in _MONTHS]],
        fields=_MONTHS,
        key=("month",),
        slugs=(_SLUG,),
        caveats=(
            "Compare the notes on Congress with those whose author is known, not with all.",
            "Of three quarters of the notes the author of the post is known; deleted and protected "
            "posts have none.",
            "Months after July 2023 are missing.",
        ),
    )


def _groups(run: Run) -> Table:
    named = pd.read_csv(run.raw(_SLUG, "prepared/officials_among_200_most_noted_2025-08.csv"))
    whole = pd.read_csv(run.raw(_SLUG, "prepared/groups_of_the_200_2025-08.csv"))
    officials = named.assign(accounts=1, country=named["country"].where(_kept(named), "others"))
    sums = officials.groupby(["kind", "country"])[["accounts", *_RATED]].sum().reset_index()
    others = whole[whole["group"].str.startswith("all other")]
    rest = others.assign(kind="all other accounts", country="others")
    frame = pd.concat([sums, rest])[[field.name for field in _GROUPS]]
    return Table(
        name="community_notes_groups",
        title="Notes on the 200 most noted accounts of X, officials and others, August 2025",
        description=(
            "The 200 accounts of X with the most notes up to August 2025, in groups: institutions "
            "and official accounts, personal accounts of office-holders (23 accounts in all), and "
            "the 177 others, with the notes by their state. Counted from the table of the 200 in "
            "the repository of Travis Brown; who is an official was decided here."
        ),
        frame=frame.sort_values(["kind", "country"]),
        fields=_GROUPS,
        key=("kind", "country"),
        slugs=(_SLUG,),
        caveats=(
            "Who is among the 200 depends on the notes: officials with few notes are not here, so "
            "a share is one of much noted accounts only.",
            "Countries with a single account are grouped.",
            "Personal accounts are those of present or former office-holders; one of the official "
            "accounts is a member of Congress's, the others are institutions' and offices'.",
        ),
    )


def _kept(named: pd.DataFrame) -> pd.Series:
    """Return whether a country has at least two accounts of the kind."""
    return named.groupby(["kind", "country"])["handle"].transform("size") >= 2


_COUNT = {"required": True, "minimum": 0}
_MONTHS = (
    Field("month", "date", "First day of the month", constraints={"required": True}),
    Field("notes", "integer", "Notes written in the month", "notes", _COUNT),
    Field("author_known", "integer", "Of these, with a known author of the post", "notes", _COUNT),
    Field("helpful", "integer", "Notes rated helpful, so shown to all", "notes", _COUNT),
    Field(
        "helpful_author_known",
        "integer",
        "Of these, with a known author of the post",
        "notes",
        _COUNT,
    ),
    Field("congress_notes", "integer", "Notes under posts of Congress accounts", "notes", _COUNT),
    Field("congress_helpful", "integer", "Of these, rated helpful", "notes", _COUNT),
    Field("congress_accounts", "integer", "Congress accounts with a note", "accounts", _COUNT),
)
_GROUPS = (
    Field(
        "kind",
        "string",
        "Kind of account",
        constraints={
            "enum": [_INSTITUTION, "personal account of an office-holder", "all other accounts"]
        },
    ),
    Field("country", "string", "Country, where it has two accounts of the kind; else others"),
    Field("accounts", "integer", "Accounts among the 200", "accounts", _COUNT),
    Field("helpful", "integer", "Notes rated helpful, so shown to all", "notes", _COUNT),
    Field("not_helpful", "integer", "Notes rated not helpful", "notes", _COUNT),
    Field("needs_more_ratings", "integer", "Notes still without a verdict", "notes", _COUNT),
)
