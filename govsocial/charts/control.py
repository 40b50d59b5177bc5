"""Figures of the chapter on control: requests, reasons, shutdowns, censorship, disinformation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, country, decimal
from govsocial.language import translation

_ = translation(__name__)

_WIDE_ENOUGH = 0.15
"""Share of an axis from which on a bar has room for its number."""

_LONG_ENOUGH = 0.04
"""Share of the longest bar from which on a part of a bar has room for its number."""

_RESAMPLED_FROM = 5
"""Events from which on resampling can show how much their number varies."""


def _regimes() -> dict[str, tuple[str, str, str]]:
    """Return label, colour and marker of each regime type."""
    return {
        "closed autocracy": (_("Closed autocracy"), style.RED, "s"),
        "electoral autocracy": (_("Electoral autocracy"), style.ORANGE, "D"),
        "electoral democracy": (_("Electoral democracy"), style.SKY, "o"),
        "liberal democracy": (_("Liberal democracy"), style.BLUE, "^"),
    }


def _reasons() -> dict[str, str]:
    return {
        "National security": _("National security"),
        "Copyright": _("Copyright"),
        "Regulated goods and services": _("Regulated goods"),
        "Privacy and security": _("Privacy and security"),
        "Defamation": _("Defamation"),
        "Fraud": _("Fraud"),
        "Religious offense": _("Religious offence"),
        "Obscenity/Nudity": _("Obscenity, nudity"),
        "Government criticism": _("Criticism of government"),
        "": _("All other reasons"),
    }


def _bodies() -> dict[str, str]:
    return {
        "court": _("Courts"),
        "communications": _("Communications authority"),
        "police": _("Police and military"),
        "executive": _("Executive and officials"),
        "agency": _("Consumer or data authority"),
        "other": _("Other"),
    }


@chart
def removals(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw requests to Google by half-year: all countries, then the eight that asked most.

    Parameters
    ----------
    frame
        The table ``google_removals``.
    """
    top = frame.groupby("code")["requests"].sum().nlargest(8).index
    world = frame.groupby("half", as_index=False)["requests"].sum().assign(code="")
    drawn = pd.concat([world, frame.loc[frame["code"].isin(top), ["half", "requests", "code"]]])
    figure, grid = style.subplots(3, 3, height=5.6, tall=5.8, across=2, sharex=True, sharey=True)
    for axes, code in zip(grid.flat, ["", *top], strict=True):
        line = drawn[drawn["code"] == code]
        axes.plot(line["half"], line["requests"].astype(float), color=style.BLUE, linestyle="-")
        axes.set_title(country(code) if code else _("All countries"))
        axes.set_yscale("log")
        axes.set_ylim(1, 200_000)
        axes.set_yticks([10, 1_000, 100_000])
        axes.minorticks_off()
        axis_format(axes.yaxis, "#,##0")
        axes.set_xticks(pd.to_datetime(["2012", "2018", "2024"]), ["2012", "2018", "2024"])
    figure.supylabel(_("Requests in a half-year (log scale)"), fontsize=9.5)
    return figure, drawn[["code", "half", "requests"]]


