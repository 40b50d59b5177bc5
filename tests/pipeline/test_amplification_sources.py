"""Tables of the chapter on amplification against the upstream files, counted another way."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw
from pipeline.sources import meta_ads


@pytest.fixture(scope="module")
def folder() -> Path:
    root = raw.directory()
    if root is None:
        pytest.skip("the raw files are not on this machine")
    return root


def test_likers_add_up_to_the_totals_of_the_register() -> None:
    days = tables.load("liker_creation_days").set_index("day")
    assert days["accounts"].sum() == 196_087 and days["exact"].sum() == 128_808
    assert days["accounts"].loc["2022"].sum() == 16_429
    assert (days["exact"] <= days["accounts"]).all()
    assert (days["accounts"] - days["exact"]).loc["2016-03-01":].eq(0).all()


def test_the_list_of_archives_has_22() -> None:
    archives = tables.load("io_releases")
    assert archives["archives"].sum() == 22
    assert archives.loc[archives["countries"] == "IR", "archives"].sum() == 5


def test_the_words_of_war_agree_with_the_days() -> None:
    days = tables.load("war_tweet_days")
    assert len(days) == 486 and days["day"].diff().dropna().eq(pd.Timedelta(days=1)).all()
    month = days["day"].dt.to_period("M").dt.to_timestamp()
    caught = days.groupby(month)["tweets"].sum()
    named = tables.load("war_tweet_languages").groupby("month")["tweets"].sum()
    assert (named <= caught.reindex(named.index)).all()
    assert named.sum() == 116_995_109


def test_the_hours_are_those_of_the_same_whole_days() -> None:
    hours = tables.load("war_tweet_hours")
    assert hours["hour"].tolist() == list(range(24)) and hours["days"].nunique() == 1


def russian_shares(folder: Path) -> dict[str, dict[str, int]]:
    """Return the first second at which each account shared each thing."""
    first: dict[str, dict[str, int]] = defaultdict(dict)
    path = folder / "coortweet" / "prepared" / "russian_coord_tweets.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            accounts, second = first[row["object_id"]], int(row["timestamp_share"])
            accounts[row["account_id"]] = min(second, accounts.get(row["account_id"], second))
    return first


def test_coincidences_within_a_minute_counted_in_plain_python(folder: Path) -> None:
    first = russian_shares(folder)
    together: Counter[tuple[str, str]] = Counter()
    for accounts in first.values():
        if len(accounts) >= 3:
            ordered = sorted(accounts.items(), key=lambda item: item[1])
            for (one, earlier), (other, later) in combinations(ordered, 2):
                if later - earlier <= 60:
                    together[min(one, other), max(one, other)] += 1
    rows = tables.load("sharing_windows").set_index(["set", "window"])
    row = rows.xs(("russia", 60))
    assert row["coincidences"] == together.total() == 6_218
    assert row["pairs"] == len(together)
    assert row["pairs_3"] == sum(times >= 3 for times in together.values())


def test_sizes_of_the_sets(folder: Path) -> None:
    first = russian_shares(folder)
    sizes = tables.load("sharing_sets").set_index("set").loc["russia"]
    assert sizes["things"] == len(first) == 7_285
    assert sizes["shares"] == sum(map(len, first.values()))
    kept = [len(accounts) for accounts in first.values() if len(accounts) >= 3]
    assert (sizes["kept_things"], sizes["kept_shares"]) == (len(kept), sum(kept))
    assert sizes["pairs"] == sum(n * (n - 1) // 2 for n in kept)


@pytest.mark.parametrize("name", ["russia_retweet_times", "germany_link_times"])
def test_times_count_from_the_first_share(name: str) -> None:
    shares = tables.load(name)
    assert shares.groupby("thing")["after"].min().eq(0).all()
    assert shares.groupby("thing").size().min() >= 3
    assert not shares.duplicated(["thing", "account"]).any()


def hungarian_report(folder: Path) -> pd.DataFrame:
    """Return Meta's own file, of which the prepared one holds a day earlier in the name."""
    path = folder / "meta-ad-reports-2025-07" / "report" / "HU" / "2025-07-03-last_30_days.zip"
    with zipfile.ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if n.endswith("advertisers.csv"))
        return pd.read_csv(io.BytesIO(archive.read(name)), encoding="utf-8-sig")


def test_hungary_as_in_metas_own_file(folder: Path) -> None:
    report = hungarian_report(folder)
    spent = next(column for column in report if str(column).startswith("Amount spent"))
    stated = pd.to_numeric(report[spent], errors="coerce")
    ours = tables.load("ad_reports").set_index(["period", "country"]).xs((2025, "HU"))
    assert ours["rows"] == len(report) == 1_002
    assert ours["stated"] == stated.notna().sum()
    assert ours["spent"] == stated.sum()


def test_one_office_has_two_shares_by_disclaimer_and_by_page_name(folder: Path) -> None:
    report, office = hungarian_report(folder), "Szuverenitásvédelmi Hivatal"
    spent = pd.to_numeric(report.filter(like="Amount spent").iloc[:, 0], errors="coerce")
    by_disclaimer = spent[report["Disclaimer"] == office].sum() / spent.sum()
    by_name = spent[report["Page name"] == office].sum() / spent.sum()
    assert (round(by_disclaimer, 3), round(by_name, 4)) == (0.026, 0.0206)


