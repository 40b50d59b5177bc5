"""Figures of the chapter on emergencies: an epidemic, a storm and one evening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.emergency import Span
from govsocial.labels import axis_format, country, decimal
from govsocial.language import translation

_ = translation(__name__)

_WEEK = pd.Timedelta(days=7)
_MIDWEEK = pd.Timedelta(days=3.5)
_NOT_A_COUNTRY = {"INT"}


@chart
def italy(
    posts: pd.Series[int], epidemic: pd.DataFrame, baseline: float, waves: Mapping[str, Span]
) -> tuple[Figure, pd.DataFrame]:
    """Draw the patients in Italy's hospitals above the weekly posts of the ministry of health.

    Parameters
    ----------
    posts
        Posts by week of the ministry's account, indexed by Monday.
    epidemic
        The table ``covid_italy_weeks``.
    baseline
        Posts per week in the year before.
    waves
        Names and weeks of the waves, which are shaded.
    """
    figure, (above, below) = style.subplots(2, height=4.8, sharex=True)
    middle = epidemic["week"] + _MIDWEEK
    looks = (
        ("wards", style.SKY, _("in wards")),
        ("intensive_care", style.RED, _("intensive care")),
    )
    for column, colour, text in looks:
        above.fill_between(middle, epidemic[column], color=colour, label=text)
    above.set_title(_("Patients with COVID-19 in Italy's hospitals"))
    above.legend(loc="upper left")
    weeks = pd.Series(posts.index)
    below.bar(weeks + _MIDWEEK, posts.astype(float), width=5.6, color=style.BLUE)
    text = _("mean of the year before: {n}").format(n=decimal(baseline, "0"))
    below.axhline(baseline, color=style.INK, linestyle="--", linewidth=1.2, label=text)
    style.inner_legend(below, "upper right")
    below.set_title(_("Posts of the ministry of health in a week"))
    for axes in (above, below):
        _shade(axes, waves)
        axis_format(axes.yaxis, "#,##0")
        axes.grid(axis="x", visible=False)
    below.set_xlim(posts.index.min(), posts.index.max() + _WEEK)
    _months(below, ["2019-07", "2020-01", "2020-07", "2021-01"])
    drawn = posts.rename("posts").rename_axis("week").reset_index()
    return figure, drawn.merge(epidemic, on="week", how="left")


def _shade(axes: Axes, waves: Mapping[str, Span]) -> None:
    for span in waves.values():
        ends = pd.Series([pd.Timestamp(span.first), pd.Timestamp(span.last) + _WEEK])
        whole_height = axes.get_xaxis_transform()
        axes.fill_between(
            ends, 0, 1, transform=whole_height, color=style.PALE, alpha=0.45, zorder=0
        )


def _months(axes: Axes, months: Sequence[str]) -> None:
    dates = pd.to_datetime(list(months))
    axes.set_xticks(dates, [f"{date.month}/{date.year}" for date in dates])


@chart
def ratios(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw each account's posts per week in two waves, as multiples of its own year before.

    Parameters
    ----------
    frame
        Columns ``account``, ``country``, ``wave`` (``first`` or ``second``), ``value``, ``low``
        and ``high``.
    """
    order = frame[frame["wave"] == "first"].sort_values("value")["account"]
    places = pd.Series(range(len(order)), index=order)
    figure, axes = style.subplots(height=6.4)
    look = {
        "first": (0.17, style.BLUE, "o", style.BLUE, _("first wave, 24 February–31 May 2020")),
        "second": (-0.17, style.RED, "D", "white", _("second wave, 28 Sept. 2020–3 Jan. 2021")),
    }
    axes.axvline(1, color=style.INK, linewidth=1)
    for wave, (shift, colour, marker, fill, text) in look.items():
        rows = frame[frame["wave"] == wave]
        y = rows["account"].map(places) + shift
        axes.hlines(y, rows["low"], rows["high"], color=colour, linewidth=1.5)
        axes.plot(
            rows["value"], y, marker, color=colour, markerfacecolor=fill, markersize=6, label=text
        )
    nations = frame.drop_duplicates("account").set_index("account")["country"]
    axes.set_yticks(places, [_named(account, nations[account]) for account in places.index])
    axes.set_ylim(-0.7, len(places) - 0.3)
    _log_multiples(axes, [0.25, 0.5, 1, 2, 4])
    axes.set_xlim(0.12, 7.5)
    axes.set_xlabel(_("Posts per week, as a multiple of the year before (log scale)"))
    style.legend(figure, *axes.get_legend_handles_labels(), loc="outside upper right", ncols=1)
    return figure, frame


