"""Figures of the chapter on the town hall: platforms, two lists, doors, and how long it takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.findings.town_hall import CITIZENS
from govsocial.labels import axis_format, decimal
from govsocial.language import translation

_ = translation(__name__)

_QUARTERS = ("smallest", "second", "third", "largest")
_LOOKS = {
    "Facebook": (style.BLUE, "--", "s"),
    "Instagram": (style.PURPLE, "-", "D"),
    "YouTube": (style.RED, ":", "v"),
    "X": (style.INK, "-", "o"),
    "TikTok": (style.GREEN, "-.", "^"),
}


def _look(colour: str, marker: str) -> dict[str, Any]:
    return {"color": colour, "marker": marker, "markersize": 5, "elinewidth": 1.3}


@chart
def platforms(halls: pd.DataFrame, agencies: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of town halls and of authorities that have an account, by platform.

    Parameters
    ----------
    halls, agencies
        What :func:`govsocial.findings.town_hall.listed` returns.
    """
    figure, axes = style.subplots(height=3.4)
    places = -np.arange(len(halls), dtype=float)
    looks = (
        (halls, 0.14, style.BLUE, "o", _("Town halls")),
        (agencies, -0.14, style.ORANGE, "s", _("Authorities")),
    )
    for rows, shift, colour, marker, text in looks:
        look = _look(colour, marker) | {"linestyle": "none", "label": text}
        axes.errorbar(rows["value"], places + shift, xerr=style.errors(rows), **look)
        for place, value, high in zip(places + shift, rows["value"], rows["high"], strict=True):
            style.label(axes, high + 0.012, place, decimal(value, "0%"), color=colour)
    axes.set_yticks(places, list(halls["platform"]))
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0%")
    axes.set_xlabel(_("Share with an account in the list"))
    style.legend(figure, loc="outside upper center", ncols=2)
    drawn = pd.concat({"town halls": halls, "authorities": agencies}, names=["group"])
    return figure, drawn.reset_index("group").reset_index(drop=True)


