"""Figures of the chapter on conversation: replies, attention, its tail, and who is answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.inequality import Tail, ccdf, lorenz
from govsocial.labels import axis_format, decimal, interval
from govsocial.language import translation
from govsocial.uncertainty import Estimate

_ = translation(__name__)

_INAUGURATION = dt.date(2017, 1, 20)
_CANDIDACY = dt.date(2015, 6, 16)


def _groups() -> dict[tuple[str, str], str]:
    return {
        ("House", "D"): _("House, Democrats"),
        ("House", "R"): _("House, Republicans"),
        ("Senate", "D"): _("Senate, Democrats"),
        ("Senate", "R"): _("Senate, Republicans"),
    }


def _kinds() -> dict[str, str]:
    return {
        "prime minister": _("Prime minister (1 page)"),
        "premier": _("Premiers"),
        "police": _("Police"),
        "government": _("Governments"),
        "armed forces": _("Armed forces"),
        "municipality": _("Municipalities"),
    }


def _large(rows: int = 1, **options: Any) -> tuple[Figure, Any]:
    """Return figure and axes with words that can be read on a phone."""
    figure, grid = style.subplots(rows, **options)
    for axes in np.atleast_1d(grid):
        axes.tick_params(labelsize=11)
        axes.xaxis.label.set_size(11)
        axes.yaxis.label.set_size(11)
        axes.title.set_size(12)
    return figure, grid


@chart
def members(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how many members reply how often, one bar for each hundredth of their posts.

    Parameters
    ----------
    frame
        The table ``congress_conversation``.
    """
    hundredths = 100 * frame["replies"] // frame["posts"]
    rows = pd.DataFrame(
        {
            "members": hundredths.value_counts().sort_index(),
            "none": (frame["replies"] == 0).groupby(hundredths).sum(),
        }
    ).rename_axis("hundredths")
    figure, axes = _large(height=3.8)
    axes.bar(rows.index / 100, rows["members"], width=0.008, align="edge", color=style.BLUE)
    axes.bar(rows.index / 100, rows["none"], width=0.008, align="edge", color=style.ORANGE)
    none, lowest = int(rows["none"].iloc[0]), int(rows["members"].iloc[0])
    texts = (
        (none / 2, _("{n} members: none at all").format(n=decimal(none)), style.ORANGE),
        (
            (none + lowest) / 2,
            _("{n}: some, but fewer than 1 in 100").format(n=decimal(lowest - none)),
            style.BLUE,
        ),
    )
    for height, text, colour in texts:
        axes.hlines(height, 0.009, 0.065, color=style.GREY, linewidth=1)
        style.label(axes, 0.07, height, text, color=colour, fontsize=12)
    shares = frame.assign(share=frame["replies"] / frame["posts"])
    first = shares.nlargest(1, "share").iloc[0]
    name, end = f"@{first['account']}", float(hundredths.max()) / 100 + 0.008
    axes.vlines(end - 0.004, 2, 22, color=style.GREY, linewidth=1)
    style.label(axes, end, 30, name, ha="right", fontsize=12)
    axes.grid(axis="x", visible=False)
    axes.set_xlim(-0.005, (hundredths.max() + 2) / 100)
    axis_format(axes.xaxis, "0%")
    axes.set_xlabel(_("Replies to others, share of a member's latest posts"))
    axes.set_ylabel(_("Members of Congress"))
    return figure, rows.reset_index()


