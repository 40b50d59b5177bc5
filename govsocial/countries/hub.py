"""The news agency's hub of 2012 as far as open tables go: who names whom, and countries over time.

The page of the site is made of this record alone: the script reads it, and what readers without a
script, or of paper, find in its place is made of it as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from govsocial import labels, networks, ranking, tables
from govsocial.countries import names, sentences
from govsocial.countries.facts import EFFORT, Facts, World
from govsocial.countries.places import ADDRESSES
from govsocial.language import translation
from govsocial.uncertainty import add_shares

_ = translation(__name__)

SHOWN = ("RUS", "USA", "ITA", "KEN")
"""Countries that are compared until a reader chooses others."""

FIRST_NAMED = 2011
"""First year of the shares of accounts that name a country: earlier ones have few accounts."""

_FIRST_EFFORT = 2003
"""The estimates of censorship begin ten years earlier; shown as on the pages of countries."""

TOP = 10
"""Rows of a ranking."""

SHARED = 5
"""Accounts that share a hashtag in a year: of tags of fewer the table does not hold all."""

Table = dict[str, Any]
"""``title``, ``head``, ``widths`` of its columns (hundredths), ``rows`` of texts, ``note``, and the
``tables`` it is made from."""


def record(found: World) -> dict[str, Any]:
    """Return what the page of the hub shows.

    Parameters
    ----------
    found
        The facts of all places.

    Returns
    -------
    dict
        ``data``: what the script reads; ``homes``, ``compared``, ``countries``, ``people`` and
        ``hashtags``: tables; ``tables``: names of the tables it is made from.
    """
    homes = _homes(found)
    measures = _measures(found)
    places = [[code, names.short(code), ADDRESSES[code]] for code in names.in_order()]
    organisations = [[code, sentences.name_of(code), ""] for code in homes if code not in ADDRESSES]
    rankings = {"countries": _of_countries(), "people": _of_people()}
    hashtags, twin = _hashtags(), _twin(homes)
    listed = [hashtags, twin, *measures, *rankings["countries"], *rankings["people"]]
    return {
        "data": {
            "places": places + organisations,
            "homes": homes,
            "measures": measures,
            "shown": list(SHOWN),
            "words": _words(),
        },
        "homes": twin,
        "compared": _compared(measures),
        **rankings,
        "hashtags": hashtags,
        "tables": sorted({name for each in listed for name in each["tables"]}),
    }


# Who names whom ----------------------------------------------------------------------------------


def _homes(found: World) -> dict[str, Any]:
    """Return accounts with their stored posts, and whom they name and are named by, by home."""
    accounts = tables.load("leader_account_years")
    mentions = tables.load("leader_mentions")
    abroad = mentions[mentions["source_home"] != mentions["target_home"]]
    pairs = abroad.groupby(["source_home", "target_home", "year"])["mentions"].sum().reset_index()
    there: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    back: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in _tuples(pairs):
        there[row.source_home][row.target_home][int(row.year)] = int(row.mentions)
        back[row.target_home][row.source_home][int(row.year)] = int(row.mentions)
    codes = sorted(
        accounts["home"].unique(), key=lambda code: (code not in found.places, _key(code))
    )
    return {
        code: {
            "accounts": _stored(accounts[accounts["home"] == code]),
            "names": _others(there[code]),
            "named_by": _others(back[code]),
        }
        for code in codes
    }


def _tuples(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table as named tuples."""
    yield from frame.itertuples(index=False)


def _key(code: str) -> str:
    return names.sort_key(sentences.name_of(code))


def _stored(rows: pd.DataFrame) -> list[list[Any]]:
    """Return each account with its stored posts and their years."""
    used = rows[rows["posts"] > 0]
    return [
        [account, int(own["posts"].sum()), sentences.years(own["year"].astype(int))]
        for account, own in sorted(
            used.groupby("account"), key=lambda pair: str(pair[0]).casefold()
        )
    ]


