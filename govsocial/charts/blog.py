"""Figures of the blog: flat enough to be read on the card of a shared link."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from govsocial import labels
from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, decimal
from govsocial.language import translation

_ = translation(__name__)


@chart
def distinct_places(editions: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how many different places each edition of a ranking gives to its countries.

    Parameters
    ----------
    editions
        The table ``egdi_ranks``.
    """
    ranked = editions.groupby("edition")["epi_rank"]
    drawn = pd.DataFrame({"countries": ranked.count(), "places": ranked.nunique()}).reset_index()
    figure, axes = style.subplots(height=2.9)
    rows = np.arange(len(drawn))
    axes.bar(rows, drawn["countries"], color=style.PALE, width=0.74)
    marked = [style.ORANGE if year == 2012 else style.BLUE for year in drawn["edition"]]
    axes.bar(rows, drawn["places"], color=marked, width=0.74)
    for row, places in zip(rows, drawn["places"], strict=True):
        style.label(axes, row, places + 8, decimal(places), ha="center", fontsize=12)
    shown = slice(None) if not style.is_narrow() else slice(1, None, 2)
    axes.set_xticks(rows[shown], [str(year) for year in drawn["edition"][shown]], fontsize=11)
    axes.set_yticks([])
    axes.set_ylim(0, 232)
    axes.set_xlim(-0.5, len(drawn) - 0.5)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False)
    text = _("{low} to {high} countries; in colour: different places")
    least, most = decimal(drawn["countries"].min()), decimal(drawn["countries"].max())
    style.label(axes, -0.37, 214, text.format(low=least, high=most), fontsize=12, color=style.GREY)
    return figure, drawn


@chart
def thousands(expected: float, gains: pd.Series[float], first: int) -> tuple[Figure, pd.DataFrame]:
    """Draw followers to scale: a square is a thousand, those expected above those that came.

    Parameters
    ----------
    expected
        Followers that the trend let expect.
    gains
        Followers gained by account, the largest gain first.
    first
        Number of accounts that have a colour and a name of their own.
    """
    colours = [style.BLUE, style.ORANGE, style.GREEN, style.PURPLE, style.SKY]
    came = pd.concat([gains.head(first), pd.Series({"": gains.iloc[first:].sum()})])
    names = [*gains.index[:first], _("the other {n}").format(n=decimal(len(gains) - first))]
    figure, axes = style.subplots(height=3.0, tall=3.5)
    style.label(axes, 0, 0.35, _("expected from the trend"), fontsize=12, weight="bold")
    _squares(axes, 1, range(round(expected / 1000)), style.GREY)
    style.label(axes, 0, 3.05, _("came"), fontsize=12, weight="bold")
    ends = (came.cumsum() / 1000).round().astype(int)
    start = 0
    for end, colour in zip(ends, colours, strict=False):
        _squares(axes, 3.7, range(start, end), colour)
        start = end
    x, row = 0.0, 4.6 - -ends.iloc[-1] // _across()
    for name, value, colour in zip(names, came, colours, strict=False):
        axes.add_patch(Rectangle((x, row - 0.4), 0.8, 0.8, facecolor=colour))
        text = f"{name}: {decimal(value)}"
        style.label(axes, x + 1.1, row, text, fontsize=11)
        x, row = (x + 9.2, row) if x < style.pick(15, 0) else (0.0, row + 1.4)
    axes.set(xlim=(0, _across()), ylim=(row + 0.7, 0), aspect="equal", anchor="W")
    axes.axis("off")
    drawn = pd.DataFrame({"part": ["expected", *names], "followers": [expected, *came]})
    return figure, drawn.round(0)


def _across() -> int:
    """Return how many squares stand in a row."""
    return style.pick(27, 18)


