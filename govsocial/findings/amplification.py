"""Who made the crowd, and who pays for political advertising."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from govsocial import coordination, labels, tag_accuracy
from govsocial.uncertainty import Estimate

INVASION = "2022-02-24"
"""Day of the invasion of Ukraine."""

SINCE = (INVASION, "2022-03-19")
"""First and last day of the weeks from the invasion on."""

BURST = (INVASION, "2022-03-06")
"""First and last day of the spell in which more accounts than usual were made."""

SPEEDS = 3
"""Classes of speed within which times are dealt anew."""

CALM = ("2022-02-01", "2022-02-20")
"""First and last day of the weeks before the invasion that are taken as ordinary."""

FAILED = 10_000
"""Posts a day below which the search for posts about the war counts as failed."""

LATEST = 2025
"""Period of the newest reports on advertising."""


def halved(counts: pd.Series[float]) -> int:
    """Return how many days after the invasion a daily count was first below half of its largest.

    Parameters
    ----------
    counts
        A count by day; from the day of the invasion on it reaches its largest and falls.

    Returns
    -------
    int
        Days from the invasion to the first day, after the largest, that is below half of it.
    """
    since = counts.loc[INVASION:].astype(float)
    later = since.loc[since.idxmax() :]
    return int((later[later < since.max() / 2].index[0] - pd.Timestamp(INVASION)).days)


def largest(payers: pd.DataFrame, readings: pd.DataFrame, each: int = 2) -> pd.DataFrame:
    """Return the public bodies that paid most in each report, with their part of all that was paid.

    Parameters
    ----------
    payers, readings
        The tables ``ad_payers`` and ``ad_readings``.
    each
        Payers of each report.

    Returns
    -------
    DataFrame
        Rows of the table, the reports with most in one hand first, and ``part``: the share of what
        public bodies paid, as far as they were found by reading.
    """
    report = ["period", "country"]
    paid = readings.groupby(report)["public_spent"].sum().rename("paid").reset_index()
    found = payers.merge(paid, on=report)
    found["part"] = found["spent"] / found["paid"]
    found["most"] = found.groupby(report)["part"].transform("max")
    ordered = found.sort_values(["most", "country", "part"], ascending=[False, True, False])
    first = ordered.groupby(report, sort=False).head(each)
    return first.drop(columns=["paid", "most"]).reset_index(drop=True)


def abroad(readings: pd.DataFrame) -> pd.Series[float]:
    """Return the part of what public bodies paid that came from other states, by report.

    Parameters
    ----------
    readings
        The table ``ad_readings``.

    Returns
    -------
    Series
        By period and country, for reports in which public bodies paid anything.
    """
    sums = readings.groupby(["period", "country"])[["elsewhere_spent", "public_spent"]].sum()
    paying = sums[sums["public_spent"] > 0].astype(float)
    return paying["elsewhere_spent"] / paying["public_spent"]


def paid(readings: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share of political advertising that public bodies paid, by country, in 2025.

    Parameters
    ----------
    readings
        The table ``ad_readings``.
    """
    latest = tag_accuracy.by_report(readings[readings["period"] == LATEST]).set_index("country")
    return {str(code): Estimate.of_row(row) for code, row in latest.iterrows()}


class Crowd(NamedTuple):
    """The largest week of a crowd, and how long it took to shrink."""

    top: float
    half: int
    tenth: int


def crowd(war: pd.DataFrame) -> Crowd:
    """Return how many posts a day the largest week had, and after how many days few were left.

    Parameters
    ----------
    war
        The table ``war_tweet_days``.

    Returns
    -------
    Crowd
        Posts a day in the largest week; days from its end until the weekly mean was below a half
        and below a tenth of that.
    """
    week = war.set_index("day")["tweets"].astype(float).rolling(7).mean()
    top = week.max()
    later = week[week.index > week.idxmax()]
    half, tenth = ((later[later < top / part].index[0] - week.idxmax()).days for part in (2, 10))
    return Crowd(float(top), half, tenth)


def within(windows: pd.DataFrame, sets: pd.DataFrame, window: int) -> pd.DataFrame:
    """Return the coincidences within a window beside those expected if all times were dealt anew.

    Parameters
    ----------
    windows, sets
        The tables ``sharing_windows`` and ``sharing_sets``.
    window
        Longest time between two shares in seconds.

    Returns
    -------
    DataFrame
        By set: ``kept_shares``, ``kept_accounts``, ``coincidences``, ``expected`` and their
        ``ratio``.
    """
    counted = windows[windows["window"] == window].set_index("set")[["coincidences", "chance"]]
    near = counted.join(sets.set_index("set")[["kept_shares", "kept_accounts", "pairs"]])
    near["expected"] = near["pairs"] * near["chance"]
    near["ratio"] = near["coincidences"] / near["expected"]
    return near[["kept_shares", "kept_accounts", "coincidences", "expected", "ratio"]]


def widened(
    shares: Mapping[str, pd.DataFrame], windows: Sequence[int], speeds: int
) -> pd.DataFrame:
    """Return how many pairs of accounts coincide in three and in five things, for several sets.

    Parameters
    ----------
    shares
        Shares of each set, as for :func:`govsocial.coordination.widening`.
    windows
        Windows in seconds.
    speeds
        Classes of speed.
    """
    found = {
        name: coordination.widening(frame, windows, least=(3, 5), classes=speeds)
        for name, frame in shares.items()
    }
    return pd.concat(found, names=["set"]).reset_index("set")


