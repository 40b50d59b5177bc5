"""Chinese diplomats on Twitter: accounts, audiences and languages, never account by account."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

SLUG = "china-twiplomacy"
PERIODS = {
    "whole": "2019-11-01..2022-04-30",
    "first": "2019-11-01..2021-02-28",
    "second": "2021-03-01..2022-04-30",
}
_COLLECTED = pd.Timestamp("2022-06-08")

# The account of the consulate in Hamburg up to February 2021, under its earlier name.
_TWICE = "@GeneralkonsulDu (suspended)"
_ONCE = (
    "The published list names 65 diplomatic handles. Two of them, of the consulate in Hamburg and "
    "of its consul general, agree almost exactly in every count up to February 2021, and the "
    "second has none after; they are taken here for one account that changed its name."
)

_OFFICES = {
    "embassy": r"^Embassy of",
    "consulate": r"^Consulate General of",
    "permanent mission": r"^Mission of",
    "ministry": r"^(?:Ministry|Department|State Council)",
}
# Who holds an account says where: the country of an embassy, the city of a consulate, or the
# organisation, with the city where it has more than one office.
_PLACES = {
    "embassy": r"(?:Embassy (?:of .*)?in .*,|Ambassador to(?: the)?) (?P<place>[^,]+)$",
    "consulate": r"Consul(?:ate)? General (?:of the P\.R\.C\. )?in (?P<place>[^,]+),",
    "permanent mission": r"to the (?P<place>[EU]\.[UN]\.(?: office in \w+)?)",
}
_HEAD = r", (?P<former>former )?(?:Chinese )?(?:Ambassador|Consul General)"

_HOSTS = {
    "English-speaking countries": ("U.K.", "U.S.", "Canada", "Australia"),
    "Denmark": ("Denmark",),
    "France": ("France",),
    "Germany": ("Germany",),
    "Italy": ("Italy",),
    "Japan": ("Japan",),
    "Russia and Ukraine": ("Russia", "Ukraine"),
    "international organisations": ("organisation",),
    "at home": ("home",),
}
_MEASURES = ("followers", "posts", "retweets")
_TOGETHER = 3
"""Accounts that stand together in a class."""
_DOMINANT = 0.05
"""Share of a total above which an account is a finding, and a class of its own."""
_FEW = 50
"""With fewer posts, an account's share says little about its habits."""


def build(run: Run) -> list[Table]:
    """Return the six tables on Chinese diplomats' accounts."""
    rows = read(run)
    whole = rows[(rows["handle"] != _TWICE) & (rows["period"] == "whole")]
    later = rows[rows["period"] == "second"].set_index("handle")["posts"]
    accounts = _described(whole.assign(later=whole["handle"].map(later)))
    return [
        _missions(accounts),
        _openings(accounts),
        _sizes(accounts),
        _seats(accounts),
        _heads(accounts),
        _languages(accounts),
    ]


def read(run: Run) -> pd.DataFrame:
    """Return the diplomatic accounts, one row per handle and period, with short names."""
    # As text: the number 2019.10 would lose its last zero, and October become January.
    path = run.raw(SLUG, "prepared/accounts_by_period.csv")
    rows = pd.read_csv(path, dtype={"date_created": "str"})
    return (
        rows[rows["group"] == "diplomacy"]
        .assign(
            period=rows["period"].map({span: name for name, span in PERIODS.items()}),
            opened=pd.to_datetime(rows["date_created"], format="%Y.%m"),
            hashtags=rows["hashtags_in_original_tweets"] + rows["hashtags_in_retweets"],
        )
        .rename(
            columns={
                "original_tweets_in_period": "posts",
                "original_tweets_in_english": "english",
                "retweets_by_handle_in_period": "retweets",
            }
        )
    )


