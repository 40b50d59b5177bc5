"""Figures of the chapter *What can a bare post ID tell?*."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from govsocial import labels, rhythm, snowflake
from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.language import translation
from govsocial.uncertainty import ALPHA, add_shares

_ = translation(__name__)


@chart
def anatomy(number: int) -> tuple[Figure, pd.DataFrame]:
    """Draw the 64 bits of a snowflake id to scale, and what each part holds.

    Parameters
    ----------
    number
        The id.
    """
    parts = snowflake.decode(number)
    colours = (style.PALE, style.BLUE, style.ORANGE, style.GREEN, style.PURPLE)
    words = (
        "",
        _("41 bits: milliseconds since 4 November 2010"),
        _("5 bits: data centre"),
        _("5 bits: machine"),
        _("12 bits: serial number in the millisecond"),
    )
    moment = f"{parts.time:%Y-%m-%d %H:%M:%S}.{parts.time.microsecond // 1000:03d} UTC"
    values = ("", moment, str(parts.datacenter), str(parts.worker), str(parts.sequence))
    figure, axes = style.subplots(height=3.3, tall=2.4)
    axes.set(xlim=(-0.3, 64.3), ylim=(-5.6, 2.6))
    axes.axis("off")
    axes.text(0, 2.0, str(number), fontsize=15, fontweight="bold", va="center")
    _bits(axes, number, colours)
    axes.text(1, -1.1, f"{words[1]}\n→ {values[1]}", fontsize=12, va="center", color=colours[1])
    for row, x in enumerate((44, 49, 58), 2):
        y = 0.6 - 1.4 * row
        text = f"{words[row]} → {values[row]}"
        if style.is_narrow():
            axes.text(1, y, text, va="center", color=colours[row])
            continue
        axes.plot([x, x], [-0.15, y], "-", color=colours[row], linewidth=1.4)
        axes.text(x - 0.7, y, text, ha="right", va="center", fontsize=12)
    drawn = {
        "part": [name for name, _bits_of in snowflake.LAYOUT],
        "bits": [bits for _name, bits in snowflake.LAYOUT],
        "value": values,
    }
    return figure, pd.DataFrame(drawn)


def _bits(axes: Axes, number: int, colours: Sequence[str]) -> None:
    """Draw every bit as a box, filled where it is one."""
    digits = f"{number:064b}"
    start = 0
    for (_name, bits), colour in zip(snowflake.LAYOUT, colours, strict=True):
        for place in range(start, start + bits):
            face = colour if digits[place] == "1" else "white"
            box = Rectangle((place, 0), 0.86, 1, facecolor=face, edgecolor=colour, linewidth=0.9)
            axes.add_patch(box)
        start += bits


@chart
def agreement(check: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of posts whose id tells exactly the stated second, by year.

    Years of a source with fewer than 50 posts are left out.

    Parameters
    ----------
    check
        The table ``snowflake_check``.
    """
    exact = check[check["difference"] == 0].groupby(["source", "year"])["posts"].sum()
    counts = pd.DataFrame(
        {"exact": exact, "posts": check.groupby(["source", "year"])["posts"].sum()}
    )
    counts = counts[counts["posts"] >= 50].reset_index()
    drawn = add_shares(counts, "exact", "posts")
    names = {
        "dslabs-trump": (_("one leader"), style.BLUE, "o", -0.08, 0.9905),
        "world-leaders-tweets-2008-2017": (
            _("seven other leaders"),
            style.ORANGE,
            "s",
            0.08,
            0.9445,
        ),
    }
    figure, axes = style.subplots(height=3.2)
    for source, (name, colour, marker, shift, y) in names.items():
        rows = drawn[drawn["source"] == source]
        years = rows["year"].astype(float) + shift
        axes.vlines(years, rows["low"], rows["high"], color=colour, linewidth=1.6)
        axes.plot(years, rows["share"], marker, color=colour)
        style.label(axes, 2012.5, y, name, color=colour, fontsize=11.5, ha="center")
    axes.set(ylim=(0.925, 1.002), xlim=(2009.5, 2017.5), ylabel=_("same second"))
    axes.set_xticks(range(2010, 2018))
    labels.axis_format(axes.yaxis, "0%")
    return figure, drawn


