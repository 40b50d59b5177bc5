"""Figures of the chapter on diplomatic services: accounts, audiences, words and silence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.inequality import lorenz
from govsocial.labels import axis_format, country, date, decimal
from govsocial.language import translation
from govsocial.uncertainty import Estimate

_ = translation(__name__)

_FLOOR = 0.02
"""Left edge of the hashtags' logarithmic axis, where uses that must be near none are drawn."""


def _kinds() -> dict[str, str]:
    """Return the label of each kind of mission."""
    return {
        "embassy": _("Embassies"),
        "consulate": _("Consulates"),
        "permanent mission": _("Permanent missions"),
    }


def _readable(figure: Figure) -> None:
    """Set words in a size that can be read on a phone."""
    for axes in figure.axes:
        axes.tick_params(labelsize=11)
        axes.xaxis.label.set_fontsize(11)
        axes.yaxis.label.set_fontsize(11)


@chart
def coverage(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how many missions have an account in a list, by service and kind of mission.

    Parameters
    ----------
    frame
        Columns ``iso3``, ``year`` of the list, ``kind``, ``listed`` (missions with an account)
        and ``missions``; services in the order of the figure.
    """
    kinds = _kinds()
    drawn = frame.assign(share=frame["listed"] / frame["missions"])
    services = drawn[["iso3", "year"]].drop_duplicates()
    names = [f"{country(code)}, {year}" for code, year in services.itertuples(index=False)]
    figure, grid = style.subplots(1, 3, height=3.1, sharex=True, sharey=True)
    places = -np.arange(len(services))
    for axes, (kind, title) in zip(grid, kinds.items(), strict=True):
        rows = drawn[drawn["kind"] == kind]
        axes.barh(places, 1, color=style.PALE, height=0.42)
        axes.barh(places, rows["share"], color=style.BLUE, height=0.42)
        for place, listed, total in zip(places, rows["listed"], rows["missions"], strict=True):
            text = _("{n} of {total}").format(n=decimal(listed), total=decimal(total))
            style.label(axes, 0.02, place + 0.37, text)
        axes.set_title(title)
        axes.set_xlim(0, 1)
        axes.grid(visible=False)
        axes.set_xticks([0, 0.5])
    grid[0].set_yticks(places, names)
    grid[0].set_ylim(places[-1] - 0.4, 0.65)
    axis_format(grid[0].xaxis, "0%")
    figure.supxlabel(_("Missions with an account in the list, of all missions in 2024"), size=9.5)
    return figure, drawn.reset_index(drop=True)


def _holders() -> dict[str, tuple[str, str]]:
    """Return label and colour of each kind of holder."""
    return {
        "office": (_("In the name of an office"), style.BLUE),
        "person": (_("In the name of a person"), style.ORANGE),
    }


@chart
def openings(frame: pd.DataFrame, since: str) -> tuple[Figure, pd.DataFrame]:
    """Draw in which quarter accounts were opened, by whose name they bear.

    Parameters
    ----------
    frame
        The table ``china_account_openings``.
    since
        Day from which the accounts were followed.
    """
    wide = frame.pivot(index="quarter", columns="holder", values="accounts")
    wide = wide.asfreq("QS").fillna(0).astype(float)
    figure, axes = style.subplots(height=3.2)
    base = np.zeros(len(wide))
    middle = pd.DatetimeIndex(wide.index) + pd.Timedelta(days=45)
    for holder, (text, colour) in _holders().items():
        axes.bar(middle, wide[holder], bottom=base, width=80, color=colour, label=text)
        base = base + wide[holder].to_numpy()
    start = pd.Timestamp(since)
    axes.axvline(start.to_datetime64(), color=style.GREY, linewidth=1, linestyle=":")
    text = _("followed from here")
    style.label(axes, start - pd.Timedelta(days=30), base.max(), text, ha="right", color=style.GREY)
    years = range(2010, 2023, 2)
    axes.set_xticks([pd.Timestamp(year, 1, 1).to_datetime64() for year in years], map(str, years))
    axes.set_ylabel(_("Accounts opened in the quarter"))
    axes.grid(axis="x", visible=False)
    axes.legend(loc="center left")
    _readable(figure)
    return figure, frame


def _measures() -> dict[str, tuple[str, str, str, str]]:
    """Return label, colour, dashes and marker of what accounts have."""
    return {
        "followers": (_("Followers"), style.BLUE, "-", "o"),
        "retweets": (_("Retweets made"), style.ORANGE, "--", "s"),
        "posts": (_("Own posts"), style.GREEN, "-.", "D"),
    }


@chart
def concentration(
    frame: pd.DataFrame, estimates: Mapping[str, tuple[Estimate, Estimate]]
) -> tuple[Figure, pd.DataFrame]:
    """Draw how unequally followers, retweets and posts are spread over accounts.

    Parameters
    ----------
    frame
        The table ``china_account_sizes``.
    estimates
        Gini coefficient and share of the top tenth, by measure.
    """
    figure, (left, right) = style.subplots(1, 2, height=3.6, width_ratios=[1.15, 1])
    left.plot([0, 1], [0, 1], color=style.GREY, linewidth=0.8, linestyle=":")
    curves = []
    for measure, (text, colour, dashes, _marker) in _measures().items():
        rows = frame[frame["measure"] == measure]
        curve = lorenz(rows["value"], rows["accounts"])
        left.plot(curve["cases"], curve["total"], color=colour, linestyle=dashes, label=text)
        curves.append(curve.assign(measure=measure))
    left.legend(loc="upper left")
    left.set_xlabel(_("Share of accounts, smallest first"))
    left.set_ylabel(_("Share of the total they hold"))
    for axis in (left.xaxis, left.yaxis):
        axis_format(axis, "0%")
    _intervals(right, estimates)
    drawn = pd.concat(curves, ignore_index=True)
    values = pd.DataFrame(
        [(name, *gini, *top) for name, (gini, top) in estimates.items()],
        columns=["measure", "gini", "gini_low", "gini_high", "top", "top_low", "top_high"],
    )
    return figure, drawn.merge(values, on="measure")


def _intervals(axes: Axes, estimates: Mapping[str, tuple[Estimate, Estimate]]) -> None:
    names = []
    for block, title in enumerate((_("Gini coefficient"), _("Share of the top tenth"))):
        top = -block * 4.2
        style.label(axes, 0, top + 0.75, title, fontweight="bold")
        for row, (measure, (text, colour, _dashes, marker)) in enumerate(_measures().items()):
            value, low, high = estimates[measure][block]
            place = top - row
            axes.hlines(place, low, high, color=colour, linewidth=1.4)
            axes.plot(value, place, marker, color=colour)
            names.append((place, text))
    axes.set_yticks(*zip(*names, strict=True))
    axes.set_xlim(0, 1)
    axes.set_ylim(-6.8, 1.2)
    axes.grid(axis="y", visible=False)
    axis_format(axes.xaxis, "0.0")


def _offices() -> dict[tuple[str, str], str]:
    """Return the label of each mission by kind and place."""
    return {
        ("embassy", "Italy"): _("Embassy, Italy"),
        ("embassy", "Japan"): _("Embassy, Japan"),
        ("embassy", "United Kingdom"): _("Embassy, United Kingdom"),
        ("embassy", "United States"): _("Embassy, United States"),
        ("consulate", "Belfast"): _("Consulate, Belfast"),
        ("consulate", "Fukuoka"): _("Consulate, Fukuoka"),
        ("consulate", "New York"): _("Consulate, New York"),
        ("consulate", "Osaka"): _("Consulate, Osaka"),
        ("permanent mission", "Geneva"): _("Mission, Geneva"),
        ("permanent mission", "United Nations"): _("Mission, United Nations"),
    }


@chart
def heads(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the followers of heads of missions relative to those of the missions themselves.

    Parameters
    ----------
    frame
        The table ``china_heads_and_offices``.
    """
    labels = _offices()
    named = frame.assign(
        label=[labels[key] for key in zip(frame["kind"], frame["place"], strict=True)]
    )
    serving = named[named["head"] == "in office"].sort_values("ratio")
    order = serving["label"].tolist()
    figure, axes = style.subplots(height=4.2)
    axes.axvline(1, color=style.GREY, linewidth=1)
    looks = {
        "in office": ("o", style.BLUE, _("Head in office")),
        "former": ("D", style.ORANGE, _("Former head")),
    }
    for head, (marker, colour, text) in looks.items():
        rows = named[named["head"] == head]
        places = [order.index(label) for label in rows["label"]]
        axes.hlines(places, rows["ratio"].clip(upper=1), rows["ratio"].clip(lower=1), color=colour)
        axes.plot(rows["ratio"], places, marker, color=colour, label=text)
    axes.set_yticks(range(len(order)), order)
    axes.set_xscale("log")
    ticks = [0.03, 0.1, 0.3, 1, 3, 10]
    axes.set_xticks(ticks, [decimal(tick, "0.##") for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.set_xlabel(_("Followers of the head per follower of the mission's account"))
    axes.grid(axis="y", visible=False)
    style.inner_legend(axes, "lower right")
    _readable(figure)
    return figure, frame


def _hosts() -> dict[str, str]:
    """Return the label of each group of host countries."""
    return {
        "at home": _("At home, in Beijing"),
        "international organisations": _("International organisations"),
        "English-speaking countries": _("English-speaking countries"),
        "Denmark": country("DNK"),
        "France": country("FRA"),
        "Germany": country("DEU"),
        "Italy": country("ITA"),
        "Japan": country("JPN"),
        "Russia and Ukraine": _("Russia and Ukraine"),
    }


@chart
def languages(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how much diplomats post in English, by where they serve.

    Parameters
    ----------
    frame
        The table ``china_post_languages``.
    """
    drawn = frame.sort_values("english", ignore_index=True)
    labels = _hosts()
    figure, axes = style.subplots(height=3.7)
    places = drawn.index.to_numpy()
    axes.hlines(places, drawn["lowest"], drawn["highest"], color=style.SKY, linewidth=4, alpha=0.6)
    axes.plot(drawn["english"], places, "o", color=style.BLUE, markersize=7)
    names = zip(drawn["hosts"], drawn["accounts"], strict=True)
    axes.set_yticks(places, [f"{labels[hosts]} ({decimal(n)})" for hosts, n in names])
    axes.set_xlim(-0.02, 1.02)
    axis_format(axes.xaxis, "0%")
    axes.set_xlabel(_("Posts in English, of all posts without retweets"))
    axes.grid(axis="y", visible=False)
    _readable(figure)
    return figure, drawn


@chart
def hashtags(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how the weight of hashtags changed from one period to the next.

    Parameters
    ----------
    frame
        Columns ``hashtag``, ``period`` (``first`` or ``second``), ``rate`` (uses per 1,000
        hashtags) and ``known`` (false where the rate is only an upper bound).
    """
    wide = frame.pivot(index="hashtag", columns="period", values="rate").clip(lower=_FLOOR)
    known = frame.pivot(index="hashtag", columns="period", values="known")
    order = (wide["second"] / wide["first"]).sort_values().index
    figure, axes = style.subplots(height=1.7 + 0.22 * len(order))
    looks = {
        "first": (style.ORANGE, "o", _("November 2019 to February 2021")),
        "second": (style.BLUE, "s", _("March 2021 to April 2022")),
    }
    places = np.arange(len(order))
    axes.hlines(places, wide.loc[order].min(axis=1), wide.loc[order].max(axis=1), color=style.PALE)
    for period, (colour, marker, text) in looks.items():
        rate, sure = wide.loc[order, period], known.loc[order, period].to_numpy()
        axes.plot(rate[sure], places[sure], marker, color=colour, label=text)
        axes.plot(rate[~sure], places[~sure], "<", color=colour, markerfacecolor="white")
    bound = Line2D([], [], marker="<", color=style.INK, markerfacecolor="white", linestyle="")
    handles, texts = axes.get_legend_handles_labels()
    style.legend(
        figure,
        [*handles, bound], [*texts, _("at most: not among the 30 most used")],
        loc="outside upper center", ncols=2,
    )  # fmt: skip
    axes.set_yticks(places, list(order))
    axes.set_xscale("log")
    ticks = [0.1, 1, 10, 100]
    axes.set_xticks(ticks, [decimal(tick, "0.#") for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.set_xlim(_FLOOR * 0.8, 150)
    axes.set_xlabel(_("Uses per 1,000 hashtags of the period"))
    axes.grid(axis="y", visible=False)
    _readable(figure)
    return figure, frame


@chart
def silence(frame: pd.DataFrame, read: str, quiet: int) -> tuple[Figure, pd.DataFrame]:
    """Draw the state of missions' accounts, and since when the silent ones have not posted.

    Parameters
    ----------
    frame
        The table ``swedish_missions``.
    read
        Day on which the accounts were read.
    quiet
        Days without a post that count as silence.
    """
    end = pd.Timestamp(read)
    days = (end - frame["last_post"]).dt.days
    silent = frame[days > quiet].assign(days=days).sort_values("last_post", ascending=False)
    figure, (above, below) = style.subplots(2, height=5.6, height_ratios=[1, 5])
    _states(above, frame["state"].mask(days <= quiet, "posting").mask(days > quiet, "silent"))
    places = np.arange(len(silent))
    below.hlines(places, silent["last_post"], end.to_datetime64(), color=style.SKY, linewidth=2.5)
    below.plot(silent["last_post"], places, "o", color=style.BLUE)
    for place, day in zip(places, silent["last_post"], strict=True):
        # Babel's name of the day goes left of the dot, where nothing else is drawn.
        style.label(
            below,
            day - pd.Timedelta(days=style.pick(45, 150)),
            place,
            date(day),
            ha="right",
            fontsize=10,
        )
    below.set_yticks(places, [_mission(row.kind, row.host) for row in silent.itertuples()])
    below.set_ylim(-0.7, len(silent) - 0.3)
    years = range(style.pick(2018, 2014), 2027, style.pick(2, 4))
    below.set_xticks([pd.Timestamp(year, 1, 1).to_datetime64() for year in years], map(str, years))
    first = pd.Timestamp(style.pick(2017, 2013), 7, 1)
    below.set_xlim(first.to_datetime64(), end.to_datetime64())
    below.grid(axis="y", visible=False)
    below.set_title(_("Silent: day of the last post"))
    _readable(figure)
    return figure, silent.reset_index(drop=True)


def _states(axes: Axes, states: pd.Series[str]) -> None:
    looks = {
        "posting": (_("Posting"), style.BLUE),
        "silent": (_("Silent"), style.SKY),
        "closed": (_("Closed"), style.ORANGE),
        "unlisted": (_("No handle known"), style.PALE),
    }
    counts = states.value_counts().to_frame().T[list(looks)]
    row = np.zeros(1)
    style.stacked(axes, row, counts, looks, shares=False, height=0.8, fontweight="bold")
    if style.is_narrow():
        style.inner_legend(axes, "upper left")
    else:
        middles = counts.cumsum(axis=1) - counts / 2
        for state, (text, _colour) in looks.items():
            style.label(axes, middles[state].iloc[0], 0.75, text, ha="center")
    axes.set_xlim(0, counts.to_numpy().sum())
    axes.set_ylim(-0.5, style.pick(1, 0.5))
    axes.set_axis_off()


def _mission(kind: str, host: str) -> str:
    # Babel knows Kosovo by its code of two letters only.
    name = country({"XKX": "XK"}.get(host, host))
    return name if kind == "embassy" else f"{name}, {_kinds()[kind]}"