def _others(found: dict[str, dict[int, int]]) -> list[list[Any]]:
    """Return other homes with the posts that name them and the years, the most posts first."""
    rows = [[home, sum(years.values()), sentences.years(years)] for home, years in found.items()]
    return sorted(rows, key=lambda row: (-row[1], _key(row[0])))


def _twin(homes: dict[str, Any]) -> Table:
    def listed(rows: Iterable[list[Any]]) -> str:
        texts = (f"{sentences.name_of(code)} {labels.decimal(n)} ({y})" for code, n, y in rows)
        return "; ".join(texts) or _("none")

    return {
        "title": _("All of them: their accounts, whom they name, and who names them"),
        "widths": [16, 28, 28, 28],
        "head": [
            _("Country or organisation"),
            _("Accounts and stored posts"),
            _("They name"),
            _("They are named by"),
        ],
        "rows": [
            [
                sentences.name_of(code),
                "; ".join(f"@{name} {labels.decimal(n)} ({y})" for name, n, y in home["accounts"]),
                listed(home["names"]),
                listed(home["named_by"]),
            ]
            for code, home in homes.items()
        ],
        "note": _(
            "Only names among the 63 accounts are counted. The numbers count posts; in brackets "
            "stand the years in which they were seen."
        ),
        "tables": ["leader_account_years", "leader_mentions"],
    }


# Countries over time -----------------------------------------------------------------------------


def _measures(found: World) -> list[dict[str, Any]]:
    """Return the six measures: years, and values by code; none where no table counts."""
    return [
        {
            "id": "participation",
            "kind": "place",
            "title": _("UN place by e-participation"),
            "note": _(
                "1 is best; equal scores share the best place. The survey scores what national "
                "portals offer, and its method changes between editions."
            ),
            "none": _("not ranked: the UN ranks its 193 members only"),
            "tables": ["egdi_ranks"],
        }
        | _series(found, lambda facts: facts.listening.places if facts.listening else None),
        {
            "id": "named",
            "kind": "share",
            "title": _("Share of foreign accounts that name it"),
            "note": _(
                "Of the accounts of others among the 63 with stored posts of the year; in "
                "brackets their number and the 95% Wilson interval, which takes the accounts for "
                "independent. 2017 ends in October."
            ),
            "none": _("none of the 63 accounts is from here"),
            "tables": ["leader_account_years", "leader_mentions"],
        }
        | _named(),
        {
            "id": "google",
            "kind": "log",
            "title": _("Requests to Google to remove content"),
            "note": _(
                "From 1 on, each step of the scale is ten times the one below. A request is not "
                "censorship: it is counted whether or not it was justified, and the numbers "
                "depend on the company's share of the market."
            ),
            "none": _("not a country: it is not in this count"),
            "tables": ["google_removals"],
        }
        | _series(found, lambda facts: facts.removals.google),
        {
            "id": "twitter",
            "kind": "log",
            "title": _("Requests to Twitter to remove content"),
            "note": _(
                "From 1 on, each step of the scale is ten times the one below. A year in which the "
                "reports state no number is not zero: it is left open. Where they state one half "
                "of a year, only that half is counted."
            ),
            "none": _("the reports state no number"),
            "tables": ["twitter_removals"],
        }
        | _series(found, lambda facts: facts.removals.twitter),
        {
            "id": "shutdowns",
            "kind": "count",
            "title": _("Nationwide shutdowns, confirmed"),
            "note": _(
                "Blocking a single service counts as well as cutting the whole network. Zero means "
                "that the coalition confirmed none. It finds more as it grows, so that a rise can "
                "be one of attention. Of all, {n} repeat another in all that the list tells; "
                "{more} more begin on the day of another."
            ).format(
                n=sum(facts.shutdowns.repeated for facts in found.places.values()),
                more=sum(facts.shutdowns.same_day for facts in found.places.values()),
            ),
            "none": _("not counted in this list"),
            "tables": ["shutdown_country_years"],
        }
        | _series(found, lambda facts: facts.shutdowns.nationwide),
        {
            "id": "censorship",
            "kind": "effort",
            "ends": EFFORT,
            "title": _("Effort to censor the internet"),
            "note": _(
                "V-Dem's estimate from the answers of experts; lower is more effort. Our file has "
                "no margin of error: lines close to each other cannot be told apart."
            ),
            "none": _("not rated"),
            "tables": ["internet_censorship"],
        }
        | _series(found, _effort),
    ]


