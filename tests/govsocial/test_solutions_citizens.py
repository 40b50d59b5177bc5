"""The code in the solutions on the town hall and on words runs, and shows what their text says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from govsocial import tables
from govsocial.findings import words
from govsocial.uncertainty import Estimate, share

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


def run(chapter: str, solution: str) -> dict[str, Any]:
    """Execute the code of a solution and return the names that it leaves behind."""
    text = (CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8")
    after = text.split(f":label: {solution}\n", 1)[1]
    block = re.match(r".*?```python\n(?P<code>.*?)```", after, re.DOTALL)
    assert block is not None, f"{solution} has no code"
    names: dict[str, Any] = {}
    exec(block["code"], names)
    return names


def _width(estimate: Estimate) -> float:
    return estimate.high - estimate.low


def test_leaving_out_question_marks_raises_the_share_by_a_few_points() -> None:
    names = run("town-hall", "sol-town-hall-1")
    counties, older = names["counties"], names["older"]
    blank = share(older, counties["bodies"]).value
    known = share(older, counties["bodies"] - counties["newer_unknown"]).value
    assert 0.02 < known - blank < 0.05


def test_four_times_the_towns_halve_the_interval(capsys: pytest.CaptureFixture[str]) -> None:
    run("town-hall", "sol-town-hall-2")
    few, many = share(16, 20), share(80, 100)
    assert capsys.readouterr().out == f"{few} {many}\n"
    assert _width(few) > 0.3
    assert _width(many) == pytest.approx(0.15, abs=0.01)
    assert _width(few) / _width(many) == pytest.approx(2, abs=0.2)


def test_within_a_day_the_app_leads_and_twitter_is_not_told_from_the_telephone() -> None:
    names = run("town-hall", "sol-town-hall-4")
    shares = {
        name: share(names["closed"][name], names["made"][name]) for name in names["made"].index
    }
    order = sorted(shares, key=lambda name: -shares[name].value)
    assert order == ["app", "web", "phone", "Twitter"]
    assert shares["Twitter"].low < shares["phone"].value < shares["Twitter"].high
    assert names["made"]["Twitter"] < 30


def test_single_posts_differ_by_tens_of_points(capsys: pytest.CaptureFixture[str]) -> None:
    run("words", "sol-words-1")
    single, joined = capsys.readouterr().out.splitlines()
    easy, hard = (int(score) for score in re.findall(r"\d+", single))
    assert easy - hard > 20 and hard < int(joined) < easy


def test_links_changed_most_in_downing_street_the_year_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("words", "sol-words-2")
    lines = (re.findall(r"[\w.]+", line) for line in capsys.readouterr().out.splitlines())
    changes = {(line[0], line[1]): abs(float(line[-1]) - float(line[-2])) for line in lines}
    assert len(changes) == 15
    assert max(changes, key=lambda key: changes[key]) == ("2016", "10DowningStreet")


def test_no_reading_ease_of_2017_stands_apart_but_the_sentences_of_the_council() -> None:
    posts = tables.load("institution_posts")
    apart = {}
    for measure in ("sentences", "reading_ease"):
        rows = words.around_limit(posts, measure).set_index("year")
        limit = rows.loc[2017].set_index("account")
        others = [rows.loc[year].set_index("account") for year in (2016, 2018)]
        above = [
            (limit["low"] > other["high"]) | (limit["high"] < other["low"]) for other in others
        ]
        apart[measure] = set(limit.index[above[0] & above[1]])
    assert apart == {"sentences": {"EUCouncil"}, "reading_ease": set()}


def test_two_institutions_grew_longer_in_all_three_years() -> None:
    rows = words.around_limit(tables.load("institution_posts"), "characters")
    assert (rows.loc[rows["year"] == 2017, "low"] > 0).all()
    longer = (rows["low"] > 0).groupby(rows["account"]).all()
    assert set(longer.index[longer]) == {"OECD", "scotgov"}


def test_question_marks_beside_later_accounts_are_none_of_a_city() -> None:
    lists = tables.load("german_town_halls_x_lists").set_index(["kind", "quarter"])["newer_unknown"]
    assert lists["city"].sum() == 0 and lists["county", "largest"] == 0 and lists.sum() > 0
