"""The way from a page to the same page in another language, and the sitemap."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree
from sphinx.errors import ConfigError

from bookext.common import i18n
from bookext.html.editions import editions, elsewhere, offer_of, sitemap


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    """A folder with catalogues of Italian and German."""
    for code in ("it", "de"):
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
    return tmp_path


def config(language: str) -> Any:
    """Return the settings of an edition."""
    folder = "" if language == "en" else f"{language}/"
    return SimpleNamespace(language=language, blog_baseurl=f"https://book.example/{folder}")


@pytest.mark.parametrize(
    ("language", "page", "expected"),
    [
        ("en", "index.html", ["index.html", "de/index.html", "it/index.html"]),
        ("it", "index.html", ["../index.html", "../de/index.html", "index.html"]),
        ("en", "chapters/a.html", ["a.html", "../de/chapters/a.html", "../it/chapters/a.html"]),
        (
            "it",
            "chapters/a.html",
            ["../../chapters/a.html", "../../de/chapters/a.html", "a.html"],
        ),
    ],
)
def test_the_way_from_a_page_to_the_others(
    catalogues: Path, language: str, page: str, expected: list[str]
) -> None:
    found = elsewhere(language, catalogues, page)
    assert [edition.url for edition in found] == expected
    assert [edition.name for edition in found] == ["English", "Deutsch", "Italiano"]


@pytest.mark.parametrize("language", ["en", "it"])
def test_addresses_are_those_of_the_editions(catalogues: Path, language: str) -> None:
    found = [edition.url for edition in editions(config(language), catalogues, "chapters/a.html")]
    assert found == [f"https://book.example/{code}chapters/a.html" for code in ("", "de/", "it/")]


def test_the_sitemap_names_the_other_editions_of_each_page(catalogues: Path) -> None:
    tree = etree.fromstring(sitemap(config("it"), catalogues, ["chapters/a.html", "index.html"]))
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    own = tree.xpath("s:url/s:loc/text()", namespaces=names)
    assert own == ["https://book.example/it/chapters/a.html", "https://book.example/it/index.html"]
    links = tree.xpath("s:url[1]/x:link[@rel='alternate']", namespaces=names)
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        "en": "https://book.example/chapters/a.html",
        "de": "https://book.example/de/chapters/a.html",
        "it": "https://book.example/it/chapters/a.html",
    }


def test_a_book_of_one_language_has_a_plain_sitemap(tmp_path: Path) -> None:
    tree = etree.fromstring(sitemap(config("en"), tmp_path, ["index.html"]))
    (url,) = tree
    assert [child.text for child in url] == ["https://book.example/index.html"]


def test_a_language_is_offered_in_its_own_words(catalogues: Path) -> None:
    italian = catalogues / "it" / "LC_MESSAGES" / "book.po"
    italian.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Read this book in {language}"\nmsgstr "Leggi il libro in {language}"\n',
        "utf-8",
    )
    assert offer_of("it", catalogues) == "Leggi il libro in italiano"
    assert offer_of("en", catalogues) == "Read this book in English"
    # Nobody has translated it yet.
    (catalogues / "de" / "LC_MESSAGES" / "book.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    assert offer_of("de", catalogues) == "Read this book in Deutsch"


@pytest.mark.parametrize("code", ["xx", "de"])
def test_an_edition_without_the_books_own_words_is_refused(catalogues: Path, code: str) -> None:
    (catalogues / "it" / "LC_MESSAGES" / "book.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    said = f"no edition in '{code}', only in en, it; `make translate LANGUAGE={code}` begins one"
    with pytest.raises(ConfigError, match=said):
        i18n.load(catalogues, code)
