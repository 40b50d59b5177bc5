"""What takes long, computed once for all pages and editions of one build.

Each page of the book runs in a process of its own, and so does its translation. While
``GOVSOCIAL_ONCE`` names a folder, as where several editions are built, the results of functions
marked with :func:`once` are kept there, and found by their arguments. Elsewhere, as in a class,
such a function just runs.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from joblib import Memory

from govsocial.contract import ONCE

P = ParamSpec("P")
T = TypeVar("T")


def once(function: Callable[P, T]) -> Callable[P, T]:
    """Mark a function whose result follows from its arguments alone.

    It opens no file, and draws no random number without a seed that it is given.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if folder := os.environ.get(ONCE):
            found: T = Memory(folder, verbose=0).cache(function)(*args, **kwargs)
            return found
        return function(*args, **kwargs)

    return run