def _named(account: str, nation: str) -> str:
    return account if nation in _NOT_A_COUNTRY else f"{country(nation)}: {account}"


def _log_multiples(axes: Axes, ticks: Sequence[float]) -> None:
    axes.set_xscale("log")
    axes.set_xticks(ticks, [decimal(tick, "0.##") for tick in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.grid(axis="y", visible=False)


@chart
def course(bands: pd.DataFrame, waves: Mapping[str, Span]) -> tuple[Figure, pd.DataFrame]:
    """Draw the median course of each kind of account, in multiples of each one's year before.

    Parameters
    ----------
    bands
        What :func:`govsocial.emergency.course` returns.
    waves
        Names and weeks of the waves, which are shaded.
    """
    names = {
        "health": _("Health ministries and agencies"),
        "executive": _("Governments"),
        "foreign": _("Foreign ministries"),
        "leader": _("Leaders"),
    }
    figure, grid = style.subplots(2, 2, height=4.6, sharex=True, sharey=True)
    for axes, (kind, title) in zip(grid.flat, names.items(), strict=True):
        band = bands[bands["kind"] == kind]
        _shade(axes, waves)
        axes.axhline(1, color=style.INK, linewidth=0.9)
        axes.fill_between(band["week"], band["low"], band["high"], color=style.SKY, alpha=0.45)
        axes.plot(band["week"], band["median"], color=style.BLUE, linestyle="-")
        axes.set_title(f"{title} ({decimal(band['accounts'].iloc[0])})")
        axis_format(axes.yaxis, "0")
        axes.set_ylim(0, 5)
        axes.grid(axis="x", visible=False)
    grid[1, 0].set_xlim(pd.Timestamp("2019-07-01"), pd.Timestamp("2021-01-04"))
    _months(grid[1, 0], ["2019-10", "2020-04", "2020-10"])
    figure.supylabel(_("Posts per week, multiple of the year before"), fontsize=9.5)
    return figure, bands[bands["kind"].isin(names)]


@chart
def followers(samples: pd.Series[int], steps: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the followers of the same accounts, and their gain per day against the trend.

    Parameters
    ----------
    samples
        Followers by day of the sample.
    steps
        What :func:`govsocial.emergency.multiples` returns.
    """
    figure, (above, below) = style.subplots(2, height=5.2, sharex=True)
    above.plot(samples.index, samples.astype(float), "-o", color=style.BLUE, markersize=4)
    above.set_ylim(0, samples.max() * 1.12)
    above.set_title(_("Followers of the same accounts"))
    days = steps["days"].to_numpy(float)
    middle = steps["start"] + (steps["end"] - steps["start"]) / 2
    below.fill_between(
        middle, steps["low"] / days, steps["high"] / days, color=style.SKY, alpha=0.35
    )
    below.plot(middle, steps["expected"] / days, color=style.BLUE, linestyle="--", linewidth=1.2)
    for calm, colour in ((True, style.BLUE), (False, style.RED)):
        part = steps[steps["calm"] == calm]
        below.hlines(part["per_day"], part["start"], part["end"], color=colour, linewidth=4)
    storms = ((0, _("Irene"), "left"), (len(steps) - 2, _("Sandy"), "right"))
    for index, text, side in storms:
        step = steps.iloc[index]
        at = step["end"] + pd.Timedelta(days=4) if side == "left" else step["start"]
        at = at - pd.Timedelta(days=0 if side == "left" else 4)
        words = f"{text}: {decimal(step['per_day'])}"
        style.label(below, at, step["per_day"], words, ha=side)
    below.set_yscale("log")
    below.set_ylim(150, 20_000)
    below.set_yticks([200, 500, 1_000, 2_000, 5_000, 10_000])
    below.yaxis.set_minor_locator(NullLocator())
    below.set_title(_("Followers gained per day (log scale)"))
    for axes in (above, below):
        axis_format(axes.yaxis, "#,##0")
    _months(below, ["2011-10", "2012-01", "2012-04", "2012-07", "2012-10"])
    return figure, steps


@chart
def gains(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the daily gain of followers of single accounts, in the storm and before.

    Parameters
    ----------
    frame
        Rows of the table ``nyc_follower_gains``, in their order from the top.
    """
    figure, axes = style.subplots(height=5.6)
    rows = np.arange(len(frame))
    calm = _("slowest to fastest stretch of the year before, and mean")
    # A gain of zero, or a loss, has no place on a log scale: such a line starts at the edge.
    slowest = frame["slowest"].clip(lower=0.1)
    axes.hlines(
        rows, slowest, frame["fastest"], color=style.GREY, linewidth=5, alpha=0.55, label=calm
    )
    axes.plot(frame["before"].clip(lower=0.1), rows, "|", color=style.INK, markersize=9)
    look = (
        ("sandy", "o", style.RED, _("through Sandy, 24 October to 2 November 2012")),
        ("week_after", "D", "white", _("week after, to 9 November")),
    )
    for column, marker, fill, text in look:
        axes.plot(
            frame[column], rows, marker, color=style.RED, markerfacecolor=fill, label=text, zorder=3
        )
    axes.set_yticks(rows, frame["account"])
    axes.set_ylim(len(frame) - 0.4, -0.6)
    axes.set_xscale("log")
    axes.set_xlim(0.1, 10_000)
    axes.set_xticks([1, 10, 100, 1_000, 10_000])
    axes.xaxis.set_minor_locator(NullLocator())
    axis_format(axes.xaxis, "#,##0.#")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Followers gained per day (log scale)"))
    style.legend(figure, *axes.get_legend_handles_labels(), loc="outside upper right", ncols=1)
    return figure, frame


@chart
def evening(
    hours: pd.DataFrame, lockdown: pd.Timestamp, capitol: pd.Timestamp
) -> tuple[Figure, pd.DataFrame]:
    """Draw posts by hour on two days of January 2021, over those of the other working days.

    Parameters
    ----------
    hours
        Columns ``day``, ``hour`` and ``posts``: working days, with the two special ones.
    lockdown, capitol
        The days of the prime minister's address and of the attack on the Capitol.
    """
    wide = hours.pivot(index="hour", columns="day", values="posts").astype(float)
    plain = wide.drop(columns=[lockdown, capitol])
    figure, axes = style.subplots(height=3.9)
    axes.plot(plain.index, plain, color=style.GREY, alpha=0.4, linestyle="-", linewidth=0.9)
    middle = plain.median(axis=1)
    axes.plot(middle.index, middle, color=style.INK, linestyle="-")
    style.label(axes, 15.5, 95, _("median of the other working days"), ha="center")
    looks = (
        (lockdown, style.BLUE, "--", _("4 January: lockdown address")),
        (capitol, style.RED, "-", _("6 January: attack on the Capitol")),
    )
    for day, colour, dash, text in looks:
        line = wide[day]
        axes.plot(line.index, line, color=colour, linestyle=dash, linewidth=2.4)
        height = line.max() - style.pick(0, 90 if day == capitol else 0)
        style.label(axes, style.pick(19.4, 18.9), height, text, ha="right", color=colour)
    axes.set_xlim(0, 23)
    axes.set_ylim(0, 640)
    axes.set_xticks([0, 6, 12, 18, 20, 22])
    axes.set_xlabel(_("Hour of the day in Westminster (20: from 20:00 to 20:59)"))
    axes.set_ylabel(_("Posts of all members in the hour"))
    axes.grid(axis="x", visible=False)
    return figure, hours
