"""Germany's counties, cities and states on five platforms, and an older list of X beside it."""

from __future__ import annotations

import re

import pandas as pd

from pipeline.run import Run
from pipeline.sources.german_agencies import PLATFORMS, SLUG, listed
from pipeline.table import Field, Table

_OLDER = "german-counties-twitter"

_STATES = {
    "Baden-Württemberg",
    "Bayern",
    "Brandenburg",
    "Hessen",
    "Mecklenburg-Vorpommern",
    "Niedersachsen",
    "Nordrhein-Westfalen",
    "Rheinland-Pfalz",
    "Saarland",
    "Sachsen",
    "Sachsen-Anhalt",
    "Schleswig-Holstein",
    "Thüringen",
}
_MISSPELT = {"Niedersachen": "Niedersachsen"}
_FEDERATION = "Bundesrepublik Deutschland"
_COUNTY = re.compile(r"^(?:Landkreis |Region Hannover$|Regionalverband |Städteregion )")
_KINDS = ("county", "city", "state", "federation")

# The older list abbreviates; the newer one writes out. Longest first.
_SHORT = {
    " a.d. ": " an der ",
    " a. ": " am ",
    " i.d. OPf.": " in der Oberpfalz",
    " i. ": " im ",
    "(Weser)": "/Weser",
}
_COUNTIES = {"Landkreis", "Kreis"}
_QUARTERS = ("smallest", "second", "third", "largest")


def build(run: Run) -> list[Table]:
    """Return the tables of town halls: by name, by size, and X in two lists."""
    halls = _halls(run)
    both = _matched(halls, _older(run))
    return [_by_name(halls), _by_size(both), _two_lists(both)]


def _halls(run: Run) -> pd.DataFrame:
    raw = pd.read_csv(run.raw(SLUG, "data/16.csv"), dtype="str")
    body = raw["Name"].str.strip().replace(_MISSPELT)
    columns = {platform.casefold(): listed(raw, platform) for platform in PLATFORMS}
    frame = pd.DataFrame({"body": body, "kind": body.map(_kind), **columns})
    return frame.assign(account=raw["SM_XID"].where(columns["x"]))


def _kind(body: str) -> str:
    if body == _FEDERATION:
        return "federation"
    if body in _STATES:
        return "state"
    return "county" if _COUNTY.match(body) else "city"


def _older(run: Run) -> pd.DataFrame:
    """Return the list of February 2023, without the boroughs of Berlin, by kind and name."""
    raw = pd.read_csv(run.raw(_OLDER, "prepared/counties_2023-02.csv"), dtype="str")
    raw = raw[raw["LK_Type"] != "Bezirk"]
    name = raw["LK_Name"]
    for short, long in _SHORT.items():
        name = name.str.replace(short, long, regex=False)
    return pd.DataFrame(
        {
            "kind": raw["LK_Type"].isin(_COUNTIES).map({True: "county", False: "city"}),
            "key": name.map(_key),
            "population": raw["Population"].astype(int),
            "older_account": raw["Twitter ID"],
            "older_state": raw["Twitter Account"].map({"?": "unknown", "-": "none"}),
        }
    )


def _key(name: str) -> str:
    bare = re.sub(r"\(.*?\)", "", name.casefold()).replace("landkreis ", "")
    return re.sub(r"[^a-zäöüß]", "", bare.replace("kreis ", ""))


