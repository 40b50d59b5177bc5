"""Figures of the chapter *What was claimed in July 2012, and does it hold?*."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from govsocial import labels
from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.language import translation
from govsocial.ranking import tie_rules

_ = translation(__name__)

CONFERENCE = dt.date(2012, 7, 9)
"""The day of the conference of ambassadors: July 2012 in all figures."""

# Labels that must stay readable on a phone.
_LARGE: dict[str, Any] = {"fontsize": 11}

# A president hands over on 7 May 2012; the months are whole.
_HANDOVER = dt.date(2012, 5, 1)

# The day on which a second account was announced, for the news of the office.
_SPLIT = dt.date(2010, 11, 18)


@chart
def posts(monthly: pd.Series[int]) -> tuple[Figure, pd.DataFrame]:
    """Draw one account's posts per month, with the days that changed what it is.

    In November 2010 a second account took over the news of the office; in May 2012 the owner
    changed office.

    Parameters
    ----------
    monthly
        Posts by first day of the month, without gaps.
    """
    president = monthly.index < pd.Timestamp(_HANDOVER)
    figure, axes = style.subplots(height=3.4)
    for of, colour in ((president, style.BLUE), (~president, style.SKY)):
        axes.bar(monthly.index[of], monthly[of], width=25, align="edge", color=colour)
    top = monthly.max()
    axes.axvline(_SPLIT, color=style.INK, linewidth=0.9, linestyle="--")
    words = _("18 November 2010: the news of\nthe office moves to another account")
    style.label(axes, dt.date(2010, 12, 5), top * 0.9, words, fontsize=10)
    style.label(axes, dt.date(2011, 2, 1), top * 0.45, _("President"), color=style.BLUE, **_LARGE)
    style.label(axes, dt.date(2012, 10, 15), top * 0.45, _("Prime minister"), **_LARGE)
    _july(axes, top * 0.7, share=0.72)  # below the words on November 2010
    axes.set_ylabel(_("posts per month"))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    _years(axes, range(2011, 2015))
    axes.grid(visible=False, axis="x")
    office = [_("President") if before else _("Prime minister") for before in president]
    alone = monthly.index < pd.Timestamp(_SPLIT)
    drawn = {"office": office, "only_english_account": alone, "posts": monthly}
    return figure, pd.DataFrame(drawn).reset_index()


@chart
def arrivals(first_months: pd.DataFrame, facts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw when each Russian channel appeared, as the panel or as a published text says.

    Parameters
    ----------
    first_months
        The table ``leader_first_months``.
    facts
        The table ``facts``.
    """
    events = pd.concat([_seen(first_months), _told(facts)]).sort_values("first", kind="stable")
    events = events.assign(order=range(len(events)))
    figure, axes = style.subplots(height=3.9, tall=4.8)
    for row, first, last in zip(events["order"], events["first"], events["last"], strict=True):
        axes.plot([first, last], [row, row], "-", color=style.BLUE)
    seen = events["evidence"] == _SEEN
    keys = (_("first active month, in the panel"), _("day told by a published text"))
    for of, colour, key in ((seen, style.BLUE, keys[0]), (~seen, "white", keys[1])):
        ends = events[of].melt("order", ["first", "last"], value_name="day")
        axes.scatter(
            ends["day"],
            ends["order"],
            s=60,
            facecolor=colour,
            edgecolor=style.BLUE,
            linewidth=1.6,
            zorder=3,
            label=key,
        )
    for row, last, words in zip(events["order"], events["last"], events["words"], strict=True):
        over = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        style.label(
            axes, last + pd.Timedelta(days=style.pick(50, 90)), row, words, fontsize=10, bbox=over
        )
    if style.is_narrow():
        for row, channel in zip(events["order"], events["channel"], strict=True):
            style.label(axes, dt.date(2009, 10, 15), row - 0.45, channel, letters=60)
        axes.set_yticks([])
    else:
        axes.set_yticks(events["order"], events["channel"], fontsize=9.5)
    axes.grid(visible=False)
    _years(axes, range(2010, 2014))
    axes.set_xlim(dt.date(2009, 10, 1), dt.date(2016, 3, 1))
    _july(axes, -0.8)
    axes.set_ylim(len(events) - 0.5, -1.2)
    style.legend(figure, loc="outside upper left", ncols=2, handletextpad=0.2)
    return figure, events.drop(columns=["order", "words"])


_SEEN, _TOLD = "panel", "published text"