def test_every_stated_amount_is_in_one_part_of_a_reading() -> None:
    reports = tables.load("ad_reports").set_index(["period", "country"])
    parts = tables.load("ad_readings").groupby(["period", "country"])[["rows", "spent"]].sum()
    stated = reports.loc[parts.index]
    assert (parts["rows"] == stated["stated"]).all() and (parts["spent"] == stated["spent"]).all()
    left_out = reports.index.difference(parts.index)
    assert (reports.loc[left_out, "stated"] < 30).all()


def test_no_candidate_was_read_as_a_public_body() -> None:
    italy = tables.load("ad_readings").query("country == 'IT'")
    assert italy["public_labelled"].sum() == 0 and italy["labelled"].sum() == 309


@pytest.mark.parametrize(
    ("country", "name", "tagged"),
    [
        ("BR", "Prefeitura do Recife", True),
        ("IT", "Comune di Milano", True),
        ("IT", "Noi in comune", True),
        ("IT", "Telecomune", False),
        ("TH", "เนม อินสตาแกรม", True),
        ("HU", "Magyarország Kormánya", True),
        ("KE", "Vodafone Foundation", False),
    ],
)
def test_a_word_counts_from_its_start_except_in_thai(country: str, name: str, tagged: bool) -> None:
    row = pd.DataFrame({"country": [country], "name": [name], "disclaimer": [None]})
    assert meta_ads._tagged(row)["tagged"].tolist() == [tagged]


def test_a_country_without_words_is_refused() -> None:
    rows = pd.DataFrame({"country": ["IT", "FR"], "name": ["Pizza"] * 2, "disclaimer": [None] * 2})
    with pytest.raises(ValueError, match="no words for FR"):
        meta_ads._tagged(rows)


def test_money_is_drawn_at_equal_steps() -> None:
    rest = pd.DataFrame({"spent": [60.0, 30.0, 30.0], "public": [True, False, True]})
    drawn = meta_ads._drawn(rest.assign(seat=pd.Series(["home", None, "union"])))
    assert (drawn["public"], drawn["elsewhere"]) == (45, 15)


def test_payers_are_public_bodies_with_a_twentieth_of_the_money_at_least() -> None:
    payers = tables.load("ad_payers")
    readings = tables.load("ad_readings")
    keys = ["period", "country"]
    found = readings.groupby(keys)[["public_spent", "elsewhere_spent"]].sum()
    brazil = payers[payers["country"] == "BR"].set_index("payer")["spent"]
    assert brazil.to_dict() == {
        "Governo do Brasil": 2_309_517,
        "Ministério da Saúde": 231_505,
        "Ministério da Educação": 229_182,
    }
    joined = payers.join(found, on=keys)
    share = joined["spent"] / joined["public_spent"]
    assert share.min() >= 0.05 and share.groupby([payers["country"]]).sum().max() <= 1.001
    # All that public bodies paid in Kenya came from abroad.
    kenya = payers[payers["country"] == "KE"]
    assert set(kenya["seat"]) == {"abroad"} and len(kenya) == 3
    assert kenya["spent"].sum() == found.loc[(2025, "KE"), "elsewhere_spent"] == 889
    assert found.loc[(2023, "IT"), "elsewhere_spent"] == 9_316 + 500 + 111 + 105
    # The post calls those of Italy bodies of the European Union.
    bodies = pd.read_csv(Path(meta_ads.__file__).parents[1] / "ad_public_bodies.csv")
    italy = bodies[(bodies["period"] == 2023) & (bodies["country"] == "IT")]
    assert italy["seat"].ne("home").sum() == italy["seat"].eq("union").sum() == 4


def test_the_sizes_of_italian_advertisers_counted_in_plain_python(folder: Path) -> None:
    path = folder / "meta-ads-italy-2023" / "data" / "Regional Elections Annotation - Italy.csv"
    sums: Counter[str] = Counter()
    large: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["Amount spent (EUR)"].isdigit() and row["election"] in ("Lazio", "Lombardy"):
                spent = int(row["Amount spent (EUR)"])
                sums[row["election"].lower()] += spent
                large += [row["Page name"]] if spent >= 10_000 else []
    sizes = tables.load("ad_italy_sizes")
    euros = sizes.groupby("kind")["spent"].sum()
    assert euros["lazio"] == sums["lazio"] == 82_752
    assert euros["lombardy"] == sums["lombardy"] == 209_205
    stood = sizes[sizes["kind"].isin(["lazio", "lombardy"]) & sizes["size"].eq("10000")]
    assert stood["advertisers"].sum() == len(large) == 5
    # The post says so of the pages with 10,000 euros or more.
    assert sum("Letizia Moratti" in name for name in large) == 2


def test_the_sizes_add_up_to_the_report_and_to_the_reading() -> None:
    sizes = tables.load("ad_italy_sizes")
    report = tables.load("ad_reports").set_index(["period", "country"]).xs((2023, "IT"))
    assert sizes["advertisers"].sum() == report["stated"]
    assert sizes["spent"].sum() == report["spent"]
    read = tables.load("ad_readings").query("country == 'IT'")
    public = sizes[sizes["kind"] == "public"]
    assert public["advertisers"].sum() == read["public"].sum()
    assert public["spent"].sum() == read["public_spent"].sum()
    labelled = sizes["kind"].isin(["lazio", "lombardy", "party"])
    assert sizes.loc[labelled, "advertisers"].sum() == read["labelled"].sum()
    assert (sizes["largest"] * sizes["advertisers"] >= sizes["spent"]).all()
