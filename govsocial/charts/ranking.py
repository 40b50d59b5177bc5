"""Figures of the chapter *What is a 14th place worth?*."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MultipleLocator

from govsocial import labels
from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.language import translation
from govsocial.ranking import share_of_field

_ = translation(__name__)

COUNTRIES = "countries"
"""Group of a figure's marks, one per country in the order of the data drawn: the site finds
the reader's own country by it."""

# The table holds the first 50; the index of 2024 ranks so many.
_RANKED_BY_POSTS = 66


def indicators() -> dict[str, str]:
    """Return the names of the indicators of the open index, with the house that counts."""
    return {
        "e_participation": _("E-participation (UN)"),
        "engagement": _("Engagement (World Bank)"),
        "online_services": _("Online services (UN)"),
        "service_portals": _("Service portals (World Bank)"),
        "openness": _("Openness (World Bank)"),
        "infrastructure": _("Infrastructure (UN)"),
        "human_capital": _("Human capital (UN)"),
    }


def _criteria() -> dict[str, str]:
    return {
        "popularity": _("Popularity"),
        "engagement": _("Engagement"),
        "trust": _("Trust"),
    }


@chart
def criteria_agreement(chambers: Mapping[str, pd.DataFrame]) -> tuple[Figure, pd.DataFrame]:
    """Draw how far each two of the three criteria agree, in both chambers of Congress.

    Parameters
    ----------
    chambers
        By chamber, ``House`` and ``Senate``, what :func:`govsocial.ranking.agreement` returns.
    """
    names = {"House": _("House of Representatives"), "Senate": _("Senate")}
    looks = {"House": (style.BLUE, "o", -0.13), "Senate": (style.ORANGE, "s", 0.13)}
    figure, axes = style.subplots(height=3.2)
    axes.axvline(0, color=style.GREY, linewidth=1)
    for chamber, pairs in chambers.items():
        colour, marker, shift = looks[chamber]
        y = np.arange(len(pairs)) + shift
        axes.hlines(y, pairs["low"], pairs["high"], color=colour, linewidth=2)
        axes.plot(pairs["value"], y, marker, color=colour, markersize=7)
        last, name = pairs.iloc[1], names[chamber]
        if style.is_narrow():
            axes.plot([], [], marker, color=colour, label=name)
        else:
            style.label(axes, last["high"] + 0.03, y[1], name, color=colour, fontsize=11.5)
    if style.is_narrow():
        style.legend(figure, loc="outside upper left", ncols=2)
    words = _criteria()
    pairs = next(iter(chambers.values()))
    axes.set_yticks(
        range(len(pairs)),
        [
            _("{first} and\n{second}").format(first=words[a], second=words[b].lower())
            for a, b in zip(pairs["first"], pairs["second"], strict=True)
        ],
        fontsize=11.5,
    )
    axes.set_ylim(len(pairs) - 0.5, -0.5)
    axes.set_xlim(-0.4, 1.0)
    axes.set_xlabel(_("rank correlation: 1 same order, 0 no relation"))
    labels.axis_format(axes.xaxis, "0.0")
    axes.grid(visible=False, axis="y")
    return figure, pd.concat(chambers, names=["chamber"]).reset_index(level=0)


@chart
def account_places(places: pd.DataFrame, first: int = 12) -> tuple[Figure, pd.DataFrame]:
    """Draw the places of the first accounts, with their range over random weights.

    Parameters
    ----------
    places
        Columns ``place``, ``low`` and ``high`` by account.
    first
        How many accounts to draw.
    """
    drawn = places.sort_values(["place", "low", "high"]).head(first).rename_axis("account")
    figure, axes = style.subplots(height=4.4)
    y = np.arange(len(drawn))
    axes.hlines(y, drawn["low"], drawn["high"], color=style.SKY, linewidth=5)
    axes.plot(drawn["place"], y, "o", color=style.BLUE, markersize=7)
    for row, (low, high) in enumerate(zip(drawn["low"], drawn["high"], strict=True)):
        style.label(axes, high + 3, row, labels.interval(low, high), fontsize=11.5)
    axes.set_yticks(y, [f"@{account}" for account in drawn.index], fontsize=11.5)
    axes.set_ylim(len(drawn) - 0.4, -0.6)
    axes.set_xlim(0, drawn["high"].max() * 1.25)
    axes.set_xlabel(
        _("place among {n} accounts: dot, equal weights; bar, random weights").format(
            n=labels.decimal(len(places))
        )
    )
    axes.grid(visible=False, axis="y")
    return figure, drawn.reset_index()


