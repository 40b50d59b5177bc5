"""Figures of the chapter *What is an official account, and how long does a list stay true?*."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, NullLocator

from govsocial import labels
from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.language import translation

_ = translation(__name__)

# Labels that must stay readable on a phone.
_LARGE: dict[str, Any] = {"fontsize": 11}


@chart
def posts(listed: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the accounts of US missions abroad by region, a panel for each platform.

    Parameters
    ----------
    listed
        The table ``us_diplomatic_accounts_2012``.
    """
    names = {
        "Europe and Eurasia": _("Europe and\nEurasia"),
        "Africa": _("Africa"),
        "Western Hemisphere": _("Western\nHemisphere"),
        "East Asia and Pacific": _("East Asia\nand Pacific"),
        "South and Central Asia": _("South and\nCentral Asia"),
        "Near East": _("Near East"),
    }
    counts = listed.groupby(["region", "platform"])["accounts"].sum().unstack().loc[list(names)]
    figure, panels = style.subplots(1, 3, height=3.6, sharex=True, sharey=True)
    columns = zip(panels, counts, (style.BLUE, style.SKY, style.ORANGE), strict=True)
    for axes, platform, colour in columns:
        bars = axes.barh(list(names.values()), counts[platform], color=colour, height=0.68)
        axes.bar_label(bars, [labels.decimal(n) for n in counts[platform]], padding=3, **_LARGE)
        axes.set_title(platform)
        axes.grid(visible=False)
        axes.tick_params(axis="y", labelsize=10)
    panels[0].set_xlim(0, counts.max().max() * 1.22)
    panels[0].invert_yaxis()
    style.common_labels(panels, x=_("accounts"))
    return figure, counts.reset_index().melt("region", value_name="accounts")


@chart
def growth(before: pd.Series[int], after: pd.Series[int]) -> tuple[Figure, pd.DataFrame]:
    """Draw the accounts of agencies in two states of a register, on a logarithmic scale.

    Parameters
    ----------
    before, after
        Accounts in 2012 and in 2017 by agency, in the order in which they are drawn.
    """
    figure, axes = style.subplots(height=4.4)
    names, rows = _agencies(), range(len(before))
    axes.hlines(rows, before, after, color=style.PALE, linewidth=3)
    axes.scatter(before, rows, s=55, color="white", edgecolor=style.BLUE, linewidth=1.6, zorder=3)
    axes.scatter(after, rows, s=55, color=style.BLUE, zorder=3)
    aside = style.pick(1.18, 1.5)
    for row, old, new in zip(rows, before, after, strict=True):
        style.label(axes, old / aside, row, labels.decimal(old), fontsize=10, ha="right")
        style.label(axes, new * aside, row, labels.decimal(new), fontsize=10, ha="left")
    ends = style.pick(("center", "center"), ("right", "left"))
    for year, count, side in (("2012", before.iloc[0], ends[0]), ("2017", after.iloc[0], ends[1])):
        style.label(axes, count, -0.75, year, ha=side, weight="bold", **_LARGE)
    axes.set_yticks(rows, [names.get(name, name) for name in before.index], fontsize=10)
    axes.set_ylim(len(before) - 0.5, -1.2)
    axes.set_xscale("log")
    axes.set_xlim(1.5, 5000)
    axes.xaxis.set_major_locator(FixedLocator([1, 10, 100, 1000]))
    axes.xaxis.set_minor_locator(NullLocator())
    labels.axis_format(axes.xaxis, "#,##0")
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(_("accounts (each mark is ten times the one before)"))
    return figure, pd.DataFrame({"accounts_2012": before, "accounts_2017": after}).reset_index()


def _agencies() -> dict[str, str]:
    """Return short names of the largest agencies, by the name that the register gives them."""
    return {
        "Department of State": _("State"),
        "Department of the Interior (DOI)": _("Interior"),
        "National Aeronautics and Space Administration (NASA)": _("Space (NASA)"),
        "Department of Health and Human Services (HHS)": _("Health"),
        "Department of Defense (DOD)": _("Defence"),
        "United States Agency for International Development (USAID)": _("Aid (USAID)"),
        "Department of Commerce": _("Commerce"),
        "Department of Veterans Affairs (VA)": _("Veterans"),
        "Department of Homeland Security (DHS)": _("Homeland Security"),
        "Department of Agriculture (USDA)": _("Agriculture"),
        "Department of Justice (DOJ)": _("Justice"),
        "General Services Administration (GSA)": _("General Services"),
    }