def _described(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the kind of office or the person's post, its place and its host."""
    user = rows["user"].str.replace(r"U\.S$", "U.S.", regex=True)
    office = user.map(lambda name: _first(_OFFICES, name))
    home = (office == "ministry") | (office.isna() & user.str.endswith("P.R.C."))
    kind = user.map(lambda name: _first(_PLACES, name)).mask(home, "ministry")
    places = [user.str.extract(form)["place"] for form in _PLACES.values()]
    country = user.str.extract(r", ([^,]+)$")[0].mask(kind == "embassy", places[0])
    return rows.assign(
        user=user,
        kind=kind,
        holder=np.where(office.notna(), "office", "person"),
        place=places[0].fillna(places[1]).fillna(places[2]),
        host=country.mask(kind == "permanent mission", "organisation").mask(home, "home"),
    )


def _first(forms: dict[str, str], name: str) -> str | None:
    return next((key for key, form in forms.items() if re.search(form, name)), None)


def _missions(accounts: pd.DataFrame) -> Table:
    abroad = accounts[accounts["kind"] != "ministry"]
    frame = abroad.groupby("kind", as_index=False).agg(
        accounts=("handle", "size"), missions=("place", "nunique")
    )
    return Table(
        name="china_missions_twitter",
        title="Chinese missions with an account in a list of 2022",
        description=(
            "Chinese embassies, consulates and permanent missions with an account of "
            "their own, of their head or of their spokesperson among the diplomatic accounts on "
            "Twitter that a team at Aarhus University chose to follow from November 2019 to "
            "April 2022."
        ),
        frame=frame,
        fields=(
            _KIND,
            _ACCOUNTS,
            Field("missions", "integer", "Missions they belong to", "missions", {"minimum": 1}),
        ),
        key=("kind",),
        slugs=(SLUG,),
        caveats=(_ONCE,),
    )


_KIND = Field(
    "kind", "string", "Kind of mission", constraints={"required": True, "enum": [*_PLACES]}
)
_HOLDER = Field(
    "holder",
    "string",
    "Whose name the account bears: that of an office or of a person",
    constraints={"required": True, "enum": ["office", "person"]},
)
_ACCOUNTS = Field("accounts", "integer", "Number of accounts", "accounts", {"minimum": 1})


def _openings(accounts: pd.DataFrame) -> Table:
    quarter = accounts["opened"].dt.to_period("Q").dt.to_timestamp()
    frame = accounts.groupby([quarter.rename("quarter"), "holder"]).size().rename("accounts")
    return Table(
        name="china_account_openings",
        title="Accounts of Chinese diplomats by the quarter of their opening",
        description=(
            "The 64 diplomatic accounts on Twitter that a team at Aarhus University followed from "
            "November 2019 to April 2022, by the month that Twitter gave as their opening, "
            "summed to quarters."
        ),
        frame=frame.reset_index(),
        fields=(
            Field(
                "quarter",
                "date",
                "First day of the quarter in which the accounts were opened",
                constraints={"minimum": "2009-01-01", "maximum": "2022-01-01"},
            ),
            _HOLDER,
            _ACCOUNTS,
        ),
        key=("quarter", "holder"),
        slugs=(SLUG,),
        caveats=(_ONCE,),
    )


def _sizes(accounts: pd.DataFrame) -> Table:
    classes = pd.concat(
        [_classes(accounts[measure]).assign(measure=measure) for measure in _MEASURES]
    )
    return Table(
        name="china_account_sizes",
        title="Followers, posts and retweets of Chinese diplomats' accounts",
        description=(
            "How many of 64 diplomatic accounts on Twitter had how many followers on 8 June 2022, "
            "and wrote how many posts and passed on how many retweets between 1 November 2019 and "
            f"30 April 2022, in classes of {_TOGETHER} or more accounts of neighbouring size, each "
            f"with its mean; accounts with more than {_DOMINANT:.0%} of the total stand alone. The "
            "accounts were chosen by a team at Aarhus University."
        ),
        frame=classes[["measure", "value", "accounts"]].sort_values(["measure", "value"]),
        fields=(
            Field(
                "measure",
                "string",
                "What is counted; posts are without retweets",
                constraints={"required": True, "enum": list(_MEASURES)},
            ),
            Field(
                "value",
                "number",
                "Followers, posts or retweets of an account, mean of the class",
                "followers, posts or retweets",
                {"minimum": 0},
            ),
            _ACCOUNTS,
        ),
        key=("measure", "value"),
        slugs=(SLUG,),
        caveats=(_ONCE,),
    )


def _classes(values: pd.Series[int]) -> pd.DataFrame:
    """Return the means of neighbouring values, so many at a time; the largest stand alone.

    This is microaggregation: totals stay as they are, inequality nearly so, and no row is one
    account's, but for those whose size is a finding.

    References
    ----------
    Domingo-Ferrer and Mateo-Sanz (2002), Practical data-oriented microaggregation for statistical
    disclosure control, IEEE Transactions on Knowledge and Data Engineering 14(1), 189-201.
    """
    ordered = values.sort_values(ascending=False).astype(float)
    alone = int((ordered > _DOMINANT * ordered.sum()).sum())
    others = len(ordered) - alone
    # The last class takes what is left over.
    place = np.minimum(np.arange(others) // _TOGETHER, others // _TOGETHER - 1)
    classes = ordered.groupby(np.r_[np.arange(alone) - alone, place]).agg(["mean", "size"])
    return classes.set_axis(["value", "accounts"], axis="columns").round({"value": 2})


def _seats(accounts: pd.DataFrame) -> Table:
    seat = accounts["kind"].eq("ministry").map({True: "at home", False: "abroad"})
    groups = accounts.groupby([seat.rename("seat"), "holder"])["followers"]
    frame = groups.agg(accounts="size", followers="sum")
    quartiles = groups.quantile(np.array([0.25, 0.5, 0.75])).unstack()
    for name, share in (("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75)):
        frame[name] = _significant(quartiles[share], 2)
    frame["followers"] = _significant(frame["followers"], 4)
    return Table(
        name="china_account_seats",
        title="Followers of Chinese diplomats' accounts by seat and holder, June 2022",
        description=(
            "Followers on 8 June 2022 of 64 diplomatic accounts on Twitter, chosen by a team at "
            "Aarhus University, by where the holder served and whose name the account bears: sum "
            "(four significant digits) and quartiles (two)."
        ),
        frame=frame.reset_index(),
        fields=(
            Field(
                "seat",
                "string",
                "Whether the holder served at home or abroad",
                constraints={"required": True, "enum": ["at home", "abroad"]},
            ),
            _HOLDER,
            _ACCOUNTS,
            Field("followers", "integer", "Followers of all together", "followers", {"minimum": 0}),
            *(
                Field(name, "integer", f"{words} of the followers of an account", "followers")
                for name, words in (
                    ("lower_quartile", "Lower quartile"),
                    ("median", "Median"),
                    ("upper_quartile", "Upper quartile"),
                )
            ),
        ),
        key=("seat", "holder"),
        slugs=(SLUG,),
        caveats=(
            _ONCE,
            "The account of the mission's spokesperson at the United Nations, @CHN_UN_NY, counts "
            "as a person's; as an office's it would raise the lower quartile of persons abroad.",
        ),
    )


def _significant(values: pd.Series[float], digits: int) -> pd.Series[float]:
    """Return values rounded to a number of significant digits."""
    return values.map(lambda value: float(f"{value:.{digits - 1}e}"))


_NAMES = {
    "U.K.": "United Kingdom",
    "U.S.": "United States",
    "U.N.": "United Nations",
    "U.N. office in Geneva": "Geneva",
}


def _heads(accounts: pd.DataFrame) -> Table:
    abroad = accounts[accounts["kind"] != "ministry"]
    offices = abroad[abroad["holder"] == "office"].set_index("place")["followers"]
    found = abroad["user"].str.extract(rf"(?P<head>{_HEAD})")
    heads = abroad[found["head"].notna() & abroad["place"].isin(offices.index)]
    years = (_COLLECTED - heads["opened"]).dt.days / 365.25
    frame = pd.DataFrame(
        {
            "kind": heads["kind"],
            "place": heads["place"].replace(_NAMES),
            "head": np.where(found["former"].notna()[heads.index], "former", "in office"),
            "years": years.round(1),
            "ratio": _significant(heads["followers"] / heads["place"].map(offices), 2),
            "posts": _significant(heads["later"], 2).astype(int),
        }
    )
    return Table(
        name="china_heads_and_offices",
        title="Followers of heads of Chinese missions, relative to the mission's own account",
        description=(
            "For the ten missions that have an account of their own and one of an ambassador or "
            "consul general among 64 accounts chosen by a team at Aarhus University: "
            "the head's followers on 8 June 2022 divided by the mission's, and the posts of the "
            "head in the second of the team's two periods."
        ),
        frame=frame.sort_values(["kind", "place", "head"]),
        fields=(
            _KIND,
            Field(
                "place",
                "string",
                "Country, city or organisation of the mission",
                constraints={"required": True},
            ),
            Field(
                "head",
                "string",
                "Whether the head was in office when the list was made",
                constraints={"required": True, "enum": ["former", "in office"]},
            ),
            Field("years", "number", "Age of the head's account", "years", {"minimum": 0}),
            Field(
                "ratio",
                "number",
                "The head's followers divided by those of the mission's own account, rounded",
                "ratio",
                {"minimum": 0},
            ),
            Field(
                "posts",
                "integer",
                "The head's posts without retweets, March 2021 to April 2022, rounded to two "
                "significant digits",
                "posts",
                {"minimum": 0},
            ),
        ),
        key=("kind", "place", "head"),
        slugs=(SLUG,),
    )


def _languages(accounts: pd.DataFrame) -> Table:
    names = {host: name for name, hosts in _HOSTS.items() for host in hosts}
    hosts = accounts["host"].map(names).rename("hosts")
    many = accounts["posts"] >= _FEW
    share = (accounts["english"] / accounts["posts"]).where(many)
    groups = accounts.assign(share=share).groupby(hosts)
    frame = groups.agg(
        accounts=("handle", "size"), lowest=("share", "min"), highest=("share", "max")
    ).round(3)
    sums = groups[["posts", "english"]].sum()
    frame.insert(1, "posts", _significant(sums["posts"], 2))
    frame.insert(2, "english", (sums["english"] / sums["posts"]).round(3))
    return Table(
        name="china_post_languages",
        title="Posts of Chinese diplomats in English, by host country",
        description=(
            "Posts without retweets that 64 diplomatic accounts on Twitter, chosen by "
            "a team at Aarhus University, wrote between 1 November 2019 and 30 April 2022, and "
            "how many of them were in English, by where the holder served."
        ),
        frame=frame.reset_index(),
        fields=(
            Field(
                "hosts",
                "string",
                "Where the holders served",
                constraints={"required": True, "enum": [*_HOSTS]},
            ),
            _ACCOUNTS,
            Field(
                "posts",
                "integer",
                "Posts without retweets, rounded to two significant digits",
                "posts",
                {"minimum": 1},
            ),
            Field(
                "english",
                "number",
                "Share of English in the posts of all accounts together",
                "share of posts",
                {"minimum": 0, "maximum": 1},
            ),
            Field(
                "lowest",
                "number",
                f"Lowest share of English of an account with {_FEW} posts or more",
                "share of the account's posts",
                {"minimum": 0, "maximum": 1},
            ),
            Field(
                "highest",
                "number",
                f"Highest share of English of an account with {_FEW} posts or more",
                "share of the account's posts",
                {"minimum": 0, "maximum": 1},
            ),
        ),
        key=("hosts",),
        slugs=(SLUG,),
        caveats=(
            _ONCE,
            "English-speaking countries are Australia, Canada, the United Kingdom and the United "
            "States. How the language was told is not said.",
        ),
    )
