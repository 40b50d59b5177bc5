"""Figures of the chapter on amplification: new accounts, coincidences, releases and payers."""

from __future__ import annotations

from collections.abc import Mapping

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


def _sets() -> dict[str, str]:
    """Return the title of each set of shares, in the order of the figures."""
    return {
        "russia": _("Retweets, pro-government, Russia"),
        "germany": _("Links, climate, Germany"),
    }


def _languages() -> dict[str, str]:
    """Return the name of each language of the posts on the war."""
    return {
        "en": _("English"),
        "fr": _("French"),
        "de": _("German"),
        "it": _("Italian"),
        "es": _("Spanish"),
        "ja": _("Japanese"),
        "ru": _("Russian"),
        "pl": _("Polish"),
        "uk": _("Ukrainian"),
        "tr": _("Turkish"),
        "other": _("Other languages"),
        "none": _("None or unknown"),
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
        style.label(whole, day - pd.Timedelta(days=60), height, words, ha="right")
    style.label(whole, pd.Timestamp("2010-06-01"), 330, _("Day interpolated"), color=style.GREY)
    style.label(whole, pd.Timestamp("2016-09-01"), 330, _("Day exact"), color=style.BLUE)

    start = pd.Timestamp("2022-01-01")
    made = days.set_index("day")["accounts"].loc[start:].astype(float)
    wrote = war.set_index("day")["users"].loc[made.index[0] : made.index[-1]].astype(float)
    drawn = pd.DataFrame({"accounts": made, "users": wrote}).rename_axis("day")
    parts = drawn / drawn.max()
    close.plot(parts.index, parts["accounts"], color=style.BLUE)
    close.plot(parts.index, parts["users"], color=style.ORANGE, linestyle="--")
    close.set_ylim(0, 1.08)
    axis_format(close.yaxis, "0%")
    close.set_ylabel(_("Of the largest day"))
    first = pd.Timestamp("2022-02-20")
    words = _("Made an account,\nlater liked")
    style.label(close, first, 0.72, words, color=style.BLUE, ha="right")
    crowd = pd.Timestamp("2022-03-05")
    style.label(close, crowd, 0.72, _("Wrote about the war"), color=style.ORANGE)
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


@chart
def pairs(found: Mapping[str, pd.DataFrame]) -> tuple[Figure, pd.DataFrame]:
    """Draw pairs of accounts that coincide again and again, against a shuffled crowd.

    Parameters
    ----------
    found
        By set of shares: what :func:`govsocial.coordination.widening` returns.
    """
    figure, panels = style.subplots(1, 2, height=3.9, sharey=True)
    colours = (style.BLUE, style.RED)
    for axes, (name, title) in zip(panels, _sets().items(), strict=True):
        frame = found[name]
        _window_axis(axes, frame["window"].drop_duplicates())
        axes.set_yscale("symlog", linthresh=1)
        for (_least, rows), colour in zip(frame.groupby("least"), colours, strict=True):
            axes.fill_between(
                rows["window"], rows["low"], rows["high"], color=colour, alpha=0.25, linewidth=0
            )
            axes.plot(rows["window"], rows["shuffled"], "--", color=colour, linewidth=1.2)
            axes.plot(rows["window"], rows["observed"], "o-", color=colour)
        axes.set_ylim(0, 5000)
        axes.set_yticks([0, 1, 10, 100, 1000])
        axes.yaxis.set_minor_locator(NullLocator())
        axis_format(axes.yaxis, "#,##0")
        axes.set_title(title)
    panels[0].set_ylabel(_("Pairs of accounts"))
    style.label(panels[0], 180, 300, _("in 3 things\nor more"), color=colours[0], ha="right")
    style.label(panels[1], 3, 40, _("in 5 things\nor more"), color=colours[1], ha="left")
    style.label(panels[1], 8, 4, _("Solid: counted\nDashed: times dealt\nwithin each thing"))
    drawn = pd.concat([frame.assign(set=name) for name, frame in found.items()])
    return figure, drawn.reset_index(drop=True)


def _window_axis(axes: Axes, seconds: pd.Series[int]) -> None:
    axes.set_xscale("log")
    axes.set_xticks(seconds.tolist(), [_span(int(n)) for n in seconds])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(_("Window"))


@chart
def releases(archives: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the archives of information operations by country and month.

    Parameters
    ----------
    archives
        The table ``io_releases``.
    """
    drawn = archives.groupby(["countries", "released"]).agg({"archives": "sum"}).reset_index()
    order = drawn.groupby("countries")["archives"].sum().sort_values(kind="stable").index
    places = {code: place for place, code in enumerate(order)}
    figure, axes = style.subplots(height=4.2)
    for row in drawn.itertuples():
        place = places[str(row.countries)]
        axes.plot(row.released, place, "o", markersize=17, color=style.BLUE)
        text = decimal(float(str(row.archives)))
        axes.annotate(
            text, (row.released, place), color="white", ha="center", va="center", fontsize=9
        )
    axes.set_yticks(range(len(order)), [_countries(codes) for codes in order])
    axes.set_ylim(-0.7, len(order) - 0.3)
    axes.set_xlim(pd.Timestamp("2018-08-15"), pd.Timestamp("2020-01-20"))
    months = pd.to_datetime(["2018-10-01", "2019-01-01", "2019-06-01", "2019-09-01", "2019-12-01"])
    axes.set_xticks(months, [f"{day:%m/%Y}" for day in months])
    return figure, drawn


def _countries(codes: str) -> str:
    """Return the name of a country, or of two."""
    one, *others = (country(code) for code in codes.split())
    return _("{one} and {other}").format(one=one, other=others[0]) if others else one


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
    axes.plot(ordered["tagged"], places, "D", color=style.ORANGE, markersize=6, zorder=3)
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
def war(
    days: pd.DataFrame, languages: pd.DataFrame, hours: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw posts on the war by day, language and hour.

    Parameters
    ----------
    days, languages, hours
        The tables ``war_tweet_days``, ``war_tweet_languages`` and ``war_tweet_hours``.
    """
    figure, (above, middle, below) = style.subplots(3, height=7.4, height_ratios=[4, 5, 3])
    tweets = days["tweets"].astype(float)
    above.plot(days["day"], tweets, color=style.BLUE, linewidth=1)
    above.set_yscale("log")
    above.set_ylim(30, 1e7)
    above.set_yticks([100, 10_000, 1_000_000])
    above.yaxis.set_minor_locator(NullLocator())
    axis_format(above.yaxis, "#,##0")
    above.set_title(_("Posts a day"))
    failed = pd.Timestamp("2022-12-15")
    style.label(above, failed, 300, _("Here the search fails,\nnot the crowd"), ha="right")
    quarters = pd.to_datetime(["2022-03-01", "2022-07-01", "2022-11-01", "2023-03-01"])
    above.set_xticks(quarters, [month(day) for day in quarters])

    spoken = languages.groupby("language")["tweets"].sum().astype(float)
    parts = (spoken / spoken.sum()).sort_values()
    middle.barh(range(len(parts)), parts, color=style.SKY, height=0.75)
    local = parts.index.isin(["uk", "ru"])
    middle.barh(np.flatnonzero(local), parts[local], color=style.BLUE, height=0.75)
    for place, value in enumerate(parts):
        style.label(middle, value + 0.008, place, decimal(value, "0.0%"))
    middle.set_yticks(range(len(parts)), [_languages()[code] for code in parts.index])
    middle.set_xlim(0, 0.72)
    middle.set_xticks([])
    middle.grid(visible=False)
    middle.spines["bottom"].set_visible(False)
    middle.set_title(_("Share of posts by language"))

    even = 24 * hours["tweets"].astype(float) / float(hours["tweets"].sum())
    below.bar(hours["hour"], even, color=style.SKY, width=0.85)
    below.axhline(1, color=style.INK, linewidth=0.8, linestyle="--")
    below.set_xticks([0, 6, 12, 18, 23])
    below.set_ylim(0, 1.5)
    below.set_yticks([0, 0.5, 1, 1.5])
    axis_format(below.yaxis, "0.0")
    below.set_title(_("Posts by hour (UTC); 1 = all hours alike"))
    drawn = pd.concat(
        [
            pd.DataFrame({"day": days["day"], "tweets": days["tweets"]}),
            pd.DataFrame({"language": parts.index, "share": parts.to_numpy()}),
            pd.DataFrame({"hour": hours["hour"], "multiple": even}),
        ],
        ignore_index=True,
    )
    return figure, drawn
