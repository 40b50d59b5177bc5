"""Google's removal requests against the upstream file, read anew, and against printed totals."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from govsocial import tables
from pipeline import raw

_FILE = "data/google-government-removals.json"


@pytest.fixture(scope="module")
def upstream() -> Counter[tuple[str, str]]:
    """Requests by country and year, counted without pandas."""
    if raw.directory() is None:
        pytest.skip("the raw files are not on this machine")
    report = json.loads(raw.locate("google-removals", _FILE).read_text())
    found: Counter[tuple[str, str]] = Counter()
    for row in report["rows"]:
        found[report["countries"][row[1]], report["periods"][row[0]][-4:]] += row[5]
    return found


def test_every_request_of_the_file_is_in_each_table(upstream: Counter[tuple[str, str]]) -> None:
    for kind in ("s", "_reasons", "_requesters", "_products"):
        name = f"google_removal{kind}"
        assert tables.load(name)["requests"].sum() == sum(upstream.values()) == 603_110


def test_countries_and_years_are_not_mixed_up(upstream: Counter[tuple[str, str]]) -> None:
    google = tables.load("google_removals")
    years = google["half"].dt.year.astype(str)
    sums = google.groupby([google["code"], years])["requests"].sum()
    # Britain has a second code in one row.
    upstream["GB", "2021"] += upstream.pop(("UK", "2021"))
    upstream["ZZ", "2022"] += upstream.pop(("", "2022"))
    assert sums.to_dict() == dict(upstream)


def test_the_six_totals_of_the_press_are_reproduced_and_the_seventh_differs_by_one() -> None:
    printed = tables.load("google_published_totals")
    press = printed[printed["citation"] == "fact-zdnet-2022"]
    difference = press["computed"] - press["published"]
    assert sorted(difference) == [0, 0, 0, 0, 0, 0, 1]
    assert press.loc[difference == 1, "code"].tolist() == ["US"]
    assert press.set_index("code").loc["RU", "computed"] == 123_606


def test_the_total_in_the_facts_is_the_total_of_the_table() -> None:
    facts = tables.load("facts")
    fact = facts[(facts["topic"] == "google_validation") & (facts["subject"] == "Russia")]
    google = tables.load("google_removals")
    decade = google[(google["code"] == "RU") & (google["half"].dt.year <= 2020)]
    assert fact["value"].tolist() == [decade["requests"].sum()]


def test_the_outcomes_of_items_sum_to_the_items_named() -> None:
    google = tables.load("google_removals")
    parts = google[["items_removed", "items_gone", "items_unclear", "items_kept"]]
    early = google["half"].dt.year < 2019
    assert parts[early].isna().all(axis=None) and parts[~early].notna().all(axis=None)
    # Upstream, 97 of some 19,000 rows do not add up.
    gap = (parts[~early].sum(axis=1) - google.loc[~early, "items"]).abs().sum()
    assert gap / google.loc[~early, "items"].sum() < 0.01


def test_most_printed_totals_rest_on_one_study() -> None:
    totals = tables.load("google_published_totals")
    assert totals["citation"].str.contains("2022").sum() == 14 and len(totals) == 22
    assert any("14 of the 22" in text for text in totals.attrs["descriptor"]["caveats"])


def test_criticism_is_removed_in_two_countries() -> None:
    """Two thirds of what governments call criticism of themselves goes, nearly all of it there."""
    reasons = tables.load("google_removal_reasons")
    criticism = reasons[reasons["reason"].eq("Government criticism") & reasons["year"].ge(2019)]
    items = criticism.groupby("code")[["items", "items_removed"]].sum()
    assert list(items.loc["VN"]) == [64_718, 48_486] and list(items.loc["BD"]) == [6_975, 36]
    assert items["items_removed"].sum() == 61_612
    assert reasons.loc[reasons["year"] < 2019, "items_removed"].isna().all()


def test_reasons_and_half_years_add_up_to_the_same_items() -> None:
    reasons, halves = tables.load("google_removal_reasons"), tables.load("google_removals")
    for column in ("requests", "items", "items_removed", "items_kept"):
        assert reasons[column].sum() == halves[column].sum()


def test_italian_requests_about_the_resolver_read_anew() -> None:
    if raw.directory() is None:
        pytest.skip("the raw files are not on this machine")
    report = json.loads(raw.locate("google-removals", _FILE).read_text())
    named = {name: number for number, name in enumerate(report["schema"])}
    bodies, copyright_of = report["requestors"], report["reasons"].index("Copyright")
    found: Counter[str] = Counter()
    for row in report["rows"]:
        here = report["countries"][row[1]] == "IT" and report["periods"][row[0]][-4:] == "2025"
        if here and report["products"][row[named["product"]]] == "Public DNS":
            requests = row[named["num_requests"]]
            found["requests"] += requests
            found["items"] += row[named["items_requested"]]
            found["copyright"] += requests * (row[named["reason"]] == copyright_of)
            body = bodies[row[named["requestor"]]]
            found["communications"] += requests * (
                body == "Information and Communications Authority"
            )
    table = tables.load("google_removal_products")
    chosen = (table["code"] == "IT") & (table["product"] == "Public DNS")
    sums = table[chosen & (table["half"].dt.year == 2025)]
    assert sums[[*found]].sum().to_dict() == found
    assert found["requests"] == 448 and 0 < found["communications"] < found["copyright"]
