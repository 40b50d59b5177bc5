"""Figures of the chapter on adoption: who arrived, when, and who did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import matplotlib as mpl
import pandas as pd
from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from govsocial import labels
from govsocial.adoption import Fit
from govsocial.charts.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    chart,
    common_labels,
    label,
    legend,
    pick,
    subplots,
)
from govsocial.language import translation

_ = translation(__name__)

# Countries smaller than this can hardly be seen on the map: they get a dot as well.
_DOT_BELOW_KM2 = 15_000


def _share_axis(axes: Axes, top: float = 1.0) -> None:
    axes.set_ylim(0, top)
    labels.axis_format(axes.yaxis, "0%")


def _model_name(model: str) -> str:
    return {"logistic": _("logistic"), "bass": _("Bass")}[model]


@chart
def curves(adoption: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of countries active by month: by platform, and by kind of account.

    Parameters
    ----------
    adoption
        The table ``leader_adoption``.
    """
    drawn = adoption.assign(share=adoption["active"] / adoption["countries"])
    figure, (left, right) = subplots(1, 2, height=3.7, sharey=True)
    platforms = {
        ("any", "any"): (_("either"), INK, "-"),
        ("twitter", "any"): (_("Twitter"), BLUE, "-"),
        ("facebook", "any"): (_("Facebook"), ORANGE, "--"),
    }
    kinds = {
        ("any", "personal"): (_("personal"), GREEN, "-"),
        ("any", "institution"): (_("institutional"), ORANGE, "--"),
    }
    for axes, lines in ((left, platforms), (right, kinds)):
        _lines(axes, drawn, lines)
        _share_axis(axes, 0.9)
    left.set_title(_("By platform"))
    right.set_title(_("By kind of account"))
    chosen = pd.MultiIndex.from_tuples([*platforms, *kinds])
    kept = pd.MultiIndex.from_frame(drawn[["platform", "kind"]]).isin(chosen)
    return figure, drawn.loc[kept, ["month", "platform", "kind", "active", "share"]]


def _lines(
    axes: Axes, drawn: pd.DataFrame, lines: Mapping[tuple[str, str], tuple[str, str, str]]
) -> None:
    for (platform, kind), (name, colour, dash) in lines.items():
        rows = drawn[(drawn["platform"] == platform) & (drawn["kind"] == kind)]
        axes.plot(rows["month"], rows["share"], color=colour, linestyle=dash, label=name)
    axes.legend(loc="upper left")
    _year_ticks(axes, 2)


def _year_ticks(axes: Axes, step: int) -> None:
    axes.xaxis.set_major_locator(dates.YearLocator(step))
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y"))


@chart
def fits(observed: pd.DataFrame, fitted: Sequence[Fit]) -> tuple[Figure, pd.DataFrame]:
    """Draw observed shares and fitted curves with their bands, a panel per model.

    Parameters
    ----------
    observed
        ``month`` and ``share`` (see :func:`govsocial.adoption.cumulative`).
    fitted
        One fit per panel.
    """
    figure, panels = subplots(1, len(fitted), height=3.5, sharey=True)
    for axes, fit in zip(panels, fitted, strict=True):
        curve = fit.curve
        axes.fill_between(curve["month"], curve["low"], curve["high"], color=BLUE, alpha=0.2)
        axes.plot(curve["month"], curve["share"], color=BLUE, linestyle="-")
        points = observed.iloc[::4]
        axes.plot(points["month"], points["share"], "o", color=INK, markersize=2.6)
        axes.set_title(_model_name(fit.model).capitalize())
        _year_ticks(axes, 3)
        _share_axis(axes, 0.9)
    frames = [fit.curve.assign(model=fit.model) for fit in fitted]
    drawn = pd.concat(frames).merge(
        observed[["month", "share"]], "left", "month", suffixes=("", "_observed")
    )
    return figure, drawn


@chart
def forecasts(observed: pd.DataFrame, known: Mapping[str, Fit]) -> tuple[Figure, pd.DataFrame]:
    """Draw what a fit would have foretold from the months known at several dates.

    Parameters
    ----------
    observed
        ``month`` and ``share``.
    known
        Fits by the last month that they knew (``"2010-12-01"``).
    """
    figure, panels = subplots(1, len(known), height=3.2, sharey=True)
    for axes, (until, fit) in zip(panels, known.items(), strict=True):
        last = pd.Timestamp(until)
        past, future = observed[observed["month"] <= last], observed[observed["month"] > last]
        curve = fit.curve
        axes.fill_between(curve["month"], curve["low"], curve["high"], color=ORANGE, alpha=0.25)
        axes.plot(curve["month"], curve["share"], color=ORANGE, linestyle="--")
        axes.plot(past["month"], past["share"], color=INK, linestyle="-", linewidth=2.6)
        axes.plot(future["month"], future["share"], color=INK, linestyle=":", linewidth=1.6)
        axes.set_title(_("Known to {year}").format(year=last.year))
        _year_ticks(axes, 3)
        _share_axis(axes)
    drawn = pd.concat(fit.curve.assign(known_until=until) for until, fit in known.items())
    return figure, drawn.merge(
        observed[["month", "share"]], "left", "month", suffixes=("", "_observed")
    )


