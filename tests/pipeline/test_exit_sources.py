"""The tables of the chapter on leaving, counted a second way from the raw files."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run

present = pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")


def lines(slug: str, path: str) -> list[dict[str, str]]:
    with Run().raw(slug, path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def entries(slug: str, path: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(Run().raw(slug, path).read_text("utf-8"))
    return found


def test_no_day_of_canada_is_counted_twice_or_by_half() -> None:
    daily = tables.load("canada_accounts").groupby("date")["accounts"].sum()
    assert len(daily) == 660
    change = daily.astype(float).pct_change().abs()
    assert change.max() < 0.02


@present
def test_the_last_day_of_canada_is_that_of_the_lines() -> None:
    found: Counter[str] = Counter()
    for line in lines("gc-socials-canada", "platform_counts.csv"):
        if line["Date"] == "2026-08-22":
            found[line["Platform"].lower()] += int(line["Count"])
    table = tables.load("canada_accounts")
    last = table[table["date"] == "2026-08-22"].set_index("platform")["accounts"]
    assert last["X"] == found["x"] == 666
    assert last["Instagram"] == found["instagram"] + found["intagram"]
    assert last.sum() == sum(found.values()) == 1_865


@present
def test_the_removals_leave_out_the_false_burst_only() -> None:
    rows = lines("gc-socials-canada", "deleted_rows.csv")
    real = [row for row in rows if row["Date Deleted"] != "2026-06-01"]
    on_x = [row for row in real if row["Platform"].lower() == "x"]
    assert tables.load("canada_x_removals")["removed"].sum() == len(on_x)


def test_the_kinds_of_swedish_bodies_have_their_known_numbers() -> None:
    kinds = tables.load("swedish_bodies_x")["kind"].value_counts()
    # 21 county boards and 21 regions; Gotland is a region and not among the 290 municipalities.
    assert kinds["region"] == 42 and kinds["municipality"] == 289
    assert kinds["mission"] == 107 and kinds["ministry"] == 10


@present
def test_the_states_of_swedish_accounts_are_those_of_the_lines() -> None:
    rows = lines("politix-sweden-denmark", "data/sweden/myndigheter.csv")
    posted = [row["x_last_post"] for row in rows if row["x_handle"]]
    states = tables.load("swedish_bodies_x")["state"].value_counts()
    assert states["closed"] == posted.count("closed") == 70
    assert states["protected"] == posted.count("protected") == 6
    assert states["unread"] == posted.count("") == 30
    assert states["dated"] == sum(day.startswith("20") for day in posted) == 297


@present
def test_x_in_the_riksdag_was_read_a_month_before_bluesky() -> None:
    rows = lines("politix-sweden-denmark", "data/sweden/riksdagen.csv")
    on_x = max(row["x_last_post"] for row in rows if row["x_last_post"].startswith("20"))
    assert on_x[:10] == "2026-02-01"
    assert max(row["last_check"] for row in rows)[:10] == "2026-03-01"


@present
def test_the_mission_and_the_municipality_that_posted_last() -> None:
    bodies = tables.load("swedish_bodies_x").set_index("body")
    assert bodies.loc["Sveriges ambassad i Bangkok", "last_post"] == pd.Timestamp("2026-02-07")
    towns = bodies[bodies["kind"] == "municipality"]["last_post"]
    assert towns.max() == pd.Timestamp("2025-10-29")


@present
def test_french_deputies_with_a_handle_are_those_of_the_files() -> None:
    table = tables.load("french_deputies_accounts").groupby("platform")[["members", "listed"]].sum()
    assert set(table["members"]) == {576}
    assert table.loc["X", "listed"] == len(entries("politix-france-eu", "data/x-data.json"))
    for platform, key in {"Bluesky": "bsky", "Mastodon": "masto"}.items():
        found = entries("politix-france-eu", f"data/{platform.lower()}-data.json").values()
        assert table.loc[platform, "listed"] == sum(one[key] is not None for one in found)


@present
def test_the_last_posts_of_one_day_in_january_are_in_the_lines() -> None:
    text = Run().raw("politix-france-eu", "data/x-data.json").read_text("utf-8")
    newest = [max(days) for part in re.findall(r'"activité": \[([^\]]*)\]', text)
              if (days := re.findall(r"\d{4}-\d\d-\d\d", part))]  # fmt: skip
    stops = tables.load("french_deputies_stops")
    on_day = stops.loc[stops["last_post"] == "2025-01-20", "deputies"].sum()
    # Three more stopped on that day who were not seen in the winter's readings.
    assert newest.count("2025-01-20") == 12 and on_day == 9


def test_every_member_of_the_european_parliament_is_in_one_group_and_country() -> None:
    meps = tables.load("mep_accounts")
    for by in ("group", "country"):
        sums = meps[meps["by"] == by].groupby("platform")[["members", "listed"]].sum()
        assert set(sums["members"]) == {719}
        assert sums["listed"].to_dict() == {"Bluesky": 231, "Mastodon": 31, "X": 433}
    delegations = meps[meps["by"] == "delegation"]
    assert delegations["members"].min() >= 10


@present
def test_the_links_and_accounts_of_members_are_those_of_the_files() -> None:
    text = Run().raw("leavex-eu", "prepared/eu-meps.json").read_text("utf-8")
    assert text.count('"usesX": true') == 433
    found = entries("politix-france-eu", "data/europe-data.json").values()
    bluesky = sum(one["bsky"] is not None for one in found)
    meps = tables.load("mep_accounts")
    groups = meps[(meps["by"] == "group") & (meps["platform"] == "Bluesky")]
    assert groups["listed"].sum() == bluesky == 231
    assert tables.load("mep_x_bluesky")["members"].sum() == 713


def test_the_wave_is_in_both_versions_of_the_german_list() -> None:
    months = tables.load("german_fediverse_months")
    counted = months.groupby(["snapshot", "month"])["accounts"].sum()
    for snapshot in months["snapshot"].unique():
        assert counted[snapshot].idxmax() == pd.Timestamp("2022-11-01")
    assert months.groupby("snapshot")["accounts"].sum().tolist() == [573, 1_091]
    assert (months["posting"] <= months["accounts"]).all()


@present
def test_the_mirrors_are_counted_by_the_names_of_their_servers() -> None:
    addresses = entries("fedipol-germany", "at-bda09a789c07/fedipol_data.json")["data"]
    bulk = [one for one in addresses if "respublicae.eu" in one or "linksfraktion.de" in one]
    months = tables.load("german_fediverse_months")
    first = months[(months["snapshot"] == "2025-02-21") & (months["kind"] == "bulk")]
    assert first["accounts"].sum() == len(bulk) == 99
    followed = tables.load("german_fediverse_followed")
    assert followed["accounts"].sum() == len(addresses)


@present
def test_british_and_american_counts_are_those_of_the_files() -> None:
    people = Run().raw("uk-parlparse", "members/social-media-commons.xml").read_text("utf-8")
    places = tables.load("parliament_accounts").set_index(["body", "platform", "source"])
    commons = places.xs(("House of Commons", "Bluesky", "uk-parlparse"))
    assert commons["listed"] == people.count(" bluesky_handle=") == 365
    congress = places.xs(("Congress", "X", "us-congress-legislators"))
    assert congress["members"] == 537 and congress["listed"] <= congress["members"]


@present
def test_the_french_government_is_its_members() -> None:
    ministers = entries("politix-france-eu", "data/ministres.json")
    others = {"Emmanuel Macron", "Le Gouvernement"}
    assert others < set(ministers)
    places = tables.load("parliament_accounts").set_index(["body", "platform"])
    counts = places.loc["Government of France", ["members", "listed", "posting"]]
    found = {str(row.Index): (row.members, row.listed, row.posting) for row in counts.itertuples()}
    of = len(ministers) - len(others)
    assert found == {"X": (of, 35, 34), "Bluesky": (of, 9, 2)} and of == 36


def test_nobody_posts_who_is_not_listed() -> None:
    places = tables.load("parliament_accounts").dropna(subset="posting")
    assert (places["posting"] <= places["listed"]).all()
    assert (places["listed"] <= places["members"]).all()


def test_the_weeks_of_the_last_posts_end_on_sundays_but_for_one_day() -> None:
    last = tables.load("french_deputies_stops")["last_post"].dropna()
    other = last[~last.isin(pd.to_datetime(["2025-01-20", "2026-02-11"]))]
    assert (other.dt.day_of_week == 6).all() and len(other) == 19


@present
def test_five_of_the_removed_canadian_accounts_are_listed_again() -> None:
    def handle(address: str) -> str:
        return address.casefold().split("?")[0].rstrip("/").rsplit("/", 1)[-1]

    def rows(path: str) -> list[dict[str, str]]:
        with Run().raw("gc-socials-canada", path).open(encoding="utf-8", newline="") as file:
            return [row for row in csv.DictReader(file) if row["Platform"].casefold() == "x"]

    now = {handle(row["URL"]) for row in rows("sm.csv")}
    gone = [row for row in rows("deleted_rows.csv") if row["Date Deleted"] != "2026-06-01"]
    again = sum(handle(row["URL"]) in now for row in gone)
    caveats = " ".join(tables.descriptor("canada_x_removals")["caveats"])
    assert (again, len(gone)) == (5, 87) and "five of the 87" in caveats


@present
def test_how_many_german_public_bodies_stand_for_a_server() -> None:
    found = json.loads(Run().raw("fedipol-germany", "fedipol_data.json").read_text("utf-8"))["data"]
    first: dict[str, tuple[str, str]] = {}
    for address, one in found.items():  # two authorities are listed twice, first by their kind
        kind, opened = one["account"]["category"], one["created_at"][:7]
        first.setdefault(address.casefold().rstrip("/"), (kind, opened))
    own = [opened for kind, opened in first.values() if kind == "Institution (Instanz)"]
    wave = [month for month in own if "2022-10" <= month <= "2022-12"]
    assert (len(own), len(wave)) == (91, 41)
    months = tables.load("german_fediverse_months")
    public = months[(months["kind"] == "public body") & (months["snapshot"] == "2025-10-27")]
    assert public["accounts"].sum() == 138
    assert public.loc[public["month"].between("2022-10-01", "2022-12-01"), "accounts"].sum() == 60
