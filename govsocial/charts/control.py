"""Figures of the chapter on control: requests, reasons, shutdowns, censorship, disinformation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, country, decimal
from govsocial.language import translation

_ = translation(__name__)

_LIGHT_TEXT_FROM = 0.65
"""Share of the colour scale from which text on a cell is light."""


def _regimes() -> dict[str, tuple[str, str, str]]:
    """Return label, colour and marker of each regime type."""
    return {
        "closed autocracy": (_("Closed autocracy"), style.RED, "s"),
        "electoral autocracy": (_("Electoral autocracy"), style.ORANGE, "D"),
        "electoral democracy": (_("Electoral democracy"), style.SKY, "o"),
        "liberal democracy": (_("Liberal democracy"), style.BLUE, "^"),
    }


def _regions() -> dict[str, str]:
    return {
        "Western Europe and North America": _("Western Europe and North America"),
        "Eastern Europe and Central Asia": _("Eastern Europe and Central Asia"),
        "Latin America and the Caribbean": _("Latin America and the Caribbean"),
        "Sub-Saharan Africa": _("Sub-Saharan Africa"),
        "Asia and Pacific": _("Asia and Pacific"),
        "Middle East and North Africa": _("Middle East and North Africa"),
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
    figure, grid = style.subplots(3, 3, height=5.6, sharex=True, sharey=True)
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
def published(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how far each printed total lies from the sum of the file.

    Parameters
    ----------
    frame
        The table ``google_published_totals``.
    """
    drawn = frame.assign(difference=frame["computed"] - frame["published"])
    drawn = drawn.sort_values(["last", "first", "published"], ignore_index=True)
    figure, axes = style.subplots(height=6.2)
    places = -np.arange(len(drawn))
    gap = drawn["difference"].astype(float)
    exact = gap == 0
    axes.axvline(0, color=style.GREY, linewidth=0.8)
    axes.hlines(places[~exact], 0, gap[~exact], color=style.RED, linewidth=1.5)
    axes.plot(gap[exact], places[exact], "o", color=style.BLUE)
    axes.plot(gap[~exact], places[~exact], "D", color=style.RED)
    for place, value in zip(places[~exact], gap[~exact], strict=True):
        side = {"ha": "right"} if value < 0 else {"ha": "left"}
        text = decimal(value, "+#,##0;-#,##0")
        style.label(axes, value + 2 * np.sign(value), place, text, **side)
    axes.set_yticks(places, [_subject(row) for _index, row in drawn.iterrows()])
    axes.set_xlim(-110, 45)
    axes.set_ylim(0.6 - len(drawn), 0.6)
    axes.grid(axis="y", visible=False)
    axis_format(axes.xaxis, "#,##0")
    axes.set_xlabel(_("Requests in the file less requests as printed"))
    return figure, drawn


def _subject(row: pd.Series) -> str:
    who = country(row["code"]) if pd.notna(row["code"]) else _("All countries")
    if pd.notna(row["product"]):
        who = {"Web Search": _("Web search"), "Maps": _("Maps")}.get(row["product"], row["product"])
    return f"{who}, {_span(row['first'], row['last'])}: {decimal(row['published'])}"


