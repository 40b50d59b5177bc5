"""Right answers in other forms, and wrong ones: what the checks of the labs say to each.

The cells of a lab run here without a kernel. The lab that measures engines is worked
through in a kernel only (``test_labs``).
"""

from __future__ import annotations

import copy
import re
from typing import Any

import jupytext
import pytest
from answers import ENGINES, RIGHT, WRONG
from kernel import ROOT

from govsocial import notebook as notebook_door
from govsocial.exercises import NotYetError

EVERY_LAB = sorted((ROOT / "notebooks" / "src").glob("*.md"))
LABS = [path for path in EVERY_LAB if path.stem != ENGINES]
TAKEN = object()  # what a student has put under a name that the lab uses


def run(code: str, name: str, names: dict[str, Any]) -> str:
    """Run a cell, and return what a check says."""
    try:
        exec(compile(code, f"<{name}>", "exec"), names)
    except NotYetError as error:
        return str(error)
    return "right"


def run_given(cell: str, name: str, names: dict[str, Any], own: set[str]) -> str:
    """Run a given cell where every name that the lab has given is taken for something else.

    Left are the names of the answers, ``np`` and ``pd``.
    """
    kept = own | {"np", "pd"} | {key for key in names if key.startswith("__")}
    taken = {key: value if key in kept else TAKEN for key, value in names.items()}
    said = run(cell, name, taken)
    names.update({key: value for key, value in taken.items() if value is not TAKEN})
    return said


def attempt(answer: str, cells: dict[str, str], name: str, names: dict[str, Any]) -> str:
    """Answer an exercise as a student would, in a copy of the notebook's names."""
    own = dict(names)
    if "rng" in own:
        own["rng"] = copy.deepcopy(own["rng"])
    run(answer.replace("SOLUTION", cells[name]), name, own)
    return run(cells[f"check-{name}"], f"check-{name}", own)


@pytest.mark.parametrize("lab", LABS, ids=[path.stem for path in LABS])
def test_the_checks_take_each_right_answer_and_refuse_each_mistake(
    lab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook_door, "show", lambda _figure: None)
    notebook = [c for c in jupytext.read(lab, fmt="md:myst").cells if c.cell_type == "code"]
    about = [cell.metadata.get("nbgrader", {}) for cell in notebook]
    cells = {
        kind["grade_id"]: cell.source for kind, cell in zip(about, notebook, strict=True) if kind
    }
    names: dict[str, Any] = {}
    faults, own = [], set[str]()
    for place, (kind, cell) in enumerate(zip(about, notebook, strict=True)):
        if kind.get("solution"):
            name = kind["grade_id"]
            for answer in RIGHT[name]:
                if (said := attempt(answer, cells, name, names)) != "right":
                    faults.append(f"{name}: right is refused: {answer!r}: {said}")
            for answer, word in WRONG[name]:
                said = attempt(answer, cells, name, names)
                if not re.search(word, said):
                    faults.append(f"{name}: {answer!r} should be told {word!r}: {said}")
        known = set(names)
        if kind or not own:
            run(cell.source, f"cell-{place}", names)
        elif (said := run_given(cell.source, f"cell-{place}", names, own)) != "right":
            faults.append(f"cell {place}: {said}")
        if kind.get("solution"):
            own |= set(names) - known
    assert not faults, "\n".join(faults)


def planned(words: str) -> set[str]:
    """Return the exercises of an instructor's plan, such as ``1 to 4`` or ``1, 3 and 4``."""
    said = re.search(r"With 45 minutes: exercises ([\d, toand]+)", words)
    assert said is not None, "there is no plan for 45 minutes"
    numbers = [int(number) for number in re.findall(r"\d", said[1])]
    whole = range(numbers[0], numbers[-1] + 1) if " to " in said[1] else numbers
    return {f"Exercise {number}" for number in whole}


def minutes(words: str) -> dict[str, int]:
    """Return the minutes of each exercise, such as ``exercises 1 and 2, 10 each; 3, 15``."""
    said = re.search(r"Timing: warm-up (\d+) minutes; exercises? ([^.]*)", words)
    assert said is not None, "there is no timing"
    parts = re.findall(r"(?:^|; )(\d[\d to,and]*?), (?:for those who have time, )?(\d+)", said[2])
    times = {"Warm-up": int(said[1])}
    for named, each in parts:
        first, *rest = (int(number) for number in re.findall(r"\d", named))
        for number in range(first, (rest or [first])[-1] + 1):
            times[f"Exercise {number}"] = int(each)
    return times


@pytest.mark.parametrize("lab", EVERY_LAB, ids=[path.stem for path in EVERY_LAB])
def test_the_plan_for_45_minutes_takes_no_longer(lab: Any) -> None:
    """Where the warm-up is run without talking it over, it takes a minute."""
    words = "\n".join(cell.source for cell in jupytext.read(lab, fmt="md:myst").cells)
    times, plan = minutes(words), planned(words)
    warm_up = 1 if "run the warm-up without talking it over" in words else times["Warm-up"]
    assert warm_up + sum(times[name] for name in plan) <= 45


@pytest.mark.parametrize("lab", EVERY_LAB, ids=[path.stem for path in EVERY_LAB])
def test_the_plan_for_45_minutes_runs(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells of exercises that the plan leaves out are not run at all."""
    monkeypatch.setattr(notebook_door, "show", lambda _figure: None)
    cells = jupytext.read(lab, fmt="md:myst").cells
    plan = planned("\n".join(cell.source for cell in cells))
    names: dict[str, Any] = {}
    section, passed = "", set[str]()
    for place, cell in enumerate(cells):
        if cell.cell_type == "markdown" and (title := re.search(r"^## ([^:\n]+)", cell.source)):
            section = title[1]
        skipped = section.startswith("Exercise") and section not in plan
        if cell.cell_type == "code" and not skipped and not passed >= plan:
            said = run(cell.source, f"cell-{place}", names)
            assert said == "right", said
            if cell.metadata.get("nbgrader", {}).get("grade"):
                passed.add(section)
    assert passed == plan
