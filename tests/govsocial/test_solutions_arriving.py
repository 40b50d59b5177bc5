"""The code in the solutions of the first chapters runs, and shows what their text says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


def run(chapter: str, solution: str) -> dict[str, Any]:
    """Execute the code of a solution and return the names that it leaves behind."""
    text = (CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8")
    after = text.split(f":label: {solution}\n", 1)[1]
    block = re.match(r".*?(?P<fence>~~~|```)python\n(?P<code>.*?)(?P=fence)", after, re.DOTALL)
    assert block is not None, f"{solution} has no code"
    names: dict[str, Any] = {}
    exec(block["code"], names)
    return names


def test_the_unknown_place_matters_more_than_the_field(capsys: pytest.CaptureFixture[str]) -> None:
    run("moscow-2012", "sol-moscow-1")
    assert capsys.readouterr().out == "1.4% to 6.8%\n1.7% to 8.3%\n"


def test_a_dense_rule_helps_those_tied_at_the_bottom_most() -> None:
    places = run("moscow-2012", "sol-moscow-2")["places"]
    gains = places["best"] - places["dense"]
    winners = places[gains == gains.max()]
    assert (gains.max(), len(winners)) == (129, 33)
    assert (winners["worst"] == len(places)).all()


def test_offices_imitate_more_than_persons_and_reach_less() -> None:
    names = run("adoption", "sol-adoption-1")
    fits = names["fits"]
    person, office = (fits[kind].parameters["imitation"] for kind in ("personal", "institution"))
    assert person.high < office.low
    low, high = fits["institution"].ceiling, fits["personal"].ceiling
    assert low.value < high.value and high.low < low.high


def test_those_who_came_late_lie_between_the_others() -> None:
    names = run("adoption", "sol-adoption-2")
    late, absent, early = (names[name]["internet_use"].median() for name in ("late", "no", "early"))
    assert absent < late < early and len(names["late"]) == 11


def test_what_came_lies_just_above_both_forecasts() -> None:
    names = run("adoption", "sol-adoption-3")
    came = names["first"].notna().mean()
    for forecast in names["foretold"].values():
        assert forecast.high < came < forecast.high + 0.03
        assert forecast.value == pytest.approx(came - 0.05, abs=0.01)


def test_a_copy_made_in_january_is_about_as_true() -> None:
    from govsocial.decay import shares_by_age

    copies = run("official", "sol-official-1")["copies"]
    january, april = (shares_by_age(copies, month)["same"] for month in (1, 4))
    assert january[1.0] == pytest.approx(april[1.0], abs=0.005)
    assert 0 < april[5.0] - january[5.0] < 0.01


def test_both_groups_of_new_embassy_links_are_mostly_dead() -> None:
    from govsocial.uncertainty import share

    added = run("official", "sol-official-2")["added"]
    sums = added.groupby("twitter_name")[["unavailable", "addresses"]].sum()
    other, named = (share(*sums.loc[key]) for key in (False, True))
    assert 0.5 < other.value < named.value and named.low < other.high


def test_the_lower_bounds_leave_every_pair_open() -> None:
    chosen = run("official", "sol-official-3")["chosen"]
    lower = chosen["facebook"] / chosen["members"]
    assert isinstance(lower, pd.Series) and (lower < 1).all() and len(lower) >= 3
