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
from tests.editions import soup

MOST_BYTES = 200_000  # of a page


def resources(site: Path) -> dict[str, Any]:
    """Return the published descriptors by the names of their tables."""
    return {
        path.name.removesuffix(".resource.yaml"): yaml.load(
            path.read_text("utf-8"), yaml.CSafeLoader
        )
        for path in sorted((site / "data").glob("*.resource.yaml"))
    }


def test_every_table_is_listed_once_under_its_old_anchor_and_leads_to_its_page(site: Path) -> None:
    rows = soup(site / "back" / "data.html").select("tr[id^='table-']")
    found = [str(row["id"]).removeprefix("table-").replace("-", "_") for row in rows]
    links = [row.select("a")[0]["href"] for row in rows]
    assert sorted(found) == tables.names()
    assert links == [f"../data/{name}.html" for name in found]


def test_every_page_of_a_table_says_what_it_holds_and_what_one_may_do(site: Path) -> None:
    problems = []
    for name, resource in resources(site).items():
        page = soup(site / "data" / f"{name}.html")
        fields = [cell.get_text() for cell in page.select("table.fields tbody th")]
        paragraphs = page.select("article > section > p")
        checks = {
            "first rows": len(page.select("table.table-rows tbody tr"))
            == min(FIRST, resource["rows"]),
            "fields": fields == [field["name"] for field in resource["schema"]["fields"]],
            "sources": len(page.select("#counted > ul > li")) == len(resource["sources"]),
            "caveats": len(page.select("#caveats li")) == len(resource["caveats"]),
            "what it holds": len(paragraphs[0].get_text()) > 40,
            "what one may do": bool(paragraphs[1].select_one("strong")),
            "what uses it": bool(page.select_one("#uses a, #uses p")),
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
    said = soup(site / "data" / f"{name}.html").select_one("article > section > p > strong")
    assert said and words in said.get_text()


def test_the_package_names_files_that_are_there(site: Path) -> None:
    package = json.loads((site / "data" / "datapackage.json").read_text("utf-8"))
    assert sorted(one["path"] for one in package["resources"]) == sorted(
        one["path"] for one in resources(site).values()
    )
    assert all((site / "data" / one["path"]).is_file() for one in package["resources"])


def test_a_page_of_a_table_is_a_dataset_to_programs(site: Path) -> None:
    for name in tables.names():
        script = soup(site / "data" / f"{name}.html").select_one(
            "script[type='application/ld+json']"
        )
        assert script is not None, name
        data = json.loads(script.get_text())
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
        for figure in soup(path).select("figure[id]"):
            for link in figure.select(".figure-line a[href*='/data/']"):
                table = re.sub(r".*/data/|\.html", "", str(link["href"]))
                named.add((table, f"{path.relative_to(site).as_posix()}#{figure['id']}"))
    listed = set()
    for name in tables.names():
        links = soup(site / "data" / f"{name}.html").select("#uses a[href*='#fig-']")
        listed |= {(name, str(link["href"]).removeprefix("../")) for link in links}
    inside = {(name, place) for name, place in listed if place.startswith(("chapters", "blog"))}
    assert named == inside != set()


def test_the_ledger_says_the_same_on_the_pages_and_in_the_files(site: Path) -> None:
    with (site / "numbers.csv").open(encoding="utf-8", newline="") as file:
        whole = list(csv.DictReader(file))
    links = [
        str(link["href"])
        for link in soup(site / "back" / "numbers.html").select("article li a[href*='/numbers/']")
    ]
    shown, parts = [], []
    for link in links:
        page = (site / "back" / link).resolve()
        for row in soup(page).select("table.ledger tbody tr"):
            key, printed, *_more = (cell.get_text(strip=True) for cell in row.select("td"))
            assert row["id"] == key
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
        said = soup(path.with_suffix(".html")).select(".figure-columns dd")
        for field, shown in zip(resource["schema"]["fields"], said, strict=True):
            if shown.get_text() != field.get("description"):
                problems.append(f"{path.stem}: {field['name']}")
    assert not problems, "say what it means in govsocial/columns.py:\n  " + "\n  ".join(problems)
