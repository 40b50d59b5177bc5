"""Figures of the chapter *What was claimed in July 2012, and does it hold?*."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import YearLocator
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from govsocial import labels
from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import _
from govsocial.ranking import tie_rules, top_share

CONFERENCE = dt.date(2012, 7, 9)
"""The day of the conference of ambassadors: July 2012 in all figures."""

# A president hands over on 7 May 2012; the months are whole.
_HANDOVER = dt.date(2012, 5, 1)


@chart
def posts(monthly: pd.Series[int]) -> tuple[Figure, pd.DataFrame]:
    """Draw one account's posts per month, before and after its owner changed office.

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
    style.label(axes, dt.date(2011, 2, 1), top * 0.75, _("President"), color=style.BLUE)
    style.label(axes, dt.date(2012, 10, 15), top * 0.45, _("Prime minister"))
    _july(axes, top * 0.97)
    axes.set_ylabel(_("posts per month"))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    _years(axes)
    office = [_("President") if before else _("Prime minister") for before in president]
    return figure, pd.DataFrame(
        {"month": monthly.index.date, "office": office, "posts": monthly.to_numpy()}
    )


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
    figure, axes = style.subplots(height=3.9)
    for event in events.itertuples():
        filled = style.BLUE if event.evidence == _("seen in the panel") else "white"
        axes.plot([event.first, event.last], [event.order] * 2, color=style.BLUE, linestyle="-")
        axes.plot(
            [event.first, event.last],
            [event.order] * 2,
            "o",
            color=style.BLUE,
            markerfacecolor=filled,
            markersize=8,
        )
        style.label(axes, event.last, event.order, f"   {event.when}", fontsize=9.5)
    axes.set_yticks(events["order"], events["channel"], fontsize=9.5)
    axes.invert_yaxis()
    axes.set_xlim(dt.date(2009, 10, 1), dt.date(2015, 1, 1))
    _july(axes, -0.75)
    axes.set_ylim(len(events) - 0.5, -1.1)
    _years(axes)
    return figure, events.drop(columns="order")


def _seen(first_months: pd.DataFrame) -> pd.DataFrame:
    """Return Russia's first months in the panel, with the countries that came earlier."""
    channels = {
        "first_facebook_personal": _("Leader, Facebook"),
        "first_twitter_personal": _("Leader, Twitter"),
        "first_facebook_institution": _("Government office, Facebook"),
        "first_twitter_institution": _("Government office, Twitter"),
    }
    russia = first_months.set_index("iso3").loc["RUS"]
    earlier = {column: int((first_months[column] < russia[column]).sum()) for column in channels}
    return pd.DataFrame(
        {
            "channel": list(channels.values()),
            "first": [russia[column].date() for column in channels],
            "last": [russia[column].date() for column in channels],
            "when": [
                _("{month} · {n} countries earlier").format(
                    month=labels.date(russia[column], "yMMM"), n=labels.decimal(earlier[column])
                )
                for column in channels
            ],
            "evidence": _("seen in the panel"),
            "earlier": list(earlier.values()),
        }
    )


