"""Who left: accounts that fell silent, and accounts opened elsewhere."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govsocial import labels, survival
from govsocial.rates import rate_ratio
from govsocial.uncertainty import Estimate, share

START = "2018-01-01"
"""Day on which the clock starts."""

UNDATED = ("closed", "unread", "protected")
"""States of an account whose last post could not be read."""

SOLD = "2022-10-27"
"""Day on which Twitter was sold."""

READ, QUIET = "2026-02-07", 90
"""Day on which the accounts were read, and days without a post that count as silence."""

WAVE = ("2022-10-01", "2022-12-01")
"""First and last month of the wave of accounts opened in the Fediverse."""

OPENERS = {"public": "public body", "party": "party or politician"}
"""Names for two kinds of the table ``german_fediverse_months``."""


def sale() -> float:
    """Return the time of the sale, in years since the clock started."""
    return (pd.Timestamp(SOLD) - pd.Timestamp(START)).days / survival.YEAR


def silent_since() -> pd.Timestamp:
    """Return the day since which an account without a post has fallen silent."""
    return pd.Timestamp(READ) - pd.Timedelta(days=QUIET)


def followed(bodies: pd.DataFrame) -> pd.DataFrame:
    """Return how long each account was followed, whether it fell silent, and its kind.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.survival.follow`, with ``kind``.
    """
    times = survival.follow(bodies["last_post"], START, READ, QUIET)
    return times.assign(kind=bodies["kind"])


def spells(bodies: pd.DataFrame) -> dict[str, tuple[int, float]]:
    """Return how many accounts fell silent before and after the sale, and the years they had.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.
    """
    times = followed(bodies)
    return _spells(times, float(times["time"].max()))


def _spells(times: pd.DataFrame, end: float) -> dict[str, tuple[int, float]]:
    """Return the ends and the years ``before`` the sale, and ``after`` it until the end."""
    bounds = {"before": (0.0, sale()), "after": (sale(), end)}
    return {
        name: survival.ends_and_years(times["time"], times["silent"], *span)
        for name, span in bounds.items()
    }


def faster(bodies: pd.DataFrame) -> Estimate:
    """Return how many times as fast accounts fell silent after the sale as before it.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.
    """
    found = spells(bodies)
    return rate_ratio(*found["after"], *found["before"])


def municipal_last_posts(bodies: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return the known last posts of municipalities.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.
    """
    return bodies.loc[bodies["kind"] == "municipality", "last_post"].dropna()


def municipal_posting(bodies: pd.DataFrame) -> Estimate:
    """Return the share of municipalities, of those with a known last post, that still posted.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.
    """
    last = municipal_last_posts(bodies)
    return share(int((last >= silent_since()).sum()), len(last))


def agencies_before_the_sale(bodies: pd.DataFrame) -> dict[str, Any]:
    """Return the share of state agencies that had stopped by the sale, and the most it can be.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.

    Returns
    -------
    dict
        By the keys of the post; at most, if every account without a date had stopped before.
    """
    agencies = bodies[bodies["kind"] == "agency"]
    last = agencies["last_post"].dropna()
    unknown = (agencies["state"].isin(UNDATED) & agencies["last_post"].isna()).sum()
    before = (last < pd.Timestamp(SOLD)).sum()
    return {
        "agencies-dated": len(last),
        "agencies-unknown": unknown,
        "agencies": before / len(last),
        "agencies-most": (before + unknown) / (len(last) + unknown),
    }


def wave(months: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share of Fediverse accounts opened in the wave that still post, by opener.

    Parameters
    ----------
    months
        The table ``german_fediverse_months``.
    """
    chosen = (months["snapshot"] == months["snapshot"].max()) & months["month"].between(*WAVE)
    sums = months[chosen].groupby("kind")[["posting", "accounts"]].sum()
    return {name: share(*sums.loc[kind]) for name, kind in OPENERS.items()}


def states(bodies: pd.DataFrame) -> pd.DataFrame:
    """Return how many bodies of each kind post, are silent, closed, not readable or not listed.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.
    """
    named = {"dated": "posting", "protected": "unknown", "unread": "unknown"}
    state = bodies["state"].replace(named).mask(bodies["last_post"] < silent_since(), "silent")
    return pd.crosstab(bodies["kind"], state)


def going_on(counts: pd.DataFrame) -> pd.Series[float]:
    """Return the share of each kind that still posts if closed accounts count as gone.

    Parameters
    ----------
    counts
        The result of :func:`states`.
    """
    return counts["posting"] / counts[["posting", "silent", "closed"]].sum(axis=1)


def pace(bodies: pd.DataFrame) -> pd.DataFrame:
    """Return how many accounts fell silent per 100 and year, before and after the sale.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.

    Returns
    -------
    DataFrame
        By kind, and ``all``: ``before``, ``after``.
    """
    parts = {"all": bodies} | dict(iter(bodies.groupby("kind")))
    end = float(followed(bodies)["time"].max())
    rates = {
        kind: {name: 100 * ends / years for name, (ends, years) in _spells(rows, end).items()}
        for kind, rows in ((kind, followed(part)) for kind, part in parts.items())
    }
    return pd.DataFrame.from_dict(rates, orient="index")


def on_bluesky(both: pd.DataFrame) -> list[Estimate]:
    """Return the share found on Bluesky, of members with a link to X and of those without.

    Parameters
    ----------
    both
        The table ``mep_x_bluesky``.
    """
    sums = _found(both, ["x_link"])
    return [share(*sums.loc[linked]) for linked in (True, False)]


def _found(both: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return how many members were ``found`` on Bluesky, and all ``members``, by group."""
    found = both.assign(found=both["members"].where(both["bluesky"], 0))
    return found.groupby(by)[["found", "members"]].sum()


def groups_with_more(both: pd.DataFrame) -> list[int]:
    """Return in how many groups Bluesky is found more often beside a link to X, and of how many.

    Parameters
    ----------
    both
        The table ``mep_x_bluesky``.
    """
    sums = _found(both, ["group", "x_link"])
    shares = (sums["found"] / sums["members"]).unstack()
    return [int((shares[True] > shares[False]).sum()), len(shares)]


def kept(months: pd.DataFrame) -> pd.DataFrame:
    """Return how many Fediverse accounts still post, by time of opening and by opener.

    Parameters
    ----------
    months
        The table ``german_fediverse_months``.

    Returns
    -------
    DataFrame
        Columns ``opened`` (before, wave, 2023, later), ``kind``, ``accounts``, ``posting``.
    """
    latest = months[(months["snapshot"] == months["snapshot"].max()) & (months["kind"] != "bulk")]
    edges = pd.to_datetime(["2016-01-01", WAVE[0], "2023-01-01", "2024-01-01", "2026-01-01"])
    names = ["before", "wave", "2023", "later"]
    latest = latest.assign(opened=pd.cut(latest["month"], edges, right=False, labels=names))
    sums = latest.groupby(["opened", "kind"], observed=True)[["accounts", "posting"]].sum()
    found: pd.DataFrame = sums.reset_index().astype({"opened": "string"})
    return found


def went_on(followed_up: pd.DataFrame) -> pd.DataFrame:
    """Return how many accounts that posted at the first reading posted at the second, by opener.

    Parameters
    ----------
    followed_up
        The table ``german_fediverse_followed``.

    Returns
    -------
    DataFrame
        By public body and party or politician: ``accounts``, ``posting``.
    """
    active = followed_up[followed_up["posting"]]
    posting = active["accounts"].where(active["state"] == "posting", 0)
    sums = active.assign(posting=posting).groupby("kind")[["accounts", "posting"]].sum()
    return sums.loc[list(OPENERS.values())]


def dated(bodies: pd.DataFrame) -> dict[str, Any]:
    """Return how many Swedish accounts have a dated last post, and how many of them still post.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.

    Returns
    -------
    dict
        By the keys of the chapter.
    """
    counts = states(bodies)
    known = counts[["posting", "silent"]].sum(axis=1)
    days = (pd.Timestamp(READ) - bodies["last_post"]).dt.days
    kinds = {
        "municipal": "municipality",
        "university": "university",
        "ministry": "ministry",
        "mission": "mission",
    }
    return {
        "sweden-bodies": len(bodies),
        "sweden-dated": known.sum(),
        "sweden-posting": counts["posting"].sum(),
        "sweden-posting-30": (days <= 30).sum(),
        "sweden-posting-365": (days <= 365).sum(),
        "municipal-high": municipal_posting(bodies).high,
        "municipal-last": municipal_last_posts(bodies).max(),
        "ministry-posting": counts.loc["ministry", "posting"],
        "mission-posting": counts.loc["mission", "posting"],
    } | {f"{key}-dated": known[kind] for key, kind in kinds.items()}


def still_posting(bodies: pd.DataFrame) -> dict[str, Any]:
    """Return the shares that still posted at the sale and at the end, and the pace of silence.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.

    Returns
    -------
    dict
        By the keys of the chapter; rates are per 100 accounts and year.
    """
    times = followed(bodies)
    end = times["time"].max()
    town, agency, mission = (
        survival.kaplan_meier(rows["time"], rows["silent"])
        for rows in (times[times["kind"] == kind] for kind in ("municipality", "agency", "mission"))
    )
    test = survival.log_rank(times["time"], times["silent"], times["kind"])
    rates = pace(bodies)
    kinds = {"rate": "all", "agency": "agency", "municipal": "municipality"}
    return {
        "municipal-at-sale": survival.at(town, sale()),
        "agency-at-sale": survival.at(agency, sale()).value,
        "agency-end": survival.at(agency, end).value,
        "mission-end": survival.at(mission, end).value,
        "mission-bound": going_on(states(bodies)).loc["mission"],
        "rate-ratio": faster(bodies),
        "log-rank": test.statistic,
        "log-rank-degrees": test.df,
    } | {
        f"{key}-{part}": rates.loc[kind, part]
        for key, kind in kinds.items()
        for part in ("before", "after")
    }


def members_of_parliament(meps: pd.DataFrame) -> dict[str, Any]:
    """Return the shares of members of the European Parliament with a link, by platform and group.

    Parameters
    ----------
    meps
        The table ``mep_accounts``.

    Returns
    -------
    dict
        By the keys of the chapter; ``week`` is those who posted on Bluesky in one week, ``level``
        the countries where at least as many were found on Bluesky as link to X.
    """
    rows = meps.set_index(["by", "name", "platform"])
    total = rows.loc["group"].groupby("platform")[["members", "listed", "week"]].sum()
    of_all, in_week = total["listed"] / total["members"], total["week"] / total["members"]
    listed, week = rows["listed"] / rows["members"], rows["week"] / rows["members"]
    renew, french = ("group", "Renew", "Bluesky"), ("delegation", "FR Patriots", "X")
    countries = rows["listed"].loc["country"].unstack()
    return {
        "mep-members": total["members"]["X"],
        "mep-x": of_all["X"],
        "mep-bluesky": of_all["Bluesky"],
        "mep-mastodon": of_all["Mastodon"],
        "mep-week": in_week["Bluesky"],
        "renew-found": listed[renew],
        "renew-week": week[renew],
        "mep-epp": listed["group", "EPP", "X"],
        "mep-patriots": listed["group", "Patriots", "X"],
        "mep-french": rows["listed"][french],
        "mep-french-all": rows["members"][french],
        "mep-level": (countries["Bluesky"] >= countries["X"]).sum(),
        "mep-countries": len(countries),
    }


def italian_members(meps: pd.DataFrame) -> dict[str, Any]:
    """Return on which lists Italy's members of the European Parliament are, and their groups.

    Parameters
    ----------
    meps
        The table ``mep_accounts``.

    Returns
    -------
    dict
        By the keys of the chapter: members; and shares, of Italy's members and, as ``of-ecr`` and
        the like, of all members of a group for whom an account was found on Bluesky.

    Raises
    ------
    ValueError
        If one of those found had posted on Bluesky in the week, or one of the ECR or The Left was
        found: the chapter says that there was none.
    """
    rows = meps.set_index(["by", "name", "platform"])
    listed, members = rows["listed"], rows["members"]
    x, bluesky = (("country", "IT", platform) for platform in ("X", "Bluesky"))
    groups = {"ecr": "ECR", "socialists": "S&D", "left": "The Left"}
    own = {key: ("delegation", f"IT {name}", "Bluesky") for key, name in groups.items()}
    if rows.loc[bluesky, "week"] or listed[own["ecr"]] or listed[own["left"]]:
        raise ValueError("more of Italy's members are on Bluesky than the chapter says")
    return (
        {
            "italy-members": members[x],
            "italy-x": listed[x],
            "italy-x-share": listed[x] / members[x],
            "italy-bluesky": listed[bluesky],
            "italy-bluesky-share": share(listed[bluesky], members[bluesky]),
            "italy-socialists-found": listed[own["socialists"]],
        }
        | {f"italy-{key}": members[delegation] for key, delegation in own.items()}
        | {
            f"of-{key}": (listed / members)["group", name, "Bluesky"]
            for key, name in groups.items()
        }
    )


def french_deputies(stops: pd.DataFrame) -> dict[str, Any]:
    """Return how many French deputies fell silent on X, in two camps and on one day.

    Parameters
    ----------
    stops
        Rows of the table ``french_deputies_stops`` whose state is known.

    Returns
    -------
    dict
        By the keys of the chapter; the day is 20 January 2025.
    """
    silent = stops[stops["state"] == "silent"]
    cohort, gone = (part.groupby("camp")["deputies"].sum() for part in (stops, silent))
    return {
        "france-cohort": stops["deputies"].sum(),
        "france-silent": silent["deputies"].sum(),
        "france-day": silent.loc[silent["last_post"] == "2025-01-20", "deputies"].sum(),
        "france-ecologist": cohort["ecologist"],
        "france-right": cohort["right"],
        "france-ecologist-silent": gone["ecologist"],
        "france-right-silent": gone["right"],
    }


def other_parliaments(places: pd.DataFrame) -> dict[str, Any]:
    """Return the shares of members listed on a platform in other parliaments.

    Parameters
    ----------
    places
        The table ``parliament_accounts``.

    Returns
    -------
    dict
        By the keys of the chapter: shares of members, and of the Danes, members.
    """
    rows = places.set_index(["body", "platform", "source"])
    wiki, link = "politix-sweden-denmark", "leavex-eu"
    listed, danish = rows["listed"] / rows["members"], ("Folketing", "Bluesky", wiki)
    return {
        "riksdag-listed": listed["Riksdag", "X", wiki],
        "riksdag-posting": (rows["posting"] / rows["members"])["Riksdag", "X", wiki],
        "riksdag-linked": listed["Riksdag", "X", link],
        "austria": listed["Nationalrat", "X", link],
        "congress": listed["Congress", "X", "us-congress-legislators"],
        "commons": labels.at_most(listed["House of Commons", "Bluesky", "uk-parlparse"], 2),
        "danish-listed": rows["listed"][danish],
        "danish-posting": rows["posting"][danish],
    }
