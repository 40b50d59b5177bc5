"""Figures of the chapter on words: reading ease, length, emoji, tone, languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, decimal
from govsocial.language import translation

_ = translation(__name__)


def _accounts() -> dict[str, tuple[str, str, str, str]]:
    """Return name, colour, dashes and marker of each institution, in the order of the figures."""
    return {
        "10DowningStreet": (_("Downing Street"), style.BLUE, "-", "o"),
        "scotgov": (_("Scottish Government"), style.ORANGE, "--", "s"),
        "EUCouncil": (_("EU Council"), style.GREEN, "-.", "^"),
        "OECD": (_("OECD"), style.PURPLE, ":", "D"),
        "ecb": (_("European Central Bank"), style.INK, "-", "v"),
    }


def _lines(axes: Axes, frame: pd.DataFrame, *, bands: bool) -> None:
    for account, (name, colour, dashes, marker) in _accounts().items():
        rows = frame[frame["account"] == account]
        (line,) = axes.plot(rows["year"], rows["value"], label=name, markersize=4.5)
        line.set(color=colour, linestyle=dashes, marker=marker)
        if bands:
            axes.fill_between(
                rows["year"], rows["low"], rows["high"], color=colour, alpha=0.13, linewidth=0
            )


@chart
def ease(yearly: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the mean reading ease of each institution by year.

    Parameters
    ----------
    yearly
        What :func:`govsocial.findings.words.by_year` returns.
    """
    figure, axes = style.subplots(height=4.0)
    _lines(axes, yearly, bands=True)
    axes.set_ylabel(_("Reading ease (Flesch; higher is easier)"))
    axes.set_ylim(40, 85)
    axes.set_xticks(range(2011, 2023, 2))
    style.legend(figure, loc="outside upper center", ncols=3)
    return figure, yearly


@chart
def spread(quartiles: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw where the middle half of single posts lies.

    Parameters
    ----------
    quartiles
        What :func:`govsocial.findings.words.spreads` returns.
    """
    figure, axes = style.subplots(height=2.6)
    names = _accounts()
    places = -np.arange(len(names), dtype=float)
    rows = quartiles.loc[list(names)]
    for place, account in zip(places, names, strict=True):
        row = rows.loc[account]
        axes.barh(
            place, row["high"] - row["low"], left=row["low"], height=0.5, color=names[account][1]
        )
        axes.plot(row["value"], place, "o", color="white", markersize=4)
    axes.set_yticks(places, [name for name, *_look in names.values()])
    axes.set_xlim(20, 100)
    axes.set_ylim(places[-1] - 0.6, 0.6)
    axes.set_xlabel(_("Reading ease of single posts: the middle half, and the mean"))
    return figure, rows.reset_index()


@chart
def limit(changes: Mapping[str, pd.DataFrame]) -> tuple[Figure, pd.DataFrame]:
    """Draw how posts changed when they could be twice as long, beside years without a change.

    Parameters
    ----------
    changes
        What :func:`govsocial.findings.words.around_limit` returns, by measure: ``characters``,
        ``sentences`` and ``reading_ease``.
    """
    titles = {
        "characters": _("Characters"),
        "sentences": _("Sentences"),
        "reading_ease": _("Reading ease"),
    }
    looks = {
        2016: (style.GREY, "v", 0.22, _("2016")),
        2017: (style.RED, "o", 0, _("2017, the limit doubled")),
        2018: (style.GREY, "^", -0.22, _("2018")),
    }
    names = _accounts()
    figure, panels = style.subplots(1, 3, height=3.8, sharey=True)
    place = {account: -float(index) for index, account in enumerate(names)}
    for axes, (measure, title) in zip(panels, titles.items(), strict=True):
        for year, (colour, marker, shift, text) in looks.items():
            rows = changes[measure]
            rows = rows[rows["year"] == year]
            heights = rows["account"].map(place).to_numpy(float) + shift
            axes.errorbar(
                rows["value"],
                heights,
                xerr=style.errors(rows),
                color=colour,
                marker=marker,
                markersize=5,
                elinewidth=1.2,
                linestyle="none",
                label=text,
            )
        axes.axvline(0, color=style.INK, linewidth=0.8)
        axes.set_title(title)
        axis_format(axes.xaxis, "+0.#;-0.#" if measure == "sentences" else "+0;-0")
    panels[0].set_yticks(list(place.values()), [name for name, *_look in names.values()])
    style.legend(
        figure, *panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=3
    )
    return figure, pd.concat(changes, names=["measure"]).reset_index("measure")


@chart
def emoji(yearly: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of posts with an emoji by year.

    Parameters
    ----------
    yearly
        What :func:`govsocial.findings.words.by_year` returns.
    """
    figure, axes = style.subplots(height=3.8)
    _lines(axes, yearly, bands=False)
    axis_format(axes.yaxis, "0%")
    axes.set_ylim(-0.02, 1.02)
    axes.set_xticks(range(2011, 2023, 2))
    axes.set_ylabel(_("Share of posts with an emoji"))
    style.legend(figure, loc="outside upper center", ncols=3)
    return figure, yearly


@chart
def tone(
    positive: Mapping[str, pd.DataFrame], negative: Mapping[str, pd.DataFrame]
) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of posts whose likeliest tone is positive or negative, in two spans.

    Parameters
    ----------
    positive, negative
        What :func:`govsocial.findings.words.with_a` returns, by span: ``calm``, ``emergency``.
    """
    names = _accounts()
    figure, panels = style.subplots(1, 2, height=3.4, sharey=True)
    place = {account: -float(index) for index, account in enumerate(names)}
    looks = {
        "calm": (style.GREY, "s", 0.13, _("2019")),
        "emergency": (style.RED, "o", -0.13, _("March to June 2020")),
    }
    parts = {_("Positive"): positive, _("Negative"): negative}
    for axes, (title, spans) in zip(panels, parts.items(), strict=True):
        for span, (colour, marker, shift, text) in looks.items():
            rows = spans[span].loc[list(names)]
            heights = np.array([place[account] for account in rows.index]) + shift
            look: dict[str, Any] = {"color": colour, "marker": marker, "markersize": 5}
            axes.errorbar(
                rows["value"],
                heights,
                xerr=style.errors(rows),
                linestyle="none",
                label=text,
                **look,
            )
        axes.set_title(title)
        axes.set_xlim(0, 0.62)
        axis_format(axes.xaxis, "0%")
    panels[0].set_yticks(list(place.values()), [name for name, *_look in names.values()])
    style.legend(
        figure, *panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2
    )
    tones = {"positive": pd.concat(positive), "negative": pd.concat(negative)}
    return figure, pd.concat(tones, names=["tone", "span", "account"]).reset_index()


@chart
def languages(counted: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the languages of the accounts on Canada's federal list, by platform.

    Parameters
    ----------
    counted
        The table ``canada_languages``.
    """
    looks = {
        "English": (_("English"), style.BLUE),
        "French": (_("French"), style.ORANGE),
        "both": (_("One account in both"), style.PALE),
    }
    wide = counted.pivot(index="platform", columns="language", values="accounts").fillna(0)
    wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False).index, list(looks)]
    totals = wide.sum(axis=1)
    figure, axes = style.subplots(height=3.2)
    places = -np.arange(len(wide), dtype=float)
    style.stacked(axes, places, wide, looks, least=0.04)
    axes.set_yticks(places, [f"{name} ({decimal(total)})" for name, total in totals.items()])
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0%")
    axes.grid(visible=False)
    style.legend(figure, loc="outside upper center", ncols=3, handlelength=1)
    return figure, counted
