"""Canadian pages against the upstream files, and kinds by name."""

from __future__ import annotations

import csv

import pytest

from govsocial import tables
from pipeline import raw
from pipeline.sources.facebook_canada import kind


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("Justin Trudeau", "prime minister"),
        ("Justin Trudeau Not", "other"),
        ("François Legault", "premier"),
        ("Royal Canadian Mounted Police in Manitoba", "police"),
        ("Service de police de la Ville de Montréal - SPVM", "police"),
        ("Canadian Police Association", "other"),
        ("Canadian Forces Snowbirds", "armed forces"),
        ("Nova Scotia Government", "government"),
        ("Ministère Paul Mukendi", "other"),
        ("Ville de Montréal", "municipality"),
        ("Occasion Ville de Québec", "other"),
        ("City and Colour", "other"),
        ("Canada Remembers", "government"),
        ("Le Canada se Souvient ", "government"),
        ("Gendarmerie royale du Canada au Nouveau-Brunswick", "police"),
        ("CF Combat Camera / Caméra de combat des FC", "armed forces"),
    ],
)
def test_the_name_tells_the_kind(page: str, expected: str) -> None:
    listed = {"canada remembers", "le canada se souvient", "canadian forces snowbirds"}
    assert kind(page, listed) == expected


def test_without_the_federal_list_a_name_without_words_is_no_body() -> None:
    assert kind("Canada Remembers") == "other"


def test_every_popular_post_is_counted_once() -> None:
    kinds = tables.load("canada_page_kinds").set_index("kind")
    assert kinds["pages"].sum() == 13_521
    assert kinds[["posts_2018_2019", "posts_2020"]].to_numpy().sum() == 899_999
    assert kinds["posts_2020"].sum() == 180_000
    public = tables.load("canada_public_pages").groupby("kind")["interactions_2020"].sum()
    assert public.to_dict() == kinds["interactions_2020"].drop("other").to_dict()
    assert kinds["pages"].drop(["other", "premier", "prime minister"]).sum() == 264


def test_interactions_add_up_to_the_upstream_files() -> None:
    root = raw.directory()
    if root is None:
        pytest.skip("the raw files are not on this machine")
    sums = {}
    for name in ("pages-canada-nb-interactions", "pages-canada-nb-interactions-2020"):
        with (root / "facebook-canada" / f"{name}.csv").open(encoding="utf-8") as lines:
            sums[name] = sum(int(row["interactions"]) for row in csv.DictReader(lines))
    kinds = tables.load("canada_page_kinds")
    late = kinds["interactions_2020"].sum()
    assert late == sums["pages-canada-nb-interactions-2020"]
    assert kinds["interactions_2018_2019"].sum() + late == sums["pages-canada-nb-interactions"]
