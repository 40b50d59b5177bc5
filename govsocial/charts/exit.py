"""Figures of the chapter on leaving: lists that shrink, last posts, and where accounts go."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator
from numpy.typing import NDArray

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, country, date, decimal, month
from govsocial.language import translation
from govsocial.uncertainty import add_shares

_ = translation(__name__)

_NAMED = pd.Timestamp("2025-01-20")
"""The day that a French campaign named for leaving X."""

_LARGE = 20
"""Members from which on a delegation has a row of its own."""


def _kinds() -> dict[str, str]:
    """Return the label of each kind of Swedish body, in the order of the figures."""
    return {
        "ministry": _("Ministries"),
        "mission": _("Missions abroad"),
        "agency": _("Agencies and courts"),
        "region": _("Regions and counties"),
        "university": _("Universities"),
        "municipality": _("Municipalities"),
    }


def _camps() -> dict[str, tuple[str, str, str]]:
    """Return label, colour and dashes of each French camp."""
    return {
        "right": (_("Right and far right"), style.BLUE, "-"),
        "centre": (_("Centre"), style.ORANGE, "--"),
        "other left": (_("Other left"), style.RED, "-."),
        "ecologist": (_("Ecologists"), style.GREEN, "-"),
    }


def _platforms() -> dict[str, tuple[str, str, str]]:
    """Return label, colour and marker of each platform."""
    return {
        "X": (_("X"), style.INK, "s"),
        "Bluesky": (_("Bluesky"), style.SKY, "o"),
        "Mastodon": (_("Mastodon"), style.PURPLE, "^"),
    }


@chart
def crossing(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw X and Facebook in Canada's federal list, and the change of every platform.

    Parameters
    ----------
    frame
        The table ``canada_accounts``.
    """
    wide = frame.pivot(index="date", columns="platform", values="accounts").astype(float)
    figure, (above, below) = style.subplots(2, height=5.4, height_ratios=[3, 2])
    looks = {"X": (style.INK, "-"), "Facebook": (style.BLUE, "--")}
    for platform, (colour, dashes) in looks.items():
        line = wide[platform]
        above.step(line.index, line, where="post", color=colour, linestyle=dashes)
        text = f"{platform}: {decimal(line.iloc[-1])}"
        height = line.iloc[-1] + (9 if platform == "Facebook" else -8)
        style.label(above, line.index[-1], height, text, color=colour, ha="right")
    above.set_ylim(650, 760)
    above.set_ylabel(_("Accounts in the list"))
    above.set_xticks(pd.to_datetime(["2025-01-01", "2025-07-01", "2026-01-01", "2026-07-01"]))
    above.set_xticklabels(["01/2025", "07/2025", "01/2026", "07/2026"])
    change = (wide.iloc[-1] - wide.iloc[0]).drop("other").sort_values()
    places = np.arange(len(change))
    below.barh(places, change, color=np.where(change < 0, style.INK, style.BLUE), height=0.7)
    for place, value in zip(places, change, strict=True):
        side = "right" if value < 0 else "left"
        text = decimal(value, "+#,##0;-#,##0" if value else "0")
        style.label(below, value + (-2 if value < 0 else 2), place, text, ha=side)
    below.axvline(0, color=style.GREY, linewidth=0.8)
    below.set_yticks(places, list(change.index))
    below.set_xlim(-85, 75)
    below.grid(visible=False)
    below.set_xticks([])
    below.spines["bottom"].set_visible(False)
    below.set_title(_("Change over the whole time"))
    return figure, frame[frame["platform"].isin(change.index)].reset_index(drop=True)