@chart
def foretold(forecasts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what a model would have foretold for the end, by the month in which it was asked.

    Parameters
    ----------
    forecasts
        What :func:`govsocial.findings.adoption.forecasts` returns.
    """
    titles = {
        "twitter": _("Twitter:\n{share} came"),
        "facebook": _("Facebook:\n{share} came"),
        "undoubted": _("Facebook without doubtful\ndates: {share} came"),
    }
    figure, panels = subplots(1, 3, height=3.7, tall=7.4, sharey=True)
    for axes, (series, title) in zip(panels, titles.items(), strict=True):
        rows = forecasts[forecasts["series"] == series]
        came = rows["came"].iloc[0]
        axes.axhline(came, color=INK, linewidth=1.2)
        axes.plot(rows["known"], rows["then"], color=GREY, linestyle=":", linewidth=1.6)
        axes.vlines(rows["known"], rows["low"], rows["high"], color=ORANGE, linewidth=3, alpha=0.6)
        axes.plot(rows["known"], rows["value"], "o", color=ORANGE, markersize=6)
        axes.set_title(title.format(share=labels.decimal(came, "0%")), fontsize=9)
        _year_ticks(axes, 2)
        axes.set_xlim(pd.Timestamp("2009-08-01"), pd.Timestamp("2014-04-01"))
        _share_axis(axes, 1.02)
    label(panels[0], pd.Timestamp("2011-10-01"), 0.33, _("there by then"), color=GREY)
    common_labels(panels, x=_("known until"), y=_("share foretold for August 2015"))
    return figure, forecasts


@chart
def regions(shares: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of countries active on either platform, a small panel per region.

    Parameters
    ----------
    shares
        ``region``, ``month``, ``share``, ``countries``.
    """
    order = shares.groupby("region")["share"].last().sort_values(ascending=False).index
    figure, grid = subplots(2, 3, height=4.6, tall=4.6, across=2, sharex=True, sharey=True)
    for axes, region in zip(grid.flat, order, strict=True):
        for other in order.drop(region):
            rows = shares[shares["region"] == other]
            axes.plot(rows["month"], rows["share"], color=PALE, linestyle="-", linewidth=1)
        rows = shares[shares["region"] == region]
        axes.plot(rows["month"], rows["share"], color=BLUE, linestyle="-", linewidth=2.4)
        count = _("{n} countries").format(n=labels.decimal(rows["countries"].iloc[0]))
        title = axes.set_title(labels.regions()[region], fontsize=9)
        title.set_fontweight(pick("bold", "normal"))
        label(axes, pd.Timestamp("2007-03-01"), 0.93, count, color=GREY)
        _year_ticks(axes, 4)
        _share_axis(axes, 1.02)
    return figure, shares


@chart
def world(first: pd.DataFrame, outlines: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw a map of the year of first activity, in an equal-area projection.

    Parameters
    ----------
    first
        The table ``leader_first_months``.
    outlines
        The table ``world_map``: outlines in the Equal Earth projection, in kilometres.
    """
    merged = outlines.merge(first[["iso3", "first_any"]], how="left", on="iso3", indicator=True)
    studied = merged["_merge"].eq("both")
    year = merged["first_any"].dt.year
    shades = mpl.colormaps["Blues"]
    steps = {
        _("2007 to 2009"): (year <= 2009, to_hex(shades(1.0))),
        _("2010 or 2011"): (year.between(2010, 2011), to_hex(shades(0.65))),
        _("2012 to 2015"): (year >= 2012, to_hex(shades(0.35))),
        _("not seen"): (studied & year.isna(), ORANGE),
    }
    figure, axes = subplots(height=3.9, tall=2.6)
    shapes = gpd.GeoSeries.from_wkt(merged["geometry"])
    outside = {"color": "white", "edgecolor": GREY, "linewidth": 0.5}
    shapes[~studied].plot(ax=axes, aspect="equal", **outside)
    for rows, colour in steps.values():
        shapes[rows].plot(ax=axes, color=colour, edgecolor="white", linewidth=0.5, aspect="equal")
        dots = merged[rows & (merged["area_km2"] < _DOT_BELOW_KM2)]
        axes.scatter(
            dots["x"], dots["y"], s=14, color=colour, edgecolor=INK, linewidth=0.5, zorder=3
        )
    keys = [
        Patch(facecolor=colour, edgecolor=INK, linewidth=0.5, label=name)
        for name, (_rows, colour) in steps.items()
    ]
    keys.append(Patch(facecolor="white", edgecolor=GREY, lw=0.8, label=_("not in the study")))
    legend(axes, handles=keys, loc="upper center", bbox_to_anchor=(0.5, 0.02), ncols=5)
    axes.set_axis_off()
    return figure, first[["iso3", "country", "first_any"]]


@chart
def unseen(shares: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the share of countries never seen on a platform, with intervals, by three groupings.

    Parameters
    ----------
    shares
        ``grouping`` (``internet_use``, ``population`` or ``regime``) and the columns of
        :func:`govsocial.adoption.unseen`; the groups of a grouping from low to high.
    """
    titles = {
        "internet_use": _("By internet use, quarters of countries"),
        "population": _("By population, quarters of countries"),
        "regime": _("By regime type"),
    }
    figure, panels = subplots(3, 1, height=5.8, sharex=True)
    for axes, (grouping, title) in zip(panels, titles.items(), strict=True):
        rows = shares[shares["grouping"] == grouping].reset_index(drop=True)
        spans = [rows["value"] - rows["low"], rows["high"] - rows["value"]]
        axes.errorbar(
            rows["value"], rows.index, xerr=spans, fmt="o", color=BLUE, capsize=0, clip_on=False
        )
        for place, row in rows.iterrows():
            counted = _("{n} of {total}").format(
                n=labels.decimal(row["unseen"]), total=labels.decimal(row["countries"])
            )
            label(axes, 0.61, place, counted, color=GREY)
        axes.set_yticks(rows.index, [_group_name(group) for group in rows["group"]])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(0, 0.6)
        axes.set_title(title)
    labels.axis_format(panels[-1].xaxis, "0%")
    return figure, shares


def _group_name(group: str) -> str:
    return {
        "lowest": _("lowest"),
        "second": _("second"),
        "third": _("third"),
        "highest": _("highest"),
        "closed autocracy": _("closed autocracy"),
        "electoral autocracy": _("electoral autocracy"),
        "electoral democracy": _("electoral democracy"),
        "liberal democracy": _("liberal democracy"),
        "not rated": _("not rated"),
    }[group]


@chart
def series(ours: pd.DataFrame, published: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw three counts of governments on Twitter: countries, and shares of each one's total.

    Parameters
    ----------
    ours
        ``month``, ``active``, ``countries`` of the panel.
    published
        ``series`` (``Twiplomacy`` or ``Digital Policy Council``), ``date``, ``countries`` active,
        ``of`` and ``share``.
    """
    figure, (left, right) = subplots(1, 2, height=3.7)
    for axes, column in ((left, "countries"), (right, "share")):
        mine = ours["active"] if column == "countries" else ours["active"] / ours["countries"]
        axes.plot(ours["month"], mine, color=INK, linestyle="-", label=_("Barberá and Zeitzoff"))
        for name, colour, marker in (
            ("Twiplomacy", BLUE, "o"),
            ("Digital Policy Council", ORANGE, "s"),
        ):
            rows = published[published["series"] == name]
            axes.plot(
                rows["date"], rows[column], color=colour, marker=marker, linestyle=":", label=name
            )
        _year_ticks(axes, 3)
    left.set_ylim(0, 200)
    left.set_title(_("Countries"))
    right.set_title(_("Share of the countries counted"))
    _share_axis(right)
    right.legend(loc="lower right", fontsize=8)
    panel = ours.assign(series="Barberá and Zeitzoff", share=ours["active"] / ours["countries"])
    panel = panel.rename(columns={"month": "date", "countries": "of", "active": "countries"})
    return figure, pd.concat([panel, published])[["series", "date", "countries", "of", "share"]]


_SHOWN = 10


@chart
def audiences(largest: pd.DataFrame, total: int, accounts: int) -> tuple[Figure, pd.DataFrame]:
    """Draw the most followed accounts of leaders and offices on Twitter, and all the others.

    Parameters
    ----------
    largest
        The table ``leader_largest_accounts``, the most followed first.
    total
        Followers of all accounts.
    accounts
        Number of all accounts.
    """
    top = largest.head(_SHOWN)
    names = [
        _("@{account} ({country})").format(account=account, country=labels.country(iso3))
        for account, iso3 in zip(top["account"], top["iso3"], strict=True)
    ]
    rest = _("the other {n} accounts").format(n=labels.decimal(accounts - len(top)))
    followers = [*top["followers"], total - top["followers"].sum()]
    drawn = pd.DataFrame({"account": [*top["account"], ""], "followers": followers})
    drawn["share"] = drawn["followers"] / total
    figure, axes = subplots(height=4.2)
    rows = range(len(drawn))
    axes.barh(rows, drawn["followers"] / 1e6, color=[BLUE] * len(top) + [GREY], height=0.7)
    for row, count in zip(rows, drawn["followers"] / 1e6, strict=True):
        label(axes, count + 1, row, labels.decimal(count, "0"), fontsize=10)
    axes.set_yticks(rows, [*names, rest], fontsize=9.5)
    axes.set_ylim(len(drawn) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(_("million followers"))
    return figure, drawn
