"""The editions of the built site: the same pages, anchors and numbers, and one language each."""

from __future__ import annotations

import calendar
import csv
import re
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from sphinx.search.en import SearchEnglish
from sphinx.search.it import SearchItalian

from tests.editions import BASE, OTHERS, behind, classed, pages, tree

# Sphinx numbers the marks of index entries and of glossary terms in the order of reading.
_COUNTED = re.compile(r"(index|term|id|cite|bibtex)[-\d].*|.*-\d+$")
_BLOCKS = "p li td th dt dd h1 h2 h3 h4 figcaption summary button caption legend"
_IS_BLOCK = " or ".join(f"self::{name}" for name in _BLOCKS.split())
# Previews of sources hold names of journals and publishers, data are drawn as in their tables, and
# a term of the glossary has its English word in brackets.
_LEFT_OUT = " | ".join(
    [
        *(f"//{name}" for name in ["script", "style", "pre", "code", "math", "svg", "cite"]),
        *(f"//*[{classed(name)}]" for name in ("highlight", "bibtex-protected", "indextable")),
        f"//*[{classed('preview')}][.//a[contains(@href, 'bibliography.html')]]",
        f"//*[{classed('figure-table')}] | //*[{classed('glossary')}]//dt | //*[@lang='en']",
    ]
)
# Words that hold sentences together, and hold none in the other language.
_ENGLISH = SearchEnglish.stopwords - SearchItalian.stopwords
_ITALIAN = SearchItalian.stopwords - SearchEnglish.stopwords
# Names of people, places, bodies and works, with what joins them; of tables, files and licences.
_JOINED = r"(?:of|and|the|for|to|on|in|from|with|at|by|other)"
_NAMES = re.compile(rf"[A-Z][\w.’-]*(?: (?:{_JOINED} )+[(A-Z][\w.’-]*)+|\S*\w[-_/]\w\S*")
_MONTHS = "|".join(calendar.month_name[1:])
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
# Pages whose text is that of others.
_QUOTED = ("back/bibliography", "genindex", "_modules/")


@pytest.fixture(params=OTHERS)
def edition(request: pytest.FixtureRequest, site: Path) -> Path:
    """The folder of another edition."""
    folder: Path = site / request.param
    if not (folder / "index.html").is_file():
        pytest.fail(f"{folder} is not there: run make")
    return folder


def names(folder: Path) -> set[str]:
    return {page.relative_to(folder).as_posix() for page in pages(folder)}


def test_an_edition_has_the_same_pages(site: Path, edition: Path) -> None:
    assert names(edition) == names(site)


def anchors(page: Path) -> set[str]:
    found = tree(page).xpath("//main//@id")
    return {name for name in found if not _COUNTED.fullmatch(name)}


def test_a_page_has_the_same_anchors(site: Path, edition: Path) -> None:
    for name in sorted(names(site)):
        assert anchors(edition / name) == anchors(site / name), name


def test_the_numbers_are_the_same(site: Path, edition: Path) -> None:
    def values(folder: Path) -> dict[str, tuple[str, str]]:
        with (folder / "numbers.csv").open(encoding="utf-8") as file:
            return {row["key"]: (row["chapter"], row["tables"]) for row in csv.DictReader(file)}

    assert values(edition) == values(site)


def test_every_page_names_its_language_and_the_other_editions(site: Path, edition: Path) -> None:
    for folder in (site, edition):
        code = "en" if folder == site else edition.name
        for page in pages(folder):
            assert tree(page).get("lang") == code, page
            links = tree(page).xpath("//link[@rel='alternate'][@hreflang]")
            ways = {link.get("hreflang"): link.get("href") for link in links}
            assert {"en", edition.name, "x-default"} <= set(ways), page
            if page.name != "404.html":
                assert behind(site, page, ways[code]) == page
            assert all(behind(site, page, way).is_file() for way in ways.values()), page