@chart
def bodies(shares: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw which kind of public body made a country's requests.

    Parameters
    ----------
    shares
        Columns ``code``, ``body``, ``requests`` and ``share``; countries in their order.
    """
    return _heat_map(shares, "body", _bodies(), height=3.4), shares


@chart
def reasons(shares: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the reasons of a country's requests.

    Parameters
    ----------
    shares
        Columns ``code``, ``reason``, ``requests`` and ``share``; countries in their order.
    """
    return _heat_map(shares, "reason", _reasons(), height=4.6), shares


def _heat_map(shares: pd.DataFrame, column: str, names: Mapping[str, str], height: float) -> Figure:
    grid = shares.pivot_table(index=column, columns="code", values="share", fill_value=0.0)
    grid = grid.reindex(index=list(names), columns=shares["code"].unique()).astype(float)
    if style.is_narrow():
        return _upright_heat_map(grid.T, names)
    figure, axes = style.subplots(height=height)
    _cells(axes, grid, "0%")
    axes.set_yticks(range(len(grid)), [names[name] for name in grid.index])
    axes.set_xticks(range(len(grid.columns)), [country(code) for code in grid.columns])
    axes.tick_params(axis="x", rotation=38, length=0)
    for tick in axes.get_xticklabels():
        tick.set(ha="right", rotation_mode="anchor")
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    return figure


def _upright_heat_map(grid: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Draw a row per country; the narrow figure has no room for signs of per cent."""
    figure, axes = style.subplots(height=2.2 + 0.24 * len(grid))
    _cells(axes, 100 * grid, "0")
    axes.set_yticks(range(len(grid)), [country(code) for code in grid.index])
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(grid.columns)), [names[str(name)] for name in grid], rotation=90)
    axes.tick_params(axis="x", length=0)
    axes.set_xlabel(_("Per cent of a country's requests"))
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    return figure


def _cells(axes: Axes, grid: pd.DataFrame, pattern: str) -> None:
    whole = 1 if pattern == "0%" else 100
    image = axes.imshow(grid, cmap="Blues", vmin=0, vmax=whole, aspect="auto")
    for (row, place), share in np.ndenumerate(grid.to_numpy()):
        if share >= 0.005 * whole:
            look = style.letters_on(image.to_rgba(share))
            axes.text(place, row, decimal(share, pattern), ha="center", va="center", **look)


@chart
def outcomes(shares: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what became of the items that a country asked Google to remove.

    Parameters
    ----------
    shares
        One row per country: ``code``, ``items`` and the shares ``items_removed``,
        ``items_gone``, ``items_unclear`` and ``items_kept``; countries in their order.
    """
    looks = {
        "items_removed": (_("Removed"), style.BLUE),
        "items_gone": (_("Already gone"), style.SKY),
        "items_unclear": (_("Too little information"), style.PALE),
        "items_kept": (_("Kept"), style.ORANGE),
    }
    figure, axes = style.subplots(height=4.6)
    places = np.arange(len(shares), dtype=float)
    style.stacked(axes, places, shares, looks, pattern="0%", least=0.08)
    axes.set_yticks(places, [country(code) for code in shares["code"]])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0%")
    axes.grid(visible=False)
    axes.set_xlabel(_("Share of the items named, 2019–2025"))
    style.legend(figure, *axes.get_legend_handles_labels(), loc="outside upper center", ncols=4)
    return figure, shares


@chart
def twitter(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw requests to Twitter by year: the three countries that asked most, and the rest.

    Parameters
    ----------
    frame
        Columns ``year``, ``code`` and ``requests``.
    """
    top = list(frame.groupby("code")["requests"].sum().nlargest(3).index)
    part = frame["code"].where(frame["code"].isin(top), "")
    drawn = frame.groupby(["year", part])["requests"].sum().unstack(fill_value=0)[[*top, ""]]
    figure, axes = style.subplots(height=3.4)
    base = np.zeros(len(drawn))
    for code, colour in zip(drawn, (style.BLUE, style.ORANGE, style.SKY, style.PALE), strict=True):
        height = drawn[code].to_numpy(float)
        axes.bar(
            drawn.index.astype(int),
            height,
            bottom=base,
            color=colour,
            label=country(str(code)) if code else _("All others"),
        )
        base += height
    for year, total in zip(drawn.index, base, strict=True):
        axes.text(year, total, decimal(total), ha="center", va="bottom")
    axes.set_xticks(drawn.index.astype(int))
    axis_format(axes.yaxis, "#,##0")
    axes.grid(axis="x", visible=False)
    axes.set_ylabel(_("Requests in a year"))
    handles, names = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], names[::-1], loc="upper left")
    return figure, drawn.rename(columns={"": "others"}).reset_index()


@chart
def places(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw shutdowns of any size and nationwide ones, side by side, by country.

    Parameters
    ----------
    frame
        One row per country: ``code``, ``any_size`` and ``nationwide``; countries in their order.
    """
    figure, (left, right) = style.subplots(1, 2, height=4.2, sharey=True)
    panels = ((left, "any_size", _("Of any size")), (right, "nationwide", _("Nationwide")))
    for axes, column, title in panels:
        counts = frame[column].to_numpy(float)
        axes.barh(range(len(frame)), counts, color=style.BLUE, height=0.7)
        for place, count in enumerate(counts):
            axes.text(count + counts.max() * 0.02, place, decimal(count), va="center")
        axes.set_title(title)
        axes.set_xlim(0, counts.max() * 1.18)
        axes.grid(visible=False)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    left.set_yticks(range(len(frame)), [country(code) for code in frame["code"]])
    left.invert_yaxis()
    return figure, frame


@chart
def shutdowns(rates: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw nationwide shutdowns per 100 country-years by regime type, with two intervals each.

    Parameters
    ----------
    rates
        Columns ``regime``, ``interval`` (``exact`` or ``clustered``), ``events``, and per 100
        country-years ``value``, ``low`` and ``high``. A few events cannot be resampled: the
        second interval is left out.
    """
    figure, axes = style.subplots(height=3.2)
    look = {
        "exact": (-0.14, 4.0, _("if events were independent (exact Poisson)")),
        "clustered": (0.14, 1.4, _("if whole countries are resampled (bootstrap)")),
    }
    names = _regimes()
    few = (rates["interval"] == "clustered") & (rates["events"] < _RESAMPLED_FROM)
    rates = rates[~few]
    for kind, (shift, width, text) in look.items():
        chosen = rates[rates["interval"] == kind]
        rows = chosen["regime"].map(list(names).index) + shift
        colour = style.BLUE if kind == "exact" else style.RED
        axes.hlines(rows, chosen["low"], chosen["high"], linewidth=width, color=colour, label=text)
        axes.plot(chosen["value"], rows, "o", color=colour)
        if kind == "exact":
            for row, value in zip(rows, chosen["value"], strict=True):
                style.label(axes, value, row - 0.24, decimal(value, "0.0"), ha="center")
    axes.set_yticks(range(len(names)), [name for name, _colour, _marker in names.values()])
    axes.set_ylim(len(names) - 0.5, -0.6)
    axes.set_xlim(left=0)
    axis_format(axes.xaxis, "0")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Nationwide shutdowns per 100 country-years, 2016–2024"))
    style.legend(figure, *axes.get_legend_handles_labels(), loc="outside upper right", ncols=1)
    return figure, rates


@chart
def disinformation(frame: pd.DataFrame, named: Mapping[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Draw disinformation by the government at home against electoral democracy.

    Parameters
    ----------
    frame
        The table ``digital_repression``.
    named
        Countries that get their name beside the mark: ISO 3166-1 code by name in the table.
    """
    figure, axes = style.subplots(height=4.4)
    for regime, (text, colour, marker) in _regimes().items():
        rows = frame[frame["regime"] == regime]
        x, y = rows["polyarchy"], rows["government_disinformation"]
        axes.plot(x, y, marker, color=colour, label=text, markeredgecolor="white", markersize=6)
    for _index, row in frame[frame["country"].isin(named)].iterrows():
        x, y = row["polyarchy"], row["government_disinformation"]
        left = style.is_narrow() and x < 0.5
        side, away = ("right", -0.03) if left else ("left", 0.015)
        style.label(axes, x + away, y, country(named[row["country"]]), ha=side)
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0.0")
    axis_format(axes.yaxis, "0")
    axes.set_xlabel(_("Electoral democracy index, 2021"))
    axes.set_ylabel(_("Disinformation by the government at home"))
    named_regimes = axes.get_legend_handles_labels()
    loc, close = "outside upper center", {"columnspacing": 1, "handletextpad": 0.3}
    style.legend(figure, *named_regimes, loc=loc, ncols=4, **close)
    columns = ["country", "regime", "polyarchy", "government_disinformation"]
    return figure, frame[columns]


@chart
def censorship_by_regime(bands: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the quartiles of internet censorship by regime type and year.

    Parameters
    ----------
    bands
        Columns ``regime``, ``year``, ``low``, ``median``, ``high`` and ``cases``.
    """
    names = {name: text for name, (text, _colour, _marker) in _regimes().items()}
    figure, grid = style.subplots(2, 2, height=3.8, tall=5.2, sharex=True, sharey=True)
    for axes, (name, title) in zip(grid.flat, names.items(), strict=True):
        band = bands[bands["regime"] == name]
        years = band["year"].astype(int)
        axes.fill_between(years, band["low"], band["high"], color=style.SKY, alpha=0.35)
        axes.plot(years, band["median"], color=style.BLUE, linestyle="-")
        last = band.iloc[-1]
        text = decimal(last["median"], "0.0")
        style.label(axes, last["year"] + 0.5, last["median"], text)
        axes.set_title(title)
        axes.set_xlim(1993, 2027)
        axes.set_xticks([1995, 2005, 2015], ["1995", "2005", "2015"])
        axis_format(axes.yaxis, "0")
    figure.supylabel(_("Censorship effort (lower means more censorship)"), fontsize=9.5)
    return figure, bands


@chart
def criticism(fates: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how much of what a country named for criticism of the government was removed.

    Parameters
    ----------
    fates
        What :func:`govsocial.findings.control.criticism` returns.
    """
    figure, axes = style.subplots(height=3.8)
    rows = np.arange(len(fates))
    axes.barh(rows, 1, color=style.PALE, height=0.7)
    axes.barh(rows, fates["removed_share"].astype(float), color=style.BLUE, height=0.7)
    for row, share, items in zip(rows, fates["removed_share"], fates["items"], strict=True):
        inside = share > _WIDE_ENOUGH
        left, ink = (0.01, "white") if inside else (share + 0.01, style.INK)
        axes.text(left, row, decimal(share, "0%"), color=ink, va="center")
        axes.text(1.015, row, decimal(items), va="center")
    axes.text(1.015, -0.85, _("Items named"), va="center")
    axes.set_yticks(rows, [country(code) for code in fates["code"]])
    axes.set_ylim(len(rows) - 0.4, -1.1)
    axes.set_xlim(0, 1.18)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axis_format(axes.xaxis, "0%")
    axes.grid(visible=False)
    axes.set_xlabel(_("Share of the items that Google removed, 2019–2025"))
    return figure, fates


@chart
def orders(services: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw orders to act against content beside orders to give information on users.

    Parameters
    ----------
    services
        Rows of the table ``dsa_services``, in the order of the figure.
    """
    figure, axes = style.subplots(height=3.8)
    rows = np.arange(len(services))
    act, provide = (services[name].to_numpy(float) for name in ("to_act", "to_provide"))
    axes.hlines(rows, act, provide, color=style.PALE, linewidth=3)
    axes.plot(act, rows, "D", color=style.ORANGE, label=_("Act against content"))
    axes.plot(provide, rows, "o", color=style.BLUE, label=_("Give information on users"))
    for row, pair in enumerate(zip(act, provide, strict=True)):
        for value, factor, side in ((min(pair), 0.8, "right"), (max(pair), 1.25, "left")):
            style.label(axes, value * factor, row, decimal(value), ha=side)
    axes.set_xscale("log")
    axes.set_xlim(0.7, 90_000)
    axes.set_xticks([1, 100, 10_000])
    axes.minorticks_off()
    axis_format(axes.xaxis, "#,##0")
    axes.set_yticks(rows, list(services["service"]))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Orders of EU authorities, July to December 2025 (log scale)"))
    style.legend(figure, *axes.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure, services[["service", "to_act", "to_provide"]]


@chart
def orders_by_state(states: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw orders to a service per million of its users, by state and kind.

    Parameters
    ----------
    states
        What :func:`govsocial.findings.control.per_million` returns.
    """
    figure, (left, right) = style.subplots(1, 2, height=4.4, sharey=True)
    rows = np.arange(len(states))
    panels = (
        (left, "act_per_million", style.ORANGE, _("Act against content")),
        (right, "provide_per_million", style.BLUE, _("Give information on users")),
    )
    for axes, column, colour, title in panels:
        values = states[column].to_numpy(float)
        axes.barh(rows, values, color=colour, height=0.72)
        for row, value in zip(rows, values, strict=True):
            axes.text(value + values.max() * 0.02, row, decimal(value, "0.0"), va="center")
        axes.set_title(title)
        axes.set_xlim(0, values.max() * 1.2)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.grid(visible=False)
    left.set_yticks(rows, [country(code) for code in states["state"]])
    left.set_ylim(len(rows) - 0.4, -0.6)
    return figure, states


@chart
def causes(counts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw shutdowns by what they answered to, split by what was switched off.

    Parameters
    ----------
    counts
        What :func:`govsocial.findings.control.by_cause` returns.
    """
    looks = {
        "network": (_("Whole network"), style.BLUE),
        "both": (_("Both"), style.SKY),
        "services": (_("Single services"), style.ORANGE),
    }
    figure, axes = style.subplots(height=3.9)
    rows = np.arange(len(counts), dtype=float)
    style.stacked(axes, rows, counts, looks, shares=False, least=_LONG_ENOUGH, height=0.72)
    axes.set_yticks(rows, [_causes()[cause] for cause in counts.index])
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(_("Shutdowns outside India, 2023–2025"))
    style.inner_legend(axes, "lower right")
    return figure, counts.reset_index()


def _causes() -> dict[str, str]:
    """Return the name of each cause of a shutdown."""
    return {
        "conflict": _("Armed conflict"),
        "protests": _("Protests"),
        "control of information": _("Control of information"),
        "school exams": _("School exams"),
        "elections": _("Elections"),
        "political instability": _("Political instability"),
        "communal violence": _("Communal violence"),
        "other or unknown": _("Other or unknown"),
    }
