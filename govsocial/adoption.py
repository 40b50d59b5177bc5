"""Curves of adoption, fitted to the months in which countries were first seen on a platform."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize, special

from govsocial.once import once
from govsocial.uncertainty import Estimate, add_shares, percentiles

Vector = NDArray[np.float64]

RESAMPLES = 300
"""Resamples of the countries behind an interval: for each the curve is fitted anew."""

_MONTHS_PER_YEAR = 12
# Keeps the logarithm of the likelihood finite where a curve leaves a month no chance at all.
_SMALLEST = 1e-12


def logistic(years: Vector, rate: float, midpoint: float) -> Vector:
    """Return the share of all who will adopt that has adopted, by the logistic curve.

    Parameters
    ----------
    years
        Time since the start, in years.
    rate
        Growth rate per year, positive.
    midpoint
        Year in which half have adopted.

    References
    ----------
    Griliches, Z. (1957). Hybrid corn: an exploration in the economics of technological
    change. *Econometrica* 25(4).
    """
    return np.asarray(special.expit(rate * (years - midpoint)))


def bass(years: Vector, innovation: float, imitation: float) -> Vector:
    """Return the share of all who will adopt that has adopted, by the Bass model.

    Parameters
    ----------
    years
        Time since the start, in years, not negative.
    innovation, imitation
        Coefficients p and q, per year, positive.

    References
    ----------
    Bass, F. M. (1969). A new product growth for model consumer durables.
    *Management Science* 15(5).
    """
    decay = np.exp(-(innovation + imitation) * years)
    return np.asarray((1 - decay) / (1 + imitation / innovation * decay))


def _logistic_slopes(years: Vector, share: Vector, rate: float, midpoint: float) -> Vector:
    """Return the derivatives of the logistic curve by its parameters, a row for each."""
    return np.stack([years - midpoint, np.full_like(years, -rate)]) * (share * (1 - share))


def _bass_slopes(years: Vector, share: Vector, innovation: float, imitation: float) -> Vector:
    """Return the derivatives of the Bass model by its parameters, a row for each."""
    decay = np.exp(-(innovation + imitation) * years)
    ratio = imitation / innovation
    by_both = decay * years * (1 + ratio * share)  # through the decay
    by_own = np.stack([share * decay * (ratio / innovation), -share * decay / innovation])
    return np.asarray((by_both + by_own) / (1 + ratio * decay))


@dataclass(frozen=True)
class Model:
    """A curve, its derivatives, the names of its parameters, and where their search starts.

    The derivatives are computed from the years, the curve and the parameters.
    """

    curve: Callable[..., Vector]
    slopes: Callable[..., Vector]
    parameters: tuple[str, ...]
    start: tuple[float, ...]


MODELS = {
    "logistic": Model(logistic, _logistic_slopes, ("rate", "midpoint"), (1.0, 4.0)),
    "bass": Model(bass, _bass_slopes, ("innovation", "imitation"), (0.02, 0.8)),
}


@dataclass(frozen=True)
class Fit:
    """A fitted model.

    Attributes
    ----------
    model
        Key of :data:`MODELS`.
    ceiling
        Share of countries that adopt in the long run.
    parameters
        Of the curve, by name, per year.
    aic
        Akaike's information criterion: lower fits better, fewer parameters count in favour.
    curve
        One row per month: ``month``, ``share``, and the bounds ``low`` and ``high``.
    """

    model: str
    ceiling: Estimate
    parameters: dict[str, Estimate]
    aic: float
    curve: pd.DataFrame


def cumulative(first: pd.Series, months: pd.DatetimeIndex) -> pd.DataFrame:
    """Return how many of the countries have adopted by each month.

    Parameters
    ----------
    first
        First month of each country; missing where it is not seen by the last month.
    months
        Months to count at, in order.

    Returns
    -------
    DataFrame
        ``month``, ``adopters``, and ``share`` of all countries.
    """
    adopters = np.searchsorted(np.sort(first.dropna().to_numpy()), months.to_numpy(), side="right")
    return pd.DataFrame({"month": months, "adopters": adopters, "share": adopters / len(first)})


def unseen(first: pd.Series, groups: pd.Series) -> pd.DataFrame:
    """Return the share of each group's countries that never adopted, with Wilson's interval.

    Parameters
    ----------
    first
        First month of each country; missing where it is not seen.
    groups
        Group of each country, in the same order; a country without one is left out.

    Returns
    -------
    DataFrame
        One row per group, in the order of the categories: ``group``, ``unseen``, ``countries``,
        and the share ``value`` with its bounds ``low`` and ``high``.
    """
    counts = first.isna().groupby(groups, observed=True).agg(["sum", "size"])
    counts.columns = pd.Index(["unseen", "countries"])
    rows = counts.rename_axis("group").reset_index()
    return add_shares(rows, "unseen", "countries", "value")


def fit(
    first: pd.Series,
    months: pd.DatetimeIndex,
    model: str,
    *,
    until: str | None = None,
    resamples: int = RESAMPLES,
    seed: int = 2012,
) -> Fit:
    """Fit a curve with a ceiling by maximum likelihood; intervals by resampling countries.

    Each country adopts in one of the months, or is not seen by the last of them (right-censored).
    The likelihood is that of a multinomial over the months and "not yet".

    Parameters
    ----------
    first
        First month of each country; missing where it is not seen.
    months
        Consecutive months; the first is year 0, and what came before counts with it.
    model
        ``logistic`` or ``bass``.
    until
        Last month that the fit may know; the curve is drawn over all months.
    resamples
        Bootstrap resamples of the countries.
    seed
        Seed of the random numbers.

    Raises
    ------
    ValueError
        If fewer than three countries have adopted by then: three parameters cannot be found.
    """
    known = months if until is None else months[months <= pd.Timestamp(until)]
    best, found, loss = _refitted(_counts(first, known), model, resamples, seed)
    return _describe(model, best, found, loss, months, len(first))


def forecast(
    first: pd.Series,
    months: pd.DatetimeIndex,
    model: str,
    until: str,
    *,
    resamples: int = RESAMPLES,
    seed: int = 2012,
) -> Estimate:
    """Foretell the share of countries by the last month from what is known at an earlier one.

    Who had adopted by then is known; each other country adopts by the last month with the
    probability that the fitted curve gives it. The interval holds the uncertainty of the curve
    (countries are resampled and the curve fitted anew) and the chance of those yet to come. It
    does not hold the doubt whether the model is true.

    Parameters
    ----------
    first, months, model
        As in :func:`fit`.
    until
        Last month that the forecast may know.
    resamples
        Bootstrap resamples of the countries.
    seed
        Seed of the random numbers.

    Returns
    -------
    Estimate
        Share of all countries, with a 95% prediction interval.

    Raises
    ------
    ValueError
        As :func:`fit`.
    """
    known = months[months <= pd.Timestamp(until)]
    counts = _counts(first, known)
    best, found, _loss = _refitted(counts, model, resamples, seed)
    shares = np.array([_shares(point, model, len(months)) for point in (best, *found)])
    now, then = shares[:, len(known) - 1], shares[:, -1]
    chance = np.clip((then - now) / (1 - now), 0, 1)
    come, waiting = counts[:-1].sum(), int(counts[-1])
    drawn = np.random.default_rng(seed).binomial(waiting, chance[1:])
    low, high = percentiles((come + drawn) / len(first), len(first))
    return Estimate(float((come + waiting * chance[0]) / len(first)), float(low), float(high))


@once
def _refitted(
    counts: Vector, model: str, resamples: int, seed: int
) -> tuple[Vector, Vector, float]:
    """Return the best parameters, those of each resample of the countries, and the loss."""
    if counts[:-1].sum() < 3:
        raise ValueError(f"only {counts[:-1].sum():.0f} countries had adopted: too few for a curve")
    best, loss = _maximise(counts, model, np.array([0.0, *np.log(MODELS[model].start)]))
    draws = np.random.default_rng(seed).multinomial(
        int(counts.sum()), counts / counts.sum(), size=resamples
    )
    return best, np.array([_maximise(draw, model, best)[0] for draw in draws]), loss


def _counts(first: pd.Series, months: pd.DatetimeIndex) -> Vector:
    """Return adopters by month, and in the last place those not seen by then."""
    place = np.searchsorted(months.to_numpy(), first.to_numpy(), side="left")
    place[first.isna()] = len(months)
    return np.bincount(place, minlength=len(months) + 1).astype(float)


def _years(months: int) -> Vector:
    # A month's adopters have come by its end.
    return np.arange(1, months + 1) / _MONTHS_PER_YEAR


def _shares(point: Vector, model: str, months: int) -> Vector:
    ceiling = special.expit(point[0])
    return np.asarray(ceiling * MODELS[model].curve(_years(months), *np.exp(point[1:])))


def _with_slopes(point: Vector, model: str, years: Vector) -> Vector:
    """Return the shares and, a row each, their derivatives by ceiling and parameters."""
    ceiling, values = special.expit(point[0]), np.exp(point[1:])
    curve = MODELS[model].curve(years, *values)
    slopes = MODELS[model].slopes(years, curve, *values)
    by_values = (ceiling * values)[:, None] * slopes
    return np.vstack([ceiling * curve, ceiling * (1 - ceiling) * curve, by_values])


def _maximise(counts: Vector, model: str, start: Vector) -> tuple[Vector, float]:
    """Return the best parameters and minus the log-likelihood.

    The ceiling is on the logit scale, the parameters of the curve are logarithms.
    """
    years = _years(len(counts) - 1)
    # Before the first month none have come, and in the end all.
    shares = np.zeros((1 + len(start), len(counts) + 1))
    shares[0, -1] = 1

    def loss(point: Vector) -> tuple[float, Vector]:
        """Return minus the log-likelihood, and its derivatives by the parameters."""
        shares[:, 1:-1] = _with_slopes(point, model, years)
        changes = shares[:, 1:] - shares[:, :-1]
        chances = np.maximum(changes[0], _SMALLEST)
        weights = np.where(changes[0] > _SMALLEST, counts / chances, 0)
        return -float(counts @ np.log(chances)), -(changes[1:] @ weights)

    # A ceiling of all countries lies at infinity on the logit scale: far enough is enough.
    bounds = [(-6.0, 6.0), *[(-9.0, 4.0)] * (len(start) - 1)]
    # With its own tolerance the search stops where a printed digit of a forecast still changes.
    result = optimize.minimize(
        loss,
        start,
        jac=True,
        method="SLSQP",
        bounds=bounds,
        options={"ftol": 1e-12, "maxiter": 1000},
    )
    return result.x, float(result.fun)


def _describe(
    model: str, best: Vector, found: Vector, loss: float, months: pd.DatetimeIndex, countries: int
) -> Fit:
    curves = np.array([_shares(point, model, len(months)) for point in found])
    low, high = percentiles(curves, countries)
    drawn = {"month": months, "share": _shares(best, model, len(months)), "low": low, "high": high}
    ceilings = special.expit(found[:, 0])
    values = np.exp(found[:, 1:])
    return Fit(
        model=model,
        ceiling=_estimate(float(special.expit(best[0])), ceilings, countries),
        parameters={
            name: _estimate(float(np.exp(best[index + 1])), values[:, index], countries)
            for index, name in enumerate(MODELS[model].parameters)
        },
        aic=2 * len(best) + 2 * loss,
        curve=pd.DataFrame(drawn),
    )


def _estimate(value: float, draws: Vector, countries: int) -> Estimate:
    low, high = percentiles(draws, countries)
    return Estimate(value, float(low), float(high))