def _span(first: pd.Timestamp, last: pd.Timestamp) -> str:
    if first == last:
        half = _("first half of {year}") if first.month == 1 else _("second half of {year}")
        return half.format(year=first.year)
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


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
    figure, axes = style.subplots(height=height)
    image = axes.imshow(grid, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for (row, place), share in np.ndenumerate(grid.to_numpy()):
        if share >= 0.005:
            ink = "white" if image.norm(share) > _LIGHT_TEXT_FROM else style.INK
            axes.text(place, row, decimal(share, "0%"), color=ink, ha="center", va="center")
    axes.set_yticks(range(len(grid)), [names[name] for name in grid.index])
    axes.set_xticks(range(len(grid.columns)), [country(code) for code in grid.columns])
    axes.tick_params(axis="x", rotation=38, length=0)
    for tick in axes.get_xticklabels():
        tick.set(ha="right", rotation_mode="anchor")
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    return figure


@chart
def outcomes(shares: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what became of the items that a country asked Google to remove.

    Parameters
    ----------
    shares
        One row per country: ``code``, ``items`` and the shares ``items_removed``,
        ``items_gone``, ``items_unclear`` and ``items_kept``; countries in their order.
    """
    parts = {
        "items_removed": (_("Removed"), style.BLUE, "white"),
        "items_gone": (_("Already gone"), style.SKY, style.INK),
        "items_unclear": (_("Too little information"), style.PALE, style.INK),
        "items_kept": (_("Kept"), style.ORANGE, style.INK),
    }
    figure, axes = style.subplots(height=4.6)
    left = np.zeros(len(shares))
    for name, (text, colour, ink) in parts.items():
        width = shares[name].to_numpy(float)
        axes.barh(range(len(shares)), width, left=left, color=colour, label=text, height=0.75)
        for place, (start, share) in enumerate(zip(left, width, strict=True)):
            if share >= 0.08:
                text = decimal(share, "0%")
                axes.text(start + share / 2, place, text, color=ink, ha="center", va="center")
        left += width
    axes.set_yticks(range(len(shares)), [country(code) for code in shares["code"]])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0%")
    axes.grid(visible=False)
    axes.set_xlabel(_("Share of the items named, 2019–2025"))
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=4)
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
def companies(
    frame: pd.DataFrame, named: Sequence[str] = ("TR", "RU", "FR", "JP", "IN", "US", "BR", "TH")
) -> tuple[Figure, pd.DataFrame]:
    """Draw each country's requests to Google and to Twitter in the same years.

    Parameters
    ----------
    frame
        Columns ``code``, ``google`` and ``twitter``: requests, at least one of each.
    named
        Codes of the countries that get a label.
    """
    figure, axes = style.subplots(height=4.4)
    axes.plot([1, 1e5], [1, 1e5], color=style.GREY, linestyle="--", linewidth=0.9)
    style.label(
        axes, 22, 34, _("equally many"), rotation=35, rotation_mode="anchor", color=style.GREY
    )
    axes.plot(frame["google"].astype(float), frame["twitter"].astype(float), "o", color=style.BLUE)
    for _index, row in frame[frame["code"].isin(named)].iterrows():
        style.label(axes, row["google"] * 1.18, row["twitter"], country(row["code"]))
    axes.set(xscale="log", yscale="log", xlim=(0.8, 4e5), ylim=(0.8, 7e4))
    for axis in (axes.xaxis, axes.yaxis):
        axis_format(axis, "#,##0")
    axes.minorticks_off()
    axes.set_xlabel(_("Requests to Google, 2012–2018 (log scale)"))
    axes.set_ylabel(_("Requests to Twitter, 2012–2018 (log scale)"))
    return figure, frame


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
        Columns ``regime``, ``interval`` (``exact`` or ``clustered``), ``value``, ``low`` and
        ``high``, per 100 country-years.
    """
    figure, axes = style.subplots(height=3.2)
    look = {
        "exact": (-0.14, 4.0, _("if events were independent (exact Poisson)")),
        "clustered": (0.14, 1.4, _("if whole countries are drawn (bootstrap)")),
    }
    names = _regimes()
    for kind, (shift, width, text) in look.items():
        chosen = rates[rates["interval"] == kind].set_index("regime").loc[list(names)]
        rows = np.arange(len(chosen)) + shift
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
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper right", ncols=1)
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
        place = row["polyarchy"] + 0.015, row["government_disinformation"]
        style.label(axes, *place, country(named[row["country"]]))
    axes.set_xlim(0, 1)
    axis_format(axes.xaxis, "0.0")
    axis_format(axes.yaxis, "0")
    axes.set_xlabel(_("Electoral democracy index, 2021"))
    axes.set_ylabel(_("Disinformation by the government at home"))
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=4)
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
    return _bands(bands, "regime", names, (2, 2)), bands


@chart
def censorship_by_region(bands: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the quartiles of internet censorship by region and year.

    Parameters
    ----------
    bands
        Columns ``region``, ``year``, ``low``, ``median``, ``high`` and ``cases``.
    """
    return _bands(bands, "region", _regions(), (3, 2)), bands


def _bands(
    bands: pd.DataFrame, column: str, names: Mapping[str, str], shape: tuple[int, int]
) -> Figure:
    rows, columns = shape
    figure, grid = style.subplots(rows, columns, height=1.9 * rows, sharex=True, sharey=True)
    for axes, (name, title) in zip(grid.flat, names.items(), strict=True):
        band = bands[bands[column] == name]
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
    return figure
