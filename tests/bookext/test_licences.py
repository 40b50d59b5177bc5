"""The licence of a figure: the strictest of its tables', or a refusal."""

from __future__ import annotations

from typing import Any

import pytest

from bookext.records import licences
from govsocial import tables


def resource(name: str, *names: str, terms: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"name": name, "licenses": [{"name": each} for each in names], "terms": list(terms)}


OPEN = resource("pages", "MIT", "none stated", "CC-BY-4.0", "CC0-1.0")
ALIKE = resource("censorship", "CC-BY-SA-4.0")
OLDER = resource("members", "CC-BY-SA-3.0", "MIT")
CLOSED = resource("posting", "CC-BY-NC-SA-4.0")
RESEARCH = resource("war", "none stated", terms=("non-commercial",))


@pytest.mark.parametrize(
    ("drawn_from", "carried"),
    [
        ([], ()),
        ([OPEN], ()),
        ([OPEN, ALIKE], ("CC-BY-SA-4.0",)),
        ([ALIKE, OLDER], ("CC-BY-SA-4.0",)),
        ([OPEN, CLOSED], ("CC-BY-NC-SA-4.0",)),
        ([RESEARCH, OPEN], ("non-commercial",)),
        ([RESEARCH, CLOSED], ("CC-BY-NC-SA-4.0",)),
    ],
)
def test_a_figure_carries_the_strictest_terms(
    drawn_from: list[dict[str, Any]], carried: tuple[str, ...]
) -> None:
    assert licences.of_figure(drawn_from) == carried
    assert licences.of_figure(drawn_from[::-1]) == carried


@pytest.mark.parametrize("other", [CLOSED, RESEARCH])
@pytest.mark.parametrize("alike", [ALIKE, OLDER])
def test_terms_that_exclude_each_other_are_refused(
    alike: dict[str, Any], other: dict[str, Any]
) -> None:
    with pytest.raises(licences.LicenceError, match=f"{alike['name']}.*{other['name']}.*two fig"):
        licences.of_figure([OPEN, other, alike])


def test_the_terms_of_the_tables_reach_the_figures() -> None:
    def carried(*names: str) -> tuple[str, ...]:
        return licences.of_figure([tables.descriptor(name) for name in names])

    assert carried("egdi_ranks", "internet_censorship") == ("CC-BY-SA-4.0",)
    assert carried("digital_repression") == ("CC-BY-SA-4.0",)
    assert carried("posting_hours") == ("CC-BY-NC-SA-4.0",)
    assert carried("war_tweet_days", "liker_creation_days") == ("non-commercial",)
    with pytest.raises(licences.LicenceError):
        carried("shutdown_country_years", "covid_posting_weeks")
