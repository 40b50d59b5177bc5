"""Figures of the chapter on amplification: new accounts, coincidences and payers."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, country, date, decimal, month
from govsocial.language import translation
from govsocial.uncertainty import share

_ = translation(__name__)

_NAME = 52
"""Letters of a payer's name that fit beside its bar."""


def _sets() -> dict[str, str]:
    """Return the title of each set of shares, in the order of the figures."""
    return {
        "russia": _("Retweets, pro-government, Russia"),
        "germany": _("Links, climate, Germany"),
    }


def _span(seconds: int) -> str:
    """Return a window in words."""
    if seconds < 60:
        return _("{n} s").format(n=seconds)
    if seconds < 3600:
        return _("{n} min").format(n=seconds // 60)
    return _("{n} h").format(n=seconds // 3600)


@chart
def births(days: pd.DataFrame, war: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the days on which likers' accounts were made, and the days of the war's first crowd.

    Parameters
    ----------
    days
        The table ``liker_creation_days``.
    war
        The table ``war_tweet_days``.
    """
    figure, (whole, close) = style.subplots(2, height=5.6, height_ratios=[4, 5])
    known = days["exact"] == days["accounts"]
    counts = days["accounts"].astype(float)
    whole.plot(days["day"], counts.where(~known), "-", color=style.GREY, linewidth=0.7)
    whole.plot(days["day"], counts.where(known), "-", color=style.BLUE, linewidth=0.7)
    whole.set_ylim(0, 1500)
    whole.set_ylabel(_("Accounts a day"))
    axis_format(whole.yaxis, "#,##0")
    for series, text in ((counts[~known], _("{day}, interpolated")), (counts[known], "{day}")):
        place = int(series.to_numpy().argmax())
        day, height = days.loc[series.index, "day"].iloc[place], series.iloc[place]
        words = text.format(day=date(day))
        style.label(whole, day - pd.Timedelta(days=60), height, words, letters=16, ha="right")
    grey = pd.Timestamp(style.pick("2010-06-01", "2006-06-01"))
    style.label(whole, grey, 330, _("Day interpolated"), color=style.GREY)
    style.label(whole, pd.Timestamp("2016-09-01"), 330, _("Day exact"), color=style.BLUE)

    start = pd.Timestamp("2022-01-01")
    made = days.set_index("day")["accounts"].loc[start:].astype(float)
    wrote = war.set_index("day")["users"].loc[made.index[0] : made.index[-1]].astype(float)
    drawn = pd.DataFrame({"accounts": made, "users": wrote}).rename_axis("day")
    parts = drawn / drawn.max()
    close.plot(parts.index, parts["accounts"], color=style.BLUE)
    close.plot(parts.index, parts["users"], color=style.ORANGE, linestyle="--")
    close.set_ylim(0, 1.08)
    begun = war["day"].iloc[0]
    close.axvline(begun, color=style.GREY, linewidth=0.8, linestyle=":")
    style.label(
        close, begun - pd.Timedelta(days=1), 0.98, _("Search starts"), color=style.GREY, ha="right"
    )
    axis_format(close.yaxis, "0%")
    close.set_ylabel(_("Of the largest day"))
    first = pd.Timestamp("2022-02-20")
    words = _("Made an account,\nlater liked")
    style.label(close, first, 0.72, words, color=style.BLUE, ha="right")
    crowd = pd.Timestamp("2022-03-05")
    style.label(close, crowd, 0.72, _("Wrote about the war"), letters=6, color=style.ORANGE)
    months = pd.to_datetime(["2022-01-01", "2022-02-01", "2022-03-01"])
    close.set_xticks(months, [month(day) for day in months])
    before = days.loc[days["day"] < start, ["day", "accounts"]].set_index("day")
    return figure, pd.concat([before, drawn]).reset_index()


@chart
def windows(counts: pd.DataFrame, totals: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw coincidences as the window widens, and what times dealt anew would give.

    Parameters
    ----------
    counts
        The table ``sharing_windows``.
    totals
        The table ``sharing_sets``.
    """
    drawn = counts.merge(totals[["set", "pairs"]], on="set", suffixes=("", "_of_one_thing"))
    drawn["expected"] = drawn["pairs_of_one_thing"] * drawn["chance"]
    drawn = drawn[["set", "window", "coincidences", "expected"]]
    figure, panels = style.subplots(1, 2, height=3.5, sharey=True)
    for axes, (name, title) in zip(panels, _sets().items(), strict=True):
        rows = drawn[drawn["set"] == name]
        _window_axis(axes, rows["window"])
        axes.plot(rows["window"], rows["coincidences"].astype(float), "o-", color=style.BLUE)
        axes.plot(rows["window"], rows["expected"], "s--", color=style.ORANGE)
        axes.set_yscale("log")
        axes.set_ylim(1, 1e6)
        axes.yaxis.set_minor_locator(NullLocator())
        axis_format(axes.yaxis, "#,##0")
        axes.set_title(title)
    style.label(panels[0], 8, 3000, _("Counted"), color=style.BLUE, ha="right")
    style.label(panels[0], 60, 40, _("Times dealt among\nall shares"), color=style.ORANGE)
    panels[0].set_ylabel(_("Coincidences"))
    return figure, drawn.reset_index(drop=True)


def _window_axis(axes: Axes, seconds: pd.Series[int]) -> None:
    axes.set_xscale("log")
    axes.set_xticks(seconds.tolist(), [_span(int(n)) for n in seconds])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(_("Window"))


@chart
def payers(survey: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw public bodies' share of political advertising, by words and by reading.

    Parameters
    ----------
    survey
        What :func:`govsocial.tag_accuracy.by_report` returns.
    """
    ordered = survey.sort_values(["period", "value", "tagged"]).reset_index(drop=True)
    # A gap between the reports of different years.
    places = ordered.index + 0.7 * ordered["period"].rank(method="dense")
    figure, axes = style.subplots(height=4.9)
    axes.hlines(places, ordered["tagged"], ordered["value"], color=style.PALE, linewidth=3)
    axes.plot(ordered["tagged"], places - 0.16, "D", color=style.ORANGE, markersize=6, zorder=3)
    axes.hlines(places, ordered["low"], ordered["high"], color=style.BLUE, linewidth=1.6)
    axes.plot(ordered["value"], places, "o", color=style.BLUE, markersize=7, zorder=4)
    axes.set_yticks(places, _reports(ordered))
    axes.set_xlim(-0.008, 0.36)
    axis_format(axes.xaxis, "0%")
    axes.set_xlabel(_("Share of the stated spending"))
    top = ordered.index[ordered["country"] == "BR"][0]
    style.label(axes, 0.29, places[top], _("Reading"), color=style.BLUE, ha="right")
    style.label(axes, 0.333, places[top], _("Words"), color=style.ORANGE)
    columns = ["period", "country", "tagged", "value", "low", "high"]
    return figure, ordered[columns]


@chart
def errors(survey: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how many of the tagged are public bodies, and how much of these the tag found.

    Parameters
    ----------
    survey
        What :func:`govsocial.tag_accuracy.by_report` returns.
    """
    tagged = survey[survey["rows"] > 0].sort_values(["period", "hits", "rows"])
    tagged = tagged.reset_index(drop=True)
    intervals = [share(*counts) for counts in zip(tagged["hits"], tagged["rows"], strict=True)]
    precise = pd.DataFrame(intervals, index=tagged.index).add_prefix("precision_")
    drawn = tagged[["period", "country", "hits", "rows"]].join(precise)
    drawn = drawn.join(tagged[["recall", "recall_low", "recall_high"]])
    figure, (left, right) = style.subplots(1, 2, height=4.4, sharey=True)
    places = np.arange(len(drawn))
    looks = ((left, "precision_value", "precision_"), (right, "recall", "recall_"))
    for axes, value, bounds in looks:
        axes.hlines(
            places, drawn[f"{bounds}low"], drawn[f"{bounds}high"], color=style.BLUE, linewidth=1.6
        )
        axes.plot(drawn[value], places, "o", color=style.BLUE)
        axes.set_xlim(-0.04, 1.04)
        axes.set_xticks([0, 0.5, 1])
        axis_format(axes.xaxis, "0%")
    counts = [f"({decimal(rows)})" for rows in drawn["rows"]]
    left.set_yticks(places, list(map(" ".join, zip(_reports(drawn), counts, strict=True))))
    left.set_title(_("Tagged advertisers\nthat are public bodies"))
    right.set_title(_("Public bodies' money\nthat the tag found"))
    for place in drawn.index[drawn["recall"].isna()]:
        style.label(right, 0.5, place, _("none to find"), color=style.GREY, ha="center")
    return figure, drawn


def _reports(frame: pd.DataFrame) -> list[str]:
    """Return the name of each report: its country and year."""
    codes, years = frame["country"], frame["period"]
    return [f"{country(code)} {year}" for code, year in zip(codes, years, strict=True)]


@chart
def pairs(meetings: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how many pairs of accounts coincide again and again, against two shuffled baselines.

    Parameters
    ----------
    meetings
        Rows of what :func:`govsocial.findings.amplification.meetings` returns, in their order.
    """
    drawn = meetings.reset_index()
    figure, axes = style.subplots(height=3.4)
    rows = np.arange(len(drawn))
    bands = (
        ("", -0.16, style.PALE, _("All times dealt anew")),
        ("_of_speed", 0.16, style.SKY, _("Dealt anew among accounts alike in speed")),
    )
    for suffix, shift, colour, text in bands:
        low, high = (drawn[f"{bound}{suffix}"].astype(float) for bound in ("low", "high"))
        axes.hlines(rows + shift, low, high, color=colour, linewidth=8, label=text)
    axes.plot(drawn["observed"], rows, "o", color=style.BLUE, markersize=8, label=_("Counted"))
    for row, count in zip(rows, drawn["observed"], strict=True):
        style.label(axes, count * style.pick(1.12, 1.35), row, decimal(count), color=style.BLUE)
    axes.set_xscale("log")
    axes.set_xlim(10, style.pick(3_000, 9_000))
    axes.set_xticks([10, 100, 1_000])
    axes.minorticks_off()
    axis_format(axes.xaxis, "#,##0")
    axes.set_yticks(rows, [_row(*key) for key in meetings.index])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Pairs of accounts (log scale)"))
    style.legend(figure, *axes.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure, drawn.drop(columns=["range", "range_of_speed"])


def _row(name: str, least: int, window: int) -> str:
    """Return the name of a row: the set, how often and how near in time."""
    where = {"russia": country("RU"), "germany": country("DE")}[name]
    return _("{country}: {n} things\nwithin {span}").format(
        country=where, n=least, span=_span(window)
    )


@chart
def named(payers: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what the public bodies that paid most paid of all that public bodies paid.

    Parameters
    ----------
    payers
        What :func:`govsocial.findings.amplification.largest` returns.
    """
    seats = {
        "home": (_("Of the country"), style.BLUE),
        "union": (_("Of the European Union"), style.SKY),
        "abroad": (_("Of another state"), style.ORANGE),
    }
    narrow = style.is_narrow()
    payers = payers.reset_index(drop=True)
    first = ~payers.duplicated(["period", "country"])
    step = style.pick(0.5, 0.9)
    figure, axes = style.subplots(
        height=0.36 * len(payers) + 0.9, tall=0.34 * (len(payers) + step * first.sum()) + 1.0
    )
    rows = payers.index.to_series() + step * first.cumsum()
    bars = rows + style.pick(0, 0.28)
    for seat, (text, colour) in seats.items():
        chosen = payers["seat"] == seat
        axes.barh(
            bars[chosen],
            payers.loc[chosen, "part"],
            color=colour,
            height=style.pick(0.72, 0.3),
            label=text,
        )
    for row, part, payer in zip(rows, payers["part"], payers["payer"], strict=True):
        short = textwrap.shorten(payer, style.pick(_NAME, 36), placeholder=" …")
        at, down = (0, 0.15) if narrow else (part + 0.01, 0)
        words = style.label(axes, at, row - down, f"{decimal(part, '0%')} {short}", letters=_NAME)
        words.set_in_layout(not narrow)  # on the narrow figure they lie above the bars
    codes, years = payers["country"][first], payers["period"][first]
    names = [f"{country(code)} {year}" for code, year in zip(codes, years, strict=True)]
    if narrow:
        for row, name in zip(rows[first], names, strict=True):
            style.label(axes, 0, row - 0.95, name, fontweight="bold")
        axes.set_yticks([])
    else:
        axes.set_yticks(rows[first], names)
    axes.set_ylim(rows.iloc[-1] + 0.7, rows.iloc[0] - style.pick(0.7, 1.4))
    axes.set_xlim(0, style.pick(1.6, 1.0))
    axes.set_xticks([0, 0.25, 0.5, 0.75])
    axis_format(axes.xaxis, "0%")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Share of what public bodies paid"))
    style.legend(figure, *axes.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure, payers


@chart
def war(days: pd.DataFrame, failed: pd.Series[bool]) -> tuple[Figure, pd.DataFrame]:
    """Draw posts on the war by day, and the days on which the search for them failed.

    Parameters
    ----------
    days
        The table ``war_tweet_days``.
    failed
        Which of the days failed.
    """
    figure, axes = style.subplots(height=3.4)
    tweets = days["tweets"].astype(float)
    axes.plot(days["day"], tweets, color=style.BLUE, linewidth=1)
    spells = failed.ne(failed.shift()).cumsum()[failed]
    for _number, spell in days["day"][failed].groupby(spells):
        axes.axvspan(spell.iloc[0], spell.iloc[-1], color=style.PALE, linewidth=0)
    axes.set_yscale("log")
    axes.set_ylim(30, 1e7)
    axes.set_yticks([100, 10_000, 1_000_000])
    axes.yaxis.set_minor_locator(NullLocator())
    axis_format(axes.yaxis, "#,##0")
    axes.set_ylabel(_("Posts a day (log scale)"))
    middle = days.loc[spells.index[spells == spells.mode().iloc[0]], "day"].iloc[0]
    words = _("Shaded: the search fails,\nnot the crowd")
    style.label(axes, middle - pd.Timedelta(days=5), 100, words, ha="right")
    quarters = pd.to_datetime(["2022-03-01", "2022-07-01", "2022-11-01", "2023-03-01"])
    axes.set_xticks(quarters, [month(day) for day in quarters])
    return figure, days[["day", "tweets"]].assign(failed=failed)
