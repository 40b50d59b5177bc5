"""Orders, shutdowns, notes and Truth Social since 2022, counted a second way from the raw files."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run
from pipeline.sources import truth_social

present = pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")


def lines(slug: str, path: str) -> list[dict[str, str]]:
    found = Run().raw(slug, f"prepared/{path}")
    with (
        gzip.open(found, "rt", encoding="utf-8", newline="")
        if found.suffix == ".gz"
        else found.open(encoding="utf-8", newline="")
    ) as file:
        return list(csv.DictReader(file))


def test_countries_add_up_to_the_printed_total_of_nine_services() -> None:
    services = tables.load("dsa_services").dropna(subset=["to_act_states"])
    act = services[services["to_act"] == services["to_act_states"]]
    assert {"TikTok", "X", "Snapchat", "LinkedIn", "Temu", "AliExpress"} <= set(act["service"])
    known = services.dropna(subset=["to_provide", "to_provide_states"])
    assert (known["to_provide"] == known["to_provide_states"]).all()


def test_orders_that_name_no_service_are_no_platform() -> None:
    services = set(tables.load("dsa_services")["service"]) - {"Multi-Services"}
    described = tables.descriptor("dsa_services")["description"]
    assert f"that {len(services)} very large platforms and search engines count" in described


@pytest.mark.parametrize(
    ("service", "state", "act", "provide"),
    [("TikTok", "RO", 214, 168), ("X", "DE", 1, 3_396), ("TikTok", "GR", 0, 110)],
)
def test_the_orders_of_a_country(service: str, state: str, act: int, provide: int) -> None:
    orders = tables.load("dsa_orders").set_index(["service", "state"])
    assert list(orders.loc[(service, state), ["to_act", "to_provide"]]) == [act, provide]


@present
def test_italy_s_orders_to_a_search_engine_are_those_of_the_lines() -> None:
    rows = lines("dsa-reports-2025h2", "member_state_orders.csv.gz")
    subjects = tables.load("dsa_order_subjects")
    italy = subjects[(subjects["service"] == "Google Search") & (subjects["state"] == "IT")]
    found = {
        row["category"]: int(float(row["orders_to_act"]))
        for row in rows
        if row["service"] == "Google Search"
        and row["scope"] == "IT"
        and row["category_code"].startswith("STATEMENT_")
    }
    assert dict(zip(italy["subject"], italy["to_act"], strict=True)) == found
    assert found["Intellectual property infringements"] == 365 and sum(found.values()) == 373


def test_no_service_has_a_country_twice_and_users_belong_to_it() -> None:
    orders = tables.load("dsa_orders")
    assert not orders.duplicated(["service", "state"]).any()
    assert orders.loc[orders["service"] == "TikTok", "recipients"].notna().all()
    assert not orders["service"].isin(["Facebook", "Instagram"]).any()


@present
def test_every_shutdown_is_counted_once_by_cause_and_once_in_each_country_named() -> None:
    rows = lines("keepiton-2025", "shutdown_events_2016_2025.csv.gz")
    years = Counter(int(row["count_year"]) for row in rows)
    assert tables.load("shutdown_causes").groupby("year")["events"].sum().to_dict() == years
    events = tables.load("shutdown_events")
    places = Counter(int(r["count_year"]) for r in rows for _place in r["country"].split(";"))
    assert events.groupby("year")["events"].sum().to_dict() == places
    joint = events[events["joint"] > 0].groupby("year")["iso3"].agg(lambda codes: " ".join(codes))
    assert joint.to_dict() == {2024: "BDI KEN LAO MMR RWA TZA UGA", 2025: "CMR CAF"}
    assert (events["joint"] <= 1).all() and events["country"].nunique() == 100
    assert places.total() == 2_108
    parts = events[["network", "services", "both"]].sum(axis=1)
    assert (parts == events["events"]).all() and len(rows) == 2_102


@present
def test_platforms_blocked_in_2025_are_those_of_the_lines() -> None:
    columns = [f"{name}_affected" for name in ("facebook", "twitter", "whatsapp")]
    columns += ["instagram_affected", "telegram_affected"]
    rows = lines("keepiton-2025", "shutdown_events_2016_2025.csv.gz")
    recent = [row for row in rows if row["count_year"] == "2025"]
    hit = [row for row in recent if "Yes" in [row[column] for column in columns]]
    blocked = tables.load("shutdown_platforms").set_index(["year", "platform"])
    row = blocked.xs((2025, "any of the five"))
    assert (row["blocked"], row["countries"]) == (len(hit), len({r["country"] for r in hit}))
    assert (row["blocked"], row["countries"]) == (52, 25)
    assert blocked.loc[(2025, "Telegram"), "blocked"] == 23
    events = tables.load("shutdown_events")
    assert events.loc[events["year"] == 2025, "platform_blocked"].sum() == 52
    assert events.loc[events["year"] < 2019, "platform_blocked"].isna().all()


def test_india_and_the_codes_of_countries() -> None:
    events = tables.load("shutdown_events")
    recent = events[events["year"] >= 2023].groupby("country")["events"].sum()
    assert recent["India"] == 265 and recent["Myanmar"] == 218 and recent["Iran"] == 52
    assert set(events.loc[events["iso3"].isna(), "country"]) == {"Somaliland"}
    codes = events.dropna(subset=["iso3"]).groupby("iso3")["country"].nunique()
    assert (codes == 1).all()


def test_notes_on_congress_are_a_small_part_and_seldom_shown() -> None:
    months = tables.load("community_notes_months")
    sums = months.drop(columns="month").sum()
    assert sums["notes"] == 178_788 and sums["congress_notes"] == 3_884
    assert round(100 * sums["congress_helpful"] / sums["congress_notes"], 1) == 3.1
    assert round(100 * sums["helpful_author_known"] / sums["author_known"], 1) == 8.1


@present
def test_groups_of_noted_accounts_hide_none_and_name_none() -> None:
    groups = tables.load("community_notes_groups")
    assert groups["accounts"].sum() == 200 and groups["accounts"].min() >= 2
    officials = groups[groups["kind"] != "all other accounts"]
    named = lines("community-notes", "officials_among_200_most_noted_2025-08.csv")
    assert officials["helpful"].sum() == sum(int(row["helpful"]) for row in named) == 720
    assert officials["accounts"].sum() == len(named) == 23


@present
def test_every_post_on_truth_social_is_in_one_week() -> None:
    rows = lines("trump-truth-social", "truth_posts_metadata.csv.gz")
    weeks = tables.load("truth_social_weeks")
    silent = [row for row in rows if row["reblogs_count"] == row["favourites_count"] == "0"]
    assert weeks["reposts"].sum() == len(silent) == 5_286
    assert weeks["posts"].sum() + weeks["reposts"].sum() == len(rows) == 32_433
    in_office = weeks[weeks["phase"] == "in office"]
    assert in_office[["posts", "reposts"]].sum().sum() == sum(
        row["created_at"] >= "2025-01-20T17:00" for row in rows
    )


@present
def test_office_hours_are_those_of_washington() -> None:
    zone, found = ZoneInfo("America/New_York"), 0
    for row in lines("trump-truth-social", "truth_posts_metadata.csv.gz"):
        if row["reblogs_count"] == row["favourites_count"] == "0":
            continue
        moment = datetime.fromisoformat(row["created_at"]).astimezone(zone)
        found += moment.weekday() < 5 and 9 <= moment.hour < 17
    weeks = tables.load("truth_social_weeks")
    hours = tables.load("truth_social_hours")
    at_work = hours[(hours["weekday"] <= 5) & hours["hour"].between(9, 16)]
    assert weeks["office"].sum() == at_work["posts"].sum() == found
    assert tables.load("truth_social_seconds")["posts"].sum() == weeks["posts"].sum()


def test_hours_without_a_post_are_said_to_be_no_rows() -> None:
    hours = tables.load("truth_social_hours")
    assert len(hours) < 2 * 7 * 24 and hours["posts"].min() > 0
    caveats = tables.descriptor("truth_social_hours")["caveats"]
    assert "Hours without a post are no rows." in caveats


@present
def test_ids_tell_the_time_to_the_second() -> None:
    within: Counter[int] = Counter()
    for row in lines("trump-truth-social", "truth_posts_metadata.csv.gz"):
        decoded = datetime.fromtimestamp((int(row["id"]) // 65_536) / 1000, tz=UTC)
        gap = abs((decoded - datetime.fromisoformat(row["created_at"])).total_seconds())
        within[next(edge for edge in (0, 1, 5, 10, 100, 1000) if round(1000 * gap) <= edge)] += 1
    clock = tables.load("truth_social_clock")
    assert dict(zip(clock["within"], clock["posts"], strict=True)) == dict(within)


def test_a_clock_that_is_wrong_stops_the_build() -> None:
    posts = pd.DataFrame({"difference": [3, -2_500]})
    with pytest.raises(ValueError, match="2500 ms from the stated time"):
        truth_social._clock(posts)