@chart
def context(
    facts: pd.DataFrame,
    egdi: pd.DataFrame,
    inputs: pd.DataFrame,
    followers: pd.DataFrame,
    posts: pd.DataFrame,
) -> tuple[Figure, pd.DataFrame]:
    """Draw Russia's place in several rankings as a share of the field.

    Parameters
    ----------
    facts, egdi, inputs, followers, posts
        The tables ``facts``, ``egdi_ranks``, ``country_index_inputs``,
        ``leader_follower_places`` and ``diplomatic_post_places``.
    """
    united = egdi[egdi["edition"] == 2012].set_index("iso3").loc["RUS"]
    survey = inputs[inputs["edition"] == 2012].set_index("iso3").loc["RUS"]
    members = int((egdi["edition"] == 2012).sum())
    rows = [("agency", *of) for of in _agency(facts)] + [
        ("followers", _place(followers), len(followers)),
        ("posts", _place(posts), _RANKED_BY_POSTS),
        ("egdi", united["egdi_rank"], members),
        ("e_participation", united["epi_rank"], members),
        ("online_services", survey["online_services"], members),
        ("infrastructure", survey["infrastructure"], members),
        ("human_capital", survey["human_capital"], members),
    ]
    drawn = pd.DataFrame(rows, columns=["ranking", "place", "countries"])
    drawn["share"] = [
        share_of_field(p, n) for p, n in zip(drawn["place"], drawn["countries"], strict=True)
    ]
    names = _rankings()
    order = drawn.groupby("ranking")["share"].mean().sort_values().index
    figure, axes = style.subplots(height=3.9)
    for row, ranking in enumerate(order):
        found = drawn[drawn["ranking"] == ranking]
        own = ranking == "agency"
        colour = style.RED if own else style.BLUE
        axes.hlines(row, 0, found["share"].min(), color=style.PALE, linewidth=2)
        axes.hlines(row, found["share"].min(), found["share"].max(), color=colour, linewidth=2)
        axes.plot(found["share"], [row] * len(found), "D" if own else "o", color=colour)
        style.label(
            axes,
            found["share"].max() + style.pick(0.006, 0.018),
            row,
            _place_of(found),
            color=colour,
            fontsize=11.5,
        )
    axes.set_yticks(range(len(order)), [names[ranking] for ranking in order], fontsize=11.5)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_xlim(0, style.pick(0.36, 0.55))
    axes.xaxis.set_major_locator(MultipleLocator(0.1))
    axes.set_xlabel(_("share of the field at this place or above it"))
    labels.axis_format(axes.xaxis, "0%")
    axes.grid(visible=False, axis="y")
    return figure, drawn


def _agency(facts: pd.DataFrame) -> list[tuple[float, float]]:
    """Return Russia's place in 2012 with each published number of countries."""
    rank = facts[(facts["topic"] == "afp_ediplomacy_rank") & (facts["subject"] == "Russia")]
    stated = facts.loc[facts["topic"] == "afp_ediplomacy_db_countries", "value"]
    fields = sorted({*rank["denominator"].astype(float), *stated})
    return [(place, countries) for place in rank["value"] for countries in fields]


def _place(table: pd.DataFrame) -> float:
    return float(table.loc[table["iso3"] == "RUS", "place"].iloc[0])


def _rankings() -> dict[str, str]:
    return {
        "agency": _("News agency's ranking, 2012"),
        "followers": _("Leader's followers, by 2017"),
        "egdi": _("UN e-government, 2012"),
        "e_participation": _("UN e-participation, 2012"),
        "online_services": _("UN online services, 2012"),
        "infrastructure": _("UN infrastructure, 2012"),
        "human_capital": _("UN human capital, 2012"),
        "posts": _("Diplomatic missions abroad, 2024"),
    }


def _place_of(found: pd.DataFrame) -> str:
    fields = [labels.decimal(n) for n in sorted(found["countries"])]
    return _("{place} of {countries}").format(
        place=labels.decimal(found["place"].iloc[0], "0.#"), countries=" / ".join(fields)
    )