def _effort(facts: Facts) -> dict[int, float] | None:
    estimates = facts.freedom.estimates if facts.freedom else {}
    return {year: round(v, 1) for year, v in estimates.items() if year >= _FIRST_EFFORT} or None


def _series(found: World, values_of: Callable[[Facts], dict[int, Any] | None]) -> dict[str, Any]:
    """Return years and values by code; a place without a value in any year is left out."""
    series = {code: values_of(facts) for code, facts in found.places.items()}
    years = sorted({year for each in series.values() if each for year in each})
    values = {code: [each.get(year) for year in years] for code, each in series.items() if each}
    return {"years": years, "values": values}


def _named() -> dict[str, Any]:
    """Return by year and home the foreign accounts that name it, and those with posts.

    Nothing where the home has no account in the year: nobody could name one.
    """
    years = tables.load("leader_account_years")
    years = years[(years["posts"] > 0) & (years["year"] >= FIRST_NAMED)]
    mentions = tables.load("leader_mentions")
    spans = sorted(int(year) for year in years["year"].unique())
    homes = _homes_by_year()
    values = {}
    for home in sorted(years["home"].unique()):
        rows = networks.over_years(mentions, years, [home]).set_index("year")
        pairs = zip(rows["mentioned_by"], rows["others"], strict=True)
        found = dict(zip(rows.index, pairs, strict=True))
        values[home] = [
            [int(n) for n in found[year]] if year in found and home in homes[year] else None
            for year in spans
        ]
    return {"years": spans, "values": values}


def _homes_by_year() -> dict[int, set[str]]:
    """Return the homes that accounts have in each year: before their first, that of the first."""
    years = tables.load("leader_account_years").sort_values("year")
    wide = years.pivot(index="year", columns="account", values="home").ffill().bfill()
    return {int(year): set(homes) for year, homes in zip(wide.index, wide.to_numpy(), strict=True)}


def _compared(measures: list[dict[str, Any]]) -> Table:
    rows = [
        [each["title"], str(year), *(_cell(each, code, at) for code in SHOWN)]
        for each in measures
        for at, year in enumerate(each["years"])
    ]
    return {
        "title": _("Four countries over time"),
        "widths": [32, 8, 15, 15, 15, 15],
        "head": [_("Measure"), _("Year"), *map(names.short, SHOWN)],
        "rows": rows,
        "note": "",
        "tables": sorted({name for each in measures for name in each["tables"]}),
    }


def _cell(measure: dict[str, Any], code: str, at: int) -> str:
    values = measure["values"].get(code)
    value = values[at] if values else None
    if value is None:
        return "–"
    if measure["kind"] == "share":
        return _("{n} of {of}").format(n=value[0], of=value[1])
    return labels.decimal(value, "0.0" if measure["kind"] == "effort" else "#,##0")


# Rankings ----------------------------------------------------------------------------------------


def _of_countries() -> list[Table]:
    """Return rankings of countries, by as many of the three criteria as open tables hold."""
    followers = tables.load("leader_follower_places").sort_values(["place", "iso3"]).head(TOP)
    return [
        {
            "title": _("Popularity: by the followers of the leader or the office"),
            "widths": [15, 85],
            "head": [_("Place"), _("Country")],
            "rows": [
                [str(place), names.short(code)]
                for code, place in zip(followers["iso3"], followers["place"], strict=True)
            ],
            "note": _(
                "Without a range: the followers were counted once, on a day that is not stated, "
                "by April 2017. Of two accounts, the leader's and the office's, the one with more "
                "counts. Of 86 countries; only the place may be published."
            ),
            "tables": ["leader_follower_places"],
        },
        _cited_homes(),
    ]


