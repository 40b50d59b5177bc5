"""The pages of places as they are built: all 197, against the record of the library."""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from matplotlib import font_manager
from PIL import Image, ImageFont

from govsocial.countries import names, pages, strips
from govsocial.countries.places import ADDRESSES, FOLDER
from tests.editions import OTHERS, soup

SAMPLE = sorted(random.Random(197).sample(sorted(ADDRESSES), 20))
EXTREMES = ["RUS", "USA", "IND", "MMR", "KEN", "ITA", "VAT", "PSE", "XKX", "TWN", "TUV", "PRK"]


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return pages.record()


def words(element: Tag) -> str:
    """Return the text of an element, blanks made one, without the signs of anchors."""
    return re.sub(r"\s+", " ", element.get_text()).replace("#", "").strip()


@pytest.fixture(scope="module")
def folder(site: Path) -> Path:
    return site / FOLDER


def test_every_place_has_a_page_and_nothing_else_has(folder: Path) -> None:
    found = {path.stem for path in folder.glob("*.html")}
    assert found == {*ADDRESSES.values(), "index", "hub"}
    assert {path.stem for path in folder.glob("*.csv")} == set(ADDRESSES.values())


@pytest.mark.parametrize("code", sorted({*SAMPLE, *EXTREMES}))
def test_a_page_says_what_the_record_says(folder: Path, record: dict[str, Any], code: str) -> None:
    place = record["places"][code]
    article = soup(folder / f"{place['slug']}.html").select_one("article")
    assert article
    said = words(article)
    assert words(article.select("h1")[0]).startswith(place["name"])
    expected = [place["lede"], place["status"]]
    for section in place["sections"]:
        expected += [section["title"], " ".join(section["text"]), section["caveat"]]
        expected += [
            " ".join(filter(None, item[1:2])) for e in section["lists"] for item in e["items"]
        ]
    expected += [part for reason in place["unknown"] for part in reason]
    for sentence in expected:
        plain = re.sub(r"[“”‘’\"'#]", "", re.sub(r"\s+", " ", sentence)).strip()
        assert plain in re.sub(r"[“”‘’\"'#]", "", said), sentence
    assert (folder / f"{place['slug']}.csv").read_text("utf-8") == place["csv"]


def test_no_page_has_an_empty_heading_a_gap_or_a_brace(folder: Path) -> None:
    for slug in ADDRESSES.values():
        article = soup(folder / f"{slug}.html").select_one("article")
        assert article
        assert not re.search(r"\bNaN\b|\bnan\b|\bNone(?! of)\b|[{}]", words(article)), slug
        for heading in article.select("h2"):
            section = heading.parent
            assert section and len(words(section)) > len(words(heading)) + 10, (slug, heading)


def test_every_drawing_has_words(folder: Path) -> None:
    for slug in ADDRESSES.values():
        drawings = soup(folder / f"{slug}.html").select("svg.strip")
        assert drawings, slug
        assert all(d["role"] == "img" and len(str(d["aria-label"])) > 40 for d in drawings)


@pytest.mark.parametrize("edition", ["", *OTHERS])
def test_no_label_stands_outside_its_drawing(site: Path, edition: str) -> None:
    # A wide type: readers' own are rarely wider.
    font = ImageFont.truetype(font_manager.findfont("DejaVu Sans"), 11)
    outside = set()
    for slug in ADDRESSES.values():
        for text in soup(site / edition / FOLDER / f"{slug}.html").select("svg.strip text"):
            x, width = float(str(text["x"])), font.getlength(text.get_text())
            left = x - (width if "strip-end" in text["class"] else width / 2)
            if left < 0 or left + width > strips.WIDTH:
                outside.add(text.get_text())
    assert not outside


@pytest.mark.parametrize("edition", ["", *OTHERS])
def test_mentions_are_in_the_order_of_the_book_then_of_the_days(site: Path, edition: str) -> None:
    chapters = {}
    for path in (site / edition).glob("chapters/*.html"):
        heading = soup(path).select_one("h1")
        assert heading
        chapters[path.stem] = int(words(heading).partition(".")[0])
    several = 0
    for slug in ADDRESSES.values():
        links = soup(site / edition / FOLDER / f"{slug}.html").select("#book li a")
        found = [(str(link["href"]).partition("#")[0], words(link)) for link in links]
        numbered = [(chapters.get(Path(href).stem, 99), text) for href, text in found]
        assert [number for number, _text in numbered] == sorted(n for n, _text in numbered), slug
        assert all(text.startswith(f"{n}. ") for n, text in numbered if n < 99), slug
        several += len(found) > 1
    assert several > 10


@pytest.mark.parametrize("edition", ["", *OTHERS])
def test_readers_are_told_how_to_open_a_csv(site: Path, edition: str) -> None:
    for name in (f"{FOLDER}/kenya", f"{FOLDER}/italy", "back/data"):
        article = soup(site / edition / f"{name}.html").select_one("article")
        assert article and "UTF-8" in (said := words(article)) and "4.625" in said, name


def test_pages_follow_each_other_by_the_alphabet(folder: Path) -> None:
    order = names.in_order()
    for before, after in itertools.pairwise(order):
        page = soup(folder / f"{ADDRESSES[before]}.html")
        following = page.select_one("a[rel=next]")
        assert following and following["href"] == f"{ADDRESSES[after]}.html"
        back = soup(folder / f"{ADDRESSES[after]}.html").select_one("a[rel=prev]")
        assert back and back["href"] == f"{ADDRESSES[before]}.html"


