"""Germany's federal and state authorities on the platforms, in three editions of one list."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

SLUG = "dboes-germany"
PLATFORMS = ("X", "Facebook", "YouTube", "Instagram", "TikTok")


class _Edition(NamedTuple):
    month: str
    path: str


_EDITIONS = (
    _Edition("2023-04", "data/archive/2023/15.csv"),
    _Edition("2024-12", "prepared/agencies_2024-12.csv"),
    _Edition("2026-03", "data/15.csv"),
)
_NONE = "existiert nicht"
_LEVELS = {
    "Verfassungsorgan Bund": "federation",
    "Oberste Bundesbehörde": "federation",
    "Bundesoberbehörde": "federation",
    "Bundesmittelbehörde": "federation",
    "Bundespolizei": "federation",
    "Bundesanstalt": "federation",
    "Bundeswehr": "federation",
    "Verfassungsorgan Land": "state",
    "Oberste Landesbehörde": "state",
    "Landesoberbehörde": "state",
    "Rechtsfähige Körperschaft des öffentlichen Rechts": "other",
    "selbstständige Dienststelle": "other",
}


def listed(frame: pd.DataFrame, platform: str) -> pd.Series:
    """Return whether each body has an account; missing if the edition does not cover it.

    Raises
    ------
    ValueError
        If a cell is neither an address nor the words for "there is none".
    """
    column = f"SM_{_HEADERS.get(platform, platform)}URL"
    if column == "SM_XURL" and column not in frame:
        column = "SM_TwitterURL"
    if column not in frame:
        return pd.Series(pd.NA, index=frame.index, dtype="boolean")
    cell = frame[column].str.strip()
    there = cell.str.startswith("http", na=False)
    if odd := sorted(set(cell[~there].fillna("(empty)")) - {_NONE}):
        raise ValueError(f"{SLUG}: {column} holds {', '.join(odd)}; expected an address or {_NONE}")
    return there.astype("boolean")


_HEADERS = {"YouTube": "Youtube"}


def build(run: Run) -> list[Table]:
    """Return the tables ``german_agencies`` and ``german_agency_changes``."""
    raw = {
        edition.month: pd.read_csv(run.raw(SLUG, edition.path), dtype="str")
        for edition in _EDITIONS
    }
    return [_agencies(raw), _changes(raw)]


def _agencies(raw: dict[str, pd.DataFrame]) -> Table:
    always = set.intersection(*(set(frame["Name"].str.strip()) for frame in raw.values()))
    parts = [
        pd.DataFrame(
            {
                "edition": month,
                "body": frame["Name"].str.strip(),
                "level": frame["T_Domaene_Behoerde"].map(_LEVELS),
                "in_all_editions": frame["Name"].str.strip().isin(always),
                **{platform.casefold(): listed(frame, platform) for platform in PLATFORMS},
            }
        )
        for month, frame in raw.items()
    ]
    frame = pd.concat(parts).sort_values(["edition", "body"], ignore_index=True)
    return Table(
        name="german_agencies",
        title="German federal and state authorities on five platforms, 2023, 2024 and 2026",
        description=(
            "Whether each of some 380 German authorities (presidents, parliaments, governments, "
            "ministries, agencies, police; 379, 378 and 382 in three editions) has an account on "
            "X, Facebook, YouTube, Instagram and TikTok. Researchers of the Leibniz Institute for "
            "Media Research looked for each; no account means that they looked and found none."
        ),
        frame=frame,
        fields=_FIELDS,
        key=("edition", "body"),
        slugs=(SLUG,),
        caveats=(
            "Missing means that the edition does not cover the platform.",
            "A ministry that changed its name counts as another body; compare the 321 bodies that "
            "keep their name in all editions.",
        ),
    )


def _changes(raw: dict[str, pd.DataFrame]) -> Table:
    rows = [
        _pair(earlier, later, platform, raw)
        for earlier, later in combinations(raw, 2)
        for platform in PLATFORMS
        if all(listed(raw[month], platform).notna().all() for month in (earlier, later))
    ]
    return Table(
        name="german_agency_changes",
        title="German authorities that came to a platform and left it between two editions",
        description=(
            "The German authorities that keep their name between two editions of the list of the "
            "Leibniz Institute for Media Research, by whether each edition names an account."
        ),
        frame=pd.DataFrame(rows),
        fields=_CHANGES,
        key=("earlier", "later", "platform"),
        slugs=(SLUG,),
        caveats=(
            "Names are matched letter by letter: a body under a new name is left out.",
            "The number of the account is compared where both editions state it (X only).",
        ),
    )


def _pair(
    earlier: str, later: str, platform: str, raw: dict[str, pd.DataFrame]
) -> dict[str, object]:
    first, second = (
        pd.DataFrame(
            {
                "there": listed(raw[month], platform).astype(bool),
                "number": _numbers(raw[month], platform),
            }
        ).set_index(raw[month]["Name"].str.strip())
        for month in (earlier, later)
    )
    joined = first.add_suffix("_first").join(second.add_suffix("_second"), how="inner")
    was, is_now = joined["there_first"], joined["there_second"]
    same = joined["number_first"].eq(joined["number_second"])
    return {
        "earlier": earlier,
        "later": later,
        "platform": platform,
        "bodies": len(joined),
        "both": int((was & is_now).sum()),
        "same_account": int((was & is_now & same).sum()) if platform == "X" else pd.NA,
        "left": int((was & ~is_now).sum()),
        "came": int((~was & is_now).sum()),
        "neither": int((~was & ~is_now).sum()),
    }


def _numbers(frame: pd.DataFrame, platform: str) -> pd.Series:
    if platform != "X":
        return pd.Series("", index=frame.index)
    return frame["SM_XID" if "SM_XID" in frame else "SM_TwitterID"].str.strip()


_MONTHS = [edition.month for edition in _EDITIONS]
_COUNT = {"minimum": 0, "maximum": 400}
_FIELDS = (
    Field(
        "edition", "string", "Edition of the list", constraints={"required": True, "enum": _MONTHS}
    ),
    Field("body", "string", "Name of the authority, in German", constraints={"required": True}),
    Field(
        "level",
        "string",
        "Whose authority: of the federation, of a state, or a corporation under public law",
        constraints={"required": True, "enum": ["federation", "state", "other"]},
    ),
    Field("in_all_editions", "boolean", "Stands under the same name in all three editions"),
    *(
        Field(
            platform.casefold(),
            "boolean",
            f"Has an account on {platform}; false: looked for, and there is none",
        )
        for platform in PLATFORMS
    ),
)
_CHANGES = (
    Field("earlier", "string", "Earlier edition", constraints={"enum": _MONTHS}),
    Field("later", "string", "Later edition", constraints={"enum": _MONTHS}),
    Field("platform", "string", "Name of the platform", constraints={"enum": [*PLATFORMS]}),
    Field("bodies", "integer", "Bodies under the same name in both", "bodies", _COUNT),
    Field("both", "integer", "Bodies with an account in both editions", "bodies", _COUNT),
    Field("same_account", "integer", "Of these, with the same account number", "bodies", _COUNT),
    Field("left", "integer", "Bodies with an account in the earlier only", "bodies", _COUNT),
    Field("came", "integer", "Bodies with an account in the later only", "bodies", _COUNT),
    Field("neither", "integer", "Bodies without an account in both", "bodies", _COUNT),
)
