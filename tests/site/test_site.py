"""The built site: what a reader, a screen reader and a browser find in it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from govsocial.findings import summary
from tests.editions import OTHERS, behind, classed, pages, tree

GENERATED = {"genindex.html", "search.html"}
LEAST_INDEX_ENTRIES = 150
STRAY_TEXT = re.compile(r"<Axes|<Figure|\[?<matplotlib|<module |dtype=object")
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


def written(site: Path) -> list[Path]:
    """Return the pages that somebody wrote, not those that Sphinx adds."""
    return [p for p in pages(site) if p.name not in GENERATED and "_modules" not in p.parts]


def figures(site: Path) -> Iterator[tuple[str, Any]]:
    """Return each figure with a name for messages."""
    for page in written(site):
        for figure in tree(page).iter("figure"):
            yield f"{page.relative_to(site)}#{figure.get('id')}", figure


def computed_figures(site: Path) -> Iterator[tuple[str, Any]]:
    """Return the figures that a cell drew."""
    for name, figure in figures(site):
        if figure.xpath(f"ancestor::div[{classed('cell_output')}]"):
            yield name, figure


def text(found: list[Any]) -> str:
    """Return the text of the first of some elements, if there is one."""
    return "".join(piece.strip() for piece in found[0].itertext()) if found else ""


def complain(problems: list[str], remedy: str) -> None:
    """Fail with all problems and what to do about them."""
    if problems:
        pytest.fail(f"{remedy}:\n  " + "\n  ".join(problems), pytrace=False)


def test_the_site_has_figures(site: Path) -> None:
    assert list(computed_figures(site)), "no page shows a computed figure"


def test_every_figure_has_a_number_and_a_caption(site: Path) -> None:
    problems = [
        name
        for name, figure in figures(site)
        if not figure.xpath(f".//figcaption//*[{classed('caption-number')}]")
        or len(text(figure.xpath(f".//figcaption//*[{classed('caption-text')}]"))) < 10
    ]
    complain(problems, "give the figure a name and a caption (`mystnb: figure:`)")


def test_every_picture_says_in_words_what_it_shows(site: Path) -> None:
    problems = [
        f"{page.relative_to(site)}: {image.get('src')} alt={image.get('alt')!r}"
        for page in written(site)
        for image in tree(page).xpath("//article//img")
        if len(alt := image.get("alt", "")) < 40 or re.search(r"\.(svg|png|pdf)$", alt)
    ]
    complain(problems, "describe the pattern in a sentence (`mystnb: image: alt:`)")


def test_every_figure_carries_data_source_and_code(site: Path) -> None:
    problems = []
    for name, figure in computed_figures(site):
        line = figure.xpath(f"(.//*[{classed('figure-line')}])[1]//a")
        links = [link.attrib["href"] for link in line]
        page = site / name.partition("#")[0]
        table = next((page.parent / link for link in links if link.endswith(".csv")), None)
        code = any("_modules/" in link for link in links) or page.parent.name == "notebooks"
        if table is None or not code:
            problems.append(f"{name}: no line Data · Source · Code")
        elif any("/data/" in link for link in links) != any("bibliography" in x for x in links):
            problems.append(f"{name}: the tables' sources are not cited")
        elif not table.is_file() or not rows(table.read_text("utf-8")):
            problems.append(f"{name}: {table.name} is missing or empty")
    complain(problems, "end the cell with govsocial.notebook.show(chart)")


def rows(text: str) -> list[list[str]]:
    """Return the rows of a CSV below its header, all of the header's length."""
    header, *body = csv.reader(io.StringIO(text))
    assert all(len(row) == len(header) for row in body)
    return body


def test_no_python_object_is_printed(site: Path) -> None:
    problems = [
        f"{page.relative_to(site)}: {found[0]}"
        for page in written(site)
        for output in tree(page).xpath(f"//div[{classed('cell_output')}]")
        if (found := STRAY_TEXT.search(output.text_content()))
    ]
    complain(problems, "end the cell with show(...) or number(...), not with an expression")


def test_no_warning_is_printed(site: Path) -> None:
    problems = [
        f"{page.relative_to(site)}: {text([output])[:80]}"
        for page in written(site)
        for output in tree(page).xpath(f"//div[{classed('cell_output')}]//div[{classed('stderr')}]")
    ]
    complain(problems, "a cell warns; mend what it warns of")


@pytest.mark.parametrize("edition", ["", *OTHERS])
def test_links_and_anchors_resolve(site: Path, edition: str) -> None:
    problems = []
    for page in pages(site / edition):
        for address in set(tree(page).xpath("//@href | //@src")) - {"#", ""}:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            found = target(behind(site, page, address))
            if found is None:
                problems.append(f"{page.relative_to(site)}: {address}")
            elif found.suffix == ".html" and unquote(parts.fragment).partition("?")[
                0
            ] not in anchors(found):
                problems.append(f"{page.relative_to(site)}: {address} (no such anchor)")
    complain(sorted(problems), "correct the link, or the place it leads to")


