"""The pages of tables and of numbers, as they are published."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from bookext.tables.pages import FIRST
from govsocial import tables
from tests.editions import classed, text, tree

MOST_BYTES = 200_000  # of a page
PARAGRAPHS = "//article/section/p"


def resources(site: Path) -> dict[str, Any]:
    """Return the published descriptors by the names of their tables."""
    return {
        path.name.removesuffix(".resource.yaml"): yaml.load(
            path.read_text("utf-8"), yaml.CSafeLoader
        )
        for path in sorted((site / "data").glob("*.resource.yaml"))
    }


def test_every_table_is_listed_once_under_its_old_anchor_and_leads_to_its_page(site: Path) -> None:
    rows = tree(site / "back" / "data.html").xpath("//tr[starts-with(@id, 'table-')]")
    found = [row.get("id").removeprefix("table-").replace("-", "_") for row in rows]
    links = [row.find(".//a").get("href") for row in rows]
    assert sorted(found) == tables.names()
    assert links == [f"../data/{name}.html" for name in found]


def test_every_page_of_a_table_says_what_it_holds_and_what_one_may_do(site: Path) -> None:
    problems = []
    for name, resource in resources(site).items():
        page = tree(site / "data" / f"{name}.html")
        fields = page.xpath(f"//table[{classed('fields')}]//tbody//th")
        first = page.xpath(f"//table[{classed('table-rows')}]//tbody//tr")
        sources = page.xpath("//*[@id='counted']/ul/li")
        caveats = page.xpath("//*[@id='caveats']//li")
        holds, allows = page.xpath(PARAGRAPHS)[:2]
        checks = {
            "first rows": len(first) == min(FIRST, resource["rows"]),
            "fields": [cell.text_content() for cell in fields]
            == [field["name"] for field in resource["schema"]["fields"]],
            "sources": len(sources) == len(resource["sources"]),
            "caveats": len(caveats) == len(resource["caveats"]),
            "what it holds": len(holds.text_content()) > 40,
            "what one may do": allows.find(".//strong") is not None,
            "what uses it": bool(page.xpath("//*[@id='uses']//*[self::a or self::p]")),
        }
        problems += [f"{name}: {what}" for what, right in checks.items() if not right]
    assert not problems, "\n".join(problems)


def test_a_table_is_the_same_as_csv_and_as_parquet(site: Path) -> None:
    for name, resource in resources(site).items():
        found = pq.read_table(site / "data" / f"{name}.parquet").to_pandas()
        with (site / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert list(found.columns) == head
        assert len(found) == len(rows) == resource["rows"]
        for at, column in enumerate(head):
            missing = sum(row[at] == "" for row in rows)
            assert found[column].isna().sum() == missing, f"{name}: {column}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("internet_censorship", "same licence (CC BY-SA 4.0)"),
        ("digital_repression", "states no licence"),
        ("egdi_ranks", "states no licence"),
    ],
)
def test_terms_are_those_of_the_source(site: Path, name: str, words: str) -> None:
    said = tree(site / "data" / f"{name}.html").xpath(f"{PARAGRAPHS}/strong")
    assert words in said[0].text_content()


def test_the_package_names_files_that_are_there(site: Path) -> None:
    package = json.loads((site / "data" / "datapackage.json").read_text("utf-8"))
    assert sorted(one["path"] for one in package["resources"]) == sorted(
        one["path"] for one in resources(site).values()
    )
    assert all((site / "data" / one["path"]).is_file() for one in package["resources"])


def test_a_page_of_a_table_is_a_dataset_to_programs(site: Path) -> None:
    for name in tables.names():
        page = tree(site / "data" / f"{name}.html")
        script = page.find(".//script[@type='application/ld+json']")
        assert script is not None, name
        data = json.loads(script.text)
        assert data["@type"] == "Dataset"
        # What Google Dataset Search demands.
        assert 50 <= len(data["description"]) <= 5_000, name
        files = [one["contentUrl"] for one in data["distribution"]]
        assert [file.rpartition("/data/")[2] for file in files] == [
            f"{name}.csv",
            f"{name}.parquet",
        ]


def test_what_lists_the_uses_of_a_table_and_the_figures_agree(site: Path) -> None:
    """Told from the other side: each figure's line names its tables."""
    named = set()
    for path in [*site.glob("chapters/*.html"), *site.glob("blog/2*/*.html")]:
        for figure in tree(path).xpath("//figure[@id]"):
            line = f".//*[{classed('figure-line')}]//a/@href[contains(., '/data/')]"
            for link in figure.xpath(line):
                table = re.sub(r".*/data/|\.html", "", link)
                named.add((table, f"{path.relative_to(site).as_posix()}#{figure.get('id')}"))
    listed = set()
    for name in tables.names():
        links = tree(site / "data" / f"{name}.html").xpath("//*[@id='uses']//a/@href")
        listed |= {(name, link.removeprefix("../")) for link in links if "#fig-" in link}
    inside = {(name, place) for name, place in listed if place.startswith(("chapters", "blog"))}
    assert named == inside != set()


def test_the_ledger_says_the_same_on_the_pages_and_in_the_files(site: Path) -> None:
    with (site / "numbers.csv").open(encoding="utf-8", newline="") as file:
        whole = list(csv.DictReader(file))
    links = tree(site / "back" / "numbers.html").xpath(
        "//article//li//a/@href[contains(., '/numbers/')]"
    )
    shown, parts = [], []
    for link in links:
        page = (site / "back" / link).resolve()
        for row in tree(page).xpath(f"//table[{classed('ledger')}]//tbody//tr"):
            key, printed, *_more = map(text, row.iter("td"))
            assert row.get("id") == key
            shown.append((key, "".join(printed.split())))
        with page.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            parts += list(csv.DictReader(file))
    assert shown == [(row["key"], "".join(row["printed"].split())) for row in whole]
    assert parts == whole
    assert len({row["key"] for row in whole}) == len(whole) > 1_000


def test_the_lists_are_in_the_map_of_the_site_and_light(site: Path) -> None:
    listed = (site / "sitemap.xml").read_text("utf-8")
    pages = [*site.glob("data/*.html"), *site.glob("numbers/**/*.html")]
    assert len(pages) > 120
    for page in [*pages, site / "back/data.html", site / "back/numbers.html"]:
        assert f"/{page.relative_to(site).as_posix()}</loc>" in listed
        assert page.stat().st_size < MOST_BYTES, page


def test_every_column_of_a_figure_has_a_meaning_beside_the_data(site: Path) -> None:
    problems = []
    for path in sorted((site / "figures").glob("*.csv")):
        resource = json.loads(path.with_suffix(".resource.json").read_text("utf-8"))
        with path.open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        assert [field["name"] for field in resource["schema"]["fields"]] == head
        said = tree(path.with_suffix(".html")).xpath(f"//*[{classed('figure-columns')}]//dd")
        for field, shown in zip(resource["schema"]["fields"], said, strict=True):
            if shown.text_content() != field.get("description"):
                problems.append(f"{path.stem}: {field['name']}")
    assert not problems, "say what it means in govsocial/columns.py:\n  " + "\n  ".join(problems)
