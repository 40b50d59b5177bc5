"""Figures of the chapter *When do governments speak?*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from babel.dates import get_day_names
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from govsocial import labels, rhythm
from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.language import locale, translation

_ = translation(__name__)

_HOURS = (0, 6, 12, 18, 24)
_TOP = 4.5
"""Posts of the hour with the strongest colour of a map, in multiples of an even week."""


@chart
def clocks(hours: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw posts by hour in winter and in summer on a clock that is never changed.

    Parameters
    ----------
    hours
        Columns ``panel`` (``changed`` or ``kept``), ``account``, ``season``, ``hour`` by the
        clock of winter, and ``posts``.
    """
    wide = hours.pivot_table("posts", ["panel", "account", "season"], "hour", "sum", fill_value=0)
    shares = wide.div(wide.sum(axis=1), axis=0).groupby(["panel", "season"]).mean()
    drawn = shares.astype(float).reset_index().melt(["panel", "season"], value_name="share")
    titles = {"changed": _("Clocks change in summer"), "kept": _("Clocks are left alone")}
    looks = {"winter": (_("winter"), style.BLUE, "-"), "summer": (_("summer"), style.ORANGE, "--")}
    figure, grid = style.subplots(1, 2, height=3.2, sharey=True)
    for axes, (panel, title) in zip(grid, titles.items(), strict=True):
        for season, (name, colour, dashes) in looks.items():
            rows = drawn[(drawn["panel"] == panel) & (drawn["season"] == season)]
            x, y = rows["hour"] + 0.5, rows["share"]
            axes.plot(x, y, dashes, color=colour, label=name)
        axes.set_title(title)
        _day(axes)
    labels.axis_format(grid[0].yaxis, "0%")
    grid[0].set(ylim=(0, None), ylabel=_("share of posts, Monday to Friday"))
    grid[1].legend(loc="upper left")
    figure.supxlabel(_("hour of the day by the clock of winter"), fontsize=9.5)
    return figure, drawn