def _cited_homes() -> Table:
    """Return the homes by the foreign accounts that name one of theirs."""
    years = tables.load("leader_account_years")[["account", "home"]].drop_duplicates()
    mentions = tables.load("leader_mentions")
    abroad = mentions[mentions["source_home"] != mentions["target_home"]]
    rows = abroad.groupby("target_home")["source"].nunique().rename("named_by").reset_index()
    rows["others"] = [_accounts_of_others(years, home) for home in rows["target_home"]]
    shares = add_shares(rows, "named_by", "others")
    shares = shares.sort_values(["share", "target_home"], ascending=[False, True])
    return {
        "title": _("Trust: by the foreign accounts that name one of its leaders"),
        "widths": [15, 50, 35],
        "head": [_("Place"), _("Country or organisation"), _("Accounts (95% interval)")],
        "rows": _share_rows(shares, shares["target_home"].map(sentences.name_of)),
        "note": _(
            "Of the accounts of others among the 63, in all stored posts. Being named stands "
            "for being cited as a reference; the intervals take the accounts for independent."
        ),
        "tables": ["leader_account_years", "leader_mentions"],
    }


def _accounts_of_others(years: pd.DataFrame, home: str) -> int:
    """Return how many accounts can name one of a home from abroad.

    Two owners moved to an organisation: their accounts are foreign to either home in its turn, but
    not to a home of which they are the only account.
    """
    own = set(years.loc[years["home"] == home, "account"])
    others = set(years.loc[years["home"] != home, "account"])
    return len(others - own if len(own) == 1 else others)


def _share_rows(shares: pd.DataFrame, called: pd.Series[str]) -> list[list[str]]:
    """Return the first rows: equal shares have an equal place."""
    places = shares["share"].rank(ascending=False, method="min").astype(int)
    rows = zip(places, called, _tuples(shares), strict=True)
    return [
        [
            str(place),
            name,
            _("{n} of {of} ({interval})").format(
                n=int(row.named_by),
                of=int(row.others),
                interval=labels.interval(row.low, row.high, "0%"),
            ),
        ]
        for place, name, row in rows
        if place <= TOP
    ]


def _of_people() -> list[Table]:
    """Return rankings of people, by as many of the three criteria as open tables hold."""
    largest = tables.load("leader_largest_accounts").sort_values("followers", ascending=False)
    return [
        {
            "title": _("Popularity: by followers"),
            "widths": [15, 50, 35],
            "head": [_("Place"), _("Account"), _("Followers")],
            "rows": [
                [
                    str(place),
                    f"@{row.account}, {names.short(row.iso3)}",
                    labels.decimal(row.followers),
                ]
                for place, row in enumerate(_tuples(largest.head(TOP)), start=1)
            ],
            "note": _(
                "Without a range: the followers were counted once, on a day that is not stated, "
                "by April 2017. An account is the leader's own or the office's."
            ),
            "tables": ["leader_largest_accounts"],
        },
        _cited_people(),
        _congress(),
    ]


def _cited_people() -> Table:
    """Return the accounts by the foreign accounts that name them."""
    people = networks.from_abroad(
        tables.load("leader_mentions"), tables.load("leader_account_years")
    ).rename(columns={"mentioned_by": "named_by", "value": "share"})
    people = people.sort_values(["share", "account"], ascending=[False, True])
    called = "@" + people["account"] + ", " + people["home"].map(sentences.name_of)
    return {
        "title": _("Trust: by the foreign accounts that name them"),
        "widths": [15, 50, 35],
        "head": [_("Place"), _("Account"), _("Accounts (95% interval)")],
        "rows": _share_rows(people, called),
        "note": _(
            "Of the accounts of others among the 63, in all stored posts. Being named stands "
            "for being cited as a reference; the intervals take the accounts for independent."
        ),
        "tables": ["leader_account_years", "leader_mentions"],
    }