def _told(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the days that published texts give for the foreign ministry's channels."""
    channels = {
        ("mfa_twitter_launch",): (_("Foreign ministry, Twitter"), "yMMMd"),
        ("mfa_youtube_launch",): (_("Foreign ministry, YouTube"), "yMMM"),
        ("mfa_facebook_plan", "mfa_facebook_seen"): (_("Foreign ministry, Facebook"), "yMMM"),
    }
    rows = []
    for topics, (channel, skeleton) in channels.items():
        days = pd.to_datetime(facts.loc[facts["topic"].isin(topics), "date"]).dt.date
        first, last = days.min(), days.max()
        words = {labels.date(day, skeleton): None for day in (first, last)}
        rows.append((channel, first, last, " – ".join(words), _("told by a published text")))
    return pd.DataFrame(rows, columns=["channel", "first", "last", "when", "evidence"])


@chart
def missions(listed: pd.DataFrame, claimed: float) -> tuple[Figure, pd.DataFrame]:
    """Draw the US posts' accounts by platform and kind beside Russia's accounts on Twitter.

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
        .unstack()[[*groups, _("centres and others")]]
        .loc[["Twitter", "Facebook", "YouTube"]]
    )
    rows = [_("US, {platform}").format(platform=platform) for platform in counts.index]
    figure, axes = style.subplots(height=3.1)
    start = pd.Series(0, index=counts.index)
    for group, colour in zip(counts, (style.BLUE, style.SKY, style.PALE), strict=True):
        axes.barh(rows, counts[group], left=start, color=colour, height=0.62)
        middle = start.iloc[1] + counts[group].iloc[1] / 2
        ink = "white" if colour == style.BLUE else style.INK
        axes.text(middle, 1, group, ha="center", va="center", fontsize=9, color=ink)
        start = start + counts[group]
    russia = _("Russia, Twitter")
    axes.barh([russia], [claimed], color=style.ORANGE, height=0.62)
    axes.annotate(
        "", (claimed + 14, 3), (claimed, 3), arrowprops={"arrowstyle": "->", "color": style.ORANGE}
    )
    style.label(
        axes, claimed + 16, 3, _("more than {n}").format(n=labels.decimal(claimed)), fontsize=10
    )
    for row, total in enumerate(start):
        style.label(axes, total + 3, row, labels.decimal(total), fontsize=10)
    axes.set_ylim(3.5, -0.5)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(_("accounts"))
    drawn = counts.stack().rename("accounts").reset_index().assign(country=_("United States"))
    theirs = pd.DataFrame(
        [(_("Russia"), "Twitter", _("accounts of the ministry, at least"), claimed)],
        columns=["country", "platform", "group", "accounts"],
    )
    return figure, pd.concat([drawn[theirs.columns], theirs])


@chart
def audiences(stated: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw audiences to scale: one square is a million followers.

    A square with a broken line is the part that the text's "almost" or "more than" leaves open.

    Parameters
    ----------
    stated
        One row per audience: ``label``, ``value`` (millions) and ``qualifier`` (``exact``,
        ``almost`` or ``more than``).
    """
    across = 11
    figure, axes = style.subplots(height=3.7)
    bottom = 0.0
    for audience in stated.itertuples():
        if audience.qualifier == "exact":
            words = labels.decimal(audience.value, "0.##")
        else:
            words = _QUALIFIED[audience.qualifier]().format(n=labels.decimal(audience.value))
        text = _("{who}: {value} million").format(who=audience.label, value=words)
        style.label(axes, 0, bottom + 0.45, text, fontsize=10.5, weight="bold")
        bottom += 1
        for place, (part, sure) in enumerate(_squares(audience.value, audience.qualifier)):
            corner = (place % across, bottom + place // across)
            axes.add_patch(_square(corner, part, sure))
        bottom += (int(audience.value) - 1) // across + 1.4 + (audience.value % across > across - 1)
    axes.set(xlim=(-0.1, across + 0.1), ylim=(bottom, -0.1), aspect="equal")
    axes.axis("off")
    return figure, stated


_QUALIFIED = {
    "almost": lambda: _("almost {n}"),
    "more than": lambda: _("more than {n}"),
}


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
def fields(statements: pd.DataFrame, place: int) -> tuple[Figure, pd.DataFrame]:
    """Draw one place in a ranking against every number of countries it is said to be out of.

    Parameters
    ----------
    statements
        One row per statement: ``who`` said it, ``countries`` and ``qualifier``.
    place
        The place in the ranking.
    """
    shares = [top_share(place, int(n)) for n in statements["countries"]]
    drawn = statements.assign(place=place, top_share=shares)
    figure, axes = style.subplots(height=2.5)
    for row, said in enumerate(drawn.itertuples()):
        axes.barh(row, said.countries, color=style.PALE, height=0.6)
        axes.barh(row, place, color=style.BLUE, height=0.6)
        bound = said.qualifier == "more than"
        n = labels.decimal(said.countries)
        text = _("of more than {n}: top {share} or less") if bound else _("of {n}: top {share}")
        text = text.format(n=n, share=labels.decimal(said.top_share, "0.0%"))
        style.label(axes, place + 3, row, text, fontsize=10, path_effects=[])
        if bound:
            axes.annotate(
                "",
                (said.countries + 12, row),
                (said.countries, row),
                arrowprops={"arrowstyle": "->", "color": style.GREY},
            )
    axes.set_yticks(range(len(drawn)), drawn["who"], fontsize=9.5)
    axes.set_ylim(len(drawn) - 0.5, -0.5)
    axes.set_xlim(0, drawn["countries"].max() + 15)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(_("countries"))
    return figure, drawn


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
        style.label(axes, 2024.5, last[column], text, color=colour)
    axes.set_xticks([2003, 2005, 2008, 2010, 2012, 2014, 2016, 2018, 2020, 2022, 2024])
    axes.set_xlim(2002.5, 2029)
    axes.set_ylim(125, -4)
    axes.set_yticks([1, 25, 50, 75, 100])
    axes.set_ylabel(_("place among {n} countries").format(n=labels.decimal(193)))
    axes.grid(visible=False, axis="x")
    return figure, russia[["edition", "egdi_rank", "best", "worst", "dense"]]


def _july(axes: Axes, height: float, x: dt.date | float = CONFERENCE) -> None:
    """Mark July 2012 by a line and its name."""
    axes.axvline(x, color=style.INK, linewidth=0.9, linestyle=":")  # type: ignore[arg-type]
    style.label(axes, x, height, " " + labels.date(CONFERENCE), fontsize=9.5, ha="left")


def _years(axes: Axes) -> None:
    axes.xaxis.set_major_locator(YearLocator())
    axes.grid(visible=False, axis="x")
