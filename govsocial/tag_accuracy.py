"""How far a tag given by words can be trusted: a reading of what it found and what it missed.

A list of rows is in up to three parts, as in the table ``ad_readings``: the *tagged* rows, all
read; the untagged rows that were all *read*; and a rest that was *drawn*, each draw falling on a
row with a probability in proportion to its money.
"""

from __future__ import annotations

import pandas as pd

from govsocial.uncertainty import Estimate, share


def tagged_share(parts: pd.DataFrame) -> float:
    """Return the share of the money that the tag gives to public bodies.

    Parameters
    ----------
    parts
        The rows of one report in the table ``ad_readings``.
    """
    return float(_tagged(parts)["spent"] / parts["spent"].sum())


def public_share(parts: pd.DataFrame) -> Estimate:
    """Return the share of the money that public bodies paid, by reading.

    What was read in full has no sampling error; the share in the drawn rest has Wilson's
    interval. (Draws at equal steps through rows in order of size vary less than independent
    ones, so that the interval is rather too wide.)

    Parameters
    ----------
    parts
        The rows of one report in the table ``ad_readings``.

    References
    ----------
    Leslie, D. A., Teitlebaum, A. D. and Anderson, R. J. (1979). *Dollar-Unit Sampling*.
    """
    money = _public_money(parts)
    total = float(parts["spent"].sum())
    return Estimate(*(value / total for value in money))


def precision(parts: pd.DataFrame) -> Estimate:
    """Return the share of the tagged advertisers that are public bodies, with Wilson's interval.

    The interval answers for other advertisers of the same kind; of those at hand all were read.

    Raises
    ------
    ValueError
        If nothing was tagged.
    """
    tagged = _tagged(parts)
    return share(int(tagged["public"]), int(tagged["rows"]))


def money_precision(parts: pd.DataFrame) -> float:
    """Return the share of the tagged money that public bodies paid; not a number if none was."""
    tagged = _tagged(parts)
    return float(tagged["public_spent"] / tagged["spent"]) if tagged["spent"] else float("nan")


def money_recall(parts: pd.DataFrame) -> Estimate:
    """Return the share of public bodies' money that the tag found.

    Raises
    ------
    ValueError
        If no public body was found by reading.
    """
    found = float(_tagged(parts)["public_spent"])
    value, low, high = _public_money(parts)
    if value <= 0:
        raise ValueError("there is no public body of which the tag could find a share")
    return Estimate(found / value, found / high, found / low)  # a value above zero has such a bound


def by_report(readings: pd.DataFrame) -> pd.DataFrame:
    """Return tag and reading side by side, one row per report.

    Parameters
    ----------
    readings
        The table ``ad_readings``.

    Returns
    -------
    DataFrame
        Columns ``period``, ``country``, ``tagged`` (share of money by the tag), ``value``,
        ``low``, ``high`` (by reading), ``hits`` and ``rows`` (public bodies among the tagged
        advertisers, and these), ``precision`` and ``recall`` (of money; missing where nothing
        was tagged or no public body found), ``recall_low``, ``recall_high``.
    """
    rows = []
    for (period, country), parts in readings.groupby(["period", "country"]):
        by_reading = public_share(parts)
        recall = money_recall(parts) if by_reading.value else Estimate(*[float("nan")] * 3)
        rows.append(
            {
                "period": period,
                "country": country,
                "tagged": tagged_share(parts),
                **by_reading._asdict(),
                "hits": int(_tagged(parts)["public"]),
                "rows": int(_tagged(parts)["rows"]),
                "precision": money_precision(parts),
                "recall": recall.value,
                "recall_low": recall.low,
                "recall_high": recall.high,
            }
        )
    return pd.DataFrame(rows)


def _tagged(parts: pd.DataFrame) -> pd.Series:
    return parts[parts["part"] == "tagged"].iloc[0]


def _public_money(parts: pd.DataFrame) -> Estimate:
    """Return what public bodies paid, in money."""
    known = float(parts["public_spent"].fillna(0).sum())
    drawn = parts[parts["draws"].notna()]
    if drawn.empty:
        return Estimate(known, known, known)
    rest = drawn.iloc[0]
    part = share(int(rest["public"]), int(rest["draws"]))
    return Estimate(*(known + float(rest["spent"]) * value for value in part))