@chart
def groups(shares: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of replies by chamber and party, with two intervals each.

    Parameters
    ----------
    shares
        Of :func:`govsocial.inequality.pooled_shares`, by chamber and party.
    """
    names = _groups()
    rows = shares.set_index(["chamber", "party"]).loc[list(names)].reset_index()
    figure, axes = _large(height=3.4)
    y = np.arange(len(rows))
    axes.hlines(y, rows["low"], rows["high"], color=style.BLUE, linewidth=2.2)
    axes.hlines(y + 0.24, rows["post_low"], rows["post_high"], color=style.ORANGE, linewidth=5)
    axes.plot(rows["share"], y, "o", color=style.BLUE, markersize=8)
    style.label(
        axes,
        style.pick(rows["high"][0] + 0.001, 0.058),
        style.pick(0, -0.3),
        _("resampling members"),
        color=style.BLUE,
        ha=style.pick("left", "right"),
        fontsize=11.5,
    )
    style.label(
        axes,
        style.pick(rows["post_high"][0] + 0.001, 0.058),
        style.pick(0.3, 0.5),
        _("as if independent"),
        color=style.ORANGE,
        ha=style.pick("left", "right"),
        fontsize=11.5,
    )
    axes.set_yticks(y, list(names.values()), fontsize=12)
    axes.set_ylim(len(rows) - 0.4, -0.5)
    axes.set_xlim(0, 0.058)
    axis_format(axes.xaxis, "0%")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Replies to others, share of all posts"))
    return figure, rows


@chart
def champions(frame: pd.DataFrame, number: int = 12) -> tuple[Figure, pd.DataFrame]:
    """Draw the accounts with most replies, and how many of them name nobody.

    Parameters
    ----------
    frame
        The table ``congress_conversation``.
    number
        How many accounts.
    """
    total = frame["replies"] + frame["threads"]
    rows = frame.assign(total=total).nlargest(number, "total").reset_index(drop=True)
    figure, axes = _large(height=4.4)
    y = range(number)
    names = (_("to others"), _("naming nobody: threads"))
    axes.barh(y, rows["replies"], color=style.BLUE, height=0.74, label=names[0])
    look = {"color": "#f0b95c", "height": 0.74, "hatch": "///", "label": names[1]}
    axes.barh(y, rows["threads"], left=rows["replies"], **look)
    for place, row in rows.iterrows():
        style.label(axes, row["total"] + 1.5, place, decimal(row["total"]), fontsize=12)
    if style.is_narrow():
        style.legend(figure, loc="outside upper left")
    else:
        above = {"ha": "center", "fontsize": 12}
        middle = rows["replies"][0] + rows["threads"][0] / 2
        axes.text(rows["replies"][0] / 2, -0.95, names[0], color=style.BLUE, **above)
        axes.text(middle, -0.95, names[1], color=style.ORANGE, **above)
    axes.set_yticks(y, [f"@{account}" for account in rows["account"]], fontsize=11.5)
    axes.set_ylim(number - 0.4, style.pick(-1.4, -0.6))
    axes.set_xlim(0, rows["total"].max() * 1.1)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Replies among the latest 200 posts"))
    return figure, rows[["account", "replies", "threads"]]


@chart
def shared_out(
    posts: pd.Series[int], members: pd.DataFrame, estimates: dict[str, Estimate]
) -> tuple[Figure, pd.DataFrame]:
    """Draw the Lorenz curves of retweets by post and by member, and of followers.

    Parameters
    ----------
    posts
        Number of posts by their retweets (the index).
    members
        The table ``congress_conversation``.
    estimates
        Gini coefficients of ``posts``, ``members`` and ``followers``.
    """
    curves = {
        "followers": lorenz(members["followers"].astype(float)),
        "members": lorenz(members["retweets"].astype(float)),
        "posts": lorenz(posts.index.astype(float), posts),
    }
    looks = {
        "followers": (_("Followers, by member"), style.GREEN, "-."),
        "members": (_("Retweets, by member"), style.ORANGE, "--"),
        "posts": (_("Retweets, by post"), style.BLUE, "-"),
    }
    figure, axes = _large(height=4.6)
    axes.plot([0, 1], [0, 1], color=style.GREY, linewidth=1, linestyle="-")
    style.label(axes, 0.58, 0.62, _("all alike"), color=style.GREY, ha="right", fontsize=12)
    for step, (name, (words, colour, dash)) in enumerate(looks.items()):
        axes.plot(curves[name]["cases"], curves[name]["total"], dash, color=colour, linewidth=2.2)
        found = estimates[name]
        text = _("{what}: Gini {value} ({bounds})").format(
            what=words,
            value=decimal(found.value, "0.00"),
            bounds=interval(found.low, found.high, "0.00"),
        )
        if style.is_narrow():
            axes.plot([], [], dash, color=colour, label=text)
            continue
        axes.plot([0.015, 0.055], [0.97 - 0.085 * step] * 2, dash, color=colour, linewidth=2.2)
        style.label(axes, 0.07, 0.97 - 0.085 * step, text, color=colour, fontsize=11.5)
    if style.is_narrow():
        style.legend(figure, loc="outside upper left")
    axes.set(xlim=(0, 1), ylim=(0, 1.02))
    for axis in (axes.xaxis, axes.yaxis):
        axis_format(axis, "0%")
    axes.set_xlabel(_("Cumulated share of posts or members, least first"))
    axes.set_ylabel(_("Cumulated share of the total"))
    return figure, pd.concat([c.assign(curve=name) for name, c in curves.items()])


@chart
def tails(posts: pd.Series[int], tail: Tail) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of posts with so many retweets or more, and the laws fitted to the tail.

    Parameters
    ----------
    posts
        Number of posts by their retweets (the index).
    tail
        Of :func:`govsocial.inequality.tail`, of the same posts.
    """
    seen = ccdf(posts.index.astype(float), posts).query("value > 0")
    scale = seen.loc[seen["value"] >= tail.start, "share"].iloc[0]
    laws = tail.curves.assign(
        **{name: tail.curves[name] * scale for name in tail.curves.columns if name != "value"}
    )
    figure, axes = _large(height=4.6)
    axes.plot(
        seen["value"], seen["share"], "o", color=style.PALE, markersize=4, markeredgecolor="#8c959f"
    )
    axes.plot(laws["value"], laws["power_law"], "-", color=style.ORANGE, linewidth=4.5)
    axes.plot(laws["value"], laws["lognormal"], "--", color=style.INK, linewidth=1.5)
    axes.plot(laws["value"], laws["cutoff"], "-", color=style.BLUE, linewidth=2)
    axes.axvline(tail.start, color=style.GREY, linewidth=0.9, linestyle=":")
    axes.loglog()
    style.label(
        axes,
        tail.start * style.pick(0.85, 1.3),
        2e-5,
        _("tail starts at {n}").format(n=decimal(tail.start)),
        ha=style.pick("right", "left"),
        color=style.GREY,
        fontsize=12,
    )
    style.label(axes, 1.1, 0.12, _("observed"), color=style.GREY, fontsize=12)
    beside: dict[str, Any] = {"ha": style.pick("left", "right"), "fontsize": 12}
    right, (high, low) = style.pick(2300, 1e5), style.pick((6.5e-3, 3.6e-3), (0.6, 0.3))
    style.label(axes, right, high, _("power law"), color=style.ORANGE, **beside)
    style.label(axes, right, low, _("and log-normal (dashed)"), **beside)
    style.label(
        axes,
        style.pick(70, 30),
        style.pick(6e-5, 1.2e-4),
        _("power law with cut-off"),
        letters=12,
        color=style.BLUE,
        fontsize=12,
    )
    axes.set_ylim(8e-6, 1.3)
    axes.set_xlim(0.85, 110_000)
    axis_format(axes.xaxis, "#,##0")
    axes.set_yticks([1, 0.1, 0.01, 0.001, 0.0001, 0.00001])
    axes.yaxis.set_minor_locator(NullLocator())
    axis_format(axes.yaxis, "0.###%")
    axes.set_xlabel(_("Retweets of a post"))
    axes.set_ylabel(_("Posts with so many or more"))
    observed = seen.rename(columns={"share": "observed"})
    return figure, observed.merge(laws, "left", "value")


@chart
def withdrawal(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw replies, posts that name an account, and retweets of one account by quarter.

    Parameters
    ----------
    frame
        The table ``trump_quarters``; quarters before 2012 hold few posts and are not drawn.
    """
    rows = frame[frame["quarter"] >= "2012-01-01"].assign(
        reply_share=lambda part: part["replies"] / part["posts"],
        naming_share=lambda part: part["naming"] / part["posts"],
    )
    figure, (top, bottom) = _large(2, height=5.4, sharex=True)
    quarters = rows["quarter"]
    top.plot(quarters, rows["naming_share"], "--s", color=style.ORANGE, markersize=4)
    top.plot(quarters, rows["reply_share"], "-o", color=style.BLUE, markersize=4)
    top.set_ylim(0, 0.68)
    axis_format(top.yaxis, "0%")
    top.set_title(_("Share of the account's posts"))
    style.label(top, dt.date(2014, 5, 1), 0.06, _("replies"), color=style.BLUE, fontsize=12)
    style.label(
        top,
        dt.date(2013, 4, 1),
        0.57,
        _("other posts that name somebody"),
        color=style.ORANGE,
        fontsize=12,
    )
    bottom.fill_between(quarters, rows["retweets_q1"], rows["retweets_q3"], color=style.PALE)
    bottom.plot(quarters, rows["retweets_median"], "-o", color=style.BLUE, markersize=4)
    bottom.set_yscale("log")
    bottom.set_ylim(1, 100_000)
    axis_format(bottom.yaxis, "#,##0")
    bottom.yaxis.set_minor_locator(NullLocator())
    bottom.set_title(_("Retweets of a post: median and middle half"))
    for axes in (top, bottom):
        axes.axvline(_CANDIDACY, color=style.GREY, linewidth=1, linestyle=":")
        axes.axvline(_INAUGURATION, color=style.GREY, linewidth=1, linestyle=":")
    _beside(bottom, _CANDIDACY, _("candidate"), left=style.is_narrow())
    _beside(bottom, _INAUGURATION, _("president"))
    return figure, rows


def _beside(axes: Axes, day: dt.date, text: str, *, left: bool = False) -> None:
    at, side = day + dt.timedelta(days=-20 if left else 20), "right" if left else "left"
    style.label(axes, at, 3, text, color=style.GREY, ha=side, fontsize=12)


@chart
def ratios(months: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the median ratio of replies to retweets by month for two accounts.

    Parameters
    ----------
    months
        Of :func:`govsocial.inequality.reply_ratios`.
    """
    figure, axes = _large(height=4.2)
    looks = {"BarackObama": (style.BLUE, "o"), "realDonaldTrump": (style.ORANGE, "s")}
    for account, (colour, marker) in looks.items():
        rows = months[months["account"] == account]
        axes.vlines(rows["month"], rows["low"], rows["high"], color=colour, linewidth=1.6)
        axes.plot(rows["month"], rows["ratio"], marker, color=colour, markersize=6)
    axes.axhline(1, color=style.GREY, linewidth=1.2)
    axes.axvline(_INAUGURATION, color=style.GREY, linewidth=1, linestyle=":")
    left = dt.date(2014, 7, 20)
    style.label(axes, left, 1.05, _("as many replies as retweets"), color=style.GREY, fontsize=12)
    style.label(axes, dt.date(2014, 10, 25), 0.54, "@BarackObama", color=style.BLUE, fontsize=12)
    style.label(
        axes, dt.date(2015, 11, 5), 0.75, "@realDonaldTrump", color=style.ORANGE, fontsize=12
    )
    style.label(
        axes,
        _INAUGURATION - dt.timedelta(days=12),
        1.42,
        _("change of president"),
        ha="right",
        color=style.GREY,
        fontsize=12,
    )
    axes.set_ylim(0, 1.5)
    years = range(2015, 2018)
    axes.set_xticks([dt.date(year, 1, 1) for year in years], [str(year) for year in years])
    axis_format(axes.yaxis, "0.0")
    axes.set_ylabel(_("Replies per retweet, median post"))
    return figure, months


@chart
def notes(months: pd.DataFrame, groups: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of community notes that were shown, by whose post they stand under.

    Parameters
    ----------
    months, groups
        Of :func:`govsocial.findings.conversation.shown` and ``shown_by_group``.
    """
    words = (
        (_("Congress"), _("all other known accounts")),
        (_("official accounts"), _("persons now or once in office"), _("all others")),
    )
    titles = (
        _("Notes under posts, January 2021 to July 2023"),
        _("Under posts of the 200 accounts with most notes"),
    )
    figure, both = _large(2, height=4.0, sharex=True, height_ratios=[2, 3])
    drawn = []
    for axes, rows, names, title in zip(both, (months, groups), words, titles, strict=True):
        values = [getattr(share, "value", share) for share in rows["share"]]
        ends = [getattr(share, "high", share) for share in rows["share"]]
        axes.barh(range(len(rows)), values, color=style.BLUE, height=0.6)
        for place, (value, end, found) in enumerate(zip(values, ends, rows["share"], strict=True)):
            if isinstance(found, Estimate):
                axes.hlines(place, found.low, found.high, color=style.INK, linewidth=2)
            style.label(axes, end + 0.001, place, decimal(value, "0.0%"), fontsize=12)
        axes.set_yticks(range(len(rows)), list(names), fontsize=12)
        axes.invert_yaxis()
        axes.grid(axis="y", visible=False)
        axes.set_title(title)
        bounds = [
            (found.low, found.high) if isinstance(found, Estimate) else (np.nan, np.nan)
            for found in rows["share"]
        ]
        part = pd.DataFrame({"group": rows.index, "notes": rows["notes"], "share": values})
        part[["low", "high"]] = bounds
        drawn.append(part)
    both[1].set_xlim(0, 0.105)
    axis_format(both[1].xaxis, "0%")
    both[1].set_xlabel(_("Share of notes shown to all"))
    return figure, pd.concat(drawn, ignore_index=True)


@chart
def pages(growth: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what the pages of each kind drew per month, before and in 2020.

    Parameters
    ----------
    growth
        Of :func:`govsocial.findings.conversation.page_growth`.
    """
    names = _kinds()
    rows = growth.sort_values("after", ascending=False).reset_index(drop=True)
    figure, axes = _large(height=3.8)
    for place, row in rows.iterrows():
        axes.plot([row["before"], row["after"]], [place, place], "-", color=style.PALE, linewidth=4)
        style.label(axes, 4.5e6, place, _growth(row), letters=8, fontsize=11.5)
    axes.plot(
        rows["before"],
        rows.index,
        "o",
        color="white",
        markeredgecolor=style.BLUE,
        markeredgewidth=1.8,
        markersize=8,
    )
    axes.plot(rows["after"], rows.index, "o", color=style.BLUE, markersize=8)
    first = rows.iloc[0]
    style.label(
        axes, first["before"], -0.5, _("2018–19"), ha="right", color=style.BLUE, fontsize=12
    )
    style.label(axes, first["after"], -0.5, _("2020"), color=style.BLUE, fontsize=12)
    axes.set_yticks(rows.index, [names[kind] for kind in rows["kind"]], fontsize=12)
    axes.set_ylim(len(rows) - 0.5, -0.9)
    axes.set_xscale("log")
    axes.set_xlim(8_000, 180_000_000)
    axes.set_xticks([10_000, 100_000, 1_000_000])
    axes.xaxis.set_minor_locator(NullLocator())
    axis_format(axes.xaxis, "#,##0")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Interactions per month, log scale"))
    return figure, rows


def _growth(row: pd.Series[float]) -> str:
    times = _("× {n}").format(n=decimal(row["value"], "0.0"))
    if np.isnan(row["low"]):
        return times
    return f"{times} ({interval(row['low'], row['high'], '0.0')})"
