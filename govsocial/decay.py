"""How a list of accounts ages: dead links, and what remains true of a copy."""

from __future__ import annotations

import math

import pandas as pd

from govsocial.uncertainty import add_shares

_FATES = ("same", "changed", "unlisted", "left")


def dead_links(links: pd.DataFrame) -> pd.DataFrame:
    """Return the share of unavailable addresses in groups of the register, with intervals.

    Parameters
    ----------
    links
        The table ``us_facebook_links_2017``.

    Returns
    -------
    DataFrame
        One row per group (the groups overlap): ``addresses``, ``unavailable``, their ``share``
        and the bounds ``low`` and ``high`` of Wilson's 95% interval.
    """
    later = ~links["in_2012"]
    masks = {
        "all": links["addresses"] > 0,
        "in_2012": links["in_2012"],
        "later": later,
        "underscore": links["underscore"],
        "twitter_name": later & links["twitter_name"],
        "embassy_before": ~later & (links["kind"] == "embassy or consulate"),
        "embassy_later": later & (links["kind"] == "embassy or consulate"),
        "study": links["kind"] == "study and exchange",
        "park": links["kind"] == "park or refuge",
    }
    columns = ["addresses", "unavailable"]
    counts = pd.DataFrame({name: links.loc[mask, columns].sum() for name, mask in masks.items()})
    return add_shares(counts.T.rename_axis("group"), "unavailable", "addresses")


def shares_by_age(copies: pd.DataFrame, month: int) -> pd.DataFrame:
    """Return what became of copies made in one month of every year, by their age.

    Parameters
    ----------
    copies
        The table ``congress_list_ageing``.
    month
        Month in which the copies were made, 1 to 12.

    Returns
    -------
    DataFrame
        By ``years`` since the copy, in quarters of a year: the number of ``copies`` that have
        that age, the mean share of entries with each fate (``same``, ``changed``, ``unlisted``,
        ``left``), and the lowest and highest share of the first (``low``, ``high``).

    Raises
    ------
    ValueError
        If no copy was made in that month.
    """
    chosen = copies[copies["copied"].dt.month == month]
    if chosen.empty:
        raise ValueError(f"there is no copy of month {month}")
    parts = {fate: (chosen[fate] / chosen["entries"]).astype(float) for fate in _FATES}
    months = (chosen["checked"].dt.year - chosen["copied"].dt.year) * 12
    months = months + chosen["checked"].dt.month - chosen["copied"].dt.month
    grouped = pd.DataFrame(parts | {"years": months / 12}).groupby("years")
    ages = grouped.mean()
    ages.insert(0, "copies", grouped.size())
    return ages.assign(low=grouped["same"].min(), high=grouped["same"].max())


def half_life(remaining: pd.Series[float]) -> float:
    """Return the first age at which half of a list, or less, remains.

    Parameters
    ----------
    remaining
        Share of the entries that remain, by age, in rising order of age. Nothing is
        interpolated: a list of office-holders loses its entries in steps, at elections.

    Returns
    -------
    float
        An age of the index; not a number if more than half remains at all of them.
    """
    reached = remaining.index[remaining <= 0.5]
    return float(reached[0]) if len(reached) else math.nan