def _squares(axes: Axes, top: float, places: range, colour: str) -> None:
    for place in places:
        corner = (place % _across() + 0.06, top + place // _across() + 0.06)
        axes.add_patch(Rectangle(corner, 0.88, 0.88, facecolor=colour))


@chart
def clock_faces(seconds: pd.DataFrame, accounts: Sequence[str]) -> tuple[Figure, pd.DataFrame]:
    """Draw the posts of accounts around the face of a clock, one bar for each second.

    Parameters
    ----------
    seconds
        The table ``posting_seconds``.
    accounts
        The accounts, from left to right.
    """
    drawn = seconds[seconds["account"].isin(accounts)].copy()
    totals = drawn.groupby("account")["posts"].transform("sum")
    drawn["share"] = (drawn["posts"] / totals).astype(float)
    figure, faces = style.subplots(
        1, len(accounts), height=2.9, tall=6.4, subplot_kw={"projection": "polar"}
    )
    for axes, account in zip(faces, accounts, strict=True):
        face = drawn[drawn["account"] == account]
        angle = face["second"].to_numpy(float) * 2 * np.pi / 60
        colours = [style.ORANGE if second < 5 else style.BLUE for second in face["second"]]
        # The area of a bar is its share: the eye sees areas, not radii.
        length = np.sqrt(face["share"].to_numpy(float))
        axes.bar(angle, length, width=2 * np.pi / 60, color=colours, align="edge")
        axes.plot(np.linspace(0, 2 * np.pi, 200), np.full(200, np.sqrt(1 / 60)), "--", **_EVEN)
        axes.set_theta_zero_location("N")
        axes.set_theta_direction(-1)
        axes.set_ylim(0, 0.52)
        axes.set_yticks([])
        axes.set_xticks(np.arange(4) * np.pi / 2, ["0", "15", "30", "45"], fontsize=11)
        axes.tick_params(pad=0)
        axes.spines["polar"].set_color(style.PALE)
        axes.grid(visible=False)
        axes.set_title(account, loc="center", fontsize=12)
    return figure, drawn


_EVEN = {"color": style.INK, "linewidth": 1.0}


@chart
def link_fates(links: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what lies behind the addresses of a register, the old ones and those added since.

    Parameters
    ----------
    links
        The table ``us_facebook_links_2017``.
    """
    dead = links["unavailable"].astype(float)
    parts = {
        "works": links["addresses"].astype(float) - dead,
        "dead": dead.where(~links["underscore"] & ~links["twitter_name"], 0.0),
        "twitter_name": dead.where(~links["underscore"] & links["twitter_name"], 0.0),
        "underscore": dead.where(links["underscore"], 0.0),
    }
    looks = {
        "works": (_("has a page"), style.PALE),
        "dead": (_("no page"), style.BLUE),
        "twitter_name": (_("no page, name of a Twitter account"), style.ORANGE),
        "underscore": (_("no page, a name Facebook does not allow"), style.RED),
    }
    drawn = pd.DataFrame(parts).groupby(links["in_2012"]).sum().sort_index(ascending=False)
    figure, axes = style.subplots(height=2.7)
    places = np.arange(len(drawn), dtype=float)
    style.stacked(axes, places, drawn, looks, shares=False, height=0.72, size=12)
    axes.set_yticks(places, [_("listed\nin 2012"), _("added\nsince")], fontsize=12)
    axes.invert_yaxis()
    axes.grid(visible=False)
    axis_format(axes.xaxis, "#,##0")
    axes.tick_params(axis="x", labelsize=11)
    axes.set_xlabel(_("addresses in June 2017"), fontsize=11)
    style.legend(figure, loc="outside upper left", ncols=2, handlelength=1, fontsize=11)
    return figure, drawn.reset_index()


@chart
def printed(totals: pd.DataFrame, names: Mapping[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Draw the totals that each text prints, and which of them the file gives.

    Parameters
    ----------
    totals
        The table ``google_published_totals``.
    names
        Names of the texts by citation, from the top.
    """
    drawn = totals.assign(difference=totals["computed"] - totals["published"])
    drawn = drawn[["citation", "first", "last", "code", "product", "published", "difference"]]
    figure, axes = style.subplots(height=3.2)
    figure.set_layout_engine("constrained", w_pad=0.12)
    for row, citation in enumerate(names):
        gaps = drawn.loc[drawn["citation"] == citation, "difference"].sort_values(key=abs)
        for place, gap in enumerate(gaps):
            same = gap == 0
            colour = style.BLUE if same else "none"
            corner = (place + 0.08, row - 0.4)
            edge = style.BLUE if same else style.RED
            box = Rectangle(corner, 0.84, 0.8, facecolor=colour, edgecolor=edge, linewidth=1.4)
            axes.add_patch(box)
            text = "=" if same else decimal(gap, "+#,##0;-#,##0")
            ink = "white" if same else style.RED
            axes.text(place + 0.5, row, text, color=ink, ha="center", va="center", fontsize=11)
    axes.set_yticks(
        range(len(names)),
        [style.pick(name, textwrap.fill(name, 13)) for name in names.values()],
        fontsize=11,
    )
    axes.set(xlim=(0, 7.2), ylim=(len(names) - 0.4, -0.6), xticks=[])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.grid(visible=False)
    return figure, drawn


@chart
def farewells(years: pd.Series[int], sold: float) -> tuple[Figure, pd.DataFrame]:
    """Draw how many accounts wrote their last post in each year.

    Parameters
    ----------
    years
        Accounts by year of the last post.
    sold
        When the company was sold, in years.
    """
    figure, axes = style.subplots(height=2.8)
    axes.bar(years.index + 0.5, years, color=style.BLUE, width=0.82)
    for year, count in zip(years.index, years, strict=True):
        style.label(axes, year + 0.5, count + 0.9, decimal(count), ha="center", fontsize=12)
    axes.axvline(sold, color=style.INK, linestyle=":", linewidth=1.4)
    top = float(years.max())
    text = _("the company is sold")
    style.label(axes, sold - 0.12, top * 1.2, text, ha="right", fontsize=12)
    axes.set_xticks(years.index + 0.5, [str(year) for year in years.index], fontsize=11)
    axes.set(xlim=(years.index.min(), years.index.max() + 1), ylim=(0, top * 1.3), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False)
    return figure, years.rename("accounts").rename_axis("year").reset_index()


@chart
def requests_by_half(halves: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the requests of a country to Google, those of one authority above the others.

    Parameters
    ----------
    halves
        Requests by half-year (``half`` in the index): ``others`` and ``communications``, missing
        where that authority is not told apart.
    """
    looks = {
        "others": (_("courts and all other bodies"), style.BLUE),
        "communications": (_("communications authority"), style.ORANGE),
    }
    figure, axes = style.subplots(height=3.1)
    rows, start = np.arange(len(halves)), np.zeros(len(halves))
    for name, (text, colour) in looks.items():
        high = halves[name].fillna(0).to_numpy(float)
        axes.bar(rows, high, bottom=start, color=colour, width=0.8, label=text)
        start = start + high
    newest = halves.iloc[-1].sum()
    style.label(axes, len(halves) - 0.6, newest, decimal(newest), ha="right", va="bottom")
    days = pd.DatetimeIndex(halves.index)
    first = np.flatnonzero(days.month == 1)[:: style.pick(2, 4)]
    axes.set_xticks(first + 0.5, [str(days[row].year) for row in first], fontsize=11)
    axis_format(axes.yaxis, "#,##0")
    axes.set(xlim=(-0.6, len(halves) - 0.3), ylim=(0, newest * 1.12))
    axes.set_ylabel(_("requests in half a year"), fontsize=11)
    style.legend(figure, loc="outside upper left", ncols=2, handlelength=1, fontsize=11)
    return figure, halves.reset_index()


@chart
def august_posts(accounts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what each account posts in August against an average month around it, by country.

    Parameters
    ----------
    accounts
        ``country``, ``account`` and ``ratio``.
    """
    medians = accounts.groupby("country")["ratio"].median().sort_values()
    names = {"INT": _("world bodies"), "EU": _("European Union")}
    rows = dict(zip(medians.index, range(len(medians)), strict=True))
    drawn = accounts.assign(row=accounts["country"].map(rows)).sort_values(["row", "ratio"])
    figure, axes = style.subplots(height=3.9, tall=4.4)
    for country, one in drawn.groupby("country"):
        colour = style.ORANGE if country == "IT" else style.BLUE
        axes.plot(one["ratio"], one["row"], "o", color=colour, markersize=8, alpha=0.85)
        axes.plot(medians[country], rows[country], "|", color=style.INK, markersize=17)
    axes.axvline(1, color=style.INK, linestyle=":", linewidth=1.4)
    text = _("as around it")
    style.label(axes, 0.98, -0.75, text, ha="right", va="center", fontsize=11)
    ticks = [names.get(code) or labels.country(code) for code in medians.index]
    axes.set_yticks(range(len(medians)), ticks, fontsize=11)
    axes.set(xlim=(0, 1.5), ylim=(len(medians) - 0.4, -1.3))
    axis_format(axes.xaxis, "0%")
    axes.set_xlabel(_("posts in August, against an average month around it"), fontsize=11)
    return figure, drawn[["country", "account", "years", "ratio"]].reset_index(drop=True)


@chart
def advertisers(euros: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what advertisers of each kind spent, by how much each of them spent.

    Parameters
    ----------
    euros
        Euros by kind (the index) and size.
    """
    looks = {
        "10000": (_("10,000 euros or more each"), style.BLUE),
        "5000": (_("5,000 to 9,999"), style.SKY),
        "1000": (_("1,000 to 4,999"), style.PALE),
        "less": (_("101 to 999"), style.ORANGE),
    }
    names = {
        "candidates": _("candidates\nand lists"),
        "party": _("pages of\nparties"),
        "public": _("public\nbodies"),
        "other": _("all\nothers"),
    }
    figure, axes = style.subplots(height=3.2)
    places = np.arange(len(euros), dtype=float)
    style.stacked(axes, places, euros, looks, shares=False, least=0.1, size=11)
    axes.set_yticks(places, [names[kind] for kind in euros.index], fontsize=11)
    axes.invert_yaxis()
    axes.grid(visible=False)
    axis_format(axes.xaxis, "#,##0")
    axes.set_xlabel(_("euros"), fontsize=11)
    style.legend(figure, loc="outside upper left", ncols=2, handlelength=1, fontsize=11)
    return figure, euros.reset_index()