def _seen(first_months: pd.DataFrame) -> pd.DataFrame:
    """Return Russia's first months in the panel, with the countries that came earlier."""
    channels = {
        "first_facebook_personal": _("Leader, Facebook"),
        "first_twitter_personal": _("Leader, Twitter"),
        "first_facebook_institution": _("Government office, Facebook"),
        "first_twitter_institution": _("Government office, Twitter"),
    }
    rows = []
    for column, channel in channels.items():
        month = first_months.loc[first_months["iso3"] == "RUS", column].iloc[0]
        earlier = int((first_months[column] < month).sum())
        words = _("{month}, after {n} other countries").format(
            month=labels.month(month), n=labels.decimal(earlier)
        )
        rows.append((channel, month, month, _SEEN, earlier, words))
    return pd.DataFrame(rows, columns=_EVENT)


_EVENT = ["channel", "first", "last", "evidence", "earlier", "words"]


def _told(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the days that published texts give for the foreign ministry's channels."""
    channels = {
        "mfa_twitter_launch": (_("Foreign ministry, Twitter"), "{first}"),
        "mfa_youtube_launch": (_("Foreign ministry, YouTube"), _("{first} or {last}")),
        "mfa_facebook_plan|mfa_facebook_seen": (
            _("Foreign ministry, Facebook"),
            _("planned {first},\nseen {last}"),
        ),
    }
    rows = []
    for topic, (channel, pattern) in channels.items():
        told = facts["topic"].str.fullmatch(topic)
        days = pd.to_datetime(facts.loc[told, "date"])
        first, last = days.min(), days.max()
        words = pattern.format(first=labels.date(first), last=labels.date(last))
        rows.append((channel, first, last, _TOLD, pd.NA, words))
    return pd.DataFrame(rows, columns=_EVENT)


@chart
def missions(listed: pd.DataFrame, claimed: float) -> tuple[Figure, pd.DataFrame]:
    """Draw the US missions' accounts by platform and kind beside Russia's accounts on Twitter.

    Parameters
    ----------
    listed
        The table ``us_diplomatic_accounts_2012``.
    claimed
        Accounts on Twitter that the Russian foreign ministry had at least.
    """
    groups = {
        _("embassies"): ["embassy"],
        _("consulates and missions"): ["consulate", "mission"],
    }
    names = {kind: group for group, kinds in groups.items() for kind in kinds}
    counts = (
        listed.assign(group=listed["kind"].map(names).fillna(_("centres and others")))
        .groupby(["platform", "group"])["accounts"]
        .sum()
        .unstack()
        .loc[["Twitter", "Facebook", "YouTube"], [*groups, _("centres and others")]]
    )
    rows = [_("US, {platform}").format(platform=platform) for platform in counts.index]
    figure, axes = style.subplots(height=3.1)
    colours = (style.BLUE, style.SKY, style.PALE)
    looks = {str(name): (str(name), of) for name, of in zip(counts, colours, strict=True)}
    places, total = np.arange(3.0), counts.sum(axis=1)
    style.stacked(axes, places, counts, looks, shares=False, height=0.62, fontsize=10)
    axes.barh(3, claimed, color=style.ORANGE, height=0.62)
    _onward(axes, claimed, 3, style.ORANGE)
    more = _("more than {n}").format(n=labels.decimal(claimed))
    style.label(axes, claimed + 16, 3, more, fontsize=10, weight="bold")
    for row, count in zip(places, total, strict=True):
        style.label(axes, count + 3, row, labels.decimal(count), weight="bold", **_LARGE)
    axes.set_yticks([*places, 3], [*rows, _("Russia, Twitter")])
    style.inner_legend(axes, "lower right")
    axes.grid(visible=False)
    axes.set(xlim=(0, total.max() * 1.1), ylim=(3.5, -0.5))
    axes.set_xlabel(_("accounts"))
    drawn = counts.reset_index().melt("platform", value_name="accounts").assign(country="US")
    theirs = pd.DataFrame(
        [("Twitter", _("accounts of the ministry, at least"), claimed, "Russia")],
        columns=drawn.columns,
    )
    return figure, pd.concat([drawn, theirs])


@chart
def audiences(stated: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw audiences to scale: one square is a million followers.

    A square with a broken line is the part that the text's "almost" or "more than" leaves open.

    Parameters
    ----------
    stated
        Rows of the table ``facts``, their values in millions.
    """
    across = style.pick(22, 16)
    figure, axes = style.subplots(height=4.6, tall=4.6)
    top = 0.0
    columns = (stated["topic"], stated["subject"], stated["value"], stated["qualifier"])
    for topic, subject, value, qualifier in zip(*columns, strict=True):
        text = _("{who}: {value}").format(who=_who(topic, subject), value=_stated(value, qualifier))
        top += style.pick(0, 0.6)
        low = {"va": style.pick("center", "bottom"), "weight": "bold"}
        words = style.label(axes, 0, top + style.pick(0.4, 0.95), text, letters=40, **low, **_LARGE)
        words.set_in_layout(not style.is_narrow())  # wider than the squares there
        squares = _squares(value, qualifier)
        for place, (width, sure) in enumerate(squares):
            corner = (place % across, top + 1 + place // across)
            axes.add_patch(_square(corner, width, sure))
        top += 1.4 + math.ceil(len(squares) / across)
    axes.set(xlim=(-0.1, across + 0.1), ylim=(top, -0.1), aspect="equal")
    axes.set_anchor("NW")
    axes.axis("off")
    return figure, stated[["topic", "subject", "value", "qualifier", "unit"]]


def _who(topic: str, subject: str) -> str:
    """Return whose followers a fact counts, in words."""
    countries = {"United States": labels.country("USA"), "Russia": labels.country("RUS")}
    if topic == "diplomat_followers":
        return _("Two senior Russian diplomats together")
    people = {
        "Dmitry Medvedev": _("Dmitry Medvedev"),
        "Arkady Dvorkovich": _("Arkady Dvorkovich"),
    }
    person = people.get(subject, subject)
    return countries.get(subject) or _("{person} alone").format(person=person)


def _stated(value: float, qualifier: str) -> str:
    words = {
        "about": _("about {n}"),
        "almost": _("almost {n}"),
        "more than": _("more than {n}"),
    }
    if value < 1:
        n = labels.decimal(value * 1e6)
    else:
        n = _("{n} million").format(n=labels.decimal(value, "0.##"))
    return words.get(qualifier, "{n}").format(n=n)


def _squares(value: float, qualifier: str) -> list[tuple[float, bool]]:
    """Return the widths of the squares of an audience, and whether each is surely full."""
    whole, part = int(value), value % 1
    squares = [(1.0, True)] * whole + ([(part, True)] if part else [])
    if qualifier == "almost":
        squares[-1] = (squares[-1][0], False)
    if qualifier == "more than":
        squares.append((1.0, False))
    return squares


def _square(corner: tuple[float, float], width: float, sure: bool) -> Rectangle:
    return Rectangle(
        (corner[0] + 0.06, corner[1] + 0.06),
        width * 0.88,
        0.88,
        facecolor=style.BLUE if sure else "none",
        edgecolor=style.BLUE,
        linewidth=1.2,
        linestyle="-" if sure else "--",
    )


@chart
def ranks(editions: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw Russia's places in the UN's two rankings, and what the rule for ties does.

    Parameters
    ----------
    editions
        The table ``egdi_ranks``.
    """
    places = editions.groupby("edition")["epi_rank"].apply(tie_rules).reset_index(0, drop=True)
    russia = editions.join(places)[editions["iso3"] == "RUS"].astype({"edition": int})
    figure, axes = style.subplots(height=4.0)
    year = russia["edition"]
    axes.plot(year, russia["egdi_rank"], "o-", color=style.ORANGE)
    axes.vlines(year, russia["best"], russia["worst"], color=style.BLUE, linewidth=5, alpha=0.45)
    axes.plot(year, russia["best"], "s-", color=style.BLUE)
    axes.plot(year, russia["dense"], "--", color=style.BLUE, linewidth=1.2)
    _july(axes, 3, x=CONFERENCE.year + 0.52)
    last = russia.iloc[-1]
    for column, text, colour in (
        ("egdi_rank", _("e-government"), style.ORANGE),
        ("best", _("e-participation"), style.BLUE),
        ("dense", _("the same, tied\ncountries counted\nas one place"), style.BLUE),
    ):
        style.label(
            axes, 2024 + style.pick(0.5, 0.9), last[column], text, color=colour, fontsize=10
        )
    axes.set_xticks([2003, 2005, 2008, 2010, 2012, 2014, 2016, 2018, 2020, 2022, 2024])
    axes.set_xlim(2002.5, 2029)
    axes.set_ylim(125, -4)
    axes.set_yticks([1, 25, 50, 75, 100])
    axes.set_ylabel(_("place among {n} countries").format(n=labels.decimal(193)))
    axes.grid(visible=False, axis="x")
    return figure, russia[["edition", "egdi_rank", "best", "worst", "dense"]]


def _onward(axes: Axes, x: float, row: float, colour: str) -> None:
    """Show by an arrow that a bar is at least as long as drawn."""
    arrow = {"arrowstyle": "->", "color": colour, "linewidth": 1.6}
    axes.annotate("", (x + 12, row), (x, row), arrowprops=arrow)


def _july(axes: Axes, height: float, x: Any = CONFERENCE, share: float = 1) -> None:
    """Mark July 2012 by a line, which takes a share of the axes' height, and its name."""
    axes.axvline(x, ymax=share, color=style.INK, linewidth=0.9, linestyle=":")
    style.label(axes, x, height, "  " + labels.month(CONFERENCE), **_LARGE)


def _years(axes: Axes, years: range) -> None:
    starts = pd.to_datetime([f"{year}-01-01" for year in years]).to_numpy()
    axes.set_xticks(starts, [str(year) for year in years])
