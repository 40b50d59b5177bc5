"""When ministries and leaders post."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govsocial import rhythm
from govsocial.uncertainty import ALPHA, Estimate, mean

GROUPS = {"ministries": ("health", "foreign"), "leaders": ("leader",)}
"""Groups of accounts, each with the kinds of the table ``posting_zones`` in it."""

KEPT = ("CN", "TR")
"""Countries that left their clocks alone in the years of the posts."""

GAVE_UP = "BR"
"""Country that gave up summer time in these years."""

PERIODS = {
    "all": ("2010-11-08", "2021-02-15"),
    "before": ("2010-11-08", "2020-01-13"),
    "epidemic": ("2020-03-02", "2021-02-15"),
    "same": ("2020-06-15", "2020-12-28"),
}
"""First and last Mondays: all weeks, before and in the epidemic, and those of all accounts."""

_COMPARED = ("leaders", "ministries")

EVENING = 18
"""Hour from which a working day counts as evening."""


def by_clock(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the posts of working days by the clock of winter, and whether clocks are changed.

    Parameters
    ----------
    hours
        The table ``posting_hours`` joined with ``posting_zones``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.rhythm.winter_clock`, without :data:`GAVE_UP`, with the column
        ``panel``: ``kept`` in :data:`KEPT`, ``changed`` elsewhere.
    """
    working = hours[(hours["weekday"] <= 5) & (hours["country"] != GAVE_UP)]
    unchanged = rhythm.winter_clock(working)
    kept = unchanged["country"].isin(KEPT)
    return unchanged.assign(panel=kept.map({True: "kept", False: "changed"}))