def test_programs_are_told_what_a_page_is(folder: Path) -> None:
    descriptions = set()
    for code, slug in ADDRESSES.items():
        page = soup(folder / f"{slug}.html")
        country, dataset = linked_data(page)["@graph"]
        assert country["name"] == names.short(code)
        assert country["@type"] == ("Place" if code in {"PSE", "TWN", "VAT", "XKX"} else "Country")
        assert dataset["distribution"]["contentUrl"].endswith(f"/{FOLDER}/{slug}.csv")
        described = page.select_one('meta[name="description"]')
        assert described
        descriptions.add(described["content"])
    assert len(descriptions) == len(ADDRESSES)


def linked_data(page: BeautifulSoup) -> dict[str, Any]:
    """Return what a page says to programs."""
    (script,) = page.select('script[type="application/ld+json"]')
    found: dict[str, Any] = json.loads(script.string or "")
    return found


def test_programs_find_all_places_and_the_hub(folder: Path) -> None:
    catalog = linked_data(soup(folder / "index.html"))
    assert catalog["@type"] == "DataCatalog"
    listed = {entry["@id"].rsplit("/", 1)[-1] for entry in catalog["dataset"]}
    assert listed == {f"{slug}.html" for slug in ADDRESSES.values()}
    hub = linked_data(soup(folder / "hub.html"))
    assert hub["@type"] == "Dataset"
    assert 50 <= len(hub["description"]) <= 5000
    assert len(hub["isBasedOn"]) > 3
    for table in hub["isBasedOn"]:
        assert (folder.parent / "data" / table["@id"].rsplit("/", 1)[-1]).is_file()


def test_no_place_is_in_the_sidebar(site: Path) -> None:
    for name in ("index.html", f"{FOLDER}/italy.html"):
        sidebar = soup(site / name).select_one("#contents .parts")
        assert sidebar
        hrefs = {str(link["href"]).rsplit("/", 1)[-1] for link in sidebar.select("a")}
        assert not hrefs & {f"{slug}.html" for slug in ADDRESSES.values()}


def test_the_list_leads_to_every_page_four_times(folder: Path) -> None:
    page = soup(folder / "index.html")
    expected = {f"{slug}.html" for slug in ADDRESSES.values()}
    for part in ("svg.country-map", ".country-letters", ".country-regions", "table.country-table"):
        found = page.select(f"{part} a")
        assert {str(link["href"]) for link in found} == expected, part
    assert all(link["tabindex"] == "-1" for link in page.select("svg.country-map a"))


def test_the_table_tells_zero_from_not_counted(folder: Path, record: dict[str, Any]) -> None:
    rows = {
        str(row.select("a")[0]["href"]): [words(cell) for cell in row.select("td, th")][1:]
        for row in soup(folder / "index.html").select("table.country-table tbody tr")
    }
    assert rows["nauru.html"] == ["2014-05", "148", "0", "not counted"]
    assert rows["taiwan.html"][:2] == ["not studied", "not ranked"]
    assert rows["kenya.html"][0] == "2007-02, doubtful"
    assert rows["mexico.html"][0] == "2007-10, doubtful"
    assert rows["togo.html"][0] == "2007-12"
    assert sum(cells[0].endswith("doubtful") for cells in rows.values()) == 9
    assert rows["italy.html"][3] == "0"
    for code in EXTREMES:
        row = record["places"][code]["row"]
        assert rows[f"{ADDRESSES[code]}.html"][2] == row["requests"]


def test_the_text_leads_to_the_pages_and_they_lead_back(site: Path) -> None:
    back: dict[str, set[str]] = {}
    for slug in ADDRESSES.values():
        links = soup(site / FOLDER / f"{slug}.html").select("#book a[href]")
        hrefs = (str(link["href"]) for link in links if not str(link["href"]).startswith("#"))
        back[slug] = {href.partition("#")[0].removeprefix("../") for href in hrefs}
    with (Path(__file__).parents[2] / "countries" / "mentions.csv").open(encoding="utf-8") as file:
        listed = {row["page"]: row["countries"].split() for row in csv.DictReader(file)}
    missing = []
    for page, codes in listed.items():
        found = {
            str(link["href"]).rsplit("/", 1)[-1]
            for link in soup(site / f"{page}.html").select("a.country-link")
        }
        for code in codes:
            slug = ADDRESSES[code]
            if f"{slug}.html" in found:
                assert f"{page}.html" in back[slug], (page, code)
            else:
                missing.append(f"{page}: {code}")
    assert not missing, f"run `python tools/mentions.py --write`: {missing}"


def test_a_shared_link_has_a_picture_of_its_own(folder: Path) -> None:
    seen = set()
    for slug in ADDRESSES.values():
        page = soup(folder / f"{slug}.html")
        shown = page.select_one('meta[property="og:image"]')
        assert shown and str(shown["content"]).endswith(f"/{FOLDER}/{slug}.png")
        picture = (folder / f"{slug}.png").read_bytes()
        with Image.open(io.BytesIO(picture)) as opened:
            assert opened.size == (800, 420)
        seen.add(picture)
    assert len(seen) == len(ADDRESSES)
    assert {path.stem for path in folder.glob("*.png")} <= {*ADDRESSES.values(), "index", "hub"}
