"""Facebook pages run from Canada: what the public's interactions went to, before and in 2020."""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from pipeline.run import Run
from pipeline.sources import gc_socials
from pipeline.table import Field, Table

_SLUG = "facebook-canada"
_ALL = "pages-canada-nb-interactions.csv"
_LATE = "pages-canada-nb-interactions-2020.csv"
_LEADER = "Justin Trudeau"

# The premiers in office from January to June 2020 who have a page under their own name.
_PREMIERS = (
    "Blaine Higgs",
    "Dennis King",
    "Dwight Ball, 13th Premier of Newfoundland and Labrador",
    "François Legault",
    "Jason Kenney",
    "John Horgan",
    "Scott Moe",
    "Stephen McNeil",
)

# Words in a page's name that make it a public body's; each match was read by a person, and so was
# each page that the federal list of accounts names.
_WORDS = {
    "police": (
        r"\bpolice\b",
        r"\brcmp\b",
        r"royal canadian mounted",
        r"gendarmerie royale",
        r"sûreté du québec",
        r"alberta sheriffs",
    ),
    "armed forces": (
        r"armed forces",
        r"forces armées",
        r"royal canadian (?:air|navy)",
        r"canadian (?:army|forces)",
        r"cf combat camera",
    ),
    "government": (
        r"government of (?:alberta|british|newfoundland|new brunswick|saskatchewan|canada)",
        r"^(?:nova scotia|ontario|prince edward island) government$",
        r"^gouvernement du ",
        r"^ministère d",
        r"^ontario ministry of",
        r"^ministry of indigenous",
        r"^department of finance",
        r"canada revenue|agence du revenu|revenu québec",
        r"food inspection|inspection des aliments",
        r"border services|services frontaliers",
        r"space agency|agence spatiale",
        r"parks canada|parcs canada|^(?:bc|alberta|ontario) parks$",
        r"gc\.ca",
        r"(?:high commission|embassy|consulate general) of canada",
        r"(?:ambassade|ambasciata) d(?:u|el) canada",
        r"^canada in (?:iraq|the uae)",
        r"global affairs canada",
        r"(?:ottawa|toronto|guelph) public health|^public health sudbury|santé publique",
        r"canadiens en santé|alberta health services",
        r"wildfire|emergency alert",
    ),
    "municipality": (
        r"^(?:the )?(?:city|town|municipal district|regional district) of ",
        r"^ville de |^arrondissement d|^mrc d",
        r"^niagara region$|^york region|^strathcona county$|municipal government$",
    ),
}
_NOT_PUBLIC = r"association|federation|spotted|canada police report|officers united|interpretive"


def build(run: Run) -> list[Table]:
    """Return the tables ``canada_public_pages`` and ``canada_page_kinds``."""
    frame = _pages(run)
    public = frame[frame["kind"] != "other"].sort_values(["kind", "page"])
    sums = frame.groupby("kind", as_index=False)[_SUMS].sum()
    sums.insert(1, "pages", sums["kind"].map(frame["kind"].value_counts()))
    return [
        Table(
            name="canada_public_pages",
            title="Facebook pages of leaders and public bodies in Canada, 2018–2020",
            description=(
                "Pages of Canada's prime minister, eight premiers and 264 public bodies, found by "
                "their names among the 13,521 pages that are run from Canada and published at "
                "least one of the 30,000 most popular posts of a month on Facebook, January 2018 "
                "to June 2020."
            ),
            frame=public[[field.name for field in _PAGE_FIELDS]],
            fields=_PAGE_FIELDS,
            key=("page",),
            slugs=(_SLUG, gc_socials.SLUG),
            caveats=(_FOUND, _PERSON),
        ),
        Table(
            name="canada_page_kinds",
            title="Popular posts on Facebook in Canada by kind of page, 2018–2020",
            description=(
                "The 899,999 most popular posts of Facebook pages run from Canada, 30,000 a month "
                "from January 2018 to June 2020, and the interactions with them, by kind of page."
            ),
            frame=sums,
            fields=(_PAGE_FIELDS[0], _NUMBER_OF_PAGES, *_SUM_FIELDS),
            key=("kind",),
            slugs=(_SLUG, gc_socials.SLUG),
            caveats=(_FOUND, _PERSON),
        ),
    ]


def kind(page: str, federal: Collection[str] = ()) -> str:
    """Return the kind of a page by its name, given the names on the federal list."""
    if page == _LEADER:
        return "prime minister"
    if page in _PREMIERS:
        return "premier"
    if re.search(_NOT_PUBLIC, page, re.IGNORECASE):
        return "other"
    found = (
        name
        for name, words in _WORDS.items()
        if any(re.search(word, page, re.IGNORECASE) for word in words)
    )
    return next(found, "government" if _folded(page) in federal else "other")


def _folded(name: str) -> str:
    return name.strip().casefold()


def _federal(run: Run) -> set[str]:
    # Names of all Facebook pages that were on the list in 2024 to 2026, also those taken off.
    files = ("sm.csv", "deleted_rows.csv")
    rows = pd.concat(pd.read_csv(run.raw(gc_socials.SLUG, name)) for name in files)
    facebook = rows["Platform"].str.strip().str.casefold() == "facebook"
    return {_folded(name) for name in rows.loc[facebook, "Account"].dropna()}


def _pages(run: Run) -> pd.DataFrame:
    federal = _federal(run)
    whole, late = (pd.read_csv(run.raw(_SLUG, path)) for path in (_ALL, _LATE))
    frame = whole.merge(late, "left", "page", suffixes=("", "_2020")).fillna(0)
    return frame.assign(
        kind=[kind(page, federal) for page in frame["page"]],
        posts_2018_2019=frame["nb"] - frame["nb_2020"],
        posts_2020=frame["nb_2020"],
        interactions_2018_2019=frame["interactions"] - frame["interactions_2020"],
    )


_FOUND = (
    "Kinds were given by words in the page's name, and by the federal government's list of its "
    "accounts of 2024 to 2026; the matches were read. A public body with neither is among the "
    "other pages. Some premiers have no page under their own name."
)
_PERSON = (
    "A leader's page is the person's: it was there before the office. Premiers are those in "
    "office from January to June 2020, some of whom were not yet in office in 2018."
)
_SUMS = ["posts_2018_2019", "posts_2020", "interactions_2018_2019", "interactions_2020"]
_KINDS = ["prime minister", "premier", *_WORDS, "other"]
_NUMBER_OF_PAGES = Field("pages", "integer", "Pages of the kind", "pages", {"minimum": 1})
_COUNT = {"minimum": 0}
_SUM_FIELDS = (
    Field("posts_2018_2019", "integer", "Popular posts in the 24 months before", "posts", _COUNT),
    Field("posts_2020", "integer", "Popular posts, January to June 2020", "posts", _COUNT),
    Field(
        "interactions_2018_2019",
        "integer",
        "Reactions, comments and shares of the popular posts of 2018 and 2019",
        "interactions",
        _COUNT,
    ),
    Field(
        "interactions_2020",
        "integer",
        "Reactions, comments and shares of the popular posts of January to June 2020",
        "interactions",
        _COUNT,
    ),
)
_PAGE_FIELDS = (
    Field("kind", "string", "Kind of page", constraints={"enum": _KINDS}),
    Field("page", "string", "Name of the page", constraints={"required": True}),
    *_SUM_FIELDS,
)
