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
from matplotlib import font_manager
from PIL import Image, ImageFont

from govsocial.countries import names, pages, strips
from govsocial.countries.places import ADDRESSES, FOLDER
from tests.editions import OTHERS, classed, tree

SAMPLE = sorted(random.Random(197).sample(sorted(ADDRESSES), 20))
STRIP = f"//svg[{classed('strip')}]"
EXTREMES = ["RUS", "USA", "IND", "MMR", "KEN", "ITA", "VAT", "PSE", "XKX", "TWN", "TUV", "PRK"]


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return pages.record()


def words(element: Any) -> str:
    """Return the text of an element, blanks made one, without the signs of anchors."""
    return re.sub(r"\s+", " ", element.text_content()).replace("#", "").strip()


def article(page: Path) -> Any:
    """Return what a page says, without what stands around it."""
    return tree(page).find(".//article")


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
    page = folder / f"{place['slug']}.html"
    said = words(article(page))
    assert words(article(page).find(".//h1")).startswith(place["name"])
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
        page = folder / f"{slug}.html"
        said = words(article(page))
        assert not re.search(r"\bNaN\b|\bnan\b|\bNone(?! of)\b|[{}]", said), slug
        for heading in article(page).iter("h2"):
            title = words(heading)
            assert len(words(heading.getparent())) > len(title) + 10, (slug, title)


def test_every_drawing_has_words(folder: Path) -> None:
    for slug in ADDRESSES.values():
        drawings = tree(folder / f"{slug}.html").xpath(STRIP)
        assert drawings, slug
        assert all(d.get("role") == "img" and len(d.get("aria-label", "")) > 40 for d in drawings)


@pytest.mark.parametrize("edition", ["", *OTHERS])
def test_no_label_stands_outside_its_drawing(site: Path, edition: str) -> None:
    # A wide type: readers' own are rarely wider.
    font = ImageFont.truetype(font_manager.findfont("DejaVu Sans"), 11)
    outside = set()
    for slug in ADDRESSES.values():
        for label in tree(site / edition / FOLDER / f"{slug}.html").xpath(f"{STRIP}//text"):
            x, width = float(label.get("x")), font.getlength(label.text_content())
            left = x - (width if "strip-end" in label.attrib["class"].split() else width / 2)
            if left < 0 or left + width > strips.WIDTH:
                outside.add(label.text_content())
    assert not outside


@pytest.mark.parametrize("edition", ["", *OTHERS])
def test_mentions_are_in_the_order_of_the_book_then_of_the_days(site: Path, edition: str) -> None:
    chapters = {}
    for path in (site / edition).glob("chapters/*.html"):
        chapters[path.stem] = int(words(tree(path).find(".//h1")).partition(".")[0])
    several = 0
    for slug in ADDRESSES.values():
        links = tree(site / edition / FOLDER / f"{slug}.html").xpath("//*[@id='book']//li//a")
        found = [(link.attrib["href"].partition("#")[0], words(link)) for link in links]
        numbered = [(chapters.get(Path(href).stem, 99), text) for href, text in found]
        assert [number for number, _text in numbered] == sorted(n for n, _text in numbered), slug
        assert all(text.startswith(f"{n}. ") for n, text in numbered if n < 99), slug
        several += len(found) > 1
    assert several > 10


@pytest.mark.parametrize("edition", OTHERS)
def test_the_mentions_of_a_place_are_those_of_every_language(site: Path, edition: str) -> None:
    for slug in ADDRESSES.values():
        pages_of = (
            {link.attrib["href"].partition("#")[0] for link in links}
            for links in (
                tree(site / where / FOLDER / f"{slug}.html").xpath("//*[@id='book']//li//a")
                for where in ("", edition)
            )
        )
        assert len(set(map(frozenset, pages_of))) == 1, slug


@pytest.mark.parametrize("edition", ["", *OTHERS])
def test_readers_are_told_how_to_open_a_csv(site: Path, edition: str) -> None:
    for name in (f"{FOLDER}/kenya", f"{FOLDER}/italy", "back/data"):
        said = words(article(site / edition / f"{name}.html"))
        assert "UTF-8" in said and "4.625" in said, name


def test_pages_follow_each_other_by_the_alphabet(folder: Path) -> None:
    order = names.in_order()
    for before, after in itertools.pairwise(order):
        following = tree(folder / f"{ADDRESSES[before]}.html").find(".//a[@rel='next']")
        assert following.get("href") == f"{ADDRESSES[after]}.html"
        back = tree(folder / f"{ADDRESSES[after]}.html").find(".//a[@rel='prev']")
        assert back.get("href") == f"{ADDRESSES[before]}.html"


