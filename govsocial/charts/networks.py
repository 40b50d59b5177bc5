"""Figures of the chapter on networks: who mentions whom, hashtags, party and home."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from govsocial import labels
from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, decimal
from govsocial.language import translation
from govsocial.networks import PermutationTestResult

_ = translation(__name__)

# Round the ring: the Americas on the left, Europe on the right.
_REGIONS = (
    "East Asia & Pacific",
    "North America",
    "Latin America & Caribbean",
    "Sub-Saharan Africa",
    "Middle East & North Africa",
    "South Asia",
    "Europe & Central Asia",
)
_DARK_ORANGE = "#9a5b00"


def _home(code: str) -> str:
    return _("NATO") if code == "NATO" else labels.country(code)


def _large(axes: Axes) -> None:
    axes.tick_params(labelsize=11.5)
    axes.xaxis.label.set_fontsize(11.5)
    axes.yaxis.label.set_fontsize(11.5)
    axes.title.set_fontsize(12)


@chart
def network(
    graph: nx.DiGraph[Any], regions: pd.Series[str], least: int = 5, middle: int = 5
) -> tuple[Figure, pd.DataFrame]:
    """Draw which countries mention which, those with most links in the middle of a ring.

    Parameters
    ----------
    graph
        Of :func:`govsocial.networks.graph`, by home.
    regions
        Region by ISO 3166-1 code; a home without one is put beside the European countries.
    least
        Mentions that a link needs to be drawn.
    middle
        How many homes stand in the middle.
    """
    links = _links(graph, least)
    ends = pd.concat([links["source"], links["target"]]).value_counts()
    centre = sorted(ends.index, key=lambda home: (-ends[home], home))[:middle]
    spots = _spots(centre, _round(set(ends.index) - set(centre), regions))
    named = links["target"].value_counts()
    figure, axes = style.subplots(height=7.0)
    for source, target, mentions, back in links.itertuples(index=False, name=None):
        _arrow(axes, spots[source], spots[target], mentions, back)
    for home, (x, y) in spots.items():
        size = 24 + 14 * named.get(home, 0)
        axes.scatter(x, y, size, color=style.BLUE, edgecolor="white", linewidth=0.8, zorder=3)
        _name(axes, home, x, y, home in centre)
    _key(axes)
    axes.set(xlim=(-1.55, 1.55), ylim=(-1.22, 1.06))
    axes.set_axis_off()
    return figure, links


def _links(graph: nx.DiGraph[Any], least: int) -> pd.DataFrame:
    rows = [
        {"source": source, "target": target, "mentions": data["mentions"]}
        for source, target, data in sorted(graph.edges(data=True), key=lambda edge: edge[:2])
        if data["mentions"] >= least
    ]
    links = pd.DataFrame(rows)
    back = [graph.has_edge(row["target"], row["source"]) for row in rows]
    return links.assign(returned=back)


def _round(homes: set[str], regions: pd.Series[str]) -> list[str]:
    place = {region: position for position, region in enumerate(_REGIONS)}
    return sorted(homes, key=lambda home: (place[regions.get(home, _REGIONS[-1])], home))


def _spots(centre: list[str], ring: list[str]) -> dict[str, tuple[float, float]]:
    """Return places: the ring as two bows with evenly spaced lines, so that no names collide."""
    half = (len(ring) + 1) // 2
    spots = {}
    for side, homes in ((-1, ring[:half]), (1, ring[half:])):
        # Down on the left, up on the right: neighbours in the order stay neighbours.
        for y, home in zip(np.linspace(side, -side, len(homes)) * -1, homes, strict=True):
            spots[home] = (side * (0.16 + 0.86 * np.sqrt(1.0 - (y * 0.97) ** 2)), float(y))
    for step, home in enumerate(centre):
        angle = np.pi * (0.9 - 2 * step / len(centre))
        spots[home] = (0.6 * np.cos(angle), 0.5 * np.sin(angle))
    return spots


def _arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], mentions: int, back: bool
) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>,head_length=4.5,head_width=2.4",
            connectionstyle="arc3,rad=0.14",
            linewidth=0.5 + 0.34 * np.sqrt(mentions),
            linestyle="-" if back else (0, (4, 2)),
            color=style.BLUE if back else "#b06a00",
            alpha=0.75,
            shrinkA=4,
            shrinkB=6,
        )
    )


def _name(axes: Axes, home: str, x: float, y: float, inside: bool) -> None:
    if inside:
        above = 0.1 if y > 0 else -0.1
        style.label(
            axes, x, y + above, _home(home), ha="center", fontsize=12, weight="bold", zorder=4
        )
        return
    side = -1 if x < 0 else 1
    ha = "left" if side > 0 else "right"
    style.label(axes, x + 0.05 * side, y, _home(home), ha=ha, fontsize=11.5)


def _key(axes: Axes) -> None:
    looks = ((_("also returned"), style.BLUE, "-"), (_("never returned"), "#b06a00", (0, (4, 2))))
    for x, (words, colour, dash) in zip((-0.85, 0.1), looks, strict=True):
        axes.plot([x, x + 0.16], [-1.16, -1.16], color=colour, linestyle=dash, linewidth=2)
        style.label(axes, x + 0.2, -1.16, words, color=colour, fontsize=11.5)


@chart
def people(ranking: pd.DataFrame, number: int = 13) -> tuple[Figure, pd.DataFrame]:
    """Draw by how many foreign accounts an account is mentioned, and how many it mentions.

    Parameters
    ----------
    ranking
        Of :func:`govsocial.networks.from_abroad`.
    number
        How many accounts.
    """
    rows = ranking.head(number)
    figure, axes = style.subplots(height=5.2)
    y = np.arange(len(rows))
    axes.hlines(y, rows["low"], rows["high"], color=style.SKY, linewidth=3)
    axes.plot(rows["value"], y, "o", color=style.BLUE, markersize=8)
    axes.plot(
        rows["mentions"] / rows["others"],
        y,
        "D",
        markerfacecolor="white",
        markeredgecolor="#b06a00",
        markeredgewidth=1.8,
        markersize=7,
    )
    for place, named in zip(y, rows["mentioned_by"], strict=True):
        axes.text(0.69, place, decimal(named), ha="right", va="center", fontsize=11.5)
    first = rows.iloc[0]
    style.label(
        axes, first["value"], -0.85, _("mentioned by"), ha="center", color=style.BLUE, fontsize=12
    )
    style.label(axes, 0, -0.85, _("mentions"), ha="left", color=_DARK_ORANGE, fontsize=12)
    axes.text(0.69, -0.85, _("accounts"), ha="right", va="center", fontsize=11.5)
    axes.set_yticks(y, [f"@{account}" for account in rows["account"]])
    axes.set_ylim(len(rows) - 0.4, -1.4)
    axes.set_xlim(-0.012, 0.7)
    axis_format(axes.xaxis, "0%")
    axes.set_xticks([0, 0.2, 0.4, 0.6])
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Share of the foreign accounts"))
    _large(axes)
    return figure, rows


@chart
def countries(rows: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw by which share of foreign accounts up to four countries are mentioned, by year.

    Parameters
    ----------
    rows
        Of :func:`govsocial.networks.over_years`.
    """
    homes = list(dict.fromkeys(rows["home"]))
    lines = (len(homes) + 1) // 2
    figure, grid = style.subplots(lines, 2, height=2.5 * lines, sharex=True, sharey=True)
    for axes in np.ravel(grid)[len(homes) :]:
        axes.set_visible(False)
    for axes, home in zip(np.ravel(grid), homes, strict=False):
        part = rows[rows["home"] == home]
        axes.fill_between(part["year"], part["low"], part["high"], color=style.SKY, alpha=0.35)
        axes.plot(part["year"], part["value"], "-o", color=style.BLUE, markersize=6)
        axes.set_title(_home(home))
        axes.set_ylim(0, 0.68)
        years = part["year"].iloc[1::2]
        axes.set_xticks(years, [str(year) for year in years])
        axis_format(axes.yaxis, "0%")
        _large(axes)
    figure.supylabel(_("Foreign accounts that mention it"), fontsize=11.5)
    return figure, rows