@cache
def target(found: Path) -> Path | None:
    """Return the file that stands at a place: of a folder, its index."""
    found = found / "index.html" if found.is_dir() else found
    return found if found.is_file() else None


@cache
def anchors(page: Path) -> frozenset[str]:
    """Return the anchors of a page, its top included."""
    return frozenset({"", *tree(page).xpath("//@id", smart_strings=False)})


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    problems = []
    for page in pages(site):
        for tag, attribute in LOADED.items():
            for element in tree(page).xpath(f"//{tag}[@{attribute}]"):
                address = element.get(attribute)
                named = element.get("rel") in {"canonical", "alternate"}  # not loaded
                if urlsplit(address).netloc and not named:
                    problems.append(f"{page.relative_to(site)}: {address}")
        for style in tree(page).iter("style"):
            problems += foreign(style.text_content(), page.relative_to(site))
    for sheet in site.rglob("*.css"):
        problems += foreign(sheet.read_text("utf-8"), sheet.relative_to(site))
    complain(problems, "bring the file into the site: reading must not tell third parties")


def foreign(css: str, name: Path) -> list[str]:
    """Return the addresses elsewhere that a style sheet loads."""
    found = re.findall(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""", css)
    return [f"{name}: {address}" for address in found]


def test_every_page_has_one_title_a_language_and_a_description(site: Path) -> None:
    problems = []
    for page in pages(site):
        name, found = page.relative_to(site), tree(page)
        if len(found.xpath("//h1")) != 1 or not found.xpath("//article//h1"):
            problems.append(f"{name}: {len(found.xpath('//article//h1'))} top headings")
        if not found.xpath("/html[@lang]"):
            problems.append(f"{name}: no language")
        if len(text(found.xpath("//title"))) < 5:
            problems.append(f"{name}: no title")
        if not found.xpath("//meta[@name='description']"):
            problems.append(f"{name}: no description")
    complain(problems, "see _templates/layout.html and the page's headings")


def test_every_page_links_to_the_pdf(site: Path) -> None:
    problems = [
        str(page.relative_to(site))
        for page in pages(site)
        if page.parent.name != "figures"
        and not any(
            address.endswith("governing-in-public.pdf")
            for address in tree(page).xpath(f"//a[{classed('pdf-link')}]/@href")
        )
    ]
    complain(problems, "see _templates/shell/site-end.html")


def test_the_last_chapter_says_what_the_others_say(site: Path) -> None:
    ledger = {row[0]: row[1] for row in rows((site / "numbers.csv").read_text("utf-8"))}
    problems = []
    row: Any
    for row in summary.findings().itertuples():
        printed = [json.loads(ledger[row.key]), row.low, row.high]
        if (interval := ledger.get(f"{row.key}-interval", "")).startswith("["):
            printed[1:] = json.loads(interval)[-2:]
        if printed != pytest.approx([row.value, row.low, row.high], rel=1e-6):
            problems.append(f"{row.key}: the chapter has {printed}, the figure {row}")
    complain(
        problems, "let the chapter call the function of govsocial/findings/ that the figure calls"
    )


def test_the_index_serves_a_reader_of_the_printed_book(site: Path) -> None:
    entries = tree(site / "genindex.html").xpath(f"//*[{classed('index-entries')}]/li")
    words = [entry for entry in entries if "govsocial" not in entry.text_content()]
    assert len(words) >= LEAST_INDEX_ENTRIES, f"{len(words)} entries: index what one looks up"


def test_printed_numbers_are_in_the_ledger(site: Path) -> None:
    printed = {row[2] for row in rows((site / "numbers.csv").read_text("utf-8"))}
    problems = [
        f"{page.relative_to(site)}: {span.text_content()}"
        for page in written(site)
        for span in tree(page).xpath(f"//span[{classed('pasted-text')}]")
        if span.text_content() not in printed
    ]
    complain(problems, "hand the number over with govsocial.notebook.number(...)")


def test_a_preview_of_a_term_has_the_numbers_of_the_glossary(site: Path) -> None:
    term = "confidence-interval"
    meaning = tree(site / "back" / "glossary.html").xpath(f"//dt[@id='term-{term}']/following::dd")
    whole = " ".join(meaning[0].text_content().split())
    boxes = [
        " ".join(box.xpath("string(p[1])").split()).removesuffix(" …")
        for page in written(site)
        for box in tree(page).xpath(f"//*[{classed('preview')}][.//a[contains(@href, '{term}')]]")
    ]
    assert boxes
    complain([box for box in boxes if box not in whole], "fill a stored page before you take text")