def test_programs_are_told_what_a_page_is(folder: Path) -> None:
    descriptions = set()
    for code, slug in ADDRESSES.items():
        page = tree(folder / f"{slug}.html")
        country, dataset = linked_data(page)["@graph"]
        assert country["name"] == names.short(code)
        assert country["@type"] == ("Place" if code in {"PSE", "TWN", "VAT", "XKX"} else "Country")
        assert dataset["distribution"]["contentUrl"].endswith(f"/{FOLDER}/{slug}.csv")
        descriptions.add(page.find(".//meta[@name='description']").attrib["content"])
    assert len(descriptions) == len(ADDRESSES)


def linked_data(page: Any) -> dict[str, Any]:
    """Return what a page says to programs."""
    (script,) = page.xpath("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(script.text)
    return found


def test_programs_find_all_places_and_the_hub(folder: Path) -> None:
    catalog = linked_data(tree(folder / "index.html"))
    assert catalog["@type"] == "DataCatalog"
    listed = {entry["@id"].rsplit("/", 1)[-1] for entry in catalog["dataset"]}
    assert listed == {f"{slug}.html" for slug in ADDRESSES.values()}
    hub = linked_data(tree(folder / "hub.html"))
    assert hub["@type"] == "Dataset"
    assert 50 <= len(hub["description"]) <= 5000
    assert len(hub["isBasedOn"]) > 3
    for table in hub["isBasedOn"]:
        assert (folder.parent / "data" / table["@id"].rsplit("/", 1)[-1]).is_file()


def test_no_place_is_in_the_sidebar(site: Path) -> None:
    for name in ("index.html", f"{FOLDER}/italy.html"):
        links = tree(site / name).xpath(f"//*[@id='contents']//*[{classed('parts')}]//a")
        hrefs = {link.attrib["href"].rsplit("/", 1)[-1] for link in links}
        assert hrefs and not hrefs & {f"{slug}.html" for slug in ADDRESSES.values()}


def test_the_list_leads_to_every_page_four_times(folder: Path) -> None:
    page = tree(folder / "index.html")
    expected = {f"{slug}.html" for slug in ADDRESSES.values()}
    parts = {
        name: page.xpath(f"//{tag}[{classed(name)}]//a")
        for tag, name in (
            ("svg", "country-map"),
            ("*", "country-letters"),
            ("*", "country-regions"),
            ("table", "country-table"),
        )
    }
    for name, links in parts.items():
        assert {link.get("href") for link in links} == expected, name
    assert all(link.get("tabindex") == "-1" for link in parts["country-map"])


def test_the_table_tells_zero_from_not_counted(folder: Path, record: dict[str, Any]) -> None:
    rows = {
        row.find(".//a").get("href"): [words(cell) for cell in row.iter("td", "th")][1:]
        for row in tree(folder / "index.html").xpath(
            f"//table[{classed('country-table')}]//tbody//tr"
        )
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
        links = tree(site / FOLDER / f"{slug}.html").xpath("//*[@id='book']//a/@href")
        hrefs = (link.partition("#")[0] for link in links if not link.startswith("#"))
        back[slug] = {href.removeprefix("../") for href in hrefs}
    with (Path(__file__).parents[2] / "countries" / "mentions.csv").open(encoding="utf-8") as file:
        listed = {row["page"]: row["countries"].split() for row in csv.DictReader(file)}
    missing = []
    for page, codes in listed.items():
        links = tree(site / f"{page}.html").xpath(f"//a[{classed('country-link')}]")
        found = {link.attrib["href"].rsplit("/", 1)[-1] for link in links}
        captions = " ".join(map(words, tree(site / f"{page}.html").iter("figcaption")))
        for code in codes:
            slug = ADDRESSES[code]
            assert f"{page}.html" in back[slug], (page, code)
            # A caption has no links to places.
            if f"{slug}.html" not in found and names.short(code) not in captions:
                missing.append(f"{page}: {code}")
    assert not missing, f"run `python tools/mentions.py --write`: {missing}"


def test_a_shared_link_has_a_picture_of_its_own(folder: Path) -> None:
    seen = set()
    for slug in ADDRESSES.values():
        shown = tree(folder / f"{slug}.html").find(".//meta[@property='og:image']")
        assert shown.get("content").endswith(f"/{FOLDER}/{slug}.png")
        picture = (folder / f"{slug}.png").read_bytes()
        with Image.open(io.BytesIO(picture)) as opened:
            assert opened.size == (800, 420)
        seen.add(picture)
    assert len(seen) == len(ADDRESSES)
    assert {path.stem for path in folder.glob("*.png")} <= {*ADDRESSES.values(), "index", "hub"}