@chart
def hashtags(
    tags: pd.DataFrame, accounts: pd.Series[int], number: int = 12
) -> tuple[Figure, pd.DataFrame]:
    """Draw which share of the accounts used the most shared hashtags in each year.

    Parameters
    ----------
    tags
        The table ``leader_hashtags``.
    accounts
        Accounts with posts by year (the index): the years that are drawn.
    number
        How many hashtags: those with the largest share in one year.
    """
    counts = tags.pivot(index="hashtag", columns="year", values="accounts")
    shares = counts.reindex(columns=accounts.index).astype(float).fillna(0) / accounts
    chosen = shares.loc[shares.max(axis=1).nlargest(number).index]
    peak = chosen.idxmax(axis=1)
    chosen = chosen.loc[sorted(chosen.index, key=lambda tag: (peak[tag], tag))]
    figure, axes = style.subplots(height=5.0)
    axes.imshow(chosen, cmap="Blues", vmin=0, vmax=0.32, aspect="auto")
    for (line, column), value in np.ndenumerate(chosen.to_numpy()):
        text = decimal(value, "0%") if value else "·"
        colour = "white" if value > 0.17 else style.INK
        axes.text(column, line, text, ha="center", va="center", fontsize=11.5, color=colour)
    axes.set_yticks(range(len(chosen)), [f"#{tag}" for tag in chosen.index])
    axes.set_xticks(range(len(accounts)), [str(year) for year in accounts.index])
    axes.tick_params(bottom=False, left=False, top=False, labeltop=True, labelbottom=False)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    _large(axes)
    return figure, chosen.reset_index().melt("hashtag", var_name="year", value_name="share")


