"""Mentions among 63 accounts of leaders and governments, their posts, and their hashtags."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "world-leaders-tweets-2008-2017"

# Assigned by hand from the names of the accounts and of the offices their owners held.
_HOMES = {
    "ARE": ("HHShkMohd",),
    "ARG": ("CFKArgentina",),
    "AUS": ("JuliaGillard",),
    "AZE": ("azpresident",),
    "BEL": ("eliodirupo",),
    "BRA": ("dilmabr",),
    "CAN": ("stephenharper",),
    "CHL": ("GobiernodeChile", "sebastianpinera"),
    "COL": ("AlvaroUribeVel", "JuanManSantos"),
    "CRI": ("Laura_Ch", "presidenciacr"),
    "DNK": ("larsloekke",),
    "ECU": ("Presidencia_Ec",),
    "EGY": ("MuhammadMorsi",),
    "ESP": ("desdelamoncloa",),
    "EST": ("IlvesToomas",),
    "EU": ("JMDBarroso", "eucopresident"),
    "FRA": ("Elysee", "NicolasSarkozy", "fhollande"),
    "GBR": ("David_Cameron", "Number10gov"),
    "GHA": ("JDMahama",),
    "GRC": ("PrimeministerGR",),
    "GTM": ("ottoperezmolina",),
    "HND": ("PEPE_LOBO",),
    "HRV": ("ivojosipovic",),
    "IND": ("PMOIndia",),
    "ISR": ("netanyahu",),
    "JOR": ("PrimeMinistry", "QueenRania", "SamirAlRifai"),
    "JPN": ("hatoyamayukio",),
    "LBN": ("SleimanMichel",),
    "LBY": ("MustafaAG",),
    "LVA": ("VDombrovskis",),
    "MDV": ("DrWaheedH",),
    "MEX": ("FelipeCalderon", "PresidenciaMX"),
    "MNE": ("MeGovernment",),
    "MYS": ("NajibRazak",),
    "NLD": ("MinPres",),
    "NOR": ("jensstoltenberg",),
    "NZL": ("RtHon_JohnKey",),
    "PAN": ("rmartinelli",),
    "PER": ("prensapalacio",),
    "PHL": ("noynoyaquino",),
    "RUS": ("MedvedevRussiaE", "PutinRF_Eng"),
    "RWA": ("PaulKagame",),
    "THA": ("AV_Abhisit",),
    "TUR": ("RT_Erdogan", "cbabdullahgul"),
    "TZA": ("jmkikwete",),
    "UGA": ("AmamaMbabazi",),
    "USA": ("BarackObama", "ObamaWhiteHouse", "realDonaldTrump"),
    "VEN": ("chavezcandanga",),
    "ZAF": ("SAPresident",),
}
_HOME = {account: home for home, accounts in _HOMES.items() for account in accounts}

# Two owners moved from a government to an organisation in 2014.
_MOVED = {"jensstoltenberg": "NATO", "VDombrovskis": "EU"}
_MOVED_IN = 2014

# Hashtags that at least so many accounts used three times or more in one year.
_WIDESPREAD = 5


def build(run: Run) -> list[Table]:
    """Return the tables of mentions, of accounts by year, and of hashtags by year."""
    return [_mentions(run), _years(run), _hashtags(run)]


def _home(account: pd.Series[str], year: pd.Series[int]) -> pd.Series[str]:
    moved = account.map(_MOVED).where(year >= _MOVED_IN)
    return moved.fillna(account.map(_HOME))


def _mentions(run: Run) -> Table:
    pairs = pd.read_csv(run.raw(_SLUG, "prepared/peer_mentions.csv"))
    frame = pairs.assign(
        source_home=_home(pairs["source"], pairs["year"]),
        target_home=_home(pairs["target"], pairs["year"]),
    ).rename(columns={"n": "mentions"})
    keys = ["source", "target", "year"]
    return Table(
        name="leader_mentions",
        title="Mentions among 63 accounts of leaders and governments by year, to October 2017",
        description=(
            "How often the stored posts of one of 63 Twitter accounts of leaders, governments and "
            "their offices name another of the 63, by year (UTC), retweets included. The stored "
            "posts are the latest of each account in October 2017, some 3,200 at most."
        ),
        frame=frame[[field.name for field in _MENTION_FIELDS]].sort_values(keys),
        fields=_MENTION_FIELDS,
        key=tuple(keys),
        slugs=(_SLUG,),
        caveats=(_SPACED, _BY_HAND),
    )


def _years(run: Run) -> Table:
    posts = run.connection.read_csv(str(run.raw(_SLUG, "prepared/posts_metadata.csv.gz")))
    own = ~posts.is_rt
    counts = (
        posts.group_by(account=posts.user, year=posts.created_at.year().cast("int64"))
        .aggregate(
            posts=posts.count(),
            own_posts=posts.count(where=own),
            tagged=posts.count(where=own & (posts.n_hashtags > 0)),
        )
        .order_by("account", "year")
    )
    frame = counts.to_pyarrow().to_pandas()
    frame.insert(1, "home", _home(frame["account"], frame["year"]))
    return Table(
        name="leader_account_years",
        title="Posts and posts with a hashtag of 63 accounts by year, to October 2017",
        description=(
            "Stored posts of 63 Twitter accounts of leaders, governments and their offices, the "
            "latest of each in October 2017, some 3,200 at most, by year (UTC): all of them, those "
            "that are not retweets, and those of the latter that hold a hashtag."
        ),
        frame=frame.sort_values(["account", "year"]),
        fields=_YEAR_FIELDS,
        key=("account", "year"),
        slugs=(_SLUG,),
        caveats=(
            "The first year of an account is the first that the collection reaches, not that of "
            "its first post.",
            _SPACED,
            _BY_HAND,
        ),
    )


def _hashtags(run: Run) -> Table:
    uses = pd.read_csv(run.raw(_SLUG, "prepared/hashtags_by_user_year.csv.gz"), na_filter=False)
    counts = uses.groupby(["hashtag", "year"], as_index=False).agg(
        accounts=("user", "nunique"), uses=("n", "sum")
    )
    most = counts.groupby("hashtag")["accounts"].transform("max")
    return Table(
        name="leader_hashtags",
        title="Hashtags shared by leaders and governments by year, to October 2017",
        description=(
            "Hashtags that at least five of 63 Twitter accounts of leaders, governments and their "
            "offices used three times or more in one year: for each year, the accounts that used "
            "them three times or more, and how often those used them. Retweets count."
        ),
        frame=counts[most >= _WIDESPREAD].sort_values(["hashtag", "year"]),
        fields=_HASHTAG_FIELDS,
        key=("hashtag", "year"),
        slugs=(_SLUG,),
        caveats=(
            "A year without a row: no account used the hashtag three times or more.",
            _SPACED,
        ),
    )


_SPACED = (
    "Names and hashtags that the translation tore from their sign were not counted, most of all "
    "in posts that are not in Latin letters."
)
_BY_HAND = (
    "The country or organisation of an account was assigned by hand; it stays when its owner "
    "leaves office. Two owners moved to an organisation and count there from 2014 on."
)
_REQUIRED = {"required": True}
_YEAR = Field(
    "year", "year", "Year (UTC)", constraints={"required": True, "minimum": 2008, "maximum": 2017}
)
_PLACE = {"required": True, "pattern": "[A-Z]{3}|EU|NATO"}
_MENTION_FIELDS = (
    Field("source", "string", "Account whose posts name the other", constraints=_REQUIRED),
    Field("source_home", "string", "Its country (ISO 3166-1), EU or NATO", constraints=_PLACE),
    Field("target", "string", "Account that is named", constraints=_REQUIRED),
    Field("target_home", "string", "Its country (ISO 3166-1), EU or NATO", constraints=_PLACE),
    _YEAR,
    Field("mentions", "integer", "Posts that name it", "posts", {"required": True, "minimum": 1}),
)
_YEAR_FIELDS = (
    Field("account", "string", "Name of the account", constraints=_REQUIRED),
    Field("home", "string", "Its country (ISO 3166-1), EU or NATO", constraints=_PLACE),
    _YEAR,
    Field("posts", "integer", "Stored posts", "posts", {"minimum": 1, "maximum": 3248}),
    Field("own_posts", "integer", "Those that are not retweets", "posts", {"minimum": 0}),
    Field("tagged", "integer", "Own posts with a hashtag", "posts", {"minimum": 0}),
)
_HASHTAG_FIELDS = (
    Field("hashtag", "string", "Hashtag in lower case, without its sign", constraints=_REQUIRED),
    _YEAR,
    Field(
        "accounts",
        "integer",
        "Accounts that used it three times or more",
        "accounts",
        {"minimum": 1, "maximum": 63},
    ),
    Field("uses", "integer", "How often those accounts used it", "uses", {"minimum": 3}),
)