def earlier_in_summer(unchanged: pd.DataFrame, dawn: int = rhythm.DAWN) -> pd.DataFrame:
    """Return by how many minutes posts come earlier in summer, mean over accounts.

    Parameters
    ----------
    unchanged
        What :func:`by_clock` returns.
    dawn
        Hour at which a day begins.

    Returns
    -------
    DataFrame
        By ``panel``: ``accounts``, ``value``, ``low`` and ``high``.
    """
    rows = {}
    for panel, posts in unchanged.groupby("panel"):
        means = rhythm.mean_hours(posts, ["account", "season"], dawn).unstack()
        rows[panel] = (len(means), *mean(60 * (means["winter"] - means["summer"])))
    columns = ["accounts", "value", "low", "high"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def group(weeks: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the weeks of one of the :data:`GROUPS`.

    Parameters
    ----------
    weeks
        The table ``posting_weeks`` joined with ``posting_zones``.
    name
        A key of :data:`GROUPS`.
    """
    return weeks[weeks["kind"].isin(GROUPS[name])]


def mean_shares(
    weeks: pd.DataFrame, zones: pd.DataFrame, count: str = "weekend"
) -> dict[str, Estimate]:
    """Return the mean share of posts at the weekend, or in office hours, by group of accounts.

    Parameters
    ----------
    weeks, zones
        The tables ``posting_weeks`` and ``posting_zones``.
    count
        ``weekend`` or ``office``.
    """
    joined = weeks.merge(zones)
    return {name: rhythm.mean_share(group(joined, name), count) for name in GROUPS}


def weekends_kept(week: pd.DataFrame) -> pd.Series[bool]:
    """Return which accounts clearly post less at weekends than if all days were alike.

    Parameters
    ----------
    week
        What :func:`govsocial.rhythm.working_week` returns.

    Returns
    -------
    Series
        By account, judged by p-values adjusted for their number.
    """
    return (week["pvalue"] < ALPHA) & (week["weekend"] < rhythm.WEEKEND_EVEN)


def by_country(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return the mean weekend shares of leaders and of ministries of each country with both.

    Parameters
    ----------
    weeks
        The table ``posting_weeks`` joined with ``posting_zones``.

    Returns
    -------
    DataFrame
        By ``country``: ``leaders``, ``leaders_low``, ``leaders_high``, the same of
        ``ministries``, and their difference, ``more``.
    """
    frames = [
        rhythm.mean_shares(group(weeks, name), "country").set_axis(
            [name, f"{name}_low", f"{name}_high"], axis=1
        )
        for name in GROUPS
    ]
    found = frames[0].join(frames[1], how="inner").rename_axis("country")
    return found.assign(more=found["leaders"] - found["ministries"])


def differences(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return how much more leaders post at weekends than ministries, in each of the periods.

    Parameters
    ----------
    weeks
        The table ``posting_weeks`` joined with ``posting_zones``.

    Returns
    -------
    DataFrame
        By key of :data:`PERIODS`: ``value``, ``low`` and ``high``, in percentage points.
    """
    rows = {}
    for name, span in PERIODS.items():
        leaders, ministries = (rhythm.during(group(weeks, of), *span) for of in _COMPARED)
        rows[name] = rhythm.share_difference(leaders, ministries)
    return 100 * pd.DataFrame.from_dict(rows, orient="index", columns=["value", "low", "high"])


def evening_share(week: pd.DataFrame) -> float:
    """Return the share of posts of working days that come at six in the evening or later.

    Parameters
    ----------
    week
        What :func:`govsocial.rhythm.hours_of_week` returns.
    """
    working = week[week["weekday"] <= 5]
    return float(working.loc[working["hour"] >= EVENING, "share"].sum() / working["share"].sum())


def two_programs(programs: pd.DataFrame, least: int = 20) -> pd.DataFrame:
    """Return the weekend shares of members by program, of those who use both of them.

    Parameters
    ----------
    programs
        The table ``congress_member_programs``.
    least
        Posts that a member must have from each program.

    Returns
    -------
    DataFrame
        By ``member``: ``site``, ``mobile`` and ``gap``, the second less the first.
    """
    often = programs[programs["posts"] >= least]
    shares = often.assign(share=(often["weekend"] / often["posts"]).astype(float))
    wide = shares.pivot(index="member", columns="program", values="share")
    both = wide[["site", "mobile"]].dropna()
    return both.assign(gap=both["mobile"] - both["site"])


def president(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return the weekend and the office hours of a president's posts on Truth Social.

    Parameters
    ----------
    weeks
        The table ``truth_social_weeks``.

    Returns
    -------
    DataFrame
        By phase and share (``weekend``, ``office``): ``value``, ``low`` and ``high``; stretches of
        weeks vary.
    """
    measures = {"weekend": rhythm.weekend_share, "office": rhythm.office_hours_share}
    rows = {
        (phase, name): measure(rows, rhythm.stretches(rows))
        for phase, rows in weeks.groupby("phase")
        for name, measure in measures.items()
    }
    return pd.DataFrame(rows.values(), index=pd.MultiIndex.from_tuples(rows))


AUGUST, AROUND = 8, (6, 7, 9, 10)
"""The month of holidays, and the months around it with which it is compared."""


def augusts(months: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Return the posts of each August and of the months around it.

    Parameters
    ----------
    months, accounts
        The tables ``posting_months`` and ``posting_accounts``.

    Returns
    -------
    DataFrame
        By ``account`` and ``year``, where June to October are whole: ``country``, ``kind``,
        ``august``, the posts of that month, ``around``, those of an average month of
        :data:`AROUND`, and ``ratio``.
    """
    known = months.assign(year=months["month"].dt.year, of_year=months["month"].dt.month)
    wide = known.pivot_table(
        index=["account", "year"], columns="of_year", values="posts", aggfunc="sum", fill_value=0
    ).reset_index()
    found = accounts[["account", "country", "kind", "first_month", "last_month"]].merge(wide)
    year = found["year"].astype("str")
    # Neither the first nor the last month of an account is whole.
    begun = found["first_month"] < pd.to_datetime(year + f"-{min(AROUND):02}-01")
    whole = found[begun & (found["last_month"] > pd.to_datetime(year + f"-{max(AROUND):02}-01"))]
    around = whole[[*AROUND]].astype(float).mean(axis=1)
    kept = whole[["country", "kind", "account", "year"]]
    kept = kept.assign(august=whole[AUGUST].astype(float), around=around)
    return kept.assign(ratio=kept["august"] / kept["around"]).reset_index(drop=True)


def by_account(years: pd.DataFrame) -> pd.DataFrame:
    """Return what each account posts in August for each post of an average month around it.

    Parameters
    ----------
    years
        What :func:`augusts` returns.

    Returns
    -------
    DataFrame
        ``country``, ``kind``, ``account``, ``years`` and ``ratio``, of the sums over years.
    """
    sums = years.groupby(["country", "kind", "account"]).agg(
        years=("year", "size"), august=("august", "sum"), around=("around", "sum")
    )
    return sums.assign(ratio=sums["august"] / sums["around"]).reset_index()


def italian_augusts(years: pd.DataFrame) -> dict[str, Any]:
    """Return what the accounts of Italy and of others post in August.

    Parameters
    ----------
    years
        What :func:`augusts` returns.

    Returns
    -------
    dict
        ``italy`` and ``others``, mean ratios of accounts; how many ``accounts`` and ``countries``,
        and the ``place`` of Italy's median among these, from the lowest; the ratios of the other
        Italian accounts, and of the ministry of health in 2020 and in the years before.
    """
    accounts = by_account(years)
    italian = accounts["country"] == "IT"
    named = accounts[italian].set_index("account")["ratio"]
    medians = accounts.groupby("country")["ratio"].median()
    health = years[years["account"] == "MinisteroSalute"].set_index("year")["ratio"]
    usual = health.drop(2020).sort_values()
    return {
        "italy": mean(accounts.loc[italian, "ratio"]),
        "others": mean(accounts.loc[~italian, "ratio"]),
        "accounts": len(accounts),
        "countries": medians.drop(["EU", "INT"]).size,
        "place": medians.drop(["EU", "INT"]).rank()["IT"],
        "chigi": named["Palazzo_Chigi"],
        "farnesina": named["ItalyMFA"],
        "conte": named["GiuseppeConteIT"],
        "health-2020": health[2020],
        "health-least": usual.iloc[0],
        "health-most-but-one": usual.iloc[-2],
        "health-most": usual.iloc[-1],
        "health-most-year": usual.index[-1],
    }
