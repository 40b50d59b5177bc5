"""Figures of the chapter on networks: who mentions whom, hashtags, party and home."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from govsocial import labels
from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, decimal
from govsocial.language import translation
from govsocial.networks import PermutationTestResult

_ = translation(__name__)


def _home(code: str) -> str:
    return _("NATO") if code == "NATO" else labels.country(code)


def _large(axes: Axes) -> None:
    axes.tick_params(labelsize=11.5)
    axes.xaxis.label.set_fontsize(11.5)
    axes.yaxis.label.set_fontsize(11.5)
    axes.title.set_fontsize(12)


@chart
def matrix(graph: nx.DiGraph[Any], number: int = 13) -> tuple[Figure, pd.DataFrame]:
    """Draw how often the busiest countries and organisations mention each other.

    Parameters
    ----------
    graph
        Of :func:`govsocial.networks.graph`, by home.
    number
        How many homes: those with most mentions, made or received.
    """
    table = nx.to_pandas_adjacency(graph, weight="mentions")
    busy = (table.sum() + table.sum(axis=1)).nlargest(number).index
    homes = table.loc[busy, busy].sum().sort_values(ascending=False).index
    cells = table.loc[homes, homes]
    figure, axes = style.subplots(height=5.6)
    shade = axes.imshow(
        np.log1p(cells.mask(cells == 0)), cmap="Blues", vmin=0, vmax=4.6, aspect="auto"
    )
    for (row, column), mentions in np.ndenumerate(cells.to_numpy()):
        if row == column:
            axes.text(column, row, "–", ha="center", va="center", color=style.GREY)
        elif mentions:
            look = style.letters_on(shade.to_rgba(np.log1p(mentions)))
            axes.text(column, row, decimal(mentions), ha="center", va="center", fontsize=11, **look)
    names = [_home(home) for home in homes]
    axes.set_yticks(range(number), [style.pick(name, name.replace(" ", "\n")) for name in names])
    slant: dict[str, Any] = {"rotation": 50, "ha": "left", "rotation_mode": "anchor"}
    axes.set_xticks(range(number), names, **style.pick(slant, {"rotation": 90}))
    axes.tick_params(bottom=False, left=False, top=False, labeltop=True, labelbottom=False)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    _large(axes)
    if style.is_narrow():
        figure.supylabel(_("Rows name who mentions, columns who is mentioned"))
    else:
        axes.set_ylabel(_("These mention …"))
        axes.set_title(_("… those"), loc="left")
    drawn = cells.rename_axis("source").reset_index().melt("source", var_name="target")
    return figure, drawn.rename(columns={"value": "mentions"})


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
    axes.plot(rows["value"], y, "o", color=style.BLUE, markersize=8, label=_("mentioned by"))
    axes.plot(
        rows["mentions"] / rows["others"],
        y,
        "D",
        markerfacecolor="white",
        markeredgecolor=style.ORANGE,
        markeredgewidth=1.8,
        markersize=7,
        label=_("mentions"),
    )
    for place, named in zip(y, rows["mentioned_by"], strict=True):
        axes.text(
            style.pick(0.69, 0.8), place, decimal(named), ha="right", va="center", fontsize=11.5
        )
    if style.is_narrow():
        style.inner_legend(axes, "upper center", 2)
    else:
        above: dict[str, Any] = {"y": -0.85, "fontsize": 12}
        words, first = _("mentioned by"), rows.iloc[0]
        style.label(axes, first["value"], text=words, ha="center", color=style.BLUE, **above)
        style.label(axes, 0, text=_("mentions"), color=style.ORANGE, **above)
    right = style.pick(0.69, 0.8)
    axes.text(right, -0.85, _("accounts"), ha="right", va="center", fontsize=11.5)
    axes.set_yticks(y, [f"@{account}" for account in rows["account"]])
    axes.set_ylim(len(rows) - 0.4, -1.4)
    axes.set_xlim(-0.012, style.pick(0.7, 0.81))
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
        How many hashtags: those with the largest share in one year, and all that share the
        last place.
    """
    counts = tags.pivot(index="hashtag", columns="year", values="accounts")
    shares = counts.reindex(columns=accounts.index).astype(float).fillna(0) / accounts
    chosen = shares.loc[shares.max(axis=1).nlargest(number, keep="all").index]
    peak = chosen.idxmax(axis=1)
    chosen = chosen.loc[sorted(chosen.index, key=lambda tag: (peak[tag], tag))]
    figure, axes = style.subplots(height=0.2 + 0.4 * len(chosen))
    shade = axes.imshow(chosen, cmap="Blues", vmin=0, vmax=0.32, aspect="auto")
    for (line, column), value in np.ndenumerate(chosen.to_numpy()):
        text = decimal(value, "0%") if value else "·"
        look = style.letters_on(shade.to_rgba(value))
        axes.text(column, line, text, ha="center", va="center", fontsize=11.5, **look)
    axes.set_yticks(range(len(chosen)), [f"#{tag}" for tag in chosen.index])
    axes.set_xticks(range(len(accounts)), [str(year) for year in accounts.index])
    axes.tick_params(bottom=False, left=False, top=False, labeltop=True, labelbottom=False)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    _large(axes)
    return figure, chosen.reset_index().melt("hashtag", var_name="year", value_name="share")