@chart
def links(groups: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of addresses without a page in groups, with intervals.

    Parameters
    ----------
    groups
        What :func:`govsocial.decay.dead_links` returns.
    """
    names = {
        "all": _("All addresses"),
        "in_2012": _("Already listed in 2012"),
        "later": _("Added after 2012"),
        "embassy_before": _("Embassies, consulates, listed in 2012"),
        "embassy_later": _("Embassies, consulates, added after 2012"),
        "twitter_name": _("Name of a Twitter account"),
        "underscore": _("Name with an underscore"),
        "study": _("EducationUSA, Fulbright"),
        "park": _("Parks and refuges"),
    }
    drawn = groups.loc[list(names)]
    figure, axes = style.subplots(height=4.2)
    rows = range(len(drawn))
    colours = [style.ORANGE if name in _MISTAKEN else style.BLUE for name in drawn.index]
    axes.hlines(rows, drawn["low"], drawn["high"], color=style.GREY, linewidth=2.4)
    axes.scatter(drawn["share"], rows, s=55, color=colours, zorder=3)
    for row, high, dead, n in zip(
        rows, drawn["high"], drawn["unavailable"], drawn["addresses"], strict=True
    ):
        text = _("{part} of {whole}").format(part=labels.decimal(dead), whole=labels.decimal(n))
        side: dict[str, Any] = {"ha": "left"} if high < 0.75 else {"ha": "right"}
        aside = style.pick(0.02, 0.05)
        at = high + aside if high < 0.75 else drawn["low"].iloc[row] - aside
        style.label(axes, at, row, text, fontsize=10, **side)
    axes.axhline(0.5, color=style.PALE, linewidth=0.8)
    axes.axhline(2.5, color=style.PALE, linewidth=0.8)
    axes.set_yticks(rows, [names[name] for name in drawn.index], fontsize=10)
    axes.set_ylim(len(drawn) - 0.5, -0.5)
    axes.set_xlim(0, 1.02)
    labels.axis_format(axes.xaxis, "0%")
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(_("share of addresses for which Facebook had no page"))
    return figure, drawn.reset_index()


# Groups of addresses that look like another platform's.
_MISTAKEN = {"twitter_name", "underscore"}


@chart
def panel(quarters: pd.DataFrame, revisions: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of members with an account in the list, and the list's revisions below it.

    Parameters
    ----------
    quarters
        The table ``congress_list_quarters``.
    revisions
        The table ``congress_list_revisions``.
    """
    counts = quarters.groupby(["quarter", "platform"])[["members", "listed"]].sum()
    shares = (counts["listed"] / counts["members"]).astype(float).unstack()
    # A zero before the list had such a field is no share.
    ends = {"Twitter": 0.02, "Facebook": -0.02, "YouTube": 0.0, "Instagram": 0.0}
    shares = shares[list(ends)].where(shares > 0)
    figure, (upper, lower) = style.subplots(
        2, 1, height=5.2, sharex=True, gridspec_kw={"height_ratios": [3, 1]}
    )
    for platform, nudge in ends.items():
        (line,) = upper.plot(shares.index, shares[platform])
        end = shares[platform].iloc[-1] + nudge
        day = shares.index[-1] + pd.Timedelta(days=70)
        style.label(upper, day, end, platform, color=line.get_color(), **_LARGE)
    _congresses(upper)
    upper.set_ylim(0, 1.04)
    upper.set_ylabel(_("members with an entry"))
    labels.axis_format(upper.yaxis, "0%")
    lower.bar(
        revisions["quarter"], revisions["revisions"], width=80, align="edge", color=style.GREY
    )
    _congresses(lower)
    lower.set_ylabel(_("revisions\nper quarter"))
    lower.set_xlim(pd.Timestamp("2012-06-01"), pd.Timestamp("2028-10-01"))
    drawn = shares.reset_index().melt("quarter", value_name="share").dropna()
    below = revisions.rename(columns={"revisions": "share"}).assign(platform="revisions")
    return figure, pd.concat([drawn, below]).rename(columns={"share": "value"})


def _congresses(axes: Axes) -> None:
    """Mark the first days of each new Congress."""
    starts = pd.to_datetime([f"{year}-01-03" for year in range(2013, 2027, 2)])
    inside = axes.get_xaxis_transform()
    axes.vlines(
        starts.to_numpy(), 0, 1, color=style.PALE, linewidth=1.1, transform=inside, zorder=0
    )
    axes.set_xticks(starts.to_numpy(), [str(start.year) for start in starts])
    axes.grid(visible=False, axis="x")


@chart
def newcomers(quarters: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of new members and of all others whom the list knows, by quarter.

    A member is new until the next Congress begins.

    Parameters
    ----------
    quarters
        Rows of the table ``congress_list_quarters`` of one platform.
    """
    year = quarters["quarter"].dt.year
    drawn = quarters.assign(
        share=(quarters["listed"] / quarters["members"]).astype(float),
        congress=year - (year + 1) % 2,
    )
    drawn = drawn[drawn["congress"] > _FIRST_VERSIONS]
    figure, axes = style.subplots(height=3.9)
    for new, colour, name in (
        (False, style.BLUE, _("all other members")),
        (True, style.ORANGE, _("new members")),
    ):
        for congress, rows in drawn[drawn["new"] == new].groupby("congress"):
            first = congress == drawn["congress"].min()
            axes.plot(
                rows["quarter"],
                rows["share"],
                "o-" if new else "-",
                markersize=4,
                color=colour,
                label=name if first else None,
                clip_on=False,
            )
    _congresses(axes)
    axes.set_ylim(0, 1.02)
    axes.set_ylabel(_("members with an entry"))
    labels.axis_format(axes.yaxis, "0%")
    style.legend(figure, loc="outside upper left", ncols=2, fontsize=10)
    return figure, drawn[["quarter", "congress", "new", "members", "listed", "share"]]


# The list's versions begin in the middle of this Congress, whose new members are not told apart.
_FIRST_VERSIONS = 2011


@chart
def blanks(legislatures: pd.DataFrame, named: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Draw the shares of a legislature's members with a Twitter and a Facebook entry.

    Parameters
    ----------
    legislatures
        The table ``legislature_handles_2015``.
    named
        Side on which the label stands (left, right, above, below), by code and legislature.
    """
    drawn = legislatures.assign(
        twitter_share=(legislatures["twitter"] / legislatures["members"]).astype(float),
        facebook_share=(legislatures["facebook"] / legislatures["members"]).astype(float),
    )
    none = (drawn["twitter"] == 0) & (drawn["facebook"] == 0)
    half = (drawn["twitter"] == 0) ^ (drawn["facebook"] == 0)
    figure, axes = style.subplots(height=4.6)
    for mask, face in ((~none & ~half, style.BLUE), (half, style.ORANGE)):
        points = drawn[mask]
        axes.scatter(
            points["twitter_share"],
            points["facebook_share"],
            s=50,
            color=face,
            clip_on=False,
            zorder=3,
            edgecolor="white",
            linewidth=0.6,
        )
    axes.scatter([0], [0], s=260, color=style.RED, zorder=4, clip_on=False)
    style.label(
        axes,
        style.pick(0.19, 0.05),
        style.pick(0.08, 0.51),
        _("{n} legislatures\nwith neither").format(n=labels.decimal(int(none.sum()))),
        color=style.RED,
        weight="bold",
        **_LARGE,
    )
    for code, side in named.items():
        row = drawn[drawn["iso2"] + " " + drawn["legislature"] == code].iloc[0]
        right = row["twitter_share"] > 0.6
        if style.is_narrow() and right and side == "right":
            side = "left"
        dx, dy, ha = _SIDES[side]
        dy *= style.pick(1, 2 if right and side == "above" and code.startswith("GB-") else 1)
        x, y = row["twitter_share"] + dx, row["facebook_share"] + dy
        style.label(axes, x, y, _place(row["iso2"], row["country"]), ha=ha, fontsize=10)
    axes.set(xlim=(-0.03, 1.06), ylim=(-0.04, 1.03))
    axes.set_xlabel(_("members with a Twitter entry"))
    axes.set_ylabel(_("members with a Facebook entry"))
    labels.axis_format(axes.xaxis, "0%")
    labels.axis_format(axes.yaxis, "0%")
    columns = ["country", "legislature", "members", "twitter_share", "facebook_share"]
    return figure, drawn[columns]


_SIDES = {
    "left": (-0.018, 0.0, "right"),
    "right": (0.018, 0.0, "left"),
    "above": (0.0, 0.05, "center"),
    "below": (0.0, -0.05, "center"),
}


def _place(iso2: str, country: str) -> str:
    """Return the name of a country, or of a part of one that has a legislature of its own."""
    parts = {"GB-WLS": _("Wales")}
    return labels.country(iso2) if len(iso2) == 2 else parts.get(iso2, country)


@chart
def ageing(ages: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what became of copies of a list by their age.

    Parameters
    ----------
    ages
        What :func:`govsocial.decay.shares_by_age` returns.
    """
    parts = {
        "same": (_("still true"), style.BLUE),
        "changed": (_("other name"), style.ORANGE),
        "unlisted": (_("no longer listed"), style.INK),
        "left": (_("member has left"), style.PALE),
    }
    figure, axes = style.subplots(height=3.9)
    axes.stackplot(
        ages.index,
        [ages[part] for part in parts],
        colors=[colour for _name, colour in parts.values()],
        step="post",
    )
    axes.axhline(0.5, color=style.INK, linewidth=0.9, linestyle=":")
    axes.set(xlim=(0, ages.index.max()), ylim=(0, 1))
    axes.set_xlabel(_("years since the list was copied"))
    axes.set_ylabel(_("entries"))
    labels.axis_format(axes.xaxis, "0.#")
    labels.axis_format(axes.yaxis, "0%")
    handles = [Patch(color=colour, label=name) for name, colour in parts.values()]
    style.legend(
        figure, handles=handles, loc="outside upper left", ncols=4, columnspacing=1.2, fontsize=10
    )
    return figure, ages.reset_index()
