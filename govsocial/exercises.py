"""Tell a student, in plain words, whether an answer is right.

A check is a block ``with check("Exercise 1"):`` with assertions in it. The functions of this module
take an answer in any form that Python or pandas give it, so that a check refuses what is wrong and
not what is written in another way.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterable, Iterator, Mapping, Set, ValuesView
from contextlib import contextmanager
from copy import copy
from textwrap import wrap
from traceback import walk_tb
from types import CodeType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govsocial.language import translation

_ = translation(__name__)

_DIGITS = range(1, 9)  # after the point, to which an answer may have been rounded
_WIDE = 76  # letters of a line: JupyterLab breaks longer ones within a word
_EXACT = 2**53  # up to here a float holds every whole number


class NotYetError(AssertionError):
    """An answer is missing or wrong; the message says what to look at."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this: the student reads the message, not a traceback.
        said = _("Not yet. {reason}").format(reason=self)
        return wrap(said, _WIDE, break_long_words=False, break_on_hyphens=False)


@contextmanager
def check(exercise: str) -> Iterator[None]:
    """Check the answer to an exercise: the assertions inside say what must hold.

    Parameters
    ----------
    exercise
        What the message calls it, such as ``Exercise 1``.

    Raises
    ------
    NotYetError
        If an assertion fails (with its message), if the answer has no name yet, if a function of
        the student stops with an error, or if the answer is of a kind with which the check can
        do nothing.
    """
    try:
        yield
    except AssertionError as error:
        raise NotYetError(f"{exercise}: {error}") from None
    except Exception as error:
        raise NotYetError(f"{exercise}: {_reason(error)}") from None
    print(_("{exercise}: right.").format(exercise=exercise))  # noqa: T201 - it is what the student waits for


def given(found: Any, name: str) -> Any:
    """Return an answer if there is one.

    Parameters
    ----------
    found
        The answer, or what a student's function returned.
    name
        What the message calls it.

    Raises
    ------
    AssertionError
        If it is ``None``, as in a cell that nobody has touched, or ``...``.
    """
    said = _(
        "nothing yet. `{name}` gives nothing: write your answer in its cell (a function ends with "
        "`return`), run that cell, then this one."
    )
    if found is None or found is ...:
        raise AssertionError(said.format(name=name))
    return found


def array(found: Any, name: str) -> NDArray[np.float64]:
    """Return an answer as an array of floats; gaps are NaN.

    Parameters
    ----------
    found
        A number, list, tuple, iterator, array, series or table of numbers.
    name
        What the message calls it.

    Raises
    ------
    AssertionError
        If there is no answer, or if it does not consist of numbers.
    """
    said = _("{name} is {found}; numbers are asked for.")
    if isinstance(found, list | tuple) and any(part is None for part in found):
        given(None, name)
    problem = said.format(name=name, found=_short(given(found, name)))
    if isinstance(found, str | Mapping | Set):
        raise AssertionError(problem)
    try:
        values = np.asarray(list(found) if isinstance(found, Iterator | ValuesView) else found)
        if values.dtype == object and any(
            isinstance(x, str | bool | np.bool_) for x in values.flat
        ):
            raise AssertionError(problem)
        if values.dtype == object:  # pandas' own sign for a gap
            values = np.where(pd.isna(values), np.nan, values)
        if values.dtype.kind not in "iufO":
            raise AssertionError(problem)
        return values.astype(float)
    except (TypeError, ValueError):
        raise AssertionError(problem) from None


def one_number(found: Any, name: str) -> float:
    """Return an answer that is one number, of Python, NumPy or pandas.

    Parameters
    ----------
    found
        The answer; an array or series of one number is that number.
    name
        What the message calls it.

    Raises
    ------
    AssertionError
        If it is none, or more than one, or NaN.
    """
    values = array(found, name)
    if values.size != 1:
        said = _("{name} is {found}; one number is asked for.")
        raise AssertionError(said.format(name=name, found=_short(found)))
    _without_gaps(values, name)
    return float(values.item())


def _without_gaps(values: NDArray[np.float64], name: str) -> None:
    """Assert that none of the numbers is NaN: a comparison with it says nothing of the mistake."""
    said = _(
        "{name} holds NaN, which is no number: it comes from a mean of nothing, or from a gap. "
        "Print what you chose before."
    )
    if np.isnan(values).any():
        raise AssertionError(said.format(name=name))


def close(found: Any, expected: Any, name: str, hint: str, *, within: float = 1e-6) -> None:
    """Assert that numbers are those expected, and recognise those that were rounded or are percent.

    Parameters
    ----------
    found
        The answer, in any form that :func:`array` takes.
    expected
        The right numbers, in the order of the answer; axes of length 1 make no difference.
    name
        What the message calls the answer.
    hint
        What to look at if it is wrong in another way.
    within
        Largest difference that is right.

    Raises
    ------
    AssertionError
        If one of the numbers is another one, or NaN.
    """
    yours, right = array(found, name).squeeze(), array(expected, name).squeeze()
    if right.ndim == 0:
        one_number(found, name)
    if yours.shape != right.shape:
        said = _("{name} has the shape {found}, not {expected}: {hint}")
        raise AssertionError(
            said.format(name=name, found=yours.shape, expected=right.shape, hint=hint)
        )
    if np.allclose(yours, right, rtol=0, atol=within):
        return
    _without_gaps(yours, name)
    if np.allclose(yours, 100 * right, rtol=0, atol=100 * within):
        said = _("{name} is in percent; keep the share, a number between 0 and 1.")
    elif _rounded(yours, right):
        said = _("{name} is rounded. Do not round: print it rounded, and keep all its digits.")
    elif _rounded(yours, 100 * right) or _whole_percent(yours, right):
        said = _("{name} is rounded, and in percent. Keep the share, and do not round it.")
    else:
        said = "{hint}"
    raise AssertionError(said.format(name=name, hint=hint))