@chart
def matrix(
    positions: pd.DataFrame, weights: pd.Series[float], index_places: pd.Series[int], first: int
) -> tuple[Figure, pd.DataFrame]:
    """Draw the first countries of the open index with their place by each indicator.

    Parameters
    ----------
    positions
        Place by indicator (columns) and country (ISO 3166-1 alpha-3 code).
    weights
        Weight of each indicator.
    index_places
        Place in the index by country.
    first
        How many countries to draw.
    """
    top = index_places.sort_values(kind="stable").index[:first]
    names = indicators()
    shown = positions.loc[top, list(names)]
    score = 1 - (shown.to_numpy() - 1) / (len(positions) - 1)
    figure, axes = style.subplots(height=5.6)
    mesh = axes.pcolormesh(score, cmap="Blues", vmin=0.2, vmax=1.1, edgecolor="white", lw=2)
    for (row, column), place in np.ndenumerate(shown.to_numpy()):
        axes.text(
            column + 0.5,
            row + 0.5,
            labels.decimal(place, "0.#"),
            ha="center",
            va="center",
            **style.letters_on(mesh.to_rgba(score[row, column])),
        )
    centres = np.arange(len(names)) + 0.5
    slant: dict[str, Any] = {"rotation": 35, "ha": "left", "rotation_mode": "anchor"}
    axes.set_xticks(centres, list(names.values()), **style.pick(slant, {"rotation": 90}))
    axes.xaxis.tick_top()
    for centre, code in zip(centres, names, strict=True):
        share = labels.decimal(weights[code], style.pick("0.0%", "0%"))
        axes.text(centre, first + 0.5, share, ha="center", va="center", fontweight="bold")
    axes.text(-0.15, first + 0.5, _("Weight"), ha="right", va="center", fontweight="bold")
    axes.set_ylim(0, first + 1)
    axes.set_yticks(
        np.arange(first) + 0.5,
        [
            textwrap.fill(f"{index_places[code]}  {labels.country(code)}", style.pick(40, 12))
            for code in top
        ],
        fontsize=10,
    )
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    drawn = shown.assign(index_place=index_places[top]).rename_axis("iso3").reset_index()
    return figure, drawn