@chart
def sizes(counted: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of cities and of counties with an account, by quarter of their population.

    Parameters
    ----------
    counted
        ``kind``, ``quarter``, ``platform``, ``listed``, ``bodies``, and the share with its
        interval (``value``, ``low``, ``high``).
    """
    figure, axes = style.subplots(1, 3, height=3.4, tall=6.6, sharey=True)
    kinds = {
        "city": (_("Cities"), style.BLUE, "o", -0.08),
        "county": (_("Counties"), style.ORANGE, "s", 0.08),
    }
    shown = ("Facebook", "X", "TikTok")
    for panel, platform in zip(axes, shown, strict=True):
        for kind, (text, colour, marker, shift) in kinds.items():
            chosen = counted[(counted["kind"] == kind) & (counted["platform"] == platform)]
            rows = chosen.set_index("quarter").loc[list(_QUARTERS)]
            look = _look(colour, marker) | {"linewidth": 1.2, "label": text}
            places = np.arange(len(rows)) + shift
            panel.errorbar(places, rows["value"], yerr=style.errors(rows), **look)
        panel.set_title(platform)
        panel.set_xticks(range(len(_QUARTERS)), ["1", "2", "3", "4"])
        panel.set_xlim(-0.4, 3.4)
        panel.set_ylim(0, 1.04)
    axis_format(axes[0].yaxis, "0%")
    style.common_labels(axes, x=_("Quarter of the population, from the smallest to the largest"))
    style.legend(figure, *axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure, counted[counted["platform"].isin(shown)].reset_index(drop=True)


@chart
def lists(counted: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw which of two lists of accounts on X name a body.

    Parameters
    ----------
    counted
        The table ``german_town_halls_x_lists``.
    """
    looks = {
        "both": (_("Both lists"), style.BLUE),
        "only_older": (_("2023 only"), style.SKY),
        "not_asked": (_("2026 only, a question mark in 2023"), style.ORANGE),
        "new": (_("2026 only, looked for in 2023"), style.RED),
        "neither": (_("Neither"), style.PALE),
    }
    parts = counted.assign(
        not_asked=counted["newer_unknown"], new=counted["only_newer"] - counted["newer_unknown"]
    )
    figure, axes = style.subplots(height=3.9)
    places = -np.array([0, 1, 2, 3, 4.4, 5.4, 6.4, 7.4])
    style.stacked(axes, places, parts, looks, height=0.8)
    kinds = {"city": _("Cities"), "county": _("Counties")}
    words = {
        "smallest": _("smallest quarter"),
        "second": _("second"),
        "third": _("third"),
        "largest": _("largest quarter"),
    }
    names = parts["kind"].map(kinds) + ", " + parts["quarter"].map(words)
    axes.set_yticks(places, names.tolist())
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0%")
    axes.grid(visible=False)
    style.legend(figure, loc="outside upper center", ncols=3, handlelength=1)
    return figure, counted


# The edition of March 2026 has its authorities as of June 2025; of the others nothing is said.
_RESEARCHED = {"2026-03": "2025-06"}


@chart
def editions(counted: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of authorities with an account in each edition of the list.

    Parameters
    ----------
    counted
        What :func:`govsocial.findings.town_hall.by_edition` returns.
    """
    figure, axes = style.subplots(height=3.4)
    days = pd.to_datetime(counted["edition"].replace(_RESEARCHED))
    names = {"2023-04": "04/2023", "2024-12": "12/2024", "2025-06": "06/2025"}
    for platform, (colour, dashes, marker) in _LOOKS.items():
        chosen = (counted["platform"] == platform).to_numpy()
        if chosen.sum() < 2:
            continue
        x, rows = days[chosen], counted[chosen]
        axes.fill_between(x, rows["low"], rows["high"], color=colour, alpha=0.12, linewidth=0)
        axes.plot(x, rows["value"], color=colour, linestyle=dashes, marker=marker)
        last = {"Instagram": 0.025, "X": -0.025}.get(platform, 0)
        text = f"{platform} {decimal(rows['value'].iloc[-1], '0%')}"
        place = x.iloc[-1] + pd.Timedelta(days=18)
        style.label(axes, place, rows["value"].iloc[-1] + last, text, color=colour)
    axes.set_xticks(pd.to_datetime(list(names)), list(names.values()))
    axes.set_xlim(pd.Timestamp("2023-03-01"), pd.Timestamp("2026-01-01"))
    axes.set_ylim(0, 0.75)
    axis_format(axes.yaxis, "0%")
    axes.set_ylabel(_("Share with an account in the list"))
    return figure, counted[counted["platform"] != "YouTube"].reset_index(drop=True)


@chart
def doors(counted: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw by which channel requests came in, and Twitter's share enlarged.

    Parameters
    ----------
    counted
        What :func:`govsocial.findings.town_hall.doors` returns.
    """
    words = {"phone": _("Phone"), "web": _("Web form"), "app": _("App"), "Twitter": _("Twitter")}
    looks = {
        "phone": (style.BLUE, "--", "s"),
        "web": (style.PURPLE, ":", "v"),
        "app": (style.GREEN, "-.", "^"),
        "Twitter": (style.INK, "-", "o"),
    }
    figure, (left, right) = style.subplots(1, 2, height=3.5, width_ratios=[3, 2])
    sample = counted[(counted["city"] == "San Francisco") & counted["year"].between(2009, 2015)]
    for channel in CITIZENS:
        colour, dashes, marker = looks[channel]
        rows = sample[sample["channel"] == channel]
        (line,) = left.plot(rows["year"], rows["value"], label=words[channel], markersize=5)
        line.set(color=colour, linestyle=dashes, marker=marker)
    left.set_ylim(-0.02, 1)
    axis_format(left.yaxis, "0%")
    left.set_title(_("San Francisco, all doors"))
    boston = counted[(counted["city"] == "Boston") & (counted["channel"] == "Twitter")]
    rows = sample[sample["channel"] == "Twitter"]
    for city, part, colour, marker in (
        (_("San Francisco"), rows, style.INK, "o"),
        (_("Boston"), boston, style.ORANGE, "s"),
    ):
        look = _look(colour, marker) | {"label": city}
        right.errorbar(part["year"], part["value"], yerr=style.errors(part), **look)
    right.set_ylim(0, 0.055)
    axis_format(right.yaxis, "0%")
    right.set_title(_("Twitter alone, enlarged"))
    right.legend(loc="upper left")
    for axes in (left, right):
        axes.set_xticks([2009, 2011, 2013, 2015])
    style.legend(figure, *left.get_legend_handles_labels(), loc="outside upper center", ncols=4)
    return figure, pd.concat([sample, boston]).reset_index(drop=True)


@chart
def closing(medians: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw within how many hours half of the requests were closed, by kind and channel.

    Parameters
    ----------
    medians
        Rows of the table ``san_francisco_closing``.
    """
    kinds = {
        "Street and Sidewalk Cleaning": _("Street cleaning"),
        "Graffiti Public Property": _("Graffiti, public property"),
        "Graffiti Private Property": _("Graffiti, private property"),
        "Illegal Postings": _("Illegal posters"),
    }
    looks = {
        "app": (_("App"), style.GREEN, "^", 0.24),
        "web": (_("Web form"), style.PURPLE, "v", 0.08),
        "phone": (_("Phone"), style.BLUE, "s", -0.08),
        "Twitter": (_("Twitter"), style.INK, "o", -0.24),
    }
    figure, axes = style.subplots(height=3.6)
    chosen = medians[medians["category"].isin(kinds) & medians["channel"].isin(looks)]
    place = {name: -float(index) for index, name in enumerate(kinds)}
    for channel, (text, colour, marker, shift) in looks.items():
        rows = chosen[chosen["channel"] == channel]
        heights = rows["category"].map(place).to_numpy(float) + shift
        bars = rows.rename(columns={"median": "value"})
        points = _look(colour, marker) | {"linestyle": "none", "label": text}
        axes.errorbar(bars["value"], heights, xerr=style.errors(bars), **points)
    axes.set_xscale("log")
    ticks = [6, 24, 72, 168, 720]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    names = [_("6 hours"), _("1 day"), _("3 days"), _("1 week"), _("30 days")]
    axes.set_xticklabels(names)
    axes.set_xlim(4, 1500)
    axes.set_yticks(list(place.values()), list(kinds.values()))
    axes.set_xlabel(_("Half of the requests were closed within"))
    style.legend(figure, loc="outside upper center", ncols=4)
    return figure, chosen.reset_index(drop=True)