@chart
def dating(calibration: pd.DataFrame, errors: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the dates of sequential account ids, and the error of dating by them.

    Parameters
    ----------
    calibration
        The table ``account_id_calibration``.
    errors
        The table ``account_id_error_quantiles``.
    """
    figure, (left, right) = style.subplots(1, 2, height=3.5)
    kept = calibration["kept"]
    billions = calibration["id"] / 1e9
    left.plot(calibration["start"][kept], billions[kept], "-", color=style.BLUE)
    left.plot(calibration["start"][~kept], billions[~kept], "x", color=style.ORANGE, markersize=5)
    left.set(title=_("Account number, billions"), ylim=(0, 5.2))
    left.set_xticks(pd.to_datetime([f"{year}-01-01" for year in range(2008, 2021, 4)]))
    left.set_xticklabels([str(year) for year in range(2008, 2021, 4)])
    style.label(
        left, pd.Timestamp("2013-11-01"), 0.95, _("dates that\ndo not fit"), color=style.RED
    )
    right.plot(errors["error"], errors["share"], "-", color=style.BLUE)
    right.set(title=_("Accounts dated within"), xscale="log", xlim=(0.02, 40), ylim=(0, 1.02))
    right.set_xticks([1 / 24, 1, 7, 30], [_("1 hour"), _("1 day"), _("1 week"), _("1 month")])
    right.minorticks_off()
    labels.axis_format(right.yaxis, "0%")
    return figure, pd.concat(
        [calibration.assign(panel="calibration"), errors.assign(panel="error")], ignore_index=True
    )


@chart
def second_hands(
    seconds: pd.DataFrame, names: Sequence[str], by: str = "account"
) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of posts in each second of the minute, one panel per account or program.

    Parameters
    ----------
    seconds
        Columns ``second``, ``posts`` and the one named by ``by``.
    names
        The accounts or programs to draw.
    by
        Column that names them.
    """
    drawn = seconds[seconds[by].isin(names)].copy()
    total = drawn.groupby(by)["posts"].transform("sum")
    drawn["share"] = (drawn["posts"] / total).astype(float)
    rows = -(-len(names) // 2)
    figure, grid = style.subplots(rows, 2, height=0.5 + 1.75 * rows, sharex=True, sharey=True)
    for name, axes in zip(names, grid.flat, strict=True):
        panel = drawn[drawn[by] == name].sort_values("second")
        for start, end, colour in ((0, rhythm.FIRST, style.ORANGE), (rhythm.FIRST, 60, style.BLUE)):
            axes.stairs(panel["share"][start:end], range(start, end + 1), fill=True, color=colour)
        axes.axhline(1 / 60, color=style.INK, linestyle="--", linewidth=1)
        posts = labels.decimal(panel["posts"].sum())
        axes.set_title(name, pad=4)
        axes.text(
            0.97,
            0.9,
            _("{n} posts").format(n=posts),
            transform=axes.transAxes,
            ha="right",
            va="top",
        )
        axes.set_xlim(0, 60)
        axes.set_xticks([0, 15, 30, 45, 60])
        labels.axis_format(axes.yaxis, "0%")
    figure.supxlabel(_("second of the minute"), fontsize=9.5)
    return figure, drawn.sort_values([by, "second"])


@chart
def minute_hand(minutes: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the minute of the hour of posts early in a minute and of posts late in it.

    Parameters
    ----------
    minutes
        The table ``posting_minutes``.
    """
    figure, grid = style.subplots(2, 1, height=3.8, sharex=True)
    drawn = minutes.melt("minute", ["first_five", "later"], "part", "posts")
    drawn["share"] = (drawn["posts"] / drawn.groupby("part")["posts"].transform("sum")).astype(
        float
    )
    panels = {
        "first_five": (_("Posts in seconds 0 to 4"), style.ORANGE),
        "later": (_("Posts in seconds 20 to 59"), style.BLUE),
    }
    for axes, (part, (title, colour)) in zip(grid, panels.items(), strict=True):
        rows = drawn[drawn["part"] == part]
        axes.bar(rows["minute"], rows["share"], width=0.9, color=colour)
        axes.axhline(1 / 60, color=style.INK, linestyle="--", linewidth=1)
        axes.set_title(title, pad=4)
        axes.set_yticks([0, 0.04, 0.08, 0.12])
        labels.axis_format(axes.yaxis, "0%")
    grid[1].set(xlabel=_("minute of the hour"), xlim=(-0.7, 59.7), ylim=grid[0].get_ylim())
    grid[1].set_xticks(range(0, 60, 5))
    return figure, drawn


@chart
def by_account(chance: pd.DataFrame, accounts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of posts in the first five seconds of every account, by kind of account.

    Parameters
    ----------
    chance
        What :func:`govsocial.findings.tweet_clock.versus_chance` returns.
    accounts
        The table ``posting_accounts``.
    """
    kinds = accounts.set_index("account")[["kind", "country"]]
    drawn = chance.join(kinds).sort_values("value", ascending=False).reset_index()
    columns = (
        ((_("Health"), ["health"]), (_("Leaders and their offices"), ["leader", "leader_office"])),
        ((_("Government"), ["executive"]), (_("Foreign affairs"), ["foreign"])),
    )
    figure, grid = style.subplots(
        1, 2, height=7.2, tall=11.0, sharex=True, **style.columns(drawn["kind"], columns)
    )
    ends = [_column(axes, drawn, groups) for axes, groups in zip(grid, columns, strict=True)]
    style.end_columns(grid, ends, spare=(0, style.pick(0, -4.5)))
    grid[1].text(
        rhythm.EVEN + 0.02,
        ends[1] + 0.5,
        _("Dashed line: as many posts as in\nany other five seconds.\nGrey: not clearly above it."),
        va="top",
        fontsize=9.5,
    )
    return figure, drawn


def _column(axes: Axes, drawn: pd.DataFrame, groups: Sequence[tuple[str, list[str]]]) -> int:
    """Draw one column of accounts, a heading above each group; return where it ends."""
    place = 0
    for title, kinds in groups:
        axes.text(0, place, title, fontweight="bold", fontsize=10.5, va="center")
        rows = drawn[drawn["kind"].isin(kinds)]
        columns = (rows[name] for name in ("account", "value", "low", "high", "pvalue"))
        for row, (name, share, low, high, p) in enumerate(zip(*columns, strict=True), place + 1):
            colour = style.BLUE if p < ALPHA and share > rhythm.EVEN else style.GREY
            axes.plot([low, high], [row, row], "-", color=colour, linewidth=3, alpha=0.45)
            axes.plot(share, row, "o", color=colour, markersize=5)
            style.label(axes, high + 0.015, row, name, fontsize=9.5)
        place += len(rows) + 2
    axes.axvline(rhythm.EVEN, color=style.INK, linestyle="--", linewidth=1)
    axes.set(xlim=(0, 0.85), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_xticks([0, 0.2, 0.4, 0.6])
    labels.axis_format(axes.xaxis, "0%")
    return place


@chart
def two_hands(
    chance: pd.DataFrame, later: pd.DataFrame, named: Sequence[str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw each account's posts at the start of a minute against its posts on round minutes.

    Parameters
    ----------
    chance
        What :func:`govsocial.findings.tweet_clock.versus_chance` returns.
    later
        What :func:`govsocial.findings.tweet_clock.later_round` returns.
    named
        The accounts to label.
    """
    columns = ["value", "low", "high"]
    minute = later[columns].add_suffix("_round")
    drawn = chance[columns].join(minute)
    figure, axes = style.subplots(height=4.4)
    axes.hlines(drawn["value_round"], drawn["low"], drawn["high"], color=style.SKY, linewidth=1)
    axes.vlines(
        drawn["value"], drawn["low_round"], drawn["high_round"], color=style.SKY, linewidth=1
    )
    axes.plot(drawn["value"], drawn["value_round"], "o", color=style.BLUE)
    axes.axvline(rhythm.EVEN, color=style.INK, linestyle="--", linewidth=1)
    axes.axhline(0.2, color=style.INK, linestyle="--", linewidth=1)
    for name in named:
        x, y = drawn.loc[[name], ["value", "value_round"]].to_numpy(dtype=float)[0]
        style.label(axes, x + 0.012, y + 0.009, name, fontsize=11)
    axes.set(
        xlim=(0, 0.75),
        ylim=(0.15, 0.57),
        xlabel=_("posts in seconds 0 to 4 of a minute"),
        ylabel=_("later posts on round minutes"),
    )
    labels.axis_format(axes.xaxis, "0%")
    labels.axis_format(axes.yaxis, "0%")
    return figure, drawn.reset_index()


@chart
def habits(monthly: pd.DataFrame, names: Sequence[str]) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of posts in the first five seconds month by month, one panel per account.

    Parameters
    ----------
    monthly
        Columns ``account``, ``month``, ``share``, ``low`` and ``high``.
    names
        The accounts to draw.
    """
    drawn = monthly[monthly["account"].isin(names)]
    rows = -(-len(names) // 2)
    figure, grid = style.subplots(rows, 2, height=0.4 + 1.75 * rows, sharex=True, sharey=True)
    for name, axes in zip(names, grid.flat, strict=True):
        panel = drawn[drawn["account"] == name]
        axes.vlines(panel["month"], panel["low"], panel["high"], color=style.SKY, linewidth=3)
        axes.plot(panel["month"], panel["share"], "o-", color=style.BLUE, markersize=4)
        axes.axhline(rhythm.EVEN, color=style.INK, linestyle="--", linewidth=1)
        axes.set_title(name, pad=4)
        axes.set_ylim(0, 1)
        ticks = ["2019-07", "2020-01", "2020-07", "2021-01"]
        axes.set_xticks(pd.to_datetime(ticks), ticks)
        labels.axis_format(axes.yaxis, "0%")
    return figure, drawn.reset_index(drop=True)
