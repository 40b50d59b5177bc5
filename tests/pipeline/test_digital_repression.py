"""The compilation of 2021 against V-Dem itself."""

from __future__ import annotations

import pytest

from govsocial import tables
from govsocial.rates import spearman
from pipeline import raw
from pipeline.sources.vdem import country_years


def test_the_democracy_scores_are_those_of_vdem() -> None:
    if raw.directory() is None:
        pytest.skip("the raw files are not on this machine")
    vdem = country_years(raw.locate("vdem", "data/vdemlite.rda"))
    scores = vdem[vdem["year"] == 2021].set_index("country_name")["v2x_polyarchy"]
    compiled = tables.load("digital_repression").set_index("country")["polyarchy"]
    both = compiled.to_frame().join(scores, how="inner")
    assert len(both) == 177
    # Two versions of the same index.
    assert (both["polyarchy"] - both["v2x_polyarchy"]).abs().max() < 0.07


def test_the_sign_is_reversed_against_vdem() -> None:
    repression = tables.load("digital_repression")
    found = spearman(
        repression["polyarchy"], repression["government_disinformation"], resamples=200
    )
    assert found.value == pytest.approx(-0.805, abs=0.001)
    censorship = tables.load("internet_censorship").query("year == 2021")
    joined = repression.merge(censorship, on="country")
    other = spearman(joined["polyarchy"], joined["censorship_effort"], resamples=200)
    assert other.value > 0