@chart
def maps(panels: Mapping[str, pd.DataFrame]) -> tuple[Figure, pd.DataFrame]:
    """Draw the week as a map of hours, one panel per group of accounts.

    Parameters
    ----------
    panels
        By name of the group, what :func:`govsocial.rhythm.hours_of_week` returns. The names are
        those of :func:`_groups`.
    """
    rows = -(-len(panels) // 2)
    figure, grid = style.subplots(rows, 2, height=0.9 + 2.1 * rows, sharex=True, sharey=True)
    colours = LinearSegmentedColormap.from_list("posts", ["#ffffff", style.SKY, "#052b4d"])
    names = _groups()
    for axes, (group, week) in zip(grid.flat, panels.items(), strict=True):
        grids = week.pivot(index="weekday", columns="hour", values="ratio").to_numpy(dtype=float)
        mesh = axes.pcolormesh(
            np.arange(25),
            np.arange(8),
            grids,
            cmap=colours,
            vmin=0,
            vmax=_TOP,
            linewidth=0,
            rasterized=True,
        )
        axes.plot([9, 17, 17, 9, 9], [0, 0, 5, 5, 0], "-", color=style.ORANGE, linewidth=1.8)
        axes.set_title(names[group])
        axes.grid(visible=False)
        axes.set_ylim(7, 0)
        axes.set_yticks(np.arange(7) + 0.5, _weekdays())
        _day(axes)
    bar = figure.colorbar(mesh, ax=grid, orientation="horizontal", aspect=45, shrink=0.8, pad=0.02)
    bar.set_ticks([0, 1, 2, 3, 4])
    labels.axis_format(bar.ax.xaxis, "0")
    bar.set_label(_("times as many posts as in an even week"))
    drawn = pd.concat([week.assign(group=group) for group, week in panels.items()])
    return figure, drawn.reset_index(drop=True)


@chart
def weekends(week: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of every account's posts that falls on a weekend, by kind of account.

    Parameters
    ----------
    week
        What :func:`govsocial.rhythm.working_week` returns, with the column ``kind``.
    """
    columns = (
        ((_("Health"), ["health"]),),
        (
            (_("Leaders"), ["leader"]),
            (_("Governments and offices"), ["executive", "leader_office"]),
            (_("Foreign affairs"), ["foreign"]),
        ),
    )
    drawn = week.reset_index()
    figure, grid = style.subplots(
        1, 2, height=7.6, tall=10.5, sharex=True, **style.columns(drawn["kind"], columns)
    )
    ends = [_column(axes, drawn, groups) for axes, groups in zip(grid, columns, strict=True)]
    style.end_columns(grid, ends, spare=(style.pick(1, -3.5), 1))
    grid[0].text(
        0.0,
        ends[0] + 1.5,
        _("Dashed line: two days in seven,\nas if all days were alike."),
        va="top",
        fontsize=9.5,
    )
    return figure, drawn


@chart
def leaders(countries: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the weekend share of leaders and of ministries, country by country.

    Parameters
    ----------
    countries
        What :func:`govsocial.findings.office_hours.by_country` returns.
    """
    drawn = countries.sort_values("leaders", ascending=False).reset_index()
    figure, axes = style.subplots(height=3.6)
    places = range(len(drawn))
    looks = (
        ("ministries", _("ministries and agencies"), style.BLUE, "s"),
        ("leaders", _("leaders"), style.RED, "o"),
    )
    for column, name, colour, marker in looks:
        bounds = drawn[f"{column}_low"], drawn[f"{column}_high"]
        axes.hlines(places, *bounds, color=colour, linewidth=4, alpha=0.4)
        axes.plot(drawn[column], places, marker, color=colour, markersize=7)
        style.label(axes, drawn[column][0], -0.75, name, color=colour, ha="center", fontsize=10)
    axes.set_yticks(places, [labels.country(code) for code in drawn["country"]])
    axes.set(ylim=(len(drawn) - 0.4, -1.2), xlim=(0, 0.34))
    axes.axvline(rhythm.WEEKEND_EVEN, color=style.INK, linestyle="--", linewidth=1)
    axes.set_xlabel(_("share of posts at the weekend"))
    labels.axis_format(axes.xaxis, "0%")
    return figure, drawn


@chart
def parliament(days: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw posts by hour of an average working day and of an average day of the weekend.

    Parameters
    ----------
    days
        Columns ``group`` (``members`` or ``institutions``), ``weekend``, ``hour`` and ``share``:
        of the posts of a week, in that hour of one such day.
    """
    titles = {"members": _("Members of Parliament"), "institutions": _("British institutions")}
    looks = {
        False: (_("working day"), style.BLUE, "-"),
        True: (_("day of the weekend"), style.ORANGE, "--"),
    }
    figure, grid = style.subplots(1, 2, height=3.2, sharey=True)
    for axes, (group, title) in zip(grid, titles.items(), strict=True):
        axes.axvspan(9, 17, color=style.PALE, alpha=0.45, linewidth=0)
        for weekend, (name, colour, dashes) in looks.items():
            rows = days[(days["group"] == group) & (days["weekend"] == weekend)]
            axes.plot(rows["hour"] + 0.5, rows["share"], dashes, color=colour, label=name)
        axes.set_title(title)
        _day(axes)
    grid[0].set(ylim=(0, None), ylabel=_("share of the posts of a week"))
    grid[0].set_yticks([0, 0.005, 0.01, 0.015, 0.02])
    grid[0].legend(loc="upper left")
    labels.axis_format(grid[0].yaxis, "0.0%")
    figure.supxlabel(_("hour of the day in London"), fontsize=9.5)
    return figure, days


@chart
def two_programs(members: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how much larger each member's weekend share is from a phone than from the web site.

    Parameters
    ----------
    members
        Column ``gap``, of the weekend share from a phone less that from the web site.
    """
    figure, axes = style.subplots(height=3.4)
    edges = np.linspace(-0.4, 0.95, 28)
    counts, _edges = np.histogram(members["gap"], edges)
    colours = np.where(edges[:-1] < -1e-9, style.GREY, style.BLUE)
    axes.bar(edges[:-1], counts, width=0.046, align="edge", color=colours)
    axes.axvline(0, color=style.INK, linestyle="--", linewidth=1)
    top = counts.max()
    less, more = _("less from the phone"), _("more at the weekend from the phone")
    style.label(axes, -0.02, top, less, letters=9, ha="right", fontsize=10)
    style.label(axes, 0.3, top, more, letters=16, fontsize=10)
    axes.set(
        xlabel=_("weekend share from a phone, less that from the web site (percentage points)"),
        ylabel=_("members of Congress"),
    )
    ticks = [-0.2, 0, 0.2, 0.4, 0.6, 0.8]
    axes.set_xticks(ticks, [labels.decimal(100 * tick, "0") for tick in ticks])
    drawn = pd.DataFrame({"from": edges[:-1].round(2), "to": edges[1:].round(2), "members": counts})
    return figure, drawn


def _column(axes: Axes, drawn: pd.DataFrame, groups: Sequence[tuple[str, list[str]]]) -> int:
    """Draw one column of accounts, a heading above each group; return where it ends."""
    place = 0
    for title, kinds in groups:
        style.label(axes, 0, place, title, fontweight="bold", fontsize=10)
        rows = drawn[drawn["kind"].isin(kinds)]
        bounds = (rows["account"], rows["weekend"], rows["weekend_low"], rows["weekend_high"])
        for row, (name, share, low, high) in enumerate(zip(*bounds, strict=True), place + 1):
            axes.plot([low, high], [row, row], "-", color=style.BLUE, linewidth=3, alpha=0.45)
            axes.plot(share, row, "o", color=style.BLUE, markersize=5)
            style.label(axes, high + 0.008, row, name, fontsize=8.5)
        place += len(rows) + 2
    axes.axvline(rhythm.WEEKEND_EVEN, color=style.INK, linestyle="--", linewidth=1)
    axes.set(xlim=(0, 0.45), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_xticks([0, 0.1, 0.2, 0.3])
    labels.axis_format(axes.xaxis, "0%")
    return place


def _day(axes: Axes) -> None:
    axes.set_xlim(0, 24)
    axes.set_xticks(_HOURS, [str(hour) for hour in _HOURS])


def _weekdays() -> list[str]:
    """Return the short names of the days from Monday on, in the language of the build."""
    names = get_day_names("abbreviated", locale=locale())
    return [names[day] for day in range(7)]


def _groups() -> dict[str, str]:
    return {
        "foreign": _("Foreign affairs"),
        "health": _("Health"),
        "executive": _("Governments"),
        "leader": _("Leaders"),
        "site": _("Web site"),
        "tool": _("Tools for teams"),
        "mobile": _("Phone or tablet"),
        "bridge": _("From other platforms"),
    }
