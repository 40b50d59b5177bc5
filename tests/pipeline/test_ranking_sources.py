"""The ranking's tables against counts made another way, and against published places."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw

ROOT = Path(__file__).resolve().parents[2]
RAW = raw.directory()
needs_raw = pytest.mark.skipif(RAW is None, reason="the raw files are not on this machine")


def rows(path: str) -> list[dict[str, str]]:
    assert RAW is not None
    content = (RAW / path).read_bytes()
    if path.endswith(".gz"):
        content = gzip.decompress(content)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_index_inputs_agree_with_the_published_e_participation_ranks() -> None:
    """Published ranks give ties the best place, the index the mean of their places."""
    ranks = tables.load("egdi_ranks").set_index(["edition", "iso3"])
    inputs = tables.load("country_index_inputs").set_index(["edition", "iso3"])
    ranked = ranks["epi_rank"].notna()
    # The index gives the last places also to states that were not yet members.
    absent = (~ranked).groupby("edition").transform("sum")
    last = ranks["epi_rank"] == ranks.groupby("edition")["epi_rank"].transform("max")
    mean = ranks["epi_rank"] + (ranks["epi_tied"] + absent.where(last, 0) - 1) / 2
    assert (mean[ranked] == inputs["e_participation"].reindex(ranks.index)[ranked]).all()


def test_who_was_no_member_has_no_rank_and_is_in_no_tie() -> None:
    ranks = tables.load("egdi_ranks")
    assert (ranks["epi_rank"].isna() == ranks["egdi_rank"].isna()).all()
    assert (ranks["epi_tied"].isna() == ranks["egdi_rank"].isna()).all()
    members = ranks.groupby("edition")["egdi_rank"].transform("count")
    assert (ranks["epi_rank"] + ranks["epi_tied"] - 1 <= members).dropna().all()


@needs_raw
def test_eighteen_members_had_no_presence_in_2003() -> None:
    """A score of zero that is ranked; the file has it of two that were no members, too."""
    found = [
        row for row in rows("egdi/data/EGOV_DATA_2003.csv") if row["E-Government Rank"].strip()
    ]
    none = [row for row in found if not float(row["E-Government Index"])]
    caveats = " ".join(tables.descriptor("egdi_ranks")["caveats"])
    assert f"({len(none)} members in 2003)" in caveats


@needs_raw
@pytest.mark.parametrize("edition", [2014, 2016, 2018, 2020, 2022])
def test_e_government_is_the_mean_of_three_parts_of_which_portals_are_one(edition: int) -> None:
    parts = ["Online Service Index", "Telecommunication Infrastructure Index"]
    parts.append("Human Capital Index")
    for row in rows(f"egdi/data/EGOV_DATA_{edition}.csv"):
        mean = sum(float(row[part]) for part in parts) / 3
        assert float(row["E-Government Index"]) == pytest.approx(mean, abs=1e-4)
    described = tables.descriptor("egdi_ranks")["description"]
    assert "e-government is the mean of portals, infrastructure and human capital" in described
    glossary = (ROOT / "back" / "glossary.md").read_text("utf-8")
    assert "three parts of equal weight: national portals, networks, and schooling" in glossary


def test_index_inputs_cover_every_member_in_every_edition() -> None:
    inputs = tables.load("country_index_inputs")
    assert inputs.groupby("edition").size().eq(193).all() and inputs["edition"].nunique() == 12
    united = ["e_participation", "online_services", "infrastructure", "human_capital"]
    assert inputs[united].notna().all(axis=None)
    # The places of n countries sum to n (n + 1) / 2, however they are tied.
    assert inputs.groupby("edition")[united].sum().eq(193 * 194 / 2).all(axis=None)
    bank = inputs.set_index("edition")[["engagement", "service_portals", "openness"]]
    assert bank.loc[[2022]].notna().all(axis=None) and bank.drop(2022).isna().all(axis=None)


@needs_raw
def test_bank_places_counted_by_hand() -> None:
    points = {
        row["cc_iso3c"]: float(row["value"])
        for row in rows("gtmi/data_out/gtmi_2022.csv")
        if row["variable"] == "gtmi_portals"
    }
    inputs = tables.load("country_index_inputs").set_index(["edition", "iso3"]).loc[2022]
    members = {code: points[code] for code in inputs.index}
    for code in ("RUS", "ITA", "NLD", "SSD"):
        better = sum(value > points[code] for value in members.values())
        tied = sum(value == points[code] for value in members.values())
        assert inputs.loc[code, "service_portals"] == better + (tied + 1) / 2


@needs_raw
def test_congress_counts_made_row_by_row() -> None:
    own, replies = Counter[str](), Counter[str]()
    for row in rows("us-congress-2016/prepared/posts_metadata.csv.gz"):
        if row["isrt"] == "False":
            own[row["user"].lower()] += 1
            names = row["isreply"] == "True" and int(row["nment"]) > 0
            replies[row["user"].lower()] += names
    cited = defaultdict(set)
    for row in rows("us-congress-2016/prepared/peer_mentions.csv"):
        cited[row["target"]].add(row["source"])
    table = tables.load("congress_criteria")
    assert len(table) == 518 and table["own_posts"].sum() == sum(own.values())
    for ours in table.to_dict("records"):
        account = ours["account"]
        assert ours["own_posts"] == own[account] and ours["replies"] == replies[account]
        assert ours["cited_by"] == len(cited[account] - {account})


@needs_raw
def test_congress_popularity_follows_the_followers() -> None:
    profiles = rows("us-congress-2016/prepared/congress-twitter-profiles.csv")
    followers = {row["screen_name"].lower(): int(row["followers_count"]) for row in profiles}
    order = tables.load("congress_criteria").set_index("account")["popularity_place"]
    first = order.sort_values().index[:5]
    assert list(first) == sorted(followers, key=lambda name: -followers[name])[:5]


def test_oecd_places_keep_the_published_order() -> None:
    """The OECD published Korea, Denmark, the United Kingdom, Norway and Australia as first."""
    order = tables.load("oecd_digital_places").set_index("iso3")["place"].sort_values()
    assert list(order.index[:5]) == ["KOR", "DNK", "GBR", "NOR", "AUS"]


def test_places_by_posts_abroad_are_the_printed_ones() -> None:
    places = tables.load("diplomatic_post_places").set_index("iso3")["place"]
    assert places.loc[["CHN", "USA", "TUR", "RUS", "ITA", "CRI"]].tolist() == [1, 2, 3, 6, 9, 50]
    assert places.is_unique and len(places) == 50


@needs_raw
def test_what_rankings_do_with_equals_and_with_others_is_said() -> None:
    posts = rows("lowy-gdi/prepared/lowy_gdi_2024_top50_transcribed.csv")
    placed = [row for row in posts if row["rank"]]
    totals = Counter(row["total_posts"] for row in placed)
    assert sum(n > 1 for n in totals.values()) == 3
    assert len({row["rank"] for row in placed}) == len(placed)
    caveats = " ".join(tables.descriptor("diplomatic_post_places")["caveats"])
    assert "puts one of two with as many missions first" in caveats
    index = rows("oecd-dgi/data_raw/OECD_DGI_2023/oecd_dgi_2023.csv")
    ranked = {
        row["cc_iso3c"]
        for row in index
        if row["variable"] == "composite_rank" and row["value"] not in {"", "NA"}
    }
    caveats = " ".join(tables.descriptor("oecd_digital_places")["caveats"])
    assert f"only the {len(ranked)} of the 38 that are its members" in caveats


@needs_raw
def test_leaders_places_counted_another_way() -> None:
    """The table's largest audiences, looked up account by account."""
    assert RAW is not None
    folder = Path(RAW, "world-leaders-isq", "data")
    profiles = pd.read_csv(folder / "data02-user-profiles.csv", dtype={"merge": "string"})
    twitter = profiles[profiles["platform"].str.contains("Twitter")]
    audience = dict(zip(twitter["merge"], twitter["audience"], strict=True))
    leaders = rows("world-leaders-isq/data/world-leaders-social-media.csv")
    best = {}
    for row in leaders:
        ids = (row["Twitter_personal_id"], row["Twitter_institution_id"])
        counts = [
            audience[str(int(float(i)))]
            for i in ids
            if i not in {"", "NA"} and str(int(float(i))) in audience
        ]
        if counts:
            best[row["iso3c"]] = max(counts)
    places = tables.load("leader_follower_places").set_index("iso3")["place"]
    assert set(places.index) == set(best)
    assert all(places[code] == 1 + sum(v > best[code] for v in best.values()) for code in best)


def test_govtech_scores_reach_their_stated_summary() -> None:
    """The upstream page states 198 countries and these ranges for each variable."""
    scores = tables.load("govtech_scores").set_index("iso3")
    assert len(scores) == 198
    stated = {"admin": 10, "backend": 4, "engagement": 3, "innovation": 4, "openness": 6.75}
    stated |= {"policy": 10, "portals": 8}
    assert scores.max().to_dict() == stated and scores.min().eq(0).all()
