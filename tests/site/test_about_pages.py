"""What pages say of themselves to search engines, libraries, feeds and readers who share them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from bookext.common.dates import DATES, dates
from tests.editions import BASE, OTHERS, classed, pages, soup, text, tree

ROOT = Path(__file__).resolve().parents[2]


def said(page: Path, name: str) -> str:
    """Return the content of a ``meta`` tag; there is one, not two."""
    (tag,) = tree(page).xpath(f"//meta[@name='{name}' or @property='{name}']")
    return str(tag.attrib["content"])


def chapters(site: Path) -> list[Path]:
    """Return the pages of the chapters."""
    return sorted(site.glob("chapters/*.html"))


def posts(site: Path) -> list[Path]:
    """Return the pages of the posts."""
    return sorted(site.glob("blog/2*/*.html"))


def test_the_description_is_the_beginning_of_the_text(site: Path) -> None:
    for page in [*chapters(site), *posts(site)]:
        found = said(page, "description")
        assert 60 <= len(found) <= 160 or page in posts(site), f"{page.name}: {found}"
        assert said(page, "og:description") == found
        assert found.rstrip("…") in text(tree(page).find(".//article")), f"{page.name}: {found}"


def test_every_chapter_and_post_has_a_picture_for_shared_links(site: Path) -> None:
    for page in [site / "index.html", *chapters(site), *posts(site)]:
        address = said(page, "og:image")
        name = page.relative_to(site).with_suffix(".png").as_posix()
        assert address.startswith("http") and address.endswith(f"/{name}")
        with Image.open(site / name) as picture:
            assert picture.size == (1200, 630)
            assert len(set(picture.convert("L").resize((60, 30)).tobytes())) > 10, name
        assert len(said(page, "og:image:alt")) > 40


def test_the_picture_for_shared_links_is_described_as_the_figure_on_it(site: Path) -> None:
    for edition in (site, *(site / code for code in OTHERS)):
        described = [said(edition / "index.html", "og:image:alt")]
        for page in [*chapters(edition), *posts(edition)]:
            images = tree(page).xpath("//figure[@id]//img")
            figures = [image.attrib["alt"] for image in images]
            described.append(said(page, "og:image:alt"))
            assert described[-1] in figures, page
        assert described[0] in described[1:]


def test_every_page_can_be_shared(site: Path) -> None:
    for edition in (site, *(site / code for code in OTHERS)):
        for page in pages(edition):
            name = page.relative_to(site)
            shown = said(page, "og:image").removeprefix(BASE)
            assert (site / shown).is_file(), f"{name}: {shown}"
            assert said(page, "og:title") and said(page, "og:description"), name
            if page.parent.name == "figures":
                assert shown == name.with_suffix(".png").as_posix()


def test_the_front_page_is_called_by_title_and_subtitle(site: Path) -> None:
    title = soup(site / "index.html").title
    assert title and title.get_text() == (
        "Governing in Public: How governments use social media to talk with citizens"
    )


def test_numbers_of_a_page_are_described_in_a_sentence(site: Path) -> None:
    for edition in (site, *(site / code for code in OTHERS)):
        for page in edition.glob("numbers/chapters/*.html"):
            found = said(page, "description")
            assert " · " not in found and found.endswith((".", "…")), found


def linked(page: Path) -> dict[str, Any]:
    """Return the JSON-LD of a page."""
    (script,) = tree(page).xpath("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(script.text)
    return found


def test_search_engines_are_told_of_the_book_its_chapters_and_its_posts(site: Path) -> None:
    book = linked(site / "index.html")
    assert book["@type"] == "Book"
    parts = [str(part["@id"]) for part in book["hasPart"]]
    found = [linked(page) for page in chapters(site)]
    assert sorted(parts) == sorted(str(one["@id"]) for one in found)
    assert sorted(one["position"] for one in found) == list(range(1, len(found) + 1))
    days = dates(ROOT)
    for page, one in zip(chapters(site), found, strict=True):
        assert one["@type"] == "Chapter" and one["isPartOf"]["@id"] == book["@id"]
        assert one["dateModified"] == days[f"chapters/{page.stem}"].changed.isoformat()
        assert one["license"] == "https://creativecommons.org/licenses/by/4.0/"
    for page in posts(site):
        one = linked(page)
        assert one["@type"] == "BlogPosting"
        assert one["datePublished"] in page.read_text("utf-8")


def test_the_dates_name_the_chapters_and_no_others(site: Path) -> None:
    named = yaml.safe_load((ROOT / DATES).read_text("utf-8"))
    assert set(named) == {f"chapters/{path.stem}" for path in ROOT.glob("chapters/*.md")}


def test_a_chapter_can_be_cited_from_its_page(site: Path) -> None:
    for page in [*chapters(site), *posts(site)]:
        (section,) = tree(page).xpath("//*[@id='cite']")
        title = said(page, "citation_title")
        for format_ in ("text", "bibtex", "ris"):
            assert title in section.find(f".//*[@id='cite-{format_}']").text_content(), page.name
    assert said(chapters(site)[0], "citation_inbook_title") == "Governing in Public"


def test_robots_a_map_icons_and_a_page_for_no_page_are_there(site: Path) -> None:
    assert (site / "robots.txt").read_text("utf-8").startswith("User-agent: *\nAllow: /\n")
    assert "<urlset" in (site / "sitemap.xml").read_text("utf-8")
    page = soup(site / "404.html")
    assert page.select_one("article form.search-form")
    assert len(page.select("article li a")) > len(chapters(site))
    ways = [str(a["href"]) for a in page.select("a[href]")]
    assert all(way.startswith(("/", "#", "http")) for way in ways)
    manifest = json.loads((site / "_static" / "site.webmanifest").read_text("utf-8"))
    assert (manifest["lang"], manifest["name"]) == ("en", "Governing in Public")
    for icon in manifest["icons"]:
        assert (site / "_static" / icon["src"]).is_file()
    assert soup(site / "index.html").select_one('link[rel="apple-touch-icon"]')


def test_the_front_page_leads_everywhere(site: Path) -> None:
    page = soup(site / "index.html")
    links = {str(a["href"]) for a in page.select("article a[href]")}
    assert {f"chapters/{path.name}" for path in chapters(site)} <= links
    assert {"blog/index.html", "notebooks/index.html", "countries/index.html"} <= links
    (start,) = page.select("a.start")
    assert str(start["href"]) == "chapters/what-we-count.html"
    offers = [li.get_text(" ", strip=True) for li in page.select("article li.takeaway")]
    assert offers and all("(English, " in offer and " MB)" in offer for offer in offers)
    numbers = page.select(".findings .pasted-text")
    assert len(page.select(".findings > *")) == 3 and len(numbers) >= 6


def test_every_page_has_the_bar_with_the_rooms(site: Path) -> None:
    for path in pages(site):
        if path.parent.name == "figures":  # drawings alone, with the way back
            continue
        links = tree(path).xpath(f"//header//*[{classed('rooms')}]//a")
        rooms = [link.text_content() for link in links]
        assert rooms == ["Book", "Blog", "Countries", "Labs", "Data"], path.relative_to(site)