@chart
def states(counts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what became of the X accounts of Swedish public bodies, by kind of body.

    Parameters
    ----------
    counts
        One row per kind; columns ``posting``, ``silent``, ``closed``, ``unknown`` and
        ``unlisted``: bodies.
    """
    looks = {
        "posting": (_("Posted in the last 90 days"), style.BLUE),
        "silent": (_("Silent"), style.SKY),
        "closed": (_("Closed"), style.ORANGE),
        "unknown": (_("Not readable"), style.GREY),
        "unlisted": (_("No handle known"), style.PALE),
    }
    kinds = _kinds()
    ordered = counts.loc[list(kinds), list(looks)]
    totals = ordered.sum(axis=1)
    figure, axes = style.subplots(height=3.7)
    places = -np.arange(len(ordered), dtype=float)
    style.stacked(axes, places, ordered, looks, height=0.72)
    labels = [f"{kinds[kind]} ({decimal(totals[kind])})" for kind in ordered.index]
    axes.set_yticks(places, labels)
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0%")
    axes.grid(visible=False)
    style.legend(figure, loc="outside upper center", ncols=3, handlelength=1)
    return figure, ordered.rename_axis("kind").reset_index()


@chart
def last_posts(
    curves: Mapping[str, pd.DataFrame], end: float, sold: float
) -> tuple[Figure, pd.DataFrame]:
    """Draw how many accounts of Swedish public bodies were still posting, by kind of body.

    Parameters
    ----------
    curves
        A curve of :func:`govsocial.survival.kaplan_meier` per kind, in years since 2018.
    end
        Where the last accounts are censored, in years since 2018.
    sold
        When the company was sold, in years since 2018.
    """
    kinds = _kinds()
    figure, grid = style.subplots(2, 3, height=4.6, tall=5.4, across=2, sharex=True, sharey=True)
    for axes, kind in zip(grid.flat, kinds, strict=True):
        curve = _until(curves[kind], end)
        axes.fill_between(
            curve["time"], curve["low"], curve["high"], step="post", color=style.SKY, alpha=0.3
        )
        axes.step(curve["time"], curve["survival"], where="post", color=style.BLUE, linestyle="-")
        size = decimal(curves[kind]["at_risk"].iloc[0])
        axes.set_title(f"{kinds[kind]} ({size})", fontsize=9.5)
        axes.axvline(sold, color=style.RED, linewidth=1, linestyle=":")
        left = decimal(curve["survival"].iloc[-1], "0%")
        style.label(axes, 0.2, 0.1, _("{share} still post").format(share=left), fontweight="bold")
    axes = grid[0, 0]
    style.label(axes, sold - 0.15, 0.55, _("sale"), color=style.RED, ha="right")
    axes.set_ylim(0, 1.09)
    axes.set_xlim(0, end + 0.1)
    axis_format(axes.yaxis, "0%")
    axes.set_xticks([0, 4, 8], ["2018", "2022", "2026"])
    axes.yaxis.set_major_locator(MultipleLocator(0.25))
    figure.supylabel(_("Still posting, of those posting since 2018"), fontsize=9.5)
    drawn = pd.concat([curves[kind].assign(kind=kind) for kind in kinds], ignore_index=True)
    return figure, drawn


def _until(curve: pd.DataFrame, end: float) -> pd.DataFrame:
    """Return a curve that goes on flat to the end of the time in which it was watched."""
    return pd.concat([curve, curve.iloc[[-1]].assign(time=end)], ignore_index=True)


def _found(platform: str) -> tuple[str, str, str]:
    """Return label, colour and marker of what is known of members on a platform."""
    name, colour, marker = _platforms()[platform]
    words = _("X: link on the profile") if platform == "X" else _("{platform}: account found")
    return words.format(platform=name), colour, marker


def _whiskers(
    axes: Axes, places: NDArray[np.float64], rows: pd.DataFrame, look: tuple[str, str, str]
) -> None:
    text, colour, marker = look
    axes.hlines(places, rows["low"], rows["high"], color=colour, linewidth=1.2)
    axes.plot(rows["value"], places, marker, color=colour, label=text)


@chart
def groups(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the platforms of the members of the European Parliament by political group.

    Parameters
    ----------
    frame
        The rows of the table ``mep_accounts`` that count by group.
    """
    drawn = add_shares(frame, "listed", "members", "value")
    found = drawn[drawn["platform"] == "Bluesky"].set_index("name")
    names = found.sort_values("value").index
    figure, axes = style.subplots(height=5.4)
    places = np.arange(len(names), dtype=float)
    for shift, platform in ((0.24, "X"), (0, "Bluesky"), (-0.24, "Mastodon")):
        rows = drawn[drawn["platform"] == platform].set_index("name").loc[names]
        _whiskers(axes, places + shift, rows, _found(platform))
    week = found.loc[names]
    posting = week["week"].astype(float) / week["members"].astype(float)
    axes.plot(
        posting, places, "|", color=style.BLUE, markersize=13, markeredgewidth=2.5,
        label=_("Bluesky: post in the last week"),
    )  # fmt: skip
    labels = [f"{_group(name)} ({decimal(found.loc[name, 'members'])})" for name in names]
    axes.set_yticks(places, labels)
    axes.set_xlim(-0.02, 1)
    axis_format(axes.xaxis, "0%")
    axes.grid(axis="y", visible=False)
    for edge in places[:-1] + 0.5:
        axes.axhline(edge, color=style.PALE, linewidth=0.6)
    style.legend(figure, loc="outside upper center", ncols=2)
    columns = ["name", "platform", "members", "listed", "week", "value", "low", "high"]
    return figure, drawn[columns].reset_index(drop=True)


def _group(name: str) -> str:
    names = {
        "Non-attached": _("Non-attached"),
        "The Left": _("The Left"),
        "Patriots": _("Patriots"),
        "Greens/EFA": _("Greens/EFA"),
        "EPP": _("EPP"),
    }
    return names.get(name, name)


@chart
def countries(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the members of the European Parliament on X and on Bluesky, by country with many.

    Parameters
    ----------
    frame
        The rows of the table ``mep_accounts`` that count by country.
    """
    seats = frame[frame["platform"] == "X"].set_index("name")["members"]
    large = frame["name"].isin(seats.index[seats >= _LARGE])
    drawn = add_shares(
        frame[large & (frame["platform"] != "Mastodon")], "listed", "members", "value"
    )
    wide = drawn.pivot(index="name", columns="platform", values="value")
    order = (wide["X"] - wide["Bluesky"]).sort_values().index
    figure, axes = style.subplots(height=0.9 + 0.28 * len(order))
    places = np.arange(len(order), dtype=float)
    for shift, platform in ((0.17, "X"), (-0.17, "Bluesky")):
        rows = drawn[drawn["platform"] == platform].set_index("name").loc[order]
        _whiskers(axes, places + shift, rows, _found(platform))
    members = drawn[drawn["platform"] == "X"].set_index("name")["members"]
    axes.set_yticks(places, [f"{country(code)} ({decimal(members[code])})" for code in order])
    axes.set_ylim(-0.7, len(order) - 0.3)
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0%")
    style.legend(figure, loc="outside upper center", ncols=2)
    columns = ["name", "platform", "members", "listed", "value", "low", "high"]
    return figure, drawn[columns].reset_index(drop=True)


@chart
def deputies(
    curves: Mapping[str, pd.DataFrame], start: pd.Timestamp, end: float, frame: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw which French deputies stopped posting on X, and where each camp posts now.

    Parameters
    ----------
    curves
        A curve of :func:`govsocial.survival.kaplan_meier` per camp, in days since the start.
    start
        The day on which the curves start.
    end
        Where the last accounts are censored, in days.
    frame
        The table ``french_deputies_accounts``.
    """
    camps = _camps()
    figure, (above, below) = style.subplots(2, height=6.2, height_ratios=[3, 2.4])
    for camp, (text, colour, dashes) in camps.items():
        curve = _until(curves[camp], end)
        above.fill_between(
            curve["time"], curve["low"], curve["high"], step="post", color=colour, alpha=0.12
        )
        size = decimal(curves[camp]["at_risk"].iloc[0])
        above.step(
            curve["time"],
            curve["survival"],
            where="post",
            color=colour,
            linestyle=dashes,
            label=f"{text} ({size})",
        )
    style.inner_legend(above, "lower right", 2)
    above.set_ylim(0, 1.06)
    above.set_xlim(0, end)
    axis_format(above.yaxis, "0%")
    days = pd.to_datetime(["2025-01-01", "2025-07-01", "2026-01-01"])
    above.set_xticks([(day - start).days for day in days], ["01/2025", "07/2025", "01/2026"])
    named = (_NAMED - start).days
    above.axvline(named, color=style.INK, linewidth=1, linestyle=":")
    style.label(above, named + 6, 0.42, date(_NAMED))
    above.set_title(_("Still posting on X, of those posting around the new year"))
    weekly = add_shares(frame[frame["camp"].isin(camps)], "week", "members", "value")
    places = -np.arange(len(camps), dtype=float)
    for shift, platform in ((0.2, "X"), (0, "Bluesky"), (-0.2, "Mastodon")):
        rows = weekly[weekly["platform"] == platform].set_index("camp").loc[list(camps)]
        _whiskers(below, places + shift, rows, _platforms()[platform])
    totals = weekly[weekly["platform"] == "X"].set_index("camp")["members"]
    labels = [f"{text} ({decimal(totals[camp])})" for camp, (text, *_rest) in camps.items()]
    below.set_yticks(places, labels)
    below.set_xlim(-0.02, 1)
    axis_format(below.xaxis, "0%")
    below.grid(axis="y", visible=False)
    if style.is_narrow():
        below.set_ylim(-5.4, 0.6)  # room for the legend
    below.legend(loc="lower right")
    week = _("Posted in the week before the reading of May 2026, of all deputies")
    below.set_title(textwrap.fill(week, 52))
    drawn = pd.concat(
        [curves[camp].assign(part="stops", camp=camp) for camp in camps]
        + [
            weekly.assign(part="week")[
                ["part", "camp", "platform", "members", "week", "low", "high"]
            ]
        ]
    )
    return figure, drawn.reset_index(drop=True)


def _fediverse() -> dict[str, tuple[str, str]]:
    """Return label and colour of each kind of account."""
    return {
        "party or politician": (_("Parties and politicians"), style.GREEN),
        "public body": (_("Public bodies"), style.BLUE),
        "bulk": (_("Opened in bulk by a server"), style.ORANGE),
    }


@chart
def wave(frame: pd.DataFrame, kept: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw when German political accounts in the Fediverse were opened, and which still post.

    Parameters
    ----------
    frame
        The table ``german_fediverse_months``.
    kept
        Columns ``kind``, ``opened`` (``before``, ``wave``, ``2023`` or ``later``), ``accounts``
        and ``posting``.
    """
    figure, (first, second, last) = style.subplots(3, height=7.6, height_ratios=[2, 2, 2.3])
    early = frame[frame["month"].between("2022-01-01", "2023-06-01")]
    drawn = []
    for axes, snapshot in zip((first, second), early["snapshot"].unique(), strict=True):
        part = early[early["snapshot"] == snapshot]
        _bars(axes, part)
        total = frame.loc[frame["snapshot"] == snapshot, "accounts"].sum()
        title = _("List of {month}: {total} accounts")
        axes.set_title(title.format(month=month(snapshot), total=decimal(total)))
        drawn.append(part.assign(part="opened"))
    counted = _("Accounts opened in the month")
    if style.is_narrow():
        named = first.get_legend_handles_labels()
        style.legend(figure, *named, loc="outside upper left", title=counted, alignment="left")
    else:
        first.legend(loc="upper left")
        second.set_ylabel(counted, y=1.1)
    first.sharex(second)
    shares = add_shares(kept, "posting", "accounts", "value")
    _kept(last, shares)
    drawn.append(shares.assign(part="kept"))
    return figure, pd.concat(drawn, ignore_index=True)


def _bars(axes: Axes, part: pd.DataFrame) -> None:
    wide = part.pivot(index="month", columns="kind", values="accounts")
    wide = wide.asfreq("MS").reindex(columns=list(_fediverse())).fillna(0).astype(float)
    base = np.zeros(len(wide))
    for kind, (text, colour) in _fediverse().items():
        axes.bar(wide.index, wide[kind], bottom=base, width=24, color=colour, label=text)
        base = base + wide[kind].to_numpy()
    axes.set_xticks(pd.to_datetime(["2022-01-01", "2022-07-01", "2023-01-01"]))
    axes.set_xticklabels(["01/2022", "07/2022", "01/2023"])
    axes.grid(axis="x", visible=False)


def _kept(axes: Axes, shares: pd.DataFrame) -> None:
    opened = {
        "before": _("Before the wave"),
        "wave": _("October to December 2022"),
        "2023": _("2023"),
        "later": _("2024 and 2025"),
    }
    looks = {"party or politician": (0.14, "o"), "public body": (-0.14, "s")}
    for kind, (shift, marker) in looks.items():
        rows = shares[shares["kind"] == kind].set_index("opened").loc[list(opened)]
        places = shift - np.arange(len(opened), dtype=float)
        _whiskers(axes, places, rows, (*_fediverse()[kind], marker))
    axes.set_yticks(-np.arange(len(opened)), list(opened.values()))
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0%")
    axes.grid(axis="y", visible=False)
    if style.is_narrow():
        axes.set_ylim(-4.8, 0.5)  # room for the legend
    axes.legend(loc="lower left")
    axes.set_title(_("Still posting in October 2025, by time of opening"))


@chart
def parliaments(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what lists say of parliaments and governments on X, and who posts there.

    Parameters
    ----------
    frame
        The table ``parliament_accounts``.
    """
    rows = frame[frame["platform"] == "X"].assign(share=frame["listed"] / frame["members"])
    # The lists of one body stand side by side, since it is their difference that counts.
    highest = rows.groupby("body")["share"].transform("max")
    drawn = rows.assign(highest=highest).sort_values(
        ["highest", "body", "share"], ignore_index=True
    )
    figure, axes = style.subplots(height=5.2)
    places = np.arange(len(drawn), dtype=float)
    posting = (drawn["posting"] / drawn["members"]).astype(float)
    known = posting.notna()
    axes.hlines(places[known], posting[known], drawn["share"][known], color=style.PALE, linewidth=3)
    looks = {
        "handle in Wikidata": (_("Listed: a handle in Wikidata"), "D", style.ORANGE),
        "handle in a list": (_("Listed: a handle in another list"), "s", style.GREEN),
        "link on a profile": (_("Listed: a link on a profile"), "o", style.PURPLE),
    }
    for kind, (text, marker, colour) in looks.items():
        chosen = drawn["kind"] == kind
        axes.plot(drawn["share"][chosen], places[chosen], marker, color=colour, label=text)
    text = _("Posted in the 90 days before (France, government: 7 days)")
    axes.plot(posting, places, "|", color=style.INK, markersize=14, markeredgewidth=2.5, label=text)
    labels = zip(drawn["body"].map(_bodies()), drawn["members"], strict=True)
    axes.set_yticks(places, [f"{body} ({decimal(members)})" for body, members in labels])
    axes.set_xlim(0, 1.02)
    axis_format(axes.xaxis, "0%")
    axes.grid(axis="y", visible=False)
    style.legend(figure, loc="outside upper center", ncols=1)
    columns = ["body", "country", "kind", "members", "listed", "posting", "window", "checked"]
    return figure, drawn[columns]


def _bodies() -> dict[str, str]:
    return {
        "Assemblée nationale": _("France: Assemblée nationale"),
        "Bundestag": _("Germany: Bundestag of 2021"),
        "Congress": _("United States: Congress"),
        "European Parliament": _("European Parliament"),
        "Folketing": _("Denmark: Folketing"),
        "Government of France": _("France: government"),
        "Government of Sweden": _("Sweden: government"),
        "Nationalrat": _("Austria: Nationalrat"),
        "Riksdag": _("Sweden: Riksdag"),
        "Tweede Kamer": _("Netherlands: Tweede Kamer"),
    }