def _congress() -> Table:
    """Return the first accounts of the US Congress by all three criteria with equal weights."""
    criteria = ranking.criteria(tables.load("congress_criteria"))
    scores = ranking.normalise(criteria)
    equal = ranking.equal_weights(scores)
    ranges = ranking.place_intervals(ranking.places_over_weights(scores, equal))
    single = criteria.rank(ascending=False, method="min").astype(int)
    whole = ranges.join(single).assign(place=ranking.places(ranking.composite(scores, equal)))
    whole = whole.rename_axis("account").reset_index()
    first = whole[whole["place"] <= TOP].sort_values(["place", "account"])
    return {
        "title": _("All three: members of the US Congress, May 2016"),
        "widths": [10, 26, 22, 14, 14, 14],
        "head": [
            _("Place"),
            _("Account"),
            _("Range over weights"),
            _("Popularity"),
            _("Engagement"),
            _("Trust"),
        ],
        "rows": [
            [
                str(row.place),
                f"@{row.account}",
                labels.interval(row.low, row.high),
                *(str(getattr(row, name)) for name in ("popularity", "engagement", "trust")),
            ]
            for row in _tuples(first)
        ],
        "note": _(
            "Places among the {n} accounts with fifty own posts or more; the first with equal "
            "weights, the range the middle 95% of the places when the three weights are drawn at "
            "random, the last three by one criterion alone: followers, share of replies, members "
            "who mention the account."
        ).format(n=labels.decimal(len(criteria))),
        "tables": ["congress_criteria"],
    }


# Hashtags ----------------------------------------------------------------------------------------


def _hashtags() -> Table:
    """Return by year the five hashtags that most accounts share, as far as the table is whole."""
    tags = tables.load("leader_hashtags")
    years = tables.load("leader_account_years")
    active = years.groupby("year")["account"].nunique()
    rows = []
    for year, shared in tags[tags["accounts"] >= SHARED].groupby("year"):
        first = shared.sort_values(["accounts", "uses", "hashtag"], ascending=[False, False, True])
        said = _("#{tag} ({accounts} accounts, {uses} uses)")
        texts = [
            said.format(tag=row.hashtag, accounts=row.accounts, uses=labels.decimal(row.uses))
            for row in _tuples(first.head(5))
        ]
        rows.append([str(year), str(active[year]), "; ".join(texts)])
    return {
        "title": _("The hashtags that most accounts used three times or more, by year"),
        "widths": [12, 18, 70],
        "head": [_("Year"), _("Accounts with posts"), _("Hashtags")],
        "rows": rows,
        "note": _(
            "At most five a year, by accounts, then by uses; only those of five accounts or more, "
            "since the table need not hold the others. Before 2013 no hashtag was shared by five."
        ),
        "tables": ["leader_account_years", "leader_hashtags"],
    }


def _words() -> dict[str, str]:
    """Return what the script writes."""
    return {
        "home": _("Country"),
        "choose": _("choose"),
        "remember": _("Remember it as my country, in this browser only"),
        "page": _("The page of this country"),
        "accounts": _("Accounts, with their stored posts and years"),
        "stored": _("@{account}: {n} posts ({years})"),
        "names": _("Whom they name"),
        "named_by": _("Who names them"),
        "place": _("Country or organisation"),
        "posts": _("Posts"),
        "years": _("Years seen"),
        "nobody": _("None of the 63 accounts from elsewhere, in the stored posts."),
        "not_here": _(
            "none of the 63 accounts is from here; the collection holds those that its maker "
            "chose, so nothing can be said of who names whom."
        ),
        "summary": _(
            "{country}: names {names} of the other countries and organisations, and is named by "
            "{named_by}."
        ),
        "measure": _("Measure"),
        "country_n": _("Country {n}"),
        "none": _("none"),
        "pick": _("Choose at least one country."),
        "numbers": _("The numbers"),
        "year": _("Year"),
        "share": _("{share} ({n} of {of}; {low} to {high})"),
        "picture": _("{measure}: lines of {countries}. The table below has the numbers."),
        "less": _("less"),
        "more": _("more"),
        "copy": _("Copy a link to this view"),
        "copied": _("The link is copied."),
        "not_copied": _("The browser does not let us copy. The address is:"),
    }