def test_the_sitemap_lists_the_pages_of_the_edition(site: Path, edition: Path) -> None:
    for folder in (site, edition):
        sitemap = etree.fromstring((folder / "sitemap.xml").read_bytes())
        listed = sitemap.xpath("//s:loc/text()", namespaces={"s": sitemap.nsmap[None]})
        inside = "" if folder == site else f"{edition.name}/"
        found = {address.removeprefix(f"{BASE}{inside}") for address in listed}
        assert found <= names(folder)
        assert {"index.html", "chapters/adoption.html", "blog/index.html"} <= found


def test_the_feeds_are_valid_and_speak_the_language_of_the_edition(edition: Path) -> None:
    found = sorted((edition / "blog").rglob("*.xml"))
    assert found
    for path in found:
        feed = etree.parse(path)
        SCHEMA.assertValid(feed)
        assert feed.getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == edition.name
        links = feed.xpath(
            "//a:entry/a:link/@href", namespaces={"a": "http://www.w3.org/2005/Atom"}
        )
        assert links and all(f"/{edition.name}/blog/" in link for link in links), path


@cache
def blocks(page: Path) -> list[str]:
    """Return the texts of a page that are not within another one."""
    kept = deepcopy(tree(page))
    for node in kept.xpath(_LEFT_OUT):
        node.tail = f" {node.tail or ''}"
        node.drop_tree()
    innermost = kept.xpath(f"//*[{_IS_BLOCK}][not(.//*[{_IS_BLOCK}])]")
    texts = [" ".join(" ".join(node.itertext()).split()) for node in innermost]
    said = kept.xpath("//@alt | //@aria-label | //@title", smart_strings=False)
    return [*texts, *filter(None, said)]


def test_numbers_and_months_are_written_as_in_italian(site: Path) -> None:
    english = re.compile(
        rf"\d\.\d{{1,2}}\s?%|(?<![\d,])[1-9]\d{{0,2}},\d{{3}}(?![\d,])"
        rf"|\b({_MONTHS}) \d{{4}}|\b\d{{1,2}} ({_MONTHS})\b"
    )
    found = [
        f"{name}: {text[max(0, match.start() - 40) : match.end() + 20]}"
        for name in sorted(names(site / "it"))
        if not name.startswith(_QUOTED)
        for text in blocks(site / "it" / name)
        for match in english.finditer(text)
    ]
    assert not found, "\n".join(found)


def is_english(text: str) -> bool:
    """Return whether a text has more words of English sentences than of Italian ones."""
    words = re.findall(r"[^\W\d_]+", _NAMES.sub("", text).lower())
    english, italian = (sum(word in known for word in words) for known in (_ENGLISH, _ITALIAN))
    return english >= 2 and english > italian


def test_no_english_sentence_on_an_italian_page(edition: Path) -> None:
    english = [
        f"{name}: {text[:120]}"
        for name in sorted(names(edition))
        if not name.startswith(_QUOTED)
        for text in blocks(edition / name)
        if is_english(text)
    ]
    assert not english, "\n".join(english)


def test_a_sentence_is_told_by_its_small_words() -> None:
    assert is_english("The list is that of the ministry, which was made by hand.")
    assert not is_english("L’elenco è quello del ministero, che l’ha fatto a mano.")
    assert not is_english("Governing in Public, Creative Commons")
    assert not is_english("City and County of San Francisco e City of Boston, CC-BY-4.0")
    assert is_english("The City of Boston has what they asked for, and more than that.")


def test_lists_of_pages_name_them_in_the_language_of_the_edition(edition: Path) -> None:
    listed = tree(edition / "back/instructors.html").xpath("//a[starts-with(@href, '../slides/')]")
    slides = {link.get("href").rpartition("/")[2]: link.text_content() for link in listed}
    assert slides.keys() == {path.name for path in edition.glob("slides/*.html")}
    for name, title in slides.items():
        heading = tree(edition / "chapters" / name).findtext(".//title")
        assert title in heading, name


def test_a_source_without_a_licence_is_said_to_have_none(edition: Path) -> None:
    found = [p.name for p in edition.glob("data/*.html") if "none stated" in p.read_text("utf-8")]
    assert found == []
