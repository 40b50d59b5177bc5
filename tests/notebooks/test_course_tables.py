"""In a course its own answers are right, and those published with the book are not.

Taken are the values of the published solutions: functions are called with other arguments by the
hidden tests, which ``test_answers`` runs.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

import jupytext
import pytest
from answers import ENGINES
from kernel import ROOT
from test_answers import run

from govsocial import course
from govsocial import notebook as notebook_door

LABS = sorted(p for p in (ROOT / "notebooks" / "src").glob("*.md") if p.stem != ENGINES)
SAME = {
    "luck": "of an account that the exercise names",
    "averages": "in this course all leaders stay in the table",
    "weeks": "a range by lot, with a tolerance",
    "mine": "all weights are right that move a country far enough",
}
"""Exercises whose published answer fits the course of the test, and why."""


def worked(lab: Any, published: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], dict[str, str]]:
    """Work through a lab with its solutions.

    Returned are the values that each solution leaves, unless one of them is a function, and what
    each check says: of the solution by the exercise's name, of the values of ``published`` by the
    same with a star.
    """
    names: dict[str, Any] = {}
    left: dict[str, dict[str, Any]] = {}
    said = {}
    exercise = ""
    for cell in jupytext.read(lab, fmt="md:myst").cells:
        kind = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code":
            continue
        if not kind.get("grade"):
            before = dict(names)
            assert run(cell.source, "cell", names) == "right"
            if kind.get("solution"):
                exercise = kind["grade_id"]
                made = {
                    name: value for name, value in names.items() if before.get(name) is not value
                }
                if not any(isinstance(value, FunctionType) for value in made.values()):
                    left[exercise] = made
        else:
            if values := published.get(exercise):
                said[f"{exercise}*"] = run(cell.source, "check", names | values)
            said[exercise] = run(cell.source, "check", names)
    return left, said


@pytest.mark.slow
@pytest.mark.parametrize("lab", LABS, ids=[path.stem for path in LABS])
def test_published_answers_do_not_fit_a_course(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook_door, "show", lambda _figure: None)
    published, said = worked(lab, {})
    assert set(said.values()) == {"right"}
    monkeypatch.setenv(course.VARIABLE, "spring-2027")
    _left, said = worked(lab, published)
    own = {name: words for name, words in said.items() if not name.endswith("*")}
    assert set(own.values()) == {"right"}, own
    fits = {name for name in own if said.get(f"{name}*") == "right"}
    assert fits == set(SAME) & set(own)