def agree(
    yours: Callable[..., Any],
    right: Callable[..., Any],
    name: str,
    cases: Iterable[tuple[Any, ...]],
    *,
    within: float = 1e-6,
) -> None:
    """Assert that a student's function gives what another one gives, for several arguments.

    Parameters
    ----------
    yours
        The student's function.
    right
        One that gives the right numbers for the same arguments.
    name
        What the message calls the student's.
    cases
        The arguments of each call; arrays are given as copies.
    within
        Largest difference that is right.

    Raises
    ------
    AssertionError
        If one of the numbers is another one; the message names the arguments.
    """
    said = _("{name} is right for some values and wrong for others, such as {given}.")
    for arguments in cases:
        shown = ", ".join(map(_short, arguments))
        expected = right(*map(copy, arguments))
        close(
            yours(*map(copy, arguments)),
            expected,
            name,
            said.format(name=name, given=shown),
            within=within,
        )


def whole(found: Any, name: str) -> int:
    """Return an answer that is a whole number, of Python or of NumPy.

    Parameters
    ----------
    found
        The answer.
    name
        What the message calls it.

    Raises
    ------
    AssertionError
        If it is none, or a float so large that its last digits are lost.
    """
    said = _("{name} is {found}; a whole number is asked for.")
    value = _scalar(given(found, name))
    if isinstance(value, float | np.floating):
        exact = float(value)
        if abs(exact) < _EXACT and exact.is_integer():
            return int(exact)
    if not isinstance(value, numbers.Integral) or isinstance(value, bool):
        raise AssertionError(said.format(name=name, found=_short(found)))
    return int(value)


def truth(found: Any, name: str) -> bool:
    """Return an answer that is true or false, of Python, NumPy or pandas.

    Parameters
    ----------
    found
        The answer.
    name
        What the message calls it.

    Raises
    ------
    AssertionError
        If it is neither.
    """
    value = _scalar(given(found, name))
    said = _("{name} is {found}; it is True or False.")
    if not isinstance(value, bool | np.bool_):
        raise AssertionError(said.format(name=name, found=_short(found)))
    return bool(value)


def _scalar(found: Any) -> Any:
    """Return the only value of an array or a series, or what was given."""
    if isinstance(found, np.ndarray | pd.Series | pd.Index | pd.DataFrame) and found.size == 1:
        return np.asarray(found).ravel()[0]
    return found


def _rounded(found: NDArray[np.float64], right: NDArray[np.float64]) -> bool:
    """Return whether numbers are the right ones to a few digits, at least one of them broken.

    The digits that are left out may have been rounded or cut off.
    """
    broken = (found != np.round(found)) & ~np.isnan(found)
    return bool(broken.any()) and any(
        np.allclose(found, short, rtol=0, atol=1e-9)
        for digits in _DIGITS
        for short in (np.round(right, digits), np.trunc(right * 10**digits) / 10**digits)
    )


def _whole_percent(found: NDArray[np.float64], right: NDArray[np.float64]) -> bool:
    """Return whether numbers are the right shares in whole percent."""
    shares = bool(((right >= 0) & (right <= 1)).all()) and bool((found > 1).any())
    return shares and any(
        np.allclose(found, short, rtol=0, atol=1e-9)
        for short in (np.round(100 * right), np.trunc(100 * right))
    )


def _short(found: Any) -> str:
    """Return how an answer looks, in one line of at most 60 characters."""
    shown = " ".join(repr(found).split())
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def _reason(error: Exception) -> str:
    """Return what an error in a check says about the answer."""
    frames = [frame for frame, _line in walk_tb(error.__traceback__)]
    frames = [frame for frame in frames if frame.f_code.co_filename != __file__]
    cell, last = frames[0].f_code.co_filename, frames[-1].f_code
    own = [  # functions of the student: of the same notebook, from another cell
        frame.f_code
        for frame in frames
        if frame.f_globals is frames[0].f_globals and frame.f_code.co_filename != cell
    ]
    if isinstance(error, NameError) and last.co_filename == cell:
        said = _(
            "nothing yet. There is no `{name}`. If it is your answer, write it in its cell and run "
            "that cell; if it is given, run the cells above. Then run this one."
        )
        return said.format(name=error.name)
    if isinstance(error, NameError) and own:
        said = _(
            "`{function}` uses `{name}`, which does not exist. Is it misspelt, or has its cell "
            "not been run?"
        )
        return said.format(function=_named(own), name=error.name)
    found = f"{type(error).__name__}: {error}"
    if own:
        said = _("`{function}` stops with an error. Python says: {error}.")
        return said.format(function=_named(own), error=found)
    said = _("your answer is not of the kind that was asked for. Python says: {error}.")
    return said.format(error=found)


def _named(codes: list[CodeType]) -> str:
    """Return the name of the innermost function among the student's that has one."""
    names = [code.co_name for code in codes if not code.co_name.startswith("<")]
    return names[-1] if names else "lambda"