@chart
def rise(years: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of posts with a hashtag by year, and its change in the same accounts.

    Parameters
    ----------
    years
        Of :func:`govsocial.hashtags.by_year`.
    """
    figure, (top, bottom) = style.subplots(2, height=5.4, sharex=True)
    top.vlines(years["year"], years["low"], years["high"], color=style.SKY, linewidth=4)
    top.plot(years["year"], years["value"], "-o", color=style.BLUE, markersize=7)
    top.set_ylim(0, 0.52)
    top.set_title(_("Own posts with a hashtag, mean over accounts"))
    steps = years.dropna(subset="step")
    bottom.axhline(0, color=style.GREY, linewidth=1)
    bottom.vlines(
        steps["year"], steps["step_low"], steps["step_high"], color="#f0b95c", linewidth=4
    )
    bottom.plot(steps["year"], steps["step"], "s", color=_DARK_ORANGE, markersize=7)
    bottom.set_title(_("Change since the year before, same accounts"))
    bottom.set_xticks(years["year"], [str(year) for year in years["year"]])
    for axes in (top, bottom):
        axis_format(axes.yaxis, "0%")
        _large(axes)
    return figure, years


@chart
def party(
    anywhere: PermutationTestResult, at_home: PermutationTestResult
) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of mentions within a party, and what shuffled parties would give.

    Parameters
    ----------
    anywhere
        Of :func:`govsocial.networks.same_label`, parties shuffled among all members.
    at_home
        The same, shuffled among the members of a chamber from the same state.
    """
    figure, axes = style.subplots(height=3.4)
    bins = np.arange(0.46, 0.62, 0.004)
    looks = (
        (anywhere, style.SKY, style.BLUE, _("parties shuffled\namong all")),
        (at_home, "#f0b95c", _DARK_ORANGE, _("within state\nand chamber")),
    )
    drawn = []
    for (test, fill, ink, words), name in zip(looks, ("all", "state and chamber"), strict=True):
        heights, edges = np.histogram(test.null_distribution, bins)
        axes.stairs(heights / len(test.null_distribution), edges, fill=True, color=fill, alpha=0.8)
        peak = float((heights / len(test.null_distribution)).max())
        style.label(
            axes,
            test.null_distribution.mean(),
            peak + 0.035,
            words,
            color=ink,
            ha="center",
            fontsize=11.5,
        )
        part = pd.DataFrame({"from": edges[:-1], "to": edges[1:], "shuffles": heights})
        drawn.append(part.assign(shuffled_among=name, observed=test.statistic))
    axes.axvline(anywhere.statistic, color=style.INK, linewidth=2)
    style.label(
        axes,
        anywhere.statistic - 0.008,
        0.1,
        _("observed: {share}").format(share=decimal(anywhere.statistic, "0.0%")),
        ha="right",
        fontsize=12,
    )
    axes.set_xlim(0.4, 0.85)
    axes.set_ylim(0, 0.3)
    axis_format(axes.xaxis, "0%")
    axis_format(axes.yaxis, "0%")
    axes.set_xlabel(_("Links between members of the same party"))
    axes.set_ylabel(_("Share of shuffles"))
    _large(axes)
    return figure, pd.concat(drawn, ignore_index=True)


@chart
def returned(rates: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how likely a member mentions another, and how likely if the other does.

    Parameters
    ----------
    rates
        Of :func:`govsocial.networks.link_rates` by ``state`` and ``party``.
    """
    words = {
        (True, True): _("Same state,\nsame party"),
        (True, False): _("Same state,\nother party"),
        (False, True): _("Other state,\nsame party"),
        (False, False): _("Other state,\nother party"),
    }
    rows = rates.set_index(["state", "party"]).loc[list(words)].reset_index()
    figure, axes = style.subplots(height=4.0)
    y = np.arange(len(rows))
    looks = (("", style.BLUE, style.SKY, "o"), ("back_", _DARK_ORANGE, "#f0b95c", "s"))
    for stem, ink, pale, marker in looks:
        axes.hlines(y, rows[f"{stem}low"], rows[f"{stem}high"], color=pale, linewidth=5)
        axes.plot(rows[f"{stem}value"], y, marker, color=ink, markersize=8)
        for place, value in zip(y, rows[f"{stem}value"], strict=True):
            style.label(
                axes,
                value,
                place + 0.3,
                decimal(value, "0%"),
                color=ink,
                ha="center",
                fontsize=11.5,
            )
    first = rows.iloc[0]
    style.label(
        axes, first["value"], -0.4, _("any colleague"), color=style.BLUE, ha="center", fontsize=12
    )
    style.label(
        axes,
        first["back_value"],
        -0.4,
        _("one who mentions you"),
        color=_DARK_ORANGE,
        ha="center",
        fontsize=12,
    )
    axes.set_yticks(y, list(words.values()))
    axes.set_ylim(len(rows) - 0.4, -0.75)
    axes.set_xlim(-0.012, 0.6)
    axis_format(axes.xaxis, "0%")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Chance that a member mentions"))
    _large(axes)
    return figure, rows
