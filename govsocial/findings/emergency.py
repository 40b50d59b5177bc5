"""What changed in an epidemic and in a hurricane."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from govsocial import emergency
from govsocial.uncertainty import ALPHA, Estimate, median

YEAR_BEFORE = emergency.Span("2019-01-21", "2020-01-13")
"""The weeks that serve as the baseline of the epidemic."""

WAVES = {
    "first": emergency.Span("2020-02-24", "2020-05-25"),
    "second": emergency.Span("2020-09-28", "2020-12-28"),
}
"""Fourteen weeks of each wave, by Italy's curve."""

CALM = ("2011-09-22", "2012-10-24")
"""Days between which New York had no hurricane: after Irene, before Sandy."""

MONTHS = {
    "before": ("2019-02-01", "2020-01-01"),
    "spring": ("2020-03-01", "2020-05-01"),
    "autumn": ("2020-10-01", "2020-12-01"),
}
"""First and last months of three periods: before the epidemic, first and second wave."""

BULLETIN = (17, 18)
"""Hours in which Italy's daily bulletin comes, from five to seven in the evening."""

LOCKDOWN, CAPITOL = pd.Timestamp("2021-01-04"), pd.Timestamp("2021-01-06")
"""Days of the prime minister's address and of the attack on the Capitol."""

MAYOR = "nycmayorsoffice"
"""Account whose posts were advertised without charge during the hurricane."""

SANDY = "2012-11-02"
"""Day of the first sample after the hurricane Sandy."""

WEEK_AFTER = "2012-11-09"
"""Day of the sample a week later, the last one that can be used."""