@chart
def over_weights(places: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw every country's place, with its range over random weights.

    Parameters
    ----------
    places
        Columns ``place``, ``low`` and ``high`` by country (ISO 3166-1 alpha-3 code).
    """
    return _ladder(places, _("place under equal weights"), _("place under random weights"))


@chart
def over_published_error(places: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw every country's place by democracy, with the range that the published errors leave.

    Parameters
    ----------
    places
        What :func:`govsocial.findings.ranking.democracy` returns.
    """
    return _ladder(places, _("place by the estimate"), _("places within the published errors"))


@chart
def over_error(places: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw every country's place, with the range that errors of measurement leave.

    Parameters
    ----------
    places
        As in :func:`over_weights`.
    """
    return _ladder(places, _("place as measured"), _("places that fit the measurements"))


def _ladder(places: pd.DataFrame, x_label: str, y_label: str) -> tuple[Figure, pd.DataFrame]:
    # Tied countries stand side by side, by code, so that each range can be seen.
    drawn = places.sort_index().sort_values("place", kind="stable")
    drawn = drawn.rename_axis("iso3").reset_index()
    x = np.arange(1, len(drawn) + 1)
    figure, axes = style.subplots(height=4.4)
    axes.vlines(x, drawn["low"], drawn["high"], color=style.SKY, linewidth=1.7)
    axes.scatter(x, drawn["place"], s=7, color=style.INK, zorder=3, gid=COUNTRIES)
    fourteenth = drawn.iloc[13]
    low, high = fourteenth["low"], fourteenth["high"]
    axes.vlines(14, low, high, color=style.RED, linewidth=3)
    style.label(
        axes,
        46,
        6,
        _("14th in line: {low} to {high}").format(low=low, high=high),
        color=style.RED,
        fontsize=11.5,
    )
    axes.set_xlim(-2, len(drawn) + 3)
    axes.set_ylim(len(drawn) + 3, -6)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(FixedLocator([1, 50, 100, 150, len(drawn)]))
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    return figure, drawn


@chart
def firmness(kinds: Mapping[str, pd.DataFrame]) -> tuple[Figure, pd.DataFrame]:
    """Draw how often the order of two countries is firm, by how far apart they stand.

    Parameters
    ----------
    kinds
        By what is drawn at random, ``weights`` or ``error``, what
        :func:`govsocial.ranking.firm_orders` returns.
    """
    looks = {
        "weights": (_("weights"), style.BLUE, "o", "-"),
        "error": (_("error of measurement"), style.ORANGE, "s", "--"),
    }
    figure, axes = style.subplots(height=3.6)
    for kind, found in kinds.items():
        words, colour, marker, line = looks[kind]
        axes.plot(found["apart"], found["firm"], marker=marker, color=colour, linestyle=line)
        middle = found[found["firm"] >= 0.5].iloc[0]
        over = kind == "weights"
        style.label(
            axes,
            middle["apart"] + (-4 if over else 4),
            middle["firm"] + (0.08 if over else -0.08),
            words,
            color=colour,
            ha="right" if over else "left",
            fontsize=11.5,
        )
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 1.05)
    axes.set_xlabel(_("places apart, up to"))
    axes.set_ylabel(_("pairs in a firm order"))
    labels.axis_format(axes.yaxis, "0%")
    return figure, pd.concat(kinds, names=["drawn"]).reset_index(level=0)


@chart
def two_houses(positions: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw places by online services as the UN and as the World Bank see them.

    Parameters
    ----------
    positions
        Columns ``online_services`` and ``service_portals`` by country.
    """
    drawn = positions[["online_services", "service_portals"]].rename_axis("iso3").reset_index()
    gap = (drawn["online_services"] - drawn["service_portals"]).abs()
    figure, axes = style.subplots(height=4.6)
    last = len(drawn)
    axes.plot([1, last], [1, last], color=style.GREY, linewidth=1, linestyle="--")
    axes.scatter(
        drawn["online_services"], drawn["service_portals"], s=14, color=style.BLUE, gid=COUNTRIES
    )
    far = drawn.loc[gap.nlargest(4).index]
    for iso3, x, y in zip(far["iso3"], far["online_services"], far["service_portals"], strict=True):
        right = x > last * 0.7
        name = labels.country(iso3)
        style.label(axes, x + (-4 if right else 4), y, name, ha="right" if right else "left")
    axes.set_xlabel(_("place by online services (United Nations)"))
    axes.set_ylabel(_("place by service portals (World Bank)"))
    axes.set_ylim(last + 4, -3)
    axes.set_xlim(-3, last + 4)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(FixedLocator([1, 50, 100, 150, last]))
    return figure, drawn


@chart
def left_out(moves: pd.DataFrame, marked: str) -> tuple[Figure, pd.DataFrame]:
    """Draw how many places the countries move when an indicator or an organisation is left out.

    Parameters
    ----------
    moves
        Places moved (positive: down) by country and by what is left out: indicators, ``bank``
        and ``un``.
    marked
        Country to mark (ISO 3166-1 alpha-3 code).
    """
    names = indicators() | {
        "bank": _("All of the World Bank"),
        "un": _("All of the United Nations"),
    }
    drawn = moves[list(names)].quantile([0.025, 0.25, 0.75, 0.975]).T
    drawn.columns = pd.Index(["low", "lower_quartile", "upper_quartile", "high"])
    drawn[marked] = moves.loc[marked]
    drawn = drawn.rename_axis("left_out").reset_index()
    y = np.arange(len(drawn))
    figure, axes = style.subplots(height=4.6)
    axes.axvline(0, color=style.GREY, linewidth=1)
    axes.hlines(y, drawn["low"], drawn["high"], color=style.SKY, linewidth=2)
    axes.hlines(y, drawn["lower_quartile"], drawn["upper_quartile"], color=style.SKY, linewidth=9)
    axes.plot(drawn[marked], y, "D", color=style.RED, markersize=6)
    style.label(
        axes,
        drawn[marked].iloc[-1] + 1,
        y[-1] - 0.35,
        labels.country(marked),
        color=style.RED,
        fontsize=11.5,
    )
    axes.set_yticks(y, list(names.values()), fontsize=11.5)
    axes.set_ylim(len(y) - 0.5, -0.5)
    axes.set_xlabel(_("places moved when this is left out (right: down)"))
    axes.grid(visible=False, axis="y")
    return figure, drawn


@chart
def editions(lines: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the places of up to four countries over the editions, with ranges over weights.

    Parameters
    ----------
    lines
        Columns ``iso3``, ``edition``, ``place``, ``low`` and ``high``.
    """
    figure, axes = style.subplots(height=4.4)
    looks = zip(
        (style.BLUE, style.RED, style.GREEN, style.PURPLE), ("o", "s", "^", "D"), strict=True
    )
    ends: dict[str, tuple[float, str]] = {}
    for (iso3, line), (colour, marker) in zip(lines.groupby("iso3"), looks, strict=False):
        axes.fill_between(
            line["edition"], line["low"], line["high"], color=colour, alpha=0.14, linewidth=0
        )
        axes.plot(line["edition"], line["place"], marker=marker, color=colour, linestyle="-")
        ends[str(iso3)] = (float(line["place"].iloc[-1]), colour)
    last = lines["edition"].max()
    for iso3, y in _apart({iso3: place for iso3, (place, _c) in ends.items()}, 5).items():
        style.label(axes, last + 0.6, y, labels.country(iso3), color=ends[iso3][1], fontsize=11.5)
    axes.set_xlim(lines["edition"].min() - 0.5, last + 6)
    axes.set_xticks([2003, 2008, 2012, 2016, 2020, 2024])
    axes.set_ylim(lines["high"].max() + 3, -2)
    axes.yaxis.set_major_locator(FixedLocator([1, 20, 40, 60, 80]))
    axes.set_ylabel(_("place among 193 countries"))
    return figure, lines


def _apart(values: Mapping[str, float], least: float) -> dict[str, float]:
    """Push labels down until neighbours are far enough apart to be read."""
    order = sorted(values, key=lambda name: values[name])
    placed = dict(values)
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + least)
    return placed