@chart
def delegations(rows: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how likely neighbours and partisans are mentioned, by size of the delegation.

    Parameters
    ----------
    rows
        Of :func:`govsocial.findings.networks.delegations`.
    """
    figure, axes = style.subplots(height=4.0)
    looks = {
        "neighbours": (style.DARK_ORANGE, "s", _("same state, other party"), 0.06),
        "partisans": (style.BLUE, "o", _("same party, other state"), -0.06),
    }
    for kind, (colour, marker, words, aside) in looks.items():
        part = rows[rows["kind"] == kind].reset_index(drop=True)
        places = part.index + aside
        axes.vlines(places, part["low"], part["high"], color=colour, linewidth=1.6)
        axes.plot(places, part["value"], "-", marker=marker, color=colour, markersize=7)
        first = part.iloc[0]
        height = first["value"] + (0.02 if kind == "neighbours" else -0.045)
        style.label(axes, 0.12, height, words, letters=28, color=colour, fontsize=12)
    sizes = rows.drop_duplicates("least")
    names = [
        _("{n} or more").format(n=decimal(least))
        if most == sizes["most"].max()
        else _("{least} to {most}").format(least=decimal(least), most=decimal(most))
        for least, most in zip(sizes["least"], sizes["most"], strict=True)
    ]
    axes.set_xticks(range(len(names)), names)
    axes.set_xlim(-0.25, len(names) - 0.75)
    axes.set_ylim(-0.06, None)
    axis_format(axes.yaxis, "0%")
    axes.grid(axis="x", visible=False)
    axes.set_xlabel(_("Members from the state, both chambers"))
    axes.set_ylabel(_("Chance that a colleague is named"))
    _large(axes)
    return figure, rows


@chart
def shuffles(test: PermutationTestResult) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of links within a label in each shuffle, and that of the data.

    Parameters
    ----------
    test
        Of :func:`govsocial.networks.same_label`.
    """
    figure, axes = style.subplots(height=3.4)
    reach = [*test.null_distribution, test.statistic]
    edges = np.arange(np.floor(20 * min(reach)) / 20, np.ceil(20 * max(reach)) / 20 + 0.01, 0.005)
    counts, _edges = np.histogram(test.null_distribution, edges)
    axes.bar(edges[:-1], counts, width=np.diff(edges), align="edge", color=style.SKY)
    axes.axvline(test.statistic, color=style.DARK_ORANGE, linewidth=2.2)
    middle, top = float(test.null_distribution.mean()), float(counts.max())
    look: dict[str, Any] = {"fontsize": 12, "ha": "left"}
    style.label(axes, middle + 0.03, 0.9 * top, _("labels shuffled"), color=style.BLUE, **look)
    place = test.statistic - 0.008
    words = _("as they are")
    style.label(axes, place, 0.6 * top, words, color=style.DARK_ORANGE, **look | {"ha": "right"})
    axis_format(axes.xaxis, "0%")
    axes.set_xlim(edges[0], edges[-1])
    axes.set_xlabel(_("Links within a label"))
    axes.set_ylabel(_("Shuffles"))
    axes.grid(axis="x", visible=False)
    _large(axes)
    return figure, pd.DataFrame({"share": edges[:-1].round(3), "shuffles": counts})


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
    looks = (("", style.BLUE, style.SKY, "o"), ("back_", style.DARK_ORANGE, "#f0b95c", "s"))
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
        axes,
        style.pick(first["value"], 0),
        -0.4,
        _("any colleague"),
        color=style.BLUE,
        ha=style.pick("center", "left"),
        fontsize=12,
    )
    style.label(
        axes,
        first["back_value"],
        -0.4,
        _("one who mentions you"),
        letters=12,
        color=style.DARK_ORANGE,
        ha="center",
        fontsize=12,
    )
    axes.set_yticks(y, list(words.values()))
    axes.set_ylim(len(rows) - 0.4, style.pick(-0.75, -0.9))
    axes.set_xlim(-0.012, 0.6)
    axis_format(axes.xaxis, "0%")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Chance that a member mentions"))
    _large(axes)
    return figure, rows