def meetings(shuffled: pd.DataFrame, of_speed: pd.DataFrame) -> pd.DataFrame:
    """Return how many pairs of accounts coincide again and again, beside two baselines.

    Parameters
    ----------
    shuffled, of_speed
        What :func:`govsocial.coordination.widening` returns with one class of speed and with
        several, and the column ``set``.

    Returns
    -------
    DataFrame
        By set, least and window: ``observed``, mean and bounds of both baselines (those that keep
        the speed with ``_of_speed`` behind), and each ``range`` in words.
    """
    key = ["set", "least", "window"]
    found = [frame.set_index(key) for frame in (shuffled, of_speed)]
    for rows in found:
        bounds = zip(rows["low"], rows["high"], strict=True)
        rows["range"] = [labels.interval(low, high) for low, high in bounds]
    return found[0].join(found[1].drop(columns="observed").add_suffix("_of_speed"))


def italian_errors(readings: pd.DataFrame) -> dict[str, Any]:
    """Return how many Italian advertisers the tag and the reader call public.

    Parameters
    ----------
    readings
        The table ``ad_readings``.

    Returns
    -------
    dict
        By the keys of the chapter: tagged; tagged, and not public; tagged candidates; public; and
        public with a label.
    """
    italian = readings[readings["country"] == "IT"].set_index("part")
    tagged = italian.loc["tagged"]
    return {
        "italy-tagged": tagged["rows"],
        "italy-false": tagged["rows"] - tagged["public"],
        "italy-candidates": tagged["labelled"],
        "italy-public": italian["public"].sum(),
        "italy-both": italian["public_labelled"].sum(),
    }


def within_a_minute(windows: pd.DataFrame, sets: pd.DataFrame) -> dict[str, Any]:
    """Return what :func:`within` says of one minute, by the keys of the chapter.

    Parameters
    ----------
    windows, sets
        As in :func:`within`.
    """
    minute = within(windows, sets, 60)
    return {
        "russia-shares": minute["kept_shares"]["russia"],
        "germany-shares": minute["kept_shares"]["germany"],
        "russia-accounts": minute["kept_accounts"]["russia"],
        "germany-accounts": minute["kept_accounts"]["germany"],
        "russia-ratio": minute["ratio"]["russia"],
        "germany-ratio": minute["ratio"]["germany"],
        "russia-minute": minute["coincidences"]["russia"],
        "russia-expected": minute["expected"]["russia"],
    }


def printed_meetings(found: pd.DataFrame) -> dict[str, Any]:
    """Return the pairs of accounts that the chapter prints, and what shuffled crowds give.

    Parameters
    ----------
    found
        What :func:`meetings` returns.

    Returns
    -------
    dict
        By the keys of the chapter: data, least number of things shared, and seconds, as observed;
        mean and range of shuffled crowds, and of crowds that keep the accounts' speed.
    """
    rows = [("russia", 3, 600), ("russia", 3, 3600), ("germany", 3, 10), ("germany", 5, 10)]
    kinds = {"": "", "-of-speed": "_of_speed"}
    ten_minutes, hour, *german = rows
    observed = {"-".join(map(str, row)): found["observed"][row] for row in rows}
    means = {
        f"russia-3-{row[2]}-shuffled{key}": round(found[f"shuffled{name}"][row])
        for row in (ten_minutes, hour)
        for key, name in kinds.items()
    }
    ranges = {
        f"russia-3-600-range{key}": found[f"range{name}"][ten_minutes]
        for key, name in kinds.items()
    }
    of_speed = {
        "-".join(map(str, row)) + "-range-of-speed": found["range_of_speed"][row] for row in german
    }
    return observed | means | ranges | of_speed


CANDIDATES = ("lombardy", "lazio")
"""Kinds of advertisers that stood in the regional elections of 2023."""


def payers_by_kind(sizes: pd.DataFrame) -> pd.DataFrame:
    """Return what advertisers of each kind and size spent in Italy in February 2023.

    Parameters
    ----------
    sizes
        The table ``ad_italy_sizes``.

    Returns
    -------
    DataFrame
        Euros, by kind (``candidates``, ``party``, ``public``, ``other``) and size.
    """
    kinds = sizes["kind"].replace(dict.fromkeys(CANDIDATES, "candidates"))
    euros = sizes.assign(kind=kinds).pivot_table("spent", "kind", "size", "sum", fill_value=0)
    rows = ["candidates", "party", "public", "other"]
    return euros.loc[rows, ["less", "1000", "5000", "10000"]]


def regional_campaign(sizes: pd.DataFrame) -> dict[str, Any]:
    """Return who spent what on Meta around the regional elections of 2023.

    Parameters
    ----------
    sizes
        The table ``ad_italy_sizes``.

    Returns
    -------
    dict
        By the keys of the post: advertisers, euros and shares. ``large`` are the candidates who
        spent 10,000 euros or more.
    """
    euros = payers_by_kind(sizes).sum(axis=1)
    stood = sizes[sizes["kind"].isin(CANDIDATES)]
    large = stood[stood["size"] == "10000"]
    spent = stood.groupby("kind")["spent"].sum()
    return {
        "candidates": stood["advertisers"].sum(),
        "candidates-spent": euros["candidates"],
        "political-share": euros[["candidates", "party"]].sum() / euros.sum(),
        "lombardy": spent["lombardy"],
        "lazio": spent["lazio"],
        "large": large["advertisers"].sum(),
        "large-share": large["spent"].sum() / euros["candidates"],
        "first": stood["largest"].max(),
        "first-share": stood["largest"].max() / euros["candidates"],
        "others-first": sizes.loc[sizes["kind"] == "other", "largest"].max(),
        "unread": sizes["unread"].sum(),
        "public": sizes.loc[sizes["kind"] == "public", "advertisers"].sum(),
        "public-spent": euros["public"],
        "public-share": euros["public"] / euros.sum(),
    }