def _matched(halls: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    """Return the 400 counties and cities that stand in both lists, by quarter of population."""
    frame = halls.assign(key=halls["body"].map(_key)).merge(
        older, on=["kind", "key"], validate="one_to_one"
    )
    quarters = frame.groupby("kind")["population"].transform(
        lambda people: pd.qcut(people, 4, labels=False)
    )
    return frame.assign(quarter=quarters.map(dict(enumerate(_QUARTERS))))


def _by_name(halls: pd.DataFrame) -> Table:
    return Table(
        name="german_town_halls",
        title="Germany's counties, cities and states on five platforms, March 2026",
        description=(
            "Whether each of 294 counties, 109 cities (all cities outside counties, and Aachen, "
            "Göttingen and Hannover), 13 states and the federation has an account on X, Facebook, "
            "YouTube, Instagram and TikTok. Researchers of the Leibniz Institute for Media "
            "Research looked for each; no account means that they looked and found none."
        ),
        frame=halls.drop(columns="account").sort_values(["kind", "body"], ignore_index=True),
        fields=_NAMED,
        key=("body",),
        slugs=(SLUG,),
        caveats=(
            "Berlin, Hamburg and Bremen are cities and states at once; they count as cities here.",
            "The kind is derived here from the name.",
        ),
    )


def _by_size(both: pd.DataFrame) -> Table:
    columns = [platform.casefold() for platform in PLATFORMS]
    counts = both.groupby(["kind", "quarter"])[columns].sum().reset_index()
    frame = counts.melt(["kind", "quarter"], var_name="platform", value_name="listed")
    size = both.groupby(["kind", "quarter"])["population"]
    groups = pd.DataFrame({"bodies": size.size(), "median_population": size.median().round()})
    frame = frame.merge(groups.reset_index(), on=["kind", "quarter"])
    frame["platform"] = frame["platform"].map({p.casefold(): p for p in PLATFORMS})
    return Table(
        name="german_town_halls_by_size",
        title="German counties and cities on five platforms by number of inhabitants",
        description=(
            "The 294 counties and the 106 cities outside counties that stand in the list of March "
            "2026 and in one of February 2023 with their inhabitants, in quarters of counties and "
            "quarters of cities, with the bodies that have an account."
        ),
        frame=_sorted(frame)[[field.name for field in _SIZED]],
        fields=_SIZED,
        key=("kind", "quarter", "platform"),
        slugs=(SLUG, _OLDER),
        caveats=(
            "Counties and cities were put into quarters apart: those of the same quarter differ in "
            "size.",
        ),
    )


def _two_lists(both: pd.DataFrame) -> Table:
    older = both["older_account"].notna()
    frame = both.assign(
        both=older & both["x"],
        only_older=older & ~both["x"],
        only_newer=~older & both["x"],
        neither=~older & ~both["x"],
        same_account=older & both["account"].eq(both["older_account"]),
        newer_unknown=both["x"] & both["older_state"].eq("unknown"),
    )
    columns = ["both", "same_account", "only_older", "only_newer", "newer_unknown", "neither"]
    groups = frame.groupby(["kind", "quarter"])
    counts = groups[columns].sum().assign(bodies=groups.size()).reset_index()
    return Table(
        name="german_town_halls_x_lists",
        title="German counties and cities on X in two lists, February 2023 and March 2026",
        description=(
            "The 294 counties and 106 cities that stand in two lists made apart: a volunteer's of "
            "February 2023 and a research institute's of March 2026, by whether each list names "
            "an account on Twitter or X, in quarters of inhabitants."
        ),
        frame=_sorted(counts)[[field.name for field in _LISTS]],
        fields=_LISTS,
        key=("kind", "quarter"),
        slugs=(SLUG, _OLDER),
        caveats=(
            "A difference between the lists may be a change of the town hall or of the list: the "
            "volunteer left a question mark where nobody had told him of an account.",
            "Krefeld and Passau stand in the older list with accounts that were not to be read on "
            "that day; they count as without one.",
            "Twelve boroughs of Berlin and Eisenach, a city outside a county until 2021, stand in "
            "the older list alone and are left out.",
        ),
    )


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    order = {quarter: place for place, quarter in enumerate(_QUARTERS)}
    return frame.sort_values(
        [name for name in ("kind", "quarter", "platform") if name in frame],
        key=lambda column: column.map(order) if column.name == "quarter" else column,
        ignore_index=True,
    )


_KIND = Field(
    "kind", "string", "Kind of body", constraints={"required": True, "enum": [*_KINDS[:2]]}
)
_QUARTER = Field(
    "quarter",
    "string",
    "Quarter of the bodies of that kind by inhabitants",
    constraints={"required": True, "enum": [*_QUARTERS]},
)
_COUNT = {"required": True, "minimum": 0, "maximum": 80}
_NAMED = (
    Field("body", "string", "Name of the body, in German", constraints={"unique": True}),
    Field("kind", "string", "Kind of body", constraints={"required": True, "enum": sorted(_KINDS)}),
    *(
        Field(
            platform.casefold(),
            "boolean",
            f"Has an account on {platform}; false: looked for, and there is none",
            constraints={"required": True},
        )
        for platform in PLATFORMS
    ),
)
_SIZED = (
    _KIND,
    _QUARTER,
    Field(
        "platform",
        "string",
        "Name of the platform",
        constraints={"required": True, "enum": sorted(PLATFORMS)},
    ),
    Field("bodies", "integer", "Bodies of that kind and quarter", "bodies", _COUNT),
    Field("listed", "integer", "Of these, bodies with an account", "bodies", _COUNT),
    Field("median_population", "integer", "Median of their inhabitants", "people"),
)
_LISTS = (
    _KIND,
    _QUARTER,
    Field("bodies", "integer", "Bodies of that kind and quarter", "bodies", _COUNT),
    Field("both", "integer", "Bodies with an account in both lists", "bodies", _COUNT),
    Field("same_account", "integer", "Of these, with the same account", "bodies", _COUNT),
    Field(
        "only_older", "integer", "Bodies with an account in the older list only", "bodies", _COUNT
    ),
    Field(
        "only_newer", "integer", "Bodies with an account in the newer list only", "bodies", _COUNT
    ),
    Field(
        "newer_unknown",
        "integer",
        "Of these, bodies with a question mark in the older list",
        "bodies",
        _COUNT,
    ),
    Field("neither", "integer", "Bodies without an account in both lists", "bodies", _COUNT),
)
