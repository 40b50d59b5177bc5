"""World leaders on social media (Barberá and Zeitzoff): when governments arrived, on what."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.sources import wdi
from pipeline.table import Field, Table

_SLUG = "world-leaders-isq"

# Platform and kind of account behind each upstream column, and the column of first months.
_FLAGS = {
    "leader_active_tw_personal": ("twitter", "personal", "first_twitter_personal"),
    "leader_active_tw_institution": ("twitter", "institution", "first_twitter_institution"),
    "leader_active_tw_any": ("twitter", "any", "first_twitter"),
    "leader_active_fb_personal": ("facebook", "personal", "first_facebook_personal"),
    "leader_active_fb_institution": ("facebook", "institution", "first_facebook_institution"),
    "leader_active_fb_any": ("facebook", "any", "first_facebook"),
    "leader_active_personal_any": ("any", "personal", "first_personal"),
    "leader_active_institution_any": ("any", "institution", "first_institution"),
    "leader_active_any": ("any", "any", "first_any"),
}
_PLATFORMS = {
    "Number of Followers on Twitter": "twitter",
    "Number of Likes on Facebook": "facebook",
}

# The one country of the study that the World Bank does not list.
_REGION_OF_HOLY_SEE = {"VAT": "Europe & Central Asia"}


def build(run: Run) -> list[Table]:
    """Return the tables of arrivals by month and country, and of audiences."""
    panel = _panel(run)
    accounts = _accounts(run)
    return [
        _adoption(panel),
        _first_months(panel, run),
        _audiences(accounts),
        _largest(accounts, _leaders(run)),
    ]


def _panel(run: Run) -> pd.DataFrame:
    # "NA" would be Namibia.
    return pd.read_csv(
        run.raw(_SLUG, "data/data01-leader-adoption.csv"),
        parse_dates=["month"],
        keep_default_na=False,
    )


def _adoption(panel: pd.DataFrame) -> Table:
    by_month = panel.groupby("month")[list(_FLAGS)].sum()
    frame = by_month.melt(ignore_index=False, var_name="flag", value_name="active").reset_index()
    frame["platform"] = frame["flag"].map({flag: name[0] for flag, name in _FLAGS.items()})
    frame["kind"] = frame["flag"].map({flag: name[1] for flag, name in _FLAGS.items()})
    frame["countries"] = panel["iso3c"].nunique()
    names = [field.name for field in _ADOPTION_FIELDS]
    return Table(
        name="leader_adoption",
        title="Governments active on Twitter and Facebook, by month, 2007–2015",
        description=(
            "How many of 195 countries (the members of the United Nations, the Holy See and "
            "Palestine) had a leader or leader's office active on Twitter or Facebook by each "
            "month, January 2007 to August 2015, as coded by Barberá and Zeitzoff."
        ),
        frame=frame[names].sort_values(names[:3]),
        fields=_ADOPTION_FIELDS,
        key=("month", "platform", "kind"),
        slugs=(_SLUG,),
        caveats=(_UNSEEN, MISNAMED),
    )


_UNSEEN = (
    "For New Zealand, Spain and Vietnam the study names a Twitter account of the leader, of which "
    "the panel knows no activity: empty there is not none."
)
# Each with its reason: govsocial/countries/misnamed.py.
MISNAMED = (
    "Some accounts are by their names somebody else's, and are counted as the study gives them: "
    "for Pakistan's office Oman's portal (@eomanportal), for Uzbekistan's Uruguay's presidency "
    "(@Scpresidenciauy), for North Macedonia's the governing party (@VMRO_DPMNE), for that of Laos "
    "on Facebook the former kingdom (LaosKingdom); for the leader of Saudi Arabia Jordan's royal "
    "court (@RHCJO), of Switzerland the government's spokesman (@BR_Sprecher), of the Holy See, "
    "in the list the president of the Governorate, the pope (@pontifex)."
)
_ADOPTION_FIELDS = (
    Field("month", "date", "First day of the month", constraints={"required": True}),
    Field(
        "platform",
        "string",
        "Platform; any = on at least one of the two",
        constraints={"enum": ["twitter", "facebook", "any"]},
    ),
    Field(
        "kind",
        "string",
        "Kind of account: the leader's own (personal) or the office's (institution)",
        constraints={"enum": ["personal", "institution", "any"]},
    ),
    Field(
        "active",
        "integer",
        "Countries active in this month or before",
        "countries",
        {"minimum": 0, "maximum": 195},
    ),
    Field("countries", "integer", "Countries in the study", "countries", {"enum": [195]}),
)


def _first_months(panel: pd.DataFrame, run: Run) -> Table:
    first = {
        column: panel[panel[flag] == 1].groupby("iso3c")["month"].min()
        for flag, (_, _, column) in _FLAGS.items()
    }
    leaders = _leaders(run)
    region = {**wdi.regions(run), **_REGION_OF_HOLY_SEE}
    frame = pd.DataFrame(first, index=leaders.index).rename_axis("iso3").reset_index()
    frame["country"] = frame["iso3"].map(leaders["State"].str.strip())
    frame["region"] = frame["iso3"].map(region)
    return Table(
        name="leader_first_months",
        title="First month on Twitter and Facebook, by country, 2007–2015",
        description=(
            "The first month in which each of 195 countries had a leader or leader's office "
            "active on a platform, read from the monthly panel of Barberá and Zeitzoff (January "
            "2007 to August 2015). Empty: not by August 2015."
        ),
        frame=frame[[field.name for field in _FIRST_FIELDS]].sort_values("iso3"),
        fields=_FIRST_FIELDS,
        key=("iso3",),
        slugs=(_SLUG, "wdi"),
        caveats=(
            "Nine countries first appear on Facebook before November 2007, when organisations "
            "could first have pages: some early dates may be posts dated back, or a person's "
            "profile.",
            "The Holy See, which the World Bank does not list, is put in Europe & Central Asia.",
            _UNSEEN,
            MISNAMED,
        ),
    )


def _leaders(run: Run) -> pd.DataFrame:
    path = run.raw(_SLUG, "data/world-leaders-social-media.csv")
    return pd.read_csv(path, keep_default_na=False, index_col="iso3c")


def _first(column: str, words: str) -> Field:
    bounds = {"minimum": "2007-01-01", "maximum": "2015-08-01"}
    return Field(column, "date", f"First month active {words}", constraints=bounds)


_FIRST_FIELDS = (
    Field("iso3", "string", "ISO 3166-1 alpha-3 code", constraints={"pattern": "[A-Z]{3}"}),
    Field("country", "string", "Country, as the study names it", constraints={"required": True}),
    Field("region", "string", "Region of the World Bank", constraints={"required": True}),
    _first("first_twitter_personal", "on Twitter with the leader's own account"),
    _first("first_twitter_institution", "on Twitter with the office's account"),
    _first("first_twitter", "on Twitter"),
    _first("first_facebook_personal", "on Facebook with the leader's own page"),
    _first("first_facebook_institution", "on Facebook with the office's page"),
    _first("first_facebook", "on Facebook"),
    _first("first_personal", "on either platform with the leader's own account"),
    _first("first_institution", "on either platform with the office's account"),
    _first("first_any", "on either platform"),
)


def _accounts(run: Run) -> pd.DataFrame:
    accounts = pd.read_csv(
        run.raw(_SLUG, "data/data02-user-profiles.csv"), dtype={"merge": "string"}
    )
    # One account can serve as the leader's and the office's: it has one audience.
    accounts = accounts.drop_duplicates("merge").dropna(subset=["audience"])
    return accounts.assign(platform=accounts["platform"].map(_PLATFORMS))


def _audiences(accounts: pd.DataFrame) -> Table:
    world = accounts.assign(region="World")
    groups = pd.concat([accounts, world]).groupby(["platform", "region"])["audience"]
    frame = pd.DataFrame(
        {
            "accounts": groups.size(),
            "lower_quartile": groups.quantile(0.25),
            "median": groups.median(),
            "upper_quartile": groups.quantile(0.75),
            "total": groups.sum(),
        }
    ).round()
    return Table(
        name="leader_audiences",
        title="Audiences of leaders' accounts, by platform and region",
        description=(
            "Followers on Twitter and likes on Facebook of the accounts of leaders and their "
            "offices that Barberá and Zeitzoff counted: number of accounts, quartiles and total "
            "by region of the World Bank, and for the world."
        ),
        frame=frame.reset_index(),
        fields=_AUDIENCE_FIELDS,
        key=("platform", "region"),
        slugs=(_SLUG,),
        caveats=(
            *_COUNTED,
            "Six pages listed twice are counted once; one page without a count is left out.",
        ),
    )


_COUNTED = (
    "The day of the count is not given; the file is of April 2017, when several of the leaders had "
    "left office.",
    "A follower is an account, not a person; one person can follow many leaders.",
)
_LARGEST = 15


def _largest(accounts: pd.DataFrame, leaders: pd.DataFrame) -> Table:
    names = pd.concat(
        [
            leaders[[f"Twitter_{kind}", f"Twitter_{kind}_id"]]
            .set_axis(["account", "merge"], axis="columns")
            .assign(kind=kind)
            for kind in ("personal", "institution")
        ]
    ).drop_duplicates("merge")
    followed = accounts[accounts["platform"] == "twitter"].nlargest(_LARGEST, "audience")
    frame = followed.merge(names.reset_index(), on="merge", validate="1:1")
    return Table(
        name="leader_largest_accounts",
        title="The most followed accounts of leaders and their offices on Twitter",
        description=(
            f"The {_LARGEST} accounts with most followers among those of leaders and their offices "
            "on Twitter that Barberá and Zeitzoff counted (all of them: leader_audiences), with "
            "the country and whether the account bears the leader's name or the office's."
        ),
        frame=pd.DataFrame(
            {
                "account": frame["account"].str.rsplit("/").str[-1].str.lstrip("@"),
                "iso3": frame["iso3c"],
                "kind": frame["kind"],
                "followers": frame["audience"],
            }
        ),
        fields=(
            Field("account", "string", "Account on Twitter", constraints={"required": True}),
            Field("iso3", "string", "ISO 3166-1 alpha-3 code", constraints={"pattern": "[A-Z]{3}"}),
            Field(
                "kind",
                "string",
                "Whether the account is the leader's own or the office's",
                constraints={"enum": ["personal", "institution"]},
            ),
            Field("followers", "integer", "Followers", "followers", {"minimum": 1}),
        ),
        key=("account",),
        slugs=(_SLUG,),
        caveats=_COUNTED,
    )


def _audience(column: str, words: str) -> Field:
    return Field(column, "integer", words, "followers or likes", {"minimum": 0})


_AUDIENCE_FIELDS = (
    Field(
        "platform",
        "string",
        "Platform of the accounts",
        constraints={"enum": ["facebook", "twitter"]},
    ),
    Field("region", "string", "Region of the World Bank, or World", "", {"required": True}),
    Field("accounts", "integer", "Accounts counted", "accounts", {"minimum": 1}),
    _audience("lower_quartile", "Audience that a quarter of the accounts do not reach"),
    _audience("median", "Audience of the account in the middle"),
    _audience("upper_quartile", "Audience that a quarter of the accounts exceed"),
    _audience("total", "Sum of the audiences; people who follow several leaders count each time"),
)