def waves(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return the posts per week in the two waves, against each account's own baseline.

    Parameters
    ----------
    weeks
        The table ``covid_posting_weeks``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.emergency.wave_ratios`.
    """
    return emergency.wave_ratios(weeks, YEAR_BEFORE, WAVES)


def ended(weeks: pd.DataFrame) -> pd.Series[float]:
    """Return the accounts with a baseline and the first wave that end before the second is over.

    Parameters
    ----------
    weeks
        The table ``covid_posting_weeks``.

    Returns
    -------
    Series
        By account: posts in a week of the first wave for each post in a week of the baseline.
    """
    begun = emergency.wave_ratios(weeks, YEAR_BEFORE, {"first": WAVES["first"]})
    first = begun[begun["wave"] == "first"].set_index("account")["value"]
    return first.drop(waves(weeks)["account"].unique())


def hospitals(epidemic: pd.DataFrame) -> pd.DataFrame:
    """Return how full Italy's hospitals were in the two waves.

    Parameters
    ----------
    epidemic
        The table ``covid_italy_weeks``.

    Returns
    -------
    DataFrame
        By wave: ``wards`` and ``intensive_care``, patients in the mean week; the same with
        ``_most``, in the fullest week; and ``deaths``, reported in the whole wave.
    """
    by_week = epidemic.set_index("week")
    beds = ["wards", "intensive_care"]
    rows = {}
    for wave, span in WAVES.items():
        inside = by_week.loc[span.first : span.last]
        fullest = inside[beds].max().add_suffix("_most")
        rows[wave] = pd.concat([inside[beds].mean(), fullest, inside[["deaths"]].sum()])
    return pd.DataFrame(rows).T.astype(float)


def bulletin(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the posts of Italy's ministry of health within the hours of the bulletin and outside.

    Parameters
    ----------
    hours
        The table ``covid_ministry_hours``.

    Returns
    -------
    DataFrame
        By name of :data:`MONTHS`: posts per week ``within`` and ``outside``, and ``share``, that
        of the posts within.
    """
    rows = {}
    for name, (first, last) in MONTHS.items():
        start, end = pd.Timestamp(first), pd.Timestamp(last) + pd.offsets.MonthEnd(1)
        chosen = hours[hours["month"].between(start, end)]
        counts = chosen.groupby(chosen["hour"].isin(BULLETIN))["posts"].sum()
        weeks = ((end - start).days + 1) / 7
        rows[name] = (counts[True] / weeks, counts[False] / weeks, counts[True] / counts.sum())
    return pd.DataFrame.from_dict(rows, orient="index", columns=["within", "outside", "share"])


def clear(ratios: pd.DataFrame, kind: str, wave: str) -> pd.Series[int]:
    """Return how many accounts of a kind posted clearly more, and clearly less.

    Parameters
    ----------
    ratios
        What :func:`waves` returns.
    kind
        Kind of account.
    wave
        Comparison: ``first``, ``second`` or ``second/first``.

    Returns
    -------
    Series
        ``accounts`` of the kind; those with a ratio above one (``more``) and below (``less``),
        by p-values adjusted for the number of accounts; and ``lower``, all below one.
    """
    rows = ratios[(ratios["kind"] == kind) & (ratios["wave"] == wave)]
    sure, below = rows["pvalue"] < ALPHA, rows["value"] < 1
    kinds = {"more": sure & ~below, "less": sure & below, "lower": below}
    return pd.Series({"accounts": len(rows)} | {name: int(of.sum()) for name, of in kinds.items()})


def first_wave(ratios: pd.DataFrame) -> pd.DataFrame:
    """Return the median ratio of the first wave to the baseline by kind of account.

    Parameters
    ----------
    ratios
        What :func:`waves` returns.

    Returns
    -------
    DataFrame
        By kind of six accounts or more: ``accounts``, ``value``, ``low`` and ``high``.
    """
    first = ratios[ratios["wave"] == "first"].groupby("kind")["value"]
    rows = {kind: (len(values), *median(values)) for kind, values in first if len(values) >= 6}
    columns = ["accounts", "value", "low", "high"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def evening(hours: pd.DataFrame, first: int, last: int) -> pd.Series[Any]:
    """Return the posts of members of parliament in some hours of two days, and what is ordinary.

    Parameters
    ----------
    hours
        The table ``uk_mp_post_hours``.
    first, last
        First and last hour of the day.

    Returns
    -------
    Series
        Posts on :data:`CAPITOL` and on :data:`LOCKDOWN`; ``ordinary``, what
        :func:`govsocial.emergency.ordinary` returns for the other working days; and the number of
        those ``days``.
    """
    chosen = working_days(hours)
    counts = chosen[chosen["hour"].between(first, last)].groupby("day")["posts"].sum()
    plain = counts.drop([CAPITOL, LOCKDOWN])
    return pd.Series(
        {
            "capitol": counts[CAPITOL],
            "lockdown": counts[LOCKDOWN],
            "ordinary": emergency.ordinary(plain),
            "days": len(plain),
        }
    )


def working_days(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the hours of working days of January 2021, New Year's Day left out.

    Parameters
    ----------
    hours
        The table ``uk_mp_post_hours``.
    """
    holiday = hours["day"] == pd.Timestamp("2021-01-01")
    kept: pd.DataFrame = hours[(hours["day"].dt.day_of_week < 5) & ~holiday]
    return kept


def second_wave(weeks: pd.DataFrame) -> Estimate:
    """Return the median over the health accounts of posts in the second wave as to the first.

    Parameters
    ----------
    weeks
        The table ``covid_posting_weeks``.
    """
    ratios = waves(weeks)
    chosen = (ratios["kind"] == "health") & (ratios["wave"] == "second/first")
    return median(ratios.loc[chosen, "value"])


class Gain(NamedTuple):
    """What a number of followers gained in some days, and what its trend led one to expect."""

    days: int
    gain: int
    expected: Estimate
    multiple: Estimate


def steps(followers: pd.DataFrame) -> pd.DataFrame:
    """Return the gains of New York's agencies between samples, against the trend of calm months.

    Parameters
    ----------
    followers
        The table ``nyc_followers``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.emergency.multiples`.
    """
    gains = emergency.intervals(followers.set_index("date")["followers"])
    calm = (gains["start"] >= CALM[0]) & (gains["end"] <= CALM[1])
    return emergency.multiples(gains, calm)


def gain(followers: pd.DataFrame, end: str = SANDY) -> Gain:
    """Return what New York's agencies gained until a sample, such as the one after the hurricane.

    Parameters
    ----------
    followers
        The table ``nyc_followers``.
    end
        Day of the sample at which the interval ends.

    Raises
    ------
    ValueError
        If the trend lets expect a loss as well: a multiple of that says nothing.
    """
    found = steps(followers)
    row = found[found["end"] == end].iloc[0]
    value, low, high = (float(row[name]) for name in ("expected", "low", "high"))
    if low <= 0:
        raise ValueError(
            f"no gain is sure to be expected until {end}: from {low:.0f} to {high:.0f}"
        )
    gained = float(row["gain"])
    multiple = Estimate(gained / value, gained / high, gained / low)
    return Gain(int(row["days"]), int(gained), Estimate(value, low, high), multiple)


def sandy(followers: pd.DataFrame) -> Estimate:
    """Return the gain through the hurricane Sandy as a multiple of what the trend foretold.

    Parameters
    ----------
    followers
        The table ``nyc_followers``.
    """
    return gain(followers).multiple


def gain_shares(gains: pd.DataFrame) -> pd.Series[float]:
    """Return each account's share of the gain through the hurricane, the largest first.

    Parameters
    ----------
    gains
        The table ``nyc_follower_gains``.
    """
    shares = gains.set_index("account")["sandy"] / gains["sandy"].sum()
    return shares.sort_values(ascending=False)


def times_former_pace(gains: pd.DataFrame, without: str = "") -> float:
    """Return the gain per day through the hurricane as a multiple of that of the year before.

    Parameters
    ----------
    gains
        The table ``nyc_follower_gains``.
    without
        Account to leave out, if one is.
    """
    sums = gains.loc[gains["account"] != without, ["sandy", "before"]].sum()
    return float(sums["sandy"] / sums["before"])


def faster_than_ever(gains: pd.DataFrame) -> int:
    """Return how many accounts gained faster than in any earlier interval.

    Parameters
    ----------
    gains
        The table ``nyc_follower_gains``.
    """
    return int((gains["sandy"] > gains["fastest"]).sum())


def beds(epidemic: pd.DataFrame) -> dict[str, Any]:
    """Return what :func:`hospitals` says of the two waves, by the keys of the chapter."""
    found = hospitals(epidemic)
    columns = {"wards": "wards", "icu": "intensive_care", "deaths": "deaths"}
    return {
        f"{key}-{wave}": value
        for key, column in columns.items()
        for wave, value in zip(("first", "second"), found[column], strict=True)
    }


def by_bulletin(hours: pd.DataFrame) -> dict[str, Any]:
    """Return what :func:`bulletin` says of three stretches, by the keys of the chapter."""
    found = bulletin(hours)
    stretches = ("before", "spring", "autumn")
    return {
        f"{key}-{stretch}": value
        for key, column in {"bulletin": "share", "within": "within", "outside": "outside"}.items()
        for stretch, value in zip(stretches, found[column], strict=True)
        if (key, stretch) != ("bulletin", "before")
    }


def italian_accounts(ratios: pd.DataFrame) -> dict[str, Any]:
    """Return how much Italy's four accounts posted in the waves.

    Parameters
    ----------
    ratios
        What :func:`waves` returns.

    Returns
    -------
    dict
        By the keys of the chapter: the ministry of health's posts per week in both waves; of the
        other accounts, posts in a wave against each one's own year before.
    """
    rows = ratios.set_index(["account", "wave"]).sort_index()
    ministry = rows.loc["MinisteroSalute"]
    pace = ministry["baseline"] * ministry["value"]
    others = {
        "palazzo-first": ("Palazzo_Chigi", "first"),
        "conte-first": ("GiuseppeConteIT", "first"),
        "farnesina-first": ("ItalyMFA", "first"),
        "farnesina-second": ("ItalyMFA", "second"),
    }
    return {f"italy-pace-{wave}": pace[wave] for wave in WAVES} | {
        key: Estimate.of_row(rows.loc[pair]) for key, pair in others.items()
    }


def placebos(stretches: pd.DataFrame) -> dict[str, Any]:
    """Return the gain through the first hurricane, and those through stretches without one.

    Parameters
    ----------
    stretches
        What :func:`steps` returns.

    Returns
    -------
    dict
        By the keys of the chapter; ``placebo-out`` are outside their prediction interval.
    """
    irene, calm = stretches.iloc[0], stretches[stretches["calm"]]
    outside = (calm["gain"] < calm["low"]) | (calm["gain"] > calm["high"])
    return {
        "irene-multiple": irene["multiple"],
        "irene-days": irene["days"],
        "calm-shortest": calm["days"].min(),
        "calm-longest": calm["days"].max(),
        "placebo-count": len(calm),
        "placebo-out": outside.sum(),
        "placebo-low": calm["multiple"].min(),
        "placebo-high": calm["multiple"].max(),
    }


def evenings(hours: pd.DataFrame) -> dict[str, Any]:
    """Return how much members of parliament posted on two evenings, and on ordinary ones.

    Parameters
    ----------
    hours
        The table ``uk_mp_post_hours``.

    Returns
    -------
    dict
        By the keys of the chapter: ``evening`` from 20:00 to 22:59, ``seven`` from 19:00 to 19:59.
    """
    late, seven = evening(hours, 20, 22), evening(hours, 19, 19)
    return {
        "mp-posts": hours["posts"].sum(),
        "ordinary-days": late["days"],
        "evening-capitol": late["capitol"],
        "evening-lockdown": late["lockdown"],
        "evening-usual": late["ordinary"],
        "evening-times": late["capitol"] / late["ordinary"].value,
        "seven-capitol": seven["capitol"],
        "seven-usual": seven["ordinary"],
    }


def through_sandy(gains: pd.DataFrame) -> dict[str, Any]:
    """Return which accounts gained through the hurricane, and how much faster than before.

    Parameters
    ----------
    gains
        The table ``nyc_follower_gains``.

    Returns
    -------
    dict
        By the keys of the chapter.
    """
    parts, rows = gain_shares(gains), gains.set_index("account")
    paces = rows["sandy"] / rows["before"]
    return {
        "gained": (gains["sandy"] > 0).sum(),
        "faster": faster_than_ever(gains),
        "mayor-share": parts[MAYOR],
        "four-share": parts.nlargest(4).sum(),
        "tourism": paces["nycgo"],
        "schools": paces["NYCSchools"],
        "pace-others": times_former_pace(gains, without=MAYOR),
        "pace-all": times_former_pace(gains),
    }
