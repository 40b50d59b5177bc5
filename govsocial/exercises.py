"""Tell a student, in plain words, whether an answer is right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from govsocial.language import translation

_ = translation(__name__)


class NotYetError(AssertionError):
    """An answer is missing or wrong; the message says what to look at."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this: the student reads the message, not a traceback.
        return [_("Not yet. {reason}").format(reason=self)]


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
        If an assertion fails (with its message), if the answer has no name yet, or if it is of
        a kind with which the check can do nothing.
    """
    try:
        yield
    except NameError as error:
        said = _(
            "{exercise}: there is no `{name}`. Write it in the cell for your answer, run that "
            "cell, then this one."
        )
        raise NotYetError(said.format(exercise=exercise, name=error.name)) from None
    except AssertionError as error:
        raise NotYetError(f"{exercise}: {error}") from None
    except Exception as error:
        said = _(
            "{exercise}: your answer is not of the kind that was asked for. Python says: {error}. "
            "Does your function return something?"
        )
        found = f"{type(error).__name__}: {error}"
        raise NotYetError(said.format(exercise=exercise, error=found)) from None
    print(_("{exercise}: right.").format(exercise=exercise))  # noqa: T201 - it is what the student waits for
