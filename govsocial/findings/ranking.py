"""How firm a fourteenth place is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from govsocial import ranking
from govsocial.uncertainty import LEVEL, Estimate

EDITION = 2022
"""Edition of the open index."""

LINE = 14
"""The place in line of the country whose range is told."""

NEIGHBOURS = (9, 19)
"""Places whose ranges are told beside that of one country."""

ORGANISATIONS = {
    "un": ["e_participation", "online_services", "infrastructure", "human_capital"],
    "bank": ["engagement", "service_portals", "openness"],
}
"""Indicators of the open index by the organisation that scores them."""

ITALY = (2012, 2016, 2024)
"""Editions of which Italy's place is told: of the year of the post, its best, and the newest."""

CLASSES = 5
"""Classes of equal size that take the place of places in an exercise."""

BEST = 50
"""Best portals of which the regimes are told."""


def chambers(accounts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return how far the three criteria agree, by chamber of Congress.

    Parameters
    ----------
    accounts
        The table ``congress_criteria``.
    """
    return {
        str(chamber): ranking.agreement(ranking.criteria(members))
        for chamber, members in accounts.groupby("chamber")
    }


def of_trust(agreement: pd.DataFrame) -> Estimate:
    """Return how far popularity and trust agree, with the interval.

    Parameters
    ----------
    agreement
        One of what :func:`chambers` returns.
    """
    pairs = agreement.set_index(["first", "second"])[[*Estimate._fields]]
    return Estimate(*pairs.loc[("popularity", "trust"), :])


def positions(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return the place of each country by each of the seven indicators of the open index.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.
    """
    edition = inputs[inputs["edition"] == EDITION].set_index("iso3")
    return edition.drop(columns="edition").astype(float)


def scores(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return the seven indicators of the open index on one scale, by country.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.
    """
    return ranking.normalise(-positions(inputs))


def over_weights(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return each country's place by equal weights, and its range over random weights.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.

    Returns
    -------
    DataFrame
        By country: ``low``, ``high`` and ``place``.
    """
    indicators = scores(inputs)
    weights = ranking.equal_weights(indicators)
    drawn = ranking.places_over_weights(indicators, weights)
    place = ranking.places(ranking.composite(indicators, weights))
    return ranking.place_intervals(drawn).assign(place=place)


def in_line(places: pd.Series[int], line: int = LINE) -> str:
    """Return the country that stands at a place in line; tied ones stand in order of their code.

    Parameters
    ----------
    places
        Place of each country, ordered by its code.
    line
        The place in line; the first is 1.
    """
    return str(places.sort_values(kind="stable").index[line - 1])


def fourteenth(inputs: pd.DataFrame) -> Estimate:
    """Return the place of the country fourteenth in line, with its range over random weights.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.
    """
    ranges = over_weights(inputs)
    return Estimate(*ranges.loc[in_line(ranges["place"]), ["place", "low", "high"]])


def neighbours(ranges: pd.DataFrame) -> pd.Series[float]:
    """Return the median range of the places around the fourteenth, as ``low`` and ``high``.

    Parameters
    ----------
    ranges
        What :func:`over_weights` returns.
    """
    return ranges.loc[ranges["place"].between(*NEIGHBOURS), ["low", "high"]].median()


def left_out(indicators: pd.DataFrame) -> pd.DataFrame:
    """Return the places without each indicator, and without each organisation.

    Parameters
    ----------
    indicators
        What :func:`scores` returns.

    Returns
    -------
    DataFrame
        By country: one column per indicator left out, and ``un`` and ``bank``.
    """
    places = ranking.leave_one_out(indicators, ranking.equal_weights(indicators))
    for name, own in ORGANISATIONS.items():
        others = indicators.drop(columns=own)
        index = ranking.composite(others, ranking.equal_weights(others))
        places[name] = ranking.places(index)
    return places


def democracy(estimates: pd.DataFrame, ranks: pd.DataFrame, edition: int = EDITION) -> pd.DataFrame:
    """Return the countries' places by democracy, with the range that published errors leave.

    Each country's score is drawn from a normal distribution with the published mean and standard
    deviation, independently of the others.

    Parameters
    ----------
    estimates, ranks
        The tables ``democracy_scores`` and ``egdi_ranks``.
    edition
        The year; only countries that the United Nations ranked in it are kept.

    Returns
    -------
    DataFrame
        By country: ``place``, ``low``, ``high``, and its place by e-participation ``portal``.
    """
    year = estimates[estimates["year"] == edition].set_index("vdem_code").astype(float)
    known = ranks[ranks["edition"] == edition].set_index("iso3")["epi_rank"].astype(float)
    found = year.join(known, how="inner")
    middle, error = (found[name].to_numpy()[:, np.newaxis] for name in ("polyarchy", "error"))
    noise = np.random.default_rng(2012).normal(size=(len(found), ranking.DRAWS))
    drawn = pd.DataFrame(middle + noise * error, index=found.index)
    places = drawn.rank(ascending=False, method="min").astype(int)
    return ranking.place_intervals(places).assign(
        place=ranking.places(found["polyarchy"]), portal=found["epi_rank"]
    )


def autocratic_portals(
    ranks: pd.DataFrame, censorship: pd.DataFrame, edition: int = EDITION
) -> tuple[int, int]:
    """Return how many of the best portals for e-participation are of autocracies, and of how many.

    Parameters
    ----------
    ranks, censorship
        The tables ``egdi_ranks`` and ``internet_censorship``, which has the regime of each year.
    edition
        The year.

    Returns
    -------
    tuple
        Autocracies, and countries with a known regime, among those in place :data:`BEST` or
        better.
    """
    best = ranks[(ranks["edition"] == edition) & (ranks["epi_rank"] <= BEST)]
    regimes = censorship[censorship["year"] == edition].set_index("vdem_code")["regime"].dropna()
    known = best["iso3"].map(regimes).dropna()
    return int(known.str.contains("autocracy").sum()), len(known)


def moved(indicators: pd.DataFrame, place: pd.Series[int]) -> dict[str, Any]:
    """Return how far places move when an indicator or an organisation is left out.

    Parameters
    ----------
    indicators, place
        What :func:`scores` returns, and the place of each country by all indicators.

    Returns
    -------
    dict
        By the keys of the chapter; ``move-bank`` is the move when the World Bank is left out,
        ``russia-bank`` the place by the World Bank alone, ``russia-bank-tied`` how many countries
        share it, ``first`` the country in line 14.
    """
    places = left_out(indicators)
    moves = places.sub(place, axis=0).abs()
    single, whole = moves.drop(columns=["un", "bank"]), moves[["un", "bank"]]
    line = in_line(place)
    shared = places.groupby("un")["un"].transform("size")
    return {
        "move-median": single.stack().median(),
        "move-most": single.max().max(),
        "move-bank": whole["bank"].median(),
        "move-un": whole["un"].median(),
        "move-whole": whole.max().max(),
        "russia-2022": place["RUS"],
        "russia-bank": places.loc["RUS", "un"],  # without the UN, the Bank alone
        "russia-un": places.loc["RUS", "bank"],
        "russia-bank-tied": shared["RUS"],
        "first-bank": places.loc[line, "un"],
        "first-bank-tied": shared[line],
        "first-un": places.loc[line, "bank"],
        "twins": indicators["e_participation"].corr(indicators["online_services"]),
    }


def three_criteria(accounts: pd.DataFrame) -> dict[str, Any]:
    """Return which account is first by each of three criteria, and where it stands by another.

    Parameters
    ----------
    accounts
        The table ``congress_criteria``.

    Returns
    -------
    dict
        By the keys of the chapter: ``silent`` is the share of the ranked accounts without a
        reply, ``trust`` the rank correlation of popularity and trust in a chamber.
    """
    criteria, agreement = ranking.criteria(accounts), chambers(accounts)
    order = criteria.rank(ascending=False, method="min")
    first = criteria.idxmax()
    engagement, popularity = order["engagement"], order["popularity"]
    return {
        "accounts": len(criteria),
        "collected": len(accounts),
        "left-out": len(accounts) - len(criteria),
        "silent": (criteria["engagement"] == 0).mean(),
        "trust-house": of_trust(agreement["House"]),
        "trust-senate": of_trust(agreement["Senate"]),
        "popular-engagement": engagement[str(first["popularity"])],
        "trusted-engagement": engagement[str(first["trust"])],
        "engaged-popularity": popularity[str(first["engagement"])],
    } | {f"top-{name}": f"@{account}" for name, account in first.items()}


def italian_places(ranks: pd.DataFrame) -> dict[str, Any]:
    """Return Italy's place in e-participation under three rules for ties, and of how many.

    Parameters
    ----------
    ranks
        The table ``egdi_ranks``.

    Returns
    -------
    dict
        By the keys of the chapter, for each edition of :data:`ITALY`: ``best``, ``worst`` and
        ``dense`` as :func:`govsocial.ranking.tie_rules` has them, and ``of``, how many different
        places there are.
    """
    found: dict[str, Any] = {}
    for edition in ITALY:
        rules = ranking.tie_rules(ranks[ranks["edition"] == edition].set_index("iso3")["epi_rank"])
        found |= {f"italy-{edition}-{rule}": place for rule, place in rules.loc["ITA"].items()}
        found[f"italy-{edition}-of"] = rules["dense"].max()
    return found


def italian_range(lines: pd.DataFrame) -> dict[str, Any]:
    """Return the range of Italy's place over random weights in the newest edition of :data:`ITALY`.

    Parameters
    ----------
    lines
        What :func:`govsocial.ranking.over_editions` returns.

    Returns
    -------
    dict
        By the keys of the chapter.
    """
    newest = lines[(lines["iso3"] == "ITA") & (lines["edition"] == ITALY[-1])].iloc[0]
    return {f"italy-weights-{bound}": newest[bound] for bound in ("low", "high")}


def far_classes(
    place: pd.Series[int], over_weights: pd.DataFrame, over_errors: pd.DataFrame
) -> dict[str, Any]:
    """Return in how many pairs from classes that are not neighbours the order is firm.

    Parameters
    ----------
    place
        Place of each country.
    over_weights, over_errors
        Its places over random weights and over errors: one row per country, one column per draw.

    Returns
    -------
    dict
        By the keys of the chapter: pairs, the least distance of their places, and the pairs in a
        firm order (see :func:`govsocial.ranking.firm_orders`).
    """
    group = pd.qcut(place.rank(method="first"), CLASSES, labels=False)
    behind = {country: place.index[group > group[country] + 1] for country in place.index}
    found = {
        "far-pairs": sum(map(len, behind.values())),
        "far-apart": min(
            (place[far] - place[country]).min() for country, far in behind.items() if len(far)
        ),
    }
    for kind, drawn in (("weights", over_weights), ("errors", over_errors)):
        found[f"far-{kind}"] = sum(
            ((drawn.loc[far] > drawn.loc[country]).mean(axis=1) >= LEVEL).sum()
            for country, far in behind.items()
        )
    return found
