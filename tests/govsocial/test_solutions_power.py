"""What the solutions of the part on power say is what their code gives."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd

from govsocial import coordination, ranking, tables
from govsocial.findings import ranking as findings

CHAPTERS = Path(__file__).parents[2] / "chapters"


def run(label: str, **known: Any) -> dict[str, Any]:
    """Run the code of a solution, and return its names."""
    chapter, number = label.rsplit("-", 1)
    text = (CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8")
    start = text.index(f":label: sol-{chapter}-{number}\n")
    code = re.search(r"(?:~~~|```)python\n(.*?)(?:~~~|```)", text[start:], flags=re.DOTALL)
    assert code is not None
    names = dict(known)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code[1], names)
    return names


def test_the_crowd_writes_most_in_the_afternoon_of_universal_time() -> None:
    part = run("amplification-4")["part"]
    assert set(part.nlargest(3).index) == {14, 15, 16}
    assert set(part.nsmallest(3).index) == {1, 2, 3}


def test_without_russia_another_reason_leads() -> None:
    names = run("control-1")
    assert names["totals"].index[:2].tolist() == ["Privacy and security", "Defamation"]
    everybody = names["reasons"].groupby("reason")["requests"].sum()
    assert everybody.idxmax() == "National security"


def test_by_years_the_two_autocracies_are_alike() -> None:
    names = run("control-2")
    shares = {
        regime: names["share"](int((rows["nationwide"] > 0).sum()), len(rows))
        for regime, rows in names["shutdowns"].groupby("regime")
    }
    closed, electoral = shares["closed autocracy"], shares["electoral autocracy"]
    assert abs(closed.value - electoral.value) < 0.02
    assert closed.low < electoral.value < closed.high


def test_the_sign_is_negative_and_two_countries_drop_out() -> None:
    names = run("control-3")
    joined = names["joined"]
    assert len(tables.load("digital_repression")) - len(joined) == 2
    columns = joined["government_disinformation"], joined["censorship_effort"]
    assert names["spearman"](*columns).high < 0


def test_the_ring_is_found_and_drowns_in_a_wide_window() -> None:
    names = run("amplification-1", pd=pd, coordination=coordination)
    found = coordination.widening(names["shares"], [30, 3600]).set_index("window")
    assert found["observed"][30] == 45 > 3 * found["high"][30]
    lost = found.loc[3600]
    assert lost["low"] <= lost["observed"] <= lost["high"]


def test_errors_cancel_in_ukraine_and_in_italy() -> None:
    names = run("amplification-2", pd=pd, tables=tables)
    errors = {key: (names["false_hits"][key], names["missed"][key]) for key in names["total"].index}
    for key in ((2025, "UA"), (2023, "IT")):
        false, missed = errors[key]
        assert 0.7 < missed / false < 1.3
    for key in ((2025, "CH"), (2025, "TH")):
        assert errors[key][0] > 3 * errors[key][1]
    assert errors[2025, "BE"][0] < errors[2025, "BE"][1]


def test_the_uns_own_weights_nearly_give_the_published_places() -> None:
    names = run("ranking-1")
    apart = (names["ours"] - names["published"]).abs()
    assert apart.median() <= 5
    assert apart.max() > 0


def test_classes_that_are_not_neighbours_are_in_a_firm_order() -> None:
    inputs = tables.load("country_index_inputs")
    scores = findings.scores(inputs)
    weights = ranking.equal_weights(scores)
    place = ranking.places(ranking.composite(scores, weights))
    firm = ranking.firm_orders(place, ranking.places_over_weights(scores, weights))
    assert (firm.loc[firm["apart"] >= 50, "firm"] > 0.9).all()


def test_an_account_that_never_replies_gains_without_engagement() -> None:
    names = run("ranking-3")
    scores, mine = names["scores"], names["mine"]
    silent = scores["engagement"] == scores["engagement"].min()
    with_it = ranking.places(ranking.composite(scores, mine))
    without = ranking.places(ranking.composite(scores, mine.mask(mine.index == "engagement", 0)))
    assert (without - with_it)[silent].mean() < 0
